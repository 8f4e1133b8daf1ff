"""The answer to a question: the papers a reader may read, best first, counted and filtered.

The reader's papers come as a query of `documents.policies`, and the policy is asked of every
paper that the index offers, before it is shown, ranked or counted: what may not be read is not
found, not in a total and not in a facet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.db.models import F, Value
from django.utils.translation import gettext as _

from documents.content.folding import agency_key
from documents.effects import EffectKind, State
from documents.exceptions import BadInput
from documents.finding import asking, extracts, facets
from documents.finding.bags import fact
from documents.finding.conditions import Condition, Token
from documents.finding.days import BINDING
from documents.finding.places import is_place, key_of
from documents.finding.walk import Walk, plain_plans
from documents.lifecycle import Stage
from documents.models import Document, Effect, IndexedPaper
from documents.querysets import listed
from documents.selectors.papers import heading, newest_revision
from documents.selectors.state import binding, in_state, states

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from django.db.models import QuerySet

    from documents.finding.asking import Question
    from documents.finding.extracts import Piece
    from documents.finding.facets import Choice
    from documents.querysets import DocumentQuerySet

PAGE_SIZE = 20
# At least a page: how many a first page holds is known from the count.
COUNTED_UP_TO = 1000
# States few papers are in, with the effect that a paper must have suffered to be in it.
RARE = {
    State.RECALLED.value: EffectKind.RECALLS.value,
    State.SUSPENDED.value: EffectKind.SUSPENDS.value,
    State.PARTLY_CEASED.value: EffectKind.CEASES_IN_PART.value,
}
# What only published papers hold: spares a visitor the walk through papers of the office alone.
PUBLIC = Token(fact("a", "public"))


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where the next page begins: the class of answers, and the place before which."""

    level: int
    place: int

    def __str__(self) -> str:
        return f"{self.level}.{self.place}"

    @classmethod
    def read(cls, written: str) -> Cursor | None:
        """Read a cursor out of an address; None for what is none."""
        found = re.fullmatch(r"([0-9])\.([0-9]{1,18})", written, re.ASCII)
        return cls(int(found[1]), int(found[2])) if found and is_place(int(found[2])) else None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked: words, and facts to filter by; empty asks nothing. `on` is the day."""

    on: date
    text: str = ""
    kind: str = ""
    year: int | None = None
    issuer: str = ""
    department_id: int | None = None
    signatory: str = ""
    stage: str = ""
    state: str = ""
    known_at: datetime | None = None
    after: Cursor | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One paper found: where the words stand in its number, in its heading and in its text."""

    document: Document
    number: tuple[Piece, ...] = ()
    heading: tuple[Piece, ...] = ()
    extract: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """One page of answers. `count` stops one above COUNTED_UP_TO; facets count as far.

    `opened` says that nothing was found by whole words, and the last was taken as a beginning.
    `on` and `state` are the day and the effect asked for, if only in words.
    """

    hits: tuple[Hit, ...]
    count: int
    on: date
    state: str = ""
    after: Cursor | None = None
    facets: dict[str, tuple[Choice, ...]] = field(default_factory=dict)
    opened: bool = False

    @property
    def more_than_counted(self) -> bool:
        """Whether there are more than are counted one by one."""
        return self.count > COUNTED_UP_TO


def question(text: str) -> Question:
    """Read what was typed; `BadInput` with the sentence of what cannot be asked."""
    try:
        return asking.read(text)
    except asking.Unaskable as refused:
        raise BadInput(
            _(refused.sentence) % refused.values,
            advice=_("Nothing was searched; change the words and search again."),
        ) from refused


def find(papers: DocumentQuerySet, wanted: Wanted, *, only: Condition | None = None) -> Found:
    """Give one page of what is wanted among these papers, best first; raises `BadInput`.

    `papers` is the reader's query. `only` is a condition that every one of them is known to meet.
    """
    asked = question(wanted.text)
    if asked.on is not None:
        wanted = replace(wanted, on=asked.on, state=asked.state)
    facts = (*_facts(wanted), *([only] if only else []))
    walk = Walk(_filtered(papers, wanted), facts, among=_among(wanted))
    with plain_plans():
        counted = walk.places(asked, asked.condition, limit=COUNTED_UP_TO + 1)
        opened = asked.with_open_end() if not counted else None
        if opened is not None:
            asked = opened
            counted = walk.places(asked, asked.condition, limit=COUNTED_UP_TO + 1)
        shown, after = _page(walk, asked, wanted.after, counted)
        marked = extracts.pattern(asked)
        papers_shown = _shown(shown, with_text=marked is not None)
        read = facets.rows([key_of(place) for place in counted[:COUNTED_UP_TO]])
        state_of = _states(papers_shown, read, wanted)
    for one in papers_shown:
        one.state = state_of[one.pk].value
    return Found(
        hits=tuple(_hit(one, marked) for one in papers_shown),
        count=len(counted),
        after=after,
        facets=facets.count(read, state_of),
        opened=opened is not None and bool(counted),
        on=wanted.on,
        state=wanted.state,
    )


def _shown(places: list[int], *, with_text: bool) -> list[Any]:
    """Read the papers of a page in its order, each with its newest stage; one query.

    `said` is the text of the version that is indexed, read only where words are marked in it.
    """
    found = Document.objects.filter(pk__in=listed(map(key_of, places)))
    described = found.annotate(
        newest_stage=newest_revision("stage"),
        newest_ended_at=newest_revision("ended_at"),
        said=F("indexed__revision__text") if with_text else Value(""),
    ).select_related("drafting_department", "office")
    by_key = {one.pk: one for one in described}
    return [by_key[key_of(place)] for place in places]


def _states(shown: list[Any], read: list[tuple[Any, ...]], wanted: Wanted) -> dict[int, State]:
    """Tell the state of what is shown and of what is counted; one query for both."""
    asked = {one.pk: (one.pk, one.origin, one.issued_at) for one in shown}
    asked |= {row[0]: row[:3] for row in read}
    return states(asked.values(), on=wanted.on, known_at=wanted.known_at)


def _facts(wanted: Wanted) -> Iterator[Condition]:
    """Give the conditions of the filters that the index knows as tokens."""
    if wanted.kind:
        yield Token(fact("k", wanted.kind))
    if wanted.year is not None:
        yield Token(fact("y", wanted.year))
    if wanted.issuer:
        yield Token(fact("i", agency_key(wanted.issuer)))
    if wanted.department_id is not None:
        yield Token(fact("d", wanted.department_id))
    if wanted.signatory:
        yield Token(fact("s", wanted.signatory))
    if wanted.stage:
        yield Token(fact("e", "issued" if wanted.stage == Stage.ISSUED.value else "unissued"))


def _filtered(papers: DocumentQuerySet, wanted: Wanted) -> QuerySet[Any]:
    """Narrow the reader's papers by what the index does not know: stage, effect on a day."""
    narrowed: QuerySet[Any] = papers
    if wanted.stage:
        narrowed = narrowed.annotate(newest_stage=newest_revision("stage"))
        narrowed = narrowed.filter(newest_stage=wanted.stage)
    if wanted.state == BINDING:
        return binding(narrowed, on=wanted.on, known_at=wanted.known_at)
    if wanted.state:
        return in_state(narrowed, State(wanted.state), on=wanted.on, known_at=wanted.known_at)
    return narrowed


def _among(wanted: Wanted) -> QuerySet[Any] | None:
    """Give the few places whose papers may be in a rare state on the day; None for the others.

    Out of an archive some are suspended, and the state of each of the others need not be asked.
    """
    if wanted.state in RARE:
        effects = Effect.objects.filter(kind=RARE[wanted.state], valid_from__lte=wanted.on)
    elif wanted.state == State.NOT_YET.value:
        effects = Effect.objects.filter(kind=EffectKind.COMMENCES.value, valid_from__gt=wanted.on)
    else:
        return None
    return IndexedPaper.objects.filter(document__in=effects.values("target")).values("place")


def _page(
    walk: Walk, asked: Question, after: Cursor | None, counted: list[int]
) -> tuple[list[int], Cursor | None]:
    """Give the places of one page, class after class, and where the next begins.

    What was counted bounds the classes: nothing of them is newer than the newest, and where all
    was counted they are parts of it.
    """
    rows: list[Cursor] = []
    all_counted = len(counted) <= COUNTED_UP_TO
    if after is None and len(asked.levels) == 1:
        # What was counted is the list itself, newest first.
        rows = [Cursor(0, place) for place in counted[: PAGE_SIZE + 1]]
    # Of a first page it is known how many there are; the classes after the last are not asked.
    there_are = min(len(counted), PAGE_SIZE + 1) if after is None else PAGE_SIZE + 1
    for level, condition in enumerate(asked.levels if counted else ()):
        if after is not None and level < after.level:
            continue
        missing = there_are - len(rows)
        if not missing:
            break
        below = counted[0] + 1
        if after is not None and level == after.level:
            below = min(below, after.place)
        if all_counted:
            held = walk.of_counted(condition, counted)
            places = [place for place in held if place < below][:missing]
        else:
            places = walk.places(asked, condition, below=below, limit=missing)
        rows += [Cursor(level, place) for place in places]
    shown = rows[:PAGE_SIZE]
    more = shown[-1] if len(rows) > PAGE_SIZE else None
    return [row.place for row in shown], more


def _hit(document: Any, marked: re.Pattern[str] | None) -> Hit:
    """Mark what was asked in the number, in the heading and in the text."""
    return Hit(
        document=document,
        number=extracts.whole(document.cited_as, marked),
        heading=extracts.whole(heading(document), marked),
        extract=extracts.extract(document.said or "", marked, subject=document.subject),
    )
