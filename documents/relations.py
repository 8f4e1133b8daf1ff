"""How one document stands to another: verbs with direction, their inverses, what they execute.

Direction is stored (from, to, verb); labels for either side are derived. The same verbs serve
ELI (`repeals`, `amends`, `corrects`, `based_on`, `cites`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RelationKind(StrEnum):
    """The verb of an edge from the acting document to the other one."""

    REPLACES = "replaces"
    REPEALS = "repeals"
    AMENDS = "amends"
    CORRECTS = "corrects"
    SUSPENDS = "suspends"
    RECALLS = "recalls"
    BASED_ON = "based_on"
    CITES = "cites"


@dataclass(frozen=True, slots=True)
class Wording:
    """What the two ends of an edge are called, in English message ids."""

    forward: str
    backward: str


WORDINGS: dict[RelationKind, Wording] = {
    RelationKind.REPLACES: Wording("Replaces", "Replaced by"),
    RelationKind.REPEALS: Wording("Repeals", "Repealed by"),
    RelationKind.AMENDS: Wording("Amends", "Amended by"),
    RelationKind.CORRECTS: Wording("Corrects", "Corrected by"),
    RelationKind.SUSPENDS: Wording("Suspends", "Suspended by"),
    RelationKind.RECALLS: Wording("Recalls", "Recalled by"),
    RelationKind.BASED_ON: Wording("Based on", "Basis of"),
    RelationKind.CITES: Wording("Cites", "Cited by"),
}

# Verbs that issuing the acting document carries out; a correction alone leaves the ledger of
# effects as it is.
EXECUTED_ON_ISSUE: frozenset[RelationKind] = frozenset(
    {
        RelationKind.CORRECTS,
        RelationKind.REPLACES,
        RelationKind.REPEALS,
        RelationKind.AMENDS,
        RelationKind.SUSPENDS,
        RelationKind.RECALLS,
    }
)

# Carried out, and yet nothing begins or ceases by it.
WITHOUT_EFFECT: frozenset[RelationKind] = frozenset({RelationKind.CORRECTS})

# Verbs of the papers, as the reader of a supersession clause meets them.
VERBS: dict[str, RelationKind] = {
    "thay thế": RelationKind.REPLACES,
    "bãi bỏ": RelationKind.REPEALS,
    "hủy bỏ": RelationKind.REPEALS,
    "sửa đổi, bổ sung": RelationKind.AMENDS,
}

WHOLE = ""


def would_loop(edges: set[tuple[int, int]], source: int, target: int) -> bool:
    """Tell whether `source` replacing `target` would close a circle of replacements.

    `edges` are pairs (replacing, replaced).
    """
    seen: set[int] = set()
    waiting = [target]
    while waiting:
        here = waiting.pop()
        if here == source:
            return True
        if here not in seen:
            seen.add(here)
            waiting.extend(replaced for replacing, replaced in edges if replacing == here)
    return False
