"""A procedure told in lines, for whoever reads a table rather than a drawing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workflows.bpmn.model import BOUNDARY, STEPS
from workflows.bpmn.places import is_step, sharing

if TYPE_CHECKING:
    from workflows.bpmn.model import Diagram, Element, Flow


@dataclass(frozen=True, slots=True)
class Way:
    """One way on from a step: for which outcome, empty where there is one way, and to which step."""

    outcome: str
    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Beside:
    """What may interrupt a step: its title, who does it, and where it leads."""

    title: str
    by: str
    leads: str


@dataclass(frozen=True, slots=True)
class Line:
    """One step: its title, who does it, how long it may take, its ways on, what may interrupt it."""

    key: str
    title: str
    who: str
    deadline: str
    several: bool
    ways: tuple[Way, ...]
    beside: tuple[Beside, ...]


def told(diagram: Diagram) -> tuple[Line, ...]:
    """Tell the steps of a procedure in the order of its diagram; the ends say nothing on."""
    lanes = {lane.key: lane.name for lane in diagram.lanes}
    held = sharing(diagram)
    return tuple(
        Line(
            key=element.key,
            title=element.name,
            who=lanes[element.lane],
            deadline=element.deadline,
            several=element.kind.name == "ROUND",
            ways=tuple(_way(diagram, flow) for flow in _ways(diagram, element.key)),
            beside=_beside(diagram, held.get(element.key, [])),
        )
        for element in diagram.elements
        if element.kind in STEPS and is_step(element)
    )


def _beside(diagram: Diagram, events: list[Element]) -> tuple[Beside, ...]:
    """Tell what may interrupt a step: its events, the taking back among them."""
    return tuple(
        Beside(event.name, event.by, _way(diagram, diagram.outgoing(event.key)[0]).title)
        for event in events
    )


def _ways(diagram: Diagram, step: str) -> list[Flow]:
    """Give the flows by which a step is left, past its own choice."""
    return [
        flow
        for flow in diagram.flows
        if diagram.element(flow.source).step == step
        and diagram.element(flow.source).kind not in BOUNDARY
        and (diagram.element(flow.target).step != step or flow.outcome)
    ]


def _way(diagram: Diagram, flow: Flow) -> Way:
    target = diagram.element(flow.target)
    step = target if target.key != target.step and target.name else diagram.element(target.step)
    return Way(flow.name, step.key, step.name)
