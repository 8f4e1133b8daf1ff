"""Who serves an office at all: asked for advice by name, they need no grant but their post."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from offices.dates import local_day
from offices.models import Appointment
from offices.roles import OF_THE_BODY, Role
from offices.selectors import Standing

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from offices.models import Office, User


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who serves an office, by the post they are known by there."""

    user: User
    appointment: Appointment

    @property
    def post_title(self) -> str:
        """The title of that post."""
        return self.appointment.post.title

    @property
    def department_name(self) -> str:
        """The department of that post."""
        return self.appointment.post.department.name


def of_office(office: Office, *, at: datetime) -> list[Colleague]:
    """Give everybody who holds a post in an office, each once by the post held longest.

    By department and post; one query. An administrator decides nothing and is not among them.
    """
    return _each_once(_terms(office, at=at))


def _each_once(terms: QuerySet[Appointment]) -> list[Colleague]:
    known: dict[int, Colleague] = {}
    for term in terms.order_by("begins_on", "pk"):
        known.setdefault(term.user_id, Colleague(term.user, term))
    return sorted(known.values(), key=_by_place)


def of_the_body(office: Office, *, at: datetime) -> list[Colleague]:
    """Give the members of the People's Committee: its Chairman, Vice-Chairmen and members."""
    return _each_once(_terms(office, at=at).filter(post__role__in=OF_THE_BODY))


def standing(
    by: User, office: Office, *, at: datetime, in_the_body: bool = False
) -> Standing | None:
    """Give the post on which somebody asked by name answers; None who serves here no longer.

    `in_the_body` asks for the post by which one is a member of the People's Committee.
    """
    terms = _terms(office, at=at).filter(user=by.pk)
    if in_the_body:
        terms = terms.filter(post__role__in=OF_THE_BODY)
    term = terms.order_by("begins_on", "pk").first()
    if term is None:
        return None
    return Standing(
        user_id=term.user_id,
        appointment_id=term.pk,
        post_id=term.post_id,
        post_title=term.post.title,
        role=Role(term.post.role),
        office_id=term.post.office_id,
        department_id=term.post.department_id,
        grant_id=None,
        acting=term.acting,
        fields_of_work=tuple(term.fields_of_work),
    )


def _by_place(one: Colleague) -> tuple[int, int]:
    post = one.appointment.post
    return post.department_id, post.ordinal


def _terms(office: Office, *, at: datetime) -> QuerySet[Appointment]:
    return (
        Appointment.objects.live_on(local_day(at))
        .filter(post__office=office)
        .exclude(post__role=Role.ADMINISTRATOR)
        .select_related("user", "post__department", "post__office")
    )
