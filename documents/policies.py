"""Every "may I?" about paper alone; raises a sentence, which the barred button shows too."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from documents.exceptions import NotFound, NotPermitted
from documents.models import Document
from offices import selectors as offices
from offices.roles import Capability

if TYPE_CHECKING:
    from documents.querysets import DocumentQuerySet
    from offices.models import Department, Office, User
    from offices.selectors import Reader, Standing

# Posts that read every paper of their office: the archive, the internal audit, the clerk.
READS_THE_OFFICE = (Capability.KEEP_ARCHIVE, Capability.VERIFY_AUDIT, Capability.REGISTER)
# A paper that waits for the check or for a signature is granted to whoever holds these.
GRANTED_TO = (Capability.CHECK_FORM, Capability.SIGN)


def readable(by: User, *, at: datetime, reader: Reader | None = None) -> DocumentQuerySet:
    """Give the documents a person may read at a moment, as one query.

    `reader` is where the person belongs, from a page that has asked already.
    """
    return Document.objects.all().readable_by(**_asking(by, at=at, reader=reader))


def followed(by: User, *, at: datetime, reader: Reader | None = None) -> DocumentQuerySet:
    """Give the documents whose drafts, opinions and timeline a person may read too.

    An issued paper is for everybody; how it came about is for those who took part or must know.
    """
    return Document.objects.all().followed_by(**_asking(by, at=at, reader=reader))


def _asking(by: User, *, at: datetime, reader: Reader | None) -> dict[str, Any]:
    reader = reader or offices.reader(by, at=at)
    return {
        "user_id": by.pk,
        "office_ids": reader.office_ids,
        "department_ids": reader.department_ids,
        # A clerk of one office who also sits in another reads all of the first alone.
        "whole_office_ids": frozenset[int]().union(
            *(reader.offices_of.get(capability, ()) for capability in READS_THE_OFFICE)
        ),
        "offices_of": {
            capability.value: reader.offices_of[capability]
            for capability in GRANTED_TO
            if capability in reader.offices_of
        },
        "stands_in_for": reader.stands_in_for,
        "at": at,
    }


def check_can_read(by: User, document: Document, *, at: datetime) -> None:
    """Refuse with 404: who may not read a paper does not learn that it exists."""
    if not readable(by, at=at).filter(pk=document.pk).exists():
        raise _not_found()


def check_can_follow(
    by: User, document: Document, *, at: datetime, reader: Reader | None = None
) -> None:
    """Refuse with 404 who may not read how a paper came about: its steps, reasons and opinions."""
    if not followed(by, at=at, reader=reader).filter(pk=document.pk).exists():
        raise _not_found()


def _not_found() -> NotFound:
    return NotFound(
        _("There is no such paper, or it is not open to this account."),
        advice=_("Ask the drafting department if the paper is needed for work."),
    )


def check_can_draft(by: User, department: Department, *, at: datetime) -> Standing:
    """Drafting is for the specialists of a department."""
    standing = offices.may(by, Capability.DRAFT, department, at=at)
    if standing is None:
        raise NotPermitted(
            _("Only a specialist of %(department)s drafts this paper.")
            % {"department": department.name}
        )
    return standing


def check_can_edit(by: User, document: Document, *, at: datetime) -> Standing:
    """Only the drafting department edits, and only a paper made here that is not issued."""
    if document.drafting_department is None or document.issued_at is not None:
        raise NotPermitted(
            _("An issued paper is not edited."),
            advice=_(
                "A slip of form is corrected by an official letter of correction, content by a "
                "new decision."
            ),
        )
    return check_can_draft(by, document.drafting_department, at=at)


def check_can_keep_registers(by: User, office: Office, *, at: datetime) -> Standing:
    """The registers are kept by the records clerk (Decree 30/2020 art. 16)."""
    standing = offices.may(by, Capability.REGISTER, office, at=at)
    if standing is None:
        raise NotPermitted(_("Only the records clerk keeps the registers of the office."))
    return standing


def check_can_keep_archive(by: User, office: Office, *, at: datetime) -> Standing:
    """Completing what is known only by citation is the archivist's work."""
    standing = offices.may(by, Capability.KEEP_ARCHIVE, office, at=at)
    if standing is None:
        raise NotPermitted(_("Only the archivist completes papers known by citation."))
    return standing
