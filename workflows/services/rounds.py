"""When a round of opinions ends, and the one writer that ends it or calls its meeting again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from offices import bodies
from offices.dates import local_day
from offices.workdays import explain_moved
from offices.workhours import time_to_remind
from workflows.deadlines import (
    AT_ONCE,
    LONGEST_ROUND,
    LONGEST_ROUND_HOURS,
    MINUTES,
    SHORTEST_HOURS,
    SHORTEST_ROUND,
    Term,
)
from workflows.exceptions import BadInput, Conflict
from workflows.models import Opinion, ReviewRound
from workflows.selectors.terms import level_of, reckon, terms_of

if TYPE_CHECKING:
    from offices.models import User
    from offices.workdays import WorkCalendar
    from workflows.models import Case
    from workflows.services.reviewing import RoundPlan


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


@dataclass(frozen=True, slots=True)
class RoundEnd:
    """When a round ends, and the sentences that derive it."""

    at: datetime
    derivation: list[str]


def end_of(plan: RoundPlan, case: Case, calendar: WorkCalendar, *, at: datetime) -> RoundEnd:
    """End a written round after its term; a meeting when its minutes are due."""
    if plan.form == ReviewRound.Form.MEETING:
        return end_of_meeting(case, plan.meets_at, plan.place, calendar, at=at)
    if plan.meets_at is not None or plan.place:
        raise BadInput(_("A round in writing has no time and place of a meeting."))
    return end_in_writing(calendar, _length(plan, case), at=at)


def _length(plan: RoundPlan, case: Case) -> Term:
    if level_of(case) == AT_ONCE:
        if not SHORTEST_HOURS <= plan.working_hours <= LONGEST_ROUND_HOURS:
            raise BadInput(
                _(
                    "A round about a paper that is to go at once runs between %(least)s and "
                    "%(most)s working hours."
                )
                % {"least": SHORTEST_HOURS, "most": LONGEST_ROUND_HOURS}
            )
        return Term(hours=plan.working_hours)
    if not SHORTEST_ROUND <= plan.working_days <= LONGEST_ROUND:
        raise BadInput(
            _("A round runs between %(least)s and %(most)s working days.")
            % {"least": SHORTEST_ROUND, "most": LONGEST_ROUND}
        )
    return Term(days=plan.working_days)


def end_of_meeting(
    case: Case, meets_at: datetime | None, place: str, calendar: WorkCalendar, *, at: datetime
) -> RoundEnd:
    """Reckon until when the minutes of a meeting are due; `BadInput` for a time that cannot be."""
    if meets_at is None or not place.strip():
        raise BadInput(_("Say when and where the committee meets."))
    if meets_at <= at:
        raise BadInput(_("The committee is called to a meeting that is still to come."))
    if calendar.working_days_between(local_day(at), local_day(meets_at)) > LONGEST_ROUND:
        raise BadInput(
            _("The meeting is held within %(most)s working days.") % {"most": LONGEST_ROUND}
        )
    terms = terms_of(case.document.office, at=at)
    return RoundEnd(*terms.end_of(MINUTES, level_of(case), calendar=calendar, at=meets_at))


def end_in_writing(calendar: WorkCalendar, term: Term, *, at: datetime) -> RoundEnd:
    """End a written round after the term that whoever opens it has chosen."""
    end = reckon(calendar, term, at=at)
    chosen = _("The length of the round was chosen by whoever opened it.")
    return RoundEnd(end.at, [chosen, *end.explain()])


def undo(round: ReviewRound, *, at: datetime, by: User, because: str) -> None:
    """Write that a round was taken back: nobody is asked any more, and nobody was silent.

    `Conflict` where somebody has answered, is asked no more, or the committee has met. Call under
    the case's lock; the engine's rows are cancelled by the act.
    """
    if round.opinions.filter(given_at__isnull=False).exists() or round.minutes.exists():
        raise Conflict(
            _("Somebody has answered in this round; it is not taken back."),
            advice=_("It can be closed early, with quorum and a reason."),
        )
    round.opinions.update(choice=Opinion.Choice.EXCUSED, given_at=at)
    round.closed_at, round.closed_by = at, by
    round.closed_how, round.closed_because = ReviewRound.ClosedHow.TAKEN_BACK, because
    round.save(update_fields=["closed_at", "closed_how", "closed_by", "closed_because"])


def put_off(round: ReviewRound, later: datetime, calendar: WorkCalendar, *, at: datetime) -> None:
    """End an open round later, because its last day has become a day of rest; remind anew."""
    round.derivation = [*round.derivation, explain_moved(round.due_at, later)]
    round.due_at, round.remind_at = later, time_to_remind(calendar, at, later)
    round.save(update_fields=["derivation", "due_at", "remind_at"])


def call_again(round: ReviewRound, *, meets_at: datetime | None, place: str, at: datetime) -> None:
    """Call the meeting of a round a second time, with a deadline of its own."""
    calendar = bodies.calendar(round.case.document.office)
    deadline = end_of_meeting(round.case, meets_at, place, calendar, at=at)
    round.call += 1
    round.meets_at, round.place = meets_at, place.strip()
    round.due_at, round.derivation = deadline.at, deadline.derivation
    round.remind_at = time_to_remind(calendar, at, deadline.at)
    round.save(update_fields=["call", "meets_at", "place", "due_at", "derivation", "remind_at"])
