"""What the index keeps of one paper: a set of tokens, and its words in their order.

A token says one thing of the paper. The first character tells what sort it is:

    quyet          a word anywhere in the paper, without marks
    =quyết         a word as it was typed, where it has marks
    _quyet_dinh    two words side by side, without marks
    .quyet         the same three sorts, of type and subject alone: .quyet  .=quyết  ._quyet_dinh
    #1073/qdct     a spelling of the paper's own number
    ~1073/qdct     a spelling of a number that its text mentions
    #d:2023-07-04  the day it bears, and ~d: a day that its text mentions
    @y:2023        a fact to filter by: kind, year, issuer, department, signatory, issued, public

Both databases keep the same set, so that they give the same answer.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from documents.finding import days, numbers
from documents.finding.words import Word, bare, tidy, words

if TYPE_CHECKING:
    from datetime import date

# Every paper holds it: a filter with nothing else to ask asks this.
ANY = "@all:"
# Some 150 pages; what stands beyond is not found by its words.
MOST_CHARACTERS = 400_000
# PostgreSQL keeps less than a megabyte of tokens for one row.
MOST_BYTES = 700_000
_NO_TOKEN = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Facts:
    """One paper as its readers read it. `text` is that of the version that counts."""

    heading: str
    text: str = ""
    own_number: str = ""
    years: frozenset[str] = frozenset()
    dated_on: date | None = None
    said: tuple[str, ...] = ()
    facts: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bag:
    """What is kept: the tokens, and the words in order, without marks and as typed.

    In `said` words stand between single spaces and fields between line breaks, so that a phrase
    is found as " ban hanh ".
    """

    tokens: frozenset[str]
    said: str

    @property
    def digest(self) -> str:
        """SHA-256 over both, in hexadecimal: two bags with one digest are one bag."""
        text = "\x00".join([*sorted(self.tokens), self.said])
        return hashlib.sha256(text.encode()).hexdigest()


def fact(name: str, value: object) -> str:
    """The token of a fact to filter by: "@k:decision"."""
    return f"@{name}:{_NO_TOKEN.sub('-', bare(tidy(str(value)))).strip('-')}"


def day_key(day: date) -> str:
    """How a day is looked up, behind the sign for the paper's own or for one it mentions."""
    return f"d:{day.isoformat()}"


def fill(paper: Facts) -> Bag:
    """Make the bag of a paper; what does not fit the bounds is left out from the end."""
    heading = words(tidy(paper.heading))
    text = tidy(paper.text[:MOST_CHARACTERS])
    fields = [heading, *(words(tidy(one)) for one in paper.said), words(text)]
    tokens = {fact(name, value) for name, value in paper.facts.items() if value != ""}
    tokens |= {ANY, *_own_number(paper)}
    if paper.dated_on is not None:
        tokens.add(f"#{day_key(paper.dated_on)}")
    tokens |= {f".{token}" for token in _tokens(heading)}
    room = MOST_BYTES - sum(len(token.encode()) for token in tokens)
    for one in fields:
        room = _put(tokens, _tokens(one), room)
    folded = bare(text)
    for cited in numbers.cited_in(folded):
        room = _put(tokens, [f"~{spelt}" for spelt in sorted(cited.spellings())], room)
    _put(tokens, [f"~{day_key(day)}" for day in days.said_in(folded)], room)
    return Bag(frozenset(tokens), "\n".join(_in_order(one) for one in fields if one))


def _own_number(paper: Facts) -> set[str]:
    read = numbers.asked_at(bare(tidy(paper.own_number)).strip(), 0)
    if read is None:
        return set()
    return {f"#{spelt}" for spelt in read[0].spellings(years=paper.years)}


def _tokens(said: list[Word]) -> list[str]:
    """Give the tokens of one field in the order of reading, so that a full bag ends somewhere."""
    tokens: dict[str, None] = {}
    before = ""
    for word in said:
        tokens[word.bare] = None
        if word.marked:
            tokens[f"={word.typed}"] = None
        if before:
            tokens[pair(before, word.bare)] = None
        before = word.bare
    return list(tokens)


def pair(left: str, right: str) -> str:
    """The token of two words side by side."""
    return f"_{left}_{right}"


def _put(tokens: set[str], more: list[str], room: int) -> int:
    for token in more:
        if token in tokens:
            continue
        room -= len(token) if token.isascii() else len(token.encode())
        if room < 0:
            return 0
        tokens.add(token)
    return room


def _in_order(said: list[Word]) -> str:
    plain = " ".join(word.bare for word in said)
    typed = " ".join(word.typed for word in said)
    return f" {plain} " if plain == typed else f" {plain} \n {typed} "
