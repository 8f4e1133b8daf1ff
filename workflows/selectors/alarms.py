"""What the clock does, and what it could not do: for whoever watches over it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django_tasks_db.models import DBTaskResult

from documents.models import Effect
from offices.dates import local_day
from workflows.models import Confirmation, Lease, ReviewRound, StuckTimer, TaskDue
from workflows.selectors import confirmations

if TYPE_CHECKING:
    from collections.abc import Collection

LEASE = "tick"
# A lease is taken for so long at every tick.
LEASE_LASTS = timedelta(seconds=60)
# A clock that has not ticked for so long has stopped; what is due so long is not merely next.
SILENT_AFTER = timedelta(minutes=2)
MOST_SHOWN = 100
FAILED_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock itself: when it ticked last, in which process, and whether it has stopped."""

    ticked_at: datetime | None
    holder: str
    stopped: bool


@dataclass(frozen=True, slots=True)
class Undone:
    """One sort of work that was due a while ago and is not done: how much, since when."""

    sort: str
    number: int
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Alarms:
    """Everything the page of alarms shows."""

    clock: Clock
    stuck: tuple[StuckTimer, ...]
    undone: tuple[Undone, ...]
    waiting_prints: int
    failed_prints: tuple[Any, ...]
    # Papers that went first and are not settled in time.
    unconfirmed: tuple[Confirmation, ...] = ()

    @property
    def quiet(self) -> bool:
        """Whether there is nothing to look after."""
        return not (
            self.clock.stopped
            or self.stuck
            or self.undone
            or self.failed_prints
            or self.unconfirmed
        )


def count() -> int:
    """Count what is stuck now; one query."""
    return StuckTimer.objects.filter(solved_at__isnull=True).count()


def of_offices(office_ids: Collection[int], *, at: datetime, real_at: datetime) -> Alarms:
    """Gather the alarms for those who watch these offices; ten queries.

    `at` is the office's time, in which work is due, `real_at` the real one, in which it ticks.
    Pieces that belong to no case concern everybody.
    """
    stuck = StuckTimer.objects.filter(solved_at__isnull=True).select_related("case__document")
    theirs = [
        row
        for row in stuck.order_by("-last_at")[:MOST_SHOWN]
        if row.case is None or row.case.document.office_id in office_ids
    ]
    finished = DBTaskResult.objects.failed().filter(finished_at__gte=real_at - FAILED_FOR)
    return Alarms(
        clock=clock(real_at=real_at),
        stuck=tuple(theirs),
        undone=tuple(one for one in _undone(office_ids, at) if one.number),
        waiting_prints=DBTaskResult.objects.ready().count(),
        failed_prints=tuple(finished.order_by("-finished_at")[:MOST_SHOWN]),
        unconfirmed=tuple(confirmations.overdue(office_ids, at=at)[:MOST_SHOWN]),
    )


def clock(*, real_at: datetime) -> Clock:
    """Tell when the clock ticked last; its lease says so."""
    lease = Lease.objects.filter(name=LEASE).first()
    if lease is None:
        return Clock(None, "", stopped=True)
    ticked_at = lease.expires_at - LEASE_LASTS
    return Clock(ticked_at, lease.holder, stopped=real_at - ticked_at > SILENT_AFTER)


def _undone(office_ids: Collection[int], at: datetime) -> list[Undone]:
    long_ago = at - SILENT_AFTER
    rounds = ReviewRound.objects.filter(
        closed_at__isnull=True, due_at__lte=long_ago, case__document__office__in=office_ids
    )
    effects = Effect.objects.filter(valid_from__lt=local_day(at), start__isnull=True)
    dues = TaskDue.objects.filter(case__document__office__in=office_ids, case__ended_at=None)
    late = dues.filter(due_at__lte=long_ago, escalate_at__lte=long_ago)
    return [
        Undone("expire_round", rounds.count(), _first(rounds, "due_at")),
        Undone("begin_effect", effects.count(), None),
        Undone("escalate", late.count(), _first(late, "escalate_at")),
    ]


def _first(rows: Any, column: str) -> datetime | None:
    found: datetime | None = rows.order_by(column).values_list(column, flat=True).first()
    return found
