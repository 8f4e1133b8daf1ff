"""The opinions of a round as people read them: dissent first, in full, with its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflows.models import Opinion
from workflows.quorum import Tally

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workflows.models import ReviewRound

ORDER = (
    Opinion.Choice.DISAGREE,
    Opinion.Choice.AGREE_WITH_REMARKS,
    Opinion.Choice.AGREE,
    Opinion.Choice.SILENT,
    Opinion.Choice.EXCUSED,
)
KINDS = {
    Opinion.Choice.DISAGREE: "against",
    Opinion.Choice.AGREE_WITH_REMARKS: "remarks",
    Opinion.Choice.AGREE: "agrees",
    Opinion.Choice.SILENT: "silent",
    Opinion.Choice.EXCUSED: "silent",
}


def opinions_of(round: ReviewRound) -> list[Opinion]:
    """Give the opinions of a round read with its remarks and answers: dissent first, silence last."""
    answered = [opinion for opinion in round.opinions.all() if opinion.choice]
    return sorted(answered, key=lambda opinion: ORDER.index(Opinion.Choice(opinion.choice)))


def tally_of_rows(opinions: Sequence[Opinion]) -> Tally:
    """Count opinions that were read already."""
    asked = [one for one in opinions if one.choice != Opinion.Choice.EXCUSED]
    choices = [opinion.choice for opinion in asked]
    return Tally(
        asked=len(choices),
        agree=choices.count(Opinion.Choice.AGREE),
        remarks=choices.count(Opinion.Choice.AGREE_WITH_REMARKS),
        disagree=choices.count(Opinion.Choice.DISAGREE),
        silent=choices.count(Opinion.Choice.SILENT),
        late=sum(hasattr(opinion, "late") for opinion in opinions),
    )
