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
    from offices.selectors import Standing

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
    standing: Standing | None = None,
    details: Mapping[str, str | int | bool | None] | None = None,
    disclose: Mapping[str, str] | None = None,
) -> UUID:
    """Record an act on a document (head) or its consequence there; give the operation's id.

    `standing` is what the act rests on: its appointment, grant and delegation are recorded, and
    of an act done for another both names: who acted stands in the entry, whose right it was
    beside it. Without `operation_id` the act is an operation of its own. Raises what `audit.record` raises,
    outside a transaction too.
    """
    operation = operation_id or uuid4()
    facts, texts = dict(details or {}), dict(disclose or {})
    if standing is not None:
        facts |= {
            "appointment": standing.appointment_id,
            "grant": standing.grant_id,
            "delegation": standing.delegation_id,
        }
    if standing is not None and standing.on_behalf_of:
        facts["principal"] = standing.principal_id
        texts["on_behalf_of"] = standing.on_behalf_of
    audit.record(
        action,
        operation_id=operation,
        head=head,
        subject=audit.Subject("document", str(document.pk), document.title[:LABEL]),
        by=actor(by),
        at=at,
        office=office_key(document.office),
        digest=digest,
        details=facts,
        disclose=texts,
    )
    return operation
