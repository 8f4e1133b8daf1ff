"""The arithmetic of the ledger of effects: what was in force on a day, as known at a moment.

The ledger is append-only and bitemporal: each row says from which day something holds
(`valid_from`, Asia/Ho_Chi_Minh, half-open: on that day the new already holds) and when the
office came to know it (`recorded_at`). A wrong row is never edited; a later row annuls it.
Nothing sets a status: `state` computes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class EffectKind(StrEnum):
    """What a row does to its target from its day on."""

    COMMENCES = "commences"
    CEASES = "ceases"
    CEASES_IN_PART = "ceases_in_part"
    SUSPENDS = "suspends"
    RESUMES = "resumes"
    RECALLS = "recalls"
    ANNULS = "annuls"


_SWITCHES = frozenset({EffectKind.SUSPENDS, EffectKind.RESUMES})


class State(StrEnum):
    """The legal effect of a document on a day (the statuses of the national database)."""

    UNISSUED = "unissued"
    UNKNOWN = "unknown"
    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    PARTLY_CEASED = "partly_ceased"
    SUSPENDED = "suspended"
    CEASED = "ceased"
    RECALLED = "recalled"


@dataclass(frozen=True, slots=True)
class EffectRow:
    """One row of the ledger about one document."""

    key: int
    kind: EffectKind
    valid_from: date
    recorded_at: datetime
    source: int | None = None
    scope: str = ""
    annuls: int | None = None


def known(rows: Iterable[EffectRow], *, at: datetime | None) -> list[EffectRow]:
    """Give the rows that counted at a moment: recorded by then and not annulled by then."""
    seen = [row for row in rows if at is None or row.recorded_at <= at]
    annulled = {row.annuls for row in seen if row.kind is EffectKind.ANNULS}
    return [row for row in seen if row.key not in annulled and row.kind is not EffectKind.ANNULS]


def state(
    rows: Iterable[EffectRow], *, on: date, known_at: datetime | None = None, issued: bool = True
) -> State:
    """Compute the state of one document on a day, as known at a moment (None: as known now).

    `issued` is False for a paper of ours that has not been issued: then nothing can be in force.
    """
    held = sorted((row.valid_from, row.recorded_at, row.kind) for row in known(rows, at=known_at))
    return state_of([(kind, day <= on) for day, _moment, kind in held], issued=issued)


def state_of(held: Sequence[tuple[str, bool]], *, issued: bool) -> State:
    """Compute the state from the kinds that count, each with whether its day has come.

    They come by day, then by moment; of one day and moment a suspension after a resumption, as
    their names stand, so that the suspension wins.
    """
    begun = {kind for kind, has_begun in held if has_begun}
    if EffectKind.RECALLS in begun:
        return State.RECALLED
    if EffectKind.CEASES in begun:
        return State.CEASED
    if not any(kind == EffectKind.COMMENCES for kind, _has_begun in held):
        return State.UNKNOWN if issued else State.UNISSUED
    if EffectKind.COMMENCES not in begun:
        return State.NOT_YET
    switches = [kind for kind, has_begun in held if has_begun and kind in _SWITCHES]
    if switches and switches[-1] == EffectKind.SUSPENDS:
        return State.SUSPENDED
    return State.PARTLY_CEASED if EffectKind.CEASES_IN_PART in begun else State.IN_FORCE


@dataclass(frozen=True, slots=True)
class Life:
    """From when until before when a document was in force, as known; None is open or unknown."""

    begins_on: date | None
    ends_on: date | None
    ended_by: int | None


def life(rows: Iterable[EffectRow], *, known_at: datetime | None = None) -> Life:
    """Give the half-open interval in which a document is in force as a whole."""
    held = known(rows, at=known_at)
    begins = [row.valid_from for row in held if row.kind is EffectKind.COMMENCES]
    ends = sorted(
        (row.valid_from, row.key, row.source)
        for row in held
        if row.kind in {EffectKind.CEASES, EffectKind.RECALLS}
    )
    first = ends[0] if ends else None
    return Life(
        begins_on=min(begins) if begins else None,
        ends_on=first[0] if first else None,
        ended_by=first[2] if first else None,
    )
