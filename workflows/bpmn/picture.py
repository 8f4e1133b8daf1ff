"""A drawn procedure as an SVG is written: lines, boxes, and words already broken into lines.

What is known of a case, or of many, comes from outside as a note a step; without notes it is the
procedure itself. Words are never cut or changed in case: what does not fit a box on the last of
its lines ends in an ellipsis, and is said in full by the box's name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workflows.bpmn.measures import LANE_HEAD, LETTER, Box, edges
from workflows.bpmn.model import BOUNDARY, Kind
from workflows.bpmn.places import is_step

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from workflows.bpmn.layout import Drawn, Point
    from workflows.bpmn.model import Element

LINE = 15
TITLE_LINES, WHO_LINES = 2, 2
# Letters of a title are larger and bolder than those of a label.
TITLE_LETTER = 7.4
INSET = 8
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Note:
    """What is said of a step: `look` is the class of its box, `word` what that look means.

    `who` and `when` stand in the box, `sentence` is read out instead of both.
    """

    look: str
    word: str = ""
    who: str = ""
    when: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """One line of words and where its left end, or its middle, stands."""

    x: int
    y: int
    words: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """A box, circle or diamond; `look` are its classes, `sort` which of the three it is.

    A step has a `name` that is read out and a `key` that a link leads to.
    """

    sort: str
    look: str
    box: Box
    key: str = ""
    name: str = ""
    lines: tuple[Words, ...] = ()
    sign: str = ""

    @property
    def radius(self) -> int:
        """How large a circle is."""
        return self.box.width // 2

    @property
    def inner(self) -> int:
        """How large the second circle of an event on an edge is."""
        return self.radius - 3


@dataclass(frozen=True, slots=True)
class Arrow:
    """One arrow as the `d` of a path; `look` is "taken" where the case went that way."""

    path: str
    look: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything an SVG shows, back to front."""

    key: str
    name: str
    width: int
    height: int
    pool: Box
    pool_words: Words
    lanes: tuple[Shape, ...]
    arrows: tuple[Arrow, ...]
    marks: tuple[Shape, ...]
    steps: tuple[Shape, ...]
    labels: tuple[Words, ...]


def picture(
    drawn: Drawn, *, notes: Mapping[str, Note] | None = None, taken: Collection[str] = ()
) -> Picture:
    """Make the picture of a procedure; `notes` by step, `taken` are keys of arrows."""
    said = notes or {}
    diagram = drawn.diagram
    marks = [one for one in diagram.elements if not _is_box(one)]
    pool = drawn.pool
    return Picture(
        key=diagram.key,
        name=diagram.name,
        width=drawn.width,
        height=drawn.height,
        pool=pool,
        pool_words=Words(pool.x + 21, pool.middle, diagram.name),
        lanes=tuple(_lane(lane.name, drawn.lanes[lane.key]) for lane in diagram.lanes),
        arrows=tuple(
            Arrow(_path(points), "taken" if key in taken else "")
            for key, points in drawn.arrows.items()
        ),
        marks=tuple(_mark(one, drawn.boxes[one.key], said) for one in marks),
        steps=tuple(
            _step(drawn, one, said.get(one.key)) for one in diagram.elements if _is_box(one)
        ),
        labels=tuple(
            Words(label.box.x + 2, label.box.y + 12, label.words) for label in drawn.labels.values()
        ),
    )


def wrapped(words: str, width: int, *, letter: float, most: int) -> list[str]:
    """Break words into lines that fit; the last of `most` lines ends in an ellipsis if need be."""
    room = max(int(width / letter), 1)
    lines: list[str] = []
    for word in words.split():
        if lines and len(lines[-1]) + 1 + len(word) <= room:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    if len(lines) > most:
        last = f"{lines[most - 1]}{ELLIPSIS}"
        lines = [*lines[: most - 1], last]
    return lines


def _is_box(element: Element) -> bool:
    return element.kind in {Kind.TASK, Kind.ROUND}


def _lane(name: str, box: Box) -> Shape:
    lines = wrapped(name, LANE_HEAD - 2 * INSET, letter=TITLE_LETTER, most=4)
    top = box.middle - LINE * len(lines) // 2 + 11
    words = tuple(
        Words(box.x + INSET, top + LINE * place, line) for place, line in enumerate(lines)
    )
    return Shape("box", "", box, name=name, lines=words)


def _path(points: tuple[Point, ...]) -> str:
    (x, y), *others = points
    return f"M{x} {y}" + "".join(f"L{x} {y}" for x, y in others)


def _mark(element: Element, box: Box, said: Mapping[str, Note]) -> Shape:
    """Draw a gateway as a diamond and an event as a circle, its sign inside."""
    if element.kind in {Kind.FORK, Kind.MEET}:
        return Shape("diamond", "", box)
    looks = ["event"]
    if element.kind is Kind.END:
        looks.append("end")
    if element.kind in BOUNDARY:
        looks.append("edge")
    note = said.get(element.key)
    if note is not None:
        looks.append(note.look)
    sign = {Kind.TIMER: "timer", Kind.MESSAGE: "message"}.get(element.kind, "")
    named = is_step(element)
    return Shape(
        "circle",
        " ".join(looks),
        box,
        key=element.key if named else "",
        name=_spoken(element.name, note) if named else "",
        sign=sign,
    )


def _step(drawn: Drawn, element: Element, note: Note | None) -> Shape:
    box = drawn.boxes[element.key]
    width = box.width - 2 * INSET
    lines = [
        Words(box.x + INSET, 0, line, "title")
        for line in wrapped(element.name, width, letter=TITLE_LETTER, most=TITLE_LINES)
    ]
    if note is not None:
        who = wrapped(note.who, width, letter=LETTER, most=WHO_LINES)
        lines += [Words(box.x + INSET, 0, line) for line in who]
        lines += [Words(box.x + INSET, 0, note.when, "when")] if note.when else []
    top = box.middle - LINE * len(lines) // 2 + 11
    if note is not None:
        # Events on the upper edge hang into the box.
        top = box.y + (32 if edges(drawn.diagram, element)[0] else 20)
    placed = tuple(
        Words(line.x, top + LINE * place, line.words, line.look) for place, line in enumerate(lines)
    )
    sign = "many" if element.kind is Kind.ROUND else ""
    look = note.look if note is not None else ""
    return Shape("box", look, box, element.key, _spoken(element.name, note), placed, sign)


def _spoken(name: str, note: Note | None) -> str:
    """Say a step for who does not see it: its title, and what is known of it."""
    if note is None:
        return name
    known = note.sentence or ", ".join(filter(None, (note.word, note.who, note.when)))
    return f"{name}: {known}" if known else name
