"""Between Trình and the committee, for an urgent paper: who is to sign lets it go first, or does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflows import policies
from workflows.forms.urgent import AllowUrgentForm, DeclineUrgentForm
from workflows.services import urgent
from workflows.views.tasks.changes import what_changed
from workflows.views.tasks.steps import Act, Facts, Step, by_case, with_reason

if TYPE_CHECKING:
    from workflows.views.tasks.turn import Turn


def shown(turn: Turn) -> Facts:
    """Give the paper, why it was put, what changed, and what it does to others."""
    return {
        **what_changed(turn),
        "waiver": getattr(turn.revision, "waiver", None),
        "sheets": turn.sheets(),
    }


def suggested(turn: Turn) -> Facts:
    """Suggest the reason of the head of department as that of the decision."""
    return {"reason": turn.note.urgent_because if turn.note is not None else ""}


def allow(turn: Turn, form: AllowUrgentForm) -> object:
    """Let the paper go before the committee is heard."""
    return urgent.allow_urgent(
        case_id=turn.case.pk,
        ticket=form.ticket(),
        reason=form.cleaned_data["reason"],
        legal_basis=form.cleaned_data["legal_basis"],
        by=turn.by,
        at=turn.at,
    )


STEP = Step(
    node="allow_urgent",
    template="tasks/allow_urgent.html",
    check=by_case(policies.check_can_allow_urgent),
    acts=(
        Act("cho-di-truoc", AllowUrgentForm, allow, initial=suggested),
        Act("lay-y-kien-truoc", DeclineUrgentForm, with_reason(urgent.decline_urgent)),
    ),
    shown=shown,
)
