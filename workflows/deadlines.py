"""How many working days each step may take; a round's own days are chosen by the secretary."""

from __future__ import annotations

# The clerk's day is the decree's (30/2020 art. 15 and 18: at the latest the next working day);
# the others are the office's working regulation, here the defaults.
WORKING_DAYS: dict[str, int] = {
    "propose": 2,
    "rework": 3,
    "open_round": 2,
    "conclude": 2,
    "check_form": 2,
    "sign": 2,
    "register": 1,
    "issue": 1,
    "receive_return": 1,
}
ROUND_DAYS = 5
SHORTEST_ROUND = 1
LONGEST_ROUND = 20
