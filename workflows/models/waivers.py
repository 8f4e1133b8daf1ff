"""The urgent path: the signatory lets a paper go before the committee is heard, which is heard after."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from workflows.models.cases import Case

USER = settings.AUTH_USER_MODEL


class Waiver(models.Model):
    """The signatory's written decision on one content: it goes before the committee is heard, or not.

    `legal_basis` is the clause that permits it, empty where it was declined.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="waivers")
    revision = models.OneToOneField(
        "documents.Revision", on_delete=models.PROTECT, related_name="waiver"
    )
    content_digest = models.CharField(max_length=64)
    allowed = models.BooleanField()
    reason = models.TextField()
    legal_basis = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    standing = models.JSONField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""), name="a_decision_on_the_urgent_path_says_why"
            ),
            models.CheckConstraint(
                condition=Q(allowed=False) | ~Q(legal_basis=""),
                name="who_lets_a_paper_go_first_names_the_clause",
            ),
        ]
