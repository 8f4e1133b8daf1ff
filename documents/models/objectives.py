"""What a paper's objectives were read as, confirmed by a person, and the results against them.

Beside the revision, never inside its digest: the paper stays what it is when a reading is mended.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from documents.models.papers import Document

USER = settings.AUTH_USER_MODEL


class Comparator(models.TextChoices):
    """How a result is held against a target; the codes of `documents.content.objectives`."""

    EQ = "eq", _("exactly")
    GTE = "gte", _("at least")
    GT = "gt", _("more than")
    LTE = "lte", _("at most")
    LT = "lt", _("less than")
    RANGE = "range", _("between")
    INCREASE_BY = "increase_by", _("increase by")
    DECREASE_BY = "decrease_by", _("decrease by")
    QUALITATIVE = "qualitative", _("judged without a figure")


class DeadlineKind(models.TextChoices):
    """What sort of deadline a measure has."""

    DATE = "date", _("by a day")
    MONTH = "month", _("in a month")
    QUARTER = "quarter", _("in a quarter")
    HALF_YEAR = "half_year", _("in a half-year")
    NINE_MONTHS = "nine_months", _("in nine months")
    YEAR = "year", _("in the year")
    ONGOING = "ongoing", _("all the time")
    PLAN = "plan", _("by a plan")
    EVENT = "event", _("when something happens")
    RECURRING = "recurring", _("again and again")
    UNREAD = "unread", _("not understood")


class Every(models.TextChoices):
    """The periods for which results are reported; nine months is a period of its own."""

    WEEK = "week", _("week")
    MONTH = "month", _("month")
    QUARTER = "quarter", _("quarter")
    HALF_YEAR = "half_year", _("half-year")
    NINE_MONTHS = "nine_months", _("nine months")
    YEAR = "year", _("year")
    AD_HOC = "ad_hoc", _("on demand")


class Outcome(models.TextChoices):
    """What a result is worth against its target (`documents.content.objectives.judging`)."""

    MET = "met", _("met")
    HARDLY_MET = "hardly_met", _("met, but not by much")
    UNMET = "unmet", _("not met")
    OPEN = "open", _("not yet due")


class ConfirmedReading(models.Model):
    """That a person confirmed what a paper's objectives say; the latest of a paper counts.

    Of a paper made here it is read from a `revision`. Of a higher office's decision, which has no
    revision here, it is read from the `text` somebody gave and belongs to the `document`.
    """

    revision = models.ForeignKey(
        "documents.Revision", on_delete=models.PROTECT, null=True, related_name="objective_readings"
    )
    document = models.ForeignKey(
        "documents.Document", on_delete=models.PROTECT, null=True, related_name="objective_readings"
    )
    text = models.TextField(blank=True)
    ordinal = models.PositiveIntegerField()
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    # The periods the paper orders reports for, by code, parted by spaces.
    reports = models.CharField(max_length=80, blank=True)
    # How many places the person changed of what was read.
    corrected = models.PositiveIntegerField()
    confirmed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()
    operation_id = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "ordinal"], name="readings_of_a_revision_are_counted"
            ),
            models.UniqueConstraint(
                fields=["document", "ordinal"], name="readings_of_a_higher_paper_are_counted"
            ),
            models.CheckConstraint(
                condition=Q(revision__isnull=False, document__isnull=True, text="")
                | (Q(revision__isnull=True, document__isnull=False) & ~Q(text="")),
                name="a_reading_is_of_a_revision_or_of_a_given_text",
            ),
        ]

    @property
    def paper(self) -> Document:
        """The paper that says it."""
        if self.document is not None:
            return self.document
        if self.revision is None:
            raise ValueError("a reading is of a revision or of a paper")
        return self.revision.document


class StatedObjective(models.Model):
    """One objective of a confirmed reading, in the paper's words; `number` is as printed."""

    reading = models.ForeignKey(
        ConfirmedReading, on_delete=models.PROTECT, related_name="objectives"
    )
    ordinal = models.PositiveIntegerField()
    number = models.CharField(max_length=20, blank=True)
    text = models.TextField()
    group = models.TextField(blank=True)
    method = models.TextField(blank=True)
    clause_id = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reading", "ordinal"], name="objectives_of_a_reading_are_counted"
            )
        ]


class StatedTarget(models.Model):
    """One target: the raw phrase, and what a person confirmed it to mean."""

    objective = models.ForeignKey(StatedObjective, on_delete=models.PROTECT, related_name="targets")
    ordinal = models.PositiveIntegerField()
    raw = models.TextField(blank=True)
    text = models.TextField()
    comparator = models.CharField(max_length=12, choices=Comparator.choices)
    value = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    upper = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    baseline = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["objective", "ordinal"], name="targets_of_an_objective_are_counted"
            ),
            models.CheckConstraint(
                condition=Q(comparator="qualitative", value__isnull=True)
                | (~Q(comparator="qualitative") & Q(value__isnull=False)),
                name="a_target_with_a_figure_is_compared",
            ),
            models.CheckConstraint(
                condition=~Q(comparator="range") | Q(upper__isnull=False, upper__gte=F("value")),
                name="a_range_has_two_ends_in_order",
            ),
        ]


class StatedMeasure(models.Model):
    """What is done for an objective, by which departments, by when, reported how often."""

    objective = models.ForeignKey(
        StatedObjective, on_delete=models.PROTECT, related_name="measures"
    )
    ordinal = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    responsible = models.TextField(blank=True)
    resources = models.TextField(blank=True)
    deadline_raw = models.TextField(blank=True)
    deadline_kind = models.CharField(max_length=12, choices=DeadlineKind.choices, blank=True)
    due_on = models.DateField(null=True, blank=True)
    every = models.CharField(max_length=12, choices=Every.choices, blank=True)
    # The day of the month on which a recurring report is due, in the period or the month after it.
    day = models.PositiveSmallIntegerField(null=True, blank=True)
    next_period = models.BooleanField(default=False)
    departments = models.ManyToManyField("offices.Department", related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["objective", "ordinal"], name="measures_of_an_objective_are_counted"
            ),
            models.CheckConstraint(
                condition=Q(day__isnull=True) | Q(day__gte=1, day__lte=31),
                name="a_day_of_the_month_is_one",
            ),
        ]


class MeasureResult(models.Model):
    """The result of one measure in one department for one period: asked for, then reported.

    `until_on` is the last day of the period. A returned result keeps its row with the reason; the
    next attempt is another row. It is lifted, and owed no longer, where the paper ceased before
    the period was over.
    """

    document = models.ForeignKey(
        "documents.Document", on_delete=models.PROTECT, related_name="results"
    )
    measure = models.ForeignKey(StatedMeasure, on_delete=models.PROTECT, related_name="results")
    department = models.ForeignKey("offices.Department", on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=12, choices=Every.choices)
    from_on = models.DateField()
    until_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    attempt = models.PositiveSmallIntegerField(default=1)
    asked_at = models.DateTimeField()
    reported_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    reported_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    words = models.TextField(blank=True)
    cause = models.TextField(blank=True)
    action = models.TextField(blank=True)
    action_due_on = models.DateField(null=True, blank=True)
    returned_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_because = models.TextField(blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "department", "period", "from_on", "until_on", "attempt"],
                name="one_result_for_a_measure_department_and_period",
            ),
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")), name="a_reported_period_is_in_order"
            ),
            models.CheckConstraint(
                condition=Q(reported_at__isnull=True, reported_by__isnull=True, outcome="")
                | (Q(reported_at__isnull=False, reported_by__isnull=False) & ~Q(outcome="")),
                name="a_reported_result_says_by_whom_and_what",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="unmet") | (~Q(cause="") & ~Q(action="")),
                name="an_unmet_result_says_why_and_what_is_done",
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True, returned_by__isnull=True)
                | (
                    Q(returned_at__isnull=False, returned_by__isnull=False)
                    & ~Q(returned_because="")
                    & Q(reported_at__isnull=False)
                ),
                name="a_returned_result_says_why",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | Q(reported_at__isnull=True),
                name="a_lifted_result_was_not_reported",
            ),
        ]
        indexes = [
            # the consolidated report of a paper, period by period
            models.Index(fields=["document", "until_on"], name="results_by_period"),
            # the overview of an office: what is unmet, what is open
            models.Index(fields=["document", "outcome"], name="results_by_outcome"),
        ]


class ResultValue(models.Model):
    """What was reached against one target, in its unit; without a figure, the reporter's verdict."""

    result = models.ForeignKey(MeasureResult, on_delete=models.PROTECT, related_name="values")
    target = models.ForeignKey(StatedTarget, on_delete=models.PROTECT, related_name="values")
    value = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["result", "target"], name="one_value_for_a_target_in_a_result"
            )
        ]


class Evidence(models.Model):
    """A file kept with a result under its SHA-256 (ISO 9001:2015, 9.1.1)."""

    result = models.ForeignKey(MeasureResult, on_delete=models.PROTECT, related_name="evidence")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["result", "name"], name="evidence_of_a_result_has_different_names"
            )
        ]
        # the sweep and the verification of files
        indexes = [models.Index(fields=["sha256"], name="evidence_by_file")]
