"""After the issue: who signs for the office answers what the committee did not confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documents.models import Kind
from documents.policies import readable
from documents.selectors.papers import cited
from workflows import policies
from workflows.forms.urgent import AnswerRefusalForm
from workflows.selectors import confirmations
from workflows.services import later_hearing
from workflows.views.tasks.opinions import opinions_of, tally_of_rows
from workflows.views.tasks.steps import Act, Facts, Step, by_case

if TYPE_CHECKING:
    from documents.models import Relation
    from workflows.views.tasks.turn import Turn


def papers(turn: Turn) -> Facts:
    """Give the papers that may answer, each by what it does and how it is cited."""
    return {
        "papers": [
            (row.source_id, f"{row.get_verb_display()}: {cited(row.source)}")
            for row in turn.once(about)
            if not confirmations.is_before(row.source, turn.case.confirmation)
        ]
    }


def about(turn: Turn) -> list[Relation]:
    """Give what corrects, replaces or recalls the paper and is open to the reader."""
    return confirmations.answers_to(turn.document, by=turn.by, at=turn.at)


def shown(turn: Turn) -> Facts:
    """Give what the committee said, dissent first, and how the paper went first."""
    rows = opinions_of(turn.round) if turn.round is not None else []
    return {
        "round": turn.round,
        "opinions": rows,
        "tally": tally_of_rows(rows),
        "confirmation": turn.case.confirmation,
        "answer": confirmations.answer_open(turn.case.confirmation, readable(turn.by, at=turn.at)),
        "too_early": [
            row.source
            for row in turn.once(about)
            if turn.is_open and confirmations.is_before(row.source, turn.case.confirmation)
        ],
        "is_decision": turn.document.kind == Kind.DECISION,
    }


def answer(turn: Turn, form: AnswerRefusalForm) -> object:
    """Answer the refusal."""
    data = form.cleaned_data
    return later_hearing.answer_refusal(
        case_id=turn.case.pk,
        ticket=form.ticket(),
        way=data["way"],
        reason=data["reason"],
        answer_id=data["answer"],
        by=turn.by,
        at=turn.at,
    )


STEP = Step(
    node="answer_refusal",
    template="tasks/answer_refusal.html",
    check=by_case(policies.check_can_answer_refusal),
    acts=(Act("xu-ly", AnswerRefusalForm, answer, made_of=papers),),
    shown=shown,
)
