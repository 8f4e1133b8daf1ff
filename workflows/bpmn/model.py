"""What a diagram is made of, before anything has a place: lanes, elements, flows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class Kind(StrEnum):
    """What an element is; the value is its name in BPMN, where `ROUND` is a task besides."""

    START = "startEvent"
    TASK = "userTask"
    ROUND = "multiInstance"
    FORK = "exclusiveGateway"
    MEET = "mergingGateway"
    TIMER = "timerEvent"
    MESSAGE = "messageEvent"
    END = "endEvent"


BOUNDARY = frozenset({Kind.TIMER, Kind.MESSAGE})
STEPS = frozenset({Kind.START, Kind.TASK, Kind.ROUND, Kind.END})


@dataclass(frozen=True, slots=True)
class Lane:
    """One lane: the roles whose posts may do what stands in it."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Element:
    """One box, circle or diamond. `step` is the flow's step it belongs to.

    `host` is the element a boundary event sits on. `asks` is the capability a task asks for, as
    its code and in words. `deadline` is how long a step may take, in words; `by` who brings an
    event about. All of them are empty where there is no such thing.
    """

    key: str
    kind: Kind
    name: str
    lane: str
    step: str
    host: str = ""
    asks: tuple[str, str] | None = None
    deadline: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """One arrow; `outcome` is the outcome it is taken for, empty where there is no choice."""

    key: str
    source: str
    target: str
    name: str = ""
    outcome: str = ""


@dataclass(frozen=True)
class Diagram:
    """A procedure as elements and flows, in the order in which the flow class names them."""

    key: str
    name: str
    says: str
    lanes: tuple[Lane, ...]
    elements: tuple[Element, ...]
    flows: tuple[Flow, ...]

    @cached_property
    def _by_key(self) -> dict[str, Element]:
        return {element.key: element for element in self.elements}

    @cached_property
    def _leaving(self) -> dict[str, list[Flow]]:
        return _grouped(self.flows, "source")

    @cached_property
    def _entering(self) -> dict[str, list[Flow]]:
        return _grouped(self.flows, "target")

    def element(self, key: str) -> Element:
        """Give the element of that key."""
        return self._by_key[key]

    def outgoing(self, key: str) -> list[Flow]:
        """Give the flows that leave an element, the way on first."""
        return self._leaving.get(key, [])

    def incoming(self, key: str) -> list[Flow]:
        """Give the flows that enter an element."""
        return self._entering.get(key, [])


def _grouped(flows: tuple[Flow, ...], end: str) -> dict[str, list[Flow]]:
    grouped: dict[str, list[Flow]] = {}
    for flow in flows:
        grouped.setdefault(getattr(flow, end), []).append(flow)
    return grouped
