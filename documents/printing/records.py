"""What the procedure writes about a paper, printed: the parts of its sheets, and its very words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import rfc8785

from documents.content.tree import Row, Table
from documents.printing import tables
from documents.printing.compose import said
from documents.printing.paper import PrintedBlock, PrintedSignature
from documents.printing.pdf import as_data

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from documents.printing.paper import Paper


def words_of(paper: Paper) -> bytes:
    """Give everything on the sheets as canonical JSON (RFC 8785); the PDF carries it along."""
    return rfc8785.dumps(json.loads(as_data(paper)))


def heading(words: str) -> PrintedBlock:
    """Set one line above what follows it."""
    return PrintedBlock("heading", said(words))


def paragraphs(text: str) -> Iterator[PrintedBlock]:
    """Set a text, a paragraph a line; empty lines are left out."""
    for line in text.splitlines():
        if line.strip():
            yield PrintedBlock("paragraph", said(line.strip()))


def addressee(words: str) -> PrintedBlock:
    """Set the line that says to whom a paper goes apart from its text."""
    return PrintedBlock("addressee", said(words))


def table(
    columns: Sequence[str], rows: Sequence[Sequence[str]], *, wide: bool = False
) -> PrintedBlock:
    """Set a table of so many columns; `wide` where the sheet lies on its long side."""
    held = Table(tuple(columns), tuple(Row(tuple(cells)) for cells in rows))
    return PrintedBlock("table", table=tables.printed(held, wide=wide))


def two_signatures(left: tuple[str, str], right: tuple[str, str]) -> PrintedBlock:
    """Leave room for two to sign by hand beside each other, each with title and name."""
    first, second = (
        PrintedSignature((said(title),), "", said(name)) for title, name in (left, right)
    )
    return PrintedBlock("signature", beside=first, signature=second)
