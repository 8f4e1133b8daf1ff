"""What is decided of a paper besides its words: corrected while it is a draft, then fixed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from documents import papers
from documents.exceptions import BadInput
from documents.finding import index
from documents.models import AccessLevel, AuthorityKind, Document, Kind
from documents.models.papers import DRAFTABLE, LETTERS
from documents.policies import check_can_edit
from documents.services.drafting import TYPE_NAMES
from documents.services.recording import record_on
from documents.services.revisions import refuse_while_submitted

if TYPE_CHECKING:
    from datetime import datetime

    from offices.models import User

FIELDS = ("kind", "authority_kind", "field_of_work", "access_level")


@dataclass(frozen=True, slots=True)
class Particulars:
    """The facts of a paper that lie outside its content."""

    kind: str
    authority_kind: str
    field_of_work: str
    access_level: str


def correct_particulars(
    *, document: Document, particulars: Particulars, by: User, at: datetime
) -> Document:
    """Correct kind, authority, field of work and readers of a draft; its text stays as it is.

    Signature block, signatory, number series and readers follow from them, so from submission on
    they are fixed: `Conflict`, and the database refuses it too. A text that cannot be read as the
    new kind is `BadInput` with its line, and so is what changes nothing, and another kind for a
    letter about an issued paper.
    """
    standing = check_can_edit(by, document, at=at)
    _refuse_unknown(particulars, document)
    if particulars.kind != document.kind:
        papers.read(document.working_copy.text, kind=particulars.kind)
    with transaction.atomic():
        held = (
            Document.objects.select_for_update(of=("self",))
            .select_related("office")
            .get(pk=document.pk)
        )
        refuse_while_submitted(held)
        before = {name: getattr(held, name) for name in FIELDS}
        after = {name: getattr(particulars, name) for name in FIELDS}
        if before == after:
            raise BadInput(
                _("Nothing was changed: these are the facts recorded already."),
                advice=_("Choose another value first, or leave them as they are."),
            )
        for name, value in after.items():
            setattr(held, name, value)
        held.type_name = TYPE_NAMES[Kind(held.kind)]
        held.save(update_fields=[*FIELDS, "type_name"])
        index.keep(held)
        record_on(
            held,
            "draft.particulars_corrected",
            by=by,
            at=at,
            standing=standing,
            details=after | {f"was_{name}": value for name, value in before.items()},
        )
    return held


def _refuse_unknown(particulars: Particulars, document: Document) -> None:
    if document.kind in LETTERS:
        if particulars.kind != document.kind:
            raise BadInput(
                _("A letter about an issued paper keeps its kind."),
                advice=_("Begin the other kind from the page of the paper it is about."),
            )
    elif particulars.kind not in DRAFTABLE:
        raise BadInput(_("Choose one of the kinds of paper that are drafted here."))
    if particulars.authority_kind not in AuthorityKind.values:
        raise BadInput(_("Choose the authority that issues the paper."))
    if particulars.access_level not in AccessLevel.values:
        raise BadInput(_("Choose who may read the paper once it is issued."))
