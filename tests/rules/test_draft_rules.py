"""What a draft is held against besides its text: one test a rule, broken and kept."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from documents import papers, rules
from documents.models import Document, KindRule, ProposerKind, UrgencyMark
from documents.rules import RULES
from tests.acting_on_drafts import a_draft
from workflows.example.acts import text_of

POLICY = text_of("chinh-sach-muc-tieu-2024-lan-2")
TODAY = date(2024, 1, 15)


def codes(example, name, text="", *, on=TODAY, document=None):
    """The codes of the rules a text breaks, as a draft of that paper."""
    return [one.code for one in said(example, name, text, on=on, document=document)]


def said(example, name, text="", *, on=TODAY, document=None):
    """The concerns about a text, as a draft of that paper."""
    paper = document or example.paper(name)
    reading = papers.read(text or example.newest(name).text, kind=paper.kind)
    everything = Document.objects.all()
    return rules.concerns_of(rules.Draft(paper, reading.content, on, reading.printed, everything))


@pytest.mark.parametrize(
    "name", ["policy 2024", "office objectives", "audit plan", "control procedure"]
)
def test_the_papers_of_the_example_keep_every_rule_but_what_a_stub_says(example, name):
    # what an archivist completes, the forms of a procedure that stand on other papers, and notes
    # on a list of objectives that names no measures
    assert set(codes(example, name)) <= {
        "ND30_REPLACED_KNOWN", "ISO_7_5_3_FORMS", "ISO_7_5_3_2_D", "ISO_6_2_2_A", "ISO_6_2_2_B", "BH_TARGET_UNSURE",
    }  # fmt: skip


def test_every_rule_has_a_code_of_its_own_a_sentence_and_a_reason():
    assert len({one.code for one in RULES}) == len(RULES)
    for one in RULES:
        assert type(one).__doc__
        assert one.sentence
        assert one.source
        # "stop" bars a version: none here does, for no law says so of these
        assert one.severity in {"warn", "note"}


def test_the_authority_printed_is_the_authority_chosen(example):
    paper = example.paper("policy 2024")
    paper.authority_kind = "committee"
    (concern,) = [one for one in said(example, "policy 2024", document=paper) if "AUTH" in one.code]
    assert concern.code == "ND30_7A_AUTHORITY"
    assert "Ủy ban nhân dân" in concern.sentence


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("ỦY BAN NHÂN DÂN\nQUẬN AN MẪU", "ỦY BAN NHÂN DÂN\nHUYỆN BÌNH MẪU"),
        ("CHỦ TỊCH ỦY BAN NHÂN DÂN QUẬN AN MẪU", "CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN BÌNH MẪU"),
    ],
)
def test_a_draft_headed_by_another_office_is_told_so(example, ours, theirs):
    wrong = POLICY.replace(ours, theirs, 1)
    assert wrong != POLICY
    (concern,) = [one for one in said(example, "policy 2024", wrong) if "OFFICE" in one.code]
    assert concern.severity == "warn"
    assert "huyện Bình Mẫu" in concern.sentence
    assert "Ủy ban nhân dân quận An Mẫu" in concern.sentence


def test_a_header_in_the_short_form_names_the_same_office(example):
    short = POLICY.replace("ỦY BAN NHÂN DÂN\nQUẬN AN MẪU", "UBND QUẬN AN MẪU", 1)
    assert short != POLICY
    assert "ND30_II2_OFFICE" not in codes(example, "policy 2024", short)


@pytest.mark.parametrize(
    ("on", "law"), [(date(2025, 3, 31), "Luật 80/2015/QH13"), (date(2025, 4, 1), "Luật 64/2025")]
)
def test_a_concern_rests_on_the_law_in_force_on_its_day(example, on, law):
    wrong = POLICY.replace("ngày 04 tháng 7 năm 2023", "ngày 04 tháng 7 năm 2031")
    found = [one for one in said(example, "policy 2024", wrong, on=on) if "REPLACED" in one.code]
    sources = {one.source for one in found if one.source.startswith("Luật")}
    assert sources
    assert all(source.startswith(law) for source in sources)


def test_what_is_replaced_is_a_paper_the_office_holds(example):
    wrong = POLICY.replace("1073/QĐ-CT", "1074/QĐ-CT")
    assert wrong != POLICY
    (concern,) = said(example, "policy 2024", wrong)
    assert concern.code == "ND30_REPLACED_KNOWN"
    assert "1074/QĐ-CT" in concern.sentence
    assert concern.clause_id


def test_a_wrong_date_makes_it_another_paper(example):
    wrong = POLICY.replace("04 tháng 7 năm 2023", "05 tháng 7 năm 2023")
    assert wrong != POLICY
    assert codes(example, "policy 2024", wrong) == ["ND30_REPLACED_KNOWN"]


def test_what_has_ceased_is_not_replaced_again(example):
    wrong = POLICY.replace("1073/QĐ-CT", "812/QĐ-CT").replace(
        "04 tháng 7 năm 2023", "18 tháng 5 năm 2022"
    )
    (concern,) = [one for one in said(example, "policy 2024", wrong) if "ALIVE" in one.code]
    assert "812/QĐ-CT" in concern.sentence
    assert "04/7/2023" in concern.sentence
    # before that day it was alive
    assert "ND30_REPLACED_ALIVE" not in codes(example, "policy 2024", wrong, on=date(2023, 7, 3))


def test_two_drafts_do_not_replace_the_same_paper(example):
    rival = a_draft(example)
    (concern,) = said(example, "policy 2024", POLICY, document=rival)
    assert concern.code == "BH_REPLACED_ONCE"
    assert example.paper("policy 2024").reference in concern.sentence
    assert "1073/QĐ-CT" in concern.sentence
    # its own earlier versions are no rivals
    assert codes(example, "policy 2024", POLICY) == []


def test_the_recital_names_the_proposer_of_the_offices_rule(example):
    paper = example.paper("policy 2024")
    KindRule.objects.create(
        office=paper.office, kind=paper.kind, proposer=ProposerKind.COMMITTEE_HEAD
    )
    (concern,) = said(example, "policy 2024", POLICY)
    assert concern.code == "BH_PROPOSER"
    assert "Trưởng phòng Nội vụ" in concern.sentence
    right = POLICY.replace(
        "Theo đề nghị của Trưởng phòng Nội vụ", "Theo đề nghị của Trưởng Ban Chỉ đạo ISO"
    )
    assert right != POLICY
    assert codes(example, "policy 2024", right) == []


def test_an_urgent_paper_does_not_say_that_the_committee_was_heard(example):
    paper = example.paper("policy 2024")
    KindRule.objects.create(
        office=paper.office, kind=paper.kind, proposer=ProposerKind.COMMITTEE_HEAD
    )
    named = POLICY.replace(
        "Theo đề nghị của Trưởng phòng Nội vụ", "Theo đề nghị của Trưởng Ban Chỉ đạo ISO"
    )
    assert codes(example, "policy 2024", named) == []
    UrgencyMark.objects.create(
        document=paper, level="urgent", set_by=example.people["tp-noivu"], set_at=example.now
    )
    (concern,) = said(example, "policy 2024", named)
    assert (concern.code, concern.severity) == ("BH_HEARD_LATER", "note")
    assert concern.clause_id
    # who proposes in the committee's place is no mismatch then
    assert codes(example, "policy 2024", POLICY) == []


def test_a_decision_does_not_take_effect_on_a_day_that_has_passed(example):
    text = example.newest("committee").text
    assert "ngày 22 tháng 01 năm 2024" in text
    late = date(2024, 1, 23)
    (concern,) = [one for one in said(example, "committee", on=late) if "PAST" in one.code]
    assert concern.code == "BH_EFFECT_PAST"
    assert "22/01/2024" in concern.sentence
    for on_time in (TODAY, date(2024, 1, 22)):
        assert "BH_EFFECT_PAST" not in codes(example, "committee", on=on_time)


def test_brackets_of_a_blank_are_still_to_be_filled(example):
    open_place = POLICY.replace(
        "Ban hành Chính sách chất lượng", "Ban hành [tên văn bản] Chính sách chất lượng", 1
    )
    assert open_place != POLICY
    (concern,) = said(example, "policy 2024", open_place)
    assert concern.code == "BH_BRACKETS"
    assert "[tên văn bản]" in concern.sentence


def test_a_finding_stands_on_the_page_with_its_line(example):
    author, paper = example.who("cv-noivu"), a_draft(example)
    wrong = POLICY.replace("1073/QĐ-CT", "1074/QĐ-CT")
    answer = author.client.post(f"/soan/{paper.reference}/xem-truoc/", {"text": wrong})
    page = answer.content.decode()
    line = next(n for n, one in enumerate(wrong.splitlines(), 1) if "1074/QĐ-CT" in one)
    assert "cơ quan không giữ văn bản này" in page
    assert f'data-line="{line}"' in page


def test_a_basis_is_in_force_on_the_day_of_signing(example):
    on_a_dead_one = POLICY.replace(
        "Theo đề nghị của Trưởng phòng Nội vụ.",
        "Căn cứ Quyết định số 812/QĐ-CT ngày 18 tháng 5 năm 2022 của Chủ tịch Ủy ban nhân dân quận "
        "An Mẫu về Mục tiêu chất lượng năm 2022;\n\nTheo đề nghị của Trưởng phòng Nội vụ.",
    )
    assert on_a_dead_one != POLICY
    (concern,) = said(example, "policy 2024", on_a_dead_one)
    assert concern.code == "ND30_6_BASIS_DEAD"
    assert "812/QĐ-CT" in concern.sentence
    assert "04/7/2023" in concern.sentence
    assert "1073/QĐ-CT" in concern.sentence
    # it was in force while it was
    assert codes(example, "policy 2024", on_a_dead_one, on=date(2023, 7, 3)) != [concern.code]


def test_a_basis_is_cited_with_the_date_it_bears(example):
    dated_wrong = POLICY.replace(
        "Theo đề nghị của Trưởng phòng Nội vụ.",
        "Căn cứ Quyết định số 812/QĐ-CT ngày 19 tháng 5 năm 2022 của Chủ tịch Ủy ban nhân dân quận "
        "An Mẫu về Mục tiêu chất lượng năm 2022;\n\nTheo đề nghị của Trưởng phòng Nội vụ.",
    )
    (concern,) = said(example, "policy 2024", dated_wrong)
    assert concern.code == "ND30_6_BASIS_DATE"
    assert "19/5/2022" in concern.sentence
    assert "18/5/2022" in concern.sentence


def test_a_decision_does_not_rest_on_what_it_replaces(example):
    circular = POLICY.replace(
        "Theo đề nghị của Trưởng phòng Nội vụ.",
        "Căn cứ Quyết định số 1073/QĐ-CT ngày 04 tháng 7 năm 2023 của Chủ tịch Ủy ban nhân dân quận "
        "An Mẫu về Mục tiêu chất lượng năm 2023;\n\nTheo đề nghị của Trưởng phòng Nội vụ.",
    )
    (concern,) = said(example, "policy 2024", circular)
    assert concern.code == "ND30_6_BASIS_REPLACED"
    assert "1073/QĐ-CT" in concern.sentence


def test_a_basis_not_in_force_yet_bears_nothing(example):
    kept = example.paper("1073/QĐ-CT")
    from documents.models import Effect

    Effect.objects.create(
        target=kept, kind="suspends", valid_from=date(2024, 1, 2), recorded_at=kept.issued_at,
        operation_id="00000000-0000-4000-8000-000000000001",
    )  # fmt: skip
    text = POLICY.replace("thay thế Quyết định số 1073", "căn cứ Quyết định số 1073").replace(
        "Theo đề nghị của Trưởng phòng Nội vụ.",
        "Căn cứ Quyết định số 1073/QĐ-CT ngày 04 tháng 7 năm 2023 của Chủ tịch Ủy ban nhân dân quận "
        "An Mẫu về Mục tiêu chất lượng năm 2023;\n\nTheo đề nghị của Trưởng phòng Nội vụ.",
    )
    assert "ND30_6_BASIS_SLEEPS" in codes(example, "policy 2024", text)
    assert "ND30_6_BASIS_SLEEPS" not in codes(example, "policy 2024", text, on=date(2024, 1, 1))


def test_last_years_targets_are_not_forgotten(example):
    paper = example.paper("policy 2024")
    silent = POLICY.replace(
        " và thay thế Quyết định số 1073/QĐ-CT ngày 04 tháng 7 năm 2023 của Chủ tịch Ủy ban nhân "
        "dân quận An Mẫu",
        "",
    )
    assert silent != POLICY
    (concern,) = said(example, "policy 2024", silent, document=paper)
    assert concern.code == "BH_FORMER_TARGETS"
    assert "1073/QĐ-CT" in concern.sentence
    assert "2023" in concern.sentence


def test_forty_bases_are_looked_up_in_one_query(example, django_assert_num_queries):
    from documents.rules.base import Draft

    many = "\n\n".join(
        f"Căn cứ Quyết định số {n}/QĐ-UBND ngày 02 tháng 3 năm 2021 của Ủy ban nhân dân tỉnh An Mẫu "
        f"về việc công bố thủ tục số {n};"
        for n in range(100, 140)
    )
    text = POLICY.replace("Theo đề nghị của Trưởng", f"{many}\n\nTheo đề nghị của Trưởng", 1)
    paper = example.paper("policy 2024")
    assert paper.office.pk
    draft = Draft(paper, papers.read(text, kind=paper.kind).content, TODAY)
    with django_assert_num_queries(1):
        assert len(draft.cited) == 44
        assert len(draft.acted_on) == 1


def test_the_page_about_rules_is_current(settings, tmp_path):
    from documents.management.commands import describe_rules

    call_command("describe_rules", "--check")
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError, match="out of date"):
        call_command("describe_rules", "--check")
    call_command("describe_rules")
    call_command("describe_rules", "--check")
    written = (tmp_path / describe_rules.PAGE).read_text(encoding="utf-8")
    for one in RULES:
        assert f"`{one.code}`" in written
        assert one.source in written
