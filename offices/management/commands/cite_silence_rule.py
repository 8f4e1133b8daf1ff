"""`manage.py cite_silence_rule`: by which clause of the working regulation silence agrees."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from offices import clock, services
from offices.exceptions import Refusal
from offices.models import Office
from offices.parties import INSTALLATION


class Command(BaseCommand):
    """Cites the clause from a day on, ends it, or withdraws what has not begun; recorded in the audit."""

    help = "Cite the clause of the working regulation by which silence in a round is agreement."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The office, the day, and the citation or its end."""
        parser.add_argument("office", help="the key of the office, as in its audit")
        parser.add_argument("day", type=date.fromisoformat, help="from this day on: YYYY-MM-DD")
        said = parser.add_mutually_exclusive_group(required=True)
        said.add_argument("--citation", default="", help="the clause and the regulation, in words")
        said.add_argument("--end", action="store_true", help="silence agrees to nothing again")
        said.add_argument(
            "--withdraw", action="store_true", help="the rule that is to begin on that day is off"
        )
        parser.add_argument(
            "--instead", action="store_true", help="in the place of what is to begin on that day"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Cite or end; a refusal is said as one sentence."""
        office = Office.objects.filter(key=options["office"]).first()
        if office is None:
            raise CommandError(f"There is no office with the key {options['office']!r}.")
        given: dict[str, Any] = {"office": office, "by": INSTALLATION, "at": clock.now()}
        try:
            if options["end"]:
                rule = services.end_silence_rule(ends_on=options["day"], **given)
            elif options["withdraw"]:
                rule = services.withdraw_silence_rule(begins_on=options["day"], **given)
            else:
                rule = services.cite_silence_rule(
                    citation=options["citation"],
                    begins_on=options["day"],
                    instead=options["instead"],
                    **given,
                )
        except Refusal as refused:
            raise CommandError(refused.sentence) from refused
        self.stdout.write(f"{office.short_name}: {rule.citation}")
