"""The pages of a PDF as plain pieces in reading order; page numbers and running lines left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from documents.importing import forms
from documents.importing.pdf_columns import Columns, parted
from documents.importing.pdf_lines import Block, Frame, Line, blocks
from documents.importing.pdf_tables import Rules, Word, grid_of, lines_of, tables_of
from documents.importing.plain import Grid, Paragraph, Piece, Place, is_layout

_PAGE_NUMBER = regex.compile(r"\W*(?:[Tt]rang\s*)?\d{1,4}(?:\s*(?:/|trên|of)\s*\d{1,4})?\W*")
_DIGITS = regex.compile(r"\d+")
# The decree leaves 20 mm and more above and below the text (Decree 30/2020, app. I).
_MARGIN = 57.0
_REPEATED = 3


# What stands on a page, from its top.
_Item = Block | Piece | Columns


@dataclass(frozen=True, slots=True)
class Page:
    """A page as the parser gave it, in points from its top left corner."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[tuple[float, float, float, float], ...]


@dataclass(frozen=True, slots=True)
class _Laid:
    """A page with its tables found and its other words in lines."""

    page: Page
    tables: tuple[tuple[Rules, Grid], ...]
    lines: tuple[Line, ...]


def pieces(pages: Sequence[Page]) -> tuple[list[Piece], int]:
    """All that the pages say in reading order, and how many repeated margin lines were dropped."""
    laid = [_laid(page) for page in pages]
    running = _running(laid)
    frames = _frames(laid)
    found: list[_Item] = []
    seen: set[str] = set()
    dropped = 0
    for one in laid:
        kept, repeated = _kept(one, running, seen)
        dropped += repeated
        last = found[-1] if found else None
        goes_on = isinstance(last, Columns) and last.is_cut
        for item in _items(one, kept, frames[round(one.page.width)], goes_on=goes_on):
            _append(found, item)
    return [piece for one in found for piece in _as_pieces(one)], dropped


def _as_pieces(item: _Item) -> Iterator[Piece]:
    """A paragraph or table as it is; of two columns the left one first."""
    if isinstance(item, Block):
        yield item.paragraph()
    elif isinstance(item, Columns):
        for column in (item.left, item.right):
            texts = tuple(line.text for line in column)
            yield Paragraph(texts, Place("page", column[0].page if column else 1))
    else:
        yield item


def _laid(page: Page) -> _Laid:
    tables = tables_of(page.rules)
    inside: dict[int, list[Word]] = {}
    outside: list[Word] = []
    for word in page.words:
        table = next((n for n, one in enumerate(tables) if one.holds(word)), None)
        (outside if table is None else inside.setdefault(table, [])).append(word)
    place = Place("page", page.number)
    grids = tuple(
        (table, grid_of(table, inside[number], place))
        for number, table in enumerate(tables)
        if number in inside
    )
    lines = tuple(Line(tuple(line), page.number) for line in lines_of(outside))
    return _Laid(page, grids, lines)


def _frames(laid: Sequence[_Laid]) -> dict[int, Frame]:
    """The frame of running text for each width of page."""
    lines: dict[int, list[Line]] = {}
    for one in laid:
        lines.setdefault(round(one.page.width), []).extend(one.lines)
    return {width: Frame.of(found) for width, found in lines.items()}


def _items(one: _Laid, lines: Sequence[Line], frame: Frame, *, goes_on: bool) -> Iterator[_Item]:
    """Tables, columns and paragraphs of a page from the top."""
    run: list[Line] = []
    tables = list(one.tables)
    for item in parted(lines, one.page.width, goes_on=goes_on):
        top = item.top if isinstance(item, Line) else min(line.top for line in _all(item))
        while tables and tables[0][0].box[1] <= top:
            yield from blocks(run, frame)
            run = []
            yield tables.pop(0)[1]
        if isinstance(item, Line):
            run.append(item)
            continue
        yield from blocks(run, frame)
        run = []
        yield item
    yield from blocks(run, frame)
    yield from (grid for _, grid in tables)


def _all(columns: Columns) -> Iterator[Line]:
    yield from columns.left
    yield from columns.right


def _append(found: list[_Item], item: _Item) -> None:
    """Add what comes next; what the end of a page parted goes on."""
    last = found[-1] if found else None
    if isinstance(last, Block) and isinstance(item, Block) and last.runs_into(item):
        found[-1] = Block((*last.lines, *item.lines), last.frame)
    elif isinstance(last, Grid) and isinstance(item, Grid) and _continues(last, item):
        found[-1] = Grid(
            last.rows + item.rows, last.places + item.places, last.breaks | {len(last.rows)}
        )
    elif isinstance(last, Columns) and isinstance(item, Columns) and last.is_cut:
        found[-1] = last.with_rest(item)
    else:
        found.append(item)


def _continues(last: Grid, item: Grid) -> bool:
    if is_layout(last.rows) or is_layout(item.rows):
        return False
    return item.places[0].number == last.places[-1].number + 1 and _width(item) == _width(last)


def _width(grid: Grid) -> int:
    return max(sum(cell.columns for cell in row) for row in grid.rows)


def _kept(one: _Laid, running: set[str], seen: set[str]) -> tuple[list[Line], int]:
    """The lines of a page without its number; a running line is kept where it stands first."""
    kept: list[Line] = []
    dropped = 0
    for line in one.lines:
        if _in_margin(line, one.page) and _PAGE_NUMBER.fullmatch(line.text):
            continue
        key = _key(line)
        if _in_margin(line, one.page) and key in running:
            if key in seen:
                dropped += 1
                continue
            seen.add(key)
        kept.append(line)
    return kept, dropped


def _running(laid: Sequence[_Laid]) -> set[str]:
    """What stands in the margins of three pages or more, digits aside; never the form's own head."""
    counted = Counter(
        key
        for one in laid
        for key in {_key(line) for line in one.lines if _in_margin(line, one.page)}
    )
    return {key for key, count in counted.items() if count >= _REPEATED}


def _key(line: Line) -> str:
    text = line.text
    if forms.is_national_heading(text) or "CỘNG HÒA" in text or forms.is_authority(text):
        return ""
    return _DIGITS.sub("0", text)


def _in_margin(line: Line, page: Page) -> bool:
    return line.bottom < _MARGIN or line.top > page.height - _MARGIN
