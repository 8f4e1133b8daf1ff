"""`manage.py verify_audit`: does the audit still say what was recorded?"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from audit.leaf import Subject
from audit.verification import verify

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from audit.verification import Finding, Report


class Command(BaseCommand):
    """Recompute every leaf, name the first entry that does not match, leave with 1 if any."""

    requires_migrations_checks = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Let the work be bounded, and the answer be read by a program."""
        parser.description = _(
            "Recompute every audit entry and name the first that does not match."
        )
        parser.add_argument("--latest", type=int, metavar="N", help=_("only the newest N entries"))
        parser.add_argument(
            "--subject",
            nargs=2,
            metavar=("KIND", "KEY"),
            help=_("only the entries of one subject"),
        )
        parser.add_argument("--json", action="store_true", help=_("answer as one JSON object"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify, print, and leave with status 1 when anything at all was found."""
        subject = Subject(*options["subject"]) if options["subject"] else None
        report = verify(latest=options["latest"], subject=subject)
        if options["json"]:
            self.stdout.write(json.dumps(_as_object(report), ensure_ascii=False, indent=2))
        else:
            for line in _lines(report):
                self.stdout.write(line)
        if not report.is_sound:
            sys.exit(1)


def _lines(report: Report) -> list[str]:
    lines = [
        _("Entries checked: %(checked)d; texts erased by a recorded act: %(erased)d.")
        % {"checked": report.checked_count, "erased": report.erased_count}
    ]
    if report.first:
        lines.append(
            _("First entry that does not match: %(entry)s") % {"entry": _one(report.first)}
        )
        lines.append(_("Findings in all: %(count)d.") % {"count": report.finding_count})
        lines += [f"  {_one(finding)}" for finding in report.findings[1:]]
    elif report.checked_count:
        lines.append(_("Every entry matches its leaf, and every readable text its commitment."))
    lines += [
        _("The database lacks the guard %(name)s, which forbids changes.") % {"name": name}
        for name in report.missing_guards
    ]
    return [*lines, report.limits()]


def _one(finding: Finding) -> str:
    return _("no. %(position)d, %(action)s, %(entry)s: %(what)s") % {
        "position": finding.position,
        "action": finding.action or "?",
        "entry": finding.entry or "?",
        "what": finding.sentence(),
    }


def _as_object(report: Report) -> dict[str, object]:
    return {
        "sound": report.is_sound,
        "checked": report.checked_count,
        "erased": report.erased_count,
        "finding_count": report.finding_count,
        "findings": [
            {
                "position": finding.position,
                "entry": str(finding.entry) if finding.entry else None,
                "action": finding.action,
                "flaw": finding.flaw.value,
                "fields": list(finding.fields),
                "sentence": finding.sentence(),
            }
            for finding in report.findings
        ],
        "missing_guards": list(report.missing_guards),
        "not_detectable_yet": report.limits(),
    }
