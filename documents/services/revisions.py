"""Saving a version: the working copy read into the tree, its bytes, its digest, its relations."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from documents import papers
from documents.content.canonical import (
    AttachmentHash,
    RelationClause,
    TargetIdentity,
    canonical_bytes,
    digest,
)
from documents.exceptions import BadInput, Conflict
from documents.finding import index
from documents.lifecycle import Stage
from documents.models import Attachment, Document, Relation, Revision, WorkingCopy
from documents.policies import check_can_edit
from documents.relations import WHOLE, RelationKind
from documents.search import searchable
from documents.services import externals
from documents.services.recording import record_on
from documents.services.writers import note_writer
from offices.dates import vn_date_words

if TYPE_CHECKING:
    from datetime import date, datetime

    from documents.content.tree import Content, Instrument
    from offices.models import User

RELATION_OF_VERB = {
    "replaces": RelationKind.REPLACES,
    "repeals": RelationKind.REPEALS,
    "annuls": RelationKind.REPEALS,
    "amends": RelationKind.AMENDS,
    "suspends": RelationKind.SUSPENDS,
    "corrects": RelationKind.CORRECTS,
    "recalls": RelationKind.RECALLS,
}


def save_version(*, document: Document, by: User, at: datetime) -> Revision:
    """Make an immutable revision of the working copy; the same content is not saved twice.

    Refuses with `BadInput` what cannot be read as the document's kind, with `Conflict` while a
    submitted revision is under way.
    """
    standing = check_can_edit(by, document, at=at)
    working = WorkingCopy.objects.get(document=document)
    previous = document.revisions.newest_first().first()
    reading = papers.read(working.text, kind=document.kind, previous=previous)
    papers.refuse_stopped(reading)
    operation_id = uuid4()
    with transaction.atomic():
        held = Document.objects.select_for_update().get(pk=document.pk)
        refuse_while_submitted(held)
        files = list(
            Attachment.objects.filter(document=held, removed_at__isnull=True, is_source=False)
        )
        canonical = canonical_bytes(
            reading.content,
            attachments=[
                AttachmentHash(file.name, file.media_type, file.size, file.sha256) for file in files
            ],
            relations=relation_clauses(reading.content),
        )
        content_digest = digest(canonical)
        latest: Revision | None = held.revisions.newest_first().first()
        if (
            latest is not None
            and latest.content_digest == content_digest
            and latest.ended_at is None
            # A withdrawn paper comes back unchanged as a new version.
            and latest.at_stage is not Stage.WITHDRAWN
        ):
            return latest
        revision = Revision.objects.create(
            document=held,
            ordinal=1 if latest is None else latest.ordinal + 1,
            text=working.text,
            canonical=canonical,
            content_digest=content_digest,
            saved_by=by,
            saved_at=at,
        )
        revision.attachments.set(files)
        note_writer(held, by)
        _describe(held, reading.content)
        _relate(revision, reading.content, operation_id=operation_id, by=by, at=at)
        index.keep(held)
        record_on(
            held,
            "version.saved",
            by=by,
            at=at,
            standing=standing,
            operation_id=operation_id,
            digest=content_digest,
            details={"ordinal": revision.ordinal},
        )
    return revision


def refuse_while_submitted(document: Document) -> None:
    """Refuse a change while a submitted revision is under way (`architecture.md` §2)."""
    under_way = document.revisions.alive().filter(amendment__isnull=False)
    if under_way.exists():
        raise Conflict(
            _("The paper has been submitted; its text cannot be changed now."),
            advice=_("Ask for its return, or withdraw it."),
        )


def relation_clauses(content: Content) -> list[RelationClause]:
    """Give every effect that issuing will execute, as it lies under the digest."""
    effect = content.effectivity
    return [
        RelationClause(
            verb=clause.verb,
            scope=clause.scope,
            scope_raw=clause.scope_raw,
            target=_identity(clause.target),
            effective_rule=effect.rule if effect else None,
            effective_on=effect.on_date if effect else None,
            effective_days=effect.days if effect else None,
        )
        for clause in content.supersessions
    ]


def _identity(instrument: Instrument) -> TargetIdentity:
    return TargetIdentity(
        type=instrument.type,
        number=f"{instrument.number or ''}{instrument.suffix}",
        symbol=instrument.symbol,
        dated_on=instrument.dated_on,
        issuer=instrument.issuer,
    )


def _describe(document: Document, content: Content) -> None:
    """Keep the subject of the latest version on the document, for lists and search."""
    document.subject = papers.subject_of(content, document.subject)[:1000]
    document.folded = searchable(f"{document.reference} {document.subject}")
    document.save(update_fields=["subject", "folded"])


def _relate(
    revision: Revision, content: Content, *, operation_id: UUID, by: User, at: datetime
) -> None:
    edges: list[tuple[RelationKind, str, str, Instrument]] = [
        (
            RELATION_OF_VERB[clause.verb],
            WHOLE if clause.scope == "whole" else clause.scope_raw or clause.raw,
            clause.raw,
            clause.target,
        )
        for clause in content.supersessions
    ]
    edges += [
        (RelationKind.BASED_ON, WHOLE, instrument.raw, instrument)
        for instrument in content.instruments
    ]
    rows: list[Relation] = []
    for verb, scope, raw, instrument in edges:
        target = externals.find_or_record(
            instrument, office=revision.document.office, operation_id=operation_id, by=by, at=at
        )
        if target.pk == revision.document_id:
            raise BadInput(_("A paper cannot refer to itself: “%(raw)s”.") % {"raw": raw})
        rows.append(
            Relation(
                revision=revision,
                source=revision.document,
                target=target,
                verb=verb.value,
                scope=scope[:300],
                raw=raw,
                ordinal=len(rows) + 1,
            )
        )
    Relation.objects.bulk_create(rows)


def bind_for_submission(document: Document, *, digest: str) -> Revision:
    """Make the latest saved version the next submitted revision; nothing unsaved may be left.

    Call with the document locked. Raises `Conflict` when the version shown is not the latest,
    or the working copy has changed since, and `BadInput` when the text names no day of effect.
    """
    latest: Revision | None = document.revisions.newest_first().first()
    if latest is None or latest.amendment is not None:
        raise Conflict(
            _("There is no new version to submit; save a version first."),
            advice=_("Open the draft, make the changes, save a version, then submit."),
        )
    if latest.content_digest != digest:
        raise Conflict(
            _("A newer version was saved since this page was opened."),
            advice=_("Open the draft again and submit the newest version."),
        )
    working = WorkingCopy.objects.get(document=document)
    if working.text != latest.text:
        raise Conflict(
            _("The working copy has changes that no version holds."),
            advice=_("Save a version first, then submit."),
        )
    _refuse_without_day(papers.content_of(latest))
    submitted = document.revisions.filter(amendment__isnull=False).count()
    latest.amendment = submitted + 1
    latest.save(update_fields=["amendment"])
    return latest


def _refuse_without_day(content: Content) -> None:
    """Refuse what could be signed and never numbered: its text leaves the day to its publication."""
    effect = content.effectivity
    if effect is not None and effect.rule == "from_publication":
        raise BadInput(
            _("The text lets the paper take effect when it is published, and names no day."),
            advice=_("Write a day of effect, or “kể từ ngày ký”, save a version and submit it."),
        )


def cite_submission_note(revision: Revision, *, cited_as: str, dated_on: date) -> None:
    """Fill the recital's slot with the Tờ trình's number and date; the digest does not change."""
    revision.cited_note = f"Tờ trình số {cited_as} {vn_date_words(dated_on)}"
    revision.save(update_fields=["cited_note"])


def uncite_submission_note(revision: Revision) -> None:
    """Empty the recital's slot: the Tờ trình was taken back, another will fill it."""
    revision.cited_note = ""
    revision.save(update_fields=["cited_note"])
