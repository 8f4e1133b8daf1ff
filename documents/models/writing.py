"""What was typed and could not be joined into a draft yet."""

from __future__ import annotations

from django.conf import settings
from django.db import models


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
