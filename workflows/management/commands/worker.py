"""The clock and the queue as a process of their own, where several processes serve."""

from __future__ import annotations

import logging
import signal
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from time import monotonic
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, connections
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from offices import clock as office_clock
from workflows import clock

TICK_SECONDS = 20
# How long an order lies in the queue, at most, before an idle worker looks.
LOOK_SECONDS = 1.0
logger = logging.getLogger(__name__)


def tick_once() -> None:
    """One tick on a connection of its own; raises what stopped it."""
    try:
        clock.tick(at=office_clock.now(), real_at=office_clock.real_now())
    finally:
        connections.close_all()


def tick_or_log() -> None:
    """One tick; what stopped it is logged, and the next one tries again."""
    try:
        tick_once()
    except Exception as error:
        logger.exception("The clock's tick failed; it is tried again in %d s.", TICK_SECONDS)
        _keep_failure(error)


def _keep_failure(error: Exception) -> None:
    """Keep the failure for the page of alarms; where the database is what failed, the log has it."""
    try:
        clock.note_failed_tick(error, real_at=office_clock.real_now())
    except DatabaseError:
        logger.exception("The failed tick could not be noted.")
    finally:
        connections.close_all()


def work_once(stop: Event | None = None) -> int:
    """Do what waits in the queue until nothing does, or until told to stop; gives how much.

    A task that fails is logged by the queue with its traceback and stays there as failed.
    """
    done = 0
    try:
        while DBTaskResult.objects.ready().exists() and not (stop and stop.is_set()):
            _worker().run()
            done += 1
    finally:
        connections.close_all()
    return done


def _worker() -> Worker:
    """A worker of the queue for one task; several processes may have one each."""
    return Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=1,
        worker_id=get_random_string(32),
    )


def work_or_log(stop: Event | None = None) -> None:
    """Do what waits; where the queue itself fails, that is logged and tried again."""
    try:
        work_once(stop)
    except Exception:
        logger.exception("The queue could not be worked off; it is tried again.")


class Command(BaseCommand):
    """`manage.py worker`: works until it is stopped; of several, one ticks and each prints."""

    help = (
        f"End rounds whose time is up and note effects that begin, every {TICK_SECONDS} s; "
        "make the prints that were ordered."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to stop after one round."""
        parser.add_argument(
            "--once", action="store_true", help="tick, do what waits, and end (for cron)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Tick, work and end, with an error where it failed; else again and again."""
        if options["once"]:
            tick_once()
            work_once()
            return
        with told_to_stop() as stop:
            due = 0.0
            while not stop.is_set():
                if monotonic() >= due:
                    tick_or_log()
                    due = monotonic() + TICK_SECONDS
                work_or_log(stop)
                stop.wait(LOOK_SECONDS)
        clock.let_go(real_at=office_clock.real_now())
        self.stdout.write(_("Stopped."))


@contextmanager
def told_to_stop() -> Iterator[Event]:
    """Give an event that SIGTERM or Ctrl-C sets: the tick that runs is finished, none follows."""
    stop = Event()

    def told(number: int, frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, told) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
