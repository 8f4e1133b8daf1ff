"""The reader of .docx: paragraphs, lists, tables, text boxes, headers and notes as plain pieces.

ECMA-376 part 1, §17. Changes that are being tracked count as accepted; comments and hidden text are
no part of the paper. Nothing in the file is executed, unpacked to disk or fetched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import regex

from documents.importing.archive import Archive
from documents.importing.decode import MAX_BYTES
from documents.importing.findings import Findings, Unreadable
from documents.importing.plain import Cell, Grid, Paragraph, Piece, Place, Plain, one_line, write
from documents.importing.tabbed import in_columns
from documents.importing.word_lists import Lists, W, drawn, glyph, switched_on, whole

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

DOCUMENT = "word/document.xml"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_GONE = {f"{W}{name}" for name in ("del", "moveFrom", "delText", "rPr", "pPr", "delInstrText")}
_CHANGED = {f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo")}
_BREAKS = {
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}noBreakHyphen": "-",
}
_WRAPPERS = {
    f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")
} | {f"{_MC}AlternateContent", f"{_MC}Choice"}
_HUNG = {
    f"{W}{name}"
    for name in ("sym", "txbxContent", "instrText", "footnoteReference", "endnoteReference")
}
_PAGE_NUMBER = regex.compile(r"(?:Trang|Page)?[\s\-–/|.]*\d*(?:\s*(?:/|of|trên)\s*\d*)?[\s\-–|.]*")


def read_word(data: bytes) -> Plain:
    """The plain text of a .docx with the paragraph or table row of each line.

    Raises Unreadable for what is no sound, open and harmless Word file; `archive` states the
    bounds.
    """
    findings = Findings()
    archive = Archive(data, findings)
    if not archive.has(DOCUMENT):
        raise Unreadable("not_word")
    reader = _Word(archive, findings)
    pieces = reader.pieces()
    reader.tell()
    return write(pieces, findings.found, empty="scan" if archive.drawn else "empty")


@dataclass(slots=True)
class _Text:
    """The text of a paragraph under construction, and what hangs on it."""

    parts: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    upper: bool = False

    def add(self, text: str, *, upper: bool = False) -> None:
        self.parts.append(text.upper() if upper or self.upper else text)

    def hang(self, one: Element) -> None:
        """Keep what belongs to the paragraph but is no run of it; `fields` hears what fields say."""
        name = one.tag.removeprefix(W)
        if name == "sym":
            self.add(_symbol(one))
        elif name == "txbxContent":
            self.boxes.append(one)
        elif name != "instrText":
            self.notes.append((name.removesuffix("Reference"), one.get(f"{W}id", "")))

    @property
    def text(self) -> str:
        return drawn("".join(self.parts))


class _Word:
    """One document on its way; counts what was left out."""

    def __init__(self, archive: Archive, findings: Findings) -> None:
        self._archive = archive
        self._findings = findings
        self._lists = Lists.of(archive.tree("word/numbering.xml"), archive.tree("word/styles.xml"))
        self._paragraphs = self._tables = self._notes = 0
        self._left_out: dict[str, int] = {}
        self._parts: list[tuple[str, str]] = []
        self._joined = ""

    def pieces(self) -> list[Piece]:
        """Header lines, the body, footer lines; each header once."""
        body = [piece for block in self._body() for piece in self._block(block)]
        above, below = self._margins("header"), self._margins("footer")
        if above or below:
            self._findings.add("margins_kept", count=len(above) + len(below))
        return [*above, *in_columns(body), *below]

    def tell(self) -> None:
        """Note what was left out or moved, once each."""
        for code, count in self._left_out.items():
            self._findings.add(code, count=count)
        if self._archive.has("word/comments.xml"):
            comments = self._archive.tree("word/comments.xml")
            count = len(comments) if comments is not None else 0
            if count:
                self._findings.add("comments_left_out", count=count)

    def _body(self) -> Iterator[Element]:
        """The blocks of the body, each forgotten once it was read."""
        body: Element | None = None
        depth = size = 0
        for event, element in self._archive.events(DOCUMENT):
            if body is None:
                body = element if event == "start" and element.tag == f"{W}body" else None
                continue
            depth += 1 if event == "start" else -1
            if event == "end" and element.tag == f"{W}t":
                size += len(element.text or "")
                if size > MAX_BYTES:
                    raise Unreadable("too_large", size=size, limit=MAX_BYTES)
            if event == "end" and depth == 0:
                self._sections(element)
                yield element
                body.clear()
        if body is None:
            raise Unreadable("damaged")

    def _sections(self, block: Element) -> None:
        for kind in ("header", "footer"):
            for reference in block.iter(f"{W}{kind}Reference"):
                self._parts.append((kind, reference.get(_R_ID, "")))

    def _block(self, block: Element) -> Iterator[Piece]:
        for one in _blocks(block):
            if one.tag == f"{W}p":
                yield from self._paragraph(one)
            else:
                yield from self._table(one)

    def _paragraph(self, one: Element) -> Iterator[Piece]:
        self._paragraphs += 1
        place = Place("paragraph", self._paragraphs)
        text, found = self._text(one)
        if text.strip():
            yield Paragraph(tuple(text.split("\n")), place)
        for box in found.boxes:
            for block in box:
                yield from self._block(block)
        yield from self._notes_of(found, place)

    def _text(self, one: Element) -> tuple[str, _Text]:
        """The text of a paragraph behind its number, and what hangs on it.

        A paragraph whose mark was deleted runs on into the next one.
        """
        properties = one.find(f"{W}pPr")
        found = _Text(upper=self._lists.caps(properties))
        for child in one:
            self._collect(child, found)
        text = self._joined + found.text
        self._joined = ""
        if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
            self._joined = text
            return "", found
        label = self._lists.label(properties) if text.strip() or found.boxes else ""
        return f"{label} {text.lstrip()}" if label and text.strip() else text, found

    def _collect(self, one: Element, into: _Text, *, upper: bool = False) -> None:
        tag = one.tag
        if tag in _CHANGED:
            self._count("tracked_accepted")
        if tag in _GONE:
            return
        if tag == f"{W}r":
            properties = one.find(f"{W}rPr")
            if properties is not None:
                if switched_on(properties.find(f"{W}vanish")):
                    self._count("hidden_left_out")
                    return
                upper = switched_on(properties.find(f"{W}caps"))
        elif self._written(one, into, upper=upper):
            return
        for child in one:
            self._collect(child, into, upper=upper)

    def _written(self, one: Element, into: _Text, *, upper: bool) -> bool:
        """Take what holds text itself; whether it is done with."""
        tag = one.tag
        if tag in (f"{W}t", _MATH_TEXT):
            into.add(one.text or "", upper=upper)
        elif tag in _BREAKS:
            into.add(_BREAKS[tag])
        elif tag == f"{_MC}AlternateContent":
            for child in _chosen(one):
                self._collect(child, into, upper=upper)
        elif tag in _HUNG:
            into.hang(one)
        else:
            return False
        return True

    def _notes_of(self, found: _Text, place: Place) -> Iterator[Piece]:
        """The notes that a paragraph refers to, as paragraphs below it."""
        for kind, name in found.notes:
            tree = self._archive.tree(f"word/{kind}s.xml")
            note = next(
                (one for one in (tree if tree is not None else ()) if one.get(f"{W}id") == name),
                None,
            )
            text = " ".join(self._lines_of(note)) if note is not None else ""
            if text:
                self._notes += 1
                self._count("notes_moved")
                yield Paragraph((f"Chú thích {self._notes}: {text}",), place)

    def _table(self, table: Element) -> Iterator[Piece]:
        self._tables += 1
        number = self._tables
        rows: list[tuple[Cell, ...]] = []
        places: list[Place] = []
        drawn_rows = [row for row in _children(table, "tr") if not _deleted(row)]
        cells = list(_children(drawn_rows[0], "tc")) if len(drawn_rows) == 1 else []
        if len(cells) == 1:
            # A frame around a part of the paper is no table.
            for block in cells[0]:
                yield from self._block(block)
            return
        for place, row in enumerate(drawn_rows, 1):
            rows.append(tuple(self._cells(row)))
            places.append(Place("row", place, number))
        if rows:
            yield Grid(tuple(rows), tuple(places))

    def _cells(self, row: Element) -> Iterator[Cell]:
        properties = row.find(f"{W}trPr")
        for side in ("gridBefore", "gridAfter"):
            skipped = properties.find(f"{W}{side}") if properties is not None else None
            width = min(whole(skipped.get(f"{W}val"), 0), 60) if skipped is not None else 0
            if side == "gridBefore":
                if width:
                    yield Cell((), width)
                yield from (self._cell(cell) for cell in _children(row, "tc"))
            elif width:
                yield Cell((), width)

    def _cell(self, cell: Element) -> Cell:
        properties = cell.find(f"{W}tcPr")
        if properties is None:
            return Cell(tuple(self._lines_of(cell)))
        span = properties.find(f"{W}gridSpan")
        merged = properties.find(f"{W}vMerge")
        columns = max(1, min(whole(span.get(f"{W}val"), 1), 60)) if span is not None else 1
        hidden = merged is not None and merged.get(f"{W}val", "continue") == "continue"
        if hidden or properties.find(f"{W}cellDel") is not None:
            return Cell((), columns)
        return Cell(tuple(self._lines_of(cell)), columns)

    def _lines_of(self, holder: Element) -> Iterator[str]:
        """The lines of a cell, a note or a margin; a table inside becomes one line a row."""
        for block in holder:
            for one in _blocks(block):
                if one.tag == f"{W}tbl":
                    self._count("table_nested")
                    for row in _children(one, "tr"):
                        yield one_line(" ".join(" ".join(c.lines) for c in self._cells(row)))
                    continue
                text, found = self._text(one)
                yield from (one_line(line) for line in text.split("\n") if line.strip())
                for box in found.boxes:
                    yield from self._lines_of(box)
                for note in self._notes_of(found, Place("paragraph", 1)):
                    yield from note.lines if isinstance(note, Paragraph) else ()

    def _margins(self, kind: str) -> list[Piece]:
        """The distinct lines of the headers or footers in use; page numbers are none."""
        relations = self._archive.tree("word/_rels/document.xml.rels")
        targets = {
            one.get("Id", ""): one.get("Target", "")
            for one in (relations if relations is not None else ())
        }
        kept: dict[str, None] = {}
        for name in dict.fromkeys(targets.get(key, "") for of, key in self._parts if of == kind):
            part = f"word/{name}" if not name.startswith("/") else name[1:]
            root = self._archive.tree(part)
            for line in self._lines_of(root) if root is not None else ():
                if not _PAGE_NUMBER.fullmatch(line):
                    kept[line] = None
        return [Paragraph((line,), Place("paragraph", 1)) for line in kept]

    def _count(self, code: str) -> None:
        self._left_out[code] = self._left_out.get(code, 0) + 1


def _blocks(block: Element) -> Iterator[Element]:
    """The paragraphs and tables of a block, whatever is wrapped around them."""
    if block.tag in (f"{W}p", f"{W}tbl"):
        yield block
    elif block.tag == f"{_MC}AlternateContent":
        for child in _chosen(block):
            yield from _blocks(child)
    elif block.tag in _WRAPPERS:
        for child in block:
            yield from _blocks(child)


def _children(parent: Element, name: str) -> Iterator[Element]:
    """The rows of a table or cells of a row, whatever is wrapped around them."""
    for child in parent:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, name)


def _chosen(alternatives: Element) -> Iterable[Element]:
    """One of several writings of the same: the newer where it has text, else the older."""
    choices = [one for one in alternatives if one.tag == f"{_MC}Choice"]
    older = [one for one in alternatives if one.tag == f"{_MC}Fallback"]
    for one in (*choices[:1], *older):
        if any((text.text or "").strip() for text in one.iter(f"{W}t")):
            return list(one)
    return []


def _deleted(row: Element) -> bool:
    return row.find(f"{W}trPr/{W}del") is not None


def _symbol(one: Element) -> str:
    code = one.get(f"{W}char", "")
    return glyph(int(code, 16)) if regex.fullmatch(r"[0-9A-Fa-f]{1,4}", code) else ""
