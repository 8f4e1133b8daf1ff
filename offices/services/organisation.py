"""Offices, departments and posts are entered, end, and follow one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit import services as audit
from offices import grants
from offices.dates import local_day, vn_date
from offices.exceptions import BadInput, Conflict
from offices.models import Appointment, Department, Office, Post, Succession
from offices.parties import actor, office_key
from offices.policies import check_can_administer, check_can_keep_accounts
from offices.roles import Role, Scope, granted_to, scope_of
from offices.services.recording import record_on_post

if TYPE_CHECKING:
    from audit.services import Party
    from offices.models import User


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """How an office is called, on screen, in the heading and in the references of its papers."""

    key: str
    name: str
    short_name: str
    authority_name: str
    header_lines: Sequence[str]
    place: str
    reference_prefix: str = "BH"
    kind: str = ""


def found_office(*, facts: OfficeFacts, begins_on: date, by: User | Party, at: datetime) -> Office:
    """Enter an office; its key is stable and names it in the audit for ever."""
    check_can_keep_accounts(by, at=at)
    if Office.objects.filter(key=facts.key).exists():
        raise Conflict(_("There is an office with the key %(key)s.") % {"key": facts.key})
    if Office.objects.filter(reference_prefix=facts.reference_prefix).exists():
        raise Conflict(
            _("The references of another office begin with %(prefix)s.")
            % {"prefix": facts.reference_prefix}
        )
    office = Office(
        key=facts.key,
        name=facts.name,
        short_name=facts.short_name,
        authority_name=facts.authority_name,
        header_lines=[*facts.header_lines],
        place=facts.place,
        reference_prefix=facts.reference_prefix,
        kind=facts.kind,
        begins_on=begins_on,
    )
    _checked(office)
    with transaction.atomic():
        office.save(force_insert=True)
        audit.record(
            "office.founded",
            operation_id=uuid4(),
            head=True,
            subject=audit.Subject("office", office.key, office.name),
            by=actor(by),
            at=at,
            office=office_key(office),
            details={"begins_on": vn_date(begins_on)},
        )
    return office


def succeed_office(
    *,
    predecessor: Office,
    successor: Office,
    kind: Succession.Kind,
    on: date,
    by: User | Party,
    at: datetime,
    territory_note: str = "",
) -> Succession:
    """Record that an office takes over from another, and end the predecessor on that day.

    An office may be followed by several, each for its share; it ends once, on the first's day.
    Appointments and grants of an ended office count no more from that day.
    """
    check_can_administer(by, predecessor, at=at)
    with transaction.atomic():
        old = Office.objects.select_for_update().get(pk=predecessor.pk)
        if old.ends_on is not None and old.ends_on != on:
            raise Conflict(
                _("%(office)s ended on %(day)s; its successors follow on that day.")
                % {"office": old.short_name, "day": vn_date(old.ends_on)}
            )
        if on <= old.begins_on or on < successor.begins_on:
            raise BadInput(_("An office ends after it began, and its successor exists by then."))
        old.ends_on = on
        old.save(update_fields=["ends_on"])
        succession = Succession.objects.create(
            predecessor=old, successor=successor, kind=kind, territory_note=territory_note, on=on
        )
        audit.record(
            "office.succeeded",
            operation_id=uuid4(),
            head=True,
            subject=audit.Subject("office", old.key, old.name),
            by=actor(by),
            at=at,
            office=office_key(old),
            details={"on": vn_date(on), "kind": str(kind), "successor_key": successor.key},
            disclose={"successor": successor.name, "territory_note": territory_note},
        )
    return succession


def add_department(
    *,
    office: Office,
    name: str,
    code: str,
    kind: Department.Kind,
    begins_on: date,
    by: User | Party,
    at: datetime,
) -> Department:
    """Add a department or a committee; its code goes into the symbols of its papers (TTr-NV)."""
    check_can_administer(by, office, at=at)
    if Department.objects.filter(office=office, code=code, ends_on__isnull=True).exists():
        raise Conflict(_("A department of this office has the code %(code)s.") % {"code": code})
    department = Department(office=office, name=name, code=code, kind=kind, begins_on=begins_on)
    _checked(department)
    with transaction.atomic():
        department.save(force_insert=True)
        audit.record(
            "department.added",
            operation_id=uuid4(),
            head=True,
            subject=audit.Subject("department", str(department.pk), department.name),
            by=actor(by),
            at=at,
            office=office_key(office),
            details={"kind": str(kind), "begins_on": vn_date(begins_on)},
            disclose={"code": code},
        )
    return department


def end_department(
    department: Department, *, ends_on: date, by: User | Party, at: datetime
) -> None:
    """End a department; refuses while somebody is appointed to one of its posts beyond that day."""
    check_can_administer(by, department.office, at=at)
    _check_not_past(ends_on, at=at)
    with transaction.atomic():
        held = Department.objects.select_for_update().get(pk=department.pk)
        if held.ends_on is not None:
            raise Conflict(
                _("%(department)s has ended on %(day)s already.")
                % {"department": held.name, "day": vn_date(held.ends_on)}
            )
        if ends_on <= held.begins_on:
            raise BadInput(_("A department ends after the day on which it began."))
        still = Appointment.objects.filter(post__department=held).overlapping(ends_on, None)
        if still.exists():
            raise Conflict(
                _("Somebody is appointed to a post of %(department)s beyond that day.")
                % {"department": held.name},
                advice=_("End the appointments first."),
            )
        held.ends_on = ends_on
        held.save(update_fields=["ends_on"])
        audit.record(
            "department.ended",
            operation_id=uuid4(),
            head=True,
            subject=audit.Subject("department", str(held.pk), held.name),
            by=actor(by),
            at=at,
            office=office_key(held.office),
            details={"ends_on": vn_date(ends_on)},
        )
    department.ends_on = ends_on


def add_post(
    *,
    department: Department,
    role: Role,
    title: str,
    by: User | Party,
    at: datetime,
    title_caps: str = "",
) -> Post:
    """Add a post with its group, and grant the group what the role may do.

    `title_caps` stands in the signature block ("PHÓ CHỦ TỊCH"); without it, the title in capitals.
    """
    check_can_administer(by, department.office, at=at)
    _check_role_fits(role, department)
    with transaction.atomic():
        Department.objects.select_for_update().get(pk=department.pk)
        ordinal = department.posts.count() + 1
        group = Group.objects.create(name=f"{department.office.key}/{department.pk}/{ordinal}")
        post = Post(
            office=department.office,
            department=department,
            role=role.value,
            title=title,
            title_caps=title_caps or title.upper(),
            group=group,
            ordinal=ordinal,
        )
        _checked(post)
        post.save(force_insert=True)
        given = grants.grant_by_role(post)
        record_on_post(
            post,
            "post.added",
            by=by,
            at=at,
            details={
                "role": role.value,
                "department": department.pk,
                "grants": ",".join(f"{one.capability}:{one.id}" for one in given),
            },
        )
    return post


def _check_role_fits(role: Role, department: Department) -> None:
    scopes = {scope_of(capability) for capability in granted_to(role)}
    misplaced = Scope.COMMITTEE in scopes and not department.is_committee
    if misplaced or (Scope.DEPARTMENT in scopes and department.is_committee):
        raise BadInput(
            _("A post of this role does not belong to %(department)s.")
            % {"department": department.name}
        )


def _check_not_past(day: date, *, at: datetime) -> None:
    if day < local_day(at):
        raise BadInput(_("What was valid yesterday is not ended afterwards: choose a later day."))


def _checked(row: Office | Department | Post) -> None:
    """Refuse what the fields or constraints of a new row do not allow, field by field."""
    try:
        row.full_clean()
    except ValidationError as error:
        raise BadInput(" ".join(error.messages)) from error
