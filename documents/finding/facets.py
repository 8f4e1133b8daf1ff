"""The facets of an answer: by which facts the papers counted differ, and how many have each value."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from documents.models import Document
from documents.querysets import listed
from documents.selectors.papers import newest_revision

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from documents.effects import State

# The facts a result is counted by, in the order in which they are offered.
FACETS = ("kind", "year", "issuer", "department", "signatory", "stage", "state")
MOST_CHOICES = 30
_COLUMNS = (
    "pk",
    "origin",
    "issued_at",
    "indexed__kind",
    "indexed__year",
    "indexed__issuer",
    "indexed__department_id",
    "indexed__department__name",
    "indexed__signatory",
    "newest_stage",
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet and how many of the papers counted have it."""

    value: str
    words: str
    count: int


def rows(keys: Sequence[int]) -> list[tuple[Any, ...]]:
    """Read the facts of papers by their keys: key, origin, moment of issue, then the facts.

    One query, none for nothing.
    """
    if not keys:
        return []
    papers = Document.objects.filter(pk__in=listed(keys)).annotate(
        newest_stage=newest_revision("stage")
    )
    return list(papers.values_list(*_COLUMNS))


def count(
    read: Sequence[tuple[Any, ...]], states: Mapping[int, State]
) -> dict[str, tuple[Choice, ...]]:
    """Count what `rows` gave by each fact, and by the state that each paper is in."""
    if not read:
        return {}
    keys, _origins, _issued, kinds, years, issuers, ids, names, signatories, stages = zip(
        *read, strict=True
    )
    departments = [(str(key), name) for key, name in zip(ids, names, strict=True) if name]
    said: tuple[Sequence[Any], ...] = (
        kinds,
        years,
        issuers,
        departments,
        signatories,
        stages,
        [states[key] for key in keys],
    )
    return {name: _choices(values) for name, values in zip(FACETS, said, strict=True)}


def _choices(values: Iterable[Any]) -> tuple[Choice, ...]:
    """Give the values that most papers have; what is not said is no value."""
    told = [
        (*(one if isinstance(one, tuple) else (str(one), str(one))), papers)
        for one, papers in Counter(values).items()
        if one not in (None, "")
    ]
    told.sort(key=lambda one: (-one[2], one[0]))
    return tuple(Choice(*one) for one in told[:MOST_CHOICES])
