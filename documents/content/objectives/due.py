"""By which working day a result is owed, and from which day it is asked for."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol

from documents.content.objectives.periods import Period, periods

if TYPE_CHECKING:
    from documents.content.objectives.model import Every

# A report is owed this many working days after its period, where the paper says nothing else.
GRACE = 10
# A result that is owed inside its period is asked for this many working days ahead.
AHEAD = 5
_ONE_DAY = timedelta(days=1)


class Calendar(Protocol):
    """The working days of an office."""

    def is_working_day(self, day: date) -> bool:
        """Whether the office works on this day."""

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day after a day; before it where n is negative."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A period with the day its result is owed (None: without a day) and asked for from."""

    period: Period
    due_on: date | None
    ask_on: date


@dataclass(frozen=True, slots=True)
class Terms:
    """When a measure's results are owed, as confirmed; `reports` are the paper's own periods."""

    deadline_kind: str = ""
    due_on: date | None = None
    every: Every | None = None
    day: int | None = None
    next_period: bool = False
    reports: Sequence[Every] = ()


def owed(terms: Terms, *, year: int, since: date, calendar: Calendar) -> tuple[Owed, ...]:
    """Every result of a measure in a year, in order; periods over before `since` are left out.

    A day that is not worked gives way to the working day before it, so that nothing is owed later
    than the paper says.
    """
    if terms.due_on is not None and terms.every is None:
        period = Period(min(date(year, 1, 1), terms.due_on), terms.due_on, "year")
        return (_owed(period, _worked(terms.due_on, calendar), calendar),)
    kinds = [terms.every] if terms.every else [*terms.reports] or ["year"]
    found = sorted({one for kind in kinds for one in periods(kind, year)})
    if {"half_year", "year"} <= {*kinds}:
        # "6 tháng, 9 tháng và năm" count from January each; the second half is the year's report.
        found = [one for one in found if one.every != "half_year" or not one.is_last]
    return tuple(
        _owed(one, _due(one, terms, calendar), calendar) for one in found if one.until_on >= since
    )


def _owed(period: Period, due_on: date | None, calendar: Calendar) -> Owed:
    after = period.until_on + _ONE_DAY
    ask_on = after if due_on is None else min(after, calendar.add_working_days(due_on, -AHEAD))
    return Owed(period, due_on, ask_on)


def _due(period: Period, terms: Terms, calendar: Calendar) -> date | None:
    if terms.deadline_kind in {"plan", "event"}:
        return None
    if terms.day is not None:
        return _named_day(period, terms, terms.day, calendar)
    if terms.deadline_kind == "recurring":
        return _worked(period.until_on, calendar)
    return calendar.add_working_days(period.until_on, GRACE)


def _named_day(period: Period, terms: Terms, day: int, calendar: Calendar) -> date:
    """A day of the period's last month, or of the month after it; the 31st of a short month is its last."""
    month = period.until_on
    if terms.next_period:
        month = month.replace(day=1) + timedelta(days=32)
    last = monthrange(month.year, month.month)[1]
    found = _worked(month.replace(day=min(day, last)), calendar)
    if terms.next_period and found <= period.until_on:
        return calendar.add_working_days(period.until_on, 1)
    return found


def _worked(day: date, calendar: Calendar) -> date:
    return day if calendar.is_working_day(day) else calendar.add_working_days(day, -1)
