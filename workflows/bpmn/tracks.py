"""The grid of a diagram in pixels: columns, lanes, and a track of its own for each bundle of arrows."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from workflows.bpmn.measures import (
    GAP,
    LABEL_GAP,
    LANE_HEAD,
    PAD,
    POOL_HEAD,
    RADIUS,
    TASK_HEIGHT,
    TRACK,
    edges,
    size_of,
    slot_width,
    text_width,
)
from workflows.bpmn.model import BOUNDARY
from workflows.bpmn.places import MEETS, STEP, own_end_of
from workflows.bpmn.routes import BOTTOM, RIGHT, TOP, exit_port

if TYPE_CHECKING:
    from workflows.bpmn.model import Diagram, Element
    from workflows.bpmn.places import Place
    from workflows.bpmn.routes import Corner, X, Y

# What must stay free above and below the boxes of a lane: words of events, and ends below tasks.
HEADROOM, FOOTROOM = 30, 62
Line = tuple[str, int]


class Grid:
    """Turns places, gutters and channels into pixels."""

    def __init__(
        self, diagram: Diagram, placed: dict[str, Place], ways: dict[str, list[Corner]]
    ) -> None:
        self.diagram, self.placed, self.ways = diagram, placed, ways
        self.tracks = _tracks(placed, ways)
        self._lay_columns()
        self._lay_lanes()

    def _lay_columns(self) -> None:
        """Give each column its left edge and each of its slots a width."""
        count = 1 + max(place.column for place in self.placed.values())
        widths = [[0, 0, 0] for _ in range(count)]
        beside = [0] * count
        for element in self.diagram.elements:
            place = self.placed[element.key]
            if element.kind not in BOUNDARY and own_end_of(self.diagram, element) is None:
                slots = widths[place.column]
                slots[place.slot] = max(slots[place.slot], size_of(self.diagram, element)[0])
        for flow in self.diagram.flows:
            if flow.name:
                port = exit_port(self.ways[flow.key])
                column = self.placed[flow.source].column
                room = text_width(flow.name) + (8 if port == RIGHT else -10)
                beside[column] = max(beside[column], room)
        self.slots: list[list[int]] = []
        self.channels: list[int] = []
        x = PAD + POOL_HEAD + LANE_HEAD
        for slots, room in zip(widths, beside, strict=True):
            self.channels.append(x)
            x += 8 + TRACK * self._used("channel", len(self.channels) - 1) + 10
            centres = []
            for width in slots:
                centres.append(x + width // 2)
                x += width + GAP if width else 0
            self.slots.append(centres)
            x += max(room - GAP, 0)
        self.channels.append(x)
        self.right = x + 8 + TRACK * self._used("channel", count) + 8

    def _lay_lanes(self) -> None:
        """Give each lane its upper and lower edge and the middle of its boxes."""
        self.lanes: list[tuple[int, int]] = []
        self.middles: list[int] = []
        y = PAD
        for lane in range(len(self.diagram.lanes)):
            top = y
            y += 10 + TRACK * self._used(TOP, lane) + self._headroom(lane)
            self.middles.append(y + TASK_HEIGHT // 2)
            y += TASK_HEIGHT + self._footroom(lane) + TRACK * self._used(BOTTOM, lane) + 8
            self.lanes.append((top, y))
        self.bottom = y

    def _headroom(self, lane: int) -> int:
        above = [edges(self.diagram, element)[0] for element in self._in(lane)]
        room = HEADROOM if any(above) else 8
        return max(room, LABEL_GAP * self._most(lane, TOP) - 8)

    def _footroom(self, lane: int) -> int:
        ends = [own_end_of(self.diagram, element) for element in self._in(lane)]
        room = FOOTROOM if any(ends) else LABEL_GAP + 6
        return max(room, LABEL_GAP * (1 + self._most(lane, BOTTOM)))

    def _most(self, lane: int, port: str) -> int:
        """Count the outcomes that leave one element of a lane by that port, where they are most."""
        return max(
            sum(
                exit_port(self.ways[flow.key]) == port
                for flow in self.diagram.outgoing(element.key)
                if flow.name
            )
            for element in self._in(lane)
        )

    def _in(self, lane: int) -> list[Element]:
        return [one for one in self.diagram.elements if self.placed[one.key].lane == lane]

    def _used(self, sort: str, number: int) -> int:
        """Count the tracks of one gutter or channel."""
        return 1 + max(self.tracks.get((sort, number), {}).values(), default=-1)

    def centre(self, key: str) -> tuple[int, int]:
        """Give the middle of a place."""
        place = self.placed[key]
        return self.slots[place.column][place.slot], self.middles[place.lane]

    def on_edge(self, event: Element) -> tuple[int, int]:
        """Give the middle of a boundary event, which sits on its host's edge."""
        host = self.diagram.element(event.host)
        x, y = self.centre(host.key)
        above, below = edges(self.diagram, host)
        row = below if event in below else above
        x -= size_of(self.diagram, host)[0] // 2
        x += 6 + RADIUS + sum(slot_width(one) for one in row[: row.index(event)])
        return x, y + (TASK_HEIGHT // 2 if event in below else -TASK_HEIGHT // 2)

    def below(self, event: Element) -> tuple[int, int]:
        """Give the middle of the end that a boundary event leads to."""
        x, y = self.on_edge(event)
        return x, y + RADIUS + 27

    def x_of(self, line: X, corners: list[Corner]) -> int:
        """Give the pixel of a channel's track."""
        track = self.tracks["channel", line.channel][_bundle(corners)]
        return self.channels[line.channel] + 8 + TRACK * track

    def y_of(self, line: Y, corners: list[Corner]) -> int:
        """Give the pixel of a gutter's track; the shortest stretch lies next to the boxes."""
        track = self.tracks[line.at, line.gutter][_bundle(corners)]
        if line.at == TOP:
            y = self.middles[line.gutter] - TASK_HEIGHT // 2 - self._headroom(line.gutter)
            return y - TRACK * track - 4
        y = self.middles[line.gutter] + TASK_HEIGHT // 2 + self._footroom(line.gutter)
        return y + TRACK * track + 4


def _bundle(corners: list[Corner]) -> str:
    """Name the bundle of an arrow: those that enter one element by one port share their tracks."""
    across, down = corners[-1]
    return f"{across.of} {across.at} {down.at}"


def _tracks(placed: dict[str, Place], ways: dict[str, list[Corner]]) -> dict[Line, dict[str, int]]:
    """Give each bundle a track in each gutter and channel it uses; overlapping ones differ."""
    stretches: dict[Line, dict[str, tuple[int, int]]] = defaultdict(dict)
    for corners in ways.values():
        bundle = _bundle(corners)
        for here, there in pairwise(corners):
            for line, span in _stretch(here, there, placed):
                low, high = stretches[line].get(bundle, span)
                stretches[line][bundle] = (min(low, span[0]), max(high, span[1]))
    return {line: _packed(spans) for line, spans in stretches.items()}


def _stretch(
    here: Corner, there: Corner, placed: dict[str, Place]
) -> list[tuple[Line, tuple[int, int]]]:
    """Give the gutter or channel two corners lie in, and how far, counted in slots."""
    found: list[tuple[Line, tuple[int, int]]] = []
    if here[1] == there[1] and here[1].gutter >= 0:
        ends = sorted((_across(here[0], placed), _across(there[0], placed)))
        found.append(((here[1].at, here[1].gutter), (ends[0], ends[1])))
    if here[0] == there[0] and here[0].channel >= 0:
        ends = sorted((_down(here[1], placed), _down(there[1], placed)))
        found.append((("channel", here[0].channel), (ends[0], ends[1])))
    return found


def _across(line: X, placed: dict[str, Place]) -> int:
    if line.channel >= 0:
        return 4 * line.channel
    place = placed[line.of]
    return 4 * place.column + 1 + (place.slot if place.slot in {MEETS, STEP} else 2)


def _down(line: Y, placed: dict[str, Place]) -> int:
    if line.gutter >= 0:
        return 3 * line.gutter + (0 if line.at == TOP else 2)
    return 3 * placed[line.of].lane + 1


def _packed(spans: dict[str, tuple[int, int]]) -> dict[str, int]:
    """Lay stretches on as few tracks as keep overlapping ones apart, the shortest first."""
    laid: dict[str, int] = {}
    for bundle in sorted(spans, key=lambda one: (spans[one][1] - spans[one][0], one)):
        low, high = spans[bundle]
        taken = {
            track
            for other, track in laid.items()
            if spans[other][0] <= high and low <= spans[other][1]
        }
        laid[bundle] = next(track for track in range(len(spans)) if track not in taken)
    return laid
