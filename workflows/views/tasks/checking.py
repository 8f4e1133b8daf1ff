"""Step 7, Kiểm tra: thẩm tra and the check of form, each point confirmed; or the paper goes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from workflows import policies
from workflows.forms.deciding import CheckForm
from workflows.services import deciding
from workflows.views.tasks.changes import what_changed
from workflows.views.tasks.opinions import opinions_of, tally_of_rows
from workflows.views.tasks.returning import RETURN
from workflows.views.tasks.signatory import expected_block, signing_standing
from workflows.views.tasks.steps import Act, Facts, Step, by_case

if TYPE_CHECKING:
    from workflows.views.tasks.turn import Turn


def shown(turn: Turn) -> Facts:
    """Give the paper, what changed, what it does to others, the committee's word, and who would sign."""
    rows = opinions_of(turn.round) if turn.round is not None else []
    return {
        "opinions": rows,
        "tally": tally_of_rows(rows),
        "signature_lines": expected_block(turn, signing_standing(turn)),
        "sheets": turn.sheets(),
        **what_changed(turn),
    }


def suggested(turn: Turn) -> Facts:
    """Suggest the words of the Phiếu trình from what was recorded so far."""
    rows = opinions_of(turn.round) if turn.round is not None else []
    words = render_to_string("tasks/routing_slip.txt", {"turn": turn, "tally": tally_of_rows(rows)})
    return {"text": words.strip()}


def passed(turn: Turn, form: CheckForm) -> object:
    """Record that the paper is fit to be signed."""
    return deciding.check_form(
        case_id=turn.case.pk,
        ticket=form.ticket(),
        content_points=form.content_points(),
        form_points=form.form_points(),
        text=form.cleaned_data["text"],
        by=turn.by,
        at=turn.at,
    )


STEP = Step(
    node="check_form",
    template="tasks/check.html",
    check=by_case(policies.check_can_check_form),
    acts=(
        Act("du-dieu-kien", CheckForm, passed, initial=suggested),
        RETURN,
    ),
    shown=shown,
)
