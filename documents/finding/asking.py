"""The language of the search box: words, "phrases", -without, begin*, numbers and days in any spelling.

`read` turns what was typed into terms, `Question.levels` into conditions, best answers first.
What cannot be asked is refused with a sentence, never cut short in silence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import TypeAlias

from documents.finding import days, numbers
from documents.finding.bags import day_key, pair
from documents.finding.conditions import (
    All,
    Beginning,
    But,
    Condition,
    Either,
    Token,
    either,
    every,
    needed,
)
from documents.finding.numbers import Number
from documents.finding.words import Word, bare, tidy, words

LONGEST_QUESTION = 200
MOST_TERMS = 12
SHORTEST_BEGINNING = 2

TOO_LONG = "A search has at most %(most)s characters; leave out what is less needed."
TOO_MANY = "A search has at most %(most)s words, phrases and numbers; leave some out."
TOO_SHORT = "Write at least %(least)s letters before the star, as in “quy*”."
ONLY_WITHOUT = "Say at least one word that must be there, besides what must not."

_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\u2212": "-", "–": "-"})
_SPACES = re.compile(r"\s+")
_RUN = re.compile(r"[^\s\"]+")
_SKIP = re.compile(r"[\s,;]*")


class Unaskable(Exception):
    """A question beyond the language; `sentence` is a message id, `values` fill it."""

    def __init__(self, sentence: str, **values: int) -> None:
        super().__init__(sentence % values)
        self.sentence, self.values = sentence, values


@dataclass(frozen=True, slots=True)
class Words:
    """One word, or several that stand side by side; `quoted` binds the marks that were typed.

    `begins` says that the last letters of the word are left open.
    """

    words: tuple[Word, ...]
    quoted: bool = False
    begins: bool = False

    def plain(self, area: str = "") -> Condition:
        """The words without their marks; "." asks the subject alone."""
        bares = [word.bare for word in self.words]
        if self.begins:
            return Beginning(area + bares[0])
        if len(bares) == 1:
            return Token(area + bares[0])
        sides = pairwise(bares)
        return every(Token(area + pair(left, right)) for left, right in sides)

    def typed(self, area: str = "") -> Condition:
        """The words with the marks that were typed.

        A paper that holds a word as typed holds it without marks, which need not be asked.
        """
        kind = Beginning if self.begins else Token
        marked = [kind(f"{area}={word.typed}") for word in self.words if word.marked]
        if len(self.words) == 1 and marked:
            return marked[0]
        return every([self.plain(area), *marked])

    @property
    def binding(self) -> Condition:
        """What a paper must hold."""
        return self.typed() if self.quoted else self.plain()

    @property
    def in_order(self) -> str:
        """The words as they must follow each other, where tokens do not say it; empty if they do.

        Two words without marks side by side are one token; longer, or with marks, they are not.
        """
        binds_marks = self.quoted and any(word.marked for word in self.words)
        if len(self.words) < 2 or (len(self.words) == 2 and not binds_marks):
            return ""
        said = [word.typed if binds_marks else word.bare for word in self.words]
        return f" {' '.join(said)} "


@dataclass(frozen=True, slots=True)
class Numbered:
    """A number: of the paper itself, mentioned in its text, or standing there as plain words.

    `together` says that it was typed as one word, which may be a name of something else.
    """

    number: Number
    words: Words
    together: bool = False

    @property
    def own(self) -> Condition:
        """The paper bears the number."""
        return Token(f"#{self.number.token}")

    @property
    def binding(self) -> Condition:
        """The paper bears the number or mentions it; a bare number may stand for anything."""
        ways: list[Condition] = [self.own, Token(f"~{self.number.token}")]
        if self.together or not self.number.symbol:
            ways.append(self.words.plain())
        return either(ways)

    def plain(self, area: str = "") -> Condition:
        """What must be there; in the subject, the number as words."""
        return self.words.plain(area) if area else self.binding

    def typed(self, area: str = "") -> Condition:
        """A number has no marks."""
        return self.plain(area)


@dataclass(frozen=True, slots=True)
class Dated:
    """A day in any spelling: of the paper itself, or mentioned in its text."""

    day: date
    words: Words

    @property
    def own(self) -> Condition:
        """The paper bears the day."""
        return Token(f"#{day_key(self.day)}")

    @property
    def binding(self) -> Condition:
        """The paper bears the day or mentions it."""
        return either([self.own, Token(f"~{day_key(self.day)}")])

    def plain(self, area: str = "") -> Condition:
        """What must be there; in the subject, the day as it was typed."""
        return self.words.plain(area) if area else self.binding

    def typed(self, area: str = "") -> Condition:
        """A day has no marks."""
        return self.plain(area)


Term: TypeAlias = "Words | Numbered | Dated"


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: what a paper must hold, what it must not, its effect on a day."""

    wanted: tuple[Term, ...] = ()
    without: tuple[Term, ...] = ()
    state: str = ""
    on: date | None = None

    @property
    def condition(self) -> Condition:
        """What the index can tell; `in_order` and `not_in_order` are asked of the text besides."""
        found = every(term.binding for term in self.wanted)
        barred = [term.binding for term in self.without if not _order(term)]
        return But(found, either(barred)) if barred else found

    @property
    def in_order(self) -> tuple[str, ...]:
        """What must stand in the paper word after word."""
        return tuple(order for term in self.wanted if (order := _order(term)))

    @property
    def not_in_order(self) -> tuple[str, ...]:
        """What must not."""
        return tuple(order for term in self.without if (order := _order(term)))

    @property
    def levels(self) -> tuple[Condition, ...]:
        """The same papers in classes that do not overlap, best first.

        The paper's own number; all in the subject, with the marks typed, then without; anywhere,
        with the marks typed, then without.
        """
        if not self.wanted:
            return (self.condition,)
        wishes: list[Condition] = []
        if any(isinstance(term, Numbered | Dated) for term in self.wanted):
            wishes.append(every(t.binding if isinstance(t, Words) else t.own for t in self.wanted))
        marked = any(isinstance(t, Words) and any(w.marked for w in t.words) for t in self.wanted)
        for area in (".", ""):
            if marked:
                wishes.append(every(term.typed(area) for term in self.wanted))
            if area:
                wishes.append(every(term.plain(area) for term in self.wanted))
        return _apart(self.condition, tuple(dict.fromkeys(wishes)))

    def with_open_end(self) -> Question | None:
        """The same question with its last word as a beginning; None where that says nothing new."""
        last = self.wanted[-1] if self.wanted else None
        if not isinstance(last, Words) or last.quoted or last.begins or len(last.words) > 1:
            return None
        if len(last.words[0].bare) < SHORTEST_BEGINNING:
            return None
        opened = Words(last.words, begins=True)
        return replace(self, wanted=(*self.wanted[:-1], opened))


def _order(term: Term) -> str:
    return term.in_order if isinstance(term, Words) else ""


def _apart(condition: Condition, wishes: tuple[Condition, ...]) -> tuple[Condition, ...]:
    levels: list[Condition] = []
    for place, wish in enumerate((*wishes, All(()))):
        met = condition if wish == All(()) else _both(condition, wish)
        levels.append(But(met, Either(wishes[:place])) if place else met)
    return tuple(levels)


def _both(condition: Condition, wish: Condition) -> Condition:
    """Narrow a condition by a wish, keeping what must not hold outermost."""
    if isinstance(condition, But):
        return But(_both(condition.part, wish), condition.without)
    return needed([condition, wish])


def read(typed: str) -> Question:
    """Read what was typed. Raises `Unaskable` beyond the bounds of the language."""
    question = _SPACES.sub(" ", tidy(typed).translate(_QUOTES)).strip()
    if len(question) > LONGEST_QUESTION:
        raise Unaskable(TOO_LONG, most=LONGEST_QUESTION)
    on_day = days.read(question)
    if on_day is not None:
        return replace(_read(on_day.rest), state=on_day.state, on=on_day.on)
    return _read(question)


def _read(question: str) -> Question:
    wanted: list[Term] = []
    without: list[Term] = []
    place = 0
    while place < len(question):
        place = _SKIP.match(question, place).end()  # type: ignore[union-attr]
        barred = question.startswith("-", place) and not question.startswith("- ", place)
        term, place = _term(question, place + barred)
        if term is not None and term not in (kept := without if barred else wanted):
            kept.append(term)
    if len(wanted) + len(without) > MOST_TERMS:
        raise Unaskable(TOO_MANY, most=MOST_TERMS)
    if without and not wanted:
        raise Unaskable(ONLY_WITHOUT)
    return Question(tuple(wanted), tuple(without))


def _term(question: str, place: int) -> tuple[Term | None, int]:
    """Read the term that begins at a place; gives it, if it says anything, and where it ends."""
    if question.startswith('"', place):
        close = question.find('"', place + 1)
        end = len(question) if close < 0 else close
        said = tuple(words(question[place + 1 : end]))
        return (Words(said, quoted=True) if said else None), end + 1
    dated_or_numbered = _fact(question, place)
    if dated_or_numbered is not None:
        return dated_or_numbered
    run = _RUN.match(question, place)
    if run is None:
        return None, place + 1
    said = tuple(words(run.group()))
    if not said:
        return None, run.end()
    if run.group().endswith("*"):
        if len(said) > 1 or len(said[0].bare) < SHORTEST_BEGINNING:
            raise Unaskable(TOO_SHORT, least=SHORTEST_BEGINNING)
        return Words(said, begins=True), run.end()
    return Words(said), run.end()


def _fact(question: str, place: int) -> tuple[Term, int] | None:
    """Read the day or the number of a paper that begins at a place; None where none does."""
    folded = bare(question)
    day = days.asked_at(folded, place)
    if day is not None:
        read_day, end = day
        return Dated(read_day, Words(tuple(words(question[place:end])))), end
    number = numbers.asked_at(folded, place)
    if number is None:
        return None
    read_number, end = number
    together = numbers.is_together(folded[place:end])
    # "1.073" or "12/2023" read as words: what stands there without its symbol.
    plain = Number(read_number.number, read_number.year).token.replace("/", " ")
    said = tuple(words(question[place:end] if together else plain))
    return Numbered(read_number, Words(said), together), end
