"""Ruled tables of a page: which lines cross, which cells they part, which words stand in each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from documents.importing.plain import Cell, Grid, Place

Box = tuple[float, float, float, float]

NEAR = 3.0
_MOST_SLOTS = 20_000
_MOST_CROSSINGS = 60_000


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its box, in points from the top left corner of the page."""

    x0: float
    top: float
    x1: float
    bottom: float
    text: str

    @property
    def size(self) -> float:
        """The height of its box, near the size of its letters."""
        return max(self.bottom - self.top, 1.0)

    @property
    def middle(self) -> float:
        """Its height on the page."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Rules:
    """The lines of one table: where columns and rows part, and which lines are drawn there."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    level: tuple[Box, ...]
    upright: tuple[Box, ...]

    @property
    def box(self) -> Box:
        """What the table covers."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def holds(self, word: Word) -> bool:
        """Whether a word stands inside."""
        x0, top, x1, bottom = self.box
        return x0 - NEAR < (word.x0 + word.x1) / 2 < x1 + NEAR and top < word.middle < bottom


def tables_of(rules: Iterable[Sequence[float]]) -> list[Rules]:
    """The tables that the rules of a page draw, from the top; a single box is none."""
    level: list[Box] = []
    upright: list[Box] = []
    for x0, top, x1, bottom in rules:
        (level if x1 - x0 >= bottom - top else upright).append((x0, top, x1, bottom))
    level, upright = _joined(level, across=True), _joined(upright, across=False)
    if len(level) * len(upright) > _MOST_CROSSINGS:
        return []  # a map or a chart
    found = [_rules(part) for part in _crossing(level, upright)]
    return sorted((one for one in found if one is not None), key=lambda one: one.box[1])


def grid_of(table: Rules, words: Sequence[Word], place: Place) -> Grid:
    """The rows of a table with the words in them; cells that no line parts are one."""
    anchors = _anchors(table)
    held: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        row = min(max(bisect_right(table.ys, word.middle) - 1, 0), len(table.ys) - 2)
        column = min(max(bisect_right(table.xs, (word.x0 + word.x1) / 2) - 1, 0), len(table.xs) - 2)
        held.setdefault(anchors[row][column], []).append(word)
    rows = [
        tuple(_cells(row, anchors[row], held)) for row in range(len(table.ys) - 1)
    ]  # fmt: skip
    kept = [row for row in rows if any(cell.lines for cell in row)]
    return Grid(tuple(kept), tuple(place for _ in kept))


def lines_of(words: Iterable[Word]) -> list[list[Word]]:
    """Words in lines, from the top, each from the left."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda one: (one.middle, one.x0)):
        line = lines[-1] if lines else None
        if line is not None and abs(word.middle - line[0].middle) < 0.5 * min(
            word.size, line[0].size
        ):
            line.append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda one: one.x0) for line in lines]


def text_of(line: Sequence[Word]) -> str:
    """A line as text."""
    return " ".join(word.text for word in line)


def _cells(
    row: int, anchors: Sequence[tuple[int, int]], held: dict[tuple[int, int], list[Word]]
) -> Iterable[Cell]:
    column = 0
    while column < len(anchors):
        anchor = anchors[column]
        reach = column
        while reach + 1 < len(anchors) and anchors[reach + 1] == anchor:
            reach += 1
        words = held.get(anchor, []) if anchor == (row, column) else []
        yield Cell(tuple(text_of(line) for line in lines_of(words)), reach - column + 1)
        column = reach + 1


def _anchors(table: Rules) -> list[list[tuple[int, int]]]:
    """For each slot of the grid the first slot of the cell it belongs to."""
    rows, columns = len(table.ys) - 1, len(table.xs) - 1
    anchors = [[(row, column) for column in range(columns)] for row in range(rows)]
    walls = _walls(table.upright, table.xs, across=False)
    floors = _walls(table.level, table.ys, across=True)
    for row in range(rows):
        middle = (table.ys[row] + table.ys[row + 1]) / 2
        for column in range(columns):
            centre = (table.xs[column] + table.xs[column + 1]) / 2
            if column and not _parts(walls[column], middle):
                anchors[row][column] = anchors[row][column - 1]
            elif row and not _parts(floors[row], centre):
                anchors[row][column] = anchors[row - 1][column]
    return anchors


def _walls(
    rules: Iterable[Box], places: Sequence[float], *, across: bool
) -> list[list[tuple[float, float]]]:
    """For each place the stretches along which a line is drawn there."""
    walls: list[list[tuple[float, float]]] = [[] for _ in places]
    for x0, top, x1, bottom in rules:
        at, start, end = ((top + bottom) / 2, x0, x1) if across else ((x0 + x1) / 2, top, bottom)
        nearest = min(range(len(places)), key=lambda place: abs(places[place] - at))
        if abs(places[nearest] - at) <= NEAR:
            walls[nearest].append((start, end))
    return walls


def _parts(wall: Iterable[tuple[float, float]], at: float) -> bool:
    return any(start - 1 <= at <= end + 1 for start, end in wall)


def _joined(rules: list[Box], *, across: bool) -> list[Box]:
    """Rules in one line that touch are one; the thickness is evened out."""
    along, over = (0, 1) if across else (1, 0)
    rules.sort(key=lambda one: (round(one[over] / NEAR), one[along]))
    joined: list[Box] = []
    for rule in rules:
        last = joined[-1] if joined else None
        if (
            last is not None
            and abs(last[over] - rule[over]) <= NEAR
            and rule[along] <= last[along + 2] + NEAR
        ):
            joined[-1] = (
                min(last[0], rule[0]), min(last[1], rule[1]),
                max(last[2], rule[2]), max(last[3], rule[3]),
            )  # fmt: skip
        else:
            joined.append(rule)
    return joined


@dataclass(slots=True)
class _Part:
    """Rules that hang together."""

    level: list[Box] = field(default_factory=list)
    upright: list[Box] = field(default_factory=list)


def _crossing(level: Sequence[Box], upright: Sequence[Box]) -> list[_Part]:
    """The rules by the tables they belong to: those that cross or touch one another."""
    belongs = list(range(len(level) + len(upright)))

    def root(one: int) -> int:
        while belongs[one] != one:
            belongs[one] = belongs[belongs[one]]
            one = belongs[one]
        return one

    for a, across in enumerate(level):
        for b, down in enumerate(upright, len(level)):
            if (
                across[0] - NEAR <= down[0] <= across[2] + NEAR
                and down[1] - NEAR <= across[1] <= down[3] + NEAR
            ):
                belongs[root(b)] = root(a)
    parts: dict[int, _Part] = {}
    for number, rule in enumerate((*level, *upright)):
        part = parts.setdefault(root(number), _Part())
        (part.level if number < len(level) else part.upright).append(rule)
    return list(parts.values())


def _rules(part: _Part) -> Rules | None:
    if len(part.upright) < 1 or len(part.level) < 2:
        return None
    xs = _places([(one[0] + one[2]) / 2 for one in part.upright])
    ys = _places([(one[1] + one[3]) / 2 for one in part.level])
    # A table open at its sides has its outer columns beyond the upright lines.
    left, right = min(one[0] for one in part.level), max(one[2] for one in part.level)
    if left < xs[0] - 4 * NEAR:
        xs.insert(0, left)
    if right > xs[-1] + 4 * NEAR:
        xs.append(right)
    if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > _MOST_SLOTS:
        return None
    return Rules(tuple(xs), tuple(ys), tuple(part.level), tuple(part.upright))


def _places(values: list[float]) -> list[float]:
    """Where lines stand, those nearer than NEAR as one."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > NEAR:
            places.append(value)
    return places
