"""The hearing of the committee after the issue, each act brought to where it can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from tests.acting_on_detours import PUT_FIRST, allow_urgent
from tests.forms import WHY, on
from workflows.checklists import CONTENT_POINTS, FORM_POINTS
from workflows.models import Opinion, ReviewRound
from workflows.services import concluding, deciding, issuing, later_hearing, reviewing
from workflows.services.concluding import Answer
from workflows.services.reviewing import RoundPlan

if TYPE_CHECKING:
    from tests.acting_on_drafts import Act
    from tests.builders import Example


def issue_first(example: Example) -> Act:
    """Issue a paper that went first; the hearing begins with it."""
    allow_urgent(example)()
    points = dict.fromkeys(CONTENT_POINTS, True), dict.fromkeys(FORM_POINTS, True)
    on(
        example, PUT_FIRST, "cvp", deciding.check_form, content_points=points[0],
        form_points=points[1],
    )()  # fmt: skip
    on(example, PUT_FIRST, "pct-kinhte", deciding.sign, password=settings.DEMO_PASSWORD)()
    on(example, PUT_FIRST, "vanthu", issuing.register, dated_on=example.today)()
    return on(example, PUT_FIRST, "vanthu", issuing.seal_and_issue, copies=3)


def open_later_round(example: Example) -> Act:
    """Ask one member about it."""
    issue_first(example)()
    plan = RoundPlan((example.people["tp-tuphap"].pk,), 5, ReviewRound.Form.WRITTEN)
    return on(example, PUT_FIRST, "thuky-iso", reviewing.open_round, plan=plan)


def confirm(example: Example, outcome: str = concluding.CONFIRMED) -> Act:
    """Confirm it, or not, over one dissent that is answered."""
    open_later_round(example)()
    on(
        example, PUT_FIRST, "tp-tuphap", reviewing.give_opinion,
        choice=Opinion.Choice.DISAGREE, remarks=WHY,
    )()  # fmt: skip
    (dissent,) = Opinion.objects.filter(round__case=example.case(PUT_FIRST))
    return on(
        example, PUT_FIRST, "pct-vanxa", concluding.conclude,
        outcome=outcome, text=WHY, answers=[Answer(dissent.pk, "explained", WHY)],
    )  # fmt: skip


def answer_refusal(example: Example) -> Act:
    """Stand by it, though it was not confirmed."""
    confirm(example, concluding.UNCONFIRMED)()
    return on(
        example, PUT_FIRST, "pct-kinhte", later_hearing.answer_refusal, way="kept", reason=WHY
    )
