"""What will soon change in force, among the papers a person may read: one query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef, Q, Subquery

from documents import policies
from documents.effects import EffectKind, State
from documents.models import Document, Effect, Relation
from documents.relations import RelationKind
from documents.selectors.papers import heading
from documents.selectors.state import with_state
from offices.dates import local_day
from workflows.flows.versions import CONFIRMATION
from workflows.models import Case

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from offices.models import User
    from offices.selectors import Reader

MOST = 8
BINDING = (State.IN_FORCE.value, State.PARTLY_CEASED.value)
# What `heading` reads of the paper on its way.
NAMED = ("kind", "subject", "type_name", "origin")
ENDING = (RelationKind.REPLACES.value, RelationKind.REPEALS.value)


@dataclass(frozen=True, slots=True)
class Change:
    """One paper whose force changes: on a known day, by a paper on its way, or overdue.

    `next_kind` and `next_on` are the next row of the ledger; `planned_by` names the paper on
    its way that will end it; `period_over` says that its targets' period is past.
    """

    document: Document
    state: State
    next_kind: EffectKind | None
    next_on: date | None
    planned_by: str
    period_over: bool


def changes(by: User, *, at: datetime, reader: Reader) -> list[Change]:
    """Tell which papers begin, end or should be replaced, the nearest day first. One query."""
    today = local_day(at)
    ahead = Effect.objects.filter(
        target=OuterRef("pk"), valid_from__gt=today, annulled_by__isnull=True
    ).exclude(kind=EffectKind.ANNULS.value)
    ahead = ahead.order_by("valid_from", "recorded_at", "pk")
    running = on_the_way().filter(revision=OuterRef("revision"))
    followed = policies.followed(by, at=at, reader=reader).filter(pk=OuterRef("source"))
    planned = Relation.objects.filter(
        Exists(running), Exists(followed), target=OuterRef("pk"), verb__in=ENDING
    ).order_by("pk")
    may_change = policies.readable(by, at=at, reader=reader).filter(_may_change(today))
    papers: Any = with_state(may_change, on=today).annotate(
        next_kind=Subquery(ahead.values("kind")[:1]),
        next_on=Subquery(ahead.values("valid_from")[:1]),
        **{f"planned_{field}": Subquery(planned.values(f"source__{field}")[:1]) for field in NAMED},
    )
    ends = Q(state__in=BINDING) & (Q(planned_kind__isnull=False) | Q(target_until__lte=today))
    found = list(
        papers.filter(Q(next_on__isnull=False) | ends).order_by(
            F("next_on").asc(nulls_last=True), "-pk"
        )[:MOST]
    )
    return [_change(one, today) for one in found]


def on_the_way() -> QuerySet[Case]:
    """Match the cases of papers not issued yet: what a hearing after the issue is about, is."""
    return Case.objects.filter(ended_at__isnull=True).exclude(procedure=CONFIRMATION)


def _may_change(today: date) -> Q:
    """Match the few papers of which anything can be told, found by keys and by an index.

    Without it the state of every paper of the archive would be worked out for each desk.
    """
    ahead = Effect.objects.filter(valid_from__gt=today).values("target")
    running = on_the_way().values("revision")
    planned = Relation.objects.filter(revision__in=running, verb__in=ENDING).values("target")
    past = Document.objects.filter(target_until__lte=today).values("pk")
    return Q(pk__in=ahead.union(planned, past))


def _change(paper: Any, today: date) -> Change:
    state = State(paper.state)
    over = paper.target_until is not None and paper.target_until <= today
    return Change(
        document=paper,
        state=state,
        next_kind=EffectKind(paper.next_kind) if paper.next_kind else None,
        next_on=paper.next_on,
        planned_by=_planned_by(paper),
        period_over=over and state.value in BINDING,
    )


def _planned_by(paper: Any) -> str:
    if not paper.planned_kind:
        return ""
    return heading(Document(**{field: getattr(paper, f"planned_{field}") for field in NAMED}))
