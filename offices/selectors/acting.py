"""Who acts for whom in an office, today and soon; and whose absence somebody may record."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from offices.authority import Footing, assigns
from offices.dates import local_day
from offices.models import Appointment, Delegation
from offices.roles import Role

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from offices.models import User
    from offices.models.terms import DelegationQuerySet

# An office has a few hundred posts; a page shows no more lines than somebody reads.
MOST = 300


@dataclass(frozen=True, slots=True)
class Staffing:
    """Who holds which post in some offices at a moment; read once for a page."""

    held: tuple[Appointment, ...]

    def of(self, user_id: int) -> list[Appointment]:
        """Give the posts of one person."""
        return [one for one in self.held if one.user_id == user_id]

    def may_be_recorded_by(self, by: User) -> list[Appointment]:
        """Give the posts of which somebody may say who stands in: his own, and those below."""
        own = self.of(by.pk)
        return [
            one
            for one in self.held
            if one.post.role != Role.ADMINISTRATOR
            and (one.user_id == by.pk or any(stands_over(above, one) for above in own))
        ]

    def people(self) -> list[tuple[int, str]]:
        """Give everybody who may act for another, with the posts held: no administrator."""
        titles: dict[int, list[str]] = defaultdict(list)
        names: dict[int, str] = {}
        for one in self.held:
            if one.post.role != Role.ADMINISTRATOR:
                titles[one.user_id].append(one.post.title)
                names[one.user_id] = one.user.display_name
        return [(key, _called(name, titles[key])) for key, name in names.items()]


def stands_over(above: Appointment, below: Appointment) -> bool:
    """Tell whether who holds one post records the absence of who holds the other."""
    if above.post.office_id != below.post.office_id or above.user_id == below.user_id:
        return False
    return assigns(
        Role(above.post.role),
        Role(below.post.role),
        same_body=above.post.department_id == below.post.department_id,
    )


def staffing(office_ids: Collection[int], *, at: datetime) -> Staffing:
    """Read who holds which post today. One query."""
    rows = (
        Appointment.objects.live_on(local_day(at))
        .filter(post__office__in=office_ids)
        .select_related("user", "post__department", "post__office")
        .order_by("post__department_id", "post__ordinal", "begins_on", "pk")
    )
    return Staffing(tuple(rows))


def who_left(office_ids: Collection[int], *, at: datetime) -> list[Appointment]:
    """Give the last post of everybody who holds none in these offices any more. One query."""
    day = local_day(at)
    live = Appointment.objects.live_on(day).filter(
        user=OuterRef("user"), post__office__in=office_ids
    )
    rows = (
        Appointment.objects.filter(~Exists(live), post__office__in=office_ids, begins_on__lte=day)
        .select_related("user", "post__department", "post__office")
        .order_by("user", "-begins_on", "-pk")[:MOST]
    )
    return list({row.user_id: row for row in reversed(rows)}.values())


def not_over(office_ids: Collection[int], *, at: datetime) -> list[Delegation]:
    """Give who acts for whom from today on, the nearest first; at most 300. One query."""
    return _rows(Delegation.objects.not_over(local_day(at)), office_ids)


def over(office_ids: Collection[int], *, at: datetime, size: int = 30) -> list[Delegation]:
    """Give who acted for whom until lately, the latest first. One query."""
    ended = Delegation.objects.filter(ends_on__lte=local_day(at))
    return list(_of_offices(ended, office_ids).order_by("-ends_on", "-pk")[:size])


def live(office_ids: Collection[int], *, at: datetime) -> list[Delegation]:
    """Give every delegation that counts today. One query."""
    return _rows(Delegation.objects.live_on(local_day(at)), office_ids)


def stand_ins(office_ids: Collection[int], *, at: datetime) -> dict[int, list[Delegation]]:
    """Give, by the absent one's appointment, who stands in for the whole post today. One query."""
    live = Delegation.objects.live_on(local_day(at)).filter(
        kind=Footing.SUBSTITUTION, capability=""
    )
    found: dict[int, list[Delegation]] = defaultdict(list)
    for row in _rows(live, office_ids):
        found[row.from_appointment_id].append(row)
    return found


def _rows(rows: DelegationQuerySet, office_ids: Collection[int]) -> list[Delegation]:
    return list(_of_offices(rows, office_ids).order_by("begins_on", "ends_on", "pk")[:MOST])


def _of_offices(rows: DelegationQuerySet, office_ids: Collection[int]) -> DelegationQuerySet:
    return rows.filter(from_appointment__post__office__in=office_ids).select_related(
        "to_user",
        "from_appointment__user",
        "from_appointment__post__department",
        "given_as__user",
        "given_as__post",
    )


def _called(name: str, titles: list[str]) -> str:
    other = [title for title in titles if title != name]
    return f"{name} ({'; '.join(other)})" if other else name
