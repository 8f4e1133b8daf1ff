"""Pages of acts outside the graph: withdrawing a paper, closing a round before its deadline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from workflows import engine, policies
from workflows.forms.detours import CloseRoundForm, WithdrawForm
from workflows.models import ReviewRound
from workflows.selectors import tallies
from workflows.services import detours, reviewing
from workflows.views.tasks.pages import attempt, show
from workflows.views.tasks.steps import Act, Facts, Step, by_case, with_reason
from workflows.views.tasks.turn import Turn, turn_at_case

if TYPE_CHECKING:
    from django.http import HttpRequest


def who_holds_it(turn: Turn) -> Facts:
    """Give what waits now, and whether the paper can still be withdrawn."""
    return {
        "waiting": engine.open_tasks([turn.case.pk]),
        "round": turn.round,
        "too_late": turn.revision.stage in {"signed", "issued"} and turn.revision.ended_at is None,
    }


def quorum_of(turn: Turn) -> Facts:
    """Give who answered, how many are needed, and whether that is reached."""
    round: Any = turn.round
    return {
        "round": round,
        "opinions": list(round.opinions.all()),
        "members": tallies.quorum_of(round),
    }


WITHDRAWAL = Step(
    node="",
    template="tasks/withdraw.html",
    check=by_case(policies.check_can_withdraw),
    acts=(Act("rut", WithdrawForm, with_reason(detours.withdraw)),),
    shown=who_holds_it,
)
CLOSING = Step(
    node="collect_opinions",
    template="tasks/close_round.html",
    check=by_case(policies.check_can_open_round),
    acts=(Act("dong-luot", CloseRoundForm, with_reason(reviewing.close_round)),),
    shown=quorum_of,
)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show what withdrawing does; withdraw with a reason."""
    return page_of(request, turn_at_case(request, case_id), WITHDRAWAL)


@require_http_methods(["GET", "HEAD", "POST"])
def close_round(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show who answered and the quorum; close the round with a reason."""
    turn = turn_at_case(request, case_id)
    latest = ReviewRound.objects.filter(case=turn.case).order_by("-ordinal").first()
    if latest is None or turn.round is None:
        raise Http404
    turn.task = engine.find(latest.task_id)
    return page_of(request, turn, CLOSING)


def page_of(request: HttpRequest, turn: Turn, step: Step) -> HttpResponse:
    """Show the page of an act outside the graph, or carry it out and come back to the page."""
    if request.method != "POST":
        return show(turn, step)
    step.check(turn)
    tried = attempt(turn, step.acts[0])
    if tried is None:
        return redirect(request.path)
    fresh = Turn(
        request=request,
        by=turn.by,
        at=turn.at,
        case=turn_at_case(request, turn.case.pk).case,
        task=engine.find(turn.task_id) if turn.task_id else None,
    )
    return show(fresh, step, tried=tried, status=tried.refused.status if tried.refused else 422)
