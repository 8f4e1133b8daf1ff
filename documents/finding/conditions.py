"""What a paper must hold to be found: a condition over its tokens, the same for both databases.

`holds` is the meaning; the databases' own words for it are made in `documents.finding.store`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


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


def needed(parts: Iterable[Condition]) -> Condition:
    """Join conditions that must all hold, without those that others say already.

    A word of the subject is a word of the paper: where ".quyet" is asked, "quyet" need not be.
    Fewer lists are read for the same papers.
    """
    flat = dict.fromkeys(_flat(parts))
    said = {_less(part) for part in flat} - {None}
    return every(part for part in flat if part not in said)


def _flat(parts: Iterable[Condition]) -> Iterator[Condition]:
    for part in parts:
        if isinstance(part, All):
            yield from _flat(part.parts)
        else:
            yield part


def _less(part: Condition) -> Condition | None:
    """Give what a paper holds too that holds a token of its subject; None for nothing."""
    if isinstance(part, Token | Beginning) and part.text.startswith("."):
        return replace(part, text=part.text[1:])
    return None


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
