"""Work without a flow, and who runs the clock."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

USER = settings.AUTH_USER_MODEL


class Duty(models.Model):
    """Work without a flow: complete a stub, find a successor, report a result; one per cause."""

    class Sort(models.TextChoices):
        """What is to be done."""

        COMPLETE_STUB = "complete_stub", _("Complete a paper known only by citation")
        PUT_ON_PORTAL = "put_on_portal", _("Put on the portal")
        REPORT_RESULT = "report_result", _("Report a result")

    sort = models.CharField(max_length=20, choices=Sort.choices)
    cause = models.CharField(max_length=100, unique=True)
    document = models.ForeignKey(
        "documents.Document", on_delete=models.PROTECT, related_name="duties"
    )
    office = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="+")
    capability = models.CharField(max_length=40)
    # The department in which the capability is held, where it is not held in the office.
    department = models.ForeignKey(
        "offices.Department", on_delete=models.PROTECT, null=True, related_name="+"
    )
    result = models.OneToOneField(
        "documents.MeasureResult", on_delete=models.PROTECT, null=True, related_name="duty"
    )
    opened_at = models.DateTimeField()
    # A result is asked for when its period is over; until then no desk shows it.
    shown_from = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="a_done_duty_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(sort="report_result", result__isnull=False, department__isnull=False)
                | (~Q(sort="report_result") & Q(result__isnull=True)),
                name="a_report_is_owed_by_a_department",
            ),
        ]
        indexes = [
            models.Index(fields=["capability", "office", "done_at"], name="open_duties"),
            models.Index(fields=["department", "done_at", "shown_from"], name="open_reports"),
        ]


class Lease(models.Model):
    """Who runs the tick until when: one row per job, taken over when it lapses."""

    name = models.CharField(max_length=40, primary_key=True)
    holder = models.CharField(max_length=100)
    expires_at = models.DateTimeField()
