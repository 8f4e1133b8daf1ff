"""External documents as documents: found by what a citation tells, recorded once, completed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from audit import services as audit
from documents.content.citations import fold_issuer
from documents.effects import EffectKind
from documents.exceptions import BadInput, Conflict
from documents.models import Document, Effect, Kind, KnownBy, Origin
from documents.policies import check_can_keep_archive
from documents.references import next_reference
from documents.search import fold
from offices.parties import office_key, party

if TYPE_CHECKING:
    from documents.content.citations import Instrument
    from offices.models import Office, User

KIND_OF_TYPE = {
    "luật": Kind.LAW,
    "nghị định": Kind.DECREE,
    "thông tư": Kind.CIRCULAR,
    "quyết định": Kind.DECISION,
}


def find(instrument: Instrument, *, office: Office) -> Document | None:
    """Find the document a citation means: type, number as integer, agency code and date.

    The year inside a number is optional, so 19/QĐ-TTg and 19/2014/QĐ-TTg of one day are one
    instrument. Laws are found by date and name.
    """
    same_day = Document.objects.filter(
        office=office, type_name__iexact=instrument.type_name, dated_on=instrument.dated_on
    )
    if instrument.number_key is None:
        return same_day.filter(number="", folded__contains=fold(instrument.subject)).first()
    return same_day.filter(
        number_key=instrument.number_key, symbol__iexact=instrument.symbol
    ).first()


def find_or_record(
    instrument: Instrument, *, office: Office, by: User, at: datetime
) -> tuple[Document, bool]:
    """Give the cited document, recording what the citation tells when the office has none yet."""
    known = find(instrument, office=office)
    if known is not None:
        return known, False
    document = Document.objects.create(
        reference=next_reference(office=office, on=at),
        office=office,
        origin=Origin.EXTERNAL,
        known_by=KnownBy.CITATION,
        kind=KIND_OF_TYPE.get(instrument.type_name.lower(), Kind.OTHER),
        subject=instrument.subject,
        type_name=instrument.type_name,
        number=instrument.number,
        number_key=instrument.number_key,
        symbol=instrument.symbol,
        issuer_name=instrument.issuer,
        issuer_key=fold_issuer(instrument.issuer),
        dated_on=instrument.dated_on,
        created_at=at,
        folded=fold(f"{instrument.number} {instrument.symbol} {instrument.subject}"),
    )
    return document, True


@dataclass(frozen=True, slots=True)
class Completion:
    """What the archivist found out about a paper known only by citation."""

    subject: str
    issuer_name: str
    dated_on: date
    effective_from: date


def complete_stub(
    *, document: Document, found: Completion, by: User, at: datetime
) -> UUID:
    """Complete a paper known only by citation, so that the chain has its beginning.

    Gives the operation's id. Raises `Conflict` when somebody completed it before.
    """
    check_can_keep_archive(by, document.office, at=at)
    if not found.subject.strip():
        raise BadInput(_("Type the subject of the paper as it is printed."))
    if found.effective_from < found.dated_on:
        raise BadInput(_("A paper does not take effect before its own date."))
    operation_id = uuid4()
    with transaction.atomic():
        held = Document.objects.select_for_update().get(pk=document.pk)
        if held.known_by != KnownBy.CITATION:
            raise Conflict(_("This paper has been completed already."))
        held.subject = found.subject.strip()
        held.issuer_name = found.issuer_name.strip()
        held.dated_on = found.dated_on
        held.known_by = KnownBy.TEXT
        held.folded = fold(f"{held.number} {held.symbol} {held.subject}")
        held.save(
            update_fields=["subject", "issuer_name", "dated_on", "known_by", "folded"]
        )
        Effect.objects.create(
            target=held,
            kind=EffectKind.COMMENCES.value,
            valid_from=found.effective_from,
            recorded_at=at,
            operation_id=operation_id,
        )
        audit.record(
            "document.completed",
            operation_id=operation_id,
            head=True,
            subject=audit.Subject("document", str(held.pk), held.title),
            by=party(by),
            at=at,
            office=office_key(held.office),
            details={"effective_from": found.effective_from.isoformat()},
        )
    return operation_id
