"""Dates as Vietnamese papers write them: "05/3/2014", "ngày 05 tháng 3 năm 2014"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

DATE = (
    r"(?:\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}(?!\d)"
    r"|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}(?!\d))"
)
_NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date in a text: its three numbers as written, its place, and what it means.

    `value` is None for a day that no calendar has.
    """

    raw: str
    day: str
    month: str
    year: str
    start: int

    @property
    def value(self) -> date | None:
        """The day, or None when there is no such day."""
        return day_of(int(self.day), int(self.month), int(self.year))

    @property
    def is_well_padded(self) -> bool:
        """Days below 10 and months 1 and 2 carry a zero, later months none (Decree 30/2020, app. I)."""
        return _padded(self.day, up_to=9) and _padded(self.month, up_to=2)


def day_of(day: int, month: int, year: int) -> date | None:
    """The date of three numbers, or None when there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_date(raw: str, start: int = 0) -> WrittenDate:
    """The parts of a text that matches DATE."""
    day, month, year = _NUMBERS.findall(raw)
    return WrittenDate(raw=raw, day=day, month=month, year=year, start=start)


def _padded(digits: str, *, up_to: int) -> bool:
    must = int(digits) <= up_to
    return (len(digits) == 2 and digits[0] == "0") is must
