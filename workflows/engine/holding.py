"""Holding a process: the first lock of every act, and the proof that it is had."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from django.db import OperationalError, connection, transaction
from viewflow.workflow.models import Process

from workflows.engine.refusals import Busy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from contextlib import AbstractContextManager

_held: ContextVar[Mapping[int, Process]] = ContextVar(
    "held_processes", default=MappingProxyType({})
)

# PostgreSQL's lock_not_available and deadlock_detected; SQLite's BUSY and LOCKED.
_POSTGRESQL_WAIT_ENDED = frozenset({"55P03", "40P01"})
_SQLITE_WAIT_ENDED = frozenset({5, 6})


class NotHeld(RuntimeError):
    """The engine was called for a process that the caller does not hold: a fault in the code."""


@contextmanager
def hold(process_id: int) -> Iterator[Process]:
    """Hold a process for one act: one statement, which locks and reads its row.

    Opens a transaction where none is open; inside one, the row stays locked until that ends. It
    is the row viewflow's own lock takes. The first of the locks of an act: process, documents
    by key, register, audit. Raises `Busy` when a lock is not had within the database's timeout,
    and `Process.DoesNotExist`.
    """
    try:
        with _transaction():
            # Held already by an outer act: the same object, which knows if that act ended it.
            process = _held.get().get(process_id) or _locked(process_id)
            before = _held.set({**_held.get(), process_id: process})
            try:
                yield process
            finally:
                _held.reset(before)
    except OperationalError as error:
        if is_lock_wait(error):
            raise Busy from error
        raise


def is_lock_wait(error: OperationalError) -> bool:
    """Say whether a database error means that a lock was not had in time."""
    cause = error.__cause__
    return (
        getattr(cause, "sqlstate", None) in _POSTGRESQL_WAIT_ENDED
        or (getattr(cause, "sqlite_errorcode", 0) & 0xFF) in _SQLITE_WAIT_ENDED
    )


def _locked(process_id: int) -> Process:
    return Process.objects.select_for_update().get(pk=process_id)


def _transaction() -> AbstractContextManager[Any]:
    return nullcontext() if connection.in_atomic_block else transaction.atomic()


def require_transaction() -> None:
    """Raise `NotHeld` outside a transaction: half an act must not stay."""
    if not connection.in_atomic_block:
        raise NotHeld("an act happens in one transaction")


def held(process_id: int) -> Process:
    """Give the process as it was read under its lock; raise `NotHeld` where it is not held."""
    require_transaction()
    process = _held.get().get(process_id)
    if process is None:
        raise NotHeld(f"process {process_id} is not held")
    return process
