"""The acts of a round, from its opening to its conclusion, each brought to where it can be done."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from offices import services as offices
from offices.dates import local_day
from offices.parties import INSTALLATION
from tests.forms import WHY, on
from workflows.models import Opinion, ReviewRound
from workflows.services import concluding, late, meeting, reviewing
from workflows.services.acts import Ticket
from workflows.services.concluding import Answer
from workflows.services.meeting import MinutesPlan, Said
from workflows.services.reviewing import Remark, RoundPlan

if TYPE_CHECKING:
    from tests.acting_on_drafts import Act
    from tests.builders import Example


def opinion(example: Example, username: str = "tp-tuphap") -> Act:
    """Agree, as one of the two whom the round still waits for."""
    return on(
        example, "economy objectives", username, reviewing.give_opinion,
        choice=Opinion.Choice.AGREE, remarks="",
    )  # fmt: skip


def last_opinion(example: Example) -> Act:
    """Agree, as the last one."""
    opinion(example, "cvp")()
    return opinion(example)


def conclude(example: Example, outcome: str = concluding.ENDORSED) -> Act:
    """Conclude the round on the audit procedure."""
    round_ = ReviewRound.objects.get(case=example.case("audit procedure"))
    answers = [
        Answer(one.pk, "explained", "Đã nêu rõ.")
        for one in round_.opinions.all()
        if concluding.needs_answer(one)
    ]
    return on(
        example, "audit procedure", "pct-vanxa", concluding.conclude,
        outcome=outcome, text=WHY, answers=answers,
    )  # fmt: skip


def open_round(example: Example) -> Act:
    """Ask three members about the reception's objectives."""
    asked = tuple(example.people[name].pk for name in ("tp-noivu", "tp-kinhte", "cvp"))
    plan = RoundPlan(asked, 5, ReviewRound.Form.WRITTEN, "Đề nghị cho ý kiến.")
    return on(example, "reception objectives", "thuky-iso", reviewing.open_round, plan=plan)


def ask_others(example: Example) -> Act:
    """Ask one member, and a specialist of another department by name."""
    plan = RoundPlan(
        (example.people["cvp"].pk,), 5, ReviewRound.Form.WRITTEN,
        consulted_ids=(example.people["cv-tuphap"].pk,),
    )  # fmt: skip
    return on(example, "reception objectives", "thuky-iso", reviewing.open_round, plan=plan)


def opinion_by_name(example: Example) -> Act:
    """Agree, as somebody outside the committee who was asked by name."""
    ask_others(example)()
    return on(
        example, "reception objectives", "cv-tuphap", reviewing.give_opinion,
        choice=Opinion.Choice.AGREE, remarks="",
    )  # fmt: skip


def late_opinion(example: Example) -> Act:
    """Disagree, when the round is over and the silence recorded."""
    round_, by = of_round(example), example.people["tp-tuphap"]
    asked = round_.opinions.get(reviewer=by)
    expire_round(example)()
    ticket = Ticket(asked.task_id, round_.content_digest, uuid4())
    at = round_.due_at + timedelta(minutes=2)
    return lambda: late.give_late_opinion(
        case_id=round_.case_id, ticket=ticket, choice=Opinion.Choice.DISAGREE, remarks=WHY,
        clause_remarks=[Remark("c1", "Điều 1", "Nêu rõ mức giảm.")], by=by, at=at,
    )  # fmt: skip


def close_round(example: Example) -> Act:
    """Close the round on the economy's objectives early; three of four have answered."""
    opinion(example)()
    round_, by, at = of_round(example), example.people["thuky-iso"], example.now
    ticket = Ticket(round_.task_id, round_.content_digest, uuid4())
    return lambda: reviewing.close_round(
        case_id=round_.case_id, ticket=ticket, reason="Đã đủ ý kiến cần thiết.", by=by, at=at
    )


def of_round(example: Example) -> ReviewRound:
    """The round on the economy's objectives."""
    return ReviewRound.objects.get(case=example.case("economy objectives"))


def expire_round(example: Example) -> Act:
    """The clock closes the round whose time is up."""
    round_, key = of_round(example), uuid4()
    after = round_.due_at + timedelta(minutes=1)
    return lambda: reviewing.expire_round(round=round_, key=key, at=after)


def put_off_round(example: Example) -> Act:
    """The clock finds that the round's last day has become a day of rest, on the morning after."""
    round_, key = of_round(example), uuid4()
    last = local_day(round_.due_at)
    offices.close_day(
        office=round_.case.document.office, day=last, reason="Mất điện", by=INSTALLATION,
        at=example.now,
    )  # fmt: skip
    after = round_.due_at + timedelta(hours=15)
    return lambda: reviewing.expire_round(round=round_, key=key, at=after)


def call_meeting(example: Example) -> Act:
    """Call three members to a meeting about the reception's objectives."""
    asked = tuple(example.people[name].pk for name in ("tp-noivu", "tp-kinhte", "cvp"))
    plan = RoundPlan(
        asked, 5, ReviewRound.Form.MEETING,
        meets_at=example.now + timedelta(days=1), place="Phòng họp số 2",
    )  # fmt: skip
    return on(example, "reception objectives", "thuky-iso", reviewing.open_round, plan=plan)


def minutes(example: Example, *, present: int = 2) -> Act:
    """Enter the minutes of that meeting, at which so many were present."""
    call_meeting(example)()
    round_ = ReviewRound.objects.get(case=example.case("reception objectives"))
    said = {
        one.pk: Said(present=True, choice=Opinion.Choice.AGREE)
        if place < present
        else Said(present=False)
        for place, one in enumerate(round_.opinions.order_by("pk"))
    }
    at = round_.meets_at + timedelta(hours=3)
    plan = MinutesPlan(
        round_.meets_at, at, round_.place, example.people["pct-vanxa"].pk, "Thống nhất.", said,
        at + timedelta(days=2), "Phòng họp số 1",
    )  # fmt: skip
    ticket = Ticket(round_.task_id, round_.content_digest, uuid4())
    by = example.people["thuky-iso"]
    return lambda: meeting.record_minutes(
        case_id=round_.case_id, ticket=ticket, plan=plan, by=by, at=at
    )
