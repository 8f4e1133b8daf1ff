"""One scene of the example's story: a moment, the line that tells of it, and the act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from documents.models import AccessLevel, AuthorityKind, Kind
from documents.services.drafting import DraftPlan
from workflows.example.acts import moment

# The committee's members who are asked about the papers of the whole office.
HEADS = ("tp-kinhte", "tbp-tiepnhan", "tp-tuphap", "tp-taichinh", "cvp")


@dataclass(frozen=True, slots=True)
class Scene:
    """One act of the story and the line that tells of it."""

    at: datetime
    words: str
    play: Callable[[], object]


def scene(
    day: str, clock: str, words: str, act: Callable[..., object], *args: object, **kwargs: object
) -> Scene:
    """Make a scene of an act that takes its moment as `at`."""
    at = moment(day, clock)
    return Scene(at, words, partial(act, *args, at=at, **kwargs))


def decision(
    subject: str, *, field: str = "kinh_te", authority: str = AuthorityKind.CHAIRMAN, year: int = 0
) -> DraftPlan:
    """Plan a public decision; `year` is the year of its targets."""
    return DraftPlan(
        kind=Kind.DECISION,
        subject=subject,
        authority_kind=authority,
        field_of_work=field,
        access_level=AccessLevel.PUBLIC,
        target_from=date(year, 1, 1) if year else None,
        target_until=date(year + 1, 1, 1) if year else None,
    )


def own(kind: str, subject: str, *, field: str, year: int = 0) -> DraftPlan:
    """Plan a paper of the system that stays inside the office."""
    return DraftPlan(
        kind=kind,
        subject=subject,
        field_of_work=field,
        access_level=AccessLevel.INTERNAL,
        target_from=date(year, 1, 1) if year else None,
        target_until=date(year + 1, 1, 1) if year else None,
    )
