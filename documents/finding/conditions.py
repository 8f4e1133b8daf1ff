"""What a paper must hold to be found: a condition over its tokens, the same for both databases.

`holds` is the meaning; the databases' own words for it are made in `documents.finding.store`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Token:
    """The paper holds exactly this token."""

    text: str


@dataclass(frozen=True, slots=True)
class Beginning:
    """The paper holds a token that begins so."""

    text: str


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; with no part, every paper."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class But:
    """The first holds and the second does not."""

    part: Condition
    without: Condition


Condition: TypeAlias = "Token | Beginning | All | Either | But"


def every(parts: Iterable[Condition]) -> Condition:
    """Join conditions that must all hold; one alone stays itself."""
    flat = tuple(dict.fromkeys(parts))
    return flat[0] if len(flat) == 1 else All(flat)


def either(parts: Iterable[Condition]) -> Condition:
    """Join conditions of which one is enough; one alone stays itself."""
    flat = tuple(dict.fromkeys(parts))
    return flat[0] if len(flat) == 1 else Either(flat)


def holds(condition: Condition, tokens: frozenset[str]) -> bool:
    """Whether a paper with these tokens is meant."""
    match condition:
        case Token(text):
            return text in tokens
        case Beginning(text):
            return any(token.startswith(text) for token in tokens)
        case All(parts):
            return all(holds(part, tokens) for part in parts)
        case Either(parts):
            return any(holds(part, tokens) for part in parts)
        case But(part, without):
            return holds(part, tokens) and not holds(without, tokens)
