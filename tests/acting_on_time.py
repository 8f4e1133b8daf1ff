"""What the clock does about terms, each brought to where it can be done."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from offices import services as offices
from offices.dates import local_day
from offices.parties import INSTALLATION
from tests.acting_on_rounds import of_round
from workflows.models import TaskDue
from workflows.services import chasing

if TYPE_CHECKING:
    from tests.acting_on_drafts import Act
    from tests.builders import Example

SURVEY = "survey procedure"


def term_of(example: Example, name: str = SURVEY) -> TaskDue:
    """The term of what waits on a paper."""
    (task,) = example.open_tasks(name)
    return TaskDue.objects.get(task_id=task.pk)


def remind(example: Example) -> Act:
    """The clock reminds the head of department of the survey procedure."""
    due, key = term_of(example), uuid4()
    at = due.remind_at
    return lambda: chasing.remind(due=due, key=key, at=at)


def remind_round(example: Example) -> Act:
    """The clock reminds those who have not answered about the economy's objectives."""
    round_, key = of_round(example), uuid4()
    at = round_.remind_at
    return lambda: chasing.remind_round(round=round_, key=key, at=at)


def put_off(example: Example) -> Act:
    """The clock finds that the last day of the survey procedure's term has become a day of rest."""
    due, key = term_of(example), uuid4()
    offices.close_day(
        office=due.case.document.office, day=local_day(due.due_at), reason="Mất điện",
        by=INSTALLATION, at=example.now,
    )  # fmt: skip
    at = due.due_at + timedelta(hours=15, minutes=30)
    return lambda: chasing.escalate(due=due, key=key, at=at)


def escalate(example: Example) -> Act:
    """The clock tells the superior that the survey procedure is late, on the next morning."""
    due, key = term_of(example), uuid4()
    at = due.due_at + timedelta(hours=15, minutes=30)
    return lambda: chasing.escalate(due=due, key=key, at=at)
