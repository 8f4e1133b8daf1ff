"""Somebody asked by name is away: whoever fills the post answers, and both names are kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from offices import services as offices
from offices.models import Appointment, Delegation
from tests.builders import sent
from tests.pages import MEMBERS, NOW, OnTheWay, said, the_office
from workflows.models import Opinion
from workflows.services import reviewing
from workflows.services.reviewing import RoundPlan

ASKED, STANDS_IN, TITLE = "cv-tuphap", "cv-kinhte", "Chuyên viên Phòng Tư pháp"
STATEMENTS_OF_THE_DESK = 15
BASIS = "Thông báo số 07/TB-TP ngày 12/01/2024"


@pytest.fixture
def way(db, settings):
    """A round that asks three members, and two colleagues of other departments by name."""
    way = OnTheWay(the_office(settings)).brought_to("open_round")
    people = way.cast.people
    plan = RoundPlan(
        reviewer_ids=tuple(people[name].pk for name in MEMBERS),
        consulted_ids=tuple(people[name].pk for name in (ASKED, "cvp")),
        working_days=5,
        form="written",
    )
    reviewing.open_round(
        case_id=way.case.pk, ticket=way.paper.ticket("open_round"), plan=plan,
        by=people["thuky-iso"], at=NOW,
    )  # fmt: skip
    return way


def away(way, stands_in, *, who=ASKED, place=0, **changes):
    """Record an absence of one week, for the post held first."""
    post = Appointment.objects.filter(user=way.cast.people[who]).order_by("pk")[place]
    given = {
        "from_appointment": post,
        "to_user": way.cast.people[stands_in],
        "kind": Delegation.Kind.SUBSTITUTION,
        "begins_on": NOW.date(),
        "ends_on": NOW.date() + timedelta(days=7),
        "legal_basis": BASIS,
        "by": way.cast.people[who],
        "at": NOW,
    }
    return offices.delegate(**(given | changes))


def form_of(who=ASKED):
    return Opinion.objects.get(reviewer__username=who).task_id


def on_the_desk(way, who, task=None):
    desk = way.browser(who).get("/ban-lam-viec/")
    return f"/viec/{task or form_of()}/" in desk.content.decode()


def answers(way, who, task=None):
    said_so = {"choice": "disagree", "reason": "Trái thẩm quyền."}
    return way.sends(who, "cho-y-kien", node="opinion", task=task or form_of(), **said_so)


def test_who_fills_the_post_reads_answers_and_both_names_are_kept(way):
    task, browser = form_of(), way.browser(STANDS_IN)
    assert browser.get(f"/viec/{task}/").status_code == 404
    assert not on_the_desk(way, STANDS_IN)
    away(way, STANDS_IN)
    desk = said(browser.get("/ban-lam-viec/"))
    assert f"Làm thay {TITLE}, theo {BASIS} , đến 21/01/2024" in desk
    assert f"Cho ý kiến với tư cách {TITLE}" in desk
    paper = browser.get(f"/van-ban/{way.case.document.reference}/")
    assert f"/viec/{task}/" in paper.content.decode()
    page = said(browser.get(f"/viec/{task}/"))
    assert f"người làm thay {TITLE} (được lấy ý kiến ngoài Ban Chỉ đạo)" in page
    assert answers(way, STANDS_IN).status_code == 302
    opinion = Opinion.objects.get(task_id=task)
    assert (opinion.reviewer.username, opinion.given_by.username) == (ASKED, STANDS_IN)
    assert opinion.standing["post_title"] == TITLE
    assert opinion.standing["principal_id"] == way.cast.people[ASKED].pk
    entry = Entry.objects.get(action="opinion.given")
    assert (entry.details["principal"], entry.by_key) == (
        way.cast.people[ASKED].pk,
        str(way.cast.people[STANDS_IN].pk),
    )
    told = said(way.browser("tp-noivu").get(f"/van-ban/{way.case.document.reference}/vi-sao/"))
    assert f"Chức vụ: {TITLE}" in told
    assert "Làm thay: Chuyên viên Phòng Kinh tế, làm thay, từ 15/01/2024" in told
    # it was given once: the one who comes back finds it answered
    assert answers(way, ASKED).status_code == 409


def test_what_the_absent_one_is_asked_is_closed_again_when_the_absence_ends(way):
    row = away(way, STANDS_IN)
    assert on_the_desk(way, STANDS_IN)
    offices.end_delegation(
        row, ends_on=NOW.date() + timedelta(days=1), by=row.given_as.user, at=NOW
    )
    Delegation.objects.filter(pk=row.pk).update(begins_on="2024-01-12", ends_on="2024-01-15")
    assert not on_the_desk(way, STANDS_IN)
    assert way.browser(STANDS_IN).get(f"/viec/{form_of()}/").status_code == 404
    assert answers(way, STANDS_IN).status_code == 404


@pytest.mark.parametrize(
    ("stands_in", "sentence"),
    [
        ("tp-kinhte", "tài khoản này đã có tiếng nói riêng trong lượt này"),
        ("cv-noivu", "Không lấy ý kiến người soạn thảo về chính dự thảo của mình."),
    ],
)
def test_a_voice_of_ones_own_and_the_own_draft_bar_who_stands_in(way, stands_in, sentence):
    away(way, stands_in)
    assert not on_the_desk(way, stands_in)
    refused = answers(way, stands_in)
    assert (refused.status_code, sentence in said(refused)) == (403, True), said(refused)
    assert Opinion.objects.get(task_id=form_of()).given_at is None


def test_a_post_that_was_not_asked_gives_nobody_a_voice(way):
    # the Chief of Office is asked as such, not as head of the secretariat's department
    away(way, STANDS_IN, who="cvp", place=1)
    task = form_of("cvp")
    assert not on_the_desk(way, STANDS_IN, task)
    refused = answers(way, STANDS_IN, task)
    assert refused.status_code == 403
    assert "người làm thay toàn bộ chức vụ của người đó trả lời" in said(refused)
    away(way, STANDS_IN, who="cvp", place=0)
    assert on_the_desk(way, STANDS_IN, task)
    assert answers(way, STANDS_IN, task).status_code == 302


def test_the_desk_of_who_stands_in_asks_one_question_for_all_such_forms(way):
    away(way, STANDS_IN)
    away(way, STANDS_IN, who="cvp", place=0)
    browser = way.browser(STANDS_IN)
    browser.get("/ban-lam-viec/")
    with CaptureQueriesContext(connection) as captured:
        desk = browser.get("/ban-lam-viec/").content.decode()
    assert all(f"/viec/{form_of(who)}/" in desk for who in (ASKED, "cvp"))
    asked = [one for one in sent(captured) if 'FROM "workflows_opinion"' in one.split("WHERE")[0]]
    by_title = [one for one in asked if "reviewer_title" in one.split("FROM")[0]]
    assert len(by_title) == 1, "\n".join(by_title)
    told = "\n".join(one[:140] for one in sent(captured))
    assert len(sent(captured)) == STATEMENTS_OF_THE_DESK, told
