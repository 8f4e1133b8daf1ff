"""Pieces of a file as the house's plain text: one form that the grammar reads, with places.

A paragraph is a block, its forced breaks are lines; a table is a run of TAB-separated rows, a blank
line inside it a page break (`documents.content.text` writes the same form).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

import regex

from documents.importing import forms
from documents.importing.decode import MAX_BYTES
from documents.importing.findings import Finding, Unreadable

_BLANKS = regex.compile(r"[\s\u00a0]+")
_RULE = regex.compile(r"[\s\-–—_=*~.o0]*[\-–—_=*~]{3}[\s\-–—_=*~.o0]*|[-–—]")
# "101/QĐ-" and "BKHCN", "19/2014/" and "QĐ-TTg": a sign goes on in the next line.
_CUT = regex.compile(r"\d/$|[\p{L}\d]-$|/\d{1,2}/\d{1,3}$")
_GOES_ON = regex.compile(r"[.,;:/)](?:\S|$)")
_LIST = regex.compile(r"Nơi nhận\s*:?")
_HEAD = 14
_MOST_COLUMNS = 3
_MOST_ROWS = 9


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the file a line stood: page, paragraph or row, counted from 1.

    `inside` is the number of the table for a row, and of the page for a line of a PDF's table.
    """

    what: Literal["page", "paragraph", "row"]
    number: int
    inside: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; its lines are parted where the writer forced a break."""

    lines: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as drawn: its lines, and over how many columns it reaches."""

    lines: tuple[str, ...] = ()
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as drawn; a cell merged downwards stands in its first row, blank cells below it.

    `breaks` are the indexes of the rows that follow a page break.
    """

    rows: tuple[tuple[Cell, ...], ...]
    places: tuple[Place, ...]
    breaks: frozenset[int] = frozenset()


Piece = Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Plain:
    """The text of a file, the place of each line that has one, and what was noticed on the way."""

    text: str
    places: tuple[tuple[int, Place], ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(slots=True)
class _Page:
    """The text under construction."""

    lines: list[str] = field(default_factory=list)
    places: list[tuple[int, Place]] = field(default_factory=list)
    size: int = 0

    def block(self, lines: Iterable[tuple[str, Place]]) -> None:
        """Write one block and the blank line below it; nothing where no line has a letter."""
        written = [(text, place) for text, place in lines if text.strip()]
        for text, place in written:
            self.lines.append(text)
            self.places.append((len(self.lines), place))
            self.size += len(text.encode()) + 1
        if self.size > MAX_BYTES:
            raise Unreadable("too_large", size=self.size, limit=MAX_BYTES)
        if written:
            self.lines.append("")


def write(
    pieces: Iterable[Piece], findings: Sequence[Finding] = (), *, empty: str = "empty"
) -> Plain:
    """The plain text of pieces in reading order; Unreadable where it is `empty` or too large."""
    page = _Page()
    for number, piece in enumerate(pieces):
        if isinstance(piece, Grid):
            _write_grid(page, piece)
        else:
            lines = [one_line(line) for line in piece.lines]
            if number < _HEAD:
                lines = [line for line in lines if not is_rule(line)]
            page.block((line, piece.place) for line in lines)
    if not page.lines:
        raise Unreadable(empty)
    return Plain("\n".join(page.lines), tuple(page.places), tuple(findings))


def one_line(text: str) -> str:
    """A text without TABs, line feeds or doubled spaces."""
    return _BLANKS.sub(" ", text).strip()


def joined(lines: Iterable[str]) -> str:
    """Lines that only wrapped as one; a sign cut after its hyphen or stroke closes up again."""
    text = ""
    for line in lines:
        tight = (_CUT.search(text) and line[:1].isalnum()) or _GOES_ON.match(line)
        text = f"{text}{line}" if tight or not text else f"{text} {line}"
    return one_line(text)


def is_rule(text: str) -> bool:
    """Whether a line only draws a rule, as letterheads do under the names."""
    return _RULE.fullmatch(text) is not None


def is_layout(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether a table only sets two columns side by side: letterhead, or recipients and signature."""
    width = max((len(row) for row in rows), default=0)
    if not 2 <= width <= _MOST_COLUMNS or len(rows) > _MOST_ROWS:
        return False
    lines = [one_line(line) for row in rows for cell in row for line in cell.lines]
    if any(_LIST.match(line) or forms.mode_line(line) for line in lines):
        return True
    if any(
        forms.is_national_heading(line) or forms.number_line(line) or forms.date_line(line)
        for line in lines
    ):
        return True
    left = [line for row in rows for line in row[0].lines if line.strip()]
    return not left and any(forms.is_role(line) for line in lines)


def _write_grid(page: _Page, grid: Grid) -> None:
    rows = _without_phantoms(grid.rows)
    if max(map(len, rows), default=0) < 2:
        for row, place in zip(rows, grid.places, strict=True):
            for cell in row:
                for line in cell.lines:
                    page.block([(one_line(line), place)])
    elif is_layout(rows):
        _write_layout(page, rows, grid.places)
    else:
        _write_table(page, rows, grid)


def _write_table(page: _Page, rows: Sequence[Sequence[Cell]], grid: Grid) -> None:
    current: list[tuple[str, Place]] = []
    for number, (row, place) in enumerate(zip(rows, grid.places, strict=True)):
        if number in grid.breaks:
            page.block(current)
            current = []
        current.append(("\t".join(joined(cell.lines) for cell in row), place))
    page.block(current)


def _write_layout(page: _Page, rows: Sequence[Sequence[Cell]], places: Sequence[Place]) -> None:
    """Each column from top to bottom, the left one first; a row in one piece parts the columns."""
    gathered: list[tuple[Sequence[Cell], Place]] = []
    for row, place in zip(rows, places, strict=True):
        if len(row) > 1 and row[0].columns >= len(row) and any(row[0].lines):
            _write_columns(page, gathered)
            gathered = []
            for line in row[0].lines:
                page.block([(one_line(line), place)])
        else:
            gathered.append((row, place))
    _write_columns(page, gathered)


def _write_columns(page: _Page, rows: Sequence[tuple[Sequence[Cell], Place]]) -> None:
    for column in range(max((len(row) for row, _ in rows), default=0)):
        lines = [
            (text, place)
            for row, place in rows
            if column < len(row)
            for line in row[column].lines
            if not is_rule(text := one_line(line))
        ]
        page.block(lines)


def _without_phantoms(rows: Sequence[Sequence[Cell]]) -> list[tuple[Cell, ...]]:
    """Rows of equal width, merged cells spread over blanks, without columns where no cell begins."""
    width = max((sum(cell.columns for cell in row) for row in rows), default=0)
    begins = {start for row in rows for start, _ in _starts(row)}
    kept = sorted(begins)
    return [tuple(_spread(row, kept, width)) for row in rows]


def _starts(row: Sequence[Cell]) -> Iterator[tuple[int, Cell]]:
    start = 0
    for cell in row:
        yield start, cell
        start += cell.columns


def _spread(row: Sequence[Cell], kept: Sequence[int], width: int) -> Iterator[Cell]:
    cells = dict(_starts(row))
    ends = {start: start + cell.columns for start, cell in cells.items()}
    for column in kept:
        cell = cells.get(column)
        if cell is None:
            yield Cell()
        else:
            covers = sum(column <= other < min(ends[column], width) for other in kept)
            yield Cell(cell.lines, covers)
