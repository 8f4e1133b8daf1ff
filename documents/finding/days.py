"""Days in words: of a question, of a text, and with an effect: "ngày 31/12/2023 còn hiệu lực"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from documents.effects import State
from documents.finding.words import bare

if TYPE_CHECKING:
    from collections.abc import Iterator

# In force in full or in part: what a person means by "còn hiệu lực".
BINDING = "binding"
_STATES = {
    "con": BINDING,
    "het": State.CEASED.value,
    "chua co": State.NOT_YET.value,
    "ngung": State.SUSPENDED.value,
}
_DAY = r"(?:vao |trong )?ngay (?P<d>\d{1,2}) ?[/.-] ?(?P<m>\d{1,2}) ?[/.-] ?(?P<y>\d{4})"
_EFFECT = rf"(?P<state>{'|'.join(_STATES)}) hieu luc"
_ASKED = tuple(
    re.compile(rf"(?<![^\W_])(?:{order})(?![^\W_])")
    for order in (rf"{_DAY},? {_EFFECT}", rf"{_EFFECT} {_DAY}")
)


_WRITTEN = (
    r"(?P<d>\d{1,2})(?:\s?[/.-]\s?(?P<m>\d{1,2})\s?[/.-]\s?|\s+thang\s+(?P<m2>\d{1,2})\s+nam\s+)"
    r"(?P<y>\d{4})"
)
_IN_QUESTION = re.compile(rf"(?:ngay\s)?{_WRITTEN}(?=[\s,;)]|$)")
_IN_TEXT = re.compile(rf"(?<![\w/.-]){_WRITTEN}(?![\d/])")


@dataclass(frozen=True, slots=True)
class OnDay:
    """What effect is asked for, on which day, and what else was typed."""

    rest: str
    state: str
    on: date


def read(question: str) -> OnDay | None:
    """Read a day with an effect out of a tidied question; None where there is none."""
    for pattern in _ASKED:
        found = pattern.search(bare(question))
        if found is None or question.count('"', 0, found.start()) % 2:
            continue
        try:
            on = date(int(found["y"]), int(found["m"]), int(found["d"]))
        except ValueError:
            continue
        rest = f"{question[: found.start()]} {question[found.end() :]}"
        return OnDay(rest.strip(), _STATES[found["state"]], on)
    return None


def asked_at(folded: str, position: int) -> tuple[date, int] | None:
    """Read a day that begins at a place of a folded question; gives it and where it ends."""
    found = _IN_QUESTION.match(folded, position)
    day = _day_of(found) if found else None
    return None if found is None or day is None else (day, found.end())


def said_in(folded: str) -> Iterator[date]:
    """Give every day that a folded text names in figures or with words."""
    for found in _IN_TEXT.finditer(folded):
        day = _day_of(found)
        if day is not None:
            yield day


def _day_of(found: re.Match[str]) -> date | None:
    """The day of three figures; None for a day that no calendar has."""
    try:
        return date(int(found["y"]), int(found["m"] or found["m2"]), int(found["d"]))
    except ValueError:
        return None
