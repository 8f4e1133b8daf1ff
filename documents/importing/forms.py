"""How the lines of the form look: number, place and date, authority, signature, annex reference.

Decree 30/2020, app. I. Every recogniser takes one line or one joined paragraph.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import regex

from documents.content.dates import DATE, read_date
from documents.content.facts import AnnexFacts, PrintedFacts
from documents.content.folding import fold
from documents.content.numbers import split_number
from documents.content.text import SIGNATURE_SLOT
from documents.content.tree import AnnexReference, Kind
from documents.importing.columns import MOTTO, NATION
from documents.importing.layout import is_caps
from documents.importing.words import tolerant

KIND_NAMES: dict[Kind, str] = {
    "decision": "Quyết định",
    "quality_objectives": "Mục tiêu chất lượng",
    "quality_policy": "Chính sách chất lượng",
    "procedure": "Quy trình",
    "official_letter": "Công văn",
    "notice": "Thông báo",
}
# The types of administrative document of Decree 30/2020 art. 7 that are not kinds of ours, and of law.
OTHER_TYPES = (
    "Nghị định", "Thông tư liên tịch", "Thông tư", "Pháp lệnh", "Văn bản hợp nhất", "Nghị quyết", "Chỉ thị", "Quy chế", "Quy định", "Thông cáo", "Thông báo", "Hướng dẫn",
    "Chương trình", "Kế hoạch", "Phương án", "Đề án", "Dự án", "Báo cáo", "Biên bản", "Tờ trình",
    "Hợp đồng", "Công văn", "Công điện", "Bản ghi nhớ", "Bản thỏa thuận", "Giấy ủy quyền",
    "Giấy mời", "Giấy giới thiệu", "Giấy nghỉ phép", "Phiếu gửi", "Phiếu chuyển", "Phiếu báo",
    "Phiếu trình", "Thư công",
)  # fmt: skip
BLANK = r"[\s.…_]*"
_NUMBER_LINE = regex.compile(
    rf"(?:Số|SỐ)\s*:?\s*(?P<number>\d{{1,5}})?(?P<suffix>[a-zđ])?{BLANK}/\s*(?:(?P<year>\d{{4}})\s*/\s*)?"
    r"(?P<symbol>\p{Lu}[\p{L}\d&]*(?:\s?[-–]\s?[\p{L}\d&]+)*)",
)
# Before 1997: "Số: 2307 QĐ/TCCB", "Số: 12NQ/HĐ", "Số: 81-QĐ", whose sign names no body.
_OLD_LINE = regex.compile(
    r"(?:Số|SỐ)\s*:?\s*(?P<number>\d{1,5})(?P<suffix>)(?P<year>)\s*(?P<symbol>\p{Lu}{2,5}\s?/\s?\p{Lu}[\p{L}\d]*(?:[-–][\p{L}\d]+)*)"
)
_BARE_LINE = regex.compile(
    r"(?:Số|SỐ)\s*:?\s*(?P<number>\d{1,5})(?P<suffix>[a-zđ])?(?P<year>)\s?[-–]\s?(?P<symbol>(?:QĐ|CP|CT|HĐBT|UB|TTg|TTG)\d{0,2})"
)
# Organs of the Party: "Số 315-QĐ/HU".
_PARTY_LINE = regex.compile(
    rf"(?:Số|SỐ)\s*:?\s*(?P<number>\d{{1,5}})?(?P<suffix>)(?P<year>){BLANK}-\s?(?P<symbol>\p{{Lu}}\p{{L}}*/\p{{Lu}}[\p{{L}}\d]*(?:-[\p{{L}}\d&]+)*)"
)
_NUMBER_LINES = (_NUMBER_LINE, _PARTY_LINE, _OLD_LINE, _BARE_LINE)
_DATE_LINE = regex.compile(
    # The comma behind the place may be lost, and the blank with it: "An Mẫungày 5 tháng …".
    rf"(?:(?P<place>[^,]{{2,60}}),\s*|(?P<place>\p{{Lu}}\p{{Ll}}+(?:\s\p{{Lu}}\p{{Ll}}+){{0,3}})\s*(?=ngày\s*\d)|(?=[Nn]gày\s))"
    rf"(?:[Nn]gày\s*(?:m[ồù]ng\s+)?(?P<day>\d{{1,2}})?{BLANK}|(?P<day>\d{{1,2}})\s+)?tháng\s*(?P<month>\d{{1,2}})?"
    rf"{BLANK}năm\s*(?:(?P<year>\d{{4}})|\d{{2}}(?=\s*[.…_]))?{BLANK}"
)
# "An Mẫu, ngày 5/01/2024", "An Mẫu, tháng 01/2024".
_DATE_IN_NUMBERS = regex.compile(
    r"(?P<place>[^,]{2,60}),\s*(?:[Nn]gày\s*(?P<day>\d{1,2})\s?[/.-]\s?|tháng\s*)(?P<month>\d{1,2})\s?[/.-]\s?"
    r"(?P<year>\d{4})[.;]?"
)
_NATIONAL = (
    "cộng hoà xã hội chủ nghĩa việt nam",
    "việt nam dân chủ cộng hoà",
    "độc lập",
    "đảng cộng sản việt nam",
)
_WHOLE_NATIONAL = regex.compile(rf"{NATION}|{MOTTO}")
_AUTHORITY = regex.compile(r"(?:(?:QUYỀN |Q\. ?)?CHỦ TỊCH\s+)?(?:ỦY|UỶ) BAN NHÂN DÂN\b")
_MODE = regex.compile(
    r"(?P<mark>TM|KT|TL|TUQ|Q|T/M|K/T|T/L)(?:(?P<dot>[./])\s*|\s+)(?P<body>\p{Lu}[\p{Lu}\s&,-]*\p{Lu})"
    r"(?P<noise>\s+[\p{Ll}\d]{1,12})?"
)
_POSTS = (
    r"CHỦ TỊCH|CHỈ HUY TRƯỞNG|CHÁNH VĂN PHÒNG|CHÁNH THANH TRA|CHÁNH ÁN|TRƯỞNG (?:PHÒNG|BAN|ĐOÀN|KHOA|TRẠM|BỘ MÔN|TIỂU BAN|BỘ PHẬN|THUẾ|CÔNG AN)|"
    r"TỔNG GIÁM ĐỐC|TỔNG KIỂM TOÁN|TỔNG THANH TRA|THỐNG ĐỐC|GIÁM ĐỐC|CHỦ NHIỆM|BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TƯỚNG|TỔNG CỤC TRƯỞNG|CHI CỤC TRƯỞNG|"
    r"CỤC TRƯỞNG|VỤ TRƯỞNG|VIỆN TRƯỞNG|HIỆU TRƯỞNG|HẠT TRƯỞNG|TRẠM TRƯỞNG|ĐỘI TRƯỞNG|TỔ TRƯỞNG|TỔNG BIÊN TẬP|"
    r"BÍ THƯ|TỔNG THƯ KÝ|ĐẠI DIỆN LÃNH ĐẠO|ĐẠI DIỆN CHẤT LƯỢNG|(?<=PHÓ )(?:BAN|PHÒNG|ĐOÀN)"
)
_ROLE = regex.compile(
    rf"(?:PHÓ |QUYỀN )?(?:{_POSTS})(?!\s+(?:ỦY|UỶ) BAN)(?:\s+(?:[\p{{Lu}}&]+,?|-|–|\([\p{{Lu}} ]{{2,30}}\))){{0,9}}"
)
# In a block that has begun, the signatory's other post may follow: "PHÓ CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ".
_OTHER_POST = regex.compile(
    rf"(?:KIÊM\s+)?(?:PHÓ |QUYỀN )?(?:{_POSTS})(?:\s+(?:[\p{{Lu}}&]+,?|-|–)){{1,12}}"
)
_TITLES = r"(?:(?:(?:PGS|GS|TS|TSKH|ThS|Ths|BS|Bs|BSCKI{1,2}|KS|CN|DS|ĐD)(?:\.\s?|\s))+|(?:Đại|Thượng|Trung|Thiếu) (?:tá|tướng|úy)\s)"
_NAME = regex.compile(rf"{_TITLES}?\p{{Lu}}[\p{{Ll}}']*(?:\s\p{{Lu}}[\p{{Ll}}']*){{1,5}}")
_TITLED = regex.compile(rf"\A{_TITLES}")
_HALF_WORDS = (" NHÀ", " NHÂN", " ỦY", " UỶ", " VĂN", " CHỦ")
_FAMILIES = frozenset(
    [
        "NGUYỄN",
        "TRẦN",
        "LÊ",
        "PHẠM",
        "HOÀNG",
        "HUỲNH",
        "PHAN",
        "VŨ",
        "VÕ",
        "ĐẶNG",
        "BÙI",
        "ĐỖ",
        "HỒ",
        "NGÔ",
        "DƯƠNG",
        "LÝ",
        "ĐÀO",
        "ĐINH",
        "ĐOÀN",
        "TRỊNH",
        "TRƯƠNG",
        "LÂM",
        "MAI",
        "TÔ",
        "HÀ",
        "CAO",
        "LƯƠNG",
        "LƯU",
        "PHÙNG",
        "QUÁCH",
        "THÁI",
        "TẠ",
        "TĂNG",
        "CHU",
        "TRIỆU",
        "NÔNG",
        "VI",
        "LA",
        "MA",
        "HỨA",
        "KIỀU",
        "TRIỆU",
        "ÂU",
        "LỮ",
        "TỐNG",
        "NGHIÊM",
    ]
)
_SIGNED = regex.compile(
    r"[Đđ]ã ký:?|\[[Đđ]ã ký[^\[\]]{0,40}\]|\((?:[Đđ]ã ký[^()]{0,40}|[Kk]ý|[Kk]ý tên[^()]{0,40}|[Kk]ý số[^()]{0,40})\)"
)
_REFERENCE = regex.compile(
    r"(?P<opening>\((?:Ban hành )?[Kk]èm theo (?:Quyết định|Văn bản|Kế hoạch|Công văn))\s+số\b\s*:?\s*"
    r"(?P<number>.{0,60}?)\s*\bngày\b\s*(?P<date>.{0,60}?)\s*(?:\bcủa\b\s+(?P<issuer>[^()]{1,300}?)\s*)?"
    r"(?P<closing>\.?\)[.;]?)"
)
# "QUYẾT ĐỊNH CỦA CHỦ TỊCH UBND TỈNH" is the title of older forms.
_DECISION = regex.compile(
    rf"(?:{tolerant('QUYẾT ĐỊNH')}|{tolerant('Quyết định')})\s*\.?|{tolerant('QUYẾT ĐỊNH')} CỦA [^\p{{Ll}}:]{{3,120}}"
)
_LABEL = regex.compile(
    r"(?:PHỤ LỤC|Phụ lục)(?:\s+(?:SỐ\s+|số\s+)?(?:[IVXLC]{1,6}|\d{1,3}|[A-Z]))?\s*[.:]?"
)


@dataclass(frozen=True, slots=True)
class ModeLine:
    """ "TM. ỦY BAN NHÂN DÂN": the mark, for whom, and what does not belong there."""

    mark: str
    has_dot: bool
    body: str
    noise: str


def number_line(text: str) -> PrintedFacts | None:
    """Number and symbol of a "Số: …" line, blank or not; a year inside marks a normative paper."""
    found = next((f for form in _NUMBER_LINES if (f := form.fullmatch(text))), None)
    if found is None:
        return None
    return PrintedFacts(
        number_raw=text,
        number=int(found["number"]) if found["number"] else None,
        suffix=found["suffix"] or "",
        number_year=int(found["year"]) if found["year"] else None,
        symbol=regex.sub(r"\s", "", found["symbol"]),
    )


def date_line(text: str) -> PrintedFacts | None:
    """Place, day, month and year of the line under the national heading; parts may be blank."""
    found = _DATE_LINE.fullmatch(text) or _DATE_IN_NUMBERS.fullmatch(text)
    if found is None:
        return None
    day, month, year = (
        int(found[part]) if found[part] else None for part in ("day", "month", "year")
    )
    return PrintedFacts(
        date_raw=text, place=(found["place"] or "").strip(), day=day, month=month, year=year
    )


def is_national_heading(text: str) -> bool:
    """Whether a line is the name of the State or its motto, with hyphens or dashes."""
    return fold(text).startswith(_NATIONAL) and len(text) < 60


def is_whole_national_heading(text: str) -> bool:
    """Whether a line is the name of the State or its motto from its first word to its last."""
    return _WHOLE_NATIONAL.fullmatch(text) is not None


def is_authority(text: str) -> bool:
    """Whether a paragraph in capitals names a people's committee or its chairman."""
    return is_caps(text) and _AUTHORITY.match(text) is not None


def mode_line(text: str) -> ModeLine | None:
    """The capacity in which somebody signs: TM., KT., TL., TUQ., Q. (Decree 30/2020 art. 13)."""
    found = _MODE.fullmatch(text)
    if found is None:
        return None
    mark = found["mark"].replace("/", "")
    has_dot = bool(found["dot"]) or "/" in found["mark"]
    return ModeLine(mark, has_dot, " ".join(found["body"].split()), (found["noise"] or "").strip())


def is_cut_short(text: str) -> bool:
    """Whether a narrow column may have broken the line: a capacity, or a post cut inside a word."""
    return mode_line(text) is not None or text.endswith(_HALF_WORDS)


def is_role(text: str) -> bool:
    """Whether a line is the post of a signatory."""
    return len(text) < 80 and _ROLE.fullmatch(text) is not None


def is_other_post(text: str) -> bool:
    """Whether a line can be a further post of who signs, with the body it is held in."""
    return len(text) < 100 and _OTHER_POST.fullmatch(text) is not None


def is_name(text: str) -> bool:
    """Whether a line can be a person's name."""
    return len(text) < 60 and _NAME.fullmatch(text) is not None


def is_family(text: str) -> bool:
    """Whether a line is a family name alone."""
    return text.istitle() and text.upper() in _FAMILIES


def is_name_in_capitals(text: str) -> bool:
    """Whether a line in capitals can be a person's name: it begins with a family name."""
    text = _TITLED.sub("", text)
    words = text.split()
    return 2 <= len(words) <= 5 and is_caps(text) and words[0] in _FAMILIES and text.isupper()


def is_signed_mark(text: str) -> bool:
    """Whether a line only says that the original is signed."""
    return _SIGNED.fullmatch(text) is not None


def opens_signature(text: str) -> bool:
    """Whether a signature block can begin with this line."""
    return text == SIGNATURE_SLOT or mode_line(text) is not None or is_role(text)


def is_reference(text: str) -> bool:
    """Whether a paragraph is "(Ban hành kèm theo …)", readable or not."""
    return text.startswith(("(Ban hành kèm theo ", "(Kèm theo ", "(kèm theo "))


def annex_reference(text: str) -> tuple[AnnexReference, AnnexFacts] | None:
    """The fixed part of an annex's reference and the number and date printed in it."""
    found = _REFERENCE.fullmatch(text) if len(text) < 600 else None
    if found is None:
        return None
    number, *_ = split_number(found["number"])
    dated = regex.fullmatch(DATE, found["date"])
    facts = AnnexFacts(
        reference_raw=text,
        reference_number=regex.sub(r"\s", "", found["number"]) if number is not None else "",
        reference_date=read_date(found["date"]).value if dated else None,
    )
    return AnnexReference(found["opening"], found["issuer"] or "", found["closing"]), facts


def is_annex_label(text: str) -> bool:
    """Whether a line is "Phụ lục" with or without its numeral, and nothing else."""
    return _LABEL.fullmatch(text) is not None


def type_of(text: str) -> str | None:
    """The document type a line names, as a sentence writes it; None for any other line."""
    plain = fold(text).rstrip(" .:")
    if _DECISION.fullmatch(text):
        return KIND_NAMES["decision"]
    if len(text) < 200:
        for kind in ("quality_objectives", "quality_policy", "procedure"):
            if plain.startswith(fold(KIND_NAMES[kind])) and (is_caps(text) or len(text) < 90):
                return KIND_NAMES[kind]
    for name in OTHER_TYPES:
        named = fold(name)
        if plain == named or (is_caps(text) and plain.startswith(f"{named} ")):
            return name
    return None


def is_letterhead(texts: Iterable[str]) -> bool:
    """Whether the cells of a table are the two columns of a letterhead, not data."""
    return any(
        is_national_heading(text) or number_line(text) or date_line(text) or is_authority(text)
        for text in texts
    )
