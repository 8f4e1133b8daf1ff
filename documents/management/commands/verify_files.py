"""`manage.py verify_files`: is every file that a row names there, with its bytes?"""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from documents.verification import verify_files


class Command(BaseCommand):
    """Hash every kept file, name the first that are missing or damaged, leave with 1 if any."""

    help = "Hold the rows that name files against the files, and name the first that do not match."
    requires_migrations_checks = True

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify, print, and leave with status 1 when a named file is not what it was."""
        report = verify_files()
        self.stdout.write(
            _("Rows checked: %(rows)d; files read: %(files)d; files no row names: %(orphans)d.")
            % {
                "rows": report.row_count,
                "files": report.file_count,
                "orphans": report.orphan_count,
            }
        )
        if report.is_sound:
            self.stdout.write(_("Every file that a row names is there with its bytes."))
            return
        self.stdout.write(_("Faults in all: %(count)d. The first:") % {"count": report.fault_count})
        for fault in report.faults:
            self.stdout.write(f"  {fault.row}, {fault.sha256}: {fault.sentence()}")
        sys.exit(1)
