"""Drafting: a new paper from a template, from last year's, or from a text; its files."""

from __future__ import annotations

import codecs
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from django.db import transaction
from django.utils.translation import gettext as _

from documents import files, papers
from documents.exceptions import BadInput, Conflict
from documents.finding import index
from documents.models import AccessLevel, Attachment, AuthorityKind, Document, Kind, WorkingCopy
from documents.models.papers import DRAFTABLE, LETTERS
from documents.policies import check_can_draft, check_can_edit
from documents.references import next_reference
from documents.search import searchable
from documents.services.recording import record_on
from documents.services.revisions import refuse_while_submitted
from documents.services.writers import note_writer

if TYPE_CHECKING:
    from datetime import date, datetime

    from documents.papers import SourceFile
    from offices.models import Department, User
    from offices.selectors import Standing

ATTACHMENT_LIMIT = 10 * 1024 * 1024
ATTACHMENTS_LIMIT = 20
# What a browser may be sent back as a download; the bytes are checked against the claim.
MEDIA_TYPES = {
    ".pdf": ("application/pdf", b"%PDF-"),
    ".docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        b"PK\x03\x04",
    ),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK\x03\x04"),
    ".png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    ".jpg": ("image/jpeg", b"\xff\xd8\xff"),
    ".txt": ("text/plain; charset=utf-8", b""),
    ".md": ("text/markdown; charset=utf-8", b""),
}

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

# What the paper itself is called; a citation of it says this word.
TYPE_NAMES = {
    Kind.DECISION: "Quyết định",
    Kind.QUALITY_OBJECTIVES: "Mục tiêu chất lượng",
    Kind.QUALITY_POLICY: "Chính sách chất lượng",
    Kind.PROCEDURE: "Quy trình",
    Kind.OFFICIAL_LETTER: "Công văn",
    Kind.NOTICE: "Thông báo",
}


@dataclass(frozen=True, slots=True)
class DraftPlan:
    """What the specialist says of a new paper before writing it."""

    kind: str
    subject: str
    authority_kind: str = AuthorityKind.CHAIRMAN
    field_of_work: str = ""
    access_level: str = AccessLevel.PUBLIC
    target_from: date | None = None
    target_until: date | None = None
    # The former decision that the text was moved on from.
    drawn_from: Document | None = None


def start_draft(
    *,
    department: Department,
    plan: DraftPlan,
    text: str | bytes,
    by: User,
    at: datetime,
    source: SourceFile | None = None,
) -> Document:
    """Make a new paper with its working copy; the text must be readable as the kind chosen.

    The file the text was read from is kept beside the paper, under its digest. Raises `BadInput`
    with the reader's sentence when the text is no such paper: nothing is stored.
    """
    standing = check_can_draft(by, department, at=at)
    if plan.kind not in (*DRAFTABLE, *LETTERS):
        raise BadInput(_("Choose one of the kinds of paper that are drafted here."))
    reading = papers.read(text, kind=plan.kind)
    subject = papers.subject_of(reading.content, plan.subject)
    if not subject:
        raise BadInput(_("The paper has no subject; write the line under the type of paper."))
    kept = _kept_source(source, by=by, at=at) if source is not None else None
    with transaction.atomic():
        document = planned(department=department, plan=plan, subject=subject)
        document.reference = next_reference(office=department.office, on=at)
        document.author, document.created_at = by, at
        document.save()
        WorkingCopy.objects.create(
            document=document,
            text=reading.text,
            drawn_from=plan.drawn_from,
            updated_by=by,
            updated_at=at,
        )
        if kept is not None:
            kept.document = document
            kept.save()
        index.keep(document)
        record_on(
            document,
            "draft.started",
            by=by,
            at=at,
            standing=standing,
            details={
                "kind": plan.kind,
                "authority_kind": plan.authority_kind,
                "access_level": plan.access_level,
                "field_of_work": plan.field_of_work,
                "reference": document.reference,
                **({"source": kept.sha256} if kept is not None else {}),
            },
        )
    return document


def planned(*, department: Department, plan: DraftPlan, subject: str) -> Document:
    """Give the paper that a plan describes, without a reference and not stored."""
    return Document(
        office=department.office,
        kind=plan.kind,
        subject=subject[:1000],
        authority_kind=plan.authority_kind,
        field_of_work=plan.field_of_work,
        access_level=plan.access_level,
        target_from=plan.target_from,
        target_until=plan.target_until,
        drafting_department=department,
        type_name=TYPE_NAMES[Kind(plan.kind)],
        folded=searchable(subject),
    )


def _kept_source(source: SourceFile, *, by: User, at: datetime) -> Attachment:
    """The row of the source file, its bytes stored; the paper it belongs to is not made yet."""
    name = unicodedata.normalize("NFC", source.name)
    return Attachment(
        name=name,
        media_type=checked_media_type(name, source.data),
        size=len(source.data),
        sha256=files.store(source.data),
        is_source=True,
        added_by=by,
        added_at=at,
    )


def attach(*, document: Document, name: str, data: bytes, by: User, at: datetime) -> Attachment:
    """Attach a file to a draft; its hash comes under the digest of the next version."""
    standing = check_can_edit(by, document, at=at)
    # A file from a Mac bears its name in NFD; names lie under the digest, which is NFC.
    name = unicodedata.normalize("NFC", name)
    media_type = checked_media_type(name, data)
    if media_type.startswith("text/"):
        papers.refuse_secret_file(data)
    sha256 = files.store(data)
    with transaction.atomic():
        held = Document.objects.select_for_update().get(pk=document.pk)
        refuse_while_submitted(held)
        present = Attachment.objects.filter(document=held, removed_at__isnull=True)
        if present.filter(is_source=False).count() >= ATTACHMENTS_LIMIT:
            raise BadInput(
                _("A paper has at most %(most)s attachments.") % {"most": ATTACHMENTS_LIMIT}
            )
        if present.filter(name=name).exists():
            raise BadInput(
                _("A file named “%(name)s” is attached already.") % {"name": name},
                advice=_("Remove the old one first, or rename the new one."),
            )
        attachment = Attachment.objects.create(
            document=held,
            name=name,
            media_type=media_type,
            size=len(data),
            sha256=sha256,
            added_by=by,
            added_at=at,
        )
        note_writer(held, by)
        _record_file("attachment.added", attachment, standing, by=by, at=at)
    return attachment


def refuse_size(name: str) -> NoReturn:
    """Refuse a file for its size, before it is read where the size is known."""
    raise BadInput(
        _("The file “%(name)s” is larger than %(most)s MB.")
        % {"name": name, "most": ATTACHMENT_LIMIT // (1024 * 1024)}
    )


def checked_media_type(name: str, data: bytes) -> str:
    """Give the media type of a file whose bytes agree with its name; `BadInput` otherwise."""
    if not data:
        raise BadInput(_("The file “%(name)s” is empty.") % {"name": name})
    if len(data) > ATTACHMENT_LIMIT:
        refuse_size(name)
    if not 1 <= len(name) <= 200 or "/" in name or "\\" in name or not name.isprintable():
        raise BadInput(_("The name of the file cannot be used; rename it and attach it again."))
    extension = f".{name.rpartition('.')[2].lower()}".replace(".jpeg", ".jpg")
    known = MEDIA_TYPES.get(extension)
    if known is None:
        raise BadInput(
            _("Files of this sort are not attached: “%(name)s”.") % {"name": name},
            advice=_("Attach PDF, Word, Excel, PNG, JPEG or plain text."),
        )
    media_type, magic = known
    if media_type.startswith("text/") and data.startswith(_UTF16):
        return media_type.replace("utf-8", "utf-16")
    if not data.startswith(magic) or (media_type.startswith("text/") and b"\x00" in data):
        raise BadInput(_("The content of “%(name)s” is not what its name says.") % {"name": name})
    return media_type


def detach(*, attachment: Attachment, by: User, at: datetime) -> None:
    """Take a file off the draft; versions that were saved with it keep it."""
    document = attachment.document
    standing = check_can_edit(by, document, at=at)
    with transaction.atomic():
        refuse_while_submitted(document)
        removed = Attachment.objects.filter(pk=attachment.pk, removed_at__isnull=True).update(
            removed_at=at
        )
        if not removed:
            raise Conflict(_("This file has been removed already."))
        _record_file("attachment.removed", attachment, standing, by=by, at=at)


def _record_file(
    action: str, attachment: Attachment, standing: Standing, *, by: User, at: datetime
) -> None:
    record_on(
        attachment.document,
        action,
        by=by,
        at=at,
        standing=standing,
        details={"sha256": attachment.sha256, "size": attachment.size},
        disclose={"name": attachment.name},
    )
