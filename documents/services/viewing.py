"""Reading a paper that is not public leaves an entry: once a person, a paper and a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from documents.models import AccessLevel, Viewing
from documents.services.recording import record_on
from offices.dates import local_day

if TYPE_CHECKING:
    from datetime import datetime

    from documents.models import Document
    from offices.models import User


def note_view(*, document: Document, by: User, at: datetime) -> bool:
    """Record that a person reads a restricted paper today; tell whether this was the first time.

    A public paper leaves none, draft or not: it will be everybody's. One query where today's
    reading is noted already. Whether they may read it was asked before.
    """
    if document.access_level == AccessLevel.PUBLIC:
        return False
    today = {"document": document, "user": by, "day": local_day(at)}
    if Viewing.objects.filter(**today).exists():
        return False
    try:
        with transaction.atomic():
            Viewing.objects.create(**today)
            record_on(document, "paper.viewed", by=by, at=at)
    except IntegrityError:
        # Two windows of one person at once: the other one noted it.
        return False
    return True
