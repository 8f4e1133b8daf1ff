"""Two columns side by side on a page: the letterhead on top, recipients and signature at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from documents.importing import forms
from documents.importing.layout import is_caps
from documents.importing.pdf_lines import Line

if TYPE_CHECKING:
    from documents.importing.pdf_tables import Word

_HEADING = regex.compile(
    r"cộng h[òo][àa] xã hội chủ|đảng cộng sản việt nam|đoàn tncs hồ chí minh$", regex.IGNORECASE
)
_REST = regex.compile(r"(?:NGHĨA\s+)?(?:VIỆT\s+)?NAM$", regex.IGNORECASE)
_LIST = regex.compile(r"Nơi nhận\s*:?")
_ENTRY = regex.compile(r"[-–•+]\s")
_ARCHIVE = regex.compile(r"(?:[-–•+]\s*)?Lưu\b")
_MOST_LINES = 40
_MOST_HEAD = 12
_NARROWEST = 6.0
_REACH = 90.0


@dataclass(frozen=True, slots=True)
class Columns:
    """Lines that stand side by side, each column from the top."""

    left: tuple[Line, ...]
    right: tuple[Line, ...]

    @property
    def is_cut(self) -> bool:
        """Whether a list of recipients stands left whose archive line is still to come."""
        texts = [line.text for line in self.left]
        return any(map(_LIST.match, texts)) and not any(map(_ARCHIVE.match, texts))

    def with_rest(self, rest: Columns) -> Columns:
        """Both columns with what the next page holds of them."""
        return Columns((*self.left, *rest.left), (*self.right, *rest.right))


def parted(
    lines: Sequence[Line], width: float, *, goes_on: bool = False
) -> Iterator[Line | Columns]:
    """The lines of a page of that width, those that stand in two columns taken together.

    `goes_on` tells that the page before ended inside the list of recipients.
    """
    place = 0
    for start, end, gutters in _regions(lines, width, goes_on=goes_on):
        if start < place:
            continue
        yield from lines[place:start]
        yield _columns(lines[start:end], gutters)
        place = end
    yield from lines[place:]


def _regions(
    lines: Sequence[Line], width: float, *, goes_on: bool
) -> Iterator[tuple[int, int, Sequence[float]]]:
    for place, line in enumerate(lines):
        found = None
        if goes_on and place == 0 and _ENTRY.match(line.text):
            found = _foot(lines, place, width) or _entries(lines, width)
        elif _HEADING.search(line.text):
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
    between: list[tuple[float, float]] = []
    end, reach = start, 0.0
    while end < len(lines) and end - start < _MOST_LINES:
        free = _without(free, lines[end])
        # Right of the signature is white too; what begins there parts nothing.
        reach = max(reach, lines[end].x1) if end <= place or not between else reach
        still = [band for band in free if band[0] < reach - 1]
        if end > place and (not still or _is_below(lines[start:end], lines[end], width)):
            break
        between = still
        end += 1
    if not between:
        return None
    gutter = max(between, key=lambda band: band[1] - band[0])
    return start, end, [(gutter[0] + gutter[1]) / 2] * (end - start)


def _entries(lines: Sequence[Line], width: float) -> tuple[int, int, list[float]] | None:
    """The rest of a list of recipients, up to its archive line, with nothing beside it."""
    for end, line in enumerate(lines[:_MOST_LINES], 1):
        if line.x1 > 0.6 * width:
            return None
        if _ARCHIVE.match(line.text):
            return 0, end, [width] * end
    return None


def _is_below(foot: Sequence[Line], line: Line, width: float) -> bool:
    """Whether a line left of the signature belongs to the annex below an archive line."""
    if line.x0 > 0.4 * width or not any(_ARCHIVE.match(one.text) for one in foot):
        return False
    return is_caps(line.text) or forms.is_annex_label(line.text)


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
