"""That open work was given to somebody else, or asked of nobody any more, and why."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from workflows.models.cases import Case

USER = settings.AUTH_USER_MODEL


class Reassignment(models.Model):
    """One piece of open work that changed hands; `to_user` is nobody where it is asked no more."""

    class Work(models.TextChoices):
        """What changed hands."""

        OPINION = "opinion", _("An opinion that was asked")
        REWORK = "rework", _("A returned paper to be reworked")
        DRAFT = "draft", _("A draft that nobody was asked about yet")

    work = models.CharField(max_length=12, choices=Work.choices)
    document = models.ForeignKey(
        "documents.Document", on_delete=models.PROTECT, related_name="reassignments"
    )
    # None for a draft: no case runs on it.
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, related_name="reassignments"
    )
    task_id = models.PositiveIntegerField(null=True)
    from_user = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    to_user = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField()
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    standing = models.JSONField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_reassignment_says_why"),
            models.CheckConstraint(
                condition=Q(to_user__isnull=True) | ~Q(to_user=F("from_user")),
                name="work_is_given_to_another",
            ),
            models.CheckConstraint(
                condition=Q(to_user__isnull=False) | Q(work="opinion"),
                name="only_an_opinion_is_asked_no_more",
            ),
        ]
        indexes = [models.Index(fields=["document", "work", "-id"], name="work_by_document")]
