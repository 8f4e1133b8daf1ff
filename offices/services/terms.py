"""People are appointed to posts; periods end, rows stay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from offices.dates import vn_date
from offices.exceptions import BadInput, Conflict
from offices.models import Appointment, Delegation, Post, User
from offices.policies import check_can_administer, check_is_not_oneself
from offices.roles import HELD_BY_ONE, Role, may_be_joined
from offices.services.periods import check_ends
from offices.services.recording import record_on_post

if TYPE_CHECKING:
    from audit.services import Party


def appoint(
    *,
    user: User,
    post: Post,
    begins_on: date,
    by: User | Party,
    at: datetime,
    ends_on: date | None = None,
    fields_of_work: Sequence[str] = (),
    legal_basis: str = "",
    acting: bool = False,
    in_charge: bool = False,
) -> Appointment:
    """Appoint a person to a post from a day until before another.

    Refused: to an ended post's department, twice to one post, a second holder of a post that one
    person holds, an administrator to anything else, oneself. `fields_of_work` are codes and
    belong to vice-chairmen; `acting` ("quyền") to a post that one person holds; `in_charge`
    ("phụ trách, điều hành") to a vacant headship taken care of by a deputy.
    """
    check_can_administer(by, post.office, at=at)
    check_is_not_oneself(by, user)
    wanted = Appointment(
        user=user,
        post=post,
        begins_on=begins_on,
        ends_on=ends_on,
        fields_of_work=[*fields_of_work],
        legal_basis=legal_basis,
        acting=acting,
        in_charge=in_charge,
    )
    _check_makes_sense(wanted)
    with transaction.atomic():
        # Held in this order, so that two appointments at once are seen by one another.
        Post.objects.select_for_update().get(pk=post.pk)
        held = User.objects.select_for_update().get(pk=user.pk)
        check_account_is_open(held)
        _check_post_is_free(wanted)
        _check_may_be_joined(wanted)
        wanted.save(force_insert=True)
        record_on_post(
            post,
            "appointment.made",
            by=by,
            at=at,
            details={
                "appointment": wanted.pk,
                "user": user.pk,
                "begins_on": vn_date(begins_on),
                "ends_on": vn_date(ends_on) if ends_on else None,
                "acting": acting,
                "in_charge": in_charge,
                "fields_of_work": ",".join(fields_of_work),
            },
            disclose={"person": user.display_name, "legal_basis": legal_basis},
        )
    return wanted


def end_appointment(
    appointment: Appointment, *, ends_on: date, by: User | Party, at: datetime
) -> None:
    """End an appointment before a day, today at the earliest; its delegations end with it."""
    check_can_administer(by, appointment.post.office, at=at)
    with transaction.atomic():
        held = Appointment.objects.select_for_update().get(pk=appointment.pk)
        check_ends(held, ends_on, at=at)
        held.ends_on = ends_on
        held.save(update_fields=["ends_on"])
        record_on_post(
            held.post,
            "appointment.ended",
            by=by,
            at=at,
            details={"appointment": held.pk, "ends_on": vn_date(ends_on)},
            disclose={"person": held.user.display_name},
        )
    appointment.ends_on = ends_on


def _check_makes_sense(wanted: Appointment) -> None:
    role = Role(wanted.post.role)
    department, office = wanted.post.department, wanted.post.office
    if wanted.ends_on is not None and wanted.ends_on <= wanted.begins_on:
        raise BadInput(_("An appointment ends after the day on which it begins."))
    for body in (department, office):
        if wanted.begins_on < body.begins_on or (
            body.ends_on is not None and wanted.begins_on >= body.ends_on
        ):
            raise BadInput(_("%(body)s does not exist on that day.") % {"body": body.name})
    if wanted.fields_of_work and role is not Role.VICE_CHAIRMAN:
        raise BadInput(_("Fields of work are assigned to vice-chairmen."))
    if (wanted.acting or wanted.in_charge) and role not in HELD_BY_ONE:
        raise BadInput(_("Only a post that one person holds can have an acting holder."))


def check_account_is_open(user: User) -> None:
    """Refuse a right to somebody whose account is closed."""
    if not user.is_active:
        raise Conflict(_("The account of %(name)s is closed.") % {"name": user.display_name})


def _check_post_is_free(wanted: Appointment) -> None:
    beside = Appointment.objects.filter(post=wanted.post).overlapping(
        wanted.begins_on, wanted.ends_on
    )
    if beside.filter(user=wanted.user).exists():
        raise Conflict(
            _("%(name)s holds the post %(post)s in that time already.")
            % {"name": wanted.user.display_name, "post": wanted.post.title}
        )
    other = beside.select_related("user").first() if _held_by_one(wanted.post) else None
    if other is not None:
        raise Conflict(
            _("The post %(post)s is held by %(name)s in that time.")
            % {"post": wanted.post.title, "name": other.user.display_name},
            advice=_("End that appointment first, or appoint from its end on."),
        )


def _held_by_one(post: Post) -> bool:
    return Role(post.role) in HELD_BY_ONE


def _check_may_be_joined(wanted: Appointment) -> None:
    """An administrator decides nothing: neither by a second post nor for another."""
    role = Role(wanted.post.role)
    beside = Appointment.objects.filter(user=wanted.user).overlapping(
        wanted.begins_on, wanted.ends_on
    )
    if any(
        not may_be_joined(role, Role(other.post.role)) for other in beside.select_related("post")
    ):
        refuse_joining(wanted.user)
    if role is Role.ADMINISTRATOR:
        acts_for = Delegation.objects.filter(to_user=wanted.user, ends_on__gt=wanted.begins_on)
        if wanted.ends_on is not None:
            acts_for = acts_for.filter(begins_on__lt=wanted.ends_on)
        if acts_for.exists():
            refuse_joining(wanted.user)


def refuse_joining(user: User) -> None:
    """Refuse what would make an administrator somebody who decides."""
    raise Conflict(
        _("%(name)s would be administrator and something else at once.")
        % {"name": user.display_name},
        advice=_("An administrator keeps accounts and posts, and decides nothing about papers."),
    )
