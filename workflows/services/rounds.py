"""The one writer that ends a round of opinions: by its last answer, its time, early, or withdrawal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflows.models import Opinion, ReviewRound

if TYPE_CHECKING:
    from datetime import datetime

    from offices.models import User


def end_round(
    round: ReviewRound, how: str, *, at: datetime, by: User | None = None, because: str = ""
) -> None:
    """Write that a round is over, and record each answer not given as silence.

    `by` is None where nobody closed it: everybody answered, or its time was up. Call under the
    case's lock; the engine's row is closed by the act.
    """
    if how != ReviewRound.ClosedHow.ANSWERED:
        waiting = round.opinions.filter(given_at__isnull=True)
        waiting.update(choice=Opinion.Choice.SILENT, given_at=at)
    round.closed_at = at
    round.closed_how = how
    round.closed_by = by
    round.closed_because = because
    round.save(update_fields=["closed_at", "closed_how", "closed_by", "closed_because"])
