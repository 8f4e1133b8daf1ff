"""What happens when a step is offered: its due date, and leave to read for those who act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documents.models import ReadGrant
from offices import bodies
from workflows.deadlines import WORKING_DAYS
from workflows.models import TaskDue

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from viewflow.workflow.models import Task

    from offices.models import Department
    from workflows.models import Case

# Which body must be able to read a paper that waits at a node; reviewers are granted by name.
READERS = {
    "open_round": bodies.iso_committee,
    "conclude": bodies.iso_committee,
    "check_form": bodies.office_secretariat,
    "sign": bodies.leadership,
    "register": bodies.office_secretariat,
    "issue": bodies.office_secretariat,
}


def offer(opened: Iterable[Task], *, case: Case, at: datetime) -> None:
    """Write due dates and read grants for steps that have just been opened."""
    calendar = bodies.calendar(case.document.office)
    for task in opened:
        node = task.flow_task.name
        if node in WORKING_DAYS:
            deadline = calendar.deadline(at, WORKING_DAYS[node])
            TaskDue.objects.create(
                task_id=task.pk,
                case=case,
                offered_at=at,
                due_at=deadline.at,
                derivation=deadline.explain(),
            )
        if node in READERS:
            _grant(READERS[node](case.document.office), case=case, at=at)


def _grant(department: Department, *, case: Case, at: datetime) -> None:
    ReadGrant.objects.get_or_create(
        document_id=case.document_id,
        department=department,
        source="procedure",
        defaults={"valid_from": at},
    )


def grant_reader(user_id: int, *, case: Case, at: datetime) -> None:
    """Let one person read the paper because the procedure asks them."""
    ReadGrant.objects.get_or_create(
        document_id=case.document_id,
        user_id=user_id,
        source="procedure",
        defaults={"valid_from": at},
    )
