"""The one way an act on a document enters the audit: same subject, same office, same party."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from audit import services as audit
from offices.parties import actor, office_key

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from audit.services import Party
    from documents.models import Document
    from offices.models import User

LABEL = 200


def record_on(
    document: Document,
    action: str,
    *,
    by: User | Party,
    at: datetime,
    operation_id: UUID | None = None,
    head: bool = True,
    digest: str = "",
    details: Mapping[str, str | int | bool | None] | None = None,
    disclose: Mapping[str, str] | None = None,
) -> UUID:
    """Record an act on a document (head) or its consequence there; give the operation's id.

    Without `operation_id` the act is an operation of its own. Raises what `audit.record` raises,
    outside a transaction too.
    """
    operation = operation_id or uuid4()
    audit.record(
        action,
        operation_id=operation,
        head=head,
        subject=audit.Subject("document", str(document.pk), document.title[:LABEL]),
        by=actor(by),
        at=at,
        office=office_key(document.office),
        digest=digest,
        details=details,
        disclose=disclose,
    )
    return operation
