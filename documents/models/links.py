"""Edges between documents and the append-only ledger of their legal effects."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.effects import EffectKind, EffectRow
from documents.relations import RelationKind


class Relation(models.Model):
    """A typed edge from a revision's document to another document, with its raw wording."""

    class Verb(models.TextChoices):
        """The verbs of `documents.relations` with the words of the acting side."""

        REPLACES = RelationKind.REPLACES.value, _("Replaces")
        REPEALS = RelationKind.REPEALS.value, _("Repeals")
        AMENDS = RelationKind.AMENDS.value, _("Amends")
        CORRECTS = RelationKind.CORRECTS.value, _("Corrects")
        SUSPENDS = RelationKind.SUSPENDS.value, _("Suspends")
        RECALLS = RelationKind.RECALLS.value, _("Recalls")
        BASED_ON = RelationKind.BASED_ON.value, _("Based on")
        CITES = RelationKind.CITES.value, _("Cites")

    revision = models.ForeignKey(
        "documents.Revision", on_delete=models.PROTECT, related_name="relations"
    )
    source = models.ForeignKey(
        "documents.Document", on_delete=models.PROTECT, related_name="relations_out"
    )
    target = models.ForeignKey(
        "documents.Document", on_delete=models.PROTECT, related_name="relations_in"
    )
    verb = models.CharField(max_length=16, choices=Verb.choices)
    scope = models.CharField(max_length=300, blank=True)
    raw = models.TextField()
    ordinal = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(source=models.F("target")), name="a_document_does_not_relate_to_itself"
            ),
            models.UniqueConstraint(
                fields=["revision", "ordinal"], name="relations_of_a_revision_are_counted"
            ),
        ]
        indexes = [models.Index(fields=["target", "verb"], name="relations_by_target")]


class Effect(models.Model):
    """One row of the ledger: what happens to a document's force, from when, known since when."""

    class What(models.TextChoices):
        """The kinds of `documents.effects`."""

        COMMENCES = EffectKind.COMMENCES.value, _("Commences")
        CEASES = EffectKind.CEASES.value, _("Ceases")
        CEASES_IN_PART = EffectKind.CEASES_IN_PART.value, _("Ceases in part")
        SUSPENDS = EffectKind.SUSPENDS.value, _("Is suspended")
        RESUMES = EffectKind.RESUMES.value, _("Resumes")
        RECALLS = EffectKind.RECALLS.value, _("Is recalled")
        ANNULS = EffectKind.ANNULS.value, _("Annuls an entry")

    target = models.ForeignKey(
        "documents.Document", on_delete=models.PROTECT, related_name="effects"
    )
    source = models.ForeignKey(
        "documents.Document", on_delete=models.PROTECT, null=True, related_name="effects_caused"
    )
    kind = models.CharField(max_length=16, choices=What.choices)
    scope = models.CharField(max_length=300, blank=True)
    valid_from = models.DateField()
    recorded_at = models.DateTimeField()
    operation_id = models.UUIDField()
    annuls = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="annulled_by"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="annuls", annuls__isnull=False)
                | (~Q(kind="annuls") & Q(annuls__isnull=True)),
                name="only_an_annulment_annuls",
            )
        ]
        indexes = [
            models.Index(fields=["target", "valid_from"], name="effects_by_target"),
            # the tick: what begins today
            models.Index(fields=["valid_from", "kind"], name="effects_by_day"),
        ]

    def as_row(self) -> EffectRow:
        """Give the row the pure arithmetic works on."""
        return EffectRow(
            key=self.pk,
            kind=EffectKind(self.kind),
            valid_from=self.valid_from,
            recorded_at=self.recorded_at,
            source=self.source_id,
            scope=self.scope,
            annuls=self.annuls_id,
        )


class EffectStart(models.Model):
    """That the clock has seen an effect begin and told its holders; one row an effect."""

    effect = models.OneToOneField(
        Effect, on_delete=models.PROTECT, primary_key=True, related_name="start"
    )
    noted_at = models.DateTimeField()
