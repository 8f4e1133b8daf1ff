"""The reader of HTML pasted from Word or a web page: its words, lists and tables as plain pieces.

Styles, scripts and pictures mean nothing here; nothing is executed and nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex

from documents.importing.confined import HERE, Bounds, answer_of
from documents.importing.findings import Findings, Unreadable
from documents.importing.plain import Cell, Grid, Paragraph, Piece, Place, Plain, one_line, write
from documents.importing.tabbed import in_columns
from documents.importing.word_lists import drawn, numbered, whole

MAX_MARKUP = 4 * 1024 * 1024
MAX_LEVELS = 150
MAX_MARKS = 400_000
MAX_CELLS = 200_000
BOUNDS = Bounds(seconds=8, deadline=20.0, memory=1_200 * 1024 * 1024, answer=64 * 1024 * 1024)
CHILD = HERE / "markup_child.py"

_BLOCKS = {
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "section",
    "article", "header", "footer", "main", "pre", "center", "dl", "dt", "dd", "hr", "form",
    "fieldset", "address", "caption", "figure", "aside", "nav", "body",
}  # fmt: skip
_HIDDEN = regex.compile(
    r"display\s*:\s*none|mso-hide\s*:\s*all|mso-element\s*:\s*comment", regex.IGNORECASE
)
_TAB = regex.compile(r"mso-tab-count\s*:\s*\d", regex.IGNORECASE)
_MARK = regex.compile(r"mso-list\s*:\s*Ignore", regex.IGNORECASE)
_UPPER = regex.compile(r"text-transform\s*:\s*uppercase", regex.IGNORECASE)
_WHITE = regex.compile(r"[ \t\r\n\f]+")
_GLYPHS = regex.compile(r"[·o§Øvü]")
_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


def read_markup(html: str) -> Plain:
    """The plain text of pasted HTML; raises Unreadable.

    Bounds: MAX_MARKUP bytes, MAX_LEVELS, MAX_MARKS, MAX_CELLS, and what the parsing child may use.
    """
    data = html.encode("utf-8", errors="replace")
    if len(data) > MAX_MARKUP:
        raise Unreadable("file_too_large", size=len(data), limit=MAX_MARKUP)
    answer = answer_of(CHILD, data, BOUNDS, MAX_LEVELS, MAX_MARKS)
    if answer.get("refused") == "levels":
        raise Unreadable("xml_too_deep", limit=MAX_LEVELS)
    if "refused" in answer:
        raise Unreadable("stopped")
    reader = _Markup()
    pieces = list(reader.pieces(_tree(answer["marks"])))
    findings = Findings()
    if reader.hidden:
        findings.add("hidden_left_out", count=reader.hidden)
    return write(in_columns(pieces), findings.found)


@dataclass(slots=True)
class _Node:
    """An element with what stands in it."""

    tag: str = "body"
    attributes: dict[str, str] = field(default_factory=dict)
    inside: list[_Node | str] = field(default_factory=list)

    @property
    def style(self) -> str:
        return self.attributes.get("style", "")

    @property
    def is_hidden(self) -> bool:
        return "hidden" in self.attributes or _HIDDEN.search(self.style) is not None

    def words(self) -> str:
        """All text inside."""
        return "".join(one if isinstance(one, str) else one.words() for one in self.inside)


def _tree(marks: Sequence[object]) -> _Node:
    """The elements that the child listed one after the other."""
    root = _Node()
    path = [root]
    for mark in marks:
        if isinstance(mark, str):
            path[-1].inside.append(mark)
        elif isinstance(mark, list) and mark[0] == 1:
            node = _Node(str(mark[1]), dict(mark[2]))
            path[-1].inside.append(node)
            path.append(node)
        elif len(path) > 1:
            path.pop()
    return root


@dataclass(slots=True)
class _List:
    """A list being counted."""

    form: str
    value: int


@dataclass(slots=True)
class _Markup:
    """Walks over the elements; `text` is the paragraph under construction."""

    text: list[str] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0
    hidden: int = 0

    def pieces(self, node: _Node) -> Iterator[Piece]:
        """The paragraphs and tables of an element and all that is in it."""
        yield from self._inside(node, upper=False)
        yield from self._flush()

    def _inside(self, node: _Node, *, upper: bool) -> Iterator[Piece]:
        upper = upper or _UPPER.search(node.style) is not None
        for one in node.inside:
            if isinstance(one, str):
                text = _WHITE.sub(" ", drawn(one))
                self.text.append(text.upper() if upper else text)
            elif one.is_hidden:
                self.hidden += 1
            elif not self._marked(one):
                yield from self._element(one, upper=upper)

    def _marked(self, one: _Node) -> bool:
        """Take what stands for a sign of its own: a break, a TAB, a number that Word has drawn."""
        if one.tag == "br":
            self.text.append("\n")
        elif _TAB.search(one.style):
            self.text.append("\t")
        elif _MARK.search(one.style):
            mark = one_line(drawn(one.words()))
            self.text.append(f"{'•' if _GLYPHS.fullmatch(mark) else mark} ")
        else:
            return False
        return True

    def _element(self, one: _Node, *, upper: bool) -> Iterator[Piece]:
        if one.tag == "table":
            yield from self._flush()
            yield from self._table(one)
        elif one.tag in _BLOCKS:
            yield from self._flush()
            yield from self._block(one, upper=upper)
            yield from self._flush()
        else:
            yield from self._inside(one, upper=upper)

    def _block(self, one: _Node, *, upper: bool) -> Iterator[Piece]:
        if one.tag in {"ol", "ul"}:
            form = _FORMS.get(one.attributes.get("type", ""), "decimal")
            start = whole(one.attributes.get("start"), 1)
            self.lists.append(_List(form if one.tag == "ol" else "bullet", start))
            yield from self._inside(one, upper=upper)
            self.lists.pop()
            return
        if one.tag == "li" and self.lists:
            self.text.append(self._label(one))
        yield from self._inside(one, upper=upper)

    def _label(self, one: _Node) -> str:
        """The number a browser draws; none where Word's own stands in the text."""
        current = self.lists[-1]
        if _MARK.search("".join(child.style for child in _elements(one))):
            return ""
        if current.form == "bullet":
            return "- "
        value = whole(one.attributes.get("value"), current.value)
        current.value = value + 1
        end = ")" if current.form == "lowerLetter" else "."
        return f"{numbered(current.form, value)}{end} "

    def _flush(self) -> Iterator[Piece]:
        lines = "".join(self.text).split("\n")
        self.text.clear()
        if any(line.strip() for line in lines):
            self.paragraphs += 1
            place = Place("paragraph", self.paragraphs)
            yield Paragraph(tuple(line.strip(" \xa0") for line in lines), place)

    def _table(self, table: _Node) -> Iterator[Piece]:
        rows = [list(_cells(row)) for row in _rows(table)]
        rows = [row for row in rows if row]
        if len(rows) == 1 and len(rows[0]) == 1:
            yield from self.pieces(rows[0][0])
            return
        self.tables += 1
        number = self.tables
        filled = [tuple(row) for row in self._filled(rows)]
        if filled:
            places = tuple(Place("row", place, number) for place in range(1, len(filled) + 1))
            yield Grid(tuple(filled), places)

    def _filled(self, rows: Sequence[Sequence[_Node]]) -> Iterator[list[Cell]]:
        """Rows with a blank where a cell of a row above reaches down."""
        down: dict[int, tuple[int, int]] = {}
        count = 0
        for row in rows:
            cells: list[Cell] = []
            column = 0
            waiting = list(row)
            while waiting or column in down:
                if column in down:
                    left, columns = down.pop(column)
                    cells.append(Cell((), columns))
                    if left > 1:
                        down[column] = left - 1, columns
                else:
                    node = waiting.pop(0)
                    columns = min(max(whole(node.attributes.get("colspan"), 1), 1), 60)
                    reach = min(max(whole(node.attributes.get("rowspan"), 1), 1), len(rows))
                    cells.append(Cell(tuple(self._lines(node)), columns))
                    if reach > 1:
                        down[column] = reach - 1, columns
                column += columns
                count += 1
                if count > MAX_CELLS:
                    raise Unreadable("stopped")
            yield cells

    def _lines(self, cell: _Node) -> Iterator[str]:
        """The lines of a cell; a table inside becomes one line a row."""
        inner = _Markup()
        for piece in inner.pieces(cell):
            if isinstance(piece, Paragraph):
                yield from (line for line in map(one_line, piece.lines) if line)
            else:
                for row in piece.rows:
                    yield one_line(" ".join(" ".join(one.lines) for one in row))
        self.hidden += inner.hidden


def _elements(node: _Node) -> Iterator[_Node]:
    for one in node.inside:
        if isinstance(one, _Node):
            yield one
            yield from _elements(one)


def _rows(table: _Node) -> Iterator[_Node]:
    for one in table.inside:
        if isinstance(one, _Node):
            if one.tag == "tr":
                yield one
            elif one.tag in {"tbody", "thead", "tfoot"}:
                yield from _rows(one)


def _cells(row: _Node) -> Iterator[_Node]:
    for one in row.inside:
        if isinstance(one, _Node) and one.tag in {"td", "th"} and not one.is_hidden:
            yield one
