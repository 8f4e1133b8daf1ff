"""Texts to begin a paper from, by kind, in the form of Decree 30/2020; filled with the office."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from documents.models import AuthorityKind, Kind
from documents.numbering import series_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from documents.models import Document
    from offices.models import Department

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Blank:
    """One text to begin from: the file, the kind of paper it makes, what a person calls it."""

    code: str
    kind: Kind
    words: str


BLANKS = (
    Blank("decision_direct", Kind.DECISION, "Quyết định quy định trực tiếp"),
    Blank("decision_annexes", Kind.DECISION, "Quyết định ban hành kèm phụ lục"),
    Blank("quality_objectives", Kind.QUALITY_OBJECTIVES, "Mục tiêu chất lượng"),
    Blank("quality_policy", Kind.QUALITY_POLICY, "Chính sách chất lượng"),
    Blank("procedure", Kind.PROCEDURE, "Quy trình"),
)
BY_CODE = {blank.code: blank for blank in BLANKS}


def letter(about: Document, words: Mapping[str, str], *, kind: Kind, year: int) -> str:
    """Fill the letter of a kind about an issued paper; `words` fill the places of its own."""
    return _filled(
        kind.value,
        kind,
        department=about.department,
        authority_kind=about.authority_kind,
        proposer="",
        year=year,
        words=words,
    )


def text_of(
    blank: Blank, *, department: Department, authority_kind: str, proposer: str, year: int
) -> str:
    """Fill a blank for a department's paper of a year; brackets are left for the drafter."""
    return _filled(
        blank.code,
        blank.kind,
        department=department,
        authority_kind=authority_kind,
        proposer=proposer,
        year=year,
        words={},
    )


def _filled(
    code: str,
    kind: Kind,
    *,
    department: Department,
    authority_kind: str,
    proposer: str,
    year: int,
    words: Mapping[str, str],
) -> str:
    office = department.office
    by_chairman = authority_kind == AuthorityKind.CHAIRMAN
    body = " ".join(office.header_lines)
    template = Template((HERE / f"{code}.txt").read_text(encoding="utf-8"))
    return template.substitute(
        header_1=office.header_lines[0],
        header_2=office.header_lines[1],
        symbol=series_of(kind, authority_kind).symbol,
        place=office.place,
        year=year,
        authority=f"CHỦ TỊCH {body}" if by_chairman else body,
        authority_name=office.authority_name,
        issuer=f"Chủ tịch {office.authority_name}" if by_chairman else office.authority_name,
        department_caps=department.name.upper(),
        unit=department.code,
        proposer=proposer,
        **words,
    )
