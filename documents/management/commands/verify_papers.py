"""`manage.py verify_papers`: are papers still what was decided, signed and numbered?"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from documents.models import Document
from documents.verification import verify_papers

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from documents.verification import Fault, PaperReport


class Command(BaseCommand):
    """Make every digest anew, name the first papers that do not match, leave with 1 if any."""

    requires_migrations_checks = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Let the work be bounded to one paper."""
        parser.description = _("Recompute the digests of every paper and name those that differ.")
        parser.add_argument(
            "--paper", metavar="REFERENCE", help=_("only the paper of this reference")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify, print, and leave with status 1 when anything at all was found."""
        paper = None
        if options["paper"]:
            paper = Document.objects.filter(reference=options["paper"]).first()
            if paper is None:
                raise CommandError(_("There is no paper with this reference."))
        report = verify_papers(paper)
        for line in _lines(report):
            self.stdout.write(line)
        if not report.is_sound:
            sys.exit(1)


def _lines(report: PaperReport) -> list[str]:
    lines = [
        _("Versions checked: %(revisions)d; numbers checked: %(numbers)d.")
        % {"revisions": report.revision_count, "numbers": report.number_count}
    ]
    if report.fault_count:
        lines.append(_("Faults in all: %(count)d. The first:") % {"count": report.fault_count})
        lines += [f"  {_one(fault)}" for fault in report.faults]
    else:
        lines.append(_("Every content, signature and number agrees with its digest."))
    lines += [
        _("The database lacks the guard %(name)s, which forbids changes.") % {"name": name}
        for name in report.missing_guards
    ]
    return lines


def _one(fault: Fault) -> str:
    return f"{fault.reference}, {fault.what}: {fault.sentence()}"
