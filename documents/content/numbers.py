"""The types of instruments and how their numbers are written, by organs of State and Party."""

from __future__ import annotations

import regex

LAW_TYPES = ("Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh")
NUMBERED_TYPES = (
    "Nghị quyết liên tịch", "Nghị quyết", "Nghị định", "Quyết định", "Chỉ thị",
    "Thông tư liên tịch", "Thông tư", "Công văn", "Kế hoạch", "Thông báo", "Tờ trình", "Văn bản hợp nhất", "Văn bản",
    "Hướng dẫn", "Quy chế", "Quy định", "Báo cáo", "Chương trình hành động", "Chương trình", "Đề án", "Kết luận", "Lệnh",
    "Biên bản", "Công điện", "Sắc lệnh",
)  # fmt: skip

# "QĐ-BGD &ĐT": blanks slip in before the ampersand of a name.
_CODE = r"\p{L}(?:[\p{L}\d&.]*[\p{L}\d&])?(?:\s&\s?\p{Lu}[\p{L}\d]*)?"
_STATE_NUMBER = (
    # "66.2/2025/NQ-CP" is one of a numbered group; joint papers have a second stroke: "88/2016/TTLT/BTC-BTNMT".
    rf"\d{{1,5}}(?:[a-zđ]|\.\d{{1,2}})?\s?(?:/\s?\d{{4}})?\s?/\s?(?=\p{{Lu}}){_CODE}(?:\s?[-–]\s?{_CODE})*"
    rf"(?:(?<=/(?:TTLT|NQLT))\s?/\s?{_CODE}(?:\s?[-–]\s?{_CODE})*)?"
)
# Organs of the Party write the type first: 18-NQ/TW, 99-QĐ/TU.
_PARTY_NUMBER = rf"\d{{1,5}}\s?[-–]\s?\p{{Lu}}\p{{L}}{{0,5}}\s?/\s?(?=\p{{Lu}}){_CODE}"
# Before 1997 a number had its sign behind a hyphen, or a type between: "74-CP", "2307 QĐ/TCCB", "12TT/BQL".
_OLD_NUMBER = (
    r"\d{1,5}\s?[-–]\s?(?:CP|TTg|HĐBT|CT|UB)(?![\p{L}\d/-])"
    rf"|\d{{1,5}}\s?(?:QĐ|CT|TT|NQ|TB|HD|CV)\s?/\s?(?=\p{{Lu}}){_CODE}(?:[-–]{_CODE})*"
)
NUMBER = rf"(?:{_STATE_NUMBER}|{_PARTY_NUMBER}|{_OLD_NUMBER})"
_NUMBER_PARTS = regex.compile(r"(\d+)([a-zđ]?|\.\d{1,2})(?:/(\d{4}))?(?:[/-]|(?=\p{Lu}))(.+)")


def split_number(raw: str) -> tuple[int | None, str, int | None, str]:
    """A written number as (number, suffix letter, year inside, symbol); (None, …) when unreadable."""
    parts = _NUMBER_PARTS.fullmatch(regex.sub(r"\s", "", raw).replace("–", "-"))
    if parts is None:
        return None, "", None, ""
    year = int(parts[3]) if parts[3] else None
    return int(parts[1]), parts[2], year, parts[4]
