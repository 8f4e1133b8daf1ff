"""Paragraphs into blocks: items, points, bullets, headings, mottoes, notes, tables, signatures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import regex

from documents.content.quoting import outside_quotations
from documents.content.tree import Block, Clause, ClauseKind, Row, Table
from documents.importing import forms
from documents.importing.cursor import Cursor
from documents.importing.layout import Line, Para, is_caps
from documents.importing.signatures import take_signature

if TYPE_CHECKING:
    from documents.content.facts import SignatureBlock
    from documents.importing.findings import Findings

_ITEM = regex.compile(
    r"(?P<marker>\d{1,3}[.)]|\d{1,2}(?:\.\d{1,2}){1,3}[.)]?|Điều\s+\d{1,3}[a-zđ]?\s*[.:])(?:\s+(?P<text>.*))?"
)
_POINT = regex.compile(r"(?P<marker>[a-zđ]\))\s+(?P<text>.*)")
_BULLET = regex.compile(r"(?P<marker>[-–•+*])\s+(?P<text>.*)")
_HEADING = regex.compile(
    r"(?:Chương|Mục|Phần|CHƯƠNG|MỤC|PHẦN)\s+(?:[IVXLC]+|\d+)\b.{0,200}|[IVX]{1,5}\.\s.{1,200}"
)
_MOTTO = regex.compile(r"“[^“”]+”\.?|\"[^\"]+\"\.?")
_NOTES = regex.compile(r"(?:Ghi chú|GHI CHÚ)\s*:?")
_FIRST_HEADER = regex.compile(r"(?:STT|TT|Số TT|Stt)\.?")


@dataclass(slots=True)
class _Draft:
    """A clause under construction; its id is "@" and the line until ids are given."""

    kind: ClauseKind
    text: str
    marker: str
    line: int
    children: list[_Draft | _Rows] = field(default_factory=list)

    def freeze(self) -> Clause:
        below = tuple(child.freeze() for child in self.children)
        return Clause(self.kind, self.text, self.marker, below, f"@{self.line}")


@dataclass(slots=True)
class _Rows:
    """A table under construction."""

    columns: Row
    rows: list[Row]
    breaks: list[int] = field(default_factory=list)

    def freeze(self) -> Table:
        return Table(self.columns.cells, tuple(self.rows), tuple(self.breaks), self.columns.id)


def read_blocks(
    paras: Iterable[Para],
    findings: Findings,
    signatures: list[tuple[SignatureBlock, int]] | None = None,
) -> tuple[Block, ...]:
    """The blocks of paragraphs; with `signatures` given, signature blocks go there, with their line.

    What a quotation of several paragraphs counts ("1. …" of a quoted article) is not counted here:
    it stays a paragraph as it is printed.
    """
    given = list(paras)
    cursor = Cursor(given)
    outside = outside_quotations([para.text for para in given])
    quoted = {
        para.line
        for para, is_own in zip(given, outside, strict=True)
        if not is_own and not para.text.startswith(("“", '"', "«"))
    }
    flat: list[_Draft | _Rows] = []
    previous_is_table = False
    while (para := cursor.peek()) is not None:
        if (
            signatures is not None
            and not para.is_table
            and forms.opens_signature(para.lines[0].text)
        ):
            block, line = take_signature(cursor, findings)
            signatures.append((block, line))
            flat.append(_Draft("signature", "", "", line))
        elif para.is_table:
            _table(cursor.take(), flat, findings, joins=previous_is_table)
        else:
            flat.append(_quoted(para) if para.line in quoted else _clause(para))
            cursor.take()
        previous_is_table = para.is_table
    return tuple(block.freeze() for block in _nest(flat))


def _quoted(para: Para) -> _Draft:
    return _Draft("paragraph", para.text, "", para.line)


def _clause(para: Para) -> _Draft:
    text = para.text
    for kind, pattern in _MARKED:
        found = pattern.fullmatch(text)
        if found is not None:
            return _Draft(kind, found["text"] or "", found["marker"], para.line)
    return _Draft(_plain_kind(text), text, "", para.line)


_MARKED: tuple[tuple[ClauseKind, regex.Pattern[str]], ...] = (
    ("item", _ITEM),
    ("point", _POINT),
    ("bullet", _BULLET),
)


def _plain_kind(text: str) -> ClauseKind:
    if _NOTES.fullmatch(text):
        return "notes"
    if len(text) < 300 and is_caps(text):
        return "motto" if _MOTTO.fullmatch(text) else "heading"
    return "heading" if _HEADING.fullmatch(text) else "paragraph"


def _nest(flat: list[_Draft | _Rows]) -> list[_Draft | _Rows]:
    """Points hang below the item before them, bullets below point or item, items below notes."""
    top: list[_Draft | _Rows] = []
    path: list[_Draft] = []
    for block in flat:
        if isinstance(block, _Rows):
            path = []
            top.append(block)
            continue
        path = [above for above in path if _hangs(block, above)]
        (path[-1].children if path else top).append(block)
        if block.kind in _ABOVE:
            path.append(block)
    return top


_ABOVE: dict[ClauseKind, set[ClauseKind]] = {
    "notes": {"item", "point", "bullet"},
    "item": {"point", "bullet"},
    "point": {"bullet"},
}


def _hangs(block: _Draft, above: _Draft) -> bool:
    return block.kind in _ABOVE[above.kind]


def _table(para: Para, flat: list[_Draft | _Rows], findings: Findings, *, joins: bool) -> None:
    """Append a table, or continue the one above when only a page break parts them."""
    rows = [
        Row(tuple(cell.strip() for cell in line.text.split("\t")), f"@{line.number}")
        for line in para.lines
    ]
    above = flat[-1] if flat else None
    if joins and isinstance(above, _Rows) and _continues(above, rows[0]):
        above.breaks.append(len(above.rows))
        above.rows += rows
        findings.add("table_break", para.line)
        _ragged(above, rows, findings)
    elif len(rows) == 1 and len(rows[0].cells) == 2:
        flat.append(_clause(Para(tuple(_spaced(para)))))
    else:
        table = _Rows(rows[0], rows[1:])
        flat.append(table)
        _ragged(table, rows, findings)


def _spaced(para: Para) -> list[Line]:
    return [Line(line.number, line.text.replace("\t", " ").strip()) for line in para.lines]


def _continues(above: _Rows, first: Row) -> bool:
    if first.cells == above.columns.cells:
        return True
    if _FIRST_HEADER.fullmatch(first.cells[0]):
        return False
    return abs(len(first.cells) - len(above.columns.cells)) <= 1


def _ragged(table: _Rows, rows: list[Row], findings: Findings) -> None:
    expected = len(table.columns.cells)
    odd = next((row for row in rows if len(row.cells) != expected), None)
    if odd is not None:
        line = int(odd.id.removeprefix("@"))
        findings.add("table_ragged", line, found=len(odd.cells), expected=expected)
