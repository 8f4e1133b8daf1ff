"""The one writer that ends a round of opinions or calls its meeting again."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from offices import bodies
from offices.dates import local_day
from offices.workhours import time_to_remind
from workflows.deadlines import DAYS_FOR_MINUTES, LONGEST_ROUND
from workflows.exceptions import BadInput
from workflows.models import Opinion, ReviewRound

if TYPE_CHECKING:
    from offices.models import User
    from offices.workdays import Deadline, WorkCalendar


def end_round(
    round: ReviewRound, how: str, *, at: datetime, by: User | None = None, because: str = ""
) -> None:
    """Write that a round is over, and record each answer not given as silence.

    `by` is None where nobody closed it: everybody answered, or its time was up. Call under the
    case's lock; the engine's row is closed by the act.
    """
    if how != ReviewRound.ClosedHow.ANSWERED:
        waiting = round.opinions.filter(given_at__isnull=True)
        waiting.update(choice=Opinion.Choice.SILENT, given_at=at)
    round.closed_at = at
    round.closed_how = how
    round.closed_by = by
    round.closed_because = because
    round.save(update_fields=["closed_at", "closed_how", "closed_by", "closed_because"])


def term_of_meeting(
    meets_at: datetime | None, place: str, calendar: WorkCalendar, *, at: datetime
) -> Deadline:
    """Reckon until when the minutes of a meeting are due; `BadInput` for a time that cannot be."""
    if meets_at is None or not place.strip():
        raise BadInput(_("Say when and where the committee meets."))
    if meets_at <= at:
        raise BadInput(_("The committee is called to a meeting that is still to come."))
    if calendar.working_days_between(local_day(at), local_day(meets_at)) > LONGEST_ROUND:
        raise BadInput(
            _("The meeting is held within %(most)s working days.") % {"most": LONGEST_ROUND}
        )
    return calendar.deadline(meets_at, DAYS_FOR_MINUTES)


def call_again(round: ReviewRound, *, meets_at: datetime | None, place: str, at: datetime) -> None:
    """Call the meeting of a round a second time, with a deadline of its own."""
    calendar = bodies.calendar(round.case.document.office)
    deadline = term_of_meeting(meets_at, place, calendar, at=at)
    round.call += 1
    round.meets_at, round.place = meets_at, place.strip()
    round.due_at, round.derivation = deadline.at, deadline.explain()
    round.remind_at = time_to_remind(calendar, at, deadline.at)
    round.save(update_fields=["call", "meets_at", "place", "due_at", "derivation", "remind_at"])
