"""What the clock did and could not do: reminders, word to superiors, and work that failed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workflows.models.cases import Case

USER = settings.AUTH_USER_MODEL


class Chase(models.Model):
    """That the clock told somebody of a task once: a reminder, or a superior that it is late.

    `level` counts the superiors that were told; a reminder has 0. One row a person and cause, so
    that two processes ticking at once tell nobody twice.
    """

    class Sort(models.TextChoices):
        """What was told."""

        REMINDED = "reminded", _("Reminded")
        ESCALATED = "escalated", _("Told to the superior")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="chases")
    task_id = models.PositiveIntegerField()
    node = models.CharField(max_length=40)
    sort = models.CharField(max_length=12, choices=Sort.choices)
    level = models.PositiveSmallIntegerField()
    told = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    told_title = models.CharField(max_length=200)
    due_at = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["task_id", "sort", "level", "told"],
                name="nobody_is_told_twice_of_one_cause",
            ),
            models.CheckConstraint(
                condition=Q(sort="reminded", level=0) | Q(sort="escalated", level__gt=0),
                name="a_superior_has_a_level",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "task_id"], name="chases_of_a_task"),
            models.Index(fields=["told", "sort", "case"], name="chases_told_to_a_person"),
        ]


class StuckTimer(models.Model):
    """One piece of a tick that failed: what, how often, with which error; open until it is done."""

    sort = models.CharField(max_length=40)
    cause = models.CharField(max_length=100)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")
    error = models.CharField(max_length=500)
    tries = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    next_at = models.DateTimeField()
    solved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sort", "cause"],
                condition=Q(solved_at__isnull=True),
                name="a_piece_is_stuck_once_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(error=""), name="a_stuck_timer_says_why"),
        ]
        indexes = [
            models.Index(
                fields=["next_at"],
                condition=Q(solved_at__isnull=True),
                name="stuck_timers_to_try_again",
            )
        ]
