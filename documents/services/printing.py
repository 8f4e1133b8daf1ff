"""Prints: ordered in a moment, made outside any request, kept under what they were made from.

A print is no act of the procedure and no fact of the paper: it can be made again from what is
stored, byte for byte. So it has an order and a file, and no entry in the audit.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import rfc8785
from django.db import transaction
from django.utils.translation import gettext as _

from documents import files, papers
from documents.content.codec import to_json
from documents.effects import State
from documents.exceptions import Conflict, NotPermitted
from documents.lifecycle import Stage
from documents.models import PrintOrder, Relation, Rendition, Revision
from documents.models.prints import UNDER_WAY
from documents.printing import docx, pdf
from documents.printing.compose import compose
from documents.printing.docx import docx_of
from documents.printing.pdf import NotPrinted, SetPages, pdf_of
from documents.printing.records import words_of
from documents.relations import RelationKind
from documents.rendering.html import CONFIRMED
from offices.dates import local_day, vn_date

if TYPE_CHECKING:
    from documents.models import Document
    from documents.printing.paper import Paper
    from documents.selectors.state import Legal
    from offices.models import User

logger = logging.getLogger(__name__)

# A change of what a print looks like counts as another print: raise it then.
LAYOUT = 5
# So many prints of one person may be under way; a desk needs one or two.
MOST_UNDER_WAY = 10
# A worker that has not moved for so long is gone: no phase may take half of it.
LOST_AFTER = timedelta(minutes=3)
# What the procedure writes about a paper: composed by who knows the procedure.
RECORDS = (
    PrintOrder.What.MINUTES,
    PrintOrder.What.REMARKS,
    PrintOrder.What.NOTE,
    PrintOrder.What.SLIP,
)
SORTS = {
    PrintOrder.What.PAPER: Rendition.Sort.PRINT,
    PrintOrder.What.COPY: Rendition.Sort.COPY,
    PrintOrder.What.DRAFT: Rendition.Sort.DRAFT,
    **{record: Rendition.Sort(record.value) for record in RECORDS},
}
MEDIA_TYPES = {PrintOrder.Form.PDF: pdf.MEDIA_TYPE, PrintOrder.Form.DOCX: docx.MEDIA_TYPE}
PHASES = 3


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


def wishes(document: Document, revision: Revision, *, legal: Legal, on: date) -> list[Wish]:
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
        Wish(revision, what, form, day, ribbon, mark, _made_from(document, revision, form, ribbon, mark))
        for what, day, ribbon, mark in kinds
        for form in MEDIA_TYPES
    ]  # fmt: skip


def issued_wish(document: Document, revision: Revision) -> Wish:
    """Give the print that is made of every issued paper unasked: the paper itself as PDF."""
    form = PrintOrder.Form.PDF
    made_from = _made_from(document, revision, form, "", "")
    return Wish(revision, PrintOrder.What.PAPER, form, None, "", "", made_from)


def record_wishes(
    revision: Revision, what: PrintOrder.What, paper: Paper, *, about: int | None = None
) -> list[Wish]:
    """Give the prints of a record of the procedure about a revision, from what is on its sheets."""
    return [
        Wish(revision, what, form, None, "", "", _record_from(paper, what, form), about)
        for form in MEDIA_TYPES
    ]


def _record_from(paper: Paper, what: str, form: str) -> str:
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


def _made_from(
    document: Document, revision: Revision, form: PrintOrder.Form, ribbon: str, mark: str
) -> str:
    """The SHA-256 of everything that goes into the file, in lowercase hex."""
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


def found(wanted: Sequence[Wish]) -> dict[str, PrintOrder]:
    """Give the orders there are for these wishes, by what they are made from. One query."""
    orders = PrintOrder.objects.filter(made_from__in=[wish.made_from for wish in wanted])
    return {order.made_from: order for order in orders.select_related("rendition")}


def issued_pdf(document: Document) -> Rendition | None:
    """Give the newest PDF of the issued paper itself; None while none is made. One query.

    Never a copy or a draft: those say something of a day that may be over.
    """
    made = Rendition.objects.filter(
        revision__document=document,
        revision__stage=Stage.ISSUED.value,
        sort=Rendition.Sort.PRINT,
        media_type=pdf.MEDIA_TYPE,
    )
    return made.order_by("-made_at", "-pk").first()


def order(
    *, wish: Wish, by: User, at: datetime, real_at: datetime, unasked: bool = False
) -> PrintOrder | None:
    """Order a print, or ask again for one that failed or was cancelled; in a transaction.

    Gives the order to hand to a worker; None where it is ready or under way already. One that
    is made `unasked`, because `by` issued the paper, is not refused for what else they ordered.
    """
    waiting = PrintOrder.objects.filter(ordered_by=by, state__in=UNDER_WAY).count()
    if waiting >= MOST_UNDER_WAY and not unasked:
        raise Conflict(
            _("%(count)d prints ordered by you are not ready yet.") % {"count": waiting},
            advice=_("Wait for them, or cancel one."),
        )
    placed, is_new = PrintOrder.objects.select_for_update().get_or_create(
        made_from=wish.made_from,
        defaults={
            "revision": wish.revision,
            "what": wish.what,
            "form": wish.form,
            "on": wish.on,
            "ribbon": wish.ribbon,
            "mark": wish.mark,
            "about": wish.about,
            "ordered_by": by,
            "ordered_at": at,
            "changed_at": real_at,
        },
    )
    if is_new:
        return placed
    if placed.state == PrintOrder.State.READY or placed.is_under_way:
        return None
    placed.state, placed.why, placed.phase = PrintOrder.State.QUEUED, "", 0
    placed.ordered_by, placed.ordered_at, placed.changed_at = by, at, real_at
    placed.save()
    return placed


def check_can_cancel(by: User, placed: PrintOrder) -> None:
    """Only who ordered a print cancels it: others may be waiting for it too, and order it again."""
    if placed.ordered_by_id != by.pk:
        raise NotPermitted(_("Only who ordered this print cancels it."))


def cancel(*, placed: PrintOrder, by: User, real_at: datetime) -> None:
    """Cancel a print that is under way; what a worker makes of it meanwhile is dropped."""
    check_can_cancel(by, placed)
    under_way = PrintOrder.objects.filter(pk=placed.pk, state__in=UNDER_WAY)
    if not under_way.update(state=PrintOrder.State.CANCELLED, phase=0, changed_at=real_at):
        raise Conflict(_("This print is not under way any more; nothing was cancelled."))


def give_up_lost(*, real_at: datetime) -> list[PrintOrder]:
    """Say of prints whose worker was stopped in the middle that they were interrupted."""
    lost = list(
        PrintOrder.objects.filter(
            state=PrintOrder.State.RUNNING, changed_at__lt=real_at - LOST_AFTER
        ).select_related("revision__document")
    )
    return [one for one in lost if _failed(one, PrintOrder.Why.STOPPED, real_at=real_at)]


def carry_out(
    order_id: int,
    *,
    at: datetime,
    real_at: datetime,
    told: Callable[[Document], None],
    record: Callable[[PrintOrder], Paper | None] = lambda placed: None,
) -> None:
    """Make one print: read, set, keep. Each phase is a transaction of its own.

    `told` is called with the document whenever its page has news; `record` composes what the
    procedure writes about a paper, None where that is no more. A print that was cancelled or
    taken by another worker is passed over; one that cannot be made says why. Whatever else goes
    wrong is said of the order and raised.
    """
    placed = _taken(order_id, real_at=real_at)
    if placed is None:
        return
    document = placed.revision.document
    told(document)
    try:
        _make(placed, at=at, real_at=real_at, told=told, record=record)
    except NotPrinted as refused:
        logger.warning("Print %d could not be made: %s", placed.pk, refused)
        _failed(placed, PrintOrder.Why(refused.why), real_at=real_at)
    except Exception:
        _failed(placed, PrintOrder.Why.BROKEN, real_at=real_at)
        raise
    finally:
        told(document)


def _taken(order_id: int, *, real_at: datetime) -> PrintOrder | None:
    queued = PrintOrder.objects.filter(pk=order_id, state=PrintOrder.State.QUEUED)
    if not queued.update(state=PrintOrder.State.RUNNING, phase=1, changed_at=real_at):
        return None
    return PrintOrder.objects.select_related(
        "revision__document__office", "revision__document__urgency_mark", "revision__signature"
    ).get(pk=order_id)


def _make(
    placed: PrintOrder,
    *,
    at: datetime,
    real_at: datetime,
    told: Callable[[Document], None],
    record: Callable[[PrintOrder], Paper | None],
) -> None:
    is_record = placed.what in RECORDS
    paper = _recorded(placed, record) if is_record else _composed(placed)
    if not _reached(placed, 2):
        return
    told(placed.revision.document)
    if placed.form == PrintOrder.Form.DOCX:
        made = SetPages(docx_of(paper), None)
    else:
        made = pdf_of(paper, words_of(paper) if is_record else bytes(placed.revision.canonical))
    if _reached(placed, 3):
        _kept(placed, made, at=at, real_at=real_at)


def _recorded(placed: PrintOrder, record: Callable[[PrintOrder], Paper | None]) -> Paper:
    """Compose a record anew; words that were added since the order make it another print."""
    paper = record(placed)
    if paper is None or _record_from(paper, placed.what, placed.form) != placed.made_from:
        raise NotPrinted(PrintOrder.Why.CHANGED)
    return paper


def _composed(placed: PrintOrder) -> Paper:
    """Compose the paper anew; facts that changed since the order make it another print."""
    revision, document = placed.revision, placed.revision.document
    form = PrintOrder.Form(placed.form)
    if _made_from(document, revision, form, placed.ribbon, placed.mark) != placed.made_from:
        raise NotPrinted(PrintOrder.Why.CHANGED)
    return compose(
        papers.content_of(revision),
        papers.facts_shown(document, revision),
        header=document.office.header_lines,
        author=document.office.authority_name,
        signature_words=CONFIRMED,
        ribbon=placed.ribbon,
        mark=placed.mark,
        urgency=document.urgency_words,
        saved_on=local_day(revision.saved_at),
    )


def _reached(placed: PrintOrder, phase: int) -> bool:
    """Note the phase; False where the order was cancelled meanwhile."""
    running = PrintOrder.objects.filter(pk=placed.pk, state=PrintOrder.State.RUNNING)
    return bool(running.update(phase=phase))


def _kept(placed: PrintOrder, made: SetPages, *, at: datetime, real_at: datetime) -> None:
    sha256 = files.store(made.data)
    with transaction.atomic():
        running = PrintOrder.objects.select_for_update().filter(
            pk=placed.pk, state=PrintOrder.State.RUNNING
        )
        if not running.exists():
            return
        rendition, _is_new = Rendition.objects.get_or_create(
            made_from=placed.made_from,
            defaults={
                "revision": placed.revision,
                "sort": SORTS[PrintOrder.What(placed.what)],
                "media_type": MEDIA_TYPES[PrintOrder.Form(placed.form)],
                "sha256": sha256,
                "size": len(made.data),
                "pages": made.pages,
                "made_at": at,
            },
        )
        running.update(
            state=PrintOrder.State.READY, rendition=rendition, phase=PHASES, changed_at=real_at
        )


def _failed(placed: PrintOrder, why: PrintOrder.Why, *, real_at: datetime) -> bool:
    running = PrintOrder.objects.filter(pk=placed.pk, state=PrintOrder.State.RUNNING)
    return bool(running.update(state=PrintOrder.State.FAILED, why=why, changed_at=real_at))
