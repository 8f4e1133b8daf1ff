"""The page of whoever sent a paper on and takes it back before anybody acts on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from workflows import engine, policies
from workflows.exceptions import NotPermitted
from workflows.forms.detours import RecallForm, TakeBackForm
from workflows.policies import TAKES_BACK
from workflows.selectors.sending import sending_of
from workflows.services import returning, taking_back
from workflows.views.tasks.pages import attempt, show
from workflows.views.tasks.steps import Act, Facts, Step, with_reason
from workflows.views.tasks.turn import Turn, turn_at_case

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from offices.selectors import Standing
    from workflows.selectors.sending import Sending

LONGEST_KEY = 9


def sending(turn: Turn) -> Sending | None:
    """Give who sent the paper to the step the page is about, and by which act."""
    if turn.task is None:
        return None
    return sending_of(engine.sent_by(turn.task_id), node=turn.node)


def may_take_back(turn: Turn) -> Standing:
    """Whoever sent it on; the sentence says what stands in the way."""
    sent = sending(turn)
    if sent is None:
        raise NotPermitted(_("Nothing is waiting here that somebody sent on."))
    if sent.act == "sign":
        return policies.check_can_recall_signature(turn.by, turn.case, at=turn.at)
    return policies.check_can_take_back(
        turn.by, turn.case, sender_id=sent.by_id, undone=sent.act, at=turn.at
    )


def what_it_undoes(turn: Turn) -> Facts:
    """Give what was sent, what waits because of it, and whether it is a signature."""
    sent = sending(turn)
    return {
        "sending": sent,
        "signature": sent is not None and sent.act == "sign",
        "known": sent is not None and sent.act in {*TAKES_BACK, "sign"},
    }


def _step(act: Act) -> Step:
    return Step(
        node="",
        template="tasks/take_back.html",
        check=may_take_back,
        acts=(act,),
        shown=what_it_undoes,
    )


TAKING_BACK = _step(Act("lay-lai", TakeBackForm, with_reason(taking_back.take_back)))
RECALL = _step(Act("lay-lai", RecallForm, with_reason(returning.recall_signature)))


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show what taking back does to what waits; take it back."""
    turn = _about(turn_at_case(request, case_id), named=request.POST.get("task", ""))
    step = RECALL if turn.node == "register" else TAKING_BACK
    if request.method != "POST":
        return show(turn, step)
    step.check(turn)
    tried = attempt(turn, step.acts[0])
    if tried is None:
        return redirect("document", reference=turn.document.reference)
    fresh = _about(turn_at_case(request, case_id), named="")
    return show(fresh, step, tried=tried, status=tried.refused.status if tried.refused else 422)


def _about(turn: Turn, *, named: Any) -> Turn:
    """Set the step the page is about: the one its form names, else the one that waits."""
    if isinstance(named, str) and named.isascii() and named.isdigit() and len(named) <= LONGEST_KEY:
        task = engine.find(int(named))
        if task is not None and task.process_id == turn.case.pk and task.flow_task is not None:
            turn.task = task
            return turn
    turn.task = next(iter(engine.open_tasks([turn.case.pk])), None)
    if turn.node == "opinion" and turn.round is not None:
        # A round is taken back as a whole, not one member's form.
        turn.task = engine.find(turn.round.task_id)
    return turn
