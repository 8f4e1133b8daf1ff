"""A day and an effect asked in words: "ngày 31/12/2023 còn hiệu lực"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from documents.effects import State
from documents.finding.words import bare

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
