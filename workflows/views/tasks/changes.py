"""What changed, short, as the page of a step shows it; the page of comparisons has all of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workflows.views.passages import shown_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from documents.content.passages import Passage
    from workflows.views.passages import Shown
    from workflows.views.tasks.steps import Facts
    from workflows.views.tasks.turn import Turn

# A page of a step names so many changes; the whole comparison is a page of its own.
MOST = 40


@dataclass(frozen=True, slots=True)
class Difference:
    """The first changes in the order of the paper, and the counts of all.

    `old` and `new` ask the page of comparisons for the same two texts: an ordinal, or for `old`
    the reference of a paper that is replaced.
    """

    changes: tuple[Shown, ...]
    counts: tuple[tuple[str, int], ...]
    kept: int
    unlisted: int
    old: str
    new: str


def difference(passages: Sequence[Passage], *, old: int | str, new: int) -> Difference:
    """Keep what a reader counts as a change, a moved piece once at its new place."""
    shown = shown_of(passages)
    changes = [one for one in shown if one.number]
    return Difference(
        changes=tuple(changes[:MOST]),
        counts=tuple(Counter(one.tag for one in changes).items()),
        kept=sum(one.passage.kind == "kept" for one in shown),
        unlisted=max(0, len(changes) - MOST),
        old=str(old),
        new=str(new),
    )


def since_previous(turn: Turn) -> Difference | None:
    """What changed since the revision submitted before; None for the first."""
    if turn.previous is None:
        return None
    ordinals = turn.previous.ordinal, turn.revision.ordinal
    return difference(turn.since_previous, old=ordinals[0], new=ordinals[1])


def since_answered(turn: Turn) -> Difference | None:
    """What changed since the person of this task last answered, else since the submission before."""
    before = turn.answered_before or turn.previous
    if before is None:
        return None
    return difference(turn.since_answered, old=before.ordinal, new=turn.revision.ordinal)


def since_replaced(turn: Turn) -> Difference | None:
    """What differs from the paper it replaces; None where its text is not held."""
    if turn.replaced is None or turn.since_replaced is None:
        return None
    return difference(
        turn.since_replaced, old=turn.replaced.target.reference, new=turn.revision.ordinal
    )


def what_changed(turn: Turn) -> Facts:
    """Give what a page shows: against the submission before, for the first one the paper replaced."""
    previous = since_previous(turn)
    return {
        "since_previous": previous,
        "since_replaced": since_replaced(turn) if previous is None else None,
    }
