"""Days on which an office departs from the calendar of the country."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from audit import services as audit
from offices.dates import vn_date
from offices.exceptions import BadInput, Conflict
from offices.models import MakeUpDay, WorkingDayClosure
from offices.parties import actor, office_key
from offices.policies import check_can_administer

if TYPE_CHECKING:
    from audit.services import Party
    from offices.models import Office, User


def close_day(
    *, office: Office, day: date, reason: str, by: User | Party, at: datetime
) -> WorkingDayClosure:
    """Close an office on a working day; deadlines reckoned from now on pass over it."""
    _check_free(office, day, reason, by=by, at=at)
    with transaction.atomic():
        closure = WorkingDayClosure.objects.create(office=office, day=day, reason=reason.strip())
        _record("day.closed", closure, by=by, at=at)
    return closure


def make_up_day(
    *, office: Office, day: date, reason: str, by: User | Party, at: datetime
) -> MakeUpDay:
    """Let an office work on a day of rest; deadlines reckoned from now on count it."""
    _check_free(office, day, reason, by=by, at=at)
    with transaction.atomic():
        made_up = MakeUpDay.objects.create(office=office, day=day, reason=reason.strip())
        _record("day.made_up", made_up, by=by, at=at)
    return made_up


def _check_free(office: Office, day: date, reason: str, *, by: User | Party, at: datetime) -> None:
    check_can_administer(by, office, at=at)
    if not reason.strip():
        raise BadInput(_("Say why the day departs from the calendar."))
    for model in (WorkingDayClosure, MakeUpDay):
        if model.objects.filter(office=office, day=day).exists():
            raise Conflict(_("%(day)s is entered for this office already.") % {"day": vn_date(day)})


def _record(
    action: str, row: WorkingDayClosure | MakeUpDay, *, by: User | Party, at: datetime
) -> None:
    if row.office is None:
        raise ValueError("A day of all offices comes with the release, not by an act.")
    audit.record(
        action,
        operation_id=uuid4(),
        head=True,
        subject=audit.Subject("office", row.office.key, row.office.short_name),
        by=actor(by),
        at=at,
        office=office_key(row.office),
        details={"day": vn_date(row.day)},
        disclose={"reason": row.reason},
    )
