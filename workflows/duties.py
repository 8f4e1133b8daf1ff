"""Work without a flow: who must do something because something happened."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from documents.models import KnownBy, Relation
from documents.relations import RelationKind
from offices.dates import ZONE
from offices.roles import Capability
from offices.workdays import CLOSING_HOUR
from workflows.models import Duty
from workflows.policies import reporting_capability

if TYPE_CHECKING:
    from collections.abc import Iterable

    from documents.models import Document, MeasureResult


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


def ask_for(results: Iterable[tuple[MeasureResult, date]], *, at: datetime) -> list[Duty]:
    """Open a duty for each result, on the desks of its department from the day it is asked for."""
    return Duty.objects.bulk_create(_report(result, ask_on, at=at) for result, ask_on in results)


def _report(result: MeasureResult, ask_on: date, *, at: datetime) -> Duty:
    due_on = result.due_on
    return Duty(
        sort=Duty.Sort.REPORT_RESULT,
        cause=f"{Duty.Sort.REPORT_RESULT.value}:{result.pk}",
        document=result.document,
        office=result.document.office,
        capability=reporting_capability(result.department).value,
        department=result.department,
        result=result,
        opened_at=at,
        shown_from=datetime.combine(ask_on, time(), tzinfo=ZONE),
        due_at=datetime.combine(due_on, time(CLOSING_HOUR), tzinfo=ZONE) if due_on else None,
    )
