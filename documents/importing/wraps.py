"""The physical layer: lines into paragraphs, wraps joined, tables kept line by line.

A paragraph is a block between blank lines; where a text has none (pasted from a word processor)
each line is one. Inside a block only the marks of the form itself begin a new paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import regex

from documents.importing.columns import NATION
from documents.importing.layout import (
    ANCHOR,
    ARTICLE,
    BASIS,
    ENACTING,
    ENACTOR,
    PROPOSER,
    RECIPIENTS,
    Line,
    Para,
    is_caps,
)
from documents.importing.tidying import blocks

_OPENS = regex.compile(
    rf"(?:{ENACTING}|{RECIPIENTS}|Số\s*:?\s*[\d…._ ]*[a-zđ]?\s*/(?!\S*,?\s+ngày\b)|Ghi chú\s*:\s*$|"
    rf"\((?:Ban hành )?[Kk]èm theo |{NATION})"
)
_AFTER_SENTENCE = regex.compile(rf"(?:{ARTICLE}|{BASIS}|{PROPOSER} của)")
_PREAMBLE = regex.compile(rf"{BASIS}|{PROPOSER}|{ENACTOR}\s")
_INSTRUMENT = regex.compile(
    r"(?:Luật|Bộ luật|Pháp lệnh|(?:Nghị định|Nghị quyết|Quyết định|Thông tư|Công văn|Kế hoạch|Chỉ thị)\s+(?:số\s+)?\d)"
)
_CITES = regex.compile(rf"{BASIS}(?:các\s+)?(?:{_INSTRUMENT.pattern})")
_RECITAL = regex.compile(r"(?:Xét|Thực hiện|Sau khi|Trên cơ sở|Được sự|Theo)\s")
_DATE_LINE = regex.compile(
    r".{1,60},\s*(?:ngày\b|(?=\d{1,2}\s+tháng\b))(?:.{0,12}\btháng\b.{0,12}\bnăm\b.{0,8}|\s*\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4})$",
    regex.IGNORECASE,
)
_PAGE = regex.compile(r"(?:[-–]\s*)?(?:Trang\s+)?\d{1,3}(?:\s*/\s*\d{1,3})?(?:\s*[-–])?")
_ENDS = regex.compile(r"(?:[.;:!?…]|\./\.|[”\")])$")
_ITEM = regex.compile(r"(\d{1,2})[.)]\s+\S")
_BULLET = regex.compile(r"[-–•+*]\s+\S")
_POINT = regex.compile(r"[a-zđ]\)\s+\S")
# Lines of at most _WIDEST columns, _SOME of them filled to _FULL of the widest, were wrapped.
_WIDEST, _FULL, _SOME = 110, 0.75, 5
_UNWRAPPED = 140
# The share of lines cut in mid sentence from which on no blank line means a paragraph.
_CUT = 0.05
_LONG = 55


def paragraphs(text: str, *, is_markdown: bool = False) -> tuple[list[Para], str]:
    """The paragraphs of a clean text, and the finding about how its lines were taken, or ""."""
    given = list(blocks(text, is_markdown=is_markdown))
    whole = _rejoined(given)
    by_line = _lines_are_paragraphs(whole)
    joined = len(whole) < len(given)
    breaks = _Breaks(by_line, _wrapped_at(whole, 2 if joined else _SOME) if by_line else 0)
    taken = "lines_joined" if joined else "lines_as_paragraphs" if by_line else ""
    return [para for block in whole for para in _split(block, breaks)], taken


def _rejoined(blocks: list[list[Line]]) -> list[list[Line]]:
    """The blocks with each run of single lines as one, where most were cut in mid sentence.

    What is copied out of a PDF into Word has a paragraph for every line of the page.
    """
    alone = [len(block) == 1 and "\t" not in block[0].text for block in blocks]
    cut = sum(
        alone[place - 1] and alone[place] and _is_cut(blocks[place - 1][0].text, block[0].text)
        for place, block in enumerate(blocks)
        if place
    )
    if not cut or cut < _CUT * sum(alone):
        return blocks
    joined: list[list[Line]] = []
    for is_alone, run in groupby(range(len(blocks)), key=alone.__getitem__):
        lines = [blocks[place] for place in run]
        joined += [[line for block in lines for line in block]] if is_alone else lines
    return joined


def _is_cut(above: str, text: str) -> bool:
    """Whether a sentence runs from one line into the next."""
    return (
        text[0].islower()
        and len(above) >= _LONG
        and not _ENDS.search(above)
        and not _POINT.match(text)
    )


def _lines_are_paragraphs(blocks: list[list[Line]]) -> bool:
    """True when most lines that must begin a paragraph stand right under another line."""
    first = inside = widest = 0
    for block in blocks:
        for place, line in enumerate(block):
            if ANCHOR.match(line.text):
                first += place == 0
                inside += place > 0
            widest = max(widest, 0 if "\t" in line.text else len(line.text))
    # An editor that wraps leaves no line so long: then every break was made by hand.
    return inside >= 3 and (inside > first or widest > _UNWRAPPED)


def _wrapped_at(blocks: list[list[Line]], some: int) -> int:
    """The column at which an editor broke the lines; 0 where lines run on as long as they are."""
    lengths = [len(line.text) for block in blocks for line in block if "\t" not in line.text]
    widest = max(lengths, default=0)
    full = sum(length > _FULL * widest for length in lengths)
    return widest if widest <= _WIDEST and full >= some else 0


@dataclass(frozen=True, slots=True)
class _Breaks:
    """What the breaks of a text mean: paragraphs, and from which column on only a full line."""

    by_line: bool
    wrap: int


def _split(block: list[Line], breaks: _Breaks) -> Iterator[Para]:
    current: list[Line] = []
    for line in block:
        if current and _begins(line, current, breaks):
            yield _para(current)
            current = []
        current.append(line)
    yield _para(current)


def _para(lines: list[Line]) -> Para:
    return Para(tuple(lines), is_table="\t" in lines[0].text)


def _begins(line: Line, current: list[Line], breaks: _Breaks) -> bool:
    """Whether a line begins a paragraph below the lines gathered so far."""
    text, above = line.text, current[-1].text
    if "\t" in text or "\t" in above:
        return ("\t" in text) is not ("\t" in above)
    if _opens(text, above):
        return True
    ended = _ENDS.search(above) is not None or is_caps(above)
    recital = above.endswith(";") and _RECITAL.match(text) is not None
    if (
        (ended and _AFTER_SENTENCE.match(text))
        or recital
        or _lists_on(text, current[0].text, ended=ended)
    ):
        return True
    if breaks.by_line:
        cites = _CITES.match(text) and not _PREAMBLE.match(current[0].text)
        if _PREAMBLE.match(current[0].text) and not ANCHOR.match(text) and not is_caps(text):
            # A legal basis goes on to its stop, and behind it with a further instrument.
            return ended and not (above.endswith(";") and _INSTRUMENT.match(text))
        figures = text[0].isdigit() and len(above) >= _LONG and not _ITEM.match(text)
        full = len(above) > _FULL * breaks.wrap > 0
        goes_on = text[0].islower() or figures or full or above.endswith(",")
        capitals = is_caps(text) and _changes_case(above, text)
        return bool(cites) or ended or not goes_on or capitals
    return _changes_case(above, text)


def _opens(text: str, above: str) -> bool:
    """Lines that always stand alone; a reference in brackets may wrap."""
    if _OPENS.match(text) or _DATE_LINE.match(text):
        return True
    if _PAGE.fullmatch(text) or _PAGE.fullmatch(above):
        return True
    if above.startswith("CỘNG") or _OPENS.match(above) is None:
        return False
    return not above.startswith("(") or above.endswith(")")


def _lists_on(text: str, first: str, *, ended: bool) -> bool:
    """Whether a marker at the start of a line continues or opens a list, not a wrapped number."""
    item, previous = _ITEM.match(text), _ITEM.match(first)
    if item:
        follows = previous is not None and int(item[1]) == int(previous[1]) + 1
        return ended or follows
    if _BULLET.match(text):
        return ended or _BULLET.match(first) is not None
    opens = text.startswith("a) ") and previous is not None
    return _POINT.match(text) is not None and (ended or opens or _POINT.match(first) is not None)


def _changes_case(above: str, text: str) -> bool:
    """A line in capitals and one that is not belong to different parts of the form."""
    if is_caps(above) is is_caps(text):
        return False
    caps = above if is_caps(above) else text
    words = sum(character.isalpha() for character in caps)
    return words >= 10 and not any(character.isdigit() for character in caps)
