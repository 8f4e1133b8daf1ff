"""Printed lines into paragraphs: what wrapped is joined, what was begun anew stands alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median, quantiles

import regex

from documents.importing.layout import is_caps
from documents.importing.pdf_tables import Word, text_of
from documents.importing.plain import Paragraph, Place, joined

_MARKER = regex.compile(
    r"(?:Điều\s+\d+[a-zđ]?\s*[.:]|Căn cứ\s|(?:Theo|Xét) đề nghị|[-–•+]\s|\d{1,2}[.)]\s|"
    r"\d{1,2}\.\d{1,2}\.?\s|[a-zđ]\)\s|Chương\s+[IVXLC\d]+|Mục\s+[IVXLC\d]+|Nơi nhận)"
)
# What nothing but a paragraph of the form begins with.
_STARTS = regex.compile(
    r"Căn cứ\s+(?:các\s+)?(?:Luật|Bộ luật|Nghị (?:định|quyết)|Thông tư|Quyết định)\s|QUYẾT ĐỊNH\s*:?$|Điều\s+\d+[a-zđ]?\.\s+\p{Lu}"
)
_LONG_CAPITALS = 15
_ENDED = regex.compile(r"(?:[.;:!?…]|\./\.|[”\")])$")
_INDENT = 6.0
_CENTRED = 8.0
# A paragraph's own space above, in steps between its lines.
_APART = 1.25
_FAR = 2.2


@dataclass(frozen=True)
class Line:
    """A line of a page, its words from the left."""

    words: tuple[Word, ...]
    page: int

    @cached_property
    def x0(self) -> float:
        """Where it begins."""
        return self.words[0].x0

    @cached_property
    def x1(self) -> float:
        """Where it ends."""
        return max(word.x1 for word in self.words)

    @cached_property
    def top(self) -> float:
        """Its upper edge."""
        return min(word.top for word in self.words)

    @cached_property
    def bottom(self) -> float:
        """Its lower edge."""
        return max(word.bottom for word in self.words)

    @cached_property
    def size(self) -> float:
        """The usual height of its letters."""
        return median(word.size for word in self.words)

    @property
    def centre(self) -> float:
        """The middle between its ends."""
        return (self.x0 + self.x1) / 2

    @cached_property
    def text(self) -> str:
        """Its words."""
        return text_of(self.words)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where running text stands on pages of one width, and the usual step between its lines."""

    left: float
    right: float
    step: float

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Frame:
        """The frame that most lines keep to."""
        steps = [
            below.bottom - above.bottom
            for above, below in pairwise(lines)
            if above.page == below.page and 0 < below.bottom - above.bottom < 3 * above.size
        ]
        return cls(
            left=min(_usual(round(line.x0) for line in lines)),
            right=max(_usual(round(line.x1) for line in lines)),
            step=quantiles(steps, n=4)[0] if len(steps) > 1 else 18.0,
        )

    def is_centred(self, line: Line) -> bool:
        """Whether a line stands in the middle, with room on both sides."""
        middle = (self.left + self.right) / 2
        return abs(line.centre - middle) < _CENTRED and line.x0 > self.left + 3 * _INDENT

    def has_room(self, line: Line, word: Word) -> bool:
        """Whether a word would have fitted on a line, so that it was begun anew on purpose."""
        needed = 0.3 * line.size + word.x1 - word.x0
        if self.is_centred(line):
            return line.x1 - line.x0 + needed < self.right - self.left - _INDENT
        return line.x1 + needed < self.right - 2


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one paragraph."""

    lines: tuple[Line, ...]
    frame: Frame

    def runs_into(self, other: Block) -> bool:
        """Whether only the end of a page parts the paragraph from its rest."""
        last, first = self.lines[-1], other.lines[0]
        return (
            first.page == last.page + 1
            and _ENDED.search(last.text) is None
            and not self.frame.is_centred(last)
            and not other.frame.is_centred(first)
            and not self.frame.has_room(last, first.words[0])
            and first.x0 < other.frame.left + _INDENT
            and _MARKER.match(first.text) is None
        )

    def paragraph(self) -> Paragraph:
        """The paragraph with its wraps joined; lines set one below another on purpose are kept."""
        texts = [line.text for line in self.lines]
        kept = not texts[0].startswith("(") and all(
            self.frame.is_centred(line) or is_caps(line.text) for line in self.lines
        )
        place = Place("page", self.lines[0].page)
        return Paragraph(tuple(texts) if kept else (joined(texts),), place)


def blocks(lines: Iterable[Line], frame: Frame) -> Iterator[Block]:
    """Lines of one page as paragraphs."""
    current: list[Line] = []
    for line in lines:
        if current and _begins(current, line, frame):
            yield Block(tuple(current), frame)
            current = []
        current.append(line)
    if current:
        yield Block(tuple(current), frame)


def _begins(current: Sequence[Line], line: Line, frame: Frame) -> bool:
    """Whether a line begins a paragraph below the lines gathered so far."""
    above = current[-1]
    step = line.bottom - above.bottom
    if current[0].text.startswith("(") and ")" not in above.text and step < _FAR * frame.step:
        return False
    if step > _APART * max(frame.step, 1.1 * above.size) or frame.has_room(above, line.words[0]):
        return True
    if _STARTS.match(line.text) or _turns_into_capitals(above, line):
        return True
    ended = _ENDED.search(above.text) is not None
    if ended and (_MARKER.match(line.text) or _is_indented(line, frame)):
        return True
    return _leaves_the_margin(current, line, frame) or _changes_setting(above, line, frame)


def _turns_into_capitals(above: Line, line: Line) -> bool:
    """Whether a whole line in capitals meets one that is not: other parts of the form."""
    first, second = is_caps(above.text), is_caps(line.text)
    capitals = above.text if first else line.text
    return first is not second and len(capitals) >= _LONG_CAPITALS


def _is_indented(line: Line, frame: Frame) -> bool:
    return line.x0 > frame.left + _INDENT and not frame.is_centred(line)


def _leaves_the_margin(current: Sequence[Line], line: Line, frame: Frame) -> bool:
    """A first line is indented where the lines above it are not; a hanging text follows its mark."""
    above = current[-1]
    if not _is_indented(line, frame) or (len(current) == 1 and _MARKER.match(above.text)):
        return False
    return above.x0 < frame.left + _INDENT and line.x0 - above.x0 > _INDENT


def _changes_setting(above: Line, line: Line, frame: Frame) -> bool:
    """What is centred and what is not, capitals and small letters, are different parts."""
    centred = frame.is_centred(above), frame.is_centred(line)
    if centred == (True, False):
        return line.x0 < frame.left + 10 * _INDENT
    return any(centred) and is_caps(above.text) is not is_caps(line.text)


def _usual(values: Iterable[int]) -> list[int]:
    """The values that come back; all of them where none does."""
    counted = Counter(values)
    least = max(2, sum(counted.values()) // 25)
    return [value for value, count in counted.items() if count >= least] or list(counted) or [0]
