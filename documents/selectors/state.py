"""The legal effect of papers on a day, as known on a day: one query for any number of papers.

Two roads to one answer. `legal` and `states` compute with the pure arithmetic of
`documents.effects` for papers at hand; `with_state` says the same in SQL, so that a list can be filtered by it. A
property test holds them against each other.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from documents import effects
from documents.effects import EffectKind, EffectRow, State
from documents.models import Effect, Origin
from documents.querysets import listed
from offices.dates import ZONE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from django.db.models import QuerySet

    from documents.models import Document


@dataclass(frozen=True, slots=True)
class Legal:
    """What one paper is worth on a day: its state, its half-open life, what ended it.

    `ended_by` is the key of the paper that ended it. `period_over` says that its targets were
    set for a period that is past while the paper itself is still in force.
    """

    state: State
    begins_on: date | None
    ends_on: date | None
    ended_by: int | None
    period_over: bool

    @property
    def in_force(self) -> bool:
        """Whether it binds anybody on the day, if only in part."""
        return self.state in {State.IN_FORCE, State.PARTLY_CEASED}


def end_of_day(day: date) -> datetime:
    """Give the last moment of a day in Viet Nam: what was recorded on that day counts as known."""
    midnight = datetime.combine(day + timedelta(days=1), time.min, tzinfo=ZONE)
    return midnight - timedelta(microseconds=1)


def ledger(document_ids: Collection[int]) -> dict[int, list[EffectRow]]:
    """Read the effects upon these documents, oldest first; one query, none for nothing."""
    rows: dict[int, list[EffectRow]] = defaultdict(list)
    if document_ids:
        for effect in Effect.objects.filter(target__in=document_ids).order_by("pk"):
            rows[effect.target_id].append(effect.as_row())
    return rows


def legal(
    documents: Iterable[Document], *, on: date, known_at: datetime | None = None
) -> dict[int, Legal]:
    """Tell the effect of each document on a day, as known at a moment (None: now). One query."""
    asked = {document.pk: document for document in documents}
    rows = ledger(asked)
    return {
        key: of_rows(document, rows.get(key, []), on=on, known_at=known_at)
        for key, document in asked.items()
    }


def of_rows(
    document: Document,
    rows: list[EffectRow],
    *,
    on: date,
    known_at: datetime | None = None,
) -> Legal:
    """Tell the effect of one document from rows that were read before."""
    state = effects.state(rows, on=on, known_at=known_at, issued=was_issued(document, known_at))
    life = effects.life(rows, known_at=known_at)
    return Legal(
        state=state,
        begins_on=life.begins_on,
        ends_on=life.ends_on,
        # A paper that ends on its own last day is ended by no other.
        ended_by=life.ended_by if life.ended_by != document.pk else None,
        period_over=is_period_over(document, state, on=on),
    )


def states(
    papers: Iterable[tuple[int, str, datetime | None]],
    *,
    on: date,
    known_at: datetime | None = None,
) -> dict[int, State]:
    """Tell the state alone of many papers on a day, each given as key, origin and moment of issue.

    One query for any number of them, none for nothing: what each row says is read, not its words.
    """
    asked = list(papers)
    if not asked:
        return {}
    rows = Effect.objects.filter(target__in=listed(key for key, _origin, _issued_at in asked))
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    has_begun = ExpressionWrapper(Q(valid_from__lte=on), output_field=BooleanField())
    by_target: dict[int, list[tuple[int, str, int | None, bool]]] = defaultdict(list)
    read = rows.order_by("valid_from", "recorded_at", "kind")
    for target, *row in read.values_list("target", "pk", "kind", "annuls", has_begun):
        by_target[target].append(tuple(row))
    return {
        key: effects.state_of(
            _counting(by_target[key]), issued=existed(origin, issued_at, known_at)
        )
        for key, origin, issued_at in asked
    }


def _counting(rows: list[tuple[int, str, int | None, bool]]) -> list[tuple[str, bool]]:
    """Leave out what was annulled, and the annulments."""
    annulled = {annuls for _key, _kind, annuls, _begun in rows if annuls is not None}
    return [
        (kind, has_begun)
        for key, kind, annuls, has_begun in rows
        if annuls is None and key not in annulled
    ]


def was_issued(document: Document, known_at: datetime | None) -> bool:
    """Whether the paper existed for the outside, as known at a moment."""
    return existed(document.origin, document.issued_at, known_at)


def existed(origin: str, issued_at: datetime | None, known_at: datetime | None) -> bool:
    """Whether a paper of an origin, issued at a moment or not yet, existed for the outside."""
    if origin == Origin.EXTERNAL:
        return True
    return issued_at is not None and (known_at is None or issued_at <= known_at)


def is_period_over(document: Document, state: State, *, on: date) -> bool:
    """Whether the targets' period is past and the paper is in force all the same."""
    until = document.target_until
    binds = state in {State.IN_FORCE, State.PARTLY_CEASED}
    return binds and until is not None and until <= on


def with_state(
    documents: QuerySet[Document], *, on: date, known_at: datetime | None = None
) -> QuerySet[Any]:
    """Annotate `state` in SQL: the same answer as `legal`, for lists that filter by it."""
    ledger = _Ledger(on, known_at)
    commences = ledger.ever(EffectKind.COMMENCES)
    return documents.alias(_switch=Subquery(ledger.last_switch())).annotate(
        state=Case(
            When(ledger.begun(EffectKind.RECALLS), then=Value(State.RECALLED.value)),
            When(ledger.begun(EffectKind.CEASES), then=Value(State.CEASED.value)),
            When(~commences & _issued(known_at), then=Value(State.UNKNOWN.value)),
            When(~commences, then=Value(State.UNISSUED.value)),
            When(~ledger.begun(EffectKind.COMMENCES), then=Value(State.NOT_YET.value)),
            When(_switch=_SUSPENDS, then=Value(State.SUSPENDED.value)),
            When(ledger.begun(EffectKind.CEASES_IN_PART), then=Value(State.PARTLY_CEASED.value)),
            default=Value(State.IN_FORCE.value),
            output_field=CharField(),
        )
    )


def in_state(
    documents: QuerySet[Document], state: State, *, on: date, known_at: datetime | None = None
) -> QuerySet[Any]:
    """Keep the papers in one state on a day: as `with_state` tells it, with fewer questions.

    For lists that go through an archive: most papers are told by the first look into the ledger.
    """
    ledger = _Ledger(on, known_at)
    commences, issued = ledger.ever(EffectKind.COMMENCES), _issued(known_at)
    over = ledger.begun(EffectKind.RECALLS, EffectKind.CEASES)
    partly = ledger.begun(EffectKind.CEASES_IN_PART)
    refused: dict[State, tuple[Any, ...]] = {
        State.RECALLED: (~ledger.begun(EffectKind.RECALLS),),
        State.CEASED: (~ledger.begun(EffectKind.CEASES), ledger.begun(EffectKind.RECALLS)),
        State.UNKNOWN: (~issued, commences, over),
        State.UNISSUED: (issued, commences, over),
        State.NOT_YET: (ledger.begun(EffectKind.COMMENCES), ~commences, over),
        State.SUSPENDED: (
            ~ledger.begun(EffectKind.SUSPENDS),
            ~ledger.begun(EffectKind.COMMENCES),
            ~ledger.suspended(),
            over,
        ),
        State.PARTLY_CEASED: (~partly, *ledger.not_binding()),
        State.IN_FORCE: (*ledger.not_binding(), partly),
    }
    return documents.filter(_unless(*refused[state]))


def binding(
    documents: QuerySet[Document], *, on: date, known_at: datetime | None = None
) -> QuerySet[Any]:
    """Keep the papers that bind somebody on a day, as a whole or in what is left of them."""
    return documents.filter(_unless(*_Ledger(on, known_at).not_binding()))


def _unless(*refused: Any) -> Case:
    """Hold where none of these does, asked one after the other: a database keeps that order."""
    refusals = (When(one, then=Value(value=False)) for one in refused)
    return Case(*refusals, default=Value(value=True), output_field=BooleanField())


class _Ledger:
    """The rows about the outer document that counted at a moment, asked for kinds on a day."""

    def __init__(self, on: date, known_at: datetime | None) -> None:
        self._held = _held(known_at)
        self._begun = self._held.filter(valid_from__lte=on)

    def ever(self, kind: EffectKind) -> Exists:
        return Exists(self._held.filter(kind=kind.value))

    def begun(self, *kinds: EffectKind) -> Exists:
        return Exists(self._begun.filter(kind__in=[kind.value for kind in kinds]))

    def suspended(self) -> Q:
        return Q(Exact(Coalesce(Subquery(self.last_switch()), Value("")), _SUSPENDS))

    def not_binding(self) -> tuple[Any, ...]:
        """Give each reason why a paper binds nobody, the commonest first."""
        over = self.begun(EffectKind.RECALLS, EffectKind.CEASES)
        return (~self.begun(EffectKind.COMMENCES), over, self.suspended())

    def last_switch(self) -> QuerySet[Any]:
        """Of one day and moment a suspension wins over a resumption, as in the pure arithmetic."""
        switches = self._begun.filter(kind__in=[_SUSPENDS, EffectKind.RESUMES.value])
        return switches.order_by("-valid_from", "-recorded_at", "-kind").values("kind")[:1]


_SUSPENDS = EffectKind.SUSPENDS.value


def _issued(known_at: datetime | None) -> Q:
    return Q(origin=Origin.EXTERNAL.value) | (
        Q(issued_at__isnull=False) if known_at is None else Q(issued_at__lte=known_at)
    )


def _held(known_at: datetime | None) -> QuerySet[Effect]:
    """Find the rows about the outer document that counted at a moment."""
    rows = Effect.objects.filter(target=OuterRef("pk")).exclude(kind=EffectKind.ANNULS.value)
    annulments = Effect.objects.filter(annuls=OuterRef("pk"))
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
        annulments = annulments.filter(recorded_at__lte=known_at)
    return rows.filter(~Exists(annulments))
