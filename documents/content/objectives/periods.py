"""The periods of a year for which results are reported.

Nine months are a period of their own, not the third quarter; half-years are the first six months
and the whole second half.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from documents.content.objectives.model import Every

_MONTHS: dict[Every, tuple[tuple[int, int], ...]] = {
    "month": tuple((month, month) for month in range(1, 13)),
    "quarter": ((1, 3), (4, 6), (7, 9), (10, 12)),
    "half_year": ((1, 6), (7, 12)),
    "nine_months": ((1, 9),),
    "year": ((1, 12),),
}
_WEEK = timedelta(days=6)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One period; both days belong to it."""

    from_on: date
    until_on: date
    every: Every

    @property
    def is_last(self) -> bool:
        """Whether the year is over with it."""
        return (self.until_on.month, self.until_on.day) == (12, 31)


def periods(every: Every, year: int) -> tuple[Period, ...]:
    """The periods of one kind in a year, in order; none for reports on demand."""
    if every == "week":
        return tuple(_weeks(year))
    return tuple(
        Period(date(year, first, 1), date(year, last, monthrange(year, last)[1]), every)
        for first, last in _MONTHS.get(every, ())
    )


def _weeks(year: int) -> Sequence[Period]:
    """Monday to Sunday, each week in the year of its Sunday."""
    sunday = date(year, 1, 1)
    sunday += timedelta(days=6 - sunday.weekday())
    found = []
    while sunday.year == year:
        found.append(Period(sunday - _WEEK, sunday, "week"))
        sunday += timedelta(days=7)
    return found


def label(every: str, from_on: date, until_on: date) -> str:
    """How people call a period: "Tháng 7/2023", "Quý III/2023", "6 tháng đầu năm 2023"."""
    year = until_on.year
    if every == "month":
        return f"Tháng {until_on.month}/{year}"
    if every == "quarter":
        return f"Quý {('I', 'II', 'III', 'IV')[(until_on.month - 1) // 3]}/{year}"
    if every == "half_year":
        return f"6 tháng {'đầu' if until_on.month == 6 else 'cuối'} năm {year}"
    if every == "nine_months":
        return f"9 tháng đầu năm {year}"
    if every == "year":
        return f"Năm {year}"
    return f"{from_on:%d/%m} đến {until_on:%d/%m/%Y}"
