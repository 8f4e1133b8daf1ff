"""What looks wrong among cited instruments: duplicates, numbers and dates out of step, weekends.

Warnings only: registers restart, and offices do sign on Saturdays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from documents.content.dates import read_date
from documents.content.numbers import LAW_TYPES
from documents.content.sameness import same_instrument, same_issuer
from offices.moved import moved_days

if TYPE_CHECKING:
    from documents.content.tree import Instrument

Doubt = Literal["duplicate", "inversion", "weekend", "padding", "no_such_day"]


@dataclass(frozen=True, slots=True)
class Implausible:
    """A doubt about the instrument at `index`; `other` is the one it disagrees with."""

    doubt: Doubt
    index: int
    other: int | None = None


def implausible(cited: Sequence[Instrument]) -> list[Implausible]:
    """Every doubt about a list of cited instruments, ordered by instrument."""
    found = [*_duplicates(cited), *_inversions(cited), *_odd_days(cited)]
    return sorted(found, key=lambda one: (one.index, one.doubt))


def _duplicates(cited: Sequence[Instrument]) -> list[Implausible]:
    found = []
    seen: dict[tuple[str, int | None, date | None], list[int]] = {}
    for index, one in enumerate(cited):
        # A law is called by number, day or year; laws are few beside all else.
        of_law = one.type in LAW_TYPES
        place = (one.type, None, None) if of_law else (one.type, one.number, one.dated_on)
        group = seen.setdefault(place, [])
        first = next((i for i in group if same_instrument(cited[i], one)), None)
        if first is None:
            group.append(index)
        else:
            found.append(Implausible("duplicate", index, first))
    return found


def _inversions(cited: Sequence[Instrument]) -> list[Implausible]:
    """Neighbours in number within one register whose dates run backwards.

    Issuer, type, symbol and year tell it, and whether the number bears a year: normative papers
    are numbered apart from all others (Decree 30/2020, art. 15).
    """
    found = []
    series: dict[tuple[str, str, int, bool], list[tuple[int, date, int]]] = {}
    for index, one in enumerate(cited):
        if one.number is not None and one.dated_on is not None:
            key = (one.type, one.symbol, one.dated_on.year, one.year is not None)
            series.setdefault(key, []).append((one.number, one.dated_on, index))
    for members in series.values():
        members.sort()
        for (low, before, i), (high, after, j) in pairwise(members):
            one_register = same_issuer(cited[i].issuer, cited[j].issuer)
            if low < high and before > after and one_register:
                found.append(Implausible("inversion", j, i))
    return found


def _odd_days(cited: Sequence[Instrument]) -> list[Implausible]:
    found = []
    for index, one in enumerate(cited):
        if not one.date_raw:
            continue
        if one.dated_on is None:
            found.append(Implausible("no_such_day", index))
        elif one.number is not None and _is_rest(one.dated_on):
            found.append(Implausible("weekend", index))
        if not read_date(one.date_raw).is_well_padded:
            found.append(Implausible("padding", index))
    return found


def _is_rest(day: date) -> bool:
    """Whether a day is a Saturday or Sunday that the Government made no working day."""
    return day.weekday() >= 5 and day not in moved_days().by_worked
