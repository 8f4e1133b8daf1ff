"""The stages of a revision and the moves between them: small, total, data.

Stage is moved by people; legal effect is computed elsewhere (`documents.effects`) and never
follows from a stage. A return is no stage: the returned revision keeps its stage and is ended.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """Where a revision stands on its way to issue."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    ENDORSED = "endorsed"
    CHECKED = "checked"
    SIGNED = "signed"
    ISSUED = "issued"
    WITHDRAWN = "withdrawn"


ORDER: tuple[Stage, ...] = (
    Stage.DRAFT,
    Stage.PROPOSED,
    Stage.ENDORSED,
    Stage.CHECKED,
    Stage.SIGNED,
    Stage.ISSUED,
)


class IllegalMove(Exception):
    """The stage does not allow this move; `move` and `stage` tell which."""

    def __init__(self, move: str, stage: Stage) -> None:
        super().__init__(f"{move} is not possible from {stage}")
        self.move = move
        self.stage = stage


@dataclass(frozen=True, slots=True)
class Move:
    """One named step from some stages to one stage."""

    name: str
    sources: frozenset[Stage]
    target: Stage

    def from_(self, stage: Stage) -> Stage:
        """Give the stage after the move; raise `IllegalMove` where it is not allowed."""
        if stage not in self.sources:
            raise IllegalMove(self.name, stage)
        return self.target


PROPOSE = Move("propose", frozenset({Stage.DRAFT}), Stage.PROPOSED)
ENDORSE = Move("endorse", frozenset({Stage.PROPOSED}), Stage.ENDORSED)
CHECK = Move("check", frozenset({Stage.ENDORSED}), Stage.CHECKED)
SIGN = Move("sign", frozenset({Stage.CHECKED}), Stage.SIGNED)
ISSUE = Move("issue", frozenset({Stage.SIGNED}), Stage.ISSUED)
WITHDRAW = Move(
    "withdraw",
    frozenset({Stage.DRAFT, Stage.PROPOSED, Stage.ENDORSED, Stage.CHECKED}),
    Stage.WITHDRAWN,
)

MOVES: tuple[Move, ...] = (PROPOSE, ENDORSE, CHECK, SIGN, ISSUE, WITHDRAW)

# A letter answers an issued paper: the committee is not asked, the check follows the proposal.
CHECK_LETTER = Move("check_letter", frozenset({Stage.PROPOSED}), Stage.CHECKED)
# The signatory has let an urgent paper go before the committee is heard.
CHECK_URGENT = Move("check_urgent", frozenset({Stage.PROPOSED}), Stage.CHECKED)

# What a sender undoes before anybody has acted on it: only these two moves send without deciding.
TAKE_PROPOSAL_BACK = Move("take_proposal_back", frozenset({Stage.PROPOSED}), Stage.DRAFT)
TAKE_CHECK_BACK = Move("take_check_back", frozenset({Stage.CHECKED}), Stage.ENDORSED)
TAKE_LETTER_CHECK_BACK = Move("take_letter_check_back", frozenset({Stage.CHECKED}), Stage.PROPOSED)
UNDONE: dict[Move, Move] = {
    PROPOSE: TAKE_PROPOSAL_BACK,
    CHECK: TAKE_CHECK_BACK,
    CHECK_LETTER: TAKE_LETTER_CHECK_BACK,
    CHECK_URGENT: TAKE_LETTER_CHECK_BACK,
}


def place(stage: Stage) -> int | None:
    """Number a stage 1 to 6 as its badge shows it; None for a withdrawn revision."""
    return ORDER.index(stage) + 1 if stage in ORDER else None
