"""How a round ends: on whose answers, on which day, and who may conclude what was said in it."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from audit.selectors import sentence
from offices import clock, services
from offices.dates import ZONE, local_day
from offices.models import Appointment, Delegation
from offices.parties import INSTALLATION
from offices.roles import Role
from tests.builders import sent
from tests.pages import (
    MEMBERS,
    NOW,
    OnTheWay,
    recorded,
    refused_without_a_trace,
    said,
    the_office,
)
from workflows import clock as ticking
from workflows.exceptions import BadInput
from workflows.models import LateOpinion, Lease, Opinion, ReviewRound, TaskDue
from workflows.selectors.feasibility import why_not
from workflows.services import reviewing
from workflows.services.acts import Ticket
from workflows.services.reviewing import RoundPlan

SECRETARY, HEAD = "thuky-iso", "pct-vanxa"
OTHERS = ("cv-kinhte", "cv-tuphap", "cv-vanphong")
SILENT = "tp-tuphap"
ENOUGH = {"reason": "Đã đủ thông tin."}


@pytest.fixture
def cast(db, settings):
    return the_office(settings)


@pytest.fixture
def asked(cast):
    """A round opened on a Monday, which ends on Monday the 22nd at five."""
    return OnTheWay(cast, at=NOW).brought_to("opinion")


def moment(day: str, hour: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=ZONE)


def ticks(at: datetime):
    """The clock ticks at a moment of the office; the lease of the tick before has lapsed."""
    Lease.objects.all().delete()
    clock.turn_to(at)
    return ticking.tick(at=at, real_at=at)


def closes(cast, day: str):
    services.close_day(
        office=cast.office,
        day=moment(day, "08:00").date(),
        reason="Mất điện",
        by=INSTALLATION,
        at=NOW,
    )


def agree(way, *members):
    for who in members:
        answer = way.sends(who, "cho-y-kien", node="opinion", owner=who, choice="agree")
        assert answer.status_code == 302, said(answer)


def stands_in_for_the_head(way, taker):
    """Somebody stands in for the head of the committee from today."""
    head, today = way.cast.people[HEAD], local_day(clock.now())
    services.delegate(
        from_appointment=Appointment.objects.get(user=head, post__role=Role.COMMITTEE_HEAD),
        to_user=way.cast.people[taker], kind=Delegation.Kind.SUBSTITUTION, begins_on=today,
        ends_on=today + timedelta(days=9), legal_basis="08/TB-BCĐISO", by=head, at=clock.now(),
    )  # fmt: skip


def close(way):
    hidden = way.ticket("dong-luot", task=ReviewRound.objects.get().task_id)
    address = f"/ho-so/{way.case.pk}/dong-luot/"
    return way.browser(SECRETARY).post(address, {**hidden, **ENOUGH})


# On whose answers


def test_whoever_is_asked_besides_the_committee_makes_no_quorum(cast):
    """Three specialists heard and no member: the committee was not heard at all."""
    way = OnTheWay(cast).brought_to("open_round")
    people = cast.people
    sent = way.sends(
        SECRETARY, "mo-luot", reviewers=[people["tp-kinhte"].pk, people["tp-taichinh"].pk],
        consulted=[people[name].pk for name in OTHERS], working_days="5", form="written", message="",
    )  # fmt: skip
    assert sent.status_code == 302
    agree(way, *OTHERS, "tp-kinhte")
    address = f"/ho-so/{way.case.pk}/dong-luot/"
    page = said(way.browser(SECRETARY).get(address))
    assert "1/2 ủy viên, cần 2 để đóng trước hạn" in page
    assert "Chuyên viên Phòng Tư pháp (ngoài Ban Chỉ đạo, không tính vào số cần có)" in page
    before = recorded()
    words = refused_without_a_trace(way, close(way), 409, before=before)
    assert "Mới có 1/2 ủy viên cho ý kiến; đóng trước hạn cần ít nhất 2." in words


def test_who_drafted_is_not_asked_as_a_member_and_answers_on_no_other_members_form(cast):
    seat = Appointment.objects.get(
        user=cast.people[SILENT], post__role=Role.COMMITTEE_MEMBER, ends_on=None
    )
    drafter = cast.people["cv-noivu"]
    # A member in a seat of another, as a second member of the department.
    desk = services.add_post(
        department=seat.post.department, role=Role.COMMITTEE_MEMBER,
        title="Ủy viên Ban Chỉ đạo ISO, Chuyên viên Phòng Nội vụ", by=INSTALLATION, at=NOW,
    )  # fmt: skip
    services.appoint(user=drafter, post=desk, begins_on=NOW.date(), by=INSTALLATION, at=NOW)
    way = OnTheWay(cast).brought_to("open_round")
    shown = way.opens(SECRETARY).context["forms"]["mo_luot"].fields["reviewers"].choices
    assert drafter.pk not in dict(shown)
    ticket = Ticket(way.task().pk, way.case.revision.content_digest, uuid4())
    keys = [cast.people[name].pk for name in MEMBERS]
    plan = RoundPlan((*keys, drafter.pk), 5, ReviewRound.Form.WRITTEN)
    before = recorded()
    with pytest.raises(BadInput, match="người soạn thảo"):
        reviewing.open_round(
            case_id=way.case.pk, ticket=ticket, plan=plan, by=cast.people[SECRETARY], at=NOW
        )
    assert recorded() == before
    fields = {"working_days": "5", "form": "written", "message": ""}
    assert way.sends(SECRETARY, "mo-luot", reviewers=keys, **fields).status_code == 302
    services.delegate(
        from_appointment=seat, to_user=drafter, kind=Delegation.Kind.SUBSTITUTION,
        begins_on=NOW.date(), ends_on=NOW.date() + timedelta(days=5), legal_basis="08/TB-BCĐISO",
        by=cast.people[SILENT], at=NOW,
    )  # fmt: skip
    answer = way.sends("cv-noivu", "cho-y-kien", node="opinion", owner=SILENT, choice="agree")
    assert answer.status_code == 403, said(answer)


# On which day


def test_a_round_whose_last_day_became_a_day_of_rest_ends_with_the_next_working_day(asked, cast):
    closes(cast, "2024-01-22")
    for rest in (moment("2024-01-22", "17:01"), moment("2024-01-23", "07:59")):
        assert ticks(rest).expired_rounds == 0
    assert ReviewRound.objects.get().due_at == moment("2024-01-22", "17:00")
    assert ticks(moment("2024-01-23", "08:00")).expired_rounds == 0
    held = ReviewRound.objects.get()
    assert held.due_at == moment("2024-01-23", "17:00")
    assert held.derivation[-1] == (
        "Thứ Hai 22/01/2024 trở thành ngày nghỉ; thời hạn kết thúc lúc 17:00 thứ Ba 23/01/2024 "
        "(khoản 5 Điều 148 Bộ luật Dân sự năm 2015)."
    )
    told = sentence(Entry.objects.get(action="round.put_off"))
    assert told.startswith("Đồng hồ dời hạn lượt thứ 1 về “")
    assert told.endswith("qua ngày nghỉ, đến 23/01/2024 17:00.")
    agree(asked, SILENT)
    assert ticks(moment("2024-01-23", "17:00")).expired_rounds == 1
    assert Opinion.objects.get(reviewer__username=SILENT).choice == "agree"
    assert Entry.objects.filter(action="round.put_off").count() == 1


def test_a_clock_that_comes_back_on_a_day_of_rest_ends_no_round_before_the_next_day(cast):
    way = OnTheWay(cast, at=moment("2024-01-12", "09:00")).brought_to("opinion")
    assert ReviewRound.objects.get().due_at == moment("2024-01-19", "17:00")
    assert ticks(moment("2024-01-20", "10:00")).expired_rounds == 0
    assert ticks(moment("2024-01-21", "23:00")).expired_rounds == 0
    assert way.waits_at() == {"opinion"}
    # Nor is its case held again and again all the weekend.
    with CaptureQueriesContext(connection) as captured:
        ticks(moment("2024-01-21", "23:30"))
    assert not [one for one in sent(captured) if "workflows_case" in one and "UPDATE" in one]
    assert not [one for one in sent(captured) if one.startswith('SELECT "viewflow_process"')]
    assert ticks(moment("2024-01-22", "00:05")).expired_rounds == 1
    # The term was not longer for it: the working day of its end had passed.
    assert not Entry.objects.filter(action="round.put_off").exists()


def test_a_clock_that_slept_past_the_later_end_too_ends_the_round_at_once(asked, cast):
    closes(cast, "2024-01-22")
    assert ticks(moment("2024-01-24", "09:00")).expired_rounds == 1


def test_no_superior_is_told_of_a_term_whose_last_day_became_a_day_of_rest(cast):
    way = OnTheWay(cast, at=moment("2024-01-10", "09:00")).brought_to("open_round")
    task = way.task().pk
    assert TaskDue.objects.get(task_id=task).due_at == moment("2024-01-12", "17:00")
    closes(cast, "2024-01-12")
    assert ticks(moment("2024-01-15", "08:00")).told_superiors == 0
    due = TaskDue.objects.get(task_id=task)
    assert due.due_at == due.escalate_at == moment("2024-01-15", "17:00")
    assert "trở thành ngày nghỉ" in due.derivation[-1]
    assert sentence(Entry.objects.get(action="task.put_off")).startswith(
        "Đồng hồ dời hạn bước mở lượt"
    )
    assert ticks(moment("2024-01-16", "08:00")).told_superiors == 1


# Who may conclude


def test_who_was_silent_or_asked_no_more_has_decided_nothing_and_may_stand_in_for_the_head(asked):
    agree(asked, *(name for name in MEMBERS if name != SILENT))
    assert ticks(moment("2024-01-22", "17:00")).expired_rounds == 1
    clock.turn_to(moment("2024-01-23", "08:00"))
    stands_in_for_the_head(asked, SILENT)
    desk = said(asked.browser(SILENT).get("/ban-lam-viec/"))
    assert "Kết luận" in desk
    case = asked.case
    assert why_not(case.document, at=clock.now(), case=case, node="conclude") == []
    answer = asked.sends(SILENT, "thong-nhat", text="Thống nhất.")
    assert answer.status_code == 302, said(answer)


def test_who_spoke_late_does_not_conclude_and_who_concluded_does_not_speak_late(asked):
    others = [name for name in MEMBERS if name != SILENT]
    agree(asked, others[0])
    assert ticks(moment("2024-01-22", "17:00")).expired_rounds == 1
    clock.turn_to(moment("2024-01-23", "08:00"))
    late = {one.reviewer.username: one.task_id for one in Opinion.objects.all()}
    sent = asked.sends(others[1], "y-kien-muon", task=late[others[1]], choice="agree")
    assert sent.status_code == 302, said(sent)
    stands_in_for_the_head(asked, others[1])
    refused = asked.sends(others[1], "thong-nhat", text="Thống nhất.")
    assert refused.status_code == 403
    assert "Không ai quyết định hai lần" in said(refused)
    stands_in_for_the_head(asked, SILENT)
    assert asked.sends(SILENT, "thong-nhat", text="Thống nhất.").status_code == 302
    before = recorded()
    answer = asked.sends(SILENT, "y-kien-muon", task=late[SILENT], choice="agree")
    words = refused_without_a_trace(asked, answer, 403, before=before)
    assert "tài khoản này đã kết luận lượt đó" in words
    assert LateOpinion.objects.count() == 1
