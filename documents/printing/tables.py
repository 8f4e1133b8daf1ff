"""How a table fits on its sheet: the width of each column, and which rows may break.

All lengths are in ems of the table's letters unless they say points; widths of letters are those
of the face, so that what is computed here is what is printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from documents.printing.faces import printable, width
from documents.printing.paper import PrintedCell, PrintedTable

if TYPE_CHECKING:
    from documents.content.tree import Table

POINT = 25.4 / 72
# The width of the text of an upright and of a wide sheet in points: A4 less its margins.
UPRIGHT, WIDE = 165 / POINT, (297 - 30 - 15) / POINT
BODY, SMALLER, SMALLEST = 13.0, 12.0, 11.0
# From this many columns on a table is printed on the long side of the sheet.
WIDE_FROM = 7
INSET = 0.8
LINE = 1.15
# Heads are bold, and wider than the upright letters measured here.
BOLDER = 1.1
# A row higher than this part of a page may break; the widths are exact, the breaks of lines not.
TALL = 0.35
HEIGHT = 245 / POINT
# No single word claims more than this part of the table; a longer one is broken.
MOST_OF_A_WORD = 0.3
LEAST = 2.2


def is_wide(table: Table) -> bool:
    """Whether a table needs the long side of the sheet."""
    return _columns(table) >= WIDE_FROM


def printed(table: Table, *, wide: bool = False) -> PrintedTable:
    """Lay a table out; rows that only repeat the heads are left to the printer, which repeats them."""
    number = _columns(table)
    size = BODY if number <= 4 else SMALLER if number <= 8 else SMALLEST
    room = (WIDE if wide else UPRIGHT) / size
    repeated = set(table.repeated_headers) if table.columns else set()
    rows = [row.cells for place, row in enumerate(table.rows) if place not in repeated]
    texts = [[printable(one) for one in line] for line in [table.columns, *rows]]
    parts = _widths(texts, number, room)
    heads, *lines = texts
    return PrintedTable(
        heads=tuple(broken(text, part - INSET) for text, part in zip(heads, parts, strict=False))
        + ("",) * (number - len(heads) if heads else 0),
        widths=tuple(round(part / sum(parts), 4) for part in parts),
        rows=tuple(_rows(lines, parts, size=size)),
        size=size,
        ordinal=len(table.numbered_rows) > 0,
    )


def _columns(table: Table) -> int:
    return max([len(table.columns), *(len(row.cells) for row in table.rows), 1])


def _widths(texts: Sequence[Sequence[str]], number: int, room: float) -> list[float]:
    """Share the room: each column gets its longest word, the rest goes where the text is long."""
    least, wanted = [LEAST] * number, [1.0] * number
    for place, line in enumerate(texts):
        bold = BOLDER if place == 0 else 1.0
        for column, text in enumerate(line):
            if len(line) < number and column == len(line) - 1:
                continue  # it reaches over the columns that are left
            longest = max((bold * _wide(word) for word in text.split()), default=0.0) + INSET
            least[column] = max(least[column], min(longest, room * MOST_OF_A_WORD))
            wanted[column] += _wide(text) ** 0.75
    if sum(least) >= room:
        return [one * room / sum(least) for one in least]
    free, whole = room - sum(least), sum(wanted)
    return [low + free * want / whole for low, want in zip(least, wanted, strict=True)]


def _rows(
    lines: Sequence[Sequence[str]], parts: Sequence[float], *, size: float
) -> Iterator[tuple[PrintedCell, ...]]:
    spans = [_spans(line, len(parts)) for line in lines]
    covered = [[sum(parts[at : at + span]) for at, span in enumerate(columns)] for columns in spans]
    highs = [
        LINE * size * max((lines_of(*one) for one in zip(line, widths, strict=True)), default=1)
        for line, widths in zip(lines, covered, strict=True)
    ]
    reach = _reach(lines, spans)
    for place, line in enumerate(lines):
        yield tuple(
            PrintedCell(
                broken(text, covered[place][at] - INSET),
                columns=spans[place][at],
                rows=reach[place][at],
                kept=sum(highs[place : place + reach[place][at]]) < TALL * HEIGHT,
            )
            for at, text in enumerate(line)
            if reach[place][at]
        )


def _spans(line: Sequence[str], number: int) -> list[int]:
    """How many columns each cell covers: the last one of a short row reaches to the edge."""
    return [1] * (len(line) - 1) + [number - len(line) + 1] if line else []


def _reach(lines: Sequence[Sequence[str]], spans: Sequence[Sequence[int]]) -> list[list[int]]:
    """How many rows each cell covers; 0 for one that the cell above covers.

    The empty cells that a row begins with, before a cell that says something, go on with those
    above: so a target with several measures looks as in the file it came from, whose cells were
    merged. What is left out is empty, so no word is lost.
    """
    reach = [[1] * len(line) for line in lines]
    for column in range(max(map(len, lines), default=0)):
        above: int | None = None
        for place, line in enumerate(lines):
            if above is not None and column < _empty_before(line):
                reach[above][column] += 1
                reach[place][column] = 0
            else:
                single = column < len(line) and spans[place][column] == 1
                above = place if single and line[column].strip() else None
    return reach


def _empty_before(line: Sequence[str]) -> int:
    return next((at for at, text in enumerate(line) if text.strip()), 0)


def lines_of(text: str, part: float) -> int:
    """About how many lines a text takes in a column; a little too many rather than too few."""
    free = max(part - INSET, 1.0)
    return sum(1 + int(1.15 * _wide(line) / free) for line in text.split("\n"))


def broken(text: str, room: float) -> str:
    """The text with words that are wider than the room divided by line feeds nobody wrote.

    An address or a run of dots would else be printed over the edge.
    """
    if _wide(text) <= room:
        return text
    return "\n".join(
        " ".join("\n".join(_pieces(word, room)) for word in line.split(" "))
        for line in text.split("\n")
    )


@lru_cache(maxsize=50_000)
def _wide(text: str) -> float:
    return width(text)


def _pieces(word: str, room: float) -> Iterator[str]:
    if _wide(word) <= room:
        yield word
        return
    piece, taken = "", 0.0
    for letter in word:
        step = width(letter)
        if piece and taken + step > room:
            yield piece
            piece, taken = "", 0.0
        piece, taken = piece + letter, taken + step
    yield piece
