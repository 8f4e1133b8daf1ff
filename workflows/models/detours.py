"""What became of a paper outside the graph: that a sender took it back."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from workflows.models.cases import Case

USER = settings.AUTH_USER_MODEL


class TakeBack(models.Model):
    """That a sender took a paper back before anybody acted on what was sent.

    `undone` is the use case taken back, `sent_task_id` the step it did (nothing for the
    submission), `task_id` the step it had offered, which was cancelled.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="take_backs")
    revision = models.ForeignKey(
        "documents.Revision", on_delete=models.PROTECT, related_name="take_backs"
    )
    undone = models.CharField(max_length=40)
    sent_task_id = models.PositiveIntegerField(unique=True)
    task_id = models.PositiveIntegerField(unique=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    standing = models.JSONField()
