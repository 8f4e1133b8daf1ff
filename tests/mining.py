"""Cases as lists of acts, lawful ones and ones gone astray, and a net played by its own rules."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from workflows.flows.issuance_v1 import IssuanceFlowV1
from workflows.mining import Event, Trace, unfolded
from workflows.nodes import UserTask

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workflows.mining import Net

BEGAN = datetime(2024, 1, 15, 1, 0, tzinfo=UTC)
TO_ROUND = ("begin:submitted", "propose:proposed", "open_round:opened")
ROUND = ("opinion:given",) * 3
ANSWERED = "collect_opinions:answered"
TO_SIGN = ("conclude:endorsed", "check_form:passed")
OUT = ("sign:signed", "register:registered", "issue:issued")
REWORKED = ("receive_return:assigned", "rework:resubmitted", *TO_ROUND[1:], *ROUND, ANSWERED)
STRAIGHT = (*TO_ROUND, *ROUND, ANSWERED, *TO_SIGN, *OUT)
LAWFUL: dict[str, tuple[str, ...]] = {
    "straight": STRAIGHT,
    "time was up": (*TO_ROUND, "opinion:given", "expire_round", *TO_SIGN, *OUT),
    "closed early": (*TO_ROUND, *ROUND[:2], "close_round", *TO_SIGN, *OUT),
    "one asked no more": (*TO_ROUND, *ROUND[:2], "opinion:excused", ANSWERED, *TO_SIGN, *OUT),
    "returned by the head": (
        "begin:submitted", "propose:returned", "rework:resubmitted", *STRAIGHT[1:],
    ),
    "returned after the signature": (
        *STRAIGHT[:-2], "register:refused", *REWORKED, *TO_SIGN, *OUT,
    ),
    "another number": (*STRAIGHT[:-1], "issue:abandoned", "register:registered", "issue:issued"),
    "referred up": (*TO_ROUND, *ROUND, ANSWERED, *TO_SIGN, "sign:referred", *OUT),
    "check taken back": (
        *TO_ROUND, *ROUND, ANSWERED, *TO_SIGN, "take_back:check_form", "check_form:passed", *OUT,
    ),
    "submission taken back": (
        "begin:submitted", "take_back:begin", "rework:resubmitted", *STRAIGHT[1:],
    ),
    "let go first": (
        "begin:submitted", "propose:put_urgently", "allow_urgent:allowed", "check_form:passed", *OUT,
    ),
    "to be heard first": (
        "begin:submitted", "propose:put_urgently", "allow_urgent:declined", *STRAIGHT[2:],
    ),
    "let go first, then returned and heard": (
        "begin:submitted", "propose:put_urgently", "allow_urgent:allowed", "check_form:returned",
        *REWORKED, *TO_SIGN, *OUT,
    ),
    "withdrawn in a round": (*TO_ROUND, "opinion:given", "withdraw"),
}  # fmt: skip
STEPS = [node for node in IssuanceFlowV1.instance.nodes() if isinstance(node, UserTask)]
ACTS = sorted(
    {f"{node.name}:{outcome}" for node in STEPS for outcome in node.outcomes}
    | {name for names in LAWFUL.values() for name in names}
    | {f"take_back:{node.name}" for node in STEPS}
)


def a_trace(*names: str, asked: int | None = 3, flow: str = "issuance_v1") -> Trace:
    """A case that did these, an hour apart, each round asking so many."""
    events = [
        Event(
            name,
            BEGAN + timedelta(hours=place),
            asked=asked if name.endswith(":opened") else None,
        )
        for place, name in enumerate(names)
    ]
    return Trace("26-0001/1", flow, tuple(events))


@st.composite
def mutated(draw: st.DrawFn) -> list[str]:
    """A lawful case with up to three acts left out, put in, or changed over."""
    names = list(draw(st.sampled_from(sorted(LAWFUL.values()))))
    for sort in draw(st.lists(st.sampled_from(["out", "in", "over"]), max_size=3)):
        place = draw(st.integers(0, len(names) - 1))
        if sort == "out" and len(names) > 1:
            del names[place]
        elif sort == "in":
            names.insert(place, draw(st.sampled_from(ACTS)))
        else:
            other = draw(st.integers(0, len(names) - 1))
            names[place], names[other] = names[other], names[place]
    return names


def on_the_net(net: Net, names: Iterable[str]) -> bool:
    """Whether these acts lead a token from the start of a net to its end."""
    places = {"start"}
    for name in names:
        places = {one.target for one in net.moves if one.source in places and one.act == name}
    return "end" in places


def astray(chance: random.Random) -> list[str]:
    """A lawful case with one or two acts left out, put in, or changed over, by chance.

    Only acts of the net are put in: others the token replay of pm4py passes over.
    """
    known = sorted({move.act for move in unfolded(IssuanceFlowV1, asked=[3]).moves})
    names = list(chance.choice(sorted(LAWFUL.values())))
    for _ in range(chance.randint(1, 2)):
        place = chance.randrange(len(names))
        sort = chance.choice(["out", "in", "over"])
        if sort == "out":
            del names[place]
        elif sort == "in":
            names.insert(place, chance.choice(known))
        else:
            other = chance.randrange(len(names))
            names[place], names[other] = names[other], names[place]
    return names
