"""How long each step may take, by urgency; a round's own days are chosen by the secretary.

The clerk's terms are the decree's (30/2020 art. 15 and 18: at the latest the next working day,
urgent papers at once); the others are the office's working regulation, here the defaults.
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
# Until when the committee has said, after the issue, whether it confirms a paper that went first.
CONFIRM_WITHIN = 10
OF_THE_CLERK = frozenset({"register", "issue"})
ROUND_DAYS = 5
SHORTEST_ROUND = 1
LONGEST_ROUND = 20
# What a secretary is shown first for a round, by urgency.
ROUND_DAYS_BY_URGENCY: Mapping[str, int] = MappingProxyType(
    {ORDINARY: ROUND_DAYS, URGENT: 3, VERY_URGENT: 1, AT_ONCE: 1}
)
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


# What an urgent paper may wait at the clerk (art. 18: urgent papers are issued at once), and at
# everybody else when it is to go at once.
CLERK_HOURS: Mapping[str, int] = MappingProxyType({URGENT: 4, VERY_URGENT: 2, AT_ONCE: 1})
HOURS_AT_ONCE = 4


def term(node: str, urgency: str) -> Term | None:
    """Give the term of a step: half for urgent papers, a day for very urgent ones, then hours.

    None for a step that has none of its own. `KeyError` for an unknown level.
    """
    if urgency not in LEVELS:
        raise KeyError(urgency)
    days = WORKING_DAYS.get(node)
    if days is None:
        return None
    if urgency == ORDINARY:
        return Term(days=days)
    if node in OF_THE_CLERK:
        return Term(hours=CLERK_HOURS[urgency])
    if urgency == URGENT:
        return Term(days=(days + 1) // 2)
    return Term(days=1) if urgency == VERY_URGENT else Term(hours=HOURS_AT_ONCE)
