"""The physical layer: lines into paragraphs, wraps joined, tables kept line by line.

A paragraph is a block between blank lines; where a text has none (pasted from a word processor)
each line is one. Inside a block only the marks of the form itself begin a new paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

import regex

from documents.importing.columns import MODE, MOTTO, NATION, POST, restored, stacked
from documents.importing.markdown import strip_markdown
from documents.importing.sides import Numbered, parted
from documents.importing.words import tolerant

ARTICLE = (
    rf"(?:{tolerant('Điều')}|{tolerant('ĐIỀU')})"
    r"\s+(?:thứ\s+\p{Ll}{2,5}|\d+[a-zđ]?|[IVX]{1,4})\s*(?:[.:/]|[-–](?=\s|\p{Lu}))"
)
BASIS = rf"(?:[-–+*]\s*)?(?:{tolerant('Căn cứ')}|Chiếu)\s"
PROPOSER = rf"(?:{tolerant('Theo')}|{tolerant('Xét')})\s+(?:{tolerant('đề nghị')}|đề xuất)"
ENACTS = rf"(?:{tolerant('QUYẾT ĐỊNH')}|Q U Y Ế T\s+Đ Ị N H)"
ENACTOR = r"(?:Ủy ban|Uỷ ban|Hội đồng|Bộ trưởng|Chủ tịch|Thủ tướng|Giám đốc|Tổng|Thống đốc|Chánh án|Viện trưởng)"
_ENACTING = rf"(?:{ENACTS}\s*:?|Quyết định\s*:|Quyết định)$"
_LIST = rf"(?:{tolerant('Nơi nhận')}|{tolerant('NƠI NHẬN')})\s*:"
_ANCHOR = regex.compile(rf"(?:{ARTICLE}|{BASIS}|{PROPOSER}|{_ENACTING}|{_LIST})")
_OPENS = regex.compile(
    rf"(?:{_ENACTING}|{_LIST}|Số\s*:?\s*[\d…._ ]*[a-zđ]?\s*/(?!\S*,?\s+ngày\b)|Ghi chú\s*:\s*$|"
    rf"\((?:Ban hành )?[Kk]èm theo |{NATION})"
)
_AFTER_SENTENCE = regex.compile(rf"(?:{ARTICLE}|{BASIS}|{PROPOSER} của)")
_TITLED = regex.compile(
    r"(QUYẾT ĐỊNH)\s+((?:Về việc|V/v|Ban hành|Phê duyệt|Công bố|Thành lập)\s.+)"
)
# "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Nguyễn Văn Mẫu": a cell that lost its breaks.
_SIGNED = regex.compile(
    rf"(?:{MODE})[^\p{{Ll}}]*\s(?:(?:{MODE})|\p{{Lu}}\p{{Ll}}+\s\p{{Lu}})|(?:TM|KT)\.[^\p{{Ll}}]*\s(?:{POST})\s*\Z"
)
# "KẾ HOẠCH KIỂM KÊ NĂM 2024 (Kèm theo Quyết định số …)": the title of an annex and its reference.
_ARTICLE_AHEAD = regex.compile(r"Điều\s+(\d{1,3})\s*[.:]\s")
_NEXT_ARTICLE = regex.compile(r"(?<=[.;/]\s+)Điều\s+(\d{1,3})\s*[.:]\s+(?=\p{Lu})")
_REFERRED = regex.compile(
    r"([“\"]?\p{Lu}[^\p{Ll}(\t]{3,300}?)\s+(\((?:Ban hành )?[Kk]èm theo [^\t]+)"
)
# "Xét đề nghị của … ngày 28/8/2014,QUYẾT ĐỊNH:": the word behind who proposes.
_ENACTS_BEHIND = regex.compile(rf"((?:{BASIS}|{PROPOSER})[^\t]{{3,900}}[,.;])\s*({ENACTS}\s*:)")
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
_MARKED = regex.compile(r"(?:Điều\s+\d+[a-zđ]?[.:]|\d{1,2}(?:\.\d{1,2}){0,3}[.)]|[a-zđ]\)|[-–•+])$")
# "19/2014/" and "QĐ-TTg", "57/TTr-" and "BQL": a sign that a wrap cut closes up again.
_CODE_CUT = regex.compile(r"\d/$|/\p{Lu}[\p{L}\d]*-$")
_LONGEST_CODE = 40
_RULE_BEHIND = regex.compile(r"(?:^|\s+)[-–—_=*~]{3,}$")
_RULE_DRAWN = regex.compile(r"(?<=\p{L}\s+)[-–—_=*~]{3,}\s*\Z")
_NATION_AND_MOTTO = regex.compile(rf"({NATION})\s+({MOTTO})")
# "Đã ký: Nguyễn Văn Mẫu", "Nguyễn Văn Mẫu (Đã ký)".
_NAME = r"\p{Lu}\p{Ll}*(?:\s\p{Lu}\p{Ll}*){1,4}"
_SIGNED_BEFORE = regex.compile(rf"([Đđ]ã ký:|\([Đđ]ã ký\):?)\s*({_NAME})")
_SIGNED_BEHIND = regex.compile(rf"({_NAME})\s+(\([Đđ]ã ký\))")
_LONE_DASH = regex.compile(r"[-–+•]|(?:TM|KT|TL|TUQ)\.")
_SPACES = re.compile(r" {2,}")
# Tables with these are columns of the form, not of data.
_OF_THE_FORM = regex.compile(rf"{NATION}|^{_LIST}")
# Lines under the names and around the number.
_ORNAMENT = regex.compile(r"[-–—=_*~.•\s]*(?:[oO0]{3}[-–—=_*~.•\s]*)?")
_HEAD_ENDS = regex.compile(rf"{BASIS}|{ARTICLE}")
_LONGEST_HEAD = 40


@dataclass(frozen=True, slots=True)
class Line:
    """One physical line without Markdown; `number` counts from 1."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph, or a run of TAB-separated lines (`is_table`)."""

    lines: tuple[Line, ...]
    is_table: bool = False

    @property
    def line(self) -> int:
        """The line it starts on."""
        return self.lines[0].number

    @property
    def text(self) -> str:
        """Its lines joined with single spaces."""
        pieces: list[str] = []
        for line in self.lines:
            if pieces and not _CODE_CUT.search(pieces[-1][-_LONGEST_CODE:]):
                pieces.append(" ")
            pieces.append(line.text)
        return " ".join("".join(pieces).split())

    def cells(self) -> list[Line]:
        """Its lines with the columns of a two-column layout one below another, left column first."""
        if not self.is_table:
            return [Line(line.number, line.text) for line in self.lines]
        runs_together = _OF_THE_FORM.search(self.text) is not None
        columns: dict[int, list[Line]] = {}
        for line in self.lines:
            for place, cell in enumerate(line.text.split("\t")):
                apart = runs_together or _SIGNED.match(cell)
                parts = stacked(cell.strip()) if apart else [cell.strip()]
                plain = [_RULE_BEHIND.sub("", part) for part in parts] if runs_together else parts
                columns.setdefault(place, []).extend(
                    Line(line.number, part) for part in plain if part
                )
        return [cell for place in sorted(columns) for cell in _dashed(columns[place])]


def _dashed(lines: Iterable[Line]) -> list[Line]:
    """The lines with a lone dash, or a lone "KT.", set before what it marks."""
    kept: list[Line] = []
    for line in lines:
        if kept and "\t" not in line.text and _LONE_DASH.fullmatch(kept[-1].text):
            above = kept.pop()
            line = Line(above.number, f"{above.text} {line.text}")
        kept.append(line)
    return kept


def paragraphs(text: str, *, is_markdown: bool = False) -> tuple[list[Para], str]:
    """The paragraphs of a clean text, and the finding about how its lines were taken, or ""."""
    given = list(_blocks(text, is_markdown=is_markdown))
    blocks = _rejoined(given)
    by_line = _lines_are_paragraphs(blocks)
    joined = len(blocks) < len(given)
    breaks = _Breaks(by_line, _wrapped_at(blocks, 2 if joined else _SOME) if by_line else 0)
    taken = "lines_joined" if joined else "lines_as_paragraphs" if by_line else ""
    return [para for block in blocks for para in _split(block, breaks)], taken


def is_caps(text: str) -> bool:
    """Whether a line is printed in capitals, as names of agencies and types are."""
    letters = [character for character in text if character.isalpha()]
    return len(letters) >= 3 and not any(character.islower() for character in letters)


def is_ornament(text: str) -> bool:
    """Whether a line only draws a rule, or stars, under a name."""
    return _ORNAMENT.fullmatch(text) is not None


def _blocks(text: str, *, is_markdown: bool) -> Iterator[list[Line]]:
    raw: list[Numbered] = []
    for number, line in [*parted(_without_ornaments(text.split("\n"))), (0, "")]:
        # A bar that another program left alone on its line parted cells.
        if line.strip() not in {"", "|"}:
            raw.append((number, line))
        elif raw:
            yield from _clean_block(raw, is_markdown=is_markdown)
            raw = []


def _without_ornaments(lines: list[str]) -> list[str]:
    """The lines without the rules drawn in the head, alone or behind a name."""
    head = next((i for i, line in enumerate(lines) if _HEAD_ENDS.match(line)), len(lines))
    head = min(head, _LONGEST_HEAD)
    plain = [
        "" if _ORNAMENT.fullmatch(line) else _RULE_DRAWN.sub("", line) for line in lines[:head]
    ]
    return [*plain, *lines[head:]]


def _clean_block(raw: list[Numbered], *, is_markdown: bool) -> Iterator[list[Line]]:
    """A block without residue; a line that held nothing else ends the block."""
    stripped = strip_markdown([line for _, line in raw], escapes=is_markdown)
    lines = _unindented([_tidy(line) for line in stripped])
    _unmark_lists(lines)
    current: list[Line] = []
    for (number, _), text in zip(raw, lines, strict=True):
        if text.strip():
            current += [Line(number, part) for part in _title_lines(text)]
        elif current and "\t" not in current[-1].text:
            yield _dashed(current)
            current = []
    if current:
        yield _dashed(current)


def _title_lines(text: str) -> list[str]:
    """What one line holds of two parts of the form: State and motto, type and subject, a foot."""
    forms = (_TITLED, _REFERRED, _ENACTS_BEHIND, _NATION_AND_MOTTO, _SIGNED_BEFORE, _SIGNED_BEHIND)
    found = next((found for form in forms if (found := form.fullmatch(text))), None)
    if found is not None:
        return [found[1], found[2]]
    if _ARTICLE_AHEAD.match(text):
        return _articles_apart(text)
    return stacked(text) if _SIGNED.match(text) and "\t" not in text else [text]


def _articles_apart(text: str) -> list[str]:
    """The articles that one line runs together: the next number behind the stop of the one above."""
    cuts, number = [0], int(_ARTICLE_AHEAD.match(text)[1])  # type: ignore[index]
    for found in _NEXT_ARTICLE.finditer(text):
        if int(found[1]) == number + 1:
            cuts.append(found.start())
            number += 1
    return [text[a:b].strip() for a, b in zip(cuts, [*cuts[1:], len(text)], strict=True)]


def _tidy(line: str) -> str:
    """Single spaces, and none around a cell."""
    return restored("\t".join(_SPACES.sub(" ", cell).strip() for cell in line.split("\t")))


def _unindented(lines: list[str]) -> list[str]:
    """A TAB before a line indents it, unless it stands in a table and its first cell is empty.

    A line that ends with a TAB too is a row with one cell filled.
    """
    lines = [_unindented_anchor(line) for line in lines]
    for has_tab, run in groupby(range(len(lines)), key=lambda i: "\t" in lines[i]):
        members = list(run)
        if has_tab and not any("\t" in lines[i].lstrip("\t") for i in members):
            for i in members:
                lines[i] = lines[i].strip("\t")
    return lines


def _unindented_anchor(line: str) -> str:
    plain = line.strip("\t")
    return plain if "\t" not in plain and _ANCHOR.match(plain) else line


def _unmark_lists(lines: list[str]) -> None:
    """A TAB after a lone marker is a space, unless the marked line stands in a table."""
    for _, run in groupby(range(len(lines)), key=lambda i: "\t" in lines[i]):
        members = list(run)
        if all(_MARKED.match(lines[i].partition("\t")[0]) for i in members):
            for i in members:
                if lines[i].count("\t") == 1:
                    lines[i] = lines[i].replace("\t", " ")


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
            if _ANCHOR.match(line.text):
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


# Lines of at most _WIDEST columns, _SOME of them filled to _FULL of the widest, were wrapped.
_WIDEST, _FULL, _SOME = 110, 0.75, 5
_UNWRAPPED = 140
# The share of lines cut in mid sentence from which on no blank line means a paragraph.
_CUT = 0.05
_LONG = 55


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
        if _PREAMBLE.match(current[0].text) and not _ANCHOR.match(text) and not is_caps(text):
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
