"""The clock's word on what is due: a reminder in time, and the superior when it is late.

Each is an act under the case's lock that looks again whether the task still waits, so that two
ticks at once, or a tick and the person, never tell twice or of what is done. Nothing is told
outside working hours; the caller asks again later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from offices import bodies
from offices.dates import vn_moment
from offices.workdays import explain_moved
from offices.workhours import is_working_moment, time_to_remind
from workflows import engine
from workflows.deadlines import TELL_HIGHER_AFTER
from workflows.models import Chase, Opinion, ReviewRound, TaskDue
from workflows.selectors import superiors
from workflows.selectors.superiors import Told
from workflows.services import offers
from workflows.services.acts import Deed, Ticket, load, settle

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from offices.workdays import WorkCalendar
    from workflows.models import Case


def remind(*, due: TaskDue, key: UUID, at: datetime) -> bool:
    """Remind whoever has a task that its term ends; tell whether this call did it."""
    with transaction.atomic(), engine.hold(due.case_id):
        held = TaskDue.objects.get(pk=due.pk)
        if held.remind_at is None or at < held.remind_at:
            return False
        case = load(held.case_id)
        node = engine.waits_at(held.task_id, process_id=case.pk)
        # What is late already is told to the superior instead.
        if not node or at >= held.due_at:
            _forget(held, "remind_at")
            return False
        if not _office_works(case, at):
            return False
        _forget(held, "remind_at")
        told = superiors.at_hand(case, node, at=at)
        _tell(
            case,
            held.task_id,
            node,
            told,
            sort=Chase.Sort.REMINDED,
            due_at=held.due_at,
            at=at,
            key=key,
        )
    return True


def remind_round(*, round: ReviewRound, key: UUID, at: datetime) -> bool:
    """Remind everybody who has not answered that a round ends; tell whether this call did it."""
    with transaction.atomic(), engine.hold(round.case_id):
        held = ReviewRound.objects.get(pk=round.pk)
        if held.remind_at is None or at < held.remind_at:
            return False
        case = load(held.case_id)
        if held.closed_at is not None or at >= held.due_at:
            _forget(held, "remind_at")
            return False
        if not _office_works(case, at):
            return False
        _forget(held, "remind_at")
        waiting = Opinion.objects.filter(round=held, given_at__isnull=True)
        told = [
            Told(one.reviewer, one.reviewer_title)
            for one in waiting.select_related("reviewer").order_by("pk")
        ]
        _tell(
            case,
            held.task_id,
            "opinion",
            told,
            sort=Chase.Sort.REMINDED,
            due_at=held.due_at,
            at=at,
            key=key,
        )
    return True


def escalate(*, due: TaskDue, key: UUID, at: datetime) -> bool:
    """Tell the next superior that a task is late; tell whether this call did it.

    After `TELL_HIGHER_AFTER` working days more, the next one; nobody stands above the Chairman.
    Where the last day of the term has become a day of rest, it ends with the next working day.
    """
    with transaction.atomic(), engine.hold(due.case_id):
        held = TaskDue.objects.get(pk=due.pk)
        if held.escalate_at is None or at < held.escalate_at:
            return False
        case = load(held.case_id)
        node = engine.waits_at(held.task_id, process_id=case.pk)
        if not node:
            _forget(held, "escalate_at")
            return False
        if not _office_works(case, at):
            return False
        calendar = bodies.calendar(case.document.office)
        later = None if held.told_higher else calendar.moved_on(held.due_at)
        if later is not None and at < later:
            _put_off(case, held, node, calendar, later, key=key, at=at)
            return False
        level = held.told_higher + 1
        told = superiors.above(case, node, told_before=_told_before(held), at=at)
        if not told:
            _forget(held, "escalate_at")
            return False
        held.told_higher = level
        held.escalate_at = calendar.deadline(at, TELL_HIGHER_AFTER).at
        held.save(update_fields=["told_higher", "escalate_at"])
        for one in told:
            offers.grant_reader(one.user.pk, case=case, at=at)
        _tell(
            case,
            held.task_id,
            node,
            told,
            sort=Chase.Sort.ESCALATED,
            level=level,
            due_at=held.due_at,
            at=at,
            key=key,
        )
    return True


def _told_before(held: TaskDue) -> set[int]:
    """Give who was told already that a task is late; nothing is read where nobody was."""
    if not held.told_higher:
        return set()
    told = Chase.objects.filter(task_id=held.task_id, sort=Chase.Sort.ESCALATED)
    return set(told.values_list("told_id", flat=True))


def _put_off(
    case: Case,
    held: TaskDue,
    node: str,
    calendar: WorkCalendar,
    later: datetime,
    *,
    key: UUID,
    at: datetime,
) -> None:
    held.derivation = [*held.derivation, explain_moved(held.due_at, later)]
    held.due_at = held.escalate_at = later
    held.remind_at = time_to_remind(calendar, at, later)
    held.save(update_fields=["derivation", "due_at", "escalate_at", "remind_at"])
    act = Deed(name="put_off_task", case=case, at=at)
    act.record("task.put_off", details={"step": node}, disclose={"until": vn_moment(later)})
    settle(act, ticket=Ticket(0, case.revision.content_digest, key))


def _office_works(case: Case, at: datetime) -> bool:
    return is_working_moment(bodies.calendar(case.document.office), at)


def _forget(held: TaskDue | ReviewRound, timer: str) -> None:
    setattr(held, timer, None)
    held.save(update_fields=[timer])


def _tell(
    case: Case,
    task_id: int,
    node: str,
    told: list[Told],
    *,
    sort: str,
    due_at: datetime,
    at: datetime,
    key: UUID,
    level: int = 0,
) -> None:
    """Write a row a person, one entry of the audit, and push."""
    Chase.objects.bulk_create(
        Chase(
            case=case,
            task_id=task_id,
            node=node,
            sort=sort,
            level=level,
            told=one.user,
            told_title=one.title,
            due_at=due_at,
            at=at,
        )
        for one in told
    )
    act = Deed(name=f"task_{sort}", case=case, at=at)
    act.record(
        f"task.{sort}",
        details={"step": node, "told": len(told)},
        disclose={"who": "; ".join(one.title for one in told), "due": vn_moment(due_at)},
    )
    # The act is the clock's, not on the task: whoever comes later must not read that it was first.
    settle(act, ticket=Ticket(0, case.revision.content_digest, key))
