"""Step 6, Kết luận: the tally, dissent first and in full, and an answer to each of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflows import policies
from workflows.forms.decisions import ReturnForm
from workflows.forms.reviewing import EndorseForm
from workflows.services import concluding
from workflows.views.tasks.opinions import opinions_of, tally_of_rows
from workflows.views.tasks.steps import Act, Facts, Step, by_case

if TYPE_CHECKING:
    from workflows.views.tasks.turn import Turn


def to_answer(turn: Turn) -> Facts:
    """Give the opinions that must be accepted or explained, dissent first."""
    rows = opinions_of(turn.round) if turn.round is not None else []
    return {"opinions": [row for row in rows if concluding.needs_answer(row)]}


def shown(turn: Turn) -> Facts:
    """Give the round with its opinions, dissent first."""
    rows = opinions_of(turn.round) if turn.round is not None else []
    vote = concluding.vote_of(turn.round, rows) if turn.round is not None else None
    return {"round": turn.round, "opinions": rows, "tally": tally_of_rows(rows), "vote": vote}


def endorse(turn: Turn, form: EndorseForm) -> object:
    """Endorse the paper; confirm one that was issued before."""
    return concluding.conclude(
        case_id=turn.case.pk,
        ticket=form.ticket(),
        outcome=concluding.outcomes_of(turn.case)[0],
        text=form.cleaned_data["text"],
        answers=form.answers(),
        by=turn.by,
        at=turn.at,
    )


def send_back(turn: Turn, form: ReturnForm) -> object:
    """Return the paper to the head of the drafting department; do not confirm one issued before."""
    return concluding.conclude(
        case_id=turn.case.pk,
        ticket=form.ticket(),
        outcome=concluding.outcomes_of(turn.case)[1],
        text=form.cleaned_data["reason"],
        by=turn.by,
        at=turn.at,
    )


STEP = Step(
    node="conclude",
    template="tasks/conclude.html",
    check=by_case(policies.check_can_conclude),
    acts=(
        Act("thong-nhat", EndorseForm, endorse, made_of=to_answer),
        Act("tra-lai", ReturnForm, send_back),
    ),
    shown=shown,
)
