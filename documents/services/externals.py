"""External documents as documents: found by what a citation tells, recorded once, completed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from audit import services as audit
from documents.content.folding import agency_key
from documents.effects import EffectKind
from documents.exceptions import BadInput, Conflict
from documents.models import Document, Effect, Kind, KnownBy, Origin
from documents.policies import check_can_keep_archive
from documents.references import next_reference
from documents.search import searchable
from offices.dates import vn_date
from offices.parties import office_key, party

if TYPE_CHECKING:
    from datetime import date, datetime

    from documents.content.tree import Instrument
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
    same = Document.objects.filter(office=office, type_name__iexact=instrument.type).exclude(
        issued_at__isnull=True, origin=Origin.INTERNAL
    )
    if instrument.dated_on is not None:
        same = same.filter(dated_on=instrument.dated_on)
    if instrument.number is None:
        wanted = searchable(instrument.name or instrument.subject)
        return same.filter(number="", folded__contains=wanted).first() if wanted else None
    return same.filter(number_key=instrument.number, symbol__iexact=instrument.symbol).first()


def find_or_record(
    instrument: Instrument, *, office: Office, at: datetime
) -> tuple[Document, bool]:
    """Give the cited document, recording what the citation tells when the office has none yet."""
    known = find(instrument, office=office)
    if known is not None:
        return known, False
    number = "" if instrument.number is None else f"{instrument.number}{instrument.suffix}"
    if number and instrument.year is not None:
        number = f"{number}/{instrument.year}"
    subject = instrument.subject or instrument.name
    document = Document.objects.create(
        reference=next_reference(office=office, on=at),
        office=office,
        origin=Origin.EXTERNAL,
        known_by=KnownBy.CITATION,
        kind=KIND_OF_TYPE.get(instrument.type.lower(), Kind.OTHER),
        subject=subject[:1000],
        type_name=instrument.type,
        number=number,
        number_key=instrument.number,
        symbol=instrument.symbol,
        issuer_name=instrument.issuer[:300],
        issuer_key=agency_key(instrument.issuer)[:300],
        dated_on=instrument.dated_on,
        created_at=at,
        folded=searchable(f"{number} {instrument.symbol} {subject}"),
    )
    return document, True


@dataclass(frozen=True, slots=True)
class Completion:
    """What the archivist found out about a paper known only by citation."""

    subject: str
    issuer_name: str
    dated_on: date
    effective_from: date


def complete_stub(*, document: Document, found: Completion, by: User, at: datetime) -> UUID:
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
        held.folded = searchable(f"{held.number} {held.symbol} {held.subject}")
        held.save(update_fields=["subject", "issuer_name", "dated_on", "known_by", "folded"])
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
            details={"effective_from": vn_date(found.effective_from)},
        )
    return operation_id
