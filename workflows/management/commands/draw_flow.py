"""Draw a procedure from its class: `manage.py draw_flow issuance_v1 --output issuance.bpmn`."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from workflows import bpmn
from workflows.views.procedures import FORMATS


class Command(BaseCommand):
    """`manage.py draw_flow NAME --format bpmn|svg --output FILE`: the diagram of a released flow."""

    help = "Write the diagram of a procedure: BPMN 2.0, or SVG to look at."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the procedure, the format and the file; without a file, standard output."""
        parser.add_argument("name", help="the module of the flow, such as issuance_v1")
        parser.add_argument("--format", choices=sorted(FORMATS), default="bpmn")
        parser.add_argument("--output", type=Path, help="the file to write")

    def handle(self, *args: Any, **options: Any) -> None:
        """Draw it; a name that is no procedure is refused with those there are."""
        try:
            flow_class = bpmn.procedure(options["name"])
        except KeyError as unknown:
            raise CommandError(
                _("There is no procedure “%(name)s”. There are: %(names)s.")
                % {"name": options["name"], "names": ", ".join(sorted(bpmn.procedures()))}
            ) from unknown
        write, _media_type = FORMATS[options["format"]]
        data = write(bpmn.drawn(bpmn.read(flow_class)))
        if options["output"] is None:
            self.stdout.write(data.decode("utf-8"), ending="")
            return
        try:
            options["output"].write_bytes(data)
        except OSError as error:
            raise CommandError(
                _("The diagram could not be written to %(file)s: %(why)s.")
                % {"file": options["output"], "why": error.strerror}
            ) from error
