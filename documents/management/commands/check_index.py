"""`manage.py check_index`: is every paper found by what its readers read? Writes nothing."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from documents.finding import index, store
from documents.models import Document

if TYPE_CHECKING:
    from argparse import ArgumentParser

BATCH = 200
MOST_NAMED = 20


class Command(BaseCommand):
    """Compares every paper with the index, names those that differ, leaves with 1 if any."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what it is for."""
        parser.description = _("Compare the index of papers with what is stored.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read all papers in the order of their keys."""
        after, read = 0, 0
        differing: list[str] = []
        while batch := list(
            Document.objects.select_related("office").filter(pk__gt=after).order_by("pk")[:BATCH]
        ):
            after, read = batch[-1].pk, read + len(batch)
            entries, _places = index.differing(batch)
            differing += [entry.row.document.reference for entry in entries]
        whole = store.sound(read)
        self.stdout.write(
            _("Papers compared: %(read)d; out of date in the index: %(count)d.")
            % {"read": read, "count": len(differing)}
        )
        for reference in differing[:MOST_NAMED]:
            self.stdout.write(f"  {reference}")
        if not whole:
            self.stdout.write(_("The index is damaged: run manage.py reindex --clear."))
        elif differing:
            self.stdout.write(_("Run manage.py reindex."))
        if differing or not whole:
            sys.exit(1)
