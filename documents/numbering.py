"""Which series numbers a kind of paper, and how its number is written (Decree 30/2020 art. 15)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from documents.models.papers import AuthorityKind, Kind


@dataclass(frozen=True, slots=True)
class Series:
    """A series of numbers: its symbol, whether it starts anew each year, whether it has one."""

    symbol: str
    yearly: bool

    def year(self, day: date) -> int:
        """The year of the register that a number of that day belongs to; 0 if it never restarts."""
        return day.year if self.yearly else 0

    def written(self, number: int) -> tuple[str, str]:
        """Give number and symbol as printed: ("03", "QĐ-CT")."""
        return f"{number:02}", self.symbol


DECISIONS = {
    AuthorityKind.CHAIRMAN: Series("QĐ-CT", yearly=True),
    AuthorityKind.COMMITTEE: Series("QĐ-UBND", yearly=True),
}
BY_CODE = {
    Kind.QUALITY_OBJECTIVES: Series("MTCL", yearly=True),
    Kind.QUALITY_POLICY: Series("CSCL", yearly=False),
    Kind.PROCEDURE: Series("QT", yearly=False),
    # The office's letters and notices have one register each; its secretariat keeps both.
    Kind.OFFICIAL_LETTER: Series("UBND-VP", yearly=True),
    Kind.NOTICE: Series("TB-UBND", yearly=True),
}


def series_of(kind: str, authority_kind: str) -> Series:
    """Give the series of a paper; decisions follow the authority, the rest their own code."""
    return BY_CODE.get(Kind(kind)) or DECISIONS[AuthorityKind(authority_kind)]


def submission_notes_of(department_code: str) -> Series:
    """The series of a department's submission notes ("TTr-NV")."""
    return Series(f"TTr-{department_code}", yearly=True)


def minutes_of(committee_code: str) -> Series:
    """The series of a committee's minutes ("BB-BCĐISO")."""
    return Series(f"BB-{committee_code}", yearly=True)


def routing_slips_of(department_code: str) -> Series:
    """The series of the office's routing slips to the signatory ("PTr-VP")."""
    return Series(f"PTr-{department_code}", yearly=True)
