"""Where each element stands: its lane, its column, and its slot in the column."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workflows.bpmn.model import BOUNDARY, STEPS, Kind

if TYPE_CHECKING:
    from workflows.bpmn.model import Diagram, Element

# The three slots of a column, from left to right.
MEETS, STEP, FORKS = range(3)
SLOTS = {Kind.MEET: MEETS, Kind.FORK: FORKS}


@dataclass(frozen=True, slots=True)
class Place:
    """A lane and a column, both counted from 0, and a slot of the column.

    Boundary events and the ends they lead to share the place of their host.
    """

    lane: int
    column: int
    slot: int


def places(diagram: Diagram) -> dict[str, Place]:
    """Give every element its place.

    The main way takes a column a step. A step beside it stands in its own lane, in the first
    free column from that of the step it leads to.
    """
    lanes = {lane.key: number for number, lane in enumerate(diagram.lanes)}
    columns = _columns(diagram, lanes)
    return {
        element.key: Place(
            lanes[element.lane], columns[element.step], SLOTS.get(element.kind, STEP)
        )
        for element in diagram.elements
    }


def _columns(diagram: Diagram, lanes: dict[str, int]) -> dict[str, int]:
    steps = [element for element in diagram.elements if element.key == element.step]
    leads = {step.key: _leads_to(diagram, step.key) for step in steps}
    columns: dict[str, int] = {}
    taken: dict[int, set[int]] = defaultdict(set)
    main = _main(steps, leads)
    for column, step in enumerate(main):
        columns[step.key] = column
        taken[lanes[step.lane]].add(column)
    waiting = [step for step in steps if step.key not in columns]
    while waiting:
        # Whoever leads to a step that has a column goes first; the order is that of the flow.
        step = next((one for one in waiting if leads[one.key] in columns), waiting[0])
        waiting.remove(step)
        column, lane = columns.get(leads[step.key], 0), lanes[step.lane]
        while column in taken[lane]:
            column += 1
        columns[step.key] = column
        taken[lane].add(column)
    return columns


def _main(steps: list[Element], leads: dict[str, str]) -> list[Element]:
    """Follow the first way on from the start: these are the first steps of the diagram."""
    by_key = {step.key: step for step in steps}
    key, way = steps[0].key, []
    while key in by_key and by_key[key] not in way:
        way.append(by_key[key])
        key = leads[key]
    return way


def _leads_to(diagram: Diagram, step: str) -> str:
    """Name the step that the first way on leads to, past its own choice; empty at an end."""
    key = step
    while diagram.outgoing(key):
        key = diagram.outgoing(key)[0].target
        found = diagram.element(key)
        if found.step != step:
            return found.step
    return ""


def sharing(diagram: Diagram) -> dict[str, list[Element]]:
    """Give the boundary events of each host: those that end the case, then those that go on."""
    held: dict[str, list[Element]] = defaultdict(list)
    for element in diagram.elements:
        if element.kind in BOUNDARY:
            held[element.host].append(element)
    return held


def ends_at_once(diagram: Diagram, event: Element) -> bool:
    """Whether a boundary event leads straight to an end of its own."""
    targets = [diagram.element(flow.target) for flow in diagram.outgoing(event.key)]
    return all(target.kind is Kind.END and target.step == event.step for target in targets)


def own_end_of(diagram: Diagram, element: Element) -> Element | None:
    """Give the boundary event an end belongs to; None for an end that is a step itself."""
    if element.kind is not Kind.END or element.key == element.step:
        return None
    (flow,) = diagram.incoming(element.key)
    return diagram.element(flow.source)


def is_step(element: Element) -> bool:
    """Whether an element is a step of the flow, not what is drawn around it."""
    return element.kind in STEPS and element.key == element.step
