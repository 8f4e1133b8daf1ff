"""The full name of the issuing agency, from an authority line that may be cut short."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from documents.content.folding import fold
from documents.content.titles import sentence_case

if TYPE_CHECKING:
    from collections.abc import Sequence

    from documents.content.tree import AuthorityKind, Preface

# The post before the name of the body whose head decides; "TRƯỞNG" belongs to the post only.
_POST = regex.compile(
    r"^(?:(?:QUYỀN|Q\.)\s*)?(?:(?:PHÓ\s+)?(?:CHỦ TỊCH|TỔNG GIÁM ĐỐC|GIÁM ĐỐC|CHỦ NHIỆM|TỔNG BIÊN TẬP)\s+"
    r"|(?:BỘ|HIỆU|VIỆN|CHI CỤC|TỔNG CỤC|CỤC|VỤ|TRẠM|ĐỘI|HẠT|KHOA)\s+TRƯỞNG\s+|CHÁNH\s+ÁN\s+|CHỈ HUY\s+TRƯỞNG\s+|HỘI ĐỒNG (?:THÀNH VIÊN|QUẢN TRỊ|TRƯỜNG)\s+(?=CÔNG TY|TỔNG CÔNG TY|TẬP ĐOÀN|TRƯỜNG|ĐẠI HỌC)"
    r"|TRƯỞNG\s+(?:PHÒNG|BAN)\s+(?=PHÒNG\b|BAN\b)|(?:TRƯỞNG|CHÁNH)\s+)",
    regex.IGNORECASE,
)
_BODY = regex.compile(r"^(?:(?:ỦY|UỶ) BAN NHÂN DÂN|UBND)\b", regex.IGNORECASE)
_UNIT = regex.compile(
    r"^(?:PHÒNG|VĂN PHÒNG|BAN|SỞ|CHI CỤC|CỤC|TỔNG CỤC|TRUNG TÂM|BỘ PHẬN|THANH TRA|BỘ|HỘI ĐỒNG|"
    r"TRƯỜNG|HỌC VIỆN|VIỆN|BỆNH VIỆN|TRẠM|HẠT|KHO BẠC|CÔNG AN|THƯỜNG TRỰC|"
    r"TÒA ÁN|VIỆN KIỂM SÁT|BẢO HIỂM XÃ HỘI|THUẾ|TẬP ĐOÀN|TỔNG CÔNG TY|CÔNG TY|"
    r"NHÀ MÁY|XÍ NGHIỆP|CHI NHÁNH|ĐẠI HỌC|LIÊN ĐOÀN|HỘI|ĐOÀN)\b"
)
_COLLECTIVE = regex.compile(
    r"^(?:(?:ỦY|UỶ) BAN|HỘI ĐỒNG|THƯỜNG TRỰC|BAN (?:CHỈ ĐẠO|THƯỜNG VỤ|THƯỜNG TRỰC|CHẤP HÀNH))\b",
    regex.IGNORECASE,
)

_LEVELS = ("thành phố", "thị xã", "thị trấn", "đặc khu", "phường", "quận", "huyện", "tỉnh", "xã")
_NAMED = regex.compile(
    r"(?:Ủy ban nhân dân|UBND)\s+(?P<level>\p{Ll}[\p{Ll} ]*?)\s+(?P<name>(?:\p{Lu}[\p{L}]*\s?)+)"
)


def full_agency(preface: Preface) -> str:
    """The agency of a paper as a sentence writes it: "Ủy ban nhân dân quận An Mẫu".

    A name that stops at its level is completed from the header, then from the subject; never
    from the date line, which is a fact of issuance.
    """
    header = " ".join(_own_header(preface))
    name = body_of(preface.authority) or body_of(header)
    if _names_territory_of(header, name):
        return written_out(header)
    if not is_cut_short(name):
        return written_out(name)
    if fold(header).startswith(fold(name)) and not is_cut_short(header):
        return written_out(header)
    level = _level_of(name)
    for found in _NAMED.finditer(preface.subject):
        if fold(found["level"]) == level:
            return written_out(f"{name} {found['name'].strip().upper()}")
    return written_out(name)


def _names_territory_of(header: str, name: str) -> bool:
    """Whether the header is the name with the territory that the authority leaves out."""
    rest = fold(header).removeprefix(f"{fold(name)} ")
    return rest != fold(header) and any(rest.startswith(f"{level} ") for level in _LEVELS)


def body_of(authority: str) -> str:
    """The body an authority line names, without the post of its head."""
    return _POST.sub("", authority)


def kind_of(authority: str, enacting: str) -> AuthorityKind:
    """Who decides: the chairman of a body, a body as a whole, or another head.

    Where no line names the authority, the enacting sentence does.
    """
    named = authority or enacting
    if regex.match(r"(?:QUYỀN |Q\. ?)?CHỦ TỊCH\s", named, regex.IGNORECASE):
        return "chairman"
    return "committee" if _COLLECTIVE.match(named) else "other"


def decides_together(text: str) -> bool:
    """Whether a line begins like the name of a council or a committee."""
    return _COLLECTIVE.match(text) is not None


def names_a_body(line: str) -> bool:
    """Whether a line begins like the name of an office: "Trường Cao đẳng …", "UBND tỉnh …"."""
    return any(named.match(line.upper()) for named in (_BODY, _UNIT))


def names_a_head(line: str) -> bool:
    """Whether a line is the post of a head and the name of the body: "Hiệu trưởng Trường …"."""
    body = body_of(line)
    return body != line and not line.endswith((".", ";", ":", ",")) and names_a_body(body)


def names_a_post(text: str) -> bool:
    """Whether a text begins with the post of a head: "Trưởng ban Ban Tổ chức"."""
    return body_of(text) != text or text.startswith(("Trưởng ", "Phó ", "Chánh "))


def is_cut_short(name: str) -> bool:
    """Whether the name of a people's committee lacks the name of its territory."""
    return _BODY.match(name) is not None and _level_of(name) == fold(_BODY.sub("", name))


def written_out(name: str) -> str:
    """A name in capitals with the capitals of a sentence; other names as they are."""
    body = _BODY.match(name)
    if not name.isupper() or body is None:
        return sentence_case(name)
    rest = _BODY.sub("", name).strip()
    level = next((one for one in _LEVELS if fold(rest).startswith(one)), "")
    territory = rest[len(level) :].strip()
    proper = " ".join(word.capitalize() for word in territory.split())
    return " ".join(part for part in ("Ủy ban nhân dân", level, proper) if part)


def _own_header(preface: Preface) -> tuple[str, ...]:
    """The header lines of the agency itself, without the superior agency above it."""
    header = preface.agency_header
    starts = _starts(header)
    return header[starts[-1] :] if starts else header


def governing_lines(header: Sequence[str]) -> int:
    """Count the lines of a header above the issuing body's own name: those of its superior.

    Decree 30/2020, Appendix I, II.2: the superior's name stands plain, the issuer's bold. One
    body's name over two lines ("ỦY BAN NHÂN DÂN / QUẬN AN MẪU") has nobody above it; where no
    line begins a known body, the last is taken for the issuer's.
    """
    starts = _starts(header)
    return starts[-1] if starts else max(len(header) - 1, 0)


def _starts(header: Sequence[str]) -> list[int]:
    return [i for i, line in enumerate(header) if _BODY.match(line) or _UNIT.match(line.upper())]


def _level_of(name: str) -> str:
    rest = fold(_BODY.sub("", name))
    return next((one for one in _LEVELS if rest == one or rest.startswith(f"{one} ")), "")
