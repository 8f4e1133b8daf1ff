"""Passages as WordprocessingML with tracked changes (ECMA-376, part 1, 17.13.5).

Accepting every change leaves the new paper, rejecting every change the old one. A moved piece is
a move at both places; its rows, which the format cannot move, are deleted and inserted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count, groupby
from typing import TYPE_CHECKING, Literal
from xml.sax.saxutils import escape, quoteattr

from documents.content.changes import Part
from documents.content.words import Run, new_text, old_text

if TYPE_CHECKING:
    from documents.content.passages import Passage

# What becomes of a stretch: it stays, comes, goes, or is moved here or away.
Mark = Literal["", "ins", "del", "moveTo", "moveFrom"]

# What XML 1.0 cannot hold; a paper holds none of it that a reader could see.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ALIGNED = {
    "agency": "centre", "type": "title", "subject": "title", "authority": "title",
    "enacting": "title", "annex": "title", "citation": "citation", "recital": "citation",
    "recipient": "small", "archive": "small",
}  # fmt: skip
_OF_PASSAGE: dict[str, Mark] = {
    "added": "ins", "removed": "del", "moved": "moveTo", "left": "moveFrom",
}  # fmt: skip
_ROWS = {"table", "row"}
_CELL = '<w:pStyle w:val="cell"/>'
# At the new place of a moved piece stand no words that went, at the old one none that came.
_UNSEEN: dict[str, str] = {"moveTo": "del", "moveFrom": "ins"}


@dataclass(frozen=True, slots=True)
class Author:
    """Whose changes they are and since when; the time is written in UTC, to the second."""

    name: str
    at: datetime


def body_of(passages: Sequence[Passage], author: Author) -> str:
    """The XML of the paragraphs and tables, in the order of the passages."""
    writer = _Writer(author)
    return "".join(writer.blocks(passages))


class _Writer:
    def __init__(self, author: Author) -> None:
        self._numbers = count(1)
        self._moved: Counter[tuple[str, int]] = Counter()
        moment = f"{author.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        self._by = f"w:author={quoteattr(clean(author.name))} w:date={quoteattr(moment)}"

    def blocks(self, passages: Sequence[Passage]) -> Iterator[str]:
        for in_table, group in groupby(passages, lambda one: one.role in _ROWS):
            if in_table:
                yield from self._table([row for one in group for row in _rows(one)])
            else:
                yield from (self._paragraph(passage) for passage in group)

    def _paragraph(self, passage: Passage) -> str:
        mark: Mark = _OF_PASSAGE.get(passage.kind, "")
        style = _ALIGNED.get(passage.role, "")
        page = "<w:pageBreakBefore/>" if passage.role == "annex" else ""
        look = (f'<w:pStyle w:val="{style}"/>' if style else "") + page
        unseen = _UNSEEN.get(mark, "")
        runs = [run for run in passage.marked_runs if run.kind != unseen]
        made = self._marked_paragraph(runs, mark, look)
        if mark not in {"moveTo", "moveFrom"}:
            return made
        number, end = next(self._numbers), f"{mark}RangeEnd"
        # Every paragraph is a move of its own: the format knows no name with two places of one kind.
        self._moved[mark, passage.move] += 1
        name = f'w:name="move{passage.move}.{self._moved[mark, passage.move]}"'
        return f'<w:{mark}RangeStart w:id="{number}" {self._by} {name}/>{made}<w:{end} w:id="{number}"/>'

    def _marked_paragraph(self, runs: Sequence[Run], mark: Mark, look: str = "") -> str:
        own = f"<w:rPr>{self._tag(mark)}</w:rPr>" if mark else ""
        head = f"<w:pPr>{look}{own}</w:pPr>" if look or own else ""
        return f"<w:p>{head}{''.join(self._run(run, mark) for run in runs)}</w:p>"

    def _run(self, run: Run, mark: Mark) -> str:
        """One stretch; inside a move the words that differ are plainly inserted or deleted."""
        kind: Mark = mark if run.kind == "equal" else run.kind
        text = "delText" if kind == "del" else "t"
        lines = clean(run.text).split("\n")
        inner = "<w:br/>".join(
            f'<w:{text} xml:space="preserve">{escape(line)}</w:{text}>' for line in lines
        )
        written = f"<w:r>{inner}</w:r>"
        if not kind:
            return written
        return f'<w:{kind} w:id="{next(self._numbers)}" {self._by}>{written}</w:{kind}>'

    def _table(self, rows: Sequence[Passage]) -> Iterator[str]:
        width = max(len(row.parts) for row in rows) or 1
        grid = "".join("<w:gridCol/>" for _ in range(width))
        look = '<w:tblStyle w:val="grid"/><w:tblW w:w="5000" w:type="pct"/>'
        body = "".join(self._row(row, width) for row in rows)
        yield f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"
        # Word wants a paragraph between two tables, and after the last one.
        yield "<w:p/>"

    def _row(self, row: Passage, width: int) -> str:
        mark = _OF_PASSAGE.get(row.kind, "")
        own = f"<w:trPr>{self._tag(mark)}</w:trPr>" if mark else ""
        last = len(row.parts) - 1
        cells = "".join(
            self._cell(part, mark, width - last if place == last else 1)
            for place, part in enumerate(row.parts)
        )
        return f"<w:tr>{own}{cells or '<w:tc><w:p/></w:tc>'}</w:tr>"

    def _cell(self, part: Part, mark: Mark, span: int) -> str:
        wide = f'<w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>' if span > 1 else ""
        cell = self._marked_paragraph(part.runs, mark, _CELL)
        return f"<w:tc>{wide}{cell}</w:tc>"

    def _tag(self, mark: Mark) -> str:
        return f'<w:{mark} w:id="{next(self._numbers)}" {self._by}/>'


def clean(text: str) -> str:
    """The text without the signs that XML 1.0 cannot hold."""
    return _NO_XML.sub("", text)


def _rows(passage: Passage) -> Iterator[Passage]:
    """A row as the format can track it: moved, or with other columns, it goes and comes again."""
    reshaped = any(part.kind != "kept" for part in passage.parts)
    if passage.kind in {"left", "removed"} or (reshaped and passage.kind not in {"moved", "added"}):
        yield replace(passage, kind="removed", parts=_side(passage.parts, "del", "added"))
    if passage.kind in {"moved", "added"} or (reshaped and passage.kind not in {"left", "removed"}):
        yield replace(passage, kind="added", parts=_side(passage.parts, "ins", "removed"))
    elif not reshaped and passage.kind not in {"left", "removed"}:
        yield passage


def _side(
    parts: Sequence[Part], kind: Literal["ins", "del"], unseen: Literal["added", "removed"]
) -> tuple[Part, ...]:
    """The cells of one side, whole: what comes with a row, or goes with it."""
    text = new_text if kind == "ins" else old_text
    return tuple(
        Part("kept", (Run(kind, said),) if (said := text(part.runs)) else ())
        for part in parts
        if part.kind != unseen
    )
