"""Bringing a paper that exists already: read it, look through it, accept it as a draft or not."""

from __future__ import annotations

import unicodedata
from dataclasses import asdict
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from audit import services as audit
from documents import files, papers
from documents.exceptions import BadInput, NotPermitted
from documents.models import Intake
from documents.papers import SourceFile
from documents.policies import check_can_draft
from documents.services.drafting import checked_media_type, planned, start_draft
from offices.parties import office_key, party

if TYPE_CHECKING:
    from datetime import datetime

    from documents.content.tree import Content
    from documents.importing.plain import Plain
    from documents.models import Document
    from documents.services.drafting import DraftPlan
    from offices.models import Department, User

# What one person may have lying about unaccepted.
BROUGHT = (".docx", ".pdf", ".txt", ".md")
MOST = 20


def bring(*, department: Department, brought: SourceFile | str, by: User, at: datetime) -> Intake:
    """Read a file, or a text that was pasted, and keep both for its owner to look through.

    Raises `BadInput` where it is no paper that is drafted here; then nothing is kept.
    """
    check_can_draft(by, department, at=at)
    plain = papers.plain_of(brought)
    papers.read(plain.text, kind=None, drafting=True)
    name = sha256 = ""
    size = 0
    if isinstance(brought, SourceFile):
        name = unicodedata.normalize("NFC", brought.name)
        if not name.lower().endswith(BROUGHT):
            raise BadInput(
                _("Papers are not read from files of this sort: “%(name)s”.") % {"name": name},
                advice=_("Bring .docx, a PDF with a text layer, .txt or .md; or paste the text."),
            )
        checked_media_type(name, brought.data)
        sha256, size = files.store(brought.data), len(brought.data)
    with transaction.atomic():
        if Intake.objects.filter(owner=by).count() >= MOST:
            raise BadInput(
                _("%(most)s files wait to be looked through already.") % {"most": MOST},
                advice=_("Accept or put aside one of them first."),
            )
        intake = Intake.objects.create(
            owner=by, department=department, name=name, sha256=sha256, size=size, read=plain.text,
            text=plain.text, places=_places(plain), notes=_notes(plain), brought_at=at,
        )  # fmt: skip
        _record("intake.read", intake, by=by, at=at)
    return intake


def keep_intake(*, intake: Intake, text: str, by: User, at: datetime) -> None:
    """Keep the text as it was corrected so far."""
    _check_is_mine(by, intake, at=at)
    papers.check_keepable(text)
    Intake.objects.filter(pk=intake.pk).update(text=text)


def accept_intake(
    *, intake: Intake, plan: DraftPlan, text: str, by: User, at: datetime
) -> Document:
    """Make the corrected text a draft, with the file it came from beside it.

    Raises `BadInput` while the text is no paper of the kind chosen; the intake then stays.
    """
    _check_is_mine(by, intake, at=at)
    source = SourceFile(intake.name, files.load(intake.sha256)) if intake.name else None
    with transaction.atomic():
        _take(intake)
        return start_draft(
            department=intake.department, plan=plan, text=text, source=source, by=by, at=at
        )


def as_draft(*, intake: Intake, plan: DraftPlan, content: Content) -> Document:
    """Give the draft that accepting would make, not stored: what the rules are asked about."""
    subject = papers.subject_of(content, plan.subject)
    return planned(department=intake.department, plan=plan, subject=subject)


def put_aside(*, intake: Intake, by: User, at: datetime) -> None:
    """Let go of what was brought; no draft is made of it."""
    _check_is_mine(by, intake, at=at)
    with transaction.atomic():
        _record("intake.put_aside", intake, by=by, at=at)
        _take(intake)


def _check_is_mine(by: User, intake: Intake, *, at: datetime) -> None:
    """Only who brought it sees it, and only while drafting for that department."""
    if intake.owner_id != by.pk:
        raise NotPermitted(_("Only who brought this file looks through it."))
    check_can_draft(by, intake.department, at=at)


def _take(intake: Intake) -> None:
    """Remove the row, once: of two acts on it the second finds nothing."""
    gone, _rows = Intake.objects.filter(pk=intake.pk).delete()
    if not gone:
        raise BadInput(_("This file has been accepted or put aside already."))


def _places(plain: Plain) -> list[list[object]]:
    return [[line, place.what, place.number, place.inside] for line, place in plain.places]


def _notes(plain: Plain) -> list[list[object]]:
    return [[one["code"], one["values"]] for one in map(asdict, plain.findings)]


def _record(action: str, intake: Intake, *, by: User, at: datetime) -> None:
    department = intake.department
    audit.record(
        action,
        operation_id=uuid4(),
        head=True,
        subject=audit.Subject("department", str(department.pk), department.name[:200]),
        by=party(by),
        at=at,
        office=office_key(department.office),
        details={"sha256": intake.sha256},
        disclose={"name": intake.name or str(_("(pasted)"))},
    )
