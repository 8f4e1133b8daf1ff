"""Who wrote on a paper, and what was typed and could not be joined into its draft yet."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Writer(models.Model):
    """That somebody wrote on a paper: kept what was typed, or saved a version of it.

    A version names only who saved it; whoever drafted a paper does not sign it, whichever of the
    writers pressed the button. Rows are never removed, whatever became of the words.
    """

    document = models.ForeignKey(
        "documents.Document", on_delete=models.PROTECT, related_name="writers"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "user"], name="a_writer_of_a_paper_is_named_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.user_id}"


class SetAside(models.Model):
    """A text kept beside a draft, because somebody else changed the same paragraph meanwhile.

    `base` is the text both began from. It waits for its writer to choose, and stays afterwards.
    """

    document = models.ForeignKey(
        "documents.Document", on_delete=models.PROTECT, related_name="set_aside"
    )
    base = models.TextField()
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            # what waits for its writer on the page of a draft
            models.Index(fields=["document", "by", "settled_at"], name="texts_set_aside")
        ]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.at:%Y-%m-%d %H:%M}"
