"""Numbers of papers, in every spelling people use: read out of a question and out of a text.

One normal form, all lower case without marks: number, year inside or beside it, symbol without
its dashes. "QĐ 1073/QĐ-CT", "số 1073/2023/qd-ct", "1073 /QĐ-CT ngày 04/7/2023" meet in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# What stands before a number in speech: "QĐ 1073", "NĐ số 30".
ABBREVIATIONS = (
    "qd", "nd", "nq", "ttlt", "ttr", "tt", "tb", "kh", "cv", "ct", "hd", "bc", "qt", "cs", "mt",
)  # fmt: skip
_SYMBOL = r"[a-z][a-z0-9]{0,15}(?:(?:\ -\ |\ /\ |[-/.])[a-z][a-z0-9]{0,15}){0,5}"
_DATE = r"(?:0?[1-9]|[12]\d|3[01])\ ?[/.-]\ ?(?:0?[1-9]|1[0-2])\ ?[/.-]\ ?"
_YEAR = r"(?:1[89]|20)\d{2}"
_SIGNS = "|".join(ABBREVIATIONS)
_JOINT = r"\ ?/\ ?|-"
# In a question what belongs together is typed together too: "QĐ1073", "1073QĐ-CT".
_JOINT_ASKED = rf"{_JOINT}|(?=(?:{_SIGNS})(?:[\s,;)/.-]|$))"


def _pattern(joint: str) -> str:
    """Write the pattern of a number whose symbol stands behind a joint of this shape."""
    return rf"""
    0*(?P<number>\d{{1,6}})(?P<suffix>[a-z]?)
    (?:\ ?/\ ?(?P<inside>{_YEAR})(?=\ ?/|[^\w/.-]|$))?
    (?:(?:{joint})(?P<symbol>{_SYMBOL}))?
    (?:,?\ (?:ngay\ {_DATE}|ngay\ \d{{1,2}}\ thang\ \d{{1,2}}\ nam\ |nam\ )(?P<beside>{_YEAR})
      |\ ?/\ ?(?P<behind>{_YEAR})(?!\w|[/-]|\.\w))?
    """


_ASKED = re.compile(
    rf"(?:\b(?P<sign>{_SIGNS})(?:\ |\.|-|\ so\ |(?=\d))|\bso:?\ )?"
    + _pattern(_JOINT_ASKED)
    + r"(?=[\s,;)]|$)",
    re.VERBOSE,
)
_TOGETHER = re.compile(rf"(?:{_SIGNS})\d|\d{{1,6}}(?:{_SIGNS})")
_CITED = re.compile(rf"(?<![\w/.-]){_pattern(_JOINT)}(?![\w/])", re.VERBOSE)
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as far as it was said; empty text for what was not."""

    number: str
    year: str = ""
    symbol: str = ""

    @property
    def token(self) -> str:
        """The form in which it is looked up: "1073", "1073/2023", "1073/2023/qdct"."""
        return "/".join(part for part in (self.number, self.year, key(self.symbol)) if part)

    def spellings(self, *, years: frozenset[str] = frozenset()) -> frozenset[str]:
        """Every shorter way to say the number of a paper, dated in one of these years."""
        symbols = {"", self.symbol, sign(self.symbol)}
        known = {"", self.year, *years}
        return frozenset(Number(self.number, y, s).token for y in known for s in symbols)


def key(symbol: str) -> str:
    """A symbol as it is compared: letters and digits alone."""
    return re.sub(r"[^a-z0-9]", "", symbol)


def sign(symbol: str) -> str:
    """What stands before the first dash: "qd" of "qd-ct"."""
    return re.split(r"[^a-z0-9]", symbol.strip(), maxsplit=1)[0]


def asked_at(folded: str, position: int) -> tuple[Number, int] | None:
    """Read a number that begins at a place of a folded question; gives it and where it ends."""
    found = _ASKED.match(folded, position)
    return None if found is None else (_number(found, found["sign"] or ""), found.end())


def is_together(folded: str) -> bool:
    """Whether a question's number touches its letters, as names of other things do too."""
    return _TOGETHER.match(folded) is not None


def cited_in(folded: str) -> Iterator[Number]:
    """Give every number with a year or a symbol that a folded text mentions."""
    for found in _CITED.finditer(_SPACES.sub(" ", folded)):
        if found["symbol"] or found["inside"]:
            yield _number(found, "")


def _number(found: re.Match[str], before: str) -> Number:
    return Number(
        number=found["number"] + found["suffix"],
        year=found["inside"] or found["beside"] or found["behind"] or "",
        symbol=found["symbol"] or before,
    )
