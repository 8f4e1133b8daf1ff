"""A printed table of objectives into rows that mean something.

An empty first cell means a further measure of the objective above, or, after a page break, the
rest of a sentence that the break cut; a cell may be printed once for several rows.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import regex

from documents.content.folding import fold
from documents.content.objectives.columns import Column, column_named, columns
from documents.content.objectives.deadlines import deadline, every
from documents.content.objectives.model import Deadline, Doubt, Every, Measure, Objective, Target
from documents.content.objectives.parties import parties
from documents.content.objectives.phrases import unit_of
from documents.content.objectives.targets import targets_in_cell, targets_in_clause

if TYPE_CHECKING:
    from documents.content.tree import Row, Table

_ORDINAL = regex.compile(r"\(?(?P<number>\d{1,3}(?:\.\d{1,3}){0,2}|[IVX]{1,5}|[a-zđA-ZĐ])[.)]?")
_ROMAN = regex.compile(r"[IVX]{1,5}|[A-ZĐ]")
_ENDED = (".", "!", "?", "./.")
_GOES_ON = regex.compile(r"(?:[,;:–-]|\b(?:và|của|theo|cho|tại|với|do|để|hoặc|các|trong|từ|đến))$")
# Cells of these columns are printed once for several numbered rows; an objective never is.
_SHARED: tuple[Column, ...] = ("measure", "method", "resources", "responsible", "deadline")
_FEWEST_HEADERS = 3
# A second line of headers, under one that spans at least two columns.
_FEWEST_BELOW, _LONGEST_HEADER = 2, 60
_TEXTS: tuple[Column, ...] = (
    "objective",
    "target",
    "measure",
    "method",
    "responsible",
    "resources",
)


@dataclass(slots=True)
class _Line:
    """One row with a meaning for each cell; `starts` says that an objective begins here."""

    cells: dict[Column, str]
    ids: list[str]
    starts: bool
    doubts: list[Doubt] = field(default_factory=list)

    def get(self, column: Column) -> str:
        return self.cells.get(column, "")


def objectives_in(
    table: Table, *, year: int | None = None, above: str = ""
) -> tuple[Objective, ...] | None:
    """The objectives of a table; None if its headers are not those of one.

    `above` is a deadline for the whole table, from the sentence over it.
    """
    headers = _with_lower_headers(table)
    meant = columns(headers)
    if meant is None:
        return None
    lines = _lines(table, meant, {*table.columns, *headers})
    _merge_across(lines)
    read: list[Objective] = []
    group = ""
    for line in lines:
        if _is_group(line):
            group = line.get("objective") or line.get("target")
        elif line.starts or not read:
            read.append(_objective(line, group, year, above))
        else:
            read[-1] = _further(read[-1], line, year, above)
    return tuple(read)


def _with_lower_headers(table: Table) -> tuple[str, ...]:
    """The headers, those of a second line under a header that spans several columns included."""
    first = table.rows[0].cells if table.rows else ()
    told = [place for place, cell in enumerate(first) if cell.strip()]
    full = set(told)
    spread = {place for place in told if place + 1 in full or place - 1 in full}
    is_header = (
        len(told) >= _FEWEST_BELOW
        and told[0] > 0
        and spread == full
        and all(_is_header(first[place]) for place in told)
    )
    if not is_header or len(first) != len(table.columns):
        return table.columns
    return tuple(
        below if below.strip() else above for above, below in zip(table.columns, first, strict=True)
    )


def _is_header(cell: str) -> bool:
    return len(cell) < _LONGEST_HEADER and column_named(cell) is not None


def _lines(table: Table, meant: tuple[Column, ...], headers_told: set[str]) -> list[_Line]:
    """The rows without repeated headers, what a page break cut put together again."""
    headers = set(table.repeated_headers)
    headed = {fold(header) for header in headers_told if header.strip()}
    lines: list[_Line] = []
    after_break = False
    for place, row in enumerate(table.rows):
        after_break = after_break or place in table.breaks
        if place in headers or _repeats(row, headed):
            after_break = True
            continue
        if not any(cell.strip() for cell in row.cells):
            continue
        line = _line(row, meant)
        if lines and not line.starts and after_break and _is_rest(line, lines[-1]):
            _join(lines[-1], line)
        else:
            lines.append(line)
        after_break = False
    return lines


def _repeats(row: Row, headed: set[str]) -> bool:
    """Whether a row prints the headers again, shifted or cut by a page."""
    told = {fold(cell) for cell in row.cells if cell.strip()}
    enough = _FEWEST_BELOW if not row.cells[0].strip() else _FEWEST_HEADERS
    return len(told) >= enough and told <= headed


def _line(row: Row, meant: tuple[Column, ...]) -> _Line:
    cells: dict[Column, str] = {}
    for column, cell in zip(meant, row.cells, strict=False):
        if column != "unread":
            cells[column] = cell.strip()
    doubts: list[Doubt] = []
    if any(cell.strip() for cell in row.cells[len(meant) :]):
        doubts.append("row_ragged")
    starts = _ORDINAL.fullmatch(cells.get("ordinal", "")) is not None
    if "ordinal" not in meant:
        starts = bool(cells.get("objective"))
    return _Line(cells, [row.id], starts, doubts)


def _is_rest(line: _Line, above: _Line) -> bool:
    """Whether a row after a page break is the rest of the row above it.

    It is when what it says begins in the middle of a sentence. When it begins with a capital after
    words that cannot end a sentence, it is the rest too, with a doubt.
    """
    said = [(column, line.get(column)) for column in _TEXTS if line.get(column)]
    if not said:
        return False
    if all(text[:1].islower() for _, text in said):
        return True
    column, text = said[0]
    if text[:1].islower() or _GOES_ON.search(above.get(column)):
        line.doubts.append("break_unsure")
        return True
    return False


def _join(above: _Line, rest: _Line) -> None:
    for column, text in rest.cells.items():
        above.cells[column] = f"{above.get(column)} {text}".strip()
    above.ids += rest.ids
    above.doubts += rest.doubts


def _merge_across(lines: list[_Line]) -> None:
    """Give both rows the whole text of a cell that was printed once over the two."""
    for above, here in itertools.pairwise(lines):
        if not here.starts or _is_group(above) or _is_group(here):
            continue
        for column in _SHARED:
            first, second = above.get(column), here.get(column)
            if _is_cut(first, second):
                above.cells[column] = here.cells[column] = f"{first} {second}"
                above.doubts.append("cells_merged")
                here.doubts.append("cells_merged")
            elif (
                not second and column in ("measure", "method", "responsible", "deadline") and first
            ):
                here.cells[column] = first
                here.doubts.append("cells_merged")


def _is_cut(first: str, second: str) -> bool:
    """A sentence that begins with a capital, does not end, and goes on in small letters below."""
    if not first or not second or not first[:1].isupper() or not second[:1].islower():
        return False
    return not first.endswith(_ENDED)


def _is_group(line: _Line) -> bool:
    """A row that only carries a heading: a Roman numeral or letter, and one text."""
    told = [column for column, text in line.cells.items() if text and column != "ordinal"]
    number = line.get("ordinal").strip("().")
    return len(told) == 1 and told[0] == "objective" and _ROMAN.fullmatch(number) is not None


def _objective(line: _Line, group: str, year: int | None, above: str) -> Objective:
    found = _ORDINAL.fullmatch(line.get("ordinal"))
    text = line.get("objective")
    doubts = list(line.doubts)
    if not text:
        doubts.append("objective_missing")
    targets = _counted(targets_in_cell(line.get("target"), about=text), line.get("unit"))
    in_words = targets_in_clause(text) if text else ()
    if not targets:
        targets = in_words
    elif _differ(targets, in_words):
        doubts.append("target_differs")
    measure = _measure(line, year, above)
    return Objective(
        order=found["number"] if found else "",
        text=text,
        targets=targets,
        measures=(measure,) if measure else (),
        method=line.get("method"),
        baseline=line.get("baseline"),
        group=group,
        clause_id=line.ids[0],
        doubts=tuple(dict.fromkeys(doubts)),
        is_row=True,
    )


def _counted(targets: tuple[Target, ...], unit: str) -> tuple[Target, ...]:
    """The targets with the unit of a column of its own, where their cell names none."""
    return tuple(
        replace(
            one,
            unit=unit_of(unit),
            doubts=tuple(doubt for doubt in one.doubts if doubt != "unit_missing"),
        )
        if unit and one.value is not None and not one.unit
        else one
        for one in targets
    )


def _differ(targets: tuple[Target, ...], in_words: tuple[Target, ...]) -> bool:
    """Whether the sentence of the objective names a figure that its target does not."""
    said = {one.value for one in in_words if one.value is not None}
    return bool(said) and not said & {one.value for one in targets}


def _further(objective: Objective, line: _Line, year: int | None, above: str) -> Objective:
    """A row without a number: one more measure; a target of its own is added."""
    measure = _measure(line, year, above)
    about = line.get("objective") or objective.text
    targets = _counted(targets_in_cell(line.get("target"), about=about), line.get("unit"))
    text = line.get("objective")
    return replace(
        objective,
        text=f"{objective.text} {text}".strip() if text else objective.text,
        targets=(*objective.targets, *targets),
        measures=(*objective.measures, *([measure] if measure else [])),
        doubts=tuple(dict.fromkeys((*objective.doubts, *line.doubts))),
    )


def _measure(line: _Line, year: int | None, above: str) -> Measure | None:
    told = any(line.get(column) for column in ("measure", "deadline", "responsible", "every"))
    if not told:
        return None
    by_when = deadline(line.get("deadline") or above, year=year)
    return Measure(
        text=line.get("measure"),
        deadline=by_when,
        every=_period(line.get("every"), by_when),
        responsible=line.get("responsible"),
        parties=parties(line.get("responsible")),
        method=line.get("method"),
        resources=line.get("resources"),
        note=line.get("note"),
        clause_ids=tuple(line.ids),
        doubts=tuple(_doubts_of(line, by_when)),
    )


def _period(cell: str, by_when: Deadline | None) -> Every | None:
    return every(cell) or (by_when.every if by_when else None)


def _doubts_of(line: _Line, by_when: Deadline | None) -> Iterator[Doubt]:
    yield from dict.fromkeys(line.doubts)
    if line.get("every") and every(line.get("every")) is None:
        yield "deadline_unread"
