"""The demonstration's clock is set and advanced: only forward, and never in production."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from audit import services as audit
from offices import clock
from offices.dates import vn_date, vn_moment
from offices.exceptions import BadInput, Conflict, NotPermitted
from offices.models import DemoClock
from offices.parties import actor

if TYPE_CHECKING:
    from audit.services import Party
    from offices.models import User


def set_demo_clock(*, to: datetime, by: User | Party, at: datetime) -> None:
    """Set what the demonstration's clock shows; the first setting may lie in the past."""
    _turn(to=to, by=by, at=at, first=True)


def advance_demo_clock(*, to: datetime, by: User | Party, at: datetime) -> None:
    """Advance the demonstration's clock, which must have been set, to a later moment.

    Two who press at once advance it once: the second is refused with what the clock shows.
    """
    _turn(to=to, by=by, at=at, first=False)


def _turn(*, to: datetime, by: User | Party, at: datetime, first: bool) -> None:
    if not clock.is_demonstration():
        raise NotPermitted(_("Only a demonstration has a clock that can be turned."))
    if to.tzinfo is None:
        raise BadInput(_("The moment to turn the clock to needs its time zone."))
    with transaction.atomic():
        row = DemoClock.objects.select_for_update().first()
        if row is None and not first:
            raise Conflict(_("The demonstration's clock has not been set yet."))
        if row is not None and to <= max(row.shows, at):
            raise Conflict(
                _("The clock never goes back; it was turned to %(moment)s already.")
                % {"moment": vn_moment(row.shows)}
            )
        clock.turn_to(to)
        audit.record(
            "clock.turned",
            operation_id=uuid4(),
            head=True,
            subject=audit.Subject("clock", "demonstration"),
            by=actor(by),
            at=at,
            details={"day": vn_date(to)},
        )
