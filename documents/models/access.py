"""Who may read a paper that is not published, and to whom an issued one goes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class ReadGrant(models.Model):
    """Leave to read one document, with its source and period.

    It is for a person, for everybody of a department (a committee), or for whoever holds a
    capability on the document's office while the grant is asked: a successor in the post reads
    on, a colleague of the same department never did.

    A leave that ended stays, and a later one for the same reason is another row: who could read
    when is never forgotten.
    """

    document = models.ForeignKey(
        "documents.Document", on_delete=models.PROTECT, related_name="read_grants"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    department = models.ForeignKey(
        "offices.Department", on_delete=models.PROTECT, null=True, related_name="+"
    )
    capability = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=60)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, department__isnull=True, capability="")
                | Q(user__isnull=True, department__isnull=False, capability="")
                | (Q(user__isnull=True, department__isnull=True) & ~Q(capability="")),
                name="a_read_grant_names_one_reader",
            ),
            models.UniqueConstraint(
                fields=["document", "user", "source"],
                condition=Q(user__isnull=False, valid_until__isnull=True),
                name="a_person_is_granted_once_for_a_reason",
            ),
            models.UniqueConstraint(
                fields=["document", "department", "source"],
                condition=Q(department__isnull=False, valid_until__isnull=True),
                name="a_department_is_granted_once_for_a_reason",
            ),
            models.UniqueConstraint(
                fields=["document", "capability", "source"],
                condition=Q(valid_until__isnull=True) & ~Q(capability=""),
                name="a_capability_is_granted_once_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="a_read_grant_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["user", "document"], name="read_grants_by_person")]


class Viewing(models.Model):
    """That somebody read a paper that is not public on a day; the audit has the entry."""

    document = models.ForeignKey(
        "documents.Document", on_delete=models.PROTECT, related_name="viewings"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "user", "day"], name="a_reading_is_noted_once_a_day"
            )
        ]


class Recipient(models.Model):
    """One line of "Nơi nhận" of an issued document."""

    document = models.ForeignKey(
        "documents.Document", on_delete=models.PROTECT, related_name="recipients"
    )
    ordinal = models.PositiveIntegerField()
    raw = models.CharField(max_length=500)
    annotation = models.CharField(max_length=200, blank=True)
    is_publication_order = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "ordinal"], name="recipients_of_a_document_are_counted"
            )
        ]


class Distribution(models.Model):
    """That a copy went to a recipient, and when it was acknowledged."""

    recipient = models.OneToOneField(
        Recipient, on_delete=models.PROTECT, primary_key=True, related_name="distribution"
    )
    dispatched_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True, blank=True)
