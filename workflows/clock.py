"""The clock's tick: rounds whose time is up, effects that begin today, files nobody names.

The lease keeps two processes from ticking at once; what each tick does is safe to repeat anyway,
because every piece re-checks its own row under its own lock.
"""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.db.models import Q
from django_tasks_db.models import DBTaskResult

from documents.effects import EffectKind
from documents.models import Effect, EffectStart
from documents.services import printing, storing
from documents.services.recording import record_on
from offices.dates import local_day, vn_date
from offices.parties import CLOCK
from workflows import live
from workflows.models import Lease, ReviewRound
from workflows.services.objectives import lift_results
from workflows.services.reviewing import expire_round

logger = logging.getLogger(__name__)

LEASE = "tick"
LEASE_LASTS = timedelta(seconds=60)
MOST_AT_ONCE = 500
# What a worker has done stays in the queue for whoever looks into a failure.
KEPT_IN_QUEUE = timedelta(days=7)
SWEEP = "sweep"
SWEEP_EVERY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Tick:
    """What one tick did."""

    expired_rounds: int = 0
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
    return Tick(
        expired_rounds=_expire_rounds(at),
        begun_effects=_begin_effects(at),
        lost_prints=_give_up_prints(real_at),
        swept_files=_sweep(real_at),
    )


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


def _sweep(real_at: datetime) -> int:
    """Sweep the store of files once a day; a sweep that failed is logged and left to the next day."""
    due = Lease.objects.filter(name=SWEEP, expires_at__lte=real_at)
    if not due.update(holder=_holder(), expires_at=real_at + SWEEP_EVERY):
        _row, first = Lease.objects.get_or_create(
            name=SWEEP, defaults={"holder": _holder(), "expires_at": real_at + SWEEP_EVERY}
        )
        if not first:
            return 0
    try:
        return storing.sweep_files(now=real_at)
    except Exception:
        logger.exception("The store of files could not be swept.")
        return 0


def _expire_rounds(at: datetime) -> int:
    due = ReviewRound.objects.filter(closed_at__isnull=True, due_at__lte=at).order_by("due_at")
    return sum(_tried(_expire, round, at=at) for round in due[:MOST_AT_ONCE])


def _expire(round: ReviewRound, *, at: datetime) -> bool:
    return expire_round(round=round, key=uuid4(), at=at)


def _tried(act: Callable[..., bool], row: object, *, at: datetime) -> bool:
    """Do one piece of a tick; what fails is logged and must not stop the other pieces."""
    try:
        return act(row, at=at)
    except Exception:
        logger.exception("The clock could not do %s for %r.", act.__name__, row)
        return False


def _give_up_prints(real_at: datetime) -> int:
    """Say of prints whose worker was killed that they were interrupted; forget what is done."""
    DBTaskResult.objects.finished().filter(finished_at__lt=real_at - KEPT_IN_QUEUE).delete()
    lost = printing.give_up_lost(real_at=real_at)
    for placed in lost:
        live.announce_prints(placed.revision.document)
    return len(lost)


def _begin_effects(at: datetime) -> int:
    begun = (
        Effect.objects.filter(valid_from__lte=local_day(at), start__isnull=True)
        .select_related("target__office")
        .order_by("valid_from", "pk")
    )
    return sum(_tried(_begin, effect, at=at) for effect in begun[:MOST_AT_ONCE])


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
