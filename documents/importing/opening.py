"""From the top of the paper to its preamble: headers, type, subject, authority."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import regex

from documents.content.dates import DATE, read_date
from documents.content.facts import PrintedFacts
from documents.content.tree import Clause, Preamble
from documents.importing import forms
from documents.importing.agencies import names_a_body
from documents.importing.columns import UNION
from documents.importing.layout import Line, Para, is_caps, is_ornament
from documents.importing.preamble import begins_preamble
from documents.importing.subjects import PREFIX, divide

if TYPE_CHECKING:
    from documents.importing.cursor import Cursor
    from documents.importing.findings import Findings

# "Áp dụng tại Phòng Kinh tế", "của Văn phòng": a title goes on, a sentence has its stop.
_TITLE = regex.compile(r"(?i:áp dụng|của|tại|thuộc|theo|năm|về việc|v/v)\s.*[^.;:,!?]")
_UNION = regex.compile(UNION)
_MAX_SUBJECT = 6
_MOST_PIECES = 4
# "Số:", "Quảng" above "Trị, ngày 5 tháng 3", "An Mẫu, ngày 5": cut short by a narrow column.
_YEARLESS, _YEAR = regex.compile(r"\bnăm\s*$"), regex.compile(r"\d{4}")
_SLOT_CUT = regex.compile(
    r"Số\s*:?.{0,20}|(?!V/v|Về |Độc lập)\p{Lu}\p{Ll}+(?:[ -]\p{L}+){0,4}(?:,.{0,30})?"
)
# Without the type word its subject follows number and date: "VỀ VIỆC …", "BAN HÀNH QUY ĐỊNH …".
_SUBJECT = regex.compile(
    r"(?:V/v|V/V|VỀ VIỆC|BAN HÀNH|PHÊ DUYỆT|CÔNG BỐ|QUY ĐỊNH|BÃI BỎ|HỦY BỎ|SỬA ĐỔI|BỔ SUNG|BỔ NHIỆM|THÀNH LẬP|KIỆN TOÀN|ĐIỀU CHỈNH|ĐÍNH CHÍNH|GIAO)\s"
)
_LONE = regex.compile(r"ỦY|UỶ|BỘ|SỞ|HỘI|TÒA|TOÀ|VIỆN|TỔNG|ỦY BAN|UỶ BAN")
_MAX_TITLE = 200


@dataclass(slots=True)
class Opening:
    """What was read above the articles, still without ids; `*_line` are the lines for findings."""

    national_heading: list[str] = field(default_factory=list)
    agency_header: list[str] = field(default_factory=list)
    type_word: str = ""
    subject_prefix: str = ""
    subject: str = ""
    authority: str = ""
    authority_line: int = 0
    verbatim: list[Clause] = field(default_factory=list)
    preamble: list[Preamble] = field(default_factory=list)
    enacting_word: str = ""
    printed: PrintedFacts = field(default_factory=PrintedFacts)


def read_heading(cursor: Cursor, opening: Opening, findings: Findings, *, type_name: str) -> None:
    """Everything above the type word, and the type word; lines may stand in two columns."""
    titled = _is_titled(cursor, type_name)
    while (line := _heading_next(cursor)) is not None:
        if forms.type_of(line.text) == type_name:
            break
        if not titled and _ends_heading(line.text, opening):
            return
        _heading_line(_unwrapped(cursor, opening), opening, findings)
    if cursor.peek_line() is not None:
        # A title that wraps ("MỤC TIÊU CHẤT LƯỢNG / NĂM 2024") is one paragraph.
        alone = {forms.KIND_NAMES["decision"], forms.KIND_NAMES["notice"]}
        para = cursor.take() if type_name not in alone else None
        opening.type_word = para.text if para else cursor.take_line().text


def _is_titled(cursor: Cursor, type_name: str) -> bool:
    """Whether the type word stands above the preamble."""
    for para in cursor.rest():
        if any(forms.type_of(line.text) == type_name for line in para.cells()):
            return True
        if begins_preamble(para.text):
            break
    return False


def _ends_heading(text: str, opening: Opening) -> bool:
    """Where the type word is missing, headers end with the first line that is none."""
    if forms.is_authority(text):
        return bool(opening.agency_header)
    if (opening.national_heading or opening.printed.date_raw) and _SUBJECT.match(text):
        return True
    return not (
        is_caps(text)
        or _LONE.fullmatch(text)
        or forms.is_national_heading(text)
        or forms.number_line(text)
        or forms.date_line(text)
    )


def _heading_next(cursor: Cursor) -> Line | None:
    table = cursor.peek_table()
    if table is not None and forms.is_letterhead(cell.text for cell in table.cells()):
        cursor.spread()
    return cursor.peek_line()


def _unwrapped(cursor: Cursor, opening: Opening) -> Line:
    """The next line of the headers; one that a narrow column broke is whole again.

    The name of the State is known, and place and number are no headers without what follows them.
    """
    ahead = cursor.ahead(_MOST_PIECES)
    if len(ahead) > 1 and _LONE.fullmatch(ahead[0].text) and is_caps(ahead[1].text):
        return cursor.take_joined(2)
    for count in range(2, len(ahead) + 1):
        text = " ".join(line.text for line in ahead[:count])
        yearless = _YEARLESS.search(ahead[0].text) and _YEAR.fullmatch(ahead[count - 1].text)
        whole = slots(ahead[0].text, opening) and not yearless
        cut = _SLOT_CUT.fullmatch(ahead[0].text) and not whole
        if (cut and slots(text, opening)) or forms.is_whole_national_heading(text):
            return cursor.take_joined(count)
    return cursor.take_line()


def _heading_line(line: Line, opening: Opening, findings: Findings) -> None:
    if slot_line(line, opening, findings) or is_ornament(line.text):
        return
    if forms.is_national_heading(line.text) or _is_heading_of_the_union(line.text, opening):
        opening.national_heading.append(line.text)
    elif is_caps(line.text) or _is_plain_header(line.text, opening):
        opening.agency_header.append(line.text)
    else:
        opening.verbatim.append(Clause("paragraph", line.text, id=f"@{line.number}"))
        findings.add("not_understood", line.number, text=line.text[:80])


def _is_heading_of_the_union(text: str, opening: Opening) -> bool:
    """The name of the Youth Union right of the body's own, where others print that of the State."""
    return _UNION.fullmatch(text) is not None and bool(opening.agency_header)


def _is_plain_header(text: str, opening: Opening) -> bool:
    """The name of the office in small letters, above everything else; a sentence is none."""
    above = opening.national_heading or opening.printed.date_raw or opening.verbatim
    return not above and len(text) < 90 and text[-1].isalpha() and names_a_body(text)


def slots(text: str, opening: Opening) -> bool:
    """Whether a line is a number line or a place-and-date line that is not taken yet."""
    number, dated = forms.number_line(text), forms.date_line(text)
    return (number is not None and not opening.printed.number_raw) or (
        dated is not None and not opening.printed.date_raw
    )


def slot_line(line: Line, opening: Opening, findings: Findings) -> bool:
    """Take a number line or a place-and-date line, once each."""
    number, dated = forms.number_line(line.text), forms.date_line(line.text)
    if number is not None and not opening.printed.number_raw:
        opening.printed = replace(
            opening.printed,
            number_raw=number.number_raw,
            number=number.number,
            suffix=number.suffix,
            number_year=number.number_year,
            symbol=number.symbol,
        )
        if number.number is None:
            findings.add("number_blank", line.number)
        return True
    if dated is not None and not opening.printed.date_raw:
        opening.printed = replace(
            opening.printed,
            date_raw=dated.date_raw,
            place=dated.place,
            day=dated.day,
            month=dated.month,
            year=dated.year,
        )
        _doubt_date(dated, line, findings)
        return True
    return False


def _doubt_date(dated: PrintedFacts, line: Line, findings: Findings) -> None:
    if dated.day is None or dated.month is None:
        findings.add("date_blank", line.number)
    elif dated.year is not None and dated.dated_on is None:
        findings.add("date_impossible", line.number, raw=dated.date_raw)
    written = regex.search(DATE, dated.date_raw)
    if written and not read_date(written.group()).is_well_padded:
        findings.add("date_padding", line.number, raw=written.group())


def read_subject(cursor: Cursor, opening: Opening, findings: Findings) -> None:
    """Subject and authority: what stands between the type word and the preamble.

    The authority is the last paragraph in capitals there; the agency header looks the same.
    """
    gathered: list[Para] = []
    while (para := cursor.peek()) is not None and len(gathered) < _MAX_SUBJECT:
        if para.is_table or begins_preamble(para.text):
            break
        if slot_line(para.lines[0], opening, findings):
            cursor.peek_line()
            cursor.take_line()
            continue
        gathered.append(cursor.take())
        if len(gathered) > 1 and forms.is_authority(gathered[-1].text):
            _authority_goes_on(cursor, gathered)
            break
    following = cursor.peek()
    if following is None or not (following.is_table or begins_preamble(following.text)):
        gathered = _only_subject(cursor, gathered)
    divide(gathered, opening, findings)


def _only_subject(cursor: Cursor, gathered: list[Para]) -> list[Para]:
    """Without a preamble in sight only the first paragraph is the subject, up to an authority."""
    known = next((i for i, para in enumerate(gathered) if forms.is_authority(para.text)), 0)
    cursor.put_back(gathered[known + 1 :])
    return gathered[: known + 1]


def read_title(cursor: Cursor, opening: Opening) -> None:
    """The subject of a paper that is no decision: a line that completes its title, or none."""
    para = cursor.peek()
    if para is None or para.is_table or len(para.text) > _MAX_TITLE:
        return
    if _TITLE.fullmatch(para.text):
        opening.subject = cursor.take().text


def read_letter_subject(cursor: Cursor, opening: Opening, findings: Findings) -> None:
    """The subject of a letter: "V/v …" under its number, or the line below "THÔNG BÁO"."""
    para = cursor.peek()
    if para is None or para.is_table:
        return
    found = PREFIX.fullmatch(para.text)
    if found is None and not opening.type_word:
        return
    cursor.take()
    opening.subject_prefix, opening.subject = (found[2], found[3]) if found else ("", para.text)
    while (line := cursor.peek_line()) is not None and slot_line(line, opening, findings):
        cursor.take_line()


def _authority_goes_on(cursor: Cursor, gathered: list[Para]) -> None:
    """The name of the authority may wrap over paragraphs in capitals."""
    para = cursor.peek()
    if para is not None and is_caps(para.text) and not begins_preamble(para.text):
        gathered.append(cursor.take())
