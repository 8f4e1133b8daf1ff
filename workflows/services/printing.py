"""Ordering and cancelling prints: the order and its place in the queue are one commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from documents.services import printing
from workflows import live, tasks

if TYPE_CHECKING:
    from datetime import datetime

    from documents.models import Document, PrintOrder, Revision
    from documents.services.wishes import Wish
    from offices.models import User


def order_print(
    *, document: Document, wish: Wish, by: User, at: datetime, real_at: datetime
) -> None:
    """Order a print and put it into the queue; what is ready or under way is left as it is.

    Whoever may read the paper may order its prints: the caller has asked that.
    """
    with transaction.atomic():
        placed = printing.order(wish=wish, by=by, at=at, real_at=real_at)
        if placed is not None:
            tasks.print_paper.enqueue(placed.pk)
            live.announce_prints(document)


def print_when_issued(revision: Revision, *, by: User) -> None:
    """Have the issued paper's PDF made once the act is committed, by a worker.

    It waits in the queue alone: nothing of it is done under the act's lock, and what goes wrong
    with it is logged and leaves the act as it is. A reader can order the same print any time.
    """
    revision_id, issued_by = revision.pk, by.pk
    transaction.on_commit(lambda: tasks.print_issued.enqueue(revision_id, issued_by), robust=True)


def cancel_print(*, document: Document, placed: PrintOrder, by: User, real_at: datetime) -> None:
    """Cancel a print that its orderer no longer wants."""
    with transaction.atomic():
        printing.cancel(placed=placed, by=by, real_at=real_at)
        live.announce_prints(document)
