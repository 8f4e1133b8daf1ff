"""Where the words asked for stand in a text: a short extract, with the words told apart.

Plain pieces of text: whoever shows them escapes each and marks those that were found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from documents.finding.asking import Dated, Numbered, Words
from documents.finding.words import bare, tidy

if TYPE_CHECKING:
    from datetime import date

    from documents.finding.asking import Question, Term

LENGTH = 220
BEFORE = 60
# What is looked through: beyond it a paper is found, and no words of it are shown.
MOST_CHARACTERS = 400_000
# The subject stands within so many characters, below the names of state and office.
HEAD = 4000
# Places of words looked at in one text to choose the best piece of it.
MOST_PLACES = 400
_BLANK = re.compile(r"\s+")
_BETWEEN = r"[\W_]+"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text, and whether it is what was asked for."""

    text: str
    found: bool = False


def pattern(question: Question) -> re.Pattern[str] | None:
    """The words to mark, as a pattern over text without marks; None where nothing is asked."""
    ways = sorted({_way(term) for term in question.wanted}, key=len, reverse=True)
    return re.compile("|".join(ways)) if ways else None


def _way(term: Term) -> str:
    if isinstance(term, Dated):
        return _day(term.day)
    if isinstance(term, Numbered):
        number = term.number
        symbol = _BETWEEN.join(re.findall(r"[a-z0-9]+", number.symbol))
        year = rf"(?:\s?/\s?{number.year})?" if number.year else r"(?:\s?/\s?\d{4})?"
        tail = rf"\s?[/-]\s?{symbol}(?:[-/.][^\W_]+)*" if symbol else ""
        return rf"(?<![^\W_])0*{number.number}(?:{year}{tail})?(?![^\W_])"
    return _said(term)


def _day(day: date) -> str:
    month = rf"(?:\s?[/.-]\s?0?{day.month}\s?[/.-]\s?|\s+thang\s+0?{day.month}\s+nam\s+)"
    return rf"(?<![^\W_])0?{day.day}{month}{day.year}(?![^\W_])"


def _said(term: Words) -> str:
    said = _BETWEEN.join(
        rf"0*{word.bare}" if word.bare.isdigit() else re.escape(word.bare) for word in term.words
    )
    return rf"(?<![^\W_]){said}" + (r"[^\W_]*" if term.begins else r"(?![^\W_])")


def whole(text: str, wanted: re.Pattern[str] | None) -> tuple[Piece, ...]:
    """Tell the found words of a short text apart, all of it kept."""
    return _pieces(tidy(text), wanted)


def extract(text: str, wanted: re.Pattern[str] | None, *, subject: str = "") -> tuple[Piece, ...]:
    """Give the piece of a text that holds most of what was asked; nothing where none of it is.

    What stands below the subject comes first: the subject itself is shown above the extract.
    """
    if wanted is None:
        return ()
    plain = tidy(text[:MOST_CHARACTERS])
    folded = bare(plain)
    places = _places(folded, wanted, _below(folded, subject)) or _places(folded, wanted, 0)
    if not places:
        return ()
    begin = _start(plain, _best(places))
    end = min(len(plain), begin + LENGTH)
    while end < len(plain) and not plain[end].isspace():
        end += 1
    shown = _BLANK.sub(" ", plain[begin:end]).strip()
    head = Piece("… ") if begin else None
    tail = Piece(" …") if end < len(plain) else None
    return tuple(one for one in (head, *_pieces(shown, wanted), tail) if one is not None)


def _below(folded: str, subject: str) -> int:
    """Find where the subject ends in the head of a text; its beginning where it does not stand."""
    said = bare(tidy(subject)).strip()
    begins = folded.find(said, 0, HEAD) if said else -1
    return begins + len(said) if begins >= 0 else 0


def _places(folded: str, wanted: re.Pattern[str], begin: int) -> list[tuple[int, str]]:
    found = wanted.finditer(folded, begin)
    return [(one.start(), one.group()) for one, _ in zip(found, range(MOST_PLACES), strict=False)]


def _best(places: list[tuple[int, str]]) -> int:
    """Choose where most different words stand within one extract; the first of equals."""
    best, most = places[0][0], 0
    for place, _word in places:
        within = {word for at, word in places if place <= at < place + LENGTH - BEFORE}
        if len(within) > most:
            best, most = place, len(within)
    return best


def _start(text: str, place: int) -> int:
    """Begin a little before, at the beginning of a word."""
    begin = max(0, place - BEFORE)
    while 0 < begin < place and not text[begin - 1].isspace():
        begin += 1
    return begin


def _pieces(text: str, wanted: re.Pattern[str] | None) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    done = 0
    for found in wanted.finditer(bare(text)) if wanted is not None else ():
        if found.start() > done:
            pieces.append(Piece(text[done : found.start()]))
        pieces.append(Piece(text[found.start() : found.end()], found=True))
        done = found.end()
    if done < len(text):
        pieces.append(Piece(text[done:]))
    return tuple(pieces)
