"""The bodies of an office that the procedure asks for by what they are, and its calendar."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils.translation import gettext as _

from offices.exceptions import Conflict
from offices.models import Department, SilenceRule, StepTerms
from offices.selectors import off_days
from offices.workdays import WorkCalendar

if TYPE_CHECKING:
    from offices.models import Office

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2200, 1, 1)


def iso_committee(office: Office) -> Department:
    """Give the committee that reviews the quality system's papers."""
    return _body(office, Department.Kind.COMMITTEE)


def office_secretariat(office: Office) -> Department:
    """Give the department that checks, numbers and issues (Văn phòng)."""
    return _body(office, Department.Kind.OFFICE_SECRETARIAT)


def leadership(office: Office) -> Department:
    """Give the body of those who sign for the office."""
    return _body(office, Department.Kind.LEADERSHIP)


def _body(office: Office, kind: str) -> Department:
    body = (
        Department.objects.filter(office=office, kind=kind)
        # One whose end has only been entered still is the body; of several, the latest.
        .order_by(F("ends_on").desc(nulls_first=True), "pk")
        .first()
    )
    if body is None:
        raise Conflict(
            _("The office has no body of this kind: %(kind)s.")
            % {"kind": Department.Kind(kind).label},
            advice=_("The administrator of the office sets it up."),
        )
    return body


def silence_rule(office: Office, *, on: date) -> str:
    """Cite by what silence agrees in a round opened on a day; empty where it agrees to nothing."""
    standing = SilenceRule.objects.filter(office=office).live_on(on)
    return standing.values_list("citation", flat=True).first() or ""


def step_terms(office: Office, *, on: date) -> StepTerms | None:
    """Give the terms an office has set that count on a day; None where it has set none. One query."""
    return StepTerms.objects.filter(office=office).live_on(on).first()


def calendar(office: Office) -> WorkCalendar:
    """Give the working days of an office: the nation's, its closures, its make-up days."""
    closures, make_up_days = off_days(office, begins=FIRST_DAY, ends=LAST_DAY)
    return WorkCalendar(closures=closures, make_up_days=make_up_days)
