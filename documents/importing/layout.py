"""What lines and paragraphs are, and the marks by which the form of a decision is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import regex

from documents.importing.columns import MODE, NATION, POST, stacked
from documents.importing.words import tolerant

ARTICLE = (
    rf"(?:{tolerant('Điều')}|{tolerant('ĐIỀU')})"
    r"\s+(?:thứ\s+\p{Ll}{2,5}|\d+[a-zđ]?|[IVX]{1,4})\s*(?:[.:/]|[-–](?=\s|\p{Lu}))"
)
BASIS = rf"(?:[-–+*]\s*)?(?:{tolerant('Căn cứ')}|Chiếu)\s"
PROPOSER = rf"(?:{tolerant('Theo')}|{tolerant('Xét')})\s+(?:{tolerant('đề nghị')}|đề xuất)"
ENACTS = rf"(?:{tolerant('QUYẾT ĐỊNH')}|Q U Y Ế T\s+Đ Ị N H)"
ENACTOR = r"(?:Ủy ban|Uỷ ban|Hội đồng|Bộ trưởng|Chủ tịch|Thủ tướng|Giám đốc|Tổng|Thống đốc|Chánh án|Viện trưởng)"
ENACTING = rf"(?:{ENACTS}\s*:?|Quyết định\s*:|Quyết định)$"
RECIPIENTS = rf"(?:{tolerant('Nơi nhận')}|{tolerant('NƠI NHẬN')})\s*:"
ANCHOR = regex.compile(rf"(?:{ARTICLE}|{BASIS}|{PROPOSER}|{ENACTING}|{RECIPIENTS})")
# "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Nguyễn Văn Mẫu": a cell that lost its breaks.
SIGNED_POSTS = regex.compile(
    rf"(?:{MODE})[^\p{{Ll}}]*\s(?:(?:{MODE})|\p{{Lu}}\p{{Ll}}+\s\p{{Lu}})|(?:TM|KT)\.[^\p{{Ll}}]*\s(?:{POST})\s*\Z"
)
# "19/2014/" and "QĐ-TTg", "57/TTr-" and "BQL": a sign that a wrap cut closes up again.
_CODE_CUT = regex.compile(r"\d/$|/\p{Lu}[\p{L}\d]*-$")
_LONGEST_CODE = 40
_RULE_BEHIND = regex.compile(r"(?:^|\s+)[-–—_=*~]{3,}$")
_LONE_DASH = regex.compile(r"[-–+•]|(?:TM|KT|TL|TUQ)\.")
# Tables with these are columns of the form, not of data.
_OF_THE_FORM = regex.compile(rf"{NATION}|^{RECIPIENTS}")
# Lines under the names and around the number.
_ORNAMENT = regex.compile(r"[-–—=_*~.•\s]*(?:[oO0]{3}[-–—=_*~.•\s]*)?")


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
                apart = runs_together or SIGNED_POSTS.match(cell)
                parts = stacked(cell.strip()) if apart else [cell.strip()]
                plain = [_RULE_BEHIND.sub("", part) for part in parts] if runs_together else parts
                columns.setdefault(place, []).extend(
                    Line(line.number, part) for part in plain if part
                )
        return [cell for place in sorted(columns) for cell in dashed(columns[place])]


def dashed(lines: Iterable[Line]) -> list[Line]:
    """The lines with a lone dash, or a lone "KT.", set before what it marks."""
    kept: list[Line] = []
    for line in lines:
        if kept and "\t" not in line.text and _LONE_DASH.fullmatch(kept[-1].text):
            above = kept.pop()
            line = Line(above.number, f"{above.text} {line.text}")
        kept.append(line)
    return kept


def is_caps(text: str) -> bool:
    """Whether a line is printed in capitals, as names of agencies and types are."""
    letters = [character for character in text if character.isalpha()]
    return len(letters) >= 3 and not any(character.islower() for character in letters)


def is_ornament(text: str) -> bool:
    """Whether a line only draws a rule, or stars, under a name."""
    return _ORNAMENT.fullmatch(text) is not None
