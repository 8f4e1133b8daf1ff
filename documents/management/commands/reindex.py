"""`manage.py reindex`: make the index of papers what it should be; safe to run and to stop any time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _

from documents.finding import index
from documents.models import Document

if TYPE_CHECKING:
    from argparse import ArgumentParser

# Papers read and written under one lock: some tenths of a second.
BATCH = 50
TOLD_EVERY = 20


class Command(BaseCommand):
    """Writes what is missing or out of date, batch by batch, each in a transaction of its own.

    A run that was stopped has kept what it wrote; `--after` goes on where its last line says.
    """

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer to go on, and to begin with an empty index."""
        parser.description = _("Bring the index of papers to what is stored.")
        parser.add_argument("--after", type=int, default=0, metavar="KEY", help=_("go on after"))
        parser.add_argument("--clear", action="store_true", help=_("empty the index first"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through all papers in the order of their keys."""
        if options["clear"]:
            with transaction.atomic():
                index.clear()
        after, read, written, serial = options["after"], 0, 0, 0
        while True:
            with transaction.atomic():
                batch = list(
                    Document.objects.select_for_update(of=("self",))
                    .select_related("office")
                    .filter(pk__gt=after)
                    .order_by("pk")[:BATCH]
                )
                written += index.rebuild(batch) if batch else 0
            if not batch:
                break
            after, read, serial = batch[-1].pk, read + len(batch), serial + 1
            if serial % TOLD_EVERY == 0:
                self._say(read, written, after)
        self._say(read, written, after)

    def _say(self, read: int, written: int, after: int) -> None:
        self.stdout.write(
            _("Papers read: %(read)d; written: %(written)d; last key: %(after)d.")
            % {"read": read, "written": written, "after": after}
        )
