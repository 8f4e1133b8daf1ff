"""What waits in the queue for a worker: like a command, a task stands at the edge and asks the time."""

from __future__ import annotations

from django.db import transaction
from django_tasks import task

from documents.models import Revision
from documents.services import printing, wishes
from offices import clock
from offices.models import User
from workflows import live
from workflows.selectors import printed


@task(queue_name="prints")
def print_paper(order_id: int) -> None:
    """Make one ordered print, and tell the paper's pages how far it is."""
    printing.carry_out(
        order_id,
        at=clock.now(),
        real_at=clock.real_now(),
        told=live.announce_prints,
        record=printed.paper_of,
    )


@task(queue_name="prints")
def print_issued(revision_id: int, issued_by: int) -> None:
    """Order the PDF of a paper that was just issued, unless somebody was faster."""
    revision = Revision.objects.select_related("document__office", "signature").get(pk=revision_id)
    wish = wishes.of_issued(revision.document, revision)
    by, at, real_at = User.objects.get(pk=issued_by), clock.now(), clock.real_now()
    with transaction.atomic():
        placed = printing.order(wish=wish, by=by, at=at, real_at=real_at, unasked=True)
        if placed is not None:
            print_paper.enqueue(placed.pk)
            live.announce_prints(revision.document)
