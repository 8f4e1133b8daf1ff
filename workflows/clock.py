"""The clock's tick: what is due or late, rounds whose time is up, effects that begin, old files.

Timers are rows, so a restart loses none. The lease keeps two processes from ticking at once; what
each tick does is safe to repeat anyway, because every piece re-checks its own row under its own
lock. A piece that fails becomes a row of its own, is tried again ever more seldom, and stops
neither the others nor the next tick.
"""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.db.models import Q
from django_tasks_db.models import DBTaskResult

from documents.effects import EffectKind
from documents.models import Effect, EffectStart
from documents.services import printing, storing
from documents.services.recording import record_on
from offices import bodies
from offices.dates import local_day, vn_date
from offices.models import Office
from offices.parties import CLOCK
from offices.workhours import is_working_moment
from workflows import live
from workflows.models import Lease, ReviewRound, StuckTimer, TaskDue
from workflows.selectors.alarms import LEASE, LEASE_LASTS
from workflows.services import stuck
from workflows.services.chasing import escalate, remind, remind_round
from workflows.services.objectives import lift_results
from workflows.services.reviewing import expire_round

if TYPE_CHECKING:
    from offices.workdays import WorkCalendar

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 500
# What a worker has done stays in the queue for whoever looks into a failure.
KEPT_IN_QUEUE = timedelta(days=7)
SWEEP = "sweep"
# The sorts of work that may get stuck, as their rows name them.
TICK, EXPIRE, BEGIN = LEASE, "expire_round", "begin_effect"
REMIND, REMIND_ROUND, ESCALATE = "remind", "remind_round", "escalate"
SWEEP_EVERY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Tick:
    """What one tick did."""

    expired_rounds: int = 0
    reminders: int = 0
    told_superiors: int = 0
    begun_effects: int = 0
    lost_prints: int = 0
    swept_files: int = 0


def tick(*, at: datetime, real_at: datetime | None = None) -> Tick:
    """Do what time brings about, if no other process holds the lease.

    `at` is the office's time; `real_at` is the time leases are counted in, which a demonstration
    clock does not turn.
    """
    real_at = real_at or at
    if not _take_lease(real_at):
        return Tick()
    run = Run(at=at, real_at=real_at, stuck=stuck.open_rows())
    done = Tick(
        expired_rounds=_expire_rounds(run),
        reminders=_remind(run) + _remind_rounds(run),
        told_superiors=_escalate(run),
        begun_effects=_begin_effects(run),
        lost_prints=_give_up_prints(real_at),
        swept_files=_sweep(run),
    )
    run.solve(TICK, "")
    return done


def note_failed_tick(error: Exception, *, real_at: datetime) -> None:
    """Keep that a tick as a whole failed, for the page of alarms; solved by the next that does not."""
    stuck.note_failure(TICK, "", error, real_at=real_at)


@dataclass(frozen=True)
class Run:
    """One tick at work: the office's time, the real one, and what was stuck when it began."""

    at: datetime
    real_at: datetime
    stuck: dict[tuple[str, str], StuckTimer]

    @cached_property
    def calendars(self) -> dict[int, WorkCalendar]:
        """The working days of every office; asked only where something is due."""
        return {office.pk: bodies.calendar(office) for office in Office.objects.order_by("pk")}

    @cached_property
    def working_offices(self) -> list[int]:
        """The offices that work at this moment."""
        return [key for key, days in self.calendars.items() if is_working_moment(days, self.at)]

    @cached_property
    def offices_of_the_day(self) -> list[int]:
        """The offices that work on this day, whatever the hour."""
        day = local_day(self.at)
        return [key for key, days in self.calendars.items() if days.is_working_day(day)]

    def tried(
        self, sort: str, cause: object, act: Callable[[], bool], *, case_id: int | None = None
    ) -> bool:
        """Do one piece; what fails is logged, kept as a row, and left alone until it is due again."""
        key = (sort, str(cause))
        held = self.stuck.get(key)
        if held is not None and held.next_at > self.real_at:
            return False
        try:
            done = act()
        except Exception as error:
            logger.exception("The clock could not do %s for %s.", *key)
            stuck.note_failure(*key, error, real_at=self.real_at, case_id=case_id)
            return False
        self.solve(*key)
        return done

    def solve(self, sort: str, cause: str) -> None:
        """Note that what was stuck is done."""
        held = self.stuck.get((sort, cause))
        if held is not None:
            stuck.note_solved(held, real_at=self.real_at)


def let_go(*, real_at: datetime) -> None:
    """Give the lease up, if this process holds it, so that another need not wait for its end."""
    Lease.objects.filter(name=LEASE, holder=_holder()).update(expires_at=real_at)


def _holder() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"[:100]


def _take_lease(at: datetime) -> bool:
    holder = _holder()
    free = Lease.objects.filter(name=LEASE).filter(Q(expires_at__lt=at) | Q(holder=holder))
    if free.update(holder=holder, expires_at=at + LEASE_LASTS):
        return True
    try:
        with transaction.atomic():
            Lease.objects.create(name=LEASE, holder=holder, expires_at=at + LEASE_LASTS)
    except IntegrityError:
        return False
    return True


def _sweep(run: Run) -> int:
    """Sweep the store of files once a day; a sweep that failed is noted and left to the next day."""
    real_at = run.real_at
    due = Lease.objects.filter(name=SWEEP, expires_at__lte=real_at)
    if not due.update(holder=_holder(), expires_at=real_at + SWEEP_EVERY):
        _row, first = Lease.objects.get_or_create(
            name=SWEEP, defaults={"holder": _holder(), "expires_at": real_at + SWEEP_EVERY}
        )
        if not first:
            return 0
    swept: list[int] = []

    def sweep() -> bool:
        swept.append(storing.sweep_files(now=real_at))
        return True

    run.tried(SWEEP, "", sweep)
    return sum(swept)


def _expire_rounds(run: Run) -> int:
    due = ReviewRound.objects.filter(closed_at__isnull=True, due_at__lte=run.at).order_by("due_at")
    return sum(
        run.tried(EXPIRE, row.pk, partial(_expire, row, at=run.at), case_id=row.case_id)
        for row in _of_offices(due, lambda: run.offices_of_the_day)
    )


def _expire(round: ReviewRound, *, at: datetime) -> bool:
    return expire_round(round=round, key=uuid4(), at=at)


def _remind(run: Run) -> int:
    due = TaskDue.objects.filter(remind_at__lte=run.at).order_by("remind_at")
    return _chase(run, REMIND, due, lambda row: remind(due=row, key=uuid4(), at=run.at))


def _remind_rounds(run: Run) -> int:
    due = ReviewRound.objects.filter(remind_at__lte=run.at).order_by("remind_at")
    return _chase(
        run, REMIND_ROUND, due, lambda row: remind_round(round=row, key=uuid4(), at=run.at)
    )


def _escalate(run: Run) -> int:
    due = TaskDue.objects.filter(escalate_at__lte=run.at).order_by("escalate_at")
    return _chase(run, ESCALATE, due, lambda row: escalate(due=row, key=uuid4(), at=run.at))


def _chase(run: Run, sort: str, due: Any, act: Callable[[Any], bool]) -> int:
    """Tell whom these rows concern, each row by itself; give how many were told of."""
    return sum(
        run.tried(sort, row.pk, partial(act, row), case_id=row.case_id)
        for row in _of_offices(due, lambda: run.working_offices)
    )


def _of_offices(due: Any, office_ids: Callable[[], list[int]]) -> list[Any]:
    """Give the rows of offices that work now, or today; those of the others wait, untouched."""
    if not due.exists():
        return []
    return list(due.filter(case__document__office__in=office_ids())[:MOST_AT_ONCE])


def _give_up_prints(real_at: datetime) -> int:
    """Say of prints whose worker was killed that they were interrupted; forget what is done."""
    DBTaskResult.objects.finished().filter(finished_at__lt=real_at - KEPT_IN_QUEUE).delete()
    lost = printing.give_up_lost(
        real_at=real_at, queue_is_empty=lambda: not DBTaskResult.objects.ready().exists()
    )
    for placed in lost:
        live.announce_prints(placed.revision.document)
    return len(lost)


def _begin_effects(run: Run) -> int:
    begun = (
        Effect.objects.filter(valid_from__lte=local_day(run.at), start__isnull=True)
        .select_related("target__office")
        .order_by("valid_from", "pk")
    )
    return sum(
        run.tried(BEGIN, row.pk, partial(_begin, row, at=run.at)) for row in begun[:MOST_AT_ONCE]
    )


def _begin(effect: Effect, *, at: datetime) -> bool:
    try:
        with transaction.atomic():
            EffectStart.objects.create(effect=effect, noted_at=at)
            operation_id = record_on(
                effect.target,
                "effect.began",
                by=CLOCK,
                at=at,
                details={"what": effect.kind, "valid_from": vn_date(effect.valid_from)},
            )
            if effect.kind == EffectKind.CEASES.value:
                lift_results(
                    document=effect.target,
                    since=effect.valid_from,
                    operation_id=operation_id,
                    by=CLOCK,
                    at=at,
                )
            live.announce_document(effect.target)
    except IntegrityError:
        return False
    return True
