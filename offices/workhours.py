"""Working hours of an office: whether it works at a moment, terms and spans counted in hours.

Pure, over `offices.workdays`, which says what a day is. The hours are those most offices keep:
eight to twelve and one to five; a day of work is eight of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from offices.dates import ZONE, local_day, vn_weekday

if TYPE_CHECKING:
    from offices.workdays import WorkCalendar

HALVES = ((time(8), time(12)), (time(13), time(17)))
DAY_OF_WORK = timedelta(hours=8)
ONE_DAY = timedelta(days=1)
NOTHING = timedelta()


@dataclass(frozen=True, slots=True)
class Stretch:
    """One unbroken stretch of working hours; aware, in Vietnamese time."""

    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class HourTerm:
    """The end of a term of working hours and how it was counted."""

    at: datetime
    started_at: datetime
    hours: int
    stretches: tuple[Stretch, ...]

    def explain(self) -> list[str]:
        """Give the derivation, a sentence a stretch, fit to be stored beside the deadline."""
        said = [
            _("A term of %(hours)s working hours from %(time)s on %(day)s.")
            % {"hours": self.hours, **_moment(self.started_at)}
        ]
        said += [
            _("%(begins)s to %(ends)s on %(day)s counted.")
            % {
                "begins": f"{one.begins:%H:%M}",
                "ends": f"{one.ends:%H:%M}",
                "day": vn_weekday(one.begins),
            }
            for one in self.stretches
        ]
        return [*said, _("The term ends at %(time)s on %(day)s.") % _moment(self.at)]


def is_working_moment(calendar: WorkCalendar, at: datetime) -> bool:
    """Whether the office works at an aware moment; the end of a half no longer counts."""
    local = at.astimezone(ZONE)
    if not calendar.is_working_day(local.date()):
        return False
    return any(begins <= local.time() < ends for begins, ends in HALVES)


def working_time(calendar: WorkCalendar, begins: datetime, ends: datetime) -> timedelta:
    """Measure the working hours between two aware moments; nothing where they are reversed."""
    spans = (
        min(one.ends, ends) - max(one.begins, begins)
        for one in _stretches(calendar, local_day(begins), local_day(ends))
    )
    return sum((span for span in spans if span > NOTHING), NOTHING)


def hour_term(calendar: WorkCalendar, start: datetime, hours: int) -> HourTerm:
    """End a term of so many working hours, counted from the moment itself.

    `ValueError` for a naive start or a term of less than one hour.
    """
    if start.tzinfo is None or hours < 1:
        raise ValueError("A term starts at an aware moment and has one working hour or more.")
    left, counted = timedelta(hours=hours), []
    for one in _onward(calendar, start):
        taken = min(one.ends - one.begins, left)
        counted.append(Stretch(one.begins, one.begins + taken))
        left -= taken
        if not left:
            break
    return HourTerm(counted[-1].ends, start, hours, tuple(counted))


def time_to_remind(calendar: WorkCalendar, start: datetime, due_at: datetime) -> datetime:
    """Give when to remind of a term: a day of work before its end, or half of a shorter one."""
    whole = working_time(calendar, start, due_at)
    left = min(DAY_OF_WORK, whole / 2)
    for one in _back(calendar, due_at, not_before=start):
        length = one.ends - one.begins
        if length >= left:
            return one.ends - left
        left -= length
    return start


def _onward(calendar: WorkCalendar, start: datetime) -> Iterator[Stretch]:
    day = local_day(start)
    while True:
        for one in _stretches(calendar, day, day):
            if one.ends > start:
                yield Stretch(max(one.begins, start.astimezone(ZONE)), one.ends)
        day += ONE_DAY


def _back(calendar: WorkCalendar, end: datetime, *, not_before: datetime) -> Iterator[Stretch]:
    stretches = list(_stretches(calendar, local_day(not_before), local_day(end)))
    for one in reversed(stretches):
        begins, ends = max(one.begins, not_before), min(one.ends, end.astimezone(ZONE))
        if ends > begins:
            yield Stretch(begins, ends)


def _stretches(calendar: WorkCalendar, first: date, last: date) -> Iterator[Stretch]:
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if calendar.is_working_day(day):
            for begins, ends in HALVES:
                yield Stretch(
                    datetime.combine(day, begins, tzinfo=ZONE),
                    datetime.combine(day, ends, tzinfo=ZONE),
                )


def _moment(at: datetime) -> dict[str, str]:
    local = at.astimezone(ZONE)
    return {"time": f"{local:%H:%M}", "day": vn_weekday(local)}
