"""External documents as documents: found by what a citation tells, recorded once, completed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from documents import effects
from documents.content.folding import agency_key, fold
from documents.content.sameness import same_issuer
from documents.effects import EffectKind
from documents.exceptions import BadInput, Conflict
from documents.finding import index
from documents.models import Document, Effect, Kind, KnownBy, Origin
from documents.policies import check_can_keep_archive
from documents.references import hold_references, next_reference
from documents.search import searchable
from documents.services import ledger
from documents.services.recording import record_on
from offices.dates import vn_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from documents.content.tree import Instrument
    from offices.models import Office, User

SYMBOL = 40
# "93a", "19/2014", "66.2/2025": number, inserted letter or place in a group, year inside.
_WRITTEN = re.compile(r"0*\d+(?P<suffix>[a-zđ]?|\.\d{1,2})(?:/(?P<year>\d{4}))?$")
LEVELS = {"tp": "thành phố ", "tx": "thị xã ", "tt": "thị trấn ", "q": "quận ", "h": "huyện "}
_LEVEL = re.compile(r"\b(tp|tx|tt|q|h)\.\s*", re.IGNORECASE)

KIND_OF_TYPE = {
    "luật": Kind.LAW,
    "nghị định": Kind.DECREE,
    "thông tư": Kind.CIRCULAR,
    "quyết định": Kind.DECISION,
}


def find(instrument: Instrument, *, office: Office) -> Document | None:
    """Find the document a citation means: type, number, suffix, agency code, date and issuer.

    The year inside a number is optional, so 19/QĐ-TTg and 19/2014/QĐ-TTg of one day are one
    instrument. A citation without its date finds a paper only where no other bears that number:
    what a decision replaces is never guessed. Laws are found by date and name.
    """
    return find_all([instrument], office=office)[0]


def find_all(instruments: Sequence[Instrument], *, office: Office) -> list[Document | None]:
    """Find the document each citation means, as `find` does; one query for any number of them."""
    numbered = Q(number_key__in={one.number for one in instruments if one.number is not None})
    named = Q()
    for one in instruments:
        wanted = _wanted_name(one)
        if wanted:
            on = Q(dated_on=one.dated_on) if one.dated_on is not None else Q()
            named |= Q(number="", folded__contains=wanted) & on
    if not instruments:
        return []
    known = list(
        Document.objects.filter(numbered | named if named else numbered, office=office)
        .exclude(issued_at__isnull=True, origin=Origin.INTERNAL)
        # The office's own paper before a record of a citation of it.
        .order_by("-origin", "pk")
    )
    return [_meant(one, known) for one in instruments]


def _wanted_name(instrument: Instrument) -> str:
    if instrument.number is not None:
        return ""
    return searchable(instrument.name or instrument.subject)


def _meant(instrument: Instrument, known: Sequence[Document]) -> Document | None:
    """Choose the paper one citation means among those that share its number or name."""
    same = [one for one in known if fold(one.type_name) == fold(instrument.type)]
    if instrument.dated_on is not None:
        same = [one for one in same if one.dated_on == instrument.dated_on]
    if instrument.number is None:
        wanted = _wanted_name(instrument)
        named = [one for one in same if wanted and not one.number and wanted in one.folded]
        exact = [one for one in named if one.folded == wanted]
        return next(iter(exact or named), None)
    found = [one for one in same if one.number_key == instrument.number and _is(one, instrument)]
    if instrument.dated_on is None:
        undated = [one for one in found if one.dated_on is None]
        found = undated or (found if len({one.dated_on for one in found}) == 1 else [])
    return found[0] if found else None


def _is(document: Document, instrument: Instrument) -> bool:
    """Tell whether a paper of the same type and number is the one cited."""
    written = _WRITTEN.match(document.number)
    if written is None or written["suffix"] != instrument.suffix:
        return False
    years = {int(year) for year in (written["year"], instrument.year) if year}
    if len(years) > 1 or fold(document.symbol) != fold(instrument.symbol[:SYMBOL]):
        return False
    cited, known = _issuer(instrument.issuer), _issuer(document.issuer_name)
    return not cited or not known or same_issuer(cited, known)


def _issuer(name: str) -> str:
    """Write out the short forms of levels: "UBND Q. An Mẫu" is "UBND quận An Mẫu"."""
    return _LEVEL.sub(lambda found: LEVELS[found[1].lower()], name)


def find_or_record(
    instrument: Instrument, *, office: Office, operation_id: UUID, by: User, at: datetime
) -> Document:
    """Give the cited document; where the office has none yet, make it of what the citation tells.

    Making one is a consequence of the act that cites it, and recorded so under its operation.
    """
    known = find(instrument, office=office)
    if known is None:
        # Two drafts saved at once cite one paper: the second waits here and finds it recorded.
        hold_references(office=office, on=at)
        known = find(instrument, office=office)
    if known is not None:
        return known
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
        type_name=instrument.type[:100],
        number=number,
        number_key=instrument.number,
        symbol=instrument.symbol[:SYMBOL],
        issuer_name=instrument.issuer[:300],
        issuer_key=agency_key(instrument.issuer)[:300],
        dated_on=instrument.dated_on,
        created_at=at,
        folded=searchable(f"{number} {instrument.symbol} {subject}"),
    )
    index.keep(document)
    record_on(
        document,
        "document.cited",
        by=by,
        at=at,
        operation_id=operation_id,
        head=False,
        details={"reference": document.reference},
    )
    return document


@dataclass(frozen=True, slots=True)
class Completion:
    """What the archivist found out about a paper known only by citation."""

    subject: str
    issuer_name: str
    dated_on: date
    effective_from: date
    # That the archivist compared a date which is not the one the citations give.
    date_compared: bool = False


def complete_stub(*, document: Document, found: Completion, by: User, at: datetime) -> UUID:
    """Complete a paper known only by citation, so that the chain has its beginning.

    Gives the operation's id. Raises `Conflict` when somebody completed it before.
    """
    standing = check_can_keep_archive(by, document.office, at=at)
    operation_id = uuid4()
    with transaction.atomic():
        held = Document.objects.select_for_update().get(pk=document.pk)
        if held.known_by != KnownBy.CITATION:
            raise Conflict(_("This paper has been completed already."))
        cited_on = held.dated_on
        _check_found(found, held)
        held.known_by = KnownBy.TEXT
        _write(found, held, operation_id=operation_id, at=at)
        record_on(
            held,
            "document.completed",
            by=by,
            at=at,
            standing=standing,
            operation_id=operation_id,
            details={
                "dated_on": vn_date(found.dated_on),
                "effective_from": vn_date(found.effective_from),
                "cited_on": vn_date(cited_on) if cited_on else None,
            },
        )
    return operation_id


def correct_completion(
    *, document: Document, found: Completion, because: str, by: User, at: datetime
) -> UUID:
    """Put right what was completed wrongly; the ledger keeps the old row, annulled by a later one.

    Gives the operation's id. Who asks what was known before the correction still gets the old
    answer. Raises `Conflict` for a paper that was never completed, `BadInput` without a reason
    or where nothing would change.
    """
    standing = check_can_keep_archive(by, document.office, at=at)
    if not because.strip():
        raise BadInput(_("Say what was wrong; the reason stays in the history."))
    operation_id = uuid4()
    with transaction.atomic():
        held = Document.objects.select_for_update().get(pk=document.pk)
        if held.origin != Origin.EXTERNAL or held.known_by != KnownBy.TEXT:
            raise Conflict(
                _("Only a paper that was completed from its citation is put right here.")
            )
        wrong = _commencement(held)
        before = _facts_of(held, wrong)
        _check_found(found, held)
        if before == _facts_of_found(found):
            raise BadInput(_("Nothing differs from what is recorded; nothing was written."))
        if wrong is not None:
            Effect.objects.create(
                target=held,
                kind=EffectKind.ANNULS.value,
                annuls=wrong,
                valid_from=wrong.valid_from,
                recorded_at=ledger.recorded(at),
                operation_id=operation_id,
            )
        _write(found, held, operation_id=operation_id, at=at)
        record_on(
            held,
            "document.completion_corrected",
            by=by,
            at=at,
            standing=standing,
            operation_id=operation_id,
            details={
                "dated_on": vn_date(found.dated_on),
                "effective_from": vn_date(found.effective_from),
                "was_dated_on": vn_date(before[2]) if before[2] else None,
                "was_effective_from": vn_date(before[3]) if before[3] else None,
            },
            disclose={"reason": because.strip()},
        )
    return operation_id


def effective_since(document: Document) -> date | None:
    """Give the day from which the archive holds a completed paper to have had effect."""
    row = _commencement(document)
    return row.valid_from if row is not None else None


def _commencement(document: Document) -> Effect | None:
    """Find the row by which a completed paper commences, unless a later row annulled it."""
    rows = Effect.objects.filter(target=document, kind=EffectKind.COMMENCES.value)
    return rows.filter(annulled_by__isnull=True).order_by("-pk").first()


def _facts_of(held: Document, row: Effect | None) -> tuple[str, str, date | None, date | None]:
    return held.subject, held.issuer_name, held.dated_on, row.valid_from if row else None


def _facts_of_found(found: Completion) -> tuple[str, str, date, date]:
    return found.subject.strip(), found.issuer_name.strip(), found.dated_on, found.effective_from


def _check_found(found: Completion, held: Document) -> None:
    """Refuse what no paper can be, before it stands in a ledger from which nothing is taken."""
    if not found.subject.strip():
        raise BadInput(_("Type the subject of the paper as it is printed."))
    if found.effective_from < found.dated_on:
        raise BadInput(_("A paper does not take effect before its own date."))
    ends_on = effects.life(row.as_row() for row in held.effects.order_by("pk")).ends_on
    if ends_on is not None and found.effective_from >= ends_on:
        raise BadInput(
            _("%(title)s ceased on %(day)s; it took effect before that day.")
            % {"title": held.title, "day": vn_date(ends_on)},
            advice=_("Compare number and date with the paper that replaced it."),
        )
    cited_on = held.dated_on
    if held.known_by != KnownBy.CITATION or cited_on in {None, found.dated_on}:
        return
    if not found.date_compared:
        raise BadInput(
            _("The papers that cite it say %(day)s.") % {"day": vn_date(cited_on)},
            advice=_("Mend the date, or tick that the printed paper bears another one."),
        )


def _write(found: Completion, held: Document, *, operation_id: UUID, at: datetime) -> None:
    held.subject, held.issuer_name = found.subject.strip(), found.issuer_name.strip()
    held.dated_on = found.dated_on
    held.folded = searchable(f"{held.number} {held.symbol} {held.subject}")
    held.save(update_fields=["subject", "issuer_name", "dated_on", "known_by", "folded"])
    index.keep(held)
    Effect.objects.create(
        target=held,
        kind=EffectKind.COMMENCES.value,
        valid_from=found.effective_from,
        recorded_at=ledger.recorded(at),
        operation_id=operation_id,
    )
