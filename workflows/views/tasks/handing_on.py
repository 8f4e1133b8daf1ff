"""Giao sửa lại: the head of department reads why the paper came back and says who mends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from offices import selectors as offices
from offices.models import User
from offices.roles import Capability
from workflows import policies
from workflows.forms.decisions import AssignForm
from workflows.services import submitting
from workflows.views.tasks.steps import Act, Facts, Step, by_case

if TYPE_CHECKING:
    from offices.selectors import Holder
    from workflows.views.tasks.turn import Turn


def specialists(turn: Turn) -> Facts:
    """Give the people who may draft in the department."""
    department = turn.document.drafting_department
    held = offices.holders(Capability.DRAFT, department, at=turn.at) if department else []
    return {"people": list({holder.user.pk: known_as(holder) for holder in held}.items())}


def known_as(holder: Holder) -> str:
    """Name somebody with the post, unless the account is named after it."""
    name = holder.user.display_name
    return name if name == holder.post_title else f"{name}, {holder.post_title}"


def author_first(turn: Turn) -> Facts:
    """Propose whoever drafted the paper."""
    return {"drafter": turn.case.drafter_id}


def shown(turn: Turn) -> Facts:
    """Give the reason of the return."""
    return {"last_return": turn.last_return}


def assign(turn: Turn, form: AssignForm) -> object:
    """Give the paper to the chosen specialist."""
    return submitting.assign_rework(
        case_id=turn.case.pk,
        ticket=form.ticket(),
        drafter=User.objects.get(pk=form.cleaned_data["drafter"]),
        by=turn.by,
        at=turn.at,
    )


STEP = Step(
    node="receive_return",
    template="tasks/receive_return.html",
    check=by_case(policies.check_can_receive_return),
    acts=(Act("giao-sua", AssignForm, assign, made_of=specialists, initial=author_first),),
    shown=shown,
)
