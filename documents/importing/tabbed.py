"""Columns that were typed with the TAB key instead of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

import regex

from documents.importing.plain import Cell, Grid, Paragraph, Piece, Place, is_layout

_TABS = regex.compile(r"\s*\t[\s\t]*")
_FEWEST_CELLS = 3


def in_columns(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Pieces in which runs of lines with TABs are tables where they look like one.

    A letterhead or signature is one; so are two lines or more with the same three cells or more.
    Any other TAB is a space.
    """
    run: list[tuple[str, Place]] = []
    for piece in pieces:
        if isinstance(piece, Paragraph) and _is_tabbed(piece, run):
            run += [(line, piece.place) for line in piece.lines]
            continue
        yield from _run(run)
        run = []
        yield _spaced(piece) if isinstance(piece, Paragraph) else piece
    yield from _run(run)


def _is_tabbed(piece: Paragraph, run: list[tuple[str, Place]]) -> bool:
    if any("\t" in line.strip() for line in piece.lines):
        return True
    return bool(run) and any(line.startswith("\t") and line.strip() for line in piece.lines)


def _run(run: list[tuple[str, Place]]) -> Iterator[Piece]:
    if not run:
        return
    rows = [tuple(Cell((text,)) for text in _TABS.split(line.rstrip())) for line, _ in run]
    places = tuple(place for _, place in run)
    widths = {len(row) for row in rows}
    even = len(rows) > 1 and len(widths) == 1 and min(widths) >= _FEWEST_CELLS
    if even or is_layout(rows):
        yield Grid(tuple(rows), places)
        return
    starts = [0, *(n for n, (a, b) in enumerate(pairwise(places), 1) if a != b), len(run)]
    for start, end in pairwise(starts):
        yield _spaced(Paragraph(tuple(line for line, _ in run[start:end]), places[start]))


def _spaced(piece: Paragraph) -> Paragraph:
    return Paragraph(tuple(line.replace("\t", " ") for line in piece.lines), piece.place)
