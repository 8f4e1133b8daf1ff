"""What a person does to a table of a draft: rows and columns put in, taken out, moved, joined.

A table is its rows, cell by cell; the first is the head, an empty one is a page break. Ordinals in
the first column are counted anew when they were counted before.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

Rows = tuple[tuple[str, ...], ...]
Way = Literal["up", "down", "left", "right"]

PLACE = "[…]"
MOST_COLUMNS = 30


def text_of_rows(rows: Sequence[Sequence[str]]) -> str:
    """A table as the text of a draft writes it; a row without any word is left out."""
    lines = ["\t".join(_cell(cell) for cell in row) for row in rows]
    kept = [line if line.strip() else "" for line in lines]
    # A break stands between two rows, never at the edge or twice.
    shown = [
        line
        for place, line in enumerate(kept)
        if line or (not rows[place] and any(kept[:place]) and any(kept[place + 1 :]))
    ]
    return "\n".join(
        line for place, line in enumerate(shown) if line or (place and shown[place - 1])
    )


def add_row(rows: Rows, at: int) -> Rows:
    """Put an empty row below a row, as wide as the head."""
    width = len(rows[0])
    fresh = (("", PLACE, *[""] * (width - 2)) if width > 1 else (PLACE,))[:width]
    return _counted((*rows[: at + 1], fresh, *rows[at + 1 :]), rows, fresh=at + 1)


def remove_row(rows: Rows, at: int) -> Rows:
    """Take a row out; the head stays, `ValueError`."""
    if at == 0:
        raise ValueError("the head of a table stays")
    return _counted((*rows[:at], *rows[at + 1 :]), rows)


def move_row(rows: Rows, at: int, way: Way) -> Rows:
    """Change places with the row above or below; `ValueError` at the edge and for the head."""
    other = at - 1 if way == "up" else at + 1
    if not (1 <= at < len(rows) and 1 <= other < len(rows)):
        raise ValueError(f"row {at} cannot move {way}")
    moved = [*rows]
    moved[at], moved[other] = moved[other], moved[at]
    return _counted(tuple(moved), rows)


def join_up(rows: Rows, at: int) -> Rows:
    """Join a row to the one above, cell by cell: what a page break had torn; head: `ValueError`."""
    above = at - 1
    if above >= 1 and not rows[above]:
        return join_up((*rows[:above], *rows[at:]), above)
    if above < 1:
        raise ValueError(f"row {at} has no row above it")
    width = max(len(rows[above]), len(rows[at]))
    first, second = _wide(rows[above], width), _wide(rows[at], width)
    joined = tuple(
        " ".join(part for part in pair if part) for pair in zip(first, second, strict=True)
    )
    # The ordinal of a torn row is that of the row above.
    joined = (first[0] or second[0], *joined[1:])
    return _counted((*rows[:above], joined, *rows[at + 1 :]), rows)


def add_column(rows: Rows, at: int) -> Rows:
    """Put an empty column to the right of a column; `ValueError` above 30 columns."""
    if len(rows[0]) >= MOST_COLUMNS:
        raise ValueError(f"a table has at most {MOST_COLUMNS} columns")
    return tuple(
        (*row[: at + 1], PLACE if place == 0 else "", *row[at + 1 :]) if row else row
        for place, row in enumerate(rows)
    )


def remove_column(rows: Rows, at: int) -> Rows:
    """Take a column out; a table keeps two columns, `ValueError`."""
    if len(rows[0]) <= 2:
        raise ValueError("a table keeps two columns")
    return tuple((*row[:at], *row[at + 1 :]) for row in rows)


def move_column(rows: Rows, at: int, way: Way) -> Rows:
    """Change places with the column to the left or right; `ValueError` at the edge."""
    other = at - 1 if way == "left" else at + 1
    if not (0 <= at < len(rows[0]) and 0 <= other < len(rows[0])):
        raise ValueError(f"column {at} cannot move {way}")
    first, second = min(at, other), max(at, other)
    return tuple(
        (*row[:first], row[second], *row[first + 1 : second], row[first], *row[second + 1 :])
        if len(row) > second
        else row
        for row in rows
    )


def _cell(text: str) -> str:
    return " ".join(text.split())


def _wide(row: tuple[str, ...], width: int) -> tuple[str, ...]:
    return (*row, *[""] * (width - len(row)))


def _counted(rows: Rows, before: Rows, fresh: int | None = None) -> Rows:
    """Count on where the first column held 1, 2, 3, …; rows that continue another have none."""
    if not _is_counted(before):
        return rows
    counted: list[tuple[str, ...]] = [rows[0]]
    number = 0
    for place, row in enumerate(rows[1:], 1):
        if row and (row[0].rstrip(".").isdecimal() or place == fresh):
            number += 1
            dot = "." if row[0].endswith(".") else ""
            counted.append((f"{number}{dot}", *row[1:]))
        else:
            counted.append(row)
    return tuple(counted)


def _is_counted(rows: Rows) -> bool:
    ordinals = [
        int(row[0].rstrip(".")) for row in rows[1:] if row and row[0].rstrip(".").isdecimal()
    ]
    return bool(ordinals) and ordinals == list(range(1, len(ordinals) + 1))
