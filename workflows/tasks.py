"""What waits in the queue for a worker: like a command, a task stands at the edge and asks the time."""

from __future__ import annotations

from django_tasks import task

from documents.services import printing
from offices import clock
from workflows import live


@task(queue_name="prints")
def print_paper(order_id: int) -> None:
    """Make one ordered print, and tell the paper's pages how far it is."""
    printing.carry_out(
        order_id, at=clock.now(), real_at=clock.real_now(), told=live.announce_prints
    )
