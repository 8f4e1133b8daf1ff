"""The only door to viewflow's rows: start, complete, close, take back, withdraw, and reads.

Below the use cases and blind to people: it asks no policy, reads no clock, opens no page. Every
act holds its process first, names its task, and writes the one time it is given; times are aware.
An act is `with hold(case_id): task = open_task(…); …; complete(task, …)` in one transaction.

Refusals here say that something was done, not by whom: only the use case knows whether the
reader may learn it, and finds who and when on `StepDone.task`.
"""

from workflows.engine.acts import (
    Answer,
    close_round,
    complete,
    complete_instance,
    excuse_instance,
    open_task,
    reassign_instance,
    start,
    take_back,
    withdraw,
)
from workflows.engine.holding import NotHeld, hold, is_lock_wait
from workflows.engine.reads import (
    find,
    is_open,
    open_instances,
    open_tasks,
    passages,
    round_of,
    sent_by,
    trail,
    trails,
    waiting,
    waits,
    waits_at,
)
from workflows.engine.refusals import Busy, NothingToTakeBack, NotThisTask, StepDone
from workflows.nodes import OrphanedTask

__all__ = [
    "Answer",
    "Busy",
    "NotHeld",
    "NotThisTask",
    "NothingToTakeBack",
    "OrphanedTask",
    "StepDone",
    "close_round",
    "complete",
    "complete_instance",
    "excuse_instance",
    "find",
    "hold",
    "is_lock_wait",
    "is_open",
    "open_instances",
    "open_task",
    "open_tasks",
    "passages",
    "reassign_instance",
    "round_of",
    "sent_by",
    "start",
    "take_back",
    "trail",
    "trails",
    "waiting",
    "waits",
    "waits_at",
    "withdraw",
]
