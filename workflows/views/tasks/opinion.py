"""Step 5, Phiếu lấy ý kiến: the paper clause by clause, three answers, a remark on any clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflows import policies
from workflows.forms.reviewing import OpinionForm
from workflows.models import Opinion
from workflows.selectors import remarks, tallies
from workflows.services import late, reviewing
from workflows.views.passages import shown_of
from workflows.views.tasks.changes import since_answered, what_changed
from workflows.views.tasks.steps import Act, Facts, Step

if TYPE_CHECKING:
    from offices.selectors import Standing
    from workflows.selectors.remarks import Remarked
    from workflows.views.tasks.turn import Turn


def asked(turn: Turn) -> Opinion:
    """Give the opinion this task asks for."""
    found = Opinion.objects.select_related(
        "reviewer", "given_by", "round__case__document__office", "late"
    )
    return found.get(task_id=turn.task_id)


def check(turn: Turn) -> Standing:
    """Refuse who is not asked, and whose form it is not."""
    opinion = asked(turn)
    standing = policies.check_can_give_opinion(turn.by, opinion.round, at=turn.at, opinion=opinion)
    # After its round nobody speaks for another: what is attached late is the silent one's own.
    late = takes_late(turn, opinion)
    policies.check_is_asked(turn.by, opinion, None if late else standing)
    return standing


def clauses(turn: Turn) -> Facts:
    """Give the paper clause by clause, with what changed since this person last answered."""
    return {
        "clauses": [
            (one.passage, one.tag)
            for one in shown_of(turn.since_answered)
            if one.passage.runs and one.passage.kind != "left"
        ]
    }


def shown(turn: Turn) -> Facts:
    """Give the round, the paper, what changed since the last submission, and how many answered."""
    opinion = asked(turn)
    round = opinion.round
    return {
        "opinion": opinion,
        "round": round,
        "takes_late": takes_late(turn, opinion),
        "takes_form": turn.is_open or takes_late(turn, opinion),
        "tally": tallies.tally_of(round),
        **what_changed(turn),
        "since_previous": since_answered(turn),
        "answered_before": turn.answered_before,
        "taken_up": taken_up(turn, opinion),
        "given_remarks": list(opinion.clause_remarks.order_by("pk")),
    }


def taken_up(turn: Turn, opinion: Opinion) -> list[Remarked]:
    """Give what became of the reviewer's own remarks on the text before, where there is one."""
    if turn.previous is None:
        return []
    return remarks.own_before(opinion.reviewer_id, case=turn.case, revision=turn.revision)


def takes_late(turn: Turn, opinion: Opinion) -> bool:
    """Whether the round is over without this answer while the case still stands on its content."""
    same = opinion.round.content_digest == turn.revision.content_digest
    return same and turn.case.ended_at is None and late.may_be_late(opinion)


def give(turn: Turn, form: OpinionForm) -> object:
    """Record the opinion."""
    return reviewing.give_opinion(**said(turn, form))


def give_late(turn: Turn, form: OpinionForm) -> object:
    """Attach the opinion to the round that is over."""
    return late.give_late_opinion(**said(turn, form))


def said(turn: Turn, form: OpinionForm) -> Facts:
    """Give what the form says, as the use cases of an opinion take it."""
    return {
        "case_id": turn.case.pk,
        "ticket": form.ticket(),
        "choice": form.cleaned_data["choice"],
        "remarks": form.words(),
        "clause_remarks": form.clause_remarks(),
        "by": turn.by,
        "at": turn.at,
    }


STEP = Step(
    node="opinion",
    template="tasks/opinion.html",
    check=check,
    acts=(
        Act("cho-y-kien", OpinionForm, give, made_of=clauses),
        Act("y-kien-muon", OpinionForm, give_late, made_of=clauses, afterwards=True),
    ),
    shown=shown,
)
