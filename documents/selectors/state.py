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

from documents import effects
from documents.effects import EffectKind, EffectRow, State
from documents.models import Effect, Origin
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
        ended_by=life.ended_by,
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
    rows = Effect.objects.filter(target__in=[key for key, _origin, _issued_at in asked])
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
    held = _held(known_at)
    begun = held.filter(valid_from__lte=on)

    def has(rows: QuerySet[Effect], kind: EffectKind) -> Exists:
        return Exists(rows.filter(kind=kind.value))

    switches = begun.filter(kind__in=[EffectKind.SUSPENDS.value, EffectKind.RESUMES.value])
    # On one day and moment a suspension wins over a resumption, as in the pure arithmetic.
    latest = switches.order_by("-valid_from", "-recorded_at", "-kind").values("kind")[:1]
    issued = Q(origin=Origin.EXTERNAL.value) | (
        Q(issued_at__isnull=False) if known_at is None else Q(issued_at__lte=known_at)
    )
    return documents.alias(_switch=Subquery(latest)).annotate(
        state=Case(
            When(has(begun, EffectKind.RECALLS), then=Value(State.RECALLED.value)),
            When(has(begun, EffectKind.CEASES), then=Value(State.CEASED.value)),
            When(
                ~has(held, EffectKind.COMMENCES) & issued,
                then=Value(State.UNKNOWN.value),
            ),
            When(~has(held, EffectKind.COMMENCES), then=Value(State.UNISSUED.value)),
            When(~has(begun, EffectKind.COMMENCES), then=Value(State.NOT_YET.value)),
            When(_switch=EffectKind.SUSPENDS.value, then=Value(State.SUSPENDED.value)),
            When(has(begun, EffectKind.CEASES_IN_PART), then=Value(State.PARTLY_CEASED.value)),
            default=Value(State.IN_FORCE.value),
            output_field=CharField(),
        )
    )


def _held(known_at: datetime | None) -> QuerySet[Effect]:
    """Find the rows about the outer document that counted at a moment."""
    rows = Effect.objects.filter(target=OuterRef("pk")).exclude(kind=EffectKind.ANNULS.value)
    annulments = Effect.objects.filter(annuls=OuterRef("pk"))
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
        annulments = annulments.filter(recorded_at__lte=known_at)
    return rows.filter(~Exists(annulments))
