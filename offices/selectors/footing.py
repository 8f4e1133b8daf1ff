"""What a past act rested on, as its record says, held against the rows as they stand today.

For an inspector: the appointment and its period, the grant of the post, the delegation with its
basis and days. Periods end and rows stay, so the answer of then can be given years later.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offices import grants
from offices.dates import local_day
from offices.models import Appointment, Delegation

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from offices.grants import Grant


@dataclass(frozen=True, slots=True)
class Recorded:
    """What an act's record names: keys of rows, who acted, and when."""

    appointment_id: int
    grant_id: int | None
    delegation_id: int | None
    by_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Footing:
    """The rows an act rested on, and whether each carried it on that day.

    `grant` is None where it was revoked since, or where none was needed. `*_ended_that_day`: the
    period ended on the day of the act, so that only the history tells which was first.
    """

    recorded: Recorded
    appointment: Appointment
    delegation: Delegation | None
    grant: Grant | None
    post_was_theirs: bool
    post_lasted: bool
    delegation_lasted: bool
    ended_that_day: bool

    @property
    def holds(self) -> bool:
        """Whether everything that was recorded carried the act on that day."""
        return self.post_was_theirs and self.post_lasted and self.delegation_lasted


def read(acts: Iterable[Recorded]) -> list[Footing]:
    """Give the footing of each act; four queries however many there are."""
    acts = list(acts)
    appointments = Appointment.objects.select_related(
        "user", "post__department", "post__office"
    ).in_bulk({one.appointment_id for one in acts})
    delegations = Delegation.objects.select_related(
        "to_user", "from_appointment__user", "given_as__post"
    ).in_bulk({one.delegation_id for one in acts if one.delegation_id})
    # Rights on departments and on offices are numbered each for themselves: a key alone is no name.
    by_key = {
        (grant.group_id, grant.id): grant
        for grant in grants.all_grants({one.post.group_id for one in appointments.values()})
    }
    # Appointments are never deleted: one that is missing is a fault, not an answer.
    return [_footing(one, appointments[one.appointment_id], delegations, by_key) for one in acts]


def _footing(
    one: Recorded,
    appointment: Appointment,
    delegations: dict[int, Delegation],
    granted: dict[tuple[int, int], Grant],
) -> Footing:
    day = local_day(one.at)
    delegation = delegations.get(one.delegation_id or 0)
    if one.delegation_id is None:
        theirs = appointment.user_id == one.by_id
    else:
        theirs = (
            delegation is not None
            and delegation.to_user_id == one.by_id
            and delegation.from_appointment_id == appointment.pk
        )
    return Footing(
        recorded=one,
        appointment=appointment,
        delegation=delegation,
        grant=granted.get((appointment.post.group_id, one.grant_id or 0)),
        post_was_theirs=theirs,
        post_lasted=_covers(appointment.begins_on, appointment.ends_on, day),
        delegation_lasted=one.delegation_id is None
        or (delegation is not None and _covers(delegation.begins_on, delegation.ends_on, day)),
        ended_that_day=day in {appointment.ends_on, delegation.ends_on if delegation else None},
    )


def _covers(begins_on: date, ends_on: date | None, day: date) -> bool:
    """Whether a period carried an act on a day; one that was ended that day did in the morning."""
    return begins_on <= day and (ends_on is None or day <= ends_on)
