"""When two citations name one instrument, and two spellings one body."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import regex

from documents.content.folding import agency_key, fold
from documents.content.numbers import LAW_TYPES

if TYPE_CHECKING:
    from documents.content.tree import Instrument

# A law is called by its year too: "Luật Đất đai năm 2013".
_OF_YEAR = regex.compile(r"(.+?),?\s+năm\s+(\d{4})")

Key = tuple[str, int | None, str, str, date | None]


def instrument_key(one: Instrument) -> Key:
    """What makes two citations the same: type, number, agency code and date, never the year.

    For laws, which are cited without a number, the name takes the number's place.
    """
    name = "" if one.number is not None else fold(one.name)
    code = fold(one.symbol)
    return fold(one.type), one.number, f"{one.suffix}/{code}", name, one.dated_on


def same_instrument(a: Instrument, b: Instrument) -> bool:
    """Whether two citations name one instrument; the year inside the number may be missing."""
    if _is_law(a) and _is_law(b) and a.type == b.type:
        return _same_law(a, b)
    return instrument_key(a) == instrument_key(b) and (
        a.year is None or b.year is None or a.year == b.year
    )


def _is_law(one: Instrument) -> bool:
    return one.type in LAW_TYPES and bool(one.name)


def _same_law(a: Instrument, b: Instrument) -> bool:
    """By name, and by number, day or year as far as both tell; one without a year is another."""
    (name, year), (other, other_year) = _name_and_year(a), _name_and_year(b)
    if name != other or (year is None) is not (other_year is None) or year != other_year:
        return False
    numbered = a.number is not None and b.number is not None
    if numbered and (a.number, fold(a.symbol)) != (b.number, fold(b.symbol)):
        return False
    return not (a.dated_on and b.dated_on) or a.dated_on == b.dated_on


def _name_and_year(law: Instrument) -> tuple[str, int | None]:
    """ "Đất đai năm 2013" is the law of that name and year, as its day or its number tells."""
    name = fold(law.name)
    named = _OF_YEAR.fullmatch(name)
    if named is not None:
        return named[1], int(named[2])
    return name, law.dated_on.year if law.dated_on else law.year


def same_issuer(a: str, b: str) -> bool:
    """Whether two spellings can mean one body: "UBND tỉnh" and "Chủ tịch Ủy ban nhân dân tỉnh X"."""
    first, second = agency_key(a), agency_key(b)
    return bool(first and second) and (
        f"{first} ".startswith(f"{second} ") or f"{second} ".startswith(f"{first} ")
    )
