"""Who is responsible, out of one cell or sentence: bodies and posts, each with its role."""

from __future__ import annotations

import regex

from documents.content.folding import fold
from documents.content.objectives.model import Party, Role

# A comma parts two parties only before one of these: "phòng, ban, đơn vị" is one.
_HEADS = (
    r"(?:Văn phòng|Ban\s|Bộ phận|Phòng\s|Các\s|các (?:phòng|cơ quan|đơn vị|ban|xã|phường|bộ phận|CQCM)|Thư ký|"
    r"Lãnh đạo|Trưởng\s|Thủ trưởng|Chánh\s|UBND|Ủy ban|Uỷ ban|Công chức|Chi cục|Trung tâm|Đội\s|Công an|"
    r"Sở\s|Chủ tịch|Phó\s|CQCM|Đại diện|Tổ\s|Bộ\s|Thanh tra|Chuyên viên|Cán bộ)"
)
_ROLE = r"\((?P<role>chủ trì|chính|tham dự|tham gia|phối hợp|báo cáo|theo dõi)[^()]{0,40}\)"
_AFTER_ROLE = regex.compile(r"(\([^()]{2,60}\))\s*[,;]?\s+(?=\p{Lu})")
_SEPARATORS = regex.compile(rf"\s*;\s*|\s*\n\s*|,\s*(?={_HEADS})")
_WITH_ROLE = regex.compile(rf"(?P<name>.+?)\s*{_ROLE}\s*\.?", regex.IGNORECASE)
_LABELLED = regex.compile(
    r"(?P<role>chủ trì|phối hợp|tham gia|thực hiện|báo cáo)\s*:\s*(?P<name>.+)", regex.IGNORECASE
)
_ROLES: dict[str, Role] = {
    "chủ trì": "leads", "chính": "leads", "thực hiện": "leads", "tham dự": "takes_part",
    "tham gia": "takes_part", "phối hợp": "coordinates", "báo cáo": "reports", "theo dõi": "reports",
}  # fmt: skip


def parties(raw: str) -> tuple[Party, ...]:
    """The parties of a cell, in order; a role only where the words give one."""
    marked = _AFTER_ROLE.sub(r"\1; ", raw.strip())
    parts = (part.strip(" .") for part in _SEPARATORS.split(marked))
    return tuple(_party(part) for part in parts if part)


def _party(part: str) -> Party:
    found = _WITH_ROLE.fullmatch(part) or _LABELLED.fullmatch(part)
    if found is None:
        return Party(part)
    return Party(found["name"].strip(" ,.;:-"), _ROLES[fold(found["role"])])
