"""The act that a page offers beside its own: the paper goes back from its step, with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflows.forms.decisions import ReturnForm
from workflows.services import returning
from workflows.views.tasks.steps import Act

if TYPE_CHECKING:
    from workflows.views.tasks.turn import Turn


def send_back(turn: Turn, form: ReturnForm) -> object:
    """Return the paper from the step of the page."""
    return returning.return_paper(
        node=turn.node,
        case_id=turn.case.pk,
        ticket=form.ticket(),
        reason=form.cleaned_data["reason"],
        by=turn.by,
        at=turn.at,
    )


RETURN = Act("tra-lai", ReturnForm, send_back)
REFUSE = Act("tu-choi", ReturnForm, send_back)
