"""Before a deploy: do the stored cases fit the flows of this code? `manage.py check_flows`."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS
from django.utils.translation import gettext as _

from offices import clock
from offices.dates import local_day
from workflows.checks import lost_references
from workflows.flows.versions import VERSIONS, begins_under
from workflows.selectors import foresight

if TYPE_CHECKING:
    from workflows.checks import Lost


class Command(BaseCommand):
    """Refuses, with 1, stored names that do not resolve and running cases that would go astray.

    Reads only. With `--dry-run` it says of every running case what would happen to it.
    """

    help = "Check that stored cases fit the flow classes of this code; run it before a deploy."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether each case is told, or only those that are amiss."""
        parser.add_argument(
            "--dry-run", action="store_true", help="say of every running case what would happen"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Names first: a case whose step does not resolve cannot be read at all."""
        lost = lost_references(DEFAULT_DB_ALIAS)
        for one in lost:
            self.stdout.write(_told(one))
        if lost:
            raise CommandError(
                _(
                    "Stored steps that this code does not have: %(many)d. Do not deploy it: put the "
                    "class or the step back under its old name."
                )
                % {"many": len(lost)}
            )
        self.stdout.write(_("Every stored flow and step is in this code."))
        newest = {
            name: begins_under(name, on=local_day(clock.now())).__module__.rpartition(".")[2]
            for name in VERSIONS
        }
        for name, flow in newest.items():
            self.stdout.write(
                _("New cases of %(name)s begin under %(flow)s.") % {"name": name, "flow": flow}
            )
        self._foresee(set(newest.values()), tell_all=options["dry_run"])

    def _foresee(self, newest: set[str], *, tell_all: bool) -> None:
        many = older = amiss = 0
        for one in foresight.live():
            many += 1
            flow = one.flow_class.__module__.rpartition(".")[2] if one.flow_class else "—"
            older += flow not in newest
            amiss += bool(one.amiss)
            if tell_all or one.amiss:
                self.stdout.write(
                    _("%(case)s (%(flow)s) waits at “%(step)s”; then: %(ways)s.")
                    % {
                        "case": one.case,
                        "flow": flow,
                        "step": one.waits,
                        "ways": "; ".join(one.ways),
                    }
                )
            for sentence in one.amiss:
                self.stdout.write(f"  ! {sentence}")
        self.stdout.write(
            _("Running cases: %(many)d; under an older version, to their end: %(older)d.")
            % {"many": many, "older": older}
        )
        if amiss:
            raise CommandError(
                _(
                    "Running cases that do not fit this code: %(many)d. Do not deploy it: write a new "
                    "version of the flow beside the old one."
                )
                % {"many": amiss}
            )


def _told(lost: Lost) -> str:
    return _("%(name)s is not in this code; running: %(live)s; ended: %(ended)s.") % {
        "name": lost.name,
        "live": ", ".join(lost.live) or "—",
        "ended": ", ".join(lost.ended) or "—",
    }
