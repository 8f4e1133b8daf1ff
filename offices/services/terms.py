"""People are appointed to posts and delegate what they may do; periods end, rows stay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from audit import services as audit
from offices.actions import ALL
from offices.dates import local_day, vn_date
from offices.exceptions import BadInput, Conflict
from offices.models import Appointment, Delegation, Post, User
from offices.parties import actor, office_key
from offices.policies import check_can_administer, check_can_delegate, check_is_not_oneself
from offices.roles import HELD_BY_ONE, Capability, Role, granted_to, may_be_joined

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
) -> Appointment:
    """Appoint a person to a post from a day until before another.

    Refused: to an ended post's department, twice to one post, a second holder of a post that one
    person holds, an administrator to anything else, oneself. `fields_of_work` are codes and
    belong to vice-chairmen; `acting` ("quyền") to a post that one person holds.
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
    )
    _check_makes_sense(wanted)
    with transaction.atomic():
        # Held in this order, so that two appointments at once are seen by one another.
        Post.objects.select_for_update().get(pk=post.pk)
        held = User.objects.select_for_update().get(pk=user.pk)
        _check_account_is_open(held)
        _check_post_is_free(wanted)
        _check_may_be_joined(wanted)
        wanted.save(force_insert=True)
        audit.record(
            "appointment.made",
            operation_id=uuid4(),
            head=True,
            subject=audit.Subject("post", str(post.pk), post.title),
            by=actor(by),
            at=at,
            office=office_key(post.office),
            details={
                "appointment": wanted.pk,
                "user": user.pk,
                "begins_on": vn_date(begins_on),
                "ends_on": vn_date(ends_on) if ends_on else None,
                "acting": acting,
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
        _check_ends(held, ends_on, at=at)
        held.ends_on = ends_on
        held.save(update_fields=["ends_on"])
        audit.record(
            "appointment.ended",
            operation_id=uuid4(),
            head=True,
            subject=audit.Subject("post", str(held.post_id), held.post.title),
            by=actor(by),
            at=at,
            office=office_key(held.post.office),
            details={"appointment": held.pk, "ends_on": vn_date(ends_on)},
            disclose={"person": held.user.display_name},
        )
    appointment.ends_on = ends_on


def delegate(
    *,
    from_appointment: Appointment,
    to_user: User,
    kind: Delegation.Kind,
    begins_on: date,
    ends_on: date,
    legal_basis: str,
    by: User | Party,
    at: datetime,
    capability: Capability | None = None,
) -> Delegation:
    """Let another act for a post within a period, on a written basis (Decree 30/2020 art. 13).

    Without `capability` all that the post may do is delegated, which only a substitution allows.
    """
    check_can_delegate(by, from_appointment, at=at)
    wanted = Delegation(
        from_appointment=from_appointment,
        to_user=to_user,
        kind=kind,
        capability=capability.value if capability else "",
        begins_on=begins_on,
        ends_on=ends_on,
        legal_basis=legal_basis.strip(),
    )
    _check_delegation_is_bounded(wanted, at=at)
    with transaction.atomic():
        held = User.objects.select_for_update().get(pk=to_user.pk)
        _check_account_is_open(held)
        _check_can_receive(wanted)
        wanted.save(force_insert=True)
        post = from_appointment.post
        audit.record(
            "delegation.made",
            operation_id=uuid4(),
            head=True,
            subject=audit.Subject("post", str(post.pk), post.title),
            by=actor(by),
            at=at,
            office=office_key(post.office),
            details={
                "delegation": wanted.pk,
                "appointment": from_appointment.pk,
                "user": to_user.pk,
                "kind": str(kind),
                "capability": capability.value if capability else ALL,
                "begins_on": vn_date(begins_on),
                "ends_on": vn_date(ends_on),
            },
            disclose={"person": to_user.display_name, "legal_basis": wanted.legal_basis},
        )
    return wanted


def end_delegation(
    delegation: Delegation, *, ends_on: date, by: User | Party, at: datetime
) -> None:
    """End a delegation earlier than it says; the one who gave it takes it back."""
    check_can_delegate(by, delegation.from_appointment, at=at)
    with transaction.atomic():
        held = Delegation.objects.select_for_update().get(pk=delegation.pk)
        _check_ends(held, ends_on, at=at)
        held.ends_on = ends_on
        held.save(update_fields=["ends_on"])
        post = held.from_appointment.post
        audit.record(
            "delegation.ended",
            operation_id=uuid4(),
            head=True,
            subject=audit.Subject("post", str(post.pk), post.title),
            by=actor(by),
            at=at,
            office=office_key(post.office),
            details={"delegation": held.pk, "ends_on": vn_date(ends_on)},
            disclose={"person": held.to_user.display_name},
        )
    delegation.ends_on = ends_on


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
    if wanted.acting and role not in HELD_BY_ONE:
        raise BadInput(_("Only a post that one person holds can have an acting holder."))


def _check_account_is_open(user: User) -> None:
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
        _refuse_joining(wanted.user)
    if role is Role.ADMINISTRATOR:
        acts_for = Delegation.objects.filter(to_user=wanted.user, ends_on__gt=wanted.begins_on)
        if wanted.ends_on is not None:
            acts_for = acts_for.filter(begins_on__lt=wanted.ends_on)
        if acts_for.exists():
            _refuse_joining(wanted.user)


def _refuse_joining(user: User) -> None:
    raise Conflict(
        _("%(name)s would be administrator and something else at once.")
        % {"name": user.display_name},
        advice=_("An administrator keeps accounts and posts, and decides nothing about papers."),
    )


def _check_delegation_is_bounded(wanted: Delegation, *, at: datetime) -> None:
    given = wanted.from_appointment
    if not wanted.legal_basis:
        raise BadInput(_("Name the written basis of the delegation."))
    if wanted.ends_on <= wanted.begins_on or wanted.begins_on < local_day(at):
        raise BadInput(_("A delegation begins today at the earliest and ends after it begins."))
    within = wanted.begins_on >= given.begins_on and (
        given.ends_on is None or wanted.ends_on <= given.ends_on
    )
    if not within:
        raise BadInput(_("A delegation lasts no longer than the appointment it comes from."))
    if not wanted.capability and wanted.kind == Delegation.Kind.UNDER_DELEGATION:
        raise BadInput(_("An authorisation says what it covers."))
    if wanted.capability and wanted.capability not in granted_to(Role(given.post.role)):
        raise BadInput(_("The post itself may not do that, so it cannot be delegated."))


def _check_can_receive(wanted: Delegation) -> None:
    """Rights stay in the office, go to another person, and never to an administrator."""
    given = wanted.from_appointment
    if wanted.to_user_id == given.user_id:
        raise BadInput(_("Nobody delegates to himself."))
    posts = (
        Appointment.objects.filter(user=wanted.to_user, post__office=given.post.office)
        .overlapping(wanted.begins_on, wanted.ends_on)
        .select_related("post")
    )
    roles = [Role(appointment.post.role) for appointment in posts]
    if not roles:
        raise BadInput(
            _("%(name)s holds no post in this office in that time.")
            % {"name": wanted.to_user.display_name}
        )
    if Role.ADMINISTRATOR in roles or Role(given.post.role) is Role.ADMINISTRATOR:
        _refuse_joining(wanted.to_user)


def _check_ends(row: Appointment | Delegation, ends_on: date, *, at: datetime) -> None:
    if row.ends_on is not None and row.ends_on <= local_day(at):
        raise Conflict(_("It has ended on %(day)s already.") % {"day": vn_date(row.ends_on)})
    if ends_on < local_day(at):
        raise BadInput(_("What was valid yesterday is not ended afterwards: choose a later day."))
    if ends_on <= row.begins_on:
        raise BadInput(_("It ends after the day on which it begins."))
    if row.ends_on is not None and ends_on > row.ends_on:
        raise BadInput(_("An end is brought forward, not put off."))
