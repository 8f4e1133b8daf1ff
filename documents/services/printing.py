"""Prints: ordered in a moment, made outside any request, kept under what they were made from.

A print is no act of the procedure and no fact of the paper: it can be made again from what is
stored, byte for byte. So it has an order and a file, and no entry in the audit.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from documents import files, papers
from documents.exceptions import Conflict, NotPermitted
from documents.lifecycle import Stage
from documents.models import PrintOrder, Rendition
from documents.models.prints import UNDER_WAY
from documents.printing import pdf
from documents.printing.compose import compose
from documents.printing.docx import docx_of
from documents.printing.pdf import NotPrinted, SetPages, pdf_of
from documents.printing.records import words_of
from documents.rendering.html import CONFIRMED
from documents.services.wishes import MEDIA_TYPES, RECORDS, record_made_from, version_made_from
from offices.dates import local_day

if TYPE_CHECKING:
    from documents.models import Document
    from documents.printing.paper import Paper
    from documents.services.wishes import Wish
    from offices.models import User

logger = logging.getLogger(__name__)

# So many prints of one person may be under way; a desk needs one or two.
MOST_UNDER_WAY = 10
# A worker that has not moved for so long is gone: no phase may take half of it.
LOST_AFTER = timedelta(minutes=3)
SORTS = {
    PrintOrder.What.PAPER: Rendition.Sort.PRINT,
    PrintOrder.What.COPY: Rendition.Sort.COPY,
    PrintOrder.What.DRAFT: Rendition.Sort.DRAFT,
    **{record: Rendition.Sort(record.value) for record in RECORDS},
}
PHASES = 3


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


def give_up_lost(*, real_at: datetime, queue_is_empty: Callable[[], bool]) -> list[PrintOrder]:
    """Say of prints whose worker was stopped in the middle that they were interrupted.

    So is one that waits for its turn though nothing is left in the queue: its worker was stopped
    before it began.
    """
    late = PrintOrder.objects.filter(
        state__in=UNDER_WAY, changed_at__lt=real_at - LOST_AFTER
    ).select_related("revision__document")
    lost = [one for one in late if one.state == PrintOrder.State.RUNNING]
    left = [one for one in late if one not in lost]
    if left and queue_is_empty():
        lost += left
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
    if paper is None or record_made_from(paper, placed.what, placed.form) != placed.made_from:
        raise NotPrinted(PrintOrder.Why.CHANGED)
    return paper


def _composed(placed: PrintOrder) -> Paper:
    """Compose the paper anew; facts that changed since the order make it another print."""
    revision, document = placed.revision, placed.revision.document
    form = PrintOrder.Form(placed.form)
    if version_made_from(document, revision, form, placed.ribbon, placed.mark) != placed.made_from:
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
    """Say why an order failed; False where it went on from the state it was seen in."""
    unchanged = PrintOrder.objects.filter(pk=placed.pk, state=placed.state)
    return bool(unchanged.update(state=PrintOrder.State.FAILED, why=why, changed_at=real_at))
