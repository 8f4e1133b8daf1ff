"""Work without a flow: who must do something because something happened."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from documents.models import KnownBy, Relation
from documents.relations import RelationKind
from offices.roles import Capability
from workflows.models import Duty

if TYPE_CHECKING:
    from documents.models import Document


def open_after_issue(document: Document, *, at: datetime) -> None:
    """Open the duties that an issue causes: unknown predecessors to complete, the portal to fill."""
    replaced = Relation.objects.filter(
        source=document,
        verb=RelationKind.REPLACES.value,
        target__known_by=KnownBy.CITATION,
    ).select_related("target__office")
    for relation in replaced:
        _open(
            Duty.Sort.COMPLETE_STUB,
            document=relation.target,
            capability=Capability.KEEP_ARCHIVE,
            at=at,
        )
    if document.recipients.filter(is_publication_order=True).exists():
        _open(Duty.Sort.PUT_ON_PORTAL, document=document, capability=Capability.EDIT_PORTAL, at=at)


def _open(sort: str, *, document: Document, capability: Capability, at: datetime) -> None:
    Duty.objects.get_or_create(
        cause=f"{sort}:{document.pk}",
        defaults={
            "sort": sort,
            "document": document,
            "office": document.office,
            "capability": capability.value,
            "opened_at": at,
        },
    )
