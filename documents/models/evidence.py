"""Signatures and renditions: what stands for the paper outside the product."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from offices import authority


class Signature(models.Model):
    """That a competent person signed exactly this content, and in which capacity.

    `mode` is in whose place (Decree 30/2020 art. 13), `block` the lines above the name generated
    from it, `on_behalf_of` whose right it was where that is another's; `standing` is the
    appointment, grant and delegation it rested on.
    """

    class Mode(models.TextChoices):
        """How the signatory stands to the head of the office."""

        HEAD = authority.Mode.HEAD.value, _("Head of the office")
        ACTING = authority.Mode.ACTING.value, _("Acting head (Q.)")
        DEPUTY = authority.Mode.DEPUTY.value, _("Deputy, in the head's place (KT.)")
        BY_ORDER = authority.Mode.BY_ORDER.value, _("By order (TL.)")
        AUTHORISED = authority.Mode.AUTHORISED.value, _("By authorisation (TUQ.)")

    class Method(models.TextChoices):
        """How the will was expressed; only a PAdES signature is a digital signature."""

        CONFIRMATION = "confirmation", _("Confirmation by password")

    revision = models.OneToOneField(
        "documents.Revision", on_delete=models.PROTECT, related_name="signature"
    )
    signatory = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    signatory_name = models.CharField(max_length=200)
    block = models.JSONField()
    method = models.CharField(max_length=20, choices=Method.choices)
    # Empty on signatures older than the field: their block says it all the same.
    mode = models.CharField(max_length=12, choices=Mode.choices, blank=True)
    on_behalf_of = models.CharField(max_length=200, blank=True)
    content_digest = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    standing = models.JSONField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(mode__in=["by_order", "authorised"]) | ~Q(on_behalf_of=""),
                name="who_signs_tl_or_tuq_names_whose_right_it_is",
            ),
        ]


class Rendition(models.Model):
    """A manifestation of a revision, kept under its SHA-256.

    `made_from` is the SHA-256 of everything it was set from; empty for the original, which is
    made once, when the paper is issued.
    """

    class Sort(models.TextChoices):
        """What the rendition counts as (Decree 30/2020 art. 25)."""

        ORIGINAL = "original", _("Original")
        PRINT = "print", _("Print")
        COPY = "copy", _("Copy with its legal state")
        DRAFT = "draft", _("Print of a draft")
        MINUTES = "minutes", _("Minutes of a meeting")
        REMARKS = "remarks", _("Table of remarks and answers")
        NOTE = "note", _("Submission note")
        SLIP = "slip", _("Routing slip")

    revision = models.ForeignKey(
        "documents.Revision", on_delete=models.PROTECT, related_name="renditions"
    )
    sort = models.CharField(max_length=16, choices=Sort.choices)
    media_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    pages = models.PositiveIntegerField(null=True, blank=True)
    made_from = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "media_type"],
                condition=Q(sort="original"),
                name="one_original_of_a_revision",
            ),
            models.UniqueConstraint(
                fields=["made_from"], condition=~Q(made_from=""), name="one_rendition_of_one_thing"
            ),
        ]
        # the sweep and the verification of files
        indexes = [models.Index(fields=["sha256"], name="renditions_by_file")]
