"""Step 3, Trình: the head of department sees what changed, writes the Tờ trình, or returns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from documents.models import AuthorityKind
from documents.models.papers import LETTERS
from workflows import policies
from workflows.forms.proposing import ProposeForm
from workflows.selectors import slips
from workflows.services import submitting
from workflows.views.tasks.changes import what_changed
from workflows.views.tasks.returning import RETURN
from workflows.views.tasks.steps import Act, Facts, Step, by_case

if TYPE_CHECKING:
    from workflows.views.tasks.turn import Turn


def shown(turn: Turn) -> Facts:
    """Give the paper, what changed since the last submission, and against what it replaces."""
    return {
        **what_changed(turn),
        "last_return": turn.last_return,
        "may_go_first": turn.document.kind not in LETTERS
        and turn.document.authority_kind != AuthorityKind.COMMITTEE,
        "sheets": turn.sheets(),
    }


def suggested(turn: Turn) -> Facts:
    """Suggest the words of the Tờ trình from the paper itself."""
    facts = {"turn": turn, "to_whom": slips.whom(turn.document)}
    words = render_to_string("tasks/submission_note.txt", facts)
    return {"text": words.strip(), "urgency": turn.document.urgency}


def propose(turn: Turn, form: ProposeForm) -> object:
    """Propose the paper."""
    return submitting.propose(
        case_id=turn.case.pk,
        ticket=form.ticket(),
        text=form.cleaned_data["text"],
        urgency=form.cleaned_data["urgency"],
        urgent_because=form.cleaned_data["urgent_because"],
        by=turn.by,
        at=turn.at,
    )


STEP = Step(
    node="propose",
    template="tasks/propose.html",
    check=by_case(policies.check_can_propose),
    acts=(
        Act("trinh", ProposeForm, propose, initial=suggested),
        RETURN,
    ),
    shown=shown,
)
