"""How long each step may take, by urgency; a round's own days are chosen by the secretary.

The clerk's terms are the decree's (30/2020 art. 15 and 18: at the latest the next working day,
urgent papers at once). The others are the office's working regulation; the values here stand
where the office has cited none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

# The levels of Decree 30/2020, Appendix I: khẩn, thượng khẩn, hỏa tốc; none is the ordinary case.
ORDINARY, URGENT, VERY_URGENT, AT_ONCE = "", "urgent", "very_urgent", "at_once"
LEVELS = (ORDINARY, URGENT, VERY_URGENT, AT_ONCE)

WORKING_DAYS: dict[str, int] = {
    "propose": 2,
    "allow_urgent": 1,
    "answer_refusal": 5,
    "rework": 3,
    "open_round": 2,
    "conclude": 2,
    "check_form": 2,
    "sign": 2,
    "register": 1,
    "issue": 1,
    "receive_return": 1,
}
# Working days from the issue until the committee has said whether it confirms a paper that went
# first, and what it may take at most; urgency is over by then, so there is one term.
CONFIRM_DAYS, LONGEST_CONFIRMATION = 10, 40
OF_THE_CLERK = frozenset({"register", "issue"})
ROUND_DAYS = 5
SHORTEST_ROUND = 1
LONGEST_ROUND = 20
# What a secretary is shown first for a round, by urgency.
ROUND_DAYS_BY_URGENCY: Mapping[str, int] = MappingProxyType(
    {ORDINARY: ROUND_DAYS, URGENT: 3, VERY_URGENT: 1}
)
# A round about a paper that is to go at once is counted in working hours.
ROUND_HOURS_AT_ONCE, SHORTEST_HOURS, LONGEST_ROUND_HOURS = 4, 1, 16
HOURS_OF_A_DAY = 8
# Until when the minutes of a meeting are entered; and how often it is called.
DAYS_FOR_MINUTES = 2
MOST_CALLS = 2
# Working days between telling one superior of a late task and telling the next.
TELL_HIGHER_AFTER = 2


@dataclass(frozen=True, slots=True)
class Term:
    """A term in working days or in working hours; exactly one of them is not zero."""

    days: int = 0
    hours: int = 0

    def __post_init__(self) -> None:
        if (self.days > 0) is (self.hours > 0) or min(self.days, self.hours) < 0:
            raise ValueError("A term is counted in days or in hours.")

    @property
    def code(self) -> str:
        """As it is stored: "2d", "4h"."""
        return f"{self.days}d" if self.days else f"{self.hours}h"

    @classmethod
    def of(cls, code: str) -> Term:
        """Read a stored term; `ValueError` for anything else."""
        number, unit = int(code[:-1]), code[-1:]
        if unit not in {"d", "h"}:
            raise ValueError(code)
        return cls(days=number) if unit == "d" else cls(hours=number)


# What an urgent paper may wait at the clerk (art. 18: urgent papers are issued at once), and at
# everybody else when it is to go at once.
CLERK_HOURS: Mapping[str, int] = MappingProxyType({URGENT: 4, VERY_URGENT: 2, AT_ONCE: 1})
HOURS_AT_ONCE = 4


# What an office's own regulation may set: by step the terms by urgency, as `Term.code`.
Lengths = Mapping[str, Mapping[str, str]]
NONE_OF_ITS_OWN: Lengths = MappingProxyType({})
ROUND, MINUTES, CONFIRM = "round", "minutes", "confirm"
# The steps with a term, in the order of the procedure; a round's proposed length, its minutes, and
# the whole of a hearing after the issue.
WITH_TERM = (
    "propose", "allow_urgent", "open_round", ROUND, MINUTES, "conclude", "check_form", "sign",
    "register", "issue", CONFIRM, "answer_refusal", "receive_return", "rework",
)  # fmt: skip
LONGEST_DAYS, LONGEST_HOURS = 20, 40


def levels_of(node: str) -> tuple[str, ...]:
    """Give the levels of urgency at which a step has a term."""
    return (ORDINARY,) if node == CONFIRM else LEVELS


def term(node: str, urgency: str, own: Lengths = NONE_OF_ITS_OWN) -> Term | None:
    """Give the term of a step: the office's own where it has one, else the installation's.

    Half for urgent papers, a day for very urgent ones, then hours. None for a step that has none
    of its own. `KeyError` for an unknown level.
    """
    if urgency not in LEVELS:
        raise KeyError(urgency)
    if urgency not in levels_of(node):
        return None
    if is_own(node, urgency, own):
        return Term.of(own[node][urgency])
    if node in (ROUND, MINUTES):
        return _of_a_round(node, urgency)
    if node == CONFIRM:
        return Term(days=CONFIRM_DAYS)
    days = WORKING_DAYS.get(node)
    return None if days is None else _of_a_step(node, urgency, days)


def _of_a_step(node: str, urgency: str, days: int) -> Term:
    if urgency == ORDINARY:
        return Term(days=days)
    if node in OF_THE_CLERK:
        return Term(hours=CLERK_HOURS[urgency])
    if urgency == URGENT:
        return Term(days=(days + 1) // 2)
    return Term(days=1) if urgency == VERY_URGENT else Term(hours=HOURS_AT_ONCE)


def is_own(node: str, urgency: str, own: Lengths) -> bool:
    """Tell whether the office's regulation sets the term of a step at a level."""
    return bool(own.get(node, {}).get(urgency))


def _of_a_round(node: str, urgency: str) -> Term:
    if urgency == AT_ONCE:
        return Term(hours=ROUND_HOURS_AT_ONCE if node == ROUND else HOURS_AT_ONCE)
    return Term(days=ROUND_DAYS_BY_URGENCY[urgency] if node == ROUND else DAYS_FOR_MINUTES)


def out_of_bounds(node: str, urgency: str, found: Term) -> bool:
    """Tell whether a term may not be set: beyond the bounds, or the clerk's beyond the decree.

    A paper is issued on the day it is signed or the next working day (30/2020 art. 18). A round
    is counted in hours where the paper is to go at once, in days otherwise.
    """
    if node in OF_THE_CLERK:
        return found.days > 1 or found.hours > HOURS_OF_A_DAY
    if node == ROUND:
        hours = urgency == AT_ONCE
        return (
            bool(found.hours) is not hours
            or found.hours > LONGEST_ROUND_HOURS
            or found.days > LONGEST_ROUND
        )
    if node == CONFIRM:
        return found.hours > 0 or found.days > LONGEST_CONFIRMATION
    return found.days > LONGEST_DAYS or found.hours > LONGEST_HOURS
