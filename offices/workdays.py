"""The working days of Viet Nam, and terms counted in them.

A day is judged in this order: the office's own closures, its own make-up days, the make-up days
and moved days of the Government (`data/make_up_days.toml`), the public holidays (Labour Code 2019
art. 112, from the library `holidays`), the weekly rest. Terms follow the Civil Code 2015: the
first day is not counted (art. 147 §2), and a term never ends on a day of rest (art. 148 §5).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from holidays import country_holidays

from offices.dates import ZONE, local_day, vn_weekday
from offices.moved import moved_days

CLOSING_HOUR = 17
ONE_DAY = timedelta(days=1)
SATURDAY = 5


@cache
def public_holidays(year: int) -> Mapping[date, str]:
    """Give the public holidays of a year with their Vietnamese names."""
    return MappingProxyType(dict(country_holidays("VN", years=year, language="vi")))


class DayKind(StrEnum):
    """Why a day is worked or not."""

    ORDINARY = "ordinary"
    MAKE_UP = "make_up"
    WEEKLY_REST = "weekly_rest"
    HOLIDAY = "holiday"
    MOVED = "moved"
    CLOSED = "closed"

    @property
    def is_worked(self) -> bool:
        """Whether the office works on such a day."""
        return self in {DayKind.ORDINARY, DayKind.MAKE_UP}


_SENTENCES = {
    DayKind.ORDINARY: gettext_lazy("%(day)s: working day no. %(count)d."),
    DayKind.MAKE_UP: gettext_lazy("%(day)s: working day no. %(count)d (a make-up day)."),
    DayKind.WEEKLY_REST: gettext_lazy("%(day)s: weekly rest, not counted."),
    DayKind.HOLIDAY: gettext_lazy("%(day)s: public holiday (%(name)s), not counted."),
    DayKind.MOVED: gettext_lazy("%(day)s: day of rest, made up on %(worked)s, not counted."),
    DayKind.CLOSED: gettext_lazy("%(day)s: the office is closed, not counted."),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One day of a term: what it is, and its number among the working days (0 if not worked)."""

    day: date
    kind: DayKind
    count: int

    def sentence(self) -> str:
        """Say the day in the reader's language."""
        swap = moved_days().by_off.get(self.day)
        return str(_SENTENCES[self.kind]) % {
            "day": _at_the_front(self.day),
            "count": self.count,
            "name": public_holidays(self.day.year).get(self.day, ""),
            "worked": vn_weekday(swap.worked) if swap else "",
        }


@dataclass(frozen=True, slots=True)
class Deadline:
    """The end of a term and how it was counted; `at` is aware, in Vietnamese time."""

    at: datetime
    started_at: datetime
    steps: tuple[Step, ...]

    def explain(self) -> list[str]:
        """Give the derivation, a sentence a day, fit to be stored beside the deadline."""
        first = _("%(day)s: the day the term starts from, not counted (Civil Code, art. 147 §2).")
        last = _("The term ends at %(time)s on %(day)s.")
        return [
            first % {"day": _at_the_front(self.started_at)},
            *(step.sentence() for step in self.steps),
            last % {"time": f"{self.at:%H:%M}", "day": vn_weekday(self.at)},
            *self._doubts(),
        ]

    def _doubts(self) -> Iterator[str]:
        for year in sorted({step.day.year for step in self.steps} - set(moved_days().years)):
            yield _(
                "The days that the Government moved in %(year)s are not in this calendar; "
                "please check the official notice."
            ) % {"year": year}


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The working days of one office: the nation's, less its closures, plus its make-up days.

    A day that is both is closed: nobody misses a deadline by the contradiction.
    """

    closures: AbstractSet[date] = frozenset()
    make_up_days: AbstractSet[date] = frozenset()

    def kind(self, day: date) -> DayKind:
        """Say what a day is, by the order of precedence of this module."""
        if day in self.closures:
            return DayKind.CLOSED
        if day in self.make_up_days:
            return DayKind.MAKE_UP if _rests(day) else DayKind.ORDINARY
        return _national_kind(day)

    def is_working_day(self, day: date) -> bool:
        """Whether the office works on this day."""
        return self.kind(day).is_worked

    def next_working_day(self, day: date) -> date:
        """Give the first working day after this one."""
        return self.add_working_days(day, 1)

    def add_working_days(self, day: date, n: int) -> date:
        """Give the n-th working day after a day, which itself is not counted.

        A negative `n` counts backwards; with 0 the day itself, or the next working day if the
        office rests on it.
        """
        if n == 0:
            return day if self.is_working_day(day) else self.next_working_day(day)
        towards, left = (ONE_DAY, n) if n > 0 else (-ONE_DAY, -n)
        while left:
            day += towards
            left -= self.is_working_day(day)
        return day

    def working_days_between(self, begins: date, ends: date) -> int:
        """Count the working days from `begins` (counted) to `ends` (not counted)."""
        return sum(
            self.is_working_day(begins + timedelta(days=n)) for n in range((ends - begins).days)
        )

    def deadline(self, start: datetime, days: int, closing_hour: int = CLOSING_HOUR) -> Deadline:
        """End a term of so many working days at the closing hour of its last one.

        `start` is aware; its day in Viet Nam is not counted, whatever the hour. `ValueError` for
        a naive start or a term of less than one day.
        """
        if start.tzinfo is None or days < 1:
            raise ValueError("A term starts at an aware moment and has one working day or more.")
        first = local_day(start)
        last = self.add_working_days(first, days)
        return Deadline(
            at=datetime.combine(last, time(closing_hour), tzinfo=ZONE),
            started_at=start,
            steps=tuple(self._steps(first, last)),
        )

    def moved_on(self, end: datetime, closing_hour: int = CLOSING_HOUR) -> datetime | None:
        """Give the later end of a term whose last day has become a day of rest; None where it is worked.

        It ends with the working day that follows (Civil Code 2015 art. 148 §5).
        """
        day = local_day(end)
        if self.is_working_day(day):
            return None
        return datetime.combine(self.next_working_day(day), time(closing_hour), tzinfo=ZONE)

    def _steps(self, first: date, last: date) -> Iterator[Step]:
        count = 0
        for n in range(1, (last - first).days + 1):
            day = first + timedelta(days=n)
            kind = self.kind(day)
            count += kind.is_worked
            yield Step(day=day, kind=kind, count=count if kind.is_worked else 0)


def explain_moved(end: datetime, later: datetime) -> str:
    """Say that a term ends later than was reckoned, fit to be stored beside its derivation."""
    return _(
        "%(day)s has become a day of rest; the term ends at %(time)s on %(later)s "
        "(Civil Code, art. 148 §5)."
    ) % {
        "day": _at_the_front(end.astimezone(ZONE)),
        "time": f"{later:%H:%M}",
        "later": vn_weekday(later),
    }


def _at_the_front(moment: date | datetime) -> str:
    """A day as a sentence begins with it: "Thứ Hai 15/01/2024"."""
    written = vn_weekday(moment)
    return written[0].upper() + written[1:]


def _national_kind(day: date) -> DayKind:
    moved = moved_days()
    if day in moved.by_worked:
        return DayKind.MAKE_UP
    if day in moved.by_off:
        return DayKind.MOVED
    if day in public_holidays(day.year):
        return DayKind.HOLIDAY
    return DayKind.WEEKLY_REST if day.weekday() >= SATURDAY else DayKind.ORDINARY


def _rests(day: date) -> bool:
    """Whether the nation rests on a day by rule, before an office ordered it to be worked."""
    return _national_kind(day) is not DayKind.ORDINARY
