"""The secretary asks the committee; each member answers once, clause by clause, for himself."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest

from audit.models import Entry
from audit.selectors import sentence
from tests.pages import (
    MEMBERS,
    NEW_TEXT,
    NOW,
    REASON,
    OnTheWay,
    recorded,
    refused_without_a_trace,
    said,
    the_office,
)
from workflows.models import ClauseRemark, Opinion, Return, ReviewRound
from workflows.services import reviewing

SECRETARY = "thuky-iso"
REMARK = "Mục tiêu chưa đo được: đề nghị ghi mức giảm."


@pytest.fixture
def cast(db, settings):
    return the_office(settings)


@pytest.fixture
def proposed(cast):
    return OnTheWay(cast).brought_to("open_round")


@pytest.fixture
def asked(cast):
    return OnTheWay(cast).brought_to("opinion")


def round_of(way, *names, days="5"):
    return {
        "reviewers": [way.cast.people[name].pk for name in names],
        "working_days": days,
        "form": "written",
        "message": "Đề nghị góp ý kỹ Phụ lục II.",
    }


def clause_field(page, text):
    """The name of the remark field beside the clause that says this."""
    clause = next(
        part for part in page.content.decode().split('<article class="clause">') if text in part
    )
    return re.search(r'name="(remark-c\d+)"', clause).group(1)


# Mở lượt lấy ý kiến


def test_the_secretary_sees_what_is_complete_and_every_member_chosen(proposed):
    page = proposed.opens(SECRETARY)
    words = said(page)
    assert "Tờ trình số 01/TTr-NV của Trưởng phòng Nội vụ." in words
    assert any(
        "1073/QĐ-CT" in point.sentence for point in page.context["points"] if not point.holds
    )
    assert "Có Nơi nhận và dòng lưu." in words
    form = page.context["forms"]["mo_luot"]
    members = [label for _key, label in form.fields["reviewers"].choices]
    assert "Trưởng phòng Tư pháp" in members
    assert page.content.decode().count('name="reviewers"') == len(members)
    assert len(form["reviewers"].value()) == len(members)


def test_each_term_says_the_day_on_which_it_ends(proposed):
    words = said(proposed.opens(SECRETARY))
    assert "1 ngày làm việc, hết thứ Ba 16/01/2024" in words
    assert "5 ngày làm việc, hết thứ Hai 22/01/2024" in words


def test_opening_asks_the_chosen_members_until_the_day_shown(proposed):
    fields = round_of(proposed, "tp-tuphap", "cvp", days="3")
    assert proposed.sends(SECRETARY, "mo-luot", **fields).status_code == 302
    opened = ReviewRound.objects.get()
    assert opened.due_at.isoformat() == "2024-01-18T10:00:00+00:00"
    assert {row.reviewer.username for row in opened.opinions.all()} == {"tp-tuphap", "cvp"}
    assert opened.message == "Đề nghị góp ý kỹ Phụ lục II."
    assert proposed.waits_at() == {"opinion"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"reviewers": []}, "Ủy viên được lấy ý kiến"),
        ({"working_days": "21"}, "Hạn cho ý kiến"),
        ({"form": "by-phone"}, "Hình thức lấy ý kiến"),
    ],
)
def test_a_round_that_cannot_be_is_not_opened_and_what_was_typed_stays(proposed, change, words):
    before = recorded()
    answer = proposed.sends(SECRETARY, "mo-luot", **(round_of(proposed, "cvp") | change))
    assert f"1 chỗ cần sửa {words}" in refused_without_a_trace(proposed, answer, 422, before=before)
    assert "Đề nghị góp ý kỹ Phụ lục II." in answer.content.decode()


def test_somebody_outside_the_committee_cannot_be_asked(proposed):
    before = recorded()
    answer = proposed.sends(SECRETARY, "mo-luot", **round_of(proposed, "cv-noivu"))
    refused_without_a_trace(proposed, answer, 422, before=before)


def test_an_incomplete_paper_goes_back_to_the_head_of_department(proposed):
    assert proposed.sends(SECRETARY, "tra-lai", reason=REASON).status_code == 302
    assert Return.objects.get().from_step == "open_round"
    assert proposed.waits_at() == {"receive_return"}


@pytest.mark.parametrize("who", ["tp-noivu", "cv-noivu", "tp-kinhte"])
def test_only_the_secretary_opens_a_round(proposed, who):
    sentence = "Chỉ Thư ký Ban Chỉ đạo ISO mở và đóng lượt lấy ý kiến."
    assert sentence in said(proposed.opens(who))
    before = recorded()
    answer = proposed.sends(who, "mo-luot", **round_of(proposed, "cvp"))
    assert sentence in refused_without_a_trace(proposed, answer, 403, before=before)


# Phiếu lấy ý kiến


def test_a_member_reads_the_paper_clause_by_clause_and_can_remark_on_each(asked):
    page = asked.opens("tp-tuphap", owner="tp-tuphap")
    words = said(page)
    assert "Phiếu lấy ý kiến: Ban hành Chính sách" in words
    assert "Đã có 0/3 ý kiến." in words
    assert "Cho ý kiến với tư cách Ủy viên Ban Chỉ đạo ISO, Trưởng phòng Tư pháp." in words
    assert clause_field(page, "có hiệu lực kể từ ngày ký")
    for choice in ("Đồng ý", "Đồng ý, có góp ý", "Không đồng ý"):
        assert choice in words


def test_a_remark_is_kept_with_the_clause_it_is_about(asked):
    page = asked.opens("tp-tuphap", owner="tp-tuphap")
    field = clause_field(page, "có hiệu lực kể từ ngày ký")
    answer = asked.sends(
        "tp-tuphap", "cho-y-kien", owner="tp-tuphap", choice="remarks", **{field: REMARK}
    )
    assert answer.status_code == 302
    remark = ClauseRemark.objects.get()
    assert (f"remark-{remark.clause_id}", remark.text) == (field, REMARK)
    assert remark.clause_label == "Điều 2"
    assert remark.opinion.choice == Opinion.Choice.AGREE_WITH_REMARKS


def test_dissent_needs_its_reason_and_keeps_it(asked):
    before = recorded()
    silent = asked.sends("tp-taichinh", "cho-y-kien", owner="tp-taichinh", choice="disagree")
    words = refused_without_a_trace(asked, silent, 422, before=before)
    assert "Nêu lý do không đồng ý; lý do theo văn bản tới người ký." in words
    fields = {"choice": "disagree", "reason": "Vượt khả năng.", "remarks": "Giữ 98%."}
    answer = asked.sends("tp-taichinh", "cho-y-kien", owner="tp-taichinh", **fields)
    assert answer.status_code == 302
    given = Opinion.objects.get(choice="disagree")
    assert given.remarks == "Vượt khả năng.\n\nGiữ 98%."


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Ý kiến"),
        ({"choice": "silent"}, "Ý kiến"),
        ({"choice": "remarks"}, "Ghi góp ý, hoặc chọn “Đồng ý” không kèm góp ý."),
        ({"choice": "agree", "remarks": REMARK}, "Đã viết góp ý: chọn “Đồng ý, có góp ý”"),
    ],
)
def test_an_answer_whose_words_do_not_fit_is_not_sent(asked, fields, words):
    before = recorded()
    answer = asked.sends("tp-tuphap", "cho-y-kien", owner="tp-tuphap", **fields)
    assert words in refused_without_a_trace(asked, answer, 422, before=before)
    assert fields.get("remarks", "") in answer.content.decode()


def test_nobody_answers_on_the_form_of_another_member(asked):
    sentence = "Phiếu này lập cho ủy viên khác của Ban Chỉ đạo."
    assert sentence in said(asked.opens("tp-kinhte", owner="tp-tuphap"))
    before = recorded()
    answer = asked.sends("tp-kinhte", "cho-y-kien", owner="tp-tuphap", choice="agree")
    assert sentence in refused_without_a_trace(asked, answer, 403, before=before)


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("tp-noivu", "Lượt này lấy ý kiến các ủy viên khác; Thư ký đã chọn khi mở lượt."),
        (SECRETARY, "Chỉ lấy ý kiến của ủy viên Ban Chỉ đạo ISO."),
    ],
)
def test_who_is_not_asked_is_told_so(asked, who, sentence):
    before = recorded()
    answer = asked.sends(who, "cho-y-kien", owner="tp-tuphap", choice="agree")
    assert sentence in refused_without_a_trace(asked, answer, 403, before=before)


def test_an_opinion_is_given_once(asked):
    hidden = {**asked.ticket("cho-y-kien", owner="tp-tuphap"), "choice": "agree"}
    address = f"/viec/{hidden['task']}/cho-y-kien/"
    browser = asked.browser("tp-tuphap")
    assert browser.post(address, hidden).status_code == 302
    before = recorded()
    same = refused_without_a_trace(asked, browser.post(address, hidden), 409, before=before)
    assert "Biểu mẫu này đã ghi lúc 15/01/2024" in same
    other = {**hidden, "key": asked.ticket("", owner="tp-kinhte")["key"], "choice": "disagree"}
    late = browser.post(address, {**other, "reason": "Xét lại thì không đồng ý."})
    words = refused_without_a_trace(asked, late, 409, before=before)
    assert "Trưởng phòng Tư pháp đã làm trước" in words
    assert "Xét lại thì không đồng ý." in words
    assert "Ý kiến đã ghi" in words


def test_an_opinion_on_another_content_is_refused_with_the_words_kept(asked):
    before = recorded()
    fields = {"choice": "remarks", "remarks": REMARK, "digest": "a" * 64}
    answer = asked.sends("tp-tuphap", "cho-y-kien", owner="tp-tuphap", **fields)
    words = refused_without_a_trace(asked, answer, 409, before=before)
    assert "Văn bản đã đổi sau khi mở trang này; chưa ghi gì." in words
    assert REMARK in words


def test_the_last_answer_ends_the_round(asked):
    for name in MEMBERS:
        assert asked.sends(name, "cho-y-kien", owner=name, choice="agree").status_code == 302
    assert ReviewRound.objects.get().closed_how == "answered"
    assert asked.waits_at() == {"conclude"}


def test_the_form_marks_what_differs_from_the_revision_asked_about_before(cast):
    way = OnTheWay(cast).brought_to("conclude")
    assert way.sends("pct-vanxa", "tra-lai", reason=REASON).status_code == 302
    way.paper.assign("tp-noivu", "cv-noivu", at=NOW)
    way.paper.rewrite("cv-noivu", NEW_TEXT, at=NOW)
    way.paper.resubmit("cv-noivu", at=NOW)
    way.paper.propose("tp-noivu", "Kính trình lại.", at=NOW)
    way.paper.open_round(SECRETARY, MEMBERS, 5, at=NOW)
    page = way.opens("tp-tuphap", owner="tp-tuphap")
    assert "ý kiến về bản trước không tính cho bản này" in said(page)
    assert re.search(r"<ins>[^<]+</ins>", page.content.decode())


# Đóng lượt trước hạn


def closing(way, who, **fields):
    task = way.case.rounds.get().task_id
    hidden = way.ticket("dong-luot", task=task)
    return way.browser(who).post(f"/ho-so/{way.case.pk}/dong-luot/", {**hidden, **fields})


def test_the_secretary_sees_who_answered_and_how_many_are_needed(asked):
    asked.paper.opinion("tp-kinhte", at=NOW)
    words = said(asked.browser(SECRETARY).get(f"/ho-so/{asked.case.pk}/dong-luot/"))
    assert "1/3 ủy viên, cần 2 để đóng trước hạn" in words
    assert "Trưởng phòng Tư pháp Chưa cho ý kiến" in words


def test_a_round_without_quorum_stays_open(asked):
    asked.paper.opinion("tp-kinhte", at=NOW)
    before = recorded()
    answer = closing(asked, SECRETARY, reason="Đã đủ thông tin.")
    words = refused_without_a_trace(asked, answer, 409, before=before)
    assert "Mới có 1/3 ủy viên cho ý kiến; đóng trước hạn cần ít nhất 2." in words
    assert "Đã đủ thông tin." in answer.content.decode()


def test_closing_with_quorum_and_reason_records_silence(asked):
    for name in ("tp-kinhte", "tp-tuphap"):
        asked.paper.opinion(name, at=NOW)
    before = recorded()
    refused_without_a_trace(asked, closing(asked, SECRETARY, reason=""), 422, before=before)
    assert closing(asked, SECRETARY, reason="Đã đủ thông tin.").status_code == 302
    closed = ReviewRound.objects.get()
    assert (closed.closed_how, closed.closed_because) == ("early", "Đã đủ thông tin.")
    assert Opinion.objects.get(reviewer__username="tp-taichinh").choice == "silent"
    assert asked.waits_at() == {"conclude"}
    before = recorded()
    again = closing(asked, SECRETARY, reason="Lần nữa.")
    assert "Thư ký Ban Chỉ đạo ISO đã làm trước" in refused_without_a_trace(
        asked, again, 409, before=before
    )


@pytest.mark.parametrize(
    ("how", "words"), [("early", "khi đóng lượt trước hạn"), ("expired", "khi hết hạn")]
)
def test_silence_is_told_with_what_ended_the_round(asked, how, words):
    for name in ("tp-kinhte", "tp-tuphap"):
        asked.paper.opinion(name, at=NOW)
    if how == "early":
        closing(asked, SECRETARY, reason="Đã đủ thông tin.")
    else:
        held = ReviewRound.objects.get()
        reviewing.expire_round(round=held, key=uuid4(), at=held.due_at)
    shown = said(asked.browser("vanthu").get(f"/van-ban/{asked.case.document.reference}/"))
    assert f"1 người không có ý kiến {words}." in shown


def test_the_last_answer_ends_the_round_and_is_not_said_to_have_closed_it(asked):
    for name in ("tp-kinhte", "tp-tuphap", "tp-taichinh"):
        asked.paper.opinion(name, at=NOW)
    told = [sentence(one) for one in Entry.objects.order_by("pk")]
    assert any(one.startswith("Mọi ủy viên được lấy ý kiến đã trả lời") for one in told)
    assert not any("đóng lượt" in one for one in told)


def test_a_member_does_not_close_the_round(asked):
    before = recorded()
    answer = closing(asked, "tp-kinhte", reason="Đã đủ thông tin.")
    refused_without_a_trace(asked, answer, 403, before=before)


def test_a_case_without_a_round_has_none_to_close(proposed):
    address = f"/ho-so/{proposed.case.pk}/dong-luot/"
    assert proposed.browser(SECRETARY).get(address).status_code == 404


def test_the_pages_ask_the_database_a_fixed_number_of_times(
    proposed, cast, django_assert_max_num_queries
):
    secretary = proposed.browser(SECRETARY)
    # Three of them look at what the draft brought along from last year's decision; one finds who
    # else may be asked, one the rule on silence, one the terms the office has set.
    with django_assert_max_num_queries(40):
        secretary.get(f"/viec/{proposed.task().pk}/")
    other = OnTheWay(cast).brought_to("opinion")
    member = other.browser("tp-tuphap")
    # One finds on which text this member answered last.
    with django_assert_max_num_queries(29):
        member.get(f"/viec/{other.task(owner='tp-tuphap').pk}/")
