"""Who wrote on a paper: kept so that whoever drafted it is known, and does not sign it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documents.models import Writer

if TYPE_CHECKING:
    from documents.models import Document
    from offices.models import User


def note_writer(document: Document, by: User) -> None:
    """Keep that somebody wrote on a paper, each once. One statement, in the writing's transaction."""
    Writer.objects.bulk_create(
        [Writer(document_id=document.pk, user_id=by.pk)], ignore_conflicts=True
    )
