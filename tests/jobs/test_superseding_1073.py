"""A new decision replaces 1073/QĐ-CT: on its own day, not before, and nothing is rewritten.

The demonstration's Monday is 15 January 2024; everybody acts through the pages.
"""

from __future__ import annotations

import re
from datetime import date

import pytest
from viewflow.workflow.models import Task

from documents.effects import State
from documents.models import Effect, EffectStart, RegisterEntry
from tests.cast import Refused
from workflows.models import Case, FormCheck, Opinion, ReviewRound, SubmissionNote

POLICY = "Chính sách chất lượng và Mục tiêu chất lượng năm 2024"
COMMITTEE = "Kiện toàn Ban Chỉ đạo ISO"
TODAY = date(2024, 1, 15)
OLD_YEAR = date(2023, 12, 31)


def issued(example):
    """The Vice-Chairman signs, the clerk numbers, seals and issues."""
    example.who("pct-kinhte").signs(POLICY)
    example.who("vanthu").numbers(POLICY)
    example.who("vanthu").issues(POLICY)
    return example.paper("policy 2024")


def page_of(example, username, name, query=""):
    """The page of a paper as somebody reads it."""
    return example.who(username).opens(f"/van-ban/{example.paper(name).reference}/{query}").words


def test_on_the_day_it_is_issued_1073_has_ceased_and_the_new_one_is_in_force(example):
    paper = issued(example)
    assert (paper.cited_as, paper.dated_on) == ("01/QĐ-CT", TODAY)
    new, old = example.legal("policy 2024"), example.legal("1073/QĐ-CT")
    assert (new.state, new.begins_on) == (State.IN_FORCE, TODAY)
    assert (old.state, old.ends_on, old.ended_by) == (State.CEASED, TODAY, paper.pk)


def test_the_archivist_reads_that_1073_has_ceased_replaced_by_the_new_number(example):
    issued(example)
    words = page_of(example, "luutru", "1073/QĐ-CT")
    assert "Hết hiệu lực toàn bộ" in words
    assert "01/QĐ-CT" in words


def test_on_the_last_day_of_2023_it_is_still_shown_in_force(example):
    issued(example)
    assert example.legal("1073/QĐ-CT", OLD_YEAR).state is State.IN_FORCE
    words = page_of(example, "luutru", "1073/QĐ-CT", "?ngay=31/12/2023")
    assert "Còn hiệu lực ngày 31/12/2023" in words
    assert "Hết hiệu lực toàn bộ" not in words.split("Quan hệ")[0]


def test_a_day_written_as_people_write_it_stands_in_the_control_for_days(example):
    address = f"/van-ban/{example.paper('1073/QĐ-CT').reference}/?ngay=31/12/2023"
    page = example.who("luutru").client.get(address).content.decode()
    assert 'value="2023-12-31"' in page
    assert 'value="31/12/2023"' not in page


def test_the_public_reads_the_same_without_an_account(example, client):
    issued(example)
    reference = example.paper("1073/QĐ-CT").reference
    words = client.get(f"/tra-cuu/{reference}/").content.decode()
    assert "Hết hiệu lực toàn bộ" in words
    assert "01/QĐ-CT" in words


def test_signing_and_numbering_alone_end_nothing(example):
    example.who("pct-kinhte").signs(POLICY)
    assert example.legal("1073/QĐ-CT").state is State.IN_FORCE
    example.who("vanthu").numbers(POLICY)
    assert example.legal("1073/QĐ-CT").state is State.IN_FORCE
    assert example.legal("policy 2024").state is State.UNISSUED
    assert not Effect.objects.filter(source=example.paper("policy 2024")).exists()


def test_nothing_of_1073_itself_is_rewritten(example):
    old = example.paper("1073/QĐ-CT")
    before = (old.__dict__ | {"_state": None}, example.newest("1073/QĐ-CT").canonical)
    issued(example)
    after = example.paper("1073/QĐ-CT")
    assert (after.__dict__ | {"_state": None}, example.newest("1073/QĐ-CT").canonical) == before


def test_number_and_date_stand_in_the_decision_and_in_its_annexes(example):
    issued(example)
    words = page_of(example, "luutru", "policy 2024")
    assert "Số: 01/QĐ-CT" in words
    assert "ngày 15 tháng 01 năm 2024" in words
    # the line above each of the two annexes, which the drafter left open
    assert words.count("Quyết định số 01/QĐ-CT") >= 2


# A paper that names a later day: the committee's list is replaced on 22 January.


def test_a_paper_with_a_later_day_takes_effect_when_the_clock_reaches_it_and_not_before(example):
    clerk = example.who("vanthu")
    clerk.numbers(COMMITTEE)
    clerk.issues(COMMITTEE)
    assert example.legal("committee").state is State.NOT_YET
    assert "Chưa có hiệu lực" in page_of(example, "luutru", "committee")
    seen = []
    while example.today < date(2024, 1, 22):
        assert example.legal("committee").state is State.NOT_YET
        assert not EffectStart.objects.filter(effect__source=example.paper("committee")).exists()
        seen.append(example.today)
        clerk.turns_the_clock()
    assert seen == [date(2024, 1, day) for day in (15, 16, 17, 18, 19)]
    assert example.legal("committee").state is State.IN_FORCE
    assert "Còn hiệu lực" in page_of(example, "luutru", "committee")
    replaced = Effect.objects.get(source=example.paper("committee"), kind="ceases")
    assert (replaced.target.cited_as, replaced.valid_from) == ("640/QĐ-CT", date(2024, 1, 22))
    assert EffectStart.objects.filter(effect__source=example.paper("committee")).count() == 2


def test_the_list_it_replaces_is_known_by_citation_and_becomes_the_archivists_work(example):
    assert not example.who("luutru").sees_on_desk("640/QĐ-CT")
    clerk = example.who("vanthu")
    clerk.numbers(COMMITTEE)
    clerk.issues(COMMITTEE)
    assert "640/QĐ-CT" in example.who("luutru").opens("/ban-lam-viec/").words


# Decisions bind to a content.


def reworked(example, change):
    """The Vice-Chairman returns it; the department changes the text and proposes it again."""
    example.who("pct-kinhte").returns(POLICY, saying="Nêu rõ đơn vị tổng hợp báo cáo.")
    example.who("tp-noivu").hands_on(POLICY)
    author, reference = example.who("cv-noivu"), example.paper("policy 2024").reference
    author.writes(reference, change(author.text_of(reference)))
    author.resubmits(POLICY)
    example.who("tp-noivu").proposes(POLICY)


def with_another_recipient(text):
    changed = text.replace("Lưu: VT", "Phòng Tư pháp;\n- Lưu: VT", 1)
    assert changed != text
    return changed


def test_a_change_after_proposal_makes_the_earlier_opinions_not_count(example):
    first = example.case("policy 2024").revision.content_digest
    reworked(example, with_another_recipient)
    case = example.case("policy 2024")
    assert case.revision.amendment == 3
    assert case.revision.content_digest != first
    # the earlier round and check are kept, bound to the earlier content
    assert Opinion.objects.filter(round__case=case, round__content_digest=first).count() == 5
    assert FormCheck.objects.get(case=case).content_digest == first
    # and the paper goes the whole way again: the committee is asked, nobody can sign
    assert example.waits_at("policy 2024") == ["open_round"]
    assert not example.who("pct-kinhte").sees_on_desk(POLICY)
    example.who("thuky-iso").opens_round(POLICY)
    assert set(example.waits_at("policy 2024")) == {"opinion"}
    latest = ReviewRound.objects.filter(case=case).order_by("-ordinal")[0]
    assert latest.content_digest == case.revision.content_digest
    assert latest.opinions.filter(given_at__isnull=False).count() == 0


def test_the_new_round_shows_each_member_what_changed_since_the_last(example):
    reworked(example, with_another_recipient)
    example.who("thuky-iso").opens_round(POLICY)
    member = example.who("tp-kinhte")
    page = member.opens(member.task_of(POLICY))
    assert "ý kiến về bản trước không tính cho bản này" in page.words
    assert "1 thêm, " in page.words
    # rows of the table stand under the names of their columns, changed or not
    assert re.search(r"Chỉ tiêu\s*từ 99% trở lên", page.words)
    assert whole_comparison(page).endswith("?tu=2&den=3")
    whole = member.opens(whole_comparison(page))
    assert "So với bản sửa đổi 2" in whole.words
    assert "1 chỗ khác nhau" in whole.words


@pytest.mark.parametrize(
    ("who", "node", "against", "whole"),
    [
        ("cvp", "check_form", "bản trình trước", "So với bản sửa đổi 1"),
        ("pct-kinhte", "sign", "văn bản bị thay thế", "So với 1073/QĐ-CT bị thay thế"),
    ],
)
def test_checker_and_signatory_see_clause_by_clause_what_differs(
    example, who, node, against, whole
):
    tasks = Task.objects.filter(process=example.case("policy 2024").pk)
    task = next(one for one in tasks.order_by("-pk") if one.flow_task.name == node)
    acting = example.who(who)
    page = acting.opens(f"/viec/{task.pk}/")
    assert f"Nội dung thay đổi so với {against}" in page.words
    if node == "sign":
        assert re.search(r"Chỉ tiêu\s*từ 98%\s*99% trở lên", page.words)
    assert whole in acting.opens(whole_comparison(page)).words


def whole_comparison(page) -> str:
    (link,) = [one for one in page.links if one.words == "So sánh đầy đủ"]
    return link.href


def test_numbering_voids_nothing(example):
    case = example.case("policy 2024")
    digest, stored = case.revision.content_digest, bytes(case.revision.canonical)
    example.who("pct-kinhte").signs(POLICY)
    example.who("vanthu").numbers(POLICY)
    revision = example.newest("policy 2024")
    assert (revision.content_digest, bytes(revision.canonical)) == (digest, stored)
    assert revision.signature.content_digest == digest
    assert revision.form_check.content_digest == digest
    assert revision.submission_note.content_digest == digest
    assert ReviewRound.objects.get(case=case).content_digest == digest
    assert revision.issued_digest not in {"", digest}


def test_referring_up_voids_nothing_and_the_chairman_signs_for_himself(example):
    case = example.case("policy 2024")
    digest = case.revision.content_digest
    counts = Opinion.objects.count(), FormCheck.objects.count(), SubmissionNote.objects.count()
    example.who("pct-kinhte").refers(POLICY, saying="Nội dung liên quan nhiều lĩnh vực.")
    assert example.case("policy 2024").revision.content_digest == digest
    assert not example.who("pct-kinhte").sees_on_desk(POLICY)
    example.who("chutich").signs(POLICY)
    revision = example.newest("policy 2024")
    assert revision.content_digest == digest == revision.signature.content_digest
    assert revision.signature.block == ["CHỦ TỊCH"]
    assert counts == (
        Opinion.objects.count(), FormCheck.objects.count(), SubmissionNote.objects.count(),
    )  # fmt: skip


def test_a_deputy_signs_in_the_chairmans_stead(example):
    example.who("pct-kinhte").signs(POLICY)
    assert example.newest("policy 2024").signature.block == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]


def test_the_committees_paper_is_signed_on_its_behalf(example):
    words = "Mục tiêu chất lượng năm 2024 của Văn phòng"
    example.who("chutich").signs(words)
    example.who("vanthu").numbers(words)
    paper = example.paper("office objectives")
    assert example.newest("office objectives").signature.block == [
        "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH",
    ]  # fmt: skip
    assert paper.cited_as == "01/QĐ-UBND"  # a series of its own
    example.who("pct-kinhte").signs(POLICY)
    example.who("vanthu").numbers(POLICY)
    assert example.paper("policy 2024").cited_as == "01/QĐ-CT"


# The day and the number.


@pytest.mark.parametrize(
    ("dated_on", "sentence"),
    [
        ("2024-01-14", "không được ghi ngày sớm hơn"),
        ("2024-01-16", "không cấp số với ngày chưa tới"),
        ("15/01", ""),
    ],
)
def test_a_number_is_dated_neither_before_the_signature_nor_in_the_future(
    example, dated_on, sentence
):
    example.who("pct-kinhte").signs(POLICY)
    clerk = example.who("vanthu")
    form = clerk.opens(clerk.task_of(POLICY)).form("/cap-so/")
    told = clerk.is_told(form, dated_on=dated_on)
    assert told.status in {400, 422}
    assert sentence in told.words
    assert not RegisterEntry.objects.filter(document=example.paper("policy 2024")).exists()


def test_a_later_number_is_never_dated_before_the_last(example):
    example.who("pct-kinhte").signs(POLICY)
    clerk = example.who("vanthu")
    clerk.numbers(POLICY)  # 15 January; the other paper was signed on the 12th
    form = clerk.opens(clerk.task_of(COMMITTEE)).form("/cap-so/")
    told = clerk.is_told(form, dated_on="2024-01-12")
    assert told.status == 400
    assert "15/01/2024" in told.words
    clerk.numbers(COMMITTEE)
    assert example.paper("committee").cited_as == "02/QĐ-CT"


def test_a_number_is_dated_at_most_one_working_day_back(example):
    clerk = example.who("vanthu")
    clerk.turns_the_clock()  # Tuesday; the paper was signed on Friday
    form = clerk.opens(clerk.task_of(COMMITTEE)).form("/cap-so/")
    told = clerk.is_told(form, dated_on="2024-01-12")
    assert told.status == 400
    assert not RegisterEntry.objects.filter(document=example.paper("committee")).exists()
    clerk.numbers(COMMITTEE, dated_on="2024-01-15")
    assert example.paper("committee").dated_on == TODAY


def test_after_issue_the_case_is_over_and_nobody_has_it_on_the_desk(example):
    issued(example)
    case = Case.objects.get(document=example.paper("policy 2024"))
    assert (case.ended_how, example.waits_at("policy 2024")) == ("issued", [])
    for username in ("pct-kinhte", "vanthu", "tp-noivu", "cv-noivu", "chutich"):
        assert not example.who(username).sees_on_desk(POLICY)


def test_an_issued_paper_is_not_edited(example):
    paper = issued(example)
    author = example.who("cv-noivu")
    with pytest.raises(Refused) as refused:
        author.opens(f"/soan/{paper.reference}/")
    assert refused.value.status == 403
    assert "không được sửa" in refused.value.words
