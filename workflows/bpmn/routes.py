"""The way of each arrow: from port to port through the gutters, not yet in pixels.

Between two lanes lie gutters (the floor of the upper, the ceiling of the lower), between two
columns lies a channel; nothing stands in them but arrows. An arrow is a list of corners, each an
`X` and a `Y`. Arrows to one element share their last stretch, as several roads join before a gate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workflows.bpmn.model import BOUNDARY, Kind
from workflows.bpmn.places import FORKS, Place, ends_at_once

if TYPE_CHECKING:
    from workflows.bpmn.model import Diagram, Flow

CENTRE, TOP, BOTTOM, LEFT, RIGHT = "centre", "top", "bottom", "left", "right"


@dataclass(frozen=True, slots=True)
class X:
    """A vertical line: an element's left, centre or right, or a track of the channel before a column."""

    of: str = ""
    at: str = CENTRE
    channel: int = -1


@dataclass(frozen=True, slots=True)
class Y:
    """A horizontal line: an element's top, centre or bottom, or a track of a lane's gutter.

    `gutter` is the lane, `at` then `TOP` for its ceiling and `BOTTOM` for its floor.
    """

    of: str = ""
    at: str = CENTRE
    gutter: int = -1


Corner = tuple[X, Y]


def routes(diagram: Diagram, placed: dict[str, Place]) -> dict[str, list[Corner]]:
    """Give the corners of every flow, by its key."""
    return _Router(diagram, placed).all()


class _Router:
    def __init__(self, diagram: Diagram, placed: dict[str, Place]) -> None:
        self.diagram, self.placed = diagram, placed
        self.entered: set[str] = set()  # whose left port an arrow has taken
        self.occupied = {(placed[one.key].lane, placed[one.key].column) for one in diagram.elements}

    def all(self) -> dict[str, list[Corner]]:
        """Route the straight arrows first: they take the left port of what they lead to."""
        found: dict[str, list[Corner]] = {}
        for flow in self.diagram.flows:
            corners = self._straight(flow)
            if corners:
                found[flow.key] = corners
                self.entered.add(flow.target)
        for flow in self.diagram.flows:
            if flow.key not in found:
                found[flow.key] = self._around(flow)
        return {flow.key: found[flow.key] for flow in self.diagram.flows}

    def _straight(self, flow: Flow) -> list[Corner]:
        """Go right, and down or up a channel where the lanes differ; nothing where that is barred."""
        source = self.diagram.element(flow.source)
        if source.kind in BOUNDARY:
            return [
                (X(flow.source), Y(flow.source, BOTTOM)),
                (X(flow.source), Y(flow.target, TOP)),
            ] * (ends_at_once(self.diagram, source))
        start, goal = self.placed[flow.source], self.placed[flow.target]
        first = self.diagram.outgoing(flow.source)[0] == flow
        if not first or flow.target in self.entered:
            return []
        if start.column == goal.column and start.lane == goal.lane and start.slot < goal.slot:
            return self._level(flow)
        between = range(start.column + 1, goal.column)
        if goal.column <= start.column or any(
            (start.lane, one) in self.occupied for one in between
        ):
            return []
        if start.lane == goal.lane:
            return self._level(flow)
        down = X(channel=goal.column)
        return [
            (X(flow.source, RIGHT), Y(flow.source)),
            (down, Y(flow.source)),
            (down, Y(flow.target)),
            (X(flow.target, LEFT), Y(flow.target)),
        ]

    def _level(self, flow: Flow) -> list[Corner]:
        return [(X(flow.source, RIGHT), Y(flow.source)), (X(flow.target, LEFT), Y(flow.target))]

    def _around(self, flow: Flow) -> list[Corner]:
        """Leave by a port, follow gutters and channels, enter by the top or the bottom."""
        start, goal = self.placed[flow.source], self.placed[flow.target]
        port = self._exit(flow)
        enter = self._entry(port, start, goal)
        last = Y(gutter=goal.lane, at=enter)
        arrival = [(X(flow.target), last), (X(flow.target), Y(flow.target, enter))]
        if port == RIGHT:
            channel = X(channel=start.column + 1)
            leave = [(X(flow.source, RIGHT), Y(flow.source)), (channel, Y(flow.source))]
            return [*leave, (channel, last), *arrival]
        here = X(flow.source)
        leave = [(here, Y(flow.source, port))]
        if self._reaches(port, start, goal):
            return [*leave, (here, last), *arrival]
        own = Y(gutter=start.lane, at=port)
        channel = X(channel=start.column + 1 if goal.column <= start.column else goal.column)
        return [*leave, (here, own), (channel, own), (channel, last), *arrival]

    def _exit(self, flow: Flow) -> str:
        """Choose the port: right for the way on, top for what leads up, bottom for the rest."""
        source = self.diagram.element(flow.source)
        if source.kind in BOUNDARY:
            return TOP
        outgoing = self.diagram.outgoing(flow.source)
        if outgoing[0] == flow or source.kind is not Kind.FORK:
            return RIGHT
        up = self.placed[flow.target].lane < self.placed[flow.source].lane
        return TOP if up else BOTTOM

    def _entry(self, port: str, start: Place, goal: Place) -> str:
        if start.lane == goal.lane:
            return BOTTOM if port == BOTTOM else TOP
        return BOTTOM if goal.lane < start.lane else TOP

    def _reaches(self, port: str, start: Place, goal: Place) -> bool:
        """Whether a straight line from the port meets the last gutter without crossing a step."""
        if start.lane == goal.lane:
            return True
        if (port == TOP) is not (goal.lane < start.lane) or start.slot != FORKS:
            return False
        low, high = sorted((start.lane, goal.lane))
        return not any((lane, start.column) in self.occupied for lane in range(low + 1, high))


def exit_port(corners: list[Corner]) -> str:
    """Name the port an arrow leaves by."""
    first_x, first_y = corners[0]
    return first_y.at if first_x.at == CENTRE else first_x.at
