"""Who acts for whom, from when to when, and on which written basis (Decree 30/2020 art. 13)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from offices.actions import ALL
from offices.authority import SIGNATORIES, Footing, fittest, mode_for_another
from offices.dates import local_day, vn_date
from offices.exceptions import BadInput, NotPermitted
from offices.models import Appointment, Delegation, User
from offices.policies import check_can_delegate
from offices.roles import Capability, Role, granted_to
from offices.services.periods import check_ends
from offices.services.recording import record_on_post
from offices.services.terms import check_account_is_open, refuse_joining

if TYPE_CHECKING:
    from audit.services import Party


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
    fields_of_work: Sequence[str] = (),
) -> Delegation:
    """Let another act for a post within a period, on a written basis (Decree 30/2020 art. 13).

    Without `capability` all that the post may do is delegated, which only a substitution allows;
    `fields_of_work` narrow it, for those who sign. The holder of the post gives it; who stands in
    for somebody absent may also be said by the superior.
    """
    given_as = check_can_delegate(by, from_appointment, at=at, footing=Footing(kind))
    wanted = Delegation(
        from_appointment=from_appointment,
        to_user=to_user,
        kind=kind,
        capability=capability.value if capability else "",
        fields_of_work=[*dict.fromkeys(fields_of_work)],
        given_as=given_as,
        begins_on=begins_on,
        ends_on=ends_on,
        legal_basis=legal_basis.strip(),
    )
    _check_delegation_is_bounded(wanted, at=at)
    with transaction.atomic():
        held = User.objects.select_for_update().get(pk=to_user.pk)
        check_account_is_open(held)
        _check_can_receive(wanted)
        wanted.save(force_insert=True)
        post = from_appointment.post
        record_on_post(
            post,
            "delegation.made",
            by=by,
            at=at,
            details={
                "delegation": wanted.pk,
                "appointment": from_appointment.pk,
                "user": to_user.pk,
                "kind": str(kind),
                "capability": capability.value if capability else ALL,
                "fields_of_work": ",".join(wanted.fields_of_work),
                "begins_on": vn_date(begins_on),
                "ends_on": vn_date(ends_on),
            },
            disclose={"person": to_user.display_name, "legal_basis": wanted.legal_basis},
        )
    return wanted


def hold_delegation(delegation_id: int, *, at: datetime) -> None:
    """Keep a delegation from being ended until an act that rests on it is over.

    Call inside the act's transaction, after its policy; refuses one that was ended meanwhile.
    """
    held = Delegation.objects.select_for_update().get(pk=delegation_id)
    if not held.begins_on <= local_day(at) < held.ends_on:
        raise NotPermitted(
            _("This right to act for another was ended meanwhile; nothing was recorded.")
        )


def end_delegation(
    delegation: Delegation, *, ends_on: date, by: User | Party, at: datetime
) -> None:
    """End a delegation earlier than it says: whose right it is, or the superior, takes it back."""
    check_can_delegate(by, delegation.from_appointment, at=at)
    with transaction.atomic():
        held = Delegation.objects.select_for_update().get(pk=delegation.pk)
        check_ends(held, ends_on, at=at)
        held.ends_on = ends_on
        held.save(update_fields=["ends_on"])
        post = held.from_appointment.post
        record_on_post(
            post,
            "delegation.ended",
            by=by,
            at=at,
            details={"delegation": held.pk, "ends_on": vn_date(ends_on)},
            disclose={"person": held.to_user.display_name},
        )
    delegation.ends_on = ends_on


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
    if wanted.kind != Delegation.Kind.SUBSTITUTION and wanted.capability != Capability.SIGN:
        raise BadInput(_("By order and by authorisation one signs; other work is stood in for."))
    _check_fields(wanted)


def _check_fields(wanted: Delegation) -> None:
    """Fields narrow the right to sign; nobody hands on a field that is not his."""
    given = wanted.from_appointment
    role = Role(given.post.role)
    if not wanted.fields_of_work:
        return
    if role not in SIGNATORIES:
        raise BadInput(_("Fields of work narrow the right to sign, and this post does not sign."))
    if role is not Role.CHAIRMAN and not set(wanted.fields_of_work) <= set(given.fields_of_work):
        raise BadInput(_("A field that the post is not in charge of cannot be delegated."))


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
        refuse_joining(wanted.to_user)
    _check_may_bear(wanted, roles)


def _check_may_bear(wanted: Delegation, roles: list[Role]) -> None:
    """Whoever receives the right to sign holds a post that may bear it (art. 13)."""
    whose = Role(wanted.from_appointment.post.role)
    signs = whose in SIGNATORIES and wanted.capability in {"", Capability.SIGN.value}
    if not signs or mode_for_another(whose, Footing(wanted.kind), fittest(roles)) is not None:
        return
    if wanted.kind == Delegation.Kind.SUBSTITUTION:
        raise BadInput(
            _("Whoever signs for the office is stood in for by a deputy, who signs KT."),
            advice=_("The head of a unit signs TL. or TUQ., given by the Chairman in writing."),
        )
    raise BadInput(
        _("TL. and TUQ. are given by the Chairman to heads of units."),
        advice=_("A deputy signs KT.: record that he stands in."),
    )
