"""Asking somebody for advice from a step that waits, and the page on which it is given."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from offices import colleagues
from offices.models import User
from workflows import engine, policies
from workflows.exceptions import NotPermitted
from workflows.forms.commenting import AskForm, CommentForm
from workflows.models import Comment
from workflows.services import commenting
from workflows.views.tasks.pages import attempt, show
from workflows.views.tasks.steps import Act, Facts, Step
from workflows.views.tasks.turn import Turn, turn_at_case

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from offices.selectors import Standing


def may_ask(turn: Turn) -> Standing:
    """Whoever may do the step that waits."""
    if turn.node not in policies.OF_NODE:
        raise NotPermitted(_("Advice is asked for from a step that waits."))
    return policies.OF_NODE[turn.node](turn.by, turn.case, at=turn.at)


def people(turn: Turn) -> Facts:
    """Give everybody of the office but the asker, by department."""
    found = [
        one
        for one in colleagues.of_office(turn.document.office, at=turn.at)
        if one.user.pk != turn.by.pk
    ]
    return {
        "people": [
            (department, [(one.user.pk, one.post_title) for one in group])
            for department, group in groupby(found, key=lambda one: one.department_name)
        ]
    }


def carry_asking(turn: Turn, form: AskForm) -> object:
    """Ask."""
    return commenting.ask_comment(
        case_id=turn.case.pk,
        ticket=form.ticket(),
        of=User.objects.get(pk=form.cleaned_data["of"]),
        question=form.cleaned_data["question"],
        by=turn.by,
        at=turn.at,
    )


ASKING = Step(
    node="",
    template="tasks/ask_comment.html",
    check=may_ask,
    acts=(Act("hoi", AskForm, carry_asking, made_of=people),),
)


@require_http_methods(["GET", "HEAD", "POST"])
def ask_comment(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show what advice was asked for and given; ask somebody."""
    turn = turn_at_case(request, case_id)
    turn.task = next(iter(engine.open_tasks([case_id])), None)
    return _page(request, turn, ASKING)


@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, key: int) -> HttpResponse:
    """Show the paper and the question to whoever was asked; take the answer."""
    asked = Comment.objects.select_related("asked_by", "case__document__office").filter(pk=key)
    held = asked.first()
    if held is None:
        raise Http404
    turn = turn_at_case(request, held.case_id)
    return _page(request, turn, _answering(held))


def _answering(held: Comment) -> Step:
    def may(turn: Turn) -> Standing:
        return policies.check_can_comment(turn.by, held, at=turn.at)

    def carry(turn: Turn, form: CommentForm) -> object:
        return commenting.give_comment(
            comment=held,
            ticket=form.ticket(),
            text=form.cleaned_data["text"],
            by=turn.by,
            at=turn.at,
        )

    def shown(turn: Turn) -> Facts:
        return {
            "comment": held,
            "sheets": turn.sheets(),
            "open": held.given_at is None and turn.case.ended_at is None,
            "same_content": held.content_digest == turn.revision.content_digest,
        }

    return Step(
        node="",
        template="tasks/comment.html",
        check=may,
        acts=(Act("tra-loi", CommentForm, carry),),
        shown=shown,
    )


def _page(request: HttpRequest, turn: Turn, step: Step) -> HttpResponse:
    if request.method != "POST":
        return show(turn, step)
    step.check(turn)
    tried = attempt(turn, step.acts[0])
    if tried is None:
        return redirect(request.path)
    return show(turn, step, tried=tried, status=tried.refused.status if tried.refused else 422)
