"""Documents, their working copies, immutable revisions and attachments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from documents.lifecycle import Stage
from documents.querysets import DocumentQuerySet, RevisionQuerySet

if TYPE_CHECKING:
    from offices.models import Department


class Kind(models.TextChoices):
    """What sort of paper a document is (ISO 9000 §3.8)."""

    DECISION = "decision", _("Decision")
    QUALITY_OBJECTIVES = "quality_objectives", _("Quality objectives")
    QUALITY_POLICY = "quality_policy", _("Quality policy")
    PROCEDURE = "procedure", _("Procedure")
    OFFICIAL_LETTER = "official_letter", _("Official letter")
    NOTICE = "notice", _("Notice")
    LAW = "law", _("Law")
    DECREE = "decree", _("Decree")
    CIRCULAR = "circular", _("Circular")
    OTHER = "other", _("Other document")


# Kinds known by a code ("QT.05") where others have number and symbol ("03/QĐ-CT").
CODED = (Kind.QUALITY_POLICY, Kind.PROCEDURE)
DRAFTABLE = (Kind.DECISION, Kind.QUALITY_OBJECTIVES, Kind.QUALITY_POLICY, Kind.PROCEDURE)


# Papers that answer an issued one; begun from its page, never from a blank (Decree 30/2020 art. 18).
LETTERS = (Kind.OFFICIAL_LETTER, Kind.NOTICE)


class Origin(models.TextChoices):
    """Whether the office made the paper or only refers to it (ISO 9001 §7.5.3.2)."""

    INTERNAL = "internal", _("Made here")
    EXTERNAL = "external", _("External document")


class KnownBy(models.TextChoices):
    """How much of a paper the office holds."""

    TEXT = "text", _("Held in full")
    CITATION = "citation", _("Known only by citation")


class AuthorityKind(models.TextChoices):
    """Whose authority a decision exercises; the signature block follows from it."""

    CHAIRMAN = "chairman", _("The Chairman")
    COMMITTEE = "committee", _("The People's Committee")


class AccessLevel(models.TextChoices):
    """Who may read an issued paper (ISO 9001 §7.5.3.2, note)."""

    PUBLIC = "public", _("Public")
    INTERNAL = "internal", _("Inside the office")


class ProposerKind(models.TextChoices):
    """In whose name the recital says "Theo đề nghị của"."""

    DEPARTMENT_HEAD = "department_head", _("Head of the drafting department")
    COMMITTEE = "committee", _("ISO committee")
    COMMITTEE_HEAD = "committee_head", _("Head of the ISO committee")
    MANAGEMENT_REPRESENTATIVE = "management_representative", _("Quality representative")
    CHIEF_OF_OFFICE = "chief_of_office", _("Chief of Office")


class StageLabel(models.TextChoices):
    """The stages of `documents.lifecycle` with the words people read."""

    DRAFT = Stage.DRAFT.value, _("Draft")
    PROPOSED = Stage.PROPOSED.value, _("Proposed")
    ENDORSED = Stage.ENDORSED.value, _("Endorsed by the committee")
    CHECKED = Stage.CHECKED.value, _("Checked")
    SIGNED = Stage.SIGNED.value, _("Signed")
    ISSUED = Stage.ISSUED.value, _("Issued")
    WITHDRAWN = Stage.WITHDRAWN.value, _("Withdrawn")


class KindRule(models.Model):
    """An office's choices for one kind of paper: in whose name it is proposed."""

    office = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=32, choices=Kind.choices)
    proposer = models.CharField(
        max_length=32, choices=ProposerKind.choices, default=ProposerKind.DEPARTMENT_HEAD
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "kind"], name="one_rule_per_office_and_kind")
        ]


class Document(models.Model):
    """A work: the same paper from its first draft to the archive.

    `reference` never changes. Number, symbol and dates are issuance facts: empty until the
    records clerk registers the paper (or known from the citation of an external document).
    """

    reference = models.CharField(max_length=24, unique=True)
    office = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="+")
    origin = models.CharField(max_length=12, choices=Origin.choices, default=Origin.INTERNAL)
    known_by = models.CharField(max_length=12, choices=KnownBy.choices, default=KnownBy.TEXT)
    kind = models.CharField(max_length=32, choices=Kind.choices)
    subject = models.CharField(max_length=1000)
    authority_kind = models.CharField(
        max_length=12, choices=AuthorityKind.choices, default=AuthorityKind.CHAIRMAN
    )
    field_of_work = models.CharField(max_length=32, blank=True)
    access_level = models.CharField(
        max_length=12, choices=AccessLevel.choices, default=AccessLevel.PUBLIC
    )
    drafting_department = models.ForeignKey(
        "offices.Department", on_delete=models.PROTECT, null=True, related_name="+"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField()
    # Issuance facts, or what a citation tells of an external document.
    type_name = models.CharField(max_length=100)
    number = models.CharField(max_length=40, blank=True)
    number_key = models.PositiveIntegerField(null=True, blank=True)
    symbol = models.CharField(max_length=40, blank=True)
    issuer_name = models.CharField(max_length=300, blank=True)
    issuer_key = models.CharField(max_length=300, blank=True)
    dated_on = models.DateField(null=True, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    target_from = models.DateField(null=True, blank=True)
    target_until = models.DateField(null=True, blank=True)
    folded = models.TextField(blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(origin="external") | Q(drafting_department__isnull=False),
                name="a_paper_made_here_has_a_drafting_department",
            ),
            models.CheckConstraint(
                condition=Q(origin="external") | Q(author__isnull=False),
                name="a_paper_made_here_has_an_author",
            ),
            models.CheckConstraint(
                condition=Q(issued_at__isnull=True) | (~Q(number="") & Q(dated_on__isnull=False)),
                name="an_issued_paper_has_number_and_date",
            ),
            models.CheckConstraint(
                condition=Q(target_until__isnull=True)
                | Q(target_from__isnull=True)
                | Q(target_until__gt=F("target_from")),
                name="a_target_period_ends_after_it_begins",
            ),
        ]
        indexes = [
            # the register and search by number
            models.Index(fields=["number_key", "symbol"], name="documents_by_number"),
            # lists of issued papers, newest first
            models.Index(fields=["office", "-issued_at"], name="documents_by_issue"),
            models.Index(fields=["office", "-created_at"], name="documents_by_creation"),
            # the desk: whose targets' period is past
            models.Index(
                fields=["target_until"],
                condition=Q(target_until__isnull=False),
                name="documents_by_end_of_targets",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def urgency(self) -> str:
        """The level of urgency; empty for an ordinary paper. One query unless read along."""
        mark = getattr(self, "urgency_mark", None)
        return str(mark.level) if mark is not None else ""

    @property
    def urgency_words(self) -> str:
        """The level as people read it; empty for an ordinary paper."""
        return str(self.urgency_mark.get_level_display()) if self.urgency else ""

    @property
    def title(self) -> str:
        """How people call the paper: its number and symbol once it has them, else its subject.

        Laws have no number in a citation: their type and name (Decree 30/2020, Appendix I).
        """
        if self.origin == Origin.EXTERNAL and not self.number:
            return f"{self.type_name} {self.subject}".strip()
        return self.cited_as or self.subject

    @property
    def cited_as(self) -> str:
        """Number and symbol as cited ("1073/QĐ-CT"), or nothing while unnumbered."""
        if not self.number:
            return ""
        if self.kind in CODED and self.origin == Origin.INTERNAL:
            return f"{self.symbol}.{self.number}"
        return f"{self.number}/{self.symbol}" if self.symbol else self.number

    @property
    def department(self) -> Department:
        """The drafting department of a paper made here; `ValueError` for an external one."""
        if self.drafting_department is None:
            raise ValueError(f"{self.reference} was not drafted here")
        return self.drafting_department

    @property
    def is_issued(self) -> bool:
        """Whether the paper exists for the outside: issued here, or an external document."""
        return self.issued_at is not None or self.origin == Origin.EXTERNAL


class WorkingCopy(models.Model):
    """The one mutable text of a draft; `lock_version` tells whether somebody kept another since.

    `drawn_from` is the former decision it was begun from: what came along must be looked at again.
    """

    document = models.OneToOneField(
        Document, on_delete=models.PROTECT, primary_key=True, related_name="working_copy"
    )
    text = models.TextField(blank=True)
    drawn_from = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lock_version = models.PositiveIntegerField(default=1)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    updated_at = models.DateTimeField()


class Revision(models.Model):
    """An expression: the content at one moment, never changed once saved.

    `canonical` are the RFC 8785 bytes that every decision binds to; `content_digest` is their
    SHA-256 in hexadecimal. `stage` has one writer, `documents.services.stages.move`.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="revisions")
    ordinal = models.PositiveIntegerField()
    # "Bản sửa đổi n" counts submitted revisions only.
    amendment = models.PositiveIntegerField(null=True, blank=True)
    text = models.TextField()
    canonical = models.BinaryField()
    content_digest = models.CharField(max_length=64)
    issued_digest = models.CharField(max_length=64, blank=True)
    # The Tờ trình as the recital cites it: a slot, outside the digest.
    cited_note = models.CharField(max_length=200, blank=True)
    stage = models.CharField(max_length=12, choices=StageLabel.choices, default=StageLabel.DRAFT)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    saved_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.TextField(blank=True)
    attachments = models.ManyToManyField("documents.Attachment", related_name="revisions")

    objects = RevisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "ordinal"], name="revisions_of_a_document_are_counted"
            ),
            models.UniqueConstraint(
                fields=["document", "amendment"],
                condition=Q(amendment__isnull=False),
                name="submitted_revisions_of_a_document_are_counted",
            ),
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(stage="issued"),
                name="one_issued_revision_per_document",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | ~Q(ended_because=""),
                name="an_ended_revision_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["document", "-ordinal"], name="newest_revision"),
            # the few on their way among all that were issued: what waits for a number
            models.Index(fields=["stage", "ended_at"], name="revisions_by_stage"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}.{self.ordinal}"

    @property
    def at_stage(self) -> Stage:
        """The stage as the pure rules know it."""
        return Stage(self.stage)


class Attachment(models.Model):
    """A file kept under its SHA-256; its hash is part of the revision's digest.

    The file that a draft was read from (`is_source`) is kept as evidence and is no part of it.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    is_source = models.BooleanField(default=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "name"],
                condition=Q(removed_at__isnull=True),
                name="attachments_of_a_draft_have_different_names",
            )
        ]
        # the sweep and the verification of files
        indexes = [models.Index(fields=["sha256"], name="attachments_by_file")]
