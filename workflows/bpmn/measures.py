"""How large things are, in pixels; widths of words are estimated, no font is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workflows.bpmn.model import BOUNDARY, Kind
from workflows.bpmn.places import ends_at_once, sharing

if TYPE_CHECKING:
    from workflows.bpmn.model import Diagram, Element

PAD = 12
POOL_HEAD, LANE_HEAD = 32, 136
TASK_WIDTH, TASK_HEIGHT = 156, 104
GATEWAY, RADIUS, END_RADIUS = 40, 15, 12
GAP, TRACK = 20, 12
LABEL_GAP = 16
# The mean width of a letter of the labels (12 px), and the wide ones of Vietnamese with it.
LETTER = 6.6


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; `x` and `y` are its top left corner."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """Its lower edge."""
        return self.y + self.height

    @property
    def centre(self) -> int:
        """Its middle from left to right."""
        return self.x + self.width // 2

    @property
    def middle(self) -> int:
        """Its middle from top to bottom."""
        return self.y + self.height // 2

    def line(self, at: str, *, down: bool = False) -> int:
        """Give one of its lines: left, centre, right; or, counted down, top, centre, bottom."""
        if down:
            return {"top": self.y, "centre": self.middle, "bottom": self.bottom}[at]
        return {"left": self.x, "centre": self.centre, "right": self.right}[at]

    def meets(self, other: Box) -> bool:
        """Whether the two share any area."""
        return (
            self.x < other.right
            and other.x < self.right
            and self.y < other.bottom
            and other.y < self.bottom
        )


def text_width(words: str) -> int:
    """Estimate how wide a line of a label is."""
    return round(LETTER * len(words)) + 4


def slot_width(event: Element) -> int:
    """How much of a task's edge a boundary event takes with its words."""
    return 2 * RADIUS + 8 + text_width(event.name)


def size_of(diagram: Diagram, element: Element) -> tuple[int, int]:
    """Give width and height of an element; a task is as wide as what stands on its edges needs."""
    if element.kind in {Kind.TASK, Kind.ROUND}:
        return max(TASK_WIDTH, *edge_widths(diagram, element)), TASK_HEIGHT
    if element.kind in {Kind.FORK, Kind.MEET}:
        return GATEWAY, GATEWAY
    if element.kind is Kind.END and element.key != element.step:
        return 2 * END_RADIUS, 2 * END_RADIUS
    return 2 * RADIUS, 2 * RADIUS


def edge_widths(diagram: Diagram, host: Element) -> tuple[int, int]:
    """Give how wide the events on the upper and on the lower edge of a task are."""
    above, below = edges(diagram, host)
    return (sum(map(slot_width, above)) + 8, sum(map(slot_width, below)) + 8)


def edges(diagram: Diagram, host: Element) -> tuple[list[Element], list[Element]]:
    """Give the events of a host: above those that go on, below those that end the case."""
    held = sharing(diagram).get(host.key, [])
    below = [event for event in held if ends_at_once(diagram, event)]
    return [event for event in held if event not in below], below


__all__ = ["BOUNDARY", "Box", "edges", "size_of", "slot_width", "text_width"]
