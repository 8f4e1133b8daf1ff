"""What the index knows of a paper besides its words: facts to filter and to count by."""

from __future__ import annotations

from django.db import models


class IndexedPaper(models.Model):
    """One paper in the index: derived from what readers read of it, made anew by `reindex`.

    `place` orders papers newest first: by day, then by key. The words stand under the same
    number in the table `documents_words`, which each database keeps in its own way.
    """

    document = models.OneToOneField(
        "documents.Document", on_delete=models.PROTECT, primary_key=True, related_name="indexed"
    )
    place = models.BigIntegerField(unique=True)
    revision = models.ForeignKey(
        "documents.Revision", on_delete=models.PROTECT, null=True, related_name="+"
    )
    kind = models.CharField(max_length=32)
    year = models.PositiveIntegerField()
    department = models.ForeignKey(
        "offices.Department", on_delete=models.PROTECT, null=True, related_name="+"
    )
    issuer = models.CharField(max_length=300, blank=True)
    signatory = models.CharField(max_length=200, blank=True)
    # SHA-256 of what is kept under `place`: the same bag is not written twice.
    digest = models.CharField(max_length=64)
