"""Hold finished cases against their procedures: `manage.py check_conformance [cases.xes]`."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from workflows import bpmn, mining
from workflows.selectors import traces

if TYPE_CHECKING:
    from workflows.mining import Trace


class Command(BaseCommand):
    """Replays each case on its flow class, names every deviation, leaves with 1 if there is any."""

    help = "Replay finished cases on the procedure each ran under; name every deviation."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a log; without one, the finished cases of the database."""
        parser.add_argument("xes", type=Path, nargs="?", help="a log, as export_xes writes it")
        parser.add_argument("--flow", help="the procedure of traces that name none: issuance_v1")

    def handle(self, *args: Any, **options: Any) -> None:
        """Replay trace by trace; nothing is kept of those that held."""
        with _log(options["xes"]) as found:
            many, wrong = self._replay(found, options["flow"] or "")
        self.stdout.write(
            _("Cases replayed: %(many)d; that left their procedure: %(wrong)d.")
            % {"many": many, "wrong": wrong}
        )
        if wrong:
            sys.exit(1)

    def _replay(self, found: Iterable[Trace], without: str) -> tuple[int, int]:
        many = wrong = 0
        for trace in found:
            many += 1
            deviations = mining.deviations(trace, _flow(trace, without))
            wrong += bool(deviations)
            for one in deviations:
                self.stdout.write(f"{one.case} [{one.event + 1}] {one.fault}: {one.sentence}")
        return many, wrong


@contextmanager
def _log(path: Path | None) -> Iterator[Iterable[Trace]]:
    if path is None:
        yield traces.finished()
        return
    try:
        with path.open("rb") as file:
            yield mining.read_log(file)
    except OSError as error:
        raise CommandError(
            _("The log %(file)s could not be read: %(why)s.")
            % {"file": path, "why": error.strerror}
        ) from error
    except mining.UnreadableLog as error:
        raise CommandError(
            _("%(file)s is no log that can be replayed: %(why)s.") % {"file": path, "why": error}
        ) from error


def _flow(trace: Trace, without: str) -> Any:
    name = trace.flow or without
    try:
        return bpmn.procedure(name)
    except KeyError as unknown:
        raise CommandError(
            _("Case %(case)s names the procedure “%(name)s”. There are: %(names)s.")
            % {"case": trace.case, "name": name, "names": ", ".join(sorted(bpmn.procedures()))}
        ) from unknown
