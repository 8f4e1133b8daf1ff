"""The papers that go with a paper: Tờ trình and Phiếu trình."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from workflows.models.cases import Case
from workflows.models.detours import TakeBack

USER = settings.AUTH_USER_MODEL


class SubmissionNote(models.Model):
    """Tờ trình: the head of department proposes, under the department's own number.

    One that was taken back stands for no revision any more; its number is not given again.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="submission_notes")
    revision = models.OneToOneField(
        "documents.Revision", on_delete=models.PROTECT, null=True, related_name="submission_note"
    )
    taken_back = models.OneToOneField(
        TakeBack, on_delete=models.PROTECT, null=True, related_name="submission_note"
    )
    number = models.CharField(max_length=20)
    symbol = models.CharField(max_length=40)
    dated_on = models.DateField()
    proposer = models.CharField(max_length=300)
    text = models.TextField()
    # Why it cannot wait for the committee; empty where the ordinary path is proposed.
    urgent_because = models.TextField(blank=True)
    content_digest = models.CharField(max_length=64)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    standing = models.JSONField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(revision__isnull=False, taken_back__isnull=True)
                | Q(revision__isnull=True, taken_back__isnull=False),
                name="a_submission_note_stands_or_was_taken_back",
            )
        ]

    @property
    def cited_as(self) -> str:
        """Number and symbol as the recital cites them."""
        return f"{self.number}/{self.symbol}"


class FormCheck(models.Model):
    """Thẩm tra and the check of form (Decree 30/2020 art. 12), each recorded, with its slip.

    One that was taken back stands for no revision any more; its number is not given again.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="form_checks")
    revision = models.OneToOneField(
        "documents.Revision", on_delete=models.PROTECT, null=True, related_name="form_check"
    )
    taken_back = models.OneToOneField(
        TakeBack, on_delete=models.PROTECT, null=True, related_name="form_check"
    )
    content_digest = models.CharField(max_length=64)
    content_points = models.JSONField()
    form_points = models.JSONField()
    number = models.CharField(max_length=20)
    symbol = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    standing = models.JSONField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(revision__isnull=False, taken_back__isnull=True)
                | Q(revision__isnull=True, taken_back__isnull=False),
                name="a_check_stands_or_was_taken_back",
            )
        ]

    @property
    def cited_as(self) -> str:
        """Number and symbol of the routing slip."""
        return f"{self.number}/{self.symbol}"
