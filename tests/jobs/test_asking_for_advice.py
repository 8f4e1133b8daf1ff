"""Whoever holds a step asks somebody by name for advice: nothing waits for it, nothing counts it."""

from __future__ import annotations

import pytest

from audit.models import Entry
from audit.selectors import sentence
from tests.pages import (
    MEMBERS,
    NOW,
    REASON,
    OnTheWay,
    recorded,
    refused_without_a_trace,
    said,
    the_office,
)
from workflows.models import Comment
from workflows.selectors.tallies import tally_of

ASKED = "cv-tuphap"
WHAT = "Mốc thời gian ở Điều 2 có khả thi không?"
ANSWER = "Khả thi, nếu bắt đầu từ tháng 02."


@pytest.fixture
def cast(db, settings):
    return the_office(settings)


def asks(way, who, of=ASKED, **fields):
    person = way.cast.people[of].pk
    given = {**way.ticket(""), "of": person, "question": WHAT, **fields}
    return way.browser(who).post(f"/ho-so/{way.case.pk}/tham-khao/", given)


def answers(way, who=ASKED, **fields):
    comment = Comment.objects.latest("pk")
    given = {**way.ticket("", task=1), "task": "0", "text": ANSWER, **fields}
    return way.browser(who).post(f"/tham-khao/{comment.pk}/", given)


def test_the_signatory_asks_and_signs_without_waiting(cast):
    way = OnTheWay(cast).brought_to("sign")
    page = f"/van-ban/{way.case.document.reference}/"
    assert way.browser(ASKED).get(page).status_code == 404
    assert asks(way, "pct-kinhte").status_code == 302
    assert way.waits_at() == {"sign"}
    assert way.browser(ASKED).get(page).status_code == 200
    way.paper.sign("pct-kinhte", at=NOW)
    assert way.waits_at() == {"register"}


def test_the_advice_is_found_on_the_desk_given_and_shown_and_counted_nowhere(cast):
    way = OnTheWay(cast).brought_to("sign")
    asks(way, "pct-kinhte")
    desk = said(way.browser(ASKED).get("/ban-lam-viec/"))
    assert "Được hỏi ý kiến tham khảo 1" in desk
    asked = said(way.browser(ASKED).get(f"/tham-khao/{Comment.objects.get().pk}/"))
    assert "QUYẾT ĐỊNH: Điều 1." in asked
    before = tally_of(way.case.rounds.get())
    assert answers(way).status_code == 302
    for page in (f"/van-ban/{way.case.document.reference}/", f"/viec/{way.task().pk}/"):
        words = said(way.browser("pct-kinhte").get(page))
        assert WHAT in words
        assert ANSWER in words
    assert tally_of(way.case.rounds.get()) == before
    assert "Được hỏi" not in said(way.browser(ASKED).get("/ban-lam-viec/"))
    told = [sentence(one) for one in Entry.objects.filter(action__startswith="comment.")]
    assert any(WHAT in one for one in told)
    assert any(ANSWER in one for one in told)


@pytest.mark.parametrize("who", ["cvp", "tp-noivu"])
def test_only_whoever_may_do_the_step_asks(cast, who):
    way = OnTheWay(cast).brought_to("sign")
    before = recorded()
    refused_without_a_trace(way, asks(way, who), 403, before=before)
    assert not Comment.objects.exists()


def test_nobody_else_answers_and_nobody_answers_twice(cast):
    way = OnTheWay(cast).brought_to("sign")
    asks(way, "pct-kinhte")
    before = recorded()
    words = refused_without_a_trace(way, answers(way, MEMBERS[0]), 403, before=before)
    assert "Câu hỏi này dành cho người khác." in words
    assert answers(way).status_code == 302
    before = recorded()
    words = refused_without_a_trace(way, answers(way, text="Nghĩ lại."), 409, before=before)
    assert "Ý kiến này đã được gửi." in words
    assert Comment.objects.get().text == ANSWER


def test_one_question_to_one_person_is_open_and_nobody_asks_themselves(cast):
    way = OnTheWay(cast).brought_to("sign")
    asks(way, "pct-kinhte")
    before = recorded()
    assert "đang chờ trả lời" in refused_without_a_trace(
        way, asks(way, "pct-kinhte"), 409, before=before
    )
    refused_without_a_trace(way, asks(way, "pct-kinhte", of="pct-kinhte"), 422, before=before)
    refused_without_a_trace(way, asks(way, "pct-kinhte", question=" "), 422, before=before)


def test_what_went_back_asks_nobody_any_more(cast):
    way = OnTheWay(cast).brought_to("sign")
    asks(way, "pct-kinhte")
    way.carried_by_hand("pct-kinhte", "sign", "tra-lai", reason=REASON)
    assert "Được hỏi" not in said(way.browser(ASKED).get("/ban-lam-viec/"))


def test_what_was_decided_about_another_content_is_not_answered(cast):
    way = OnTheWay(cast).brought_to("sign")
    asks(way, "pct-kinhte")
    before = recorded()
    refused_without_a_trace(way, answers(way, digest="e" * 64), 409, before=before)


def test_a_step_that_was_done_meanwhile_asks_nobody(cast):
    way = OnTheWay(cast).brought_to("sign")
    stale = way.ticket("")
    way.paper.sign("pct-kinhte", at=NOW)
    before = recorded()
    refused_without_a_trace(way, asks(way, "vanthu", **stale), 403, before=before)
    refused_without_a_trace(way, asks(way, "pct-kinhte", **stale), 403, before=before)


def test_taking_back_leaves_the_advice_and_its_reader(cast):
    way = OnTheWay(cast).brought_to("sign")
    asks(way, "pct-kinhte")
    hidden = way.ticket("")
    way.browser("cvp").post(f"/ho-so/{way.case.pk}/lay-lai/", {**hidden, "reason": ""})
    assert way.waits_at() == {"check_form"}
    assert answers(way).status_code == 302
    assert ANSWER in said(way.opens("cvp", "check_form"))
