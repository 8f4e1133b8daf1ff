"""A diagram with a place in pixels for every box, arrow and word.

The same class gives the same picture to the pixel. Units are CSS pixels, the origin is the top
left corner. Lanes lie under each other, the main way runs from left to right.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workflows.bpmn.measures import (
    LABEL_GAP,
    PAD,
    POOL_HEAD,
    Box,
    size_of,
    text_width,
)
from workflows.bpmn.model import BOUNDARY, Kind
from workflows.bpmn.places import own_end_of, places
from workflows.bpmn.routes import BOTTOM, RIGHT, TOP, exit_port, routes
from workflows.bpmn.tracks import Grid

if TYPE_CHECKING:
    from workflows.bpmn.model import Diagram, Element, Flow
    from workflows.bpmn.routes import Corner

Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Label:
    """Words beside an element or an arrow, in one line."""

    words: str
    box: Box


@dataclass(frozen=True, slots=True)
class Drawn:
    """A diagram and the places of all it holds, by their keys."""

    diagram: Diagram
    pool: Box
    lanes: dict[str, Box]
    boxes: dict[str, Box]
    arrows: dict[str, tuple[Point, ...]]
    labels: dict[str, Label]

    @property
    def width(self) -> int:
        """How wide the whole is, with a margin."""
        return self.pool.right + PAD

    @property
    def height(self) -> int:
        """How high the whole is, with a margin."""
        return self.pool.bottom + PAD


def drawn(diagram: Diagram) -> Drawn:
    """Give every element, arrow and word of a diagram its place."""
    placed = places(diagram)
    ways = routes(diagram, placed)
    grid = Grid(diagram, placed, ways)
    boxes = {element.key: _box(diagram, element, grid) for element in diagram.elements}
    arrows = {key: _points(corners, boxes, grid) for key, corners in ways.items()}
    right = grid.right
    pool = Box(PAD, PAD, right - PAD, grid.bottom - PAD)
    lanes = {
        lane.key: Box(PAD + POOL_HEAD, top, right - PAD - POOL_HEAD, bottom - top)
        for lane, (top, bottom) in zip(diagram.lanes, grid.lanes, strict=True)
    }
    labels = {
        element.key: Label(element.name, _label_of(diagram, element, boxes, ways))
        for element in diagram.elements
        if element.name and element.kind not in {Kind.TASK, Kind.ROUND}
    }
    labels |= {
        flow.key: Label(flow.name, _label_beside(diagram, flow, arrows[flow.key], ways))
        for flow in diagram.flows
        if flow.name
    }
    return Drawn(diagram, pool, lanes, boxes, arrows, labels)


def _box(diagram: Diagram, element: Element, grid: Grid) -> Box:
    """Place an element in its slot; a boundary event on its host's edge, its end below it."""
    width, height = size_of(diagram, element)
    if element.kind in BOUNDARY:
        x, y = grid.on_edge(element)
    else:
        event = own_end_of(diagram, element)
        x, y = grid.centre(element.key) if event is None else grid.below(event)
    return Box(x - width // 2, y - height // 2, width, height)


def _points(corners: list[Corner], boxes: dict[str, Box], grid: Grid) -> tuple[Point, ...]:
    """Turn corners into pixels, and leave out those that do not turn."""
    points: list[Point] = []
    for across, down in corners:
        x = boxes[across.of].line(across.at) if across.of else grid.x_of(across, corners)
        y = boxes[down.of].line(down.at, down=True) if down.of else grid.y_of(down, corners)
        if points and points[-1] == (x, y):
            continue
        while len(points) > 1 and _in_line(points[-2], points[-1], (x, y)):
            points.pop()
        points.append((x, y))
    return tuple(points)


def _in_line(one: Point, two: Point, three: Point) -> bool:
    return (one[0] == two[0] == three[0]) or (one[1] == two[1] == three[1])


def _label_of(
    diagram: Diagram, element: Element, boxes: dict[str, Box], ways: dict[str, list[Corner]]
) -> Box:
    """Put the words of a circle or a diamond where no arrow of it passes."""
    box, width = boxes[element.key], text_width(element.name)
    if element.kind in BOUNDARY:
        leaves = exit_port(ways[diagram.outgoing(element.key)[0].key])
        y = box.y - 8 if leaves == TOP else box.bottom - 12
        return Box(box.right + 4, y, width, LABEL_GAP)
    if own_end_of(diagram, element) is not None:
        return Box(box.right + 5, box.middle - LABEL_GAP // 2, width, LABEL_GAP)
    below = {exit_port(ways[flow.key]) for flow in diagram.outgoing(element.key)}
    if element.kind is Kind.FORK and BOTTOM in below:
        return Box(box.centre + 6, box.bottom - 4, width, LABEL_GAP)
    return Box(box.centre - width // 2, box.bottom + 4, width, LABEL_GAP)


def _label_beside(
    diagram: Diagram, flow: Flow, points: tuple[Point, ...], ways: dict[str, list[Corner]]
) -> Box:
    """Put the words of an arrow at its beginning; those that leave by one port stand in a column."""
    (x, y), width = points[0], text_width(flow.name)
    port = exit_port(ways[flow.key])
    beside = [one for one in diagram.outgoing(flow.source) if exit_port(ways[one.key]) == port]
    row = LABEL_GAP * beside.index(flow)
    if port == RIGHT:
        return Box(x + 4, y - LABEL_GAP - 2, width, LABEL_GAP)
    if port == TOP:
        return Box(x + 6, y - LABEL_GAP - 6 - row, width, LABEL_GAP)
    # Below the question of the diamond, and apart from it: they are not two lines of one text.
    return Box(x + 6, y + LABEL_GAP + 4 + row, width, LABEL_GAP)
