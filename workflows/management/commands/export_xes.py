"""Give the finished cases to a mining tool: `manage.py export_xes --output cases.xes`."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from offices.dates import ZONE
from workflows import mining
from workflows.selectors import traces


class Command(BaseCommand):
    """`manage.py export_xes --output FILE [--from DAY] [--until DAY]`: finished cases as XES."""

    help = "Write the finished cases as an event log (IEEE 1849 XES); posts, never names."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, and the first and the last day on which a case ended."""
        parser.add_argument("--output", type=Path, required=True, help="the file to write")
        for name in ("--from", "--until"):
            parser.add_argument(name, type=date.fromisoformat, help="YYYY-MM-DD, inclusive")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write beside the file first, so that a run that fails leaves the old one whole."""
        since, last = options["from"], options["until"]
        if since and last and last < since:
            raise CommandError(_("The last day lies before the first. Change --from or --until."))
        found = traces.finished(
            since=_begin(since) if since else None,
            until=_begin(last + timedelta(days=1)) if last else None,
        )
        output: Path = options["output"]
        unfinished = output.with_name(output.name + ".part")
        try:
            with unfinished.open("wb") as file:
                many = mining.write_log(found, file)
            unfinished.replace(output)
        except OSError as error:
            unfinished.unlink(missing_ok=True)
            raise CommandError(
                _("The log could not be written to %(file)s: %(why)s.")
                % {"file": output, "why": error.strerror}
            ) from error
        self.stdout.write(
            _("Cases written: %(many)d, to %(file)s.") % {"many": many, "file": output}
        )


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=ZONE)
