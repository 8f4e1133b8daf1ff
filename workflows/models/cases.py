"""The case of a paper in a procedure, its acts, its due dates, and where it went back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from viewflow.workflow.models import Process

USER = settings.AUTH_USER_MODEL


class Case(models.Model):
    """One run of a procedure over one document; its key is viewflow's process.

    The process row is the lock of every act. viewflow's generic references stay empty.
    """

    class EndedHow(models.TextChoices):
        """How a case came to its end."""

        ISSUED = "issued", _("Issued")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        CONFIRMED = "confirmed", _("Confirmed by the committee")
        ANSWERED = "answered", _("Not confirmed, and answered")

    process = models.OneToOneField(
        Process, on_delete=models.PROTECT, primary_key=True, related_name="case"
    )
    document = models.ForeignKey(
        "documents.Document", on_delete=models.PROTECT, related_name="cases"
    )
    procedure = models.CharField(max_length=60)
    revision = models.ForeignKey(
        "documents.Revision", on_delete=models.PROTECT, related_name="cases"
    )
    opened_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    # Who reworks a returned paper: the author, or whom the head of department gave it to.
    drafter = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    referred_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_how = models.CharField(max_length=12, choices=EndedHow.choices, blank=True)
    # Bumped by every act: what a push announces and a page compares.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "procedure"],
                condition=Q(ended_at__isnull=True),
                name="one_running_case_per_document_and_procedure",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_how="")
                | (Q(ended_at__isnull=False) & ~Q(ended_how="")),
                name="an_ended_case_says_how",
            ),
        ]
        indexes = [models.Index(fields=["ended_at", "document"], name="running_cases")]


class Act(models.Model):
    """That a form was carried out once: its idempotency key and the operation it became."""

    key = models.UUIDField(unique=True)
    name = models.CharField(max_length=40)
    # Nobody where the clock acted.
    by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    operation_id = models.UUIDField(unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="acts")
    task_id = models.PositiveIntegerField(null=True, blank=True, db_index=True)
    outcome = models.CharField(max_length=20, blank=True)


class TaskDue(models.Model):
    """When a task is due, and the derivation that explains it."""

    task_id = models.PositiveIntegerField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="dues")
    offered_at = models.DateTimeField()
    due_at = models.DateTimeField()
    derivation = models.JSONField(default=list)
    # What the clock still has to do about the task; empty once it was done or came to nothing.
    remind_at = models.DateTimeField(null=True, blank=True)
    escalate_at = models.DateTimeField(null=True, blank=True)
    # How many superiors were told that it is late.
    told_higher = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], name="tasks_by_due"),
            models.Index(
                fields=["remind_at"],
                condition=Q(remind_at__isnull=False),
                name="tasks_to_remind_of",
            ),
            models.Index(
                fields=["escalate_at"],
                condition=Q(escalate_at__isnull=False),
                name="tasks_to_escalate",
            ),
        ]


class Return(models.Model):
    """That a paper went back, from which step, to whom, and why."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="returns")
    revision = models.ForeignKey(
        "documents.Revision", on_delete=models.PROTECT, related_name="returns"
    )
    task_id = models.PositiveIntegerField(unique=True)
    from_step = models.CharField(max_length=40)
    reason = models.TextField()
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    standing = models.JSONField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="a_return_says_why")]
        indexes = [models.Index(fields=["case", "-at"], name="returns_of_a_case")]


class Referral(models.Model):
    """That a vice-chairman passed the decision up to the chairman, and why."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="referrals")
    revision = models.ForeignKey(
        "documents.Revision", on_delete=models.PROTECT, related_name="referrals"
    )
    task_id = models.PositiveIntegerField(unique=True)
    reason = models.TextField()
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    standing = models.JSONField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="a_referral_says_why")]
