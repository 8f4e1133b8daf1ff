"""The only reader of time: the real clock or, in a demonstration, the one that can be advanced."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings

from offices.dates import ZONE, local_day
from offices.models import DemoClock

# The demonstration's day stands still here, so that acts of one day stay on that day.
DEMO_DAY_ENDS = time(16, 59)


def is_demonstration() -> bool:
    """Tell whether this installation may show another time than the real one."""
    return bool(settings.DEMO) and not settings.PRODUCTION


def now() -> datetime:
    """Give the time, aware; in a demonstration the one it shows, which never goes backwards.

    The demonstration's clock runs from where it was set, with real seconds, until 16:59 of that
    day in Viet Nam, and waits there until it is advanced.
    """
    real = datetime.now(tz=UTC)
    row = DemoClock.objects.first() if is_demonstration() else None
    return real if row is None else shown(row, real=real)


def real_now() -> datetime:
    """Give the real time, whatever a demonstration shows: for leases between processes alone."""
    return datetime.now(tz=UTC)


def shown(row: DemoClock, *, real: datetime) -> datetime:
    """Give what a demonstration's clock shows at a real instant."""
    running = row.shows + max(real - row.set_at, timedelta())
    day_end = datetime.combine(local_day(row.shows), DEMO_DAY_ENDS, tzinfo=ZONE)
    return min(running, max(day_end, row.shows))


def turn_to(moment: datetime) -> None:
    """Set the demonstration's clock; who may, and that it never goes back, is decided above."""
    DemoClock.objects.update_or_create(
        defaults={"shows": moment, "set_at": datetime.now(tz=UTC)}, id=1
    )


def today() -> date:
    """Give the day in Viet Nam."""
    return local_date(now())


def local_date(at: datetime) -> date:
    """Give the day of a moment in Viet Nam."""
    return local_day(at)
