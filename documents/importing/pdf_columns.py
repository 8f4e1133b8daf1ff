"""Two columns side by side on a page: the letterhead on top, recipients and signature at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from documents.importing import forms
from documents.importing.pdf_lines import Line

if TYPE_CHECKING:
    from documents.importing.pdf_tables import Word

_HEADING = regex.compile(r"cộng h[òo][àa] xã hội chủ", regex.IGNORECASE)
_REST = regex.compile(r"(?:NGHĨA\s+)?(?:VIỆT\s+)?NAM$", regex.IGNORECASE)
_LIST = regex.compile(r"Nơi nhận\s*:?")
_MOST_LINES = 40
_MOST_HEAD = 12
_NARROWEST = 6.0
_REACH = 90.0


@dataclass(frozen=True, slots=True)
class Columns:
    """Lines that stand side by side, each column from the top."""

    left: tuple[Line, ...]
    right: tuple[Line, ...]


def parted(lines: Sequence[Line], width: float) -> Iterator[Line | Columns]:
    """The lines of a page of that width, those that stand in two columns taken together."""
    place = 0
    for start, end, gutters in _regions(lines, width):
        if start < place:
            continue
        yield from lines[place:start]
        yield _columns(lines[start:end], gutters)
        place = end
    yield from lines[place:]


def _regions(lines: Sequence[Line], width: float) -> Iterator[tuple[int, int, Sequence[float]]]:
    for place, line in enumerate(lines):
        found = None
        if _HEADING.search(line.text):
            found = _head(lines, place)
        elif _LIST.match(line.text):
            found = _foot(lines, place, width)
        if found is not None:
            yield found


def _columns(lines: Sequence[Line], gutters: Sequence[float]) -> Columns:
    left: list[Line] = []
    right: list[Line] = []
    for line, gutter in zip(lines, gutters, strict=True):
        for column, words in (
            (left, tuple(word for word in line.words if _middle(word) < gutter)),
            (right, tuple(word for word in line.words if _middle(word) >= gutter)),
        ):
            if words:
                _add(column, Line(words, line.page))
    return Columns(tuple(left), tuple(right))


def _add(column: list[Line], line: Line) -> None:
    """Add a line to a column; the name of the State is one line though a narrow column wraps it."""
    above = column[-1] if column else None
    if above is not None and _HEADING.match(above.text) and _REST.match(line.text):
        column[-1] = Line((*above.words, *line.words), above.page)
    else:
        column.append(line)


def _middle(word: Word) -> float:
    return (word.x0 + word.x1) / 2


def _head(lines: Sequence[Line], place: int) -> tuple[int, int, list[float]] | None:
    """The lines around the name of the State that its column and the agency's share."""
    words = lines[place].words
    first = next(
        (n for n, _ in enumerate(words) if _HEADING.match(" ".join(w.text for w in words[n:]))), 0
    )
    right = words[first].x0, (words[first].x0 + words[-1].x1) / 2
    gutters = [words[first].x0 - 1]
    start = end = place
    while end + 1 < len(lines) and end - place < _MOST_HEAD:
        gutter = _gutter_beside(lines[end + 1], *right)
        if gutter is None or forms.type_of(lines[end + 1].text) is not None:
            break
        gutters.append(gutter)
        end += 1
    while start and place - start < 3:
        gutter = _gutter_beside(lines[start - 1], *right)
        if gutter is None:
            break
        gutters.insert(0, gutter)
        start -= 1
    has_left = first > 0 or any(
        _middle(word) < gutter
        for line, gutter in zip(lines[start : end + 1], gutters, strict=True)
        for word in line.words
    )
    return (start, end + 1, gutters) if has_left else None


def _gutter_beside(line: Line, right: float, centre: float) -> float | None:
    """Where a line parts beside a right column beginning at `right`; None where it crosses over."""
    gaps = [
        (b.x0 - a.x1, a.x1, b.x0)
        for a, b in pairwise(line.words)
        if a.x1 < right + _REACH / 3 and b.x0 > right - _REACH
    ]
    widest, start, end = max(gaps, default=(0.0, 0.0, 0.0))
    if widest >= max(1.2 * line.size, 8.0):
        return (start + end) / 2
    if line.x1 < right + 5:
        return right
    if line.x0 > right - 3 or (line.x0 > right - _REACH and abs(line.centre - centre) < _REACH / 2):
        return line.x0 - 1
    return None


def _foot(lines: Sequence[Line], place: int, width: float) -> tuple[int, int, list[float]] | None:
    """The lines from the list of recipients on that one upright band of white parts."""
    start = place
    while start and place - start < 4 and _is_signature_beside(lines[start - 1], width):
        start -= 1
    free = [(0.25 * width, 0.8 * width)]
    end = start
    while end < len(lines) and end - start < _MOST_LINES:
        narrowed = _without(free, lines[end])
        if end > place and not narrowed:
            break
        free = narrowed
        end += 1
    if not free:
        return None
    gutter = max(free, key=lambda band: band[1] - band[0])
    at = (gutter[0] + gutter[1]) / 2
    if not any(_middle(word) > at for line in lines[start:end] for word in line.words):
        return None
    return start, end, [at] * (end - start)


def _is_signature_beside(line: Line, width: float) -> bool:
    return line.x0 > 0.4 * width and forms.opens_signature(line.text)


def _without(free: list[tuple[float, float]], line: Line) -> list[tuple[float, float]]:
    """The bands of white that a line leaves; a space between its words is none."""
    spans: list[list[float]] = []
    for word in line.words:
        if spans and word.x0 - spans[-1][1] < max(1.2 * line.size, 8.0):
            spans[-1][1] = max(spans[-1][1], word.x1)
        else:
            spans.append([word.x0, word.x1])
    for left, right in spans:
        free = [
            (start, end)
            for band in free
            for start, end in (
                (band[0], min(band[1], left - 1)),
                (max(band[0], right + 1), band[1]),
            )
            if end - start >= _NARROWEST
        ]
    return free
