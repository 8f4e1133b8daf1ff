"""Days of an office: closures and make-up days; and the clock of the demonstration."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from offices.models.organisation import Office


class DemoClock(models.Model):
    """The one row that says what time the demonstration shows; absent, time is real.

    `shows` is the instant it was set to, `set_at` the real instant of setting. Read and written
    by `offices.clock` alone.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    shows = models.DateTimeField()
    set_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="there_is_one_demo_clock"),
        ]


class OfficeDay(models.Model):
    """A day on which an office departs from the calendar; without an office, all do."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, related_name="+")
    day = models.DateField()
    reason = models.CharField(max_length=300)

    class Meta:
        abstract = True


class WorkingDayClosure(OfficeDay):
    """A working day on which the office is closed."""

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["office", "day"], name="a_day_is_closed_once_by_an_office"
            ),
            models.UniqueConstraint(
                fields=["day"], condition=Q(office__isnull=True), name="a_day_is_closed_once_by_all"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_closure_says_why"),
        ]


class MakeUpDay(OfficeDay):
    """A day of rest on which the office works to make up for a closure."""

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["office", "day"], name="a_day_is_made_up_once_by_an_office"
            ),
            models.UniqueConstraint(
                fields=["day"],
                condition=Q(office__isnull=True),
                name="a_day_is_made_up_once_by_all",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_make_up_day_says_why"),
        ]
