"""On whose proposal a decision is issued: every body a recital names, with its submission note."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from documents.content.numbers import NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from documents.content.facts import PrintedFacts
    from documents.content.tree import Content

# "tại Tờ trình số 57/TTr-BQL ngày 28/5/2024", up to what follows its date.
_DAY = r"(?:\s*,?\s*ngày\s+[\d/.…_-]*+(?:\s+tháng\s+[\d…._]+\s+năm\s+[\d…._]+)?)?+"
_NOTES = r"(?:[Tt]ờ trình(?: liên \p{Ll}+)?|[Cc]ông văn|[Vv]ăn bản|[Bb]áo cáo(?: thẩm định)?|[Pp]hiếu trình|[Bb]iên bản)"
_NOTE = regex.compile(
    rf"\s*,?\s+(?:\(?(?:tại|theo)\s+(?:các\s+)?|\((?=Tờ trình)){_NOTES}\s*:?\s+"
    rf"(?:số\s*:?\s*)?(?:(?P<number>{NUMBER})|[\s…._]*(?:/[\p{{L}}\d&.-]+)?){_DAY}"
    # Further notes of the same proposer: "… và số 464/TTr-SXD ngày 20/11/2025".
    rf"(?:\s*(?:,|;|,?\s+và)\s+(?:{_NOTES}\s+)?(?:số\s*:?\s*)?(?>{NUMBER}{_DAY})(?!\s+(?:thẩm định\s+)?của\b))*"
)
# "Báo cáo thẩm định số 210/BC-STP ngày 22/9/2025 của Sở Tư pháp": the note before who wrote it.
_NOTE_BEFORE = regex.compile(
    rf"(?:\s|,|;|và\s|theo\s)*{_NOTES}\s+(?:số\s*:?\s*)?(?P<number>{NUMBER}){_DAY}\s+(?:thẩm định\s+)?của\s+"
)
# What the members of a body think is no proposal.
_AGREED = regex.compile(
    r"\s*[,;]?\s+(?:và\s+)?(?:trên cơ sở|theo\s+ý kiến|theo\s+kết quả|(?:theo\s+)?nguyện vọng|(?:theo\s+)?đơn (?:xin|đề nghị)|(?:ý kiến|kết quả)\s+(?:thống nhất|biểu quyết|lấy ý kiến|của các)"
    r"|sau khi)\s.*\Z",
    regex.IGNORECASE,
)
_JOINED = regex.compile(
    r"(?:\s|,|;|và\s|(?:(?:ý kiến(?: thẩm định)?|đề nghị|báo cáo thẩm định) )?của\s|\))+"
)
# A new proposer begins with the post or the name of a body; a comma inside a name parts nothing.
_NEXT = regex.compile(
    # "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ" is one person.
    r"(?!(?<=\bBộ trưởng),\s+(?:Chủ nhiệm|Trưởng [Bb]an))\s*(?:[,;]|,?\s+và(?:\s+của)?)\s+(?:(?:ý kiến(?: thẩm định)?|đề nghị) của\s+)?"
    r"(?=(?:(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí)\s+)?(?:Chánh|Trưởng|Phó|Giám đốc|Thủ trưởng|Chủ tịch|Chủ nhiệm|Hiệu trưởng|Tổng|Cục trưởng|Vụ trưởng|"
    r"Chi cục trưởng|Bộ trưởng|Viện trưởng|Thường trực|Sở|Ban|BCH|Hội đồng|Công an|Phòng|Kế toán trưởng|Đội trưởng|[Tt]ổ (?!chức\b)(?=\p{L})|(?:phòng|khoa|ban) (?=\p{Lu})|các (?:tổ|khoa|phòng)(?= \p{Ll}))\b(?!\s+và\b))"
)
# "các ông (bà): Trưởng phòng …, Chánh Văn phòng": an address before several.
_ADDRESSED = regex.compile(
    r"\A[Cc]ác\s+(?:[Ôô]ng|[Bb]à|đồng chí)(?:\s*\([Bb]à\)|,\s*[Bb]à)?\s*:?\s+(?=\p{Lu})"
)
_NOTED_FIRST = regex.compile(rf"\s(?:số\s*:?\s*)?(?P<number>{NUMBER})")
# "… (kèm theo Tờ trình số … của …)": what lies with a note proposes nothing.
_ENCLOSED = regex.compile(r"\s*\((?:gửi )?kèm theo [^()]*(?:\([^()]*\)[^()]*)*\)")
_ABOUT = regex.compile(r",?\s+(?:về việc|về|V/v)\s.*\Z")


@dataclass(frozen=True, slots=True)
class Proposer:
    """Who proposes, and the number of the submission note as written, empty where none is."""

    who: str
    submission_no: str


def proposers(content: Content, printed: PrintedFacts) -> list[Proposer]:
    """Every proposer of a paper, in order; a note belongs to the last one named before it."""
    notes = {note.recital: note.raw for note in printed.submission_notes}
    found: list[Proposer] = []
    for index, recital in enumerate(content.recitals):
        text = f"{recital.who} {notes.get(index, '')}".rstrip()
        text = _AGREED.sub("", _ENCLOSED.sub("", text))
        first = _NOTED_FIRST.search(recital.opening)
        text = _ABOUT.sub("", text) if first else text
        found += _proposers(text, first["number"] if first else "")
    return found


def _proposers(text: str, noted_before: str) -> Iterator[Proposer]:
    start = 0
    for note in [*_NOTE.finditer(text), None]:
        piece = text[start : note.start() if note else len(text)]
        before = _NOTE_BEFORE.match(piece)
        if before is not None:
            piece = piece[before.end() :]
            noted_before = regex.sub(r"\s", "", before["number"])
        joined = _JOINED.match(piece)
        plain = _ADDRESSED.sub("", piece[joined.end() if joined else 0 :])
        names = [name.strip(" ,;.") for name in _NEXT.split(plain)]
        named = [name for name in names if name and not _ABOUT.match(f" {name} ")]
        number = regex.sub(r"\s", "", note["number"] or "") if note else noted_before
        for place, name in enumerate(named, 1):
            # "Xét Tờ trình số 5 của A và ý kiến của B tại Văn bản số 7": the first note is A's.
            before_all = noted_before if note and place == 1 else ""
            yield Proposer(name, number if place == len(named) else before_all)
        if note:
            start, noted_before = note.end(), ""
