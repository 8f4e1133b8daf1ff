"""The clock as a process of its own, for installations with several serving processes."""

from __future__ import annotations

import logging
import signal
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connections
from django.utils.translation import gettext as _

from offices import clock as office_clock
from workflows import clock

TICK_SECONDS = 20
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
    except Exception:
        logger.exception("The clock's tick failed; it is tried again in %d s.", TICK_SECONDS)


class Command(BaseCommand):
    """`manage.py worker`: ticks until it is stopped; several may run, one at a time works."""

    help = f"End rounds whose time is up and note effects that begin, every {TICK_SECONDS} s."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to stop after one tick."""
        parser.add_argument("--once", action="store_true", help="tick once and end (for cron)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Tick once and end, with an error where it failed; else tick, wait, tick."""
        if options["once"]:
            tick_once()
            return
        with told_to_stop() as stop:
            while not stop.is_set():
                tick_or_log()
                stop.wait(TICK_SECONDS)
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
