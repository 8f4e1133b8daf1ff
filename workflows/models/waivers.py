"""The urgent path: the signatory lets a paper go before the committee is heard, which is heard after."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

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


class Confirmation(models.Model):
    """That the committee is to be heard on a paper after its issue, what it said, and what followed.

    `case` is the procedure in which it is heard, `due_at` when it should have said so.
    `confirmed` is empty until it has; a refusal is answered once, by `answered_by`.
    """

    class Way(models.TextChoices):
        """How a refusal is answered: by a paper about the issued one, or by standing by it."""

        CORRECTED = "corrected", _("Corrected by a letter")
        REPLACED = "replaced", _("Replaced, repealed or amended by a new decision")
        RECALLED = "recalled", _("Recalled by a notice")
        KEPT = "kept", _("Kept as issued, with the reason")

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="confirmation")
    waiver = models.OneToOneField(Waiver, on_delete=models.PROTECT, related_name="confirmation")
    due_at = models.DateTimeField(db_index=True)
    derivation = models.JSONField(default=list)
    confirmed = models.BooleanField(null=True)
    concluded_at = models.DateTimeField(null=True, blank=True)
    way = models.CharField(max_length=12, choices=Way.choices, blank=True)
    reason = models.TextField(blank=True)
    answer = models.ForeignKey(
        "documents.Document", on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    standing = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed__isnull=True, concluded_at__isnull=True)
                | Q(confirmed__isnull=False, concluded_at__isnull=False),
                name="a_confirmation_is_said_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(way="", reason="", answer__isnull=True, answered_at__isnull=True)
                | (
                    Q(confirmed__isnull=False, confirmed=False, answered_at__isnull=False)
                    & ~Q(way="")
                    & ~Q(reason="")
                ),
                name="only_a_refusal_is_answered_and_says_why",
            ),
            models.CheckConstraint(
                condition=Q(way__in=["", "kept"], answer__isnull=True)
                | (~Q(way__in=["", "kept"]) & Q(answer__isnull=False)),
                name="what_answers_a_refusal_is_a_paper_unless_it_is_kept",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="an_answered_refusal_says_by_whom",
            ),
        ]
