"""The one writer of a revision's stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from documents.exceptions import Conflict
from documents.lifecycle import IllegalMove, Move

if TYPE_CHECKING:
    from datetime import datetime

    from documents.models import Revision


def move(revision: Revision, step: Move) -> None:
    """Carry out one move of the lifecycle on a revision held under its process's lock.

    Raises `Conflict` where the stage does not allow the move or the revision has ended.
    """
    if revision.ended_at is not None:
        raise Conflict(_("This revision has ended; a newer one takes its place."))
    try:
        revision.stage = step.from_(revision.at_stage).value
    except IllegalMove as refused:
        raise Conflict(
            _("The paper stands at “%(stage)s”, which does not allow this step.")
            % {"stage": revision.get_stage_display()}
        ) from refused
    revision.save(update_fields=["stage"])


def end(revision: Revision, *, at: datetime, because: str) -> None:
    """End a revision that goes back for rework; it keeps its stage and says why it ended."""
    revision.ended_at = at
    revision.ended_because = because
    revision.save(update_fields=["ended_at", "ended_because"])
