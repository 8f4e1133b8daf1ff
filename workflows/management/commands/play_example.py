"""Play the worked example once: an office, its people, and the history of twelve papers."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from offices import services as offices
from offices.models import Office
from offices.parties import INSTALLATION
from workflows import clock
from workflows.example.acts import moment
from workflows.example.office import BEGINS, FACTS, found
from workflows.example.story import NOW, scenes


class Command(BaseCommand):
    """`manage.py play_example`: everything through the use cases, all of it or nothing."""

    help = "Play the worked example into an empty database."

    def handle(self, *args: Any, **options: Any) -> None:
        """Play in one transaction, so that a run that is killed leaves nothing half played."""
        if not settings.DEMO or settings.PRODUCTION:
            raise CommandError(_("The worked example is played in a demonstration only."))
        if Office.objects.filter(key=FACTS.key).exists():
            self.stdout.write(_("The worked example has been played already."))
            return
        if Office.objects.exists():
            raise CommandError(_("The database holds another office; the example needs its own."))
        with transaction.atomic():
            self._play()

    def _play(self) -> None:
        at = moment(BEGINS.isoformat(), "08:00")
        self._say(at.strftime("%d/%m/%Y"), _("the office, its departments, posts and accounts"))
        cast = found(password=settings.DEMO_PASSWORD, at=at)
        story = scenes(cast, password=settings.DEMO_PASSWORD)
        for scene in story:
            scene.play()
            self._say(scene.at.strftime("%d/%m/%Y %H:%M"), scene.words)
        offices.set_demo_clock(to=NOW, by=INSTALLATION, at=NOW)
        clock.tick(at=NOW)
        self._say(NOW.strftime("%d/%m/%Y %H:%M"), _("the clock stands here"))

    def _say(self, when: str, words: str) -> None:
        self.stdout.write(f"  {when:<16}  {words}")
