"""What the engine refuses, for a page to say: none of these tells who was first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from workflows.exceptions import AlreadyDone, CaseEnded, Conflict

if TYPE_CHECKING:
    from viewflow.workflow.models import Task


class StepDone(AlreadyDone):
    """The task named was done, or cancelled, before; `task` is its row."""

    def __init__(self, task: Task) -> None:
        super().__init__(_("This step was done already."), advice=_("Open the paper again."))
        self.task = task


class NotThisTask(Conflict):
    """The form names a task of another step or another case."""

    def __init__(self) -> None:
        super().__init__(_("This form belongs to another step."), advice=_("Open the paper again."))


class NothingToTakeBack(Conflict):
    """Somebody has acted since, or what was sent was not sent by the one who asks."""

    def __init__(self) -> None:
        super().__init__(
            _("This step can no longer be taken back."), advice=_("Open the paper again.")
        )


class Busy(Conflict):
    """Another act held the case longer than the lock timeout; nothing was written."""

    def __init__(self) -> None:
        super().__init__(
            _("Another act on this paper is being recorded."), advice=_("Try again in a moment.")
        )


def case_ended() -> CaseEnded:
    """Make the refusal of an act on a case that is over."""
    return CaseEnded(_("This case is over; nothing more can be done in it."))
