"""Step 4, Mở lượt lấy ý kiến: completeness, members, deadline; or the paper goes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from documents.models import AuthorityKind
from offices import bodies, colleagues
from offices import selectors as offices
from offices.dates import local_day, vn_moment, vn_weekday
from offices.roles import Capability
from offices.workhours import hour_term
from workflows import policies
from workflows.deadlines import (
    AT_ONCE,
    LONGEST_ROUND,
    LONGEST_ROUND_HOURS,
    ROUND,
    SHORTEST_HOURS,
    SHORTEST_ROUND,
)
from workflows.forms.reviewing import OpenRoundForm
from workflows.selectors.terms import level_of
from workflows.services import reviewing
from workflows.views.tasks.changes import since_previous
from workflows.views.tasks.completeness import completeness
from workflows.views.tasks.returning import RETURN
from workflows.views.tasks.steps import Act, Facts, Step, by_case

if TYPE_CHECKING:
    from workflows.views.tasks.turn import Turn


def members(turn: Turn) -> Facts:
    """Give the members of the committee and the others who serve the office, never the drafter."""
    committee = bodies.iso_committee(turn.document.office)
    held = offices.holders(Capability.GIVE_OPINION, committee, at=turn.at)
    names = {holder.user.pk: holder.user.display_name for holder in held}
    drafters = {turn.document.author_id, turn.case.drafter_id}
    return {
        "members": [(key, name) for key, name in names.items() if key not in drafters],
        "others": others(turn, set(names)),
        "terms": terms(turn),
        "body": body(turn),
        "first": turn.terms.of(ROUND, level_of(turn.case)),
    }


def body(turn: Turn) -> list[str]:
    """Name the members of the People's Committee where the paper is of its authority."""
    if turn.document.authority_kind != AuthorityKind.COMMITTEE:
        return []
    found = colleagues.of_the_body(turn.document.office, at=turn.at)
    return [one.post_title for one in found]


def others(turn: Turn, members: set[int]) -> list[tuple[str, list[tuple[int, str]]]]:
    """Give by department who may be asked besides; never the drafter, nor a member again."""
    left_out = members | {turn.document.author_id, turn.case.drafter_id}
    by_department: dict[str, list[tuple[int, str]]] = {}
    for one in colleagues.of_office(turn.document.office, at=turn.at):
        if one.user.pk not in left_out:
            place = by_department.setdefault(one.department_name, [])
            place.append((one.user.pk, one.user.display_name))
    return list(by_department.items())


def terms(turn: Turn) -> list[tuple[int, str]]:
    """Say in words when a term of each possible length would end: days, or hours where at once."""
    if level_of(turn.case) == AT_ONCE:
        hours = range(SHORTEST_HOURS, LONGEST_ROUND_HOURS + 1)
        ends = {one: hour_term(turn.calendar, turn.at, one).at for one in hours}
        return [
            (
                one,
                _("%(hours)s working hours: until %(end)s") % {"hours": one, "end": vn_moment(end)},
            )
            for one, end in ends.items()
        ]
    ends = {
        days: turn.calendar.deadline(turn.at, days).at
        for days in range(SHORTEST_ROUND, LONGEST_ROUND + 1)
    }
    return [
        (
            days,
            _("%(days)s working days: until %(day)s") % {"days": days, "day": vn_weekday(end)},
        )
        for days, end in ends.items()
    ]


def shown(turn: Turn) -> Facts:
    """Give the findings, what earlier rounds said, and where each number of days would end."""
    return {
        "points": completeness(turn),
        "since_previous": since_previous(turn),
        "last_return": turn.last_return,
        "silence_rule": bodies.silence_rule(turn.document.office, on=local_day(turn.at)),
        "sheets": turn.sheets(),
    }


def open_round(turn: Turn, form: OpenRoundForm) -> object:
    """Ask the chosen members."""
    return reviewing.open_round(
        case_id=turn.case.pk, ticket=form.ticket(), plan=form.plan(), by=turn.by, at=turn.at
    )


STEP = Step(
    node="open_round",
    template="tasks/open_round.html",
    check=by_case(policies.check_can_open_round),
    acts=(
        Act("mo-luot", OpenRoundForm, open_round, made_of=members),
        RETURN,
    ),
    shown=shown,
)
