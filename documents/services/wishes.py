"""What may be printed of a version: every print with its words, and the name of what it is made from.

The name is the SHA-256 of everything that goes into the file, so the same wish finds the same order
and the same file, whoever asks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import rfc8785
from django.utils.translation import gettext as _

from documents import papers
from documents.content.codec import to_json
from documents.effects import State
from documents.lifecycle import Stage
from documents.models import PrintOrder, Relation, Revision
from documents.printing import docx, pdf
from documents.printing.records import words_of
from documents.relations import RelationKind
from offices.dates import local_day, vn_date

if TYPE_CHECKING:
    from documents.models import Document
    from documents.printing.paper import Paper
    from documents.selectors.state import Legal

# A change of what a print looks like counts as another print: raise it then.
LAYOUT = 7
# What the procedure writes about a paper: composed by who knows the procedure.
RECORDS = (
    PrintOrder.What.MINUTES,
    PrintOrder.What.REMARKS,
    PrintOrder.What.NOTE,
    PrintOrder.What.SLIP,
)
MEDIA_TYPES = {PrintOrder.Form.PDF: pdf.MEDIA_TYPE, PrintOrder.Form.DOCX: docx.MEDIA_TYPE}


@dataclass(frozen=True, slots=True)
class Wish:
    """A print that may be ordered of a revision; `made_from` finds its order and its file."""

    revision: Revision
    what: PrintOrder.What
    form: PrintOrder.Form
    on: date | None
    ribbon: str
    mark: str
    made_from: str
    about: int | None = None


def of_version(document: Document, revision: Revision, *, legal: Legal, on: date) -> list[Wish]:
    """Give what may be printed of a revision: of an issued one the paper, and a copy with its
    state on a day and the letters that correct it; of any other a draft that says so on every page.
    One query for an issued one.
    """
    if is_issued(revision):
        kinds = [
            (PrintOrder.What.PAPER, None, "", ""),
            (
                PrintOrder.What.COPY,
                on,
                copy_words(legal, on=on, corrected_by=_corrected_by(document)),
                _("COPY"),
            ),
        ]
    else:
        kinds = [(PrintOrder.What.DRAFT, None, *draft_words(revision))]
    return [
        Wish(revision, what, form, day, ribbon, mark, version_made_from(document, revision, form, ribbon, mark))
        for what, day, ribbon, mark in kinds
        for form in MEDIA_TYPES
    ]  # fmt: skip


def of_issued(document: Document, revision: Revision) -> Wish:
    """Give the print that is made of every issued paper unasked: the paper itself as PDF."""
    form = PrintOrder.Form.PDF
    made_from = version_made_from(document, revision, form, "", "")
    return Wish(revision, PrintOrder.What.PAPER, form, None, "", "", made_from)


def of_record(
    revision: Revision, what: PrintOrder.What, paper: Paper, *, about: int | None = None
) -> list[Wish]:
    """Give the prints of a record of the procedure about a revision, from what is on its sheets."""
    return [
        Wish(revision, what, form, None, "", "", record_made_from(paper, what, form), about)
        for form in MEDIA_TYPES
    ]


def record_made_from(paper: Paper, what: str, form: str) -> str:
    """Name what the print of a record is made from: the words on its sheets; lowercase hex."""
    kind = rfc8785.dumps([LAYOUT, str(what), str(form)])
    return hashlib.sha256(kind + words_of(paper)).hexdigest()


def is_issued(revision: Revision) -> bool:
    """Whether a version is the issued one, which whoever reads the paper may print."""
    return bool(revision.stage == Stage.ISSUED)


def _corrected_by(document: Document) -> list[str]:
    letters = Relation.objects.filter(
        target=document, verb=RelationKind.CORRECTS.value, source__issued_at__isnull=False
    ).select_related("source")
    return [row.source.cited_as for row in letters.order_by("source__issued_at", "source")]


def copy_words(legal: Legal, *, on: date, corrected_by: Sequence[str] = ()) -> str:
    """Word what a copy says of its paper's legal state on a day, and of what corrects it."""
    day = vn_date(on)
    words = {
        State.NOT_YET: _("NOT YET IN FORCE on %(day)s"),
        State.IN_FORCE: _("IN FORCE on %(day)s"),
        State.PARTLY_CEASED: _("IN FORCE IN PART on %(day)s"),
        State.SUSPENDED: _("SUSPENDED on %(day)s"),
        State.CEASED: _("NO LONGER IN FORCE since %(since)s"),
        State.RECALLED: _("RECALLED: not to be copied or passed on"),
    }
    since = vn_date(legal.ends_on) if legal.ends_on else day
    said = words.get(legal.state, _("STATE UNKNOWN on %(day)s")) % {"day": day, "since": since}
    if corrected_by:
        said = _("%(state)s; CORRECTED by %(letters)s") % {
            "state": said,
            "letters": ", ".join(corrected_by),
        }
    return _("COPY FOR REFERENCE — %(state)s") % {"state": said}


def draft_words(revision: Revision) -> tuple[str, str]:
    """Word the ribbon and the mark of a paper that is not issued."""
    if revision.ended_at is not None or revision.stage == Stage.WITHDRAWN:
        return _("DRAFT NO LONGER USED — of no legal effect"), _("DRAFT")
    if revision.stage == Stage.SIGNED:
        return _("SIGNED, NOT YET ISSUED — of no legal effect"), _("NOT ISSUED")
    return _("DRAFT — of no legal effect"), _("DRAFT")


def version_made_from(
    document: Document, revision: Revision, form: PrintOrder.Form, ribbon: str, mark: str
) -> str:
    """Name what the print of a version is made from: a SHA-256 in lowercase hex."""
    facts = papers.facts_shown(document, revision)
    return hashlib.sha256(
        rfc8785.dumps(
            {
                "layout": LAYOUT,
                "form": form.value,
                "content": revision.content_digest,
                "facts": to_json(facts),
                "header": [str(line) for line in document.office.header_lines],
                "author": document.office.authority_name,
                "saved_on": local_day(revision.saved_at).isoformat(),
                "ribbon": ribbon,
                "mark": mark,
                # Ordinary papers keep the names their prints have had since before urgency.
                **({"urgency": document.urgency} if document.urgency else {}),
            }
        )
    ).hexdigest()
