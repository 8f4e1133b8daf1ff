"""Two columns of the form that were printed on one line, and cells whose lines were run together.

A letterhead and a foot have two columns. Text taken out of a PDF or a table loses either the gap
between them or the breaks inside them; the fixed words of the form show where they were.
"""

from __future__ import annotations

import regex

NATION = r"(?:CỘNG H[ÒO][AÀ] XÃ HỘI CH[ỦU] NGHĨA VIỆT NAM|VIỆT NAM DÂN CHỦ CỘNG H[ÒO][AÀ])"
MOTTO = r"Độc lập\s*[-–]\s*Tự do\s*[-–]\s*Hạnh phúc"
PARTY = r"ĐẢNG CỘNG SẢN VIỆT NAM"
UNION = r"ĐOÀN (?:TNCS|THANH NIÊN CỘNG SẢN) HỒ CHÍ MINH"
_PLACE = r"(?:TP\.?\s?)?\p{Lu}\p{Ll}+(?:[ -]\p{Lu}?\p{Ll}+){0,5}"
DATE_LINE = rf"{_PLACE},\s*ngày\b.{{0,14}}\btháng\b.{{0,10}}\bnăm\b"
NUMBER_LINE = (
    r"Số\s*:?\s*[\d…._]*[a-zđ]?\s*/\s*(?:\d{4}\s*/\s*)?\p{Lu}[\p{L}\d&]*(?:\s?[-–]\s?[\p{L}\d&]+)*"
)
MODE = r"(?:TM|KT|TL|TUQ|Q)(?:\.|/)\s?\p{Lu}{2}|(?:T/M|K/T|T/L)\s\p{Lu}{2}"
POST = (
    r"(?:PHÓ |QUYỀN )?(?:CHỦ TỊCH|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|HIỆU TRƯỞNG|TRƯỞNG (?:PHÒNG|BAN)|CHI CỤC TRƯỞNG|CỤC TRƯỞNG|"
    r"TỔNG CỤC TRƯỞNG|VỤ TRƯỞNG|BỘ TRƯỞNG|THỨ TRƯỞNG|VIỆN TRƯỞNG|THỦ TƯỚNG|CHÁNH VĂN PHÒNG|CHỦ NHIỆM|THỐNG ĐỐC)\b"
)

_LISTS = regex.compile(r"(?:Nơi nhận|NƠI NHẬN)\s*:|[-+]\s")
# A dash opens the next recipient only behind the stop of the one before.
_DASHES = regex.compile(r"(?<=[;:.,)])\s+(?=[-+]\s?\p{L})")

# What stands left of the gap, and what begins the right column.
_GAPS = (
    # "CHỦ TỊCH NƯỚC CỘNG HÒA …" decides for the State and is one name.
    regex.compile(
        rf"(?P<left>\p{{Lu}}[^\p{{Ll}}]{{2,100}}?)(?<!CHỦ TỊCH NƯỚC|NƯỚC NƯỚC)\s+(?P<right>{NATION})"
    ),
    regex.compile(rf"(?P<left>\p{{Lu}}[^\p{{Ll}}]{{2,100}}?)\s+(?P<right>{MOTTO})"),
    # The Union's own committees bear its name behind theirs: "BCH ĐOÀN TNCS HỒ CHÍ MINH".
    regex.compile(
        rf"(?P<left>\p{{Lu}}[^\p{{Ll}}]{{2,100}}?)(?<!BCH|CHẤP HÀNH|THƯỜNG VỤ|BÍ THƯ)\s+(?P<right>{PARTY}|{UNION})"
    ),
    regex.compile(rf"(?P<left>{NUMBER_LINE})\s+(?P<right>{DATE_LINE}.{{0,12}})"),
    regex.compile(
        rf"(?P<left>\p{{Lu}}{{2}}[^\p{{Ll}}]{{2,100}}?|[*]{{1,5}})\s+(?P<right>{DATE_LINE}.{{0,12}})"
    ),
    regex.compile(rf"(?P<left>(?:Nơi nhận|NƠI NHẬN)\s*:)\s+(?P<right>(?:{MODE}|{POST}).{{0,80}})"),
    regex.compile(
        rf"(?P<left>[-+]\s.{{2,120}}?[;.:)])(?:\s+|(?=(?:TM|KT|TL|TUQ)\.\s\p{{Lu}}{{2}}))(?P<right>(?:{MODE}|{POST})[\p{{Lu}}\s&,-]{{0,80}})"
    ),
    regex.compile(
        r"(?P<left>[-+]\sLưu\b.{1,60}?[.)])\s+(?P<right>\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}*){1,4})"
    ),
)
# The lines a run-together cell of a letterhead is made of; what stands between is the agency.
_HEAD_LINES = regex.compile(rf"{NATION}|{MOTTO}|{NUMBER_LINE}|{DATE_LINE}(?:\s*\d{{4}})?")
# Where a run-together cell of a foot breaks: before a mark, a post, a dash, the word that it was
# signed, and a name behind that or behind capitals.
_FOOT_BREAKS = regex.compile(
    rf"\s+(?={MODE}|(?<!(?:KT|TL|TUQ|Q|TM)\.\s)(?<!\b(?:PHÓ|TỔNG|CHI) ){POST}"
    r"|\((?:[Đđ]ã ký|[Kk]ý)\b"
    r"|(?<=\p{Lu} |[Kk]ý\) )\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}*){1,4}$)"
)


def restored(line: str) -> str:
    """The line with a TAB where the form has two columns; any other line as it is."""
    if "\t" in line or len(line) > _LONGEST:
        return line
    for gap in _GAPS:
        found = gap.fullmatch(line)
        if found is not None:
            return f"{found['left']}\t{found['right']}"
    return line


def stacked(cell: str) -> list[str]:
    """The lines a cell of the form consists of, broken at the fixed words of the form."""
    if len(cell) > _LONGEST:
        return [cell]
    pieces: list[str] = []
    start = 0
    for found in _HEAD_LINES.finditer(cell):
        pieces += [*_foot(cell[start : found.start()].strip()), found.group()]
        start = found.end()
    return [part for part in [*pieces, *_foot(cell[start:].strip())] if part]


def _foot(text: str) -> list[str]:
    """The lines of a signature block; dashes part only a distribution list."""
    parts = _FOOT_BREAKS.split(text)
    if not _LISTS.match(text):
        return parts
    return [line for part in parts for line in _DASHES.split(part)]


# Characters; no line of a letterhead is longer.
_LONGEST = 1_000
