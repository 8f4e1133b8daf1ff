"""The terms that count in an office on a day, each with where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from offices import bodies
from offices.dates import local_day, vn_date
from offices.workhours import hour_term
from workflows import deadlines
from workflows.flows.versions import CONFIRMATION

if TYPE_CHECKING:
    from datetime import datetime

    from offices.models import Office, StepTerms
    from offices.workdays import Deadline, WorkCalendar
    from offices.workhours import HourTerm
    from workflows.deadlines import Lengths, Term
    from workflows.models import Case


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of an office: what its regulation sets, and the installation's for the rest."""

    own: StepTerms | None = None

    @property
    def lengths(self) -> Lengths:
        """What the office itself has set."""
        return self.own.lengths if self.own is not None else deadlines.NONE_OF_ITS_OWN

    def of(self, node: str, urgency: str) -> Term | None:
        """Give the term of a step; None for a step that has none."""
        return deadlines.term(node, urgency, self.lengths)

    def source(self, node: str, urgency: str) -> str:
        """Say in a sentence by what the term of a step counts."""
        if self.own is not None and deadlines.is_own(node, urgency, self.lengths):
            return _("By %(citation)s, in force from %(day)s.") % {
                "citation": self.own.citation,
                "day": vn_date(self.own.begins_on),
            }
        if node in deadlines.OF_THE_CLERK:
            return _("By articles 15 and 18 of Decree 30/2020/NĐ-CP.")
        return _("The office has set no term of its own for this; the installation's counts.")

    def end_of(
        self, node: str, urgency: str, *, calendar: WorkCalendar, at: datetime
    ) -> tuple[datetime, list[str]]:
        """End the term of what starts now, and say how it was reckoned, a sentence a step.

        `ValueError` for what has no term at that level.
        """
        term = self.of(node, urgency)
        if term is None:
            raise ValueError(f"{node} has no term at the level {urgency!r}.")
        end = reckon(calendar, term, at=at)
        return end.at, [self.source(node, urgency), *end.explain()]


def terms_of(office: Office, *, at: datetime) -> Terms:
    """Give the terms that count in an office at a moment; one query."""
    return Terms(bodies.step_terms(office, on=local_day(at)))


def level_of(case: Case) -> str:
    """Give the urgency by which a case's terms are reckoned.

    What was urgent is issued when the committee is heard afterwards: in the ordinary time.
    """
    return deadlines.ORDINARY if case.procedure == CONFIRMATION else case.document.urgency


def in_words(term: Term) -> str:
    """Write a term as a form takes it: "2 ngày", "4 giờ"."""
    return f"{term.days} ngày" if term.days else f"{term.hours} giờ"


def reckon(calendar: WorkCalendar, term: Term, *, at: datetime) -> Deadline | HourTerm:
    """End a term that starts now, in working days or in working hours."""
    if term.days:
        return calendar.deadline(at, term.days)
    return hour_term(calendar, at, term.hours)
