"""The rows of the audit. Read them through `audit.selectors`, write them through `audit.services`.

No foreign key leaves this app: an entry must stand when everything it tells of has gone.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from audit.leaf import LeafContent, Party


class Entry(models.Model):
    """One thing that happened; written once, never changed (triggers refuse on both engines).

    The columns are for queries; `leaf_bytes` are the same facts in the form that is hashed, kept
    as first written, so that a later release can never re-serialise history into another hash.
    """

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(unique=True, editable=False)
    operation_id = models.UUIDField(editable=False)
    head = models.BooleanField()
    action = models.CharField(max_length=80)
    office = models.CharField(max_length=100, blank=True)
    subject_kind = models.CharField(max_length=40)
    subject_key = models.CharField(max_length=100)
    by_kind = models.CharField(max_length=40)
    by_key = models.CharField(max_length=100)
    by_label = models.CharField(max_length=200)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    digest = models.CharField(max_length=64, blank=True)
    details = models.JSONField()
    commitments = models.JSONField()
    leaf_bytes = models.BinaryField()
    leaf_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["operation_id"],
                condition=Q(head=True),
                name="an_operation_has_one_head_entry",
            ),
            models.CheckConstraint(
                condition=Q(recorded_at__gte=F("at")),
                name="nothing_is_recorded_before_it_happens",
            ),
        ]
        indexes = [
            # "What happened to this paper?"
            models.Index(fields=["subject_kind", "subject_key", "id"], name="audit_by_subject"),
            # "What happened in this office, newest first?"
            models.Index(fields=["office", "-id"], name="audit_by_office"),
            # "What else did this act bring about?"
            models.Index(fields=["operation_id", "id"], name="audit_by_operation"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject_kind}/{self.subject_key}"

    def content(self) -> LeafContent:
        """Read the columns back as what a leaf binds."""
        return LeafContent(
            id=self.uuid,
            operation_id=self.operation_id,
            head=self.head,
            action=self.action,
            office=self.office,
            subject_kind=self.subject_kind,
            subject_key=self.subject_key,
            by=Party(kind=self.by_kind, key=self.by_key, label=self.by_label),
            at=self.at,
            recorded_at=self.recorded_at,
            digest=self.digest,
            details=self.details,
            commitments=self.commitments,
        )


class Disclosure(models.Model):
    """A text an entry committed to: remarks, reasons, contact data, the words of a subject.

    The one thing here that may ever change, once, from readable to erased, and only naming the
    entry of the act that erased it. Salt and text go together: with the salt left behind, a
    short text could be guessed back from its commitment.
    """

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="disclosures")
    field = models.CharField(max_length=40)
    salt = models.BinaryField(null=True)
    text = models.TextField(null=True)  # noqa: DJ001 – an empty text was said; none was erased
    erased_by = models.ForeignKey(
        Entry, on_delete=models.PROTECT, null=True, related_name="erasures"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "field"], name="a_field_is_disclosed_once"),
            models.CheckConstraint(
                condition=Q(salt__isnull=False, text__isnull=False, erased_by__isnull=True)
                | Q(salt__isnull=True, text__isnull=True, erased_by__isnull=False),
                name="what_is_erased_keeps_nothing_and_names_the_act",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field} of {self.entry_id}"

    @property
    def is_erased(self) -> bool:
        """Whether an act has taken the text away."""
        return self.text is None


class Unsequenced(models.Model):
    """An entry that waits for its index in the tree.

    Written with the entry and consumed by the sequencer. A queue instead of "everything after
    the last index": on PostgreSQL identities are not committed in their order, and a sequencer
    that reads past the last id loses the entries of slower transactions.
    """

    entry = models.OneToOneField(
        Entry, on_delete=models.PROTECT, primary_key=True, related_name="waiting"
    )

    def __str__(self) -> str:
        return f"entry {self.entry_id}"
