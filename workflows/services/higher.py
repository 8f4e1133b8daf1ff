"""Recording what a higher office's objectives say, so that our own can be held against them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from documents import papers
from documents.models import Document, Origin
from documents.services import externals
from documents.services import objectives as rows
from documents.services.recording import record_on
from workflows import live, policies
from workflows.exceptions import BadInput
from workflows.models import Act
from workflows.services.acts import Ticket, refuse_repeat

if TYPE_CHECKING:
    from datetime import datetime

    from documents.content.tree import Instrument
    from documents.models import ConfirmedReading
    from documents.selectors.objectives import ReadingStated
    from offices.models import Office, User


def record_higher_objectives(
    *,
    office: Office,
    instrument: Instrument,
    text: str,
    stated: ReadingStated,
    corrected: int,
    key: UUID,
    by: User,
    at: datetime,
) -> ConfirmedReading:
    """Keep what a decision of a higher office says of its objectives, with the text it stands in.

    The decision becomes an external paper of the office where it is none yet. What is recorded
    later for the same decision counts instead. Refuses with `BadInput` a paper of the office's own.
    """
    policies.check_can_record_higher(by, office, at=at)
    papers.check_keepable(text)
    operation_id = uuid4()
    with transaction.atomic():
        refuse_repeat(Ticket(0, "", key))
        document = externals.find_or_record(
            instrument, office=office, operation_id=operation_id, by=by, at=at
        )
        if document.origin != Origin.EXTERNAL:
            raise BadInput(
                _("%(title)s is a paper of this office, not of one above it.")
                % {"title": document.title},
                advice=_("Confirm its objectives on its own page. Nothing was recorded."),
            )
        # One at a time: the later of two counts.
        Document.objects.select_for_update().get(pk=document.pk)
        reading = rows.store_reading(
            document=document,
            text=text,
            stated=stated,
            corrected=corrected,
            operation_id=operation_id,
            by=by,
            at=at,
        )
        record_on(
            document,
            "objectives.recorded",
            by=by,
            at=at,
            operation_id=operation_id,
            details={"corrected": corrected, "year": stated.year},
        )
        Act.objects.create(
            key=key, name="record_higher_objectives", by=by, at=at, operation_id=operation_id
        )
        live.announce_document(document)
    return reading
