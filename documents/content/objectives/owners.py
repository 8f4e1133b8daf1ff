"""Which departments a paper's words mean: a proposal for the person who confirms the reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import regex

from documents.content.folding import fold

if TYPE_CHECKING:
    from documents.content.objectives.model import Party

_HEAD = regex.compile(
    r"(?:phó )?(?:trưởng|chánh|lãnh đạo|thủ trưởng|giám đốc|công chức|chuyên viên|cán bộ)\s+"
)
_ALL = regex.compile(r"(?:các|mọi|toàn thể)\s+(?:các\s+)?(?:phòng|cơ quan|cqcm|đơn vị|bộ phận|ban)")
_ROOMS = regex.compile(r"(?:các|mọi)\s+phòng")
_SECRETARY = regex.compile(r"(?:ban )?thư ký (?:bcđ|ban chỉ đạo|ban|iso)")
_COMMITTEE = regex.compile(r"(?:ban chỉ đạo|bcđ)\b")
_SHORT = (("ubnd", "uỷ ban nhân dân"), ("hđnd", "hội đồng nhân dân"), ("&", " và "))


def proposed(
    parties: Sequence[Party], names: Mapping[int, str], *, committees: set[int]
) -> set[int]:
    """The keys of the departments that parties may mean; none where no name fits.

    `names` are the office's departments by key, `committees` those of them that are committees.
    """
    return {
        key
        for party in parties
        for key, name in names.items()
        if _is_meant(_plain(party.name), _plain(name), is_committee=key in committees)
    }


def _plain(name: str) -> str:
    said = fold(name)
    for short, long in _SHORT:
        said = said.replace(short, long)
    return " ".join(said.split())


def _is_meant(party: str, name: str, *, is_committee: bool) -> bool:
    if _SECRETARY.match(party) or _COMMITTEE.match(party):
        return is_committee
    if is_committee:
        return False
    if _ALL.match(party):
        return name.startswith("phòng ") if _ROOMS.match(party) else True
    body = _HEAD.sub("", party, count=1)
    return bool(body) and (name.startswith(body) or body.startswith(name))
