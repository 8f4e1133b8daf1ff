"""What changed, as pages show it: the clauses that differ, and how many of each sort."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from documents.content.compare import Change


@dataclass(frozen=True, slots=True)
class Difference:
    """The clauses that differ, in the order of the paper, and the counts of all."""

    changes: tuple[Change, ...]
    changed: int
    added: int
    removed: int
    moved: int
    kept: int

    @property
    def is_none(self) -> bool:
        """Whether nothing differs."""
        return not self.changes


def difference(changes: Iterable[Change]) -> Difference:
    """Keep what differs and count the rest; a heading without text of its own is not counted."""
    told = [in_words(change) for change in changes if change.new_text or change.old_text]
    counts = Counter(change.kind for change in told)
    return Difference(
        changes=tuple(change for change in told if change.kind != "kept"),
        changed=counts["changed"],
        added=counts["added"],
        removed=counts["removed"],
        moved=counts["moved"],
        kept=counts["kept"],
    )


def in_words(change: Change) -> Change:
    """Write the cells of a table's row in one line."""
    if not any("\t" in run.text for run in change.runs):
        return change
    runs = tuple(replace(run, text=run.text.replace("\t", " · ")) for run in change.runs)
    return replace(change, runs=runs)
