"""What a round has heard so far, counted; and how many of its members make a quorum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflows.models import Opinion
from workflows.quorum import Quorum, Tally

if TYPE_CHECKING:
    from workflows.models import ReviewRound


def tally_of(round: ReviewRound) -> Tally:
    """Count the answers of a round, in one query."""
    return counts_of(round)[0]


def quorum_of(round: ReviewRound) -> Quorum:
    """Count those of a round who make its quorum, in one query."""
    return counts_of(round)[1]


def counts_of(round: ReviewRound) -> tuple[Tally, Quorum]:
    """Count all answers of a round, and those of its members alone, in one query."""
    asked = round.opinions.exclude(choice=Opinion.Choice.EXCUSED)
    rows = list(asked.values_list("choice", "capacity"))
    choices = [choice for choice, _capacity in rows]
    members = [choice for choice, capacity in rows if capacity != Opinion.Capacity.CONSULTED]
    tally = Tally(
        asked=len(choices),
        agree=choices.count(Opinion.Choice.AGREE),
        remarks=choices.count(Opinion.Choice.AGREE_WITH_REMARKS),
        disagree=choices.count(Opinion.Choice.DISAGREE),
        silent=choices.count(Opinion.Choice.SILENT),
    )
    answered = sum(choice in Opinion.ANSWERS for choice in members)
    return tally, Quorum(asked=len(members), answered=answered)
