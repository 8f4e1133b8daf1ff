"""The minutes of a round's meetings: entered by the secretary, read and printed by who may follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from offices.dates import ZONE
from workflows import engine, policies, quorum
from workflows.forms.meeting import MinutesForm
from workflows.models import Opinion, ReviewRound
from workflows.selectors.minutes import sheets_of as minutes_as_printed
from workflows.selectors.printed import wishes_of_minutes
from workflows.services import meeting
from workflows.views.print_lines import records_of
from workflows.views.tasks.detours import page_of
from workflows.views.tasks.steps import Act, Facts, Step, by_case
from workflows.views.tasks.turn import turn_at_case

if TYPE_CHECKING:
    from django.http import HttpRequest

    from workflows.views.tasks.turn import Turn


def asked(turn: Turn) -> list[Opinion]:
    """Give the opinions of the round, in the order they were asked."""
    found = turn.round.opinions.all() if turn.round is not None else ()
    return [one for one in found if one.choice != Opinion.Choice.EXCUSED]


def made_of(turn: Turn) -> Facts:
    """Give everybody asked, and who may have chaired: the head first, then those asked."""
    heads = [(one.user.pk, one.post_title) for one in meeting.may_chair(turn.case, at=turn.at)]
    others = [(one.reviewer_id, one.reviewer_title) for one in asked(turn)]
    return {"opinions": asked(turn), "chairs": list(dict([*others, *heads][::-1]).items())}


def called(turn: Turn) -> Facts:
    """Propose the time and place for which the meeting was called."""
    round = turn.round
    if round is None or round.meets_at is None:
        return {}
    local = round.meets_at.astimezone(ZONE)
    return {"held_on": local.date(), "held_time": local.time(), "place": round.place}


def shown(turn: Turn) -> Facts:
    """Give the round, the minutes of the case so far, and how many members make a quorum."""
    members = [one for one in asked(turn) if one.capacity != Opinion.Capacity.CONSULTED]
    sheets = minutes_as_printed(turn.case)
    return {
        "round": turn.round,
        "sheets": sheets,
        "prints": [
            records_of(turn.document, wishes_of_minutes(one), turn.by, title=one.prints_title)
            for one in sheets
        ],
        "needed": quorum.needed(len(members)),
        "members": len(members),
    }


def record(turn: Turn, form: MinutesForm) -> object:
    """Enter the minutes."""
    return meeting.record_minutes(
        case_id=turn.case.pk, ticket=form.ticket(), plan=form.plan(), by=turn.by, at=turn.at
    )


MEETING = Step(
    node="collect_opinions",
    template="tasks/minutes.html",
    check=by_case(policies.check_can_open_round),
    acts=(Act("bien-ban", MinutesForm, record, made_of=made_of, initial=called),),
    shown=shown,
)


@require_http_methods(["GET", "HEAD", "POST"])
def minutes(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show the minutes of the case's meetings, with the form while one is to be entered."""
    turn = turn_at_case(request, case_id)
    latest = turn.case.rounds.filter(form=ReviewRound.Form.MEETING).order_by("-ordinal").first()
    if latest is None:
        raise Http404
    turn.task = engine.find(latest.task_id)
    return page_of(request, turn, MEETING)
