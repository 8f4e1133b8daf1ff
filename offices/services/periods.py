"""When a period may be ended: not yesterday, not before it began, not later than it says."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from offices.dates import local_day, vn_date
from offices.exceptions import BadInput, Conflict

if TYPE_CHECKING:
    from offices.models import Appointment, Delegation


def check_ends(row: Appointment | Delegation, ends_on: date, *, at: datetime) -> None:
    """Refuse an end in the past, before the beginning, or later than the one that stands."""
    if row.ends_on is not None and row.ends_on <= local_day(at):
        raise Conflict(_("It has ended on %(day)s already.") % {"day": vn_date(row.ends_on)})
    if ends_on < local_day(at):
        raise BadInput(_("What was valid yesterday is not ended afterwards: choose a later day."))
    if ends_on <= row.begins_on:
        raise BadInput(_("It ends after the day on which it begins."))
    if row.ends_on is not None and ends_on > row.ends_on:
        raise BadInput(_("An end is brought forward, not put off."))
