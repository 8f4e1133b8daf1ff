"""Chains of replacement: which papers follow one another, issued and planned, and each one's life."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q

from documents.content import canonical
from documents.lifecycle import Stage
from documents.models import Relation, Revision
from documents.relations import RelationKind
from documents.selectors import state
from documents.selectors.papers import newest_revision

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import QuerySet

    from documents.effects import EffectRow, State
    from documents.models import Document
    from documents.querysets import DocumentQuerySet
    from documents.selectors.state import Legal

ENDING = (RelationKind.REPLACES.value, RelationKind.REPEALS.value)
MOST_CHAINS = 100
Edge = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Link:
    """One paper of a chain with its life; `changes` are the days on which its state changes.

    A planned paper is not issued: `planned_from` is the day its text names, or None where it
    takes effect with its signature.
    """

    document: Document
    legal: Legal
    changes: tuple[tuple[date, State], ...]
    ended_by: Document | None
    ended_verb: RelationKind | None
    planned_by: Document | None
    is_planned: bool
    planned_from: date | None

    @property
    def is_guess(self) -> bool:
        """Whether nobody has recorded when it began."""
        return self.legal.begins_on is None and not self.is_planned


@dataclass(frozen=True, slots=True)
class Chain:
    """Papers that replace one another, oldest first."""

    links: tuple[Link, ...]

    @property
    def newest(self) -> Document:
        """The last issued paper whose subject is known, which names the chain; else a draft."""
        named = [link for link in self.links if link.document.subject]
        issued = [link for link in named if not link.is_planned]
        return (issued or named or list(self.links))[-1].document

    def in_force(self) -> list[Document]:
        """Give the papers in force on the day asked."""
        return [link.document for link in self.links if link.legal.in_force]


def edges(papers: DocumentQuerySet) -> dict[Edge, RelationKind]:
    """Give (replacing, replaced) of these papers with the verb: issued, or planned by a draft."""
    rows = (
        counted(Relation.objects.filter(verb__in=ENDING), papers)
        .filter(Exists(papers.filter(pk=OuterRef("target"))))
        .values_list("source_id", "target_id", "verb")
    )
    return {(source, target): RelationKind(verb) for source, target, verb in rows}


def counted(rows: QuerySet[Relation], papers: DocumentQuerySet) -> QuerySet[Relation]:
    """Keep relations of issued versions, and of newest drafts, out of papers one may see."""
    return (
        rows.alias(_newest=newest_revision("pk", of="source"))
        .filter(
            Q(revision__stage=Stage.ISSUED.value)
            | Q(source__issued_at__isnull=True, revision=F("_newest")),
            Exists(papers.filter(pk=OuterRef("source"))),
        )
        .exclude(revision__stage=Stage.WITHDRAWN.value)
    )


def groups(pairs: Iterable[Edge]) -> list[set[int]]:
    """Give the chains among these edges, the one with the newest paper first."""
    beside = _neighbours(pairs)
    left = set(beside)
    found = []
    while left:
        group = connected(beside, next(iter(left)))
        found.append(group)
        left -= group
    return sorted(found, key=max, reverse=True)


def connected(beside: dict[int, set[int]], start: int) -> set[int]:
    """Give every paper that hangs together with one by replacement, itself included."""
    seen: set[int] = set()
    waiting = [start]
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            waiting.extend(beside.get(here, ()))
    return seen


def _neighbours(pairs: Iterable[Edge]) -> dict[int, set[int]]:
    beside: dict[int, set[int]] = defaultdict(set)
    for source, target in pairs:
        beside[source].add(target)
        beside[target].add(source)
    return beside


def of(
    document: Document,
    papers: DocumentQuerySet,
    *,
    on: date,
    known_at: datetime | None = None,
) -> Chain:
    """Give the chain of a paper among those the reader may see. Three queries, four with drafts."""
    pairs = edges(papers)
    members = papers.filter(pk__in=connected(_neighbours(pairs), document.pk))
    return _chains([list(members)], pairs, on=on, known_at=known_at)[0]


def every(papers: DocumentQuerySet, *, on: date, known_at: datetime | None = None) -> list[Chain]:
    """Give the chains the reader may see, newest first. Three queries, four with drafts."""
    pairs = edges(papers)
    found = groups(pairs)[:MOST_CHAINS]
    members = {
        one.pk: one for one in papers.filter(pk__in={key for group in found for key in group})
    }
    together = [[members[key] for key in group if key in members] for group in found]
    return _chains([one for one in together if one], pairs, on=on, known_at=known_at)


def _chains(
    together: list[list[Document]],
    pairs: Mapping[Edge, RelationKind],
    *,
    on: date,
    known_at: datetime | None,
) -> list[Chain]:
    known = {document.pk: document for group in together for document in group}
    rows = state.ledger(known)
    drafts = [document for document in known.values() if not document.is_issued]
    planned_from = _planned_days(drafts)
    replacers: dict[int, list[Document]] = defaultdict(list)
    for source, target in pairs:
        if source in planned_from:
            replacers[target].append(known[source])

    def link(document: Document) -> Link:
        held = rows.get(document.pk, [])
        legal = state.of_rows(document, held, on=on, known_at=known_at)
        return Link(
            document=document,
            legal=legal,
            changes=_changes(document, held, known_at=known_at),
            ended_by=known.get(legal.ended_by or 0),
            ended_verb=pairs.get((legal.ended_by or 0, document.pk)),
            planned_by=next(iter(replacers[document.pk]), None),
            is_planned=document.pk in planned_from,
            planned_from=planned_from.get(document.pk),
        )

    return [
        Chain(tuple(sorted((link(document) for document in group), key=_order)))
        for group in together
    ]


def _order(link: Link) -> tuple[bool, date, int]:
    begins = link.legal.begins_on or link.document.dated_on or link.legal.ends_on or date.max
    return link.is_planned, begins, link.document.pk


def _changes(
    document: Document, rows: list[EffectRow], *, known_at: datetime | None
) -> tuple[tuple[date, State], ...]:
    """Give the days on which the state changes, with the state from that day on."""
    days = sorted({row.valid_from for row in rows})
    return tuple(
        (day, state.of_rows(document, rows, on=day, known_at=known_at).state) for day in days
    )


def _planned_days(drafts: list[Document]) -> dict[int, date | None]:
    """Read from each newest draft the day it names for its effect; one query."""
    if not drafts:
        return {}
    found: dict[int, date | None] = {document.pk: None for document in drafts}
    newest = (
        Revision.objects.filter(document__in=found)
        .alias(_newest=newest_revision("pk", of="document"))
        .filter(pk=F("_newest"))
    )
    for document_id, stored in newest.values_list("document_id", "canonical"):
        effect = canonical.parse(bytes(stored)).effectivity
        found[document_id] = effect.on_date if effect and effect.rule == "on_date" else None
    return found
