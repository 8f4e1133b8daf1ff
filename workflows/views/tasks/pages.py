"""The two addresses of every step: its page, and its acts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from offices import selectors as offices
from workflows import engine
from workflows.exceptions import BadInput, Conflict, Refusal
from workflows.models import Act as RecordedAct
from workflows.policies import OF_NODE, refusal
from workflows.selectors import capacities
from workflows.services.acts import already_done
from workflows.views.refusals import typed
from workflows.views.tasks import (
    checking,
    concluding,
    handing_on,
    issuing,
    opening,
    opinion,
    proposing,
    refusal_of_committee,
    registering,
    reworking,
    signing,
    urgent,
)
from workflows.views.tasks.sent import way_back_from_done
from workflows.views.tasks.turn import Turn, turn_at_task
from workflows.views.viewed import noted

if TYPE_CHECKING:
    from django.http import HttpRequest

    from workflows.forms.decisions import DecisionForm
    from workflows.views.tasks.steps import Act, Step

STEPS: dict[str, Step] = {
    step.node: step
    for step in (
        proposing.STEP,
        urgent.STEP,
        reworking.STEP,
        opening.STEP,
        opinion.STEP,
        concluding.STEP,
        checking.STEP,
        signing.STEP,
        refusal_of_committee.STEP,
        registering.STEP,
        issuing.STEP,
        handing_on.STEP,
    )
}


@dataclass(frozen=True, slots=True)
class Tried:
    """An act that was sent and did not happen: its form as typed, and the refusal if any."""

    act: Act
    form: DecisionForm
    refused: Refusal | None = None


@require_safe
def task(request: HttpRequest, task_id: int) -> HttpResponse:
    """Show the page of a task: to act on, barred with the reason, or as it was done."""
    turn = turn_at_task(request, task_id)
    if turn.node == "collect_opinions":
        return redirect("close_round", case_id=turn.case.pk)
    step = STEPS.get(turn.node)
    if step is None:
        raise Http404
    return show(turn, step)


@require_http_methods(["GET", "HEAD", "POST"])
def task_act(request: HttpRequest, task_id: int, act: str) -> HttpResponse:
    """Carry out one act of a task; what does not happen comes back with what was typed."""
    turn = turn_at_task(request, task_id)
    step = STEPS.get(turn.node)
    named = step.act(act) if step is not None else None
    if step is None or named is None:
        raise Http404
    if request.method != "POST":
        return redirect("task", task_id=task_id)
    step.check(turn)
    tried = attempt(turn, named)
    if tried is None:
        return redirect("task", task_id=task_id)
    if tried.refused is None:
        return show(turn, step, tried=tried, status=422)
    return show(turn_at_task(request, task_id), step, tried=tried, status=tried.refused.status)


def attempt(turn: Turn, act: Act) -> Tried | None:
    """Read the form and call the use case; None when it was done."""
    form = act.form_for(turn, turn.request.POST)
    if not form.is_valid():
        over = turn.task is not None and not turn.is_open and not act.afterwards
        return Tried(act, form, already_done(turn.task_id) if over else None)
    try:
        act.carry_out(turn, form)
    except (Conflict, BadInput) as refused:
        if refused.facts.get("field") in form.fields:
            form.add_error(refused.facts["field"], refused.sentence)
        return Tried(act, form, refused)
    return None


def show(turn: Turn, step: Step, *, tried: Tried | None = None, status: int = 200) -> HttpResponse:
    """Render a step's page: its facts, a form for each act, why an act is barred, what was done."""
    if tried is not None and tried.refused is not None:
        tried.form.reissue(task=turn.task_id, digest=tried.act.digest(turn))
    noted(turn.request, turn.document)
    with offices.asked_once(turn.by, at=turn.at):
        context = context_of(turn, step, tried)
        return render(turn.request, step.template, context, status=status)


def context_of(turn: Turn, step: Step, tried: Tried | None) -> dict[str, Any]:
    """Gather what the template of a step shows."""
    barred = step.refusals(turn)
    may_act = turn.is_open and None in barred.values()
    return {
        "turn": turn,
        "case": turn.case,
        "document": turn.document,
        "revision": turn.revision,
        "forms": forms_of(turn, step, tried),
        "barred": barred,
        "tried": tried,
        "typed": typed(turn.request) if tried is not None and not turn.is_open else [],
        "comparison": comparison(turn, tried),
        "also": other_capacities(turn) if may_act else [],
        **(done(turn) if turn.task is not None and not turn.is_open else {}),
        **step.shown(turn),
    }


def other_capacities(turn: Turn) -> list[str]:
    """Say what else this person has done in the case; an opinion's node is named after its act."""
    act = {"opinion": "give_opinion"}.get(turn.node, turn.node)
    codes = capacities.earlier(turn.case, by_id=turn.by.pk, act=act)
    return [capacities.WORDS[code] for code in codes]


def forms_of(turn: Turn, step: Step, tried: Tried | None) -> dict[str, DecisionForm]:
    """Give a fresh form for each act, and the one that was tried as it was typed."""
    return {
        act.slot: tried.form if tried is not None and tried.act is act else act.form_for(turn)
        for act in step.acts
    }


def comparison(turn: Turn, tried: Tried | None) -> dict[str, int] | None:
    """Give the two versions to compare when the form was about an earlier one."""
    if tried is None or not isinstance(tried.refused, Conflict):
        return None
    digest = str(turn.request.POST.get("digest", ""))
    shown = turn.document.revisions.filter(content_digest=digest).order_by("-ordinal").first()
    if shown is None or shown.pk == turn.revision.pk:
        return None
    return {"old": shown.ordinal, "new": turn.revision.ordinal}


def done(turn: Turn) -> dict[str, Any]:
    """Tell what became of a task that no longer waits, and what waits now."""
    act = RecordedAct.objects.filter(task_id=turn.task_id).select_related("by").last()
    waiting = engine.open_tasks([turn.case.pk])
    return {
        "done": act,
        "outcome": turn.outcome,
        "returned": turn.case.returns.filter(task_id=turn.task_id).first(),
        "next_tasks": [{"task": row, "mine": may_act(turn, row)} for row in waiting],
        "way_back": way_back_from_done(turn.by, turn.case, act=act, open_tasks=waiting, at=turn.at)
        if act is not None
        else None,
    }


def may_act(turn: Turn, row: Any) -> bool:
    """Whether the reader may do a task that waits now."""
    node = row.flow_task.name
    if node == "opinion":
        return row.owner_id == turn.by.pk
    return refusal(OF_NODE[node], turn.by, turn.case, at=turn.at) is None
