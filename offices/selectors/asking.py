"""Who may do what, when, and on what footing; and who else may.

The truth is the appointment or delegation that lasts on the day, and the grant of the post's
group on the object: never `has_perm`, never membership of a group alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import Q, Value

from offices import grants
from offices.authority import fittest
from offices.dates import local_day
from offices.models import (
    Appointment,
    Delegation,
    Department,
    MakeUpDay,
    Office,
    Post,
    WorkingDayClosure,
)
from offices.roles import Capability, Role

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from offices.models import User


from offices.selectors.standings import Held, Holder, Reader, Standing, Standings

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Footing:
    """A post held at a moment, in one's own right or for another."""

    user_id: int
    appointment: Appointment
    delegation: Delegation | None = None
    # The post of one's own that makes one fit to act for the other; one's own post itself.
    own: Appointment | None = None

    @property
    def group_id(self) -> int:
        return self.appointment.post.group_id

    def covers(self, capability: Capability) -> bool:
        limited = self.delegation.capability if self.delegation else ""
        return not limited or limited == capability

    @property
    def fills_the_post(self) -> bool:
        """Whether one stands in for somebody who is away, in everything the post does."""
        row = self.delegation
        if row is None or row.capability or row.fields_of_work:
            return False
        return row.kind == Delegation.Kind.SUBSTITUTION

    def standing(self, grant_id: int | None) -> Standing:
        post, delegation = self.appointment.post, self.delegation
        return Standing(
            user_id=self.user_id,
            appointment_id=self.appointment.pk,
            post_id=post.pk,
            post_title=post.title,
            role=Role(post.role),
            office_id=post.office_id,
            department_id=post.department_id,
            grant_id=grant_id,
            delegation_id=delegation.pk if delegation else None,
            delegation_kind=delegation.kind if delegation else "",
            on_behalf_of=self.appointment.user.display_name if delegation else None,
            acting=self.appointment.acting,
            fields_of_work=self._fields(),
            in_charge=self.appointment.in_charge,
            principal_id=self.appointment.user_id if delegation else None,
            own_appointment_id=self.own.pk if self.own else None,
            own_role=Role(self.own.post.role) if self.own else None,
            own_title=self.own.post.title_caps if self.own else "",
            own_acting=self.own.acting if self.own else False,
            own_in_charge=self.own.in_charge if self.own else False,
        )

    def _fields(self) -> tuple[str, ...]:
        """Give the fields of the post, or those of them that were delegated."""
        delegated = self.delegation.fields_of_work if self.delegation else []
        return tuple(delegated or self.appointment.fields_of_work)


def may(
    by: User, capability: Capability, obj: Department | Office, *, at: datetime
) -> Standing | None:
    """Tell on what footing somebody may do something on an object at a moment, or `None`.

    One's own post comes before a delegated one. At most three queries.
    """
    return next(iter(every_standing(by, capability, obj, at=at)), None)


def every_standing(
    by: User, capability: Capability, obj: Department | Office, *, at: datetime
) -> list[Standing]:
    """Give every footing for it, own posts first. At most three queries.

    For rules that look further than the grant: a vice-chairman's own field of work may not fit
    where that of a colleague for whom he stands in does.
    """
    page = _page_of(by, at)
    if page is not None:
        return page.known.every(capability, obj)
    footings = [footing for footing in _footings(by, at=at) if footing.covers(capability)]
    if not footings:
        return []
    granted = grants.grants_of({footing.group_id for footing in footings}, capability, obj)
    return [
        footing.standing(granted[footing.group_id])
        for footing in footings
        if footing.group_id in granted
    ]


def standings(by: User, *, at: datetime) -> Standings:
    """Tell everything somebody may do at a moment. At most three queries."""
    page = _page_of(by, at)
    return page.known if page is not None else _standings(_footings(by, at=at))


def in_place_of(
    by: User, absent_id: int, *, post_title: str, office: Office, at: datetime
) -> Standing | None:
    """Give the footing on which somebody fills the post of a person who is away; None for none.

    For what is asked of a person by name, which needs no grant. Up to three queries.
    """
    known = standings(by, at=at)
    return known.in_place_of(absent_id, post_title=post_title, office_id=office.pk)


def _standings(footings: list[_Footing]) -> Standings:
    posts = tuple(footing.appointment.post for footing in footings)
    if not footings:
        return Standings(())
    by_group: dict[int, list[grants.Grant]] = defaultdict(list)
    for grant in grants.all_grants({footing.group_id for footing in footings}):
        by_group[grant.group_id].append(grant)
    return Standings(
        tuple(
            Held(grant.capability, grant.object_id, footing.standing(grant.id))
            for footing in footings
            for grant in by_group[footing.group_id]
            if footing.covers(grant.capability)
        ),
        posts,
        tuple(footing.delegation for footing in footings if footing.delegation),
        tuple(footing.standing(None) for footing in footings if footing.fills_the_post),
    )


class _Page:
    """What is read once for a page that asks the same questions of one person and moment."""

    def __init__(self, by: User, at: datetime) -> None:
        self.by, self.at = by, at
        self.holders: dict[tuple[Capability, type, int], list[Holder]] = {}

    @cached_property
    def known(self) -> Standings:
        return _standings(_footings(self.by, at=self.at))


_page: ContextVar[_Page | None] = ContextVar("page_of_standings", default=None)


def _page_of(by: User, at: datetime) -> _Page | None:
    page = _page.get()
    return page if page is not None and page.by.pk == by.pk and page.at == at else None


@contextmanager
def asked_once(by: User, *, at: datetime) -> Iterator[None]:
    """Read at most once what a person may do at a moment, and who else may, while a page is made.

    For pages, which write nothing: inside, a right given or ended meanwhile is not seen. Other
    people and other moments are asked of the database as ever.
    """
    if _page_of(by, at) is not None:
        yield
        return
    token = _page.set(_Page(by, at))
    try:
        yield
    finally:
        _page.reset(token)


def holders(capability: Capability, obj: Department | Office, *, at: datetime) -> list[Holder]:
    """Tell who may do something on an object: for each, `may` says yes. Two queries.

    Own posts in their order, then delegations.
    """
    page = _page.get()
    if page is None or page.at != at:
        return _holders(capability, obj, at=at)
    key = (capability, type(obj), obj.pk)
    if key not in page.holders:
        page.holders[key] = _holders(capability, obj, at=at)
    return page.holders[key]


def in_post(
    capabilities: Collection[Capability], office_ids: Collection[int], *, at: datetime
) -> dict[tuple[Capability, int], list[grants.Exercised]]:
    """Tell who in these offices may do what in their own right, by capability and object.

    One query, in the order of the posts; delegations are left to `holders` and `may`.
    """
    live = Appointment.objects.live_on(local_day(at)).filter(post__office__in=office_ids)
    found: dict[tuple[Capability, int], list[grants.Exercised]] = defaultdict(list)
    for row in grants.exercised(live, capabilities):
        found[row.capability, row.object_id].append(row)
    return found


def _holders(capability: Capability, obj: Department | Office, *, at: datetime) -> list[Holder]:
    groups = grants.groups_granted(capability, obj)
    day = local_day(at)
    return [
        *_holders_in_own_right(groups, day),
        *_holders_by_delegation(groups, capability, day),
    ]


def appointments(by: User, *, at: datetime) -> list[Appointment]:
    """Give the appointments that somebody holds at a moment, with post, department, office."""
    return list(
        Appointment.objects.live_on(local_day(at))
        .filter(user=by.pk)
        .select_related("user", "post__department", "post__office")
        .order_by("begins_on", "pk")
    )


def post_of(by: User, *, at: datetime) -> Post | None:
    """Give the post somebody is known by at a moment: the one held longest."""
    held = appointments(by, at=at)
    return held[0].post if held else None


def reader(by: User, *, at: datetime) -> Reader:
    """Tell where somebody belongs and what for, by own posts and delegations. Three queries."""
    return standings(by, at=at).reader


def off_days(office: Office, *, begins: date, ends: date) -> tuple[set[date], set[date]]:
    """Give the days on which an office is closed, and those it works to make up. One query."""
    here = Q(office__isnull=True) | Q(office=office)
    within = Q(day__gte=begins, day__lt=ends)
    closed, made_up = (
        model.objects.filter(here, within)
        .annotate(worked=Value(worked))
        .values_list("day", "worked")
        for model, worked in ((WorkingDayClosure, False), (MakeUpDay, True))
    )
    days = list(closed.union(made_up, all=True))
    return (
        {day for day, worked in days if not worked},
        {day for day, worked in days if worked},
    )


def _footings(by: User, *, at: datetime) -> list[_Footing]:
    """Give the posts held in one's own right, then those held for another. Two queries.

    One where no post is held: whoever has left acts for nobody. What `live_on` asks of the
    receiver is known here, and every page asks this.
    """
    own = [_Footing(by.pk, held, own=held) for held in appointments(by, at=at)]
    if not own:
        return []
    delegated = (
        Delegation.objects.given_on(local_day(at))
        .filter(to_user=by.pk)
        .select_related(
            "from_appointment__user",
            "from_appointment__post__department",
            "from_appointment__post__office",
        )
        .order_by("begins_on", "pk")
    )
    received = ((row, _fit_to_receive(row, own)) for row in delegated)
    return own + [
        _Footing(by.pk, row.from_appointment, row, fit) for row, fit in received if fit is not None
    ]


def _fit_to_receive(row: Delegation, own: list[_Footing]) -> Appointment | None:
    """Give the own post in that office by which somebody acts for another."""
    office_id = row.from_appointment.post.office_id
    here = [one.appointment for one in own if one.appointment.post.office_id == office_id]
    wanted = fittest([Role(one.post.role) for one in here])
    return next((one for one in here if one.post.role == wanted), here[0] if here else None)


def _holders_in_own_right(groups: QuerySet[Any], day: date) -> list[Holder]:
    rows = (
        Appointment.objects.live_on(day)
        .filter(post__group__in=groups)
        .select_related("user", "post__department", "post__office")
        .order_by("post__department_id", "post__ordinal", "begins_on", "pk")
    )
    return [Holder(row.user, row, row.post.title) for row in rows]


def _holders_by_delegation(
    groups: QuerySet[Any], capability: Capability, day: date
) -> list[Holder]:
    rows = (
        Delegation.objects.live_on(day)
        .filter(
            Q(capability="") | Q(capability=capability.value),
            from_appointment__post__group__in=groups,
        )
        .select_related(
            "to_user",
            "from_appointment__user",
            "from_appointment__post__department",
            "from_appointment__post__office",
        )
        .order_by("begins_on", "pk")
    )
    return [
        Holder(
            user=row.to_user,
            appointment=row.from_appointment,
            post_title=row.from_appointment.post.title,
            delegation_id=row.pk,
            on_behalf_of=row.from_appointment.user.display_name,
            absent_until=row.ends_on - ONE_DAY
            if row.kind == Delegation.Kind.SUBSTITUTION
            else None,
        )
        for row in rows
    ]
