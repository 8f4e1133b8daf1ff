"""Serve the product from one process: pages, sockets, the clock's tick and the prints."""

from __future__ import annotations

import asyncio
import errno
import re
import socket
from argparse import ArgumentParser
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from html import unescape
from threading import Event
from typing import Any

import uvicorn
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from workflows.management.commands.worker import (
    LOOK_SECONDS,
    TICK_SECONDS,
    tick_or_log,
    work_or_log,
)

PORTS_TO_TRY = 20

# The sign-in page shows the same steps; they are written once, there.
THREE_MINUTES = "parts/three_minutes.html"
STEP = re.compile(r"<li>(.*?)</li>", re.DOTALL)


class Command(BaseCommand):
    """`manage.py serve`: one process for a demonstration or a small office."""

    help = "Serve pages, websockets and the clock from one process."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen, and whether to bring the database up first."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", default="8000")
        parser.add_argument(
            "--set-up", action="store_true", help="migrate, and play the worked example once"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Take the port before anything else, so that a taken one is said at once."""
        listener = listen(options["host"], options["port"])
        with listener:
            if options["set_up"]:
                self._set_up()
            self._welcome(listener)
            with suppress(KeyboardInterrupt):
                asyncio.run(_serve(listener))
        self.stdout.write(_("Stopped. The data stays in %(folder)s.") % {"folder": _data_place()})

    def _set_up(self) -> None:
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0, interactive=False)
        if settings.DEMO:
            call_command("play_example", stdout=self.stdout)

    def _welcome(self, listener: socket.socket) -> None:
        host, port = listener.getsockname()[:2]
        self.stdout.write(
            "\n" + _("Ban Hành is served on %(address)s") % {"address": f"http://{host}:{port}"}
        )
        if settings.DEMO:
            self._say_who_and_what()
        self.stdout.write(_("Stop with Ctrl-C.") + "\n")

    def _say_who_and_what(self) -> None:
        people = get_user_model().objects.order_by("pk").values_list("username", "display_name")
        if not people:
            return
        width = max(len(username) for username, _name in people)
        self.stdout.write(
            "\n"
            + _("Accounts, all with the password %(password)s:")
            % {"password": settings.DEMO_PASSWORD}
        )
        for username, name in people:
            self.stdout.write(f"  {username:<{width}}  {name}")
        self.stdout.write("\n" + _("Three minutes:"))
        steps = STEP.findall(render_to_string(THREE_MINUTES))
        for place, step in enumerate(steps, start=1):
            self.stdout.write(f"  {place}. {unescape(strip_tags(step))}")
        self.stdout.write("")


def _data_place() -> str:
    database = settings.DATABASES["default"]
    return str(database["NAME"]) if "sqlite3" in database["ENGINE"] else str(settings.VAR_DIR)


def listen(host: str, port: str) -> socket.socket:
    """Listen on the port; a port that cannot be had is a `CommandError` that says what to do."""
    if not (port.isdecimal() and 0 < int(port) < 65536):
        raise _refused(
            gettext_noop(
                "“%(port)s” is no port; choose a number from 1 to 65535, for example: PORT=8001 make run"
            ),
            port=port,
        )
    try:
        return socket.create_server((host, int(port)))
    except PermissionError as error:
        raise _refused(
            gettext_noop(
                "Port %(port)s is reserved for the system. Choose another: PORT=%(other)s make run"
            ),
            port=port,
            other=_other(host, 8000),
        ) from error
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise _refused(
                gettext_noop("Cannot listen on %(host)s: %(reason)s"),
                host=host,
                reason=error.strerror or str(error),
            ) from error
        raise _refused(
            gettext_noop(
                "Port %(port)s is taken by another program. Choose another: PORT=%(other)s make run"
            ),
            port=port,
            other=_other(host, int(port) + 1),
        ) from error


def _other(host: str, first: int) -> int:
    """The next port that is free now; only advice, so it may be taken again a moment later."""
    for port in range(first, min(first + PORTS_TO_TRY, 65536)):
        with suppress(OSError), socket.create_server((host, port)):
            return port
    return first


def _refused(sentence: str, **values: object) -> CommandError:
    """The sentence in Vietnamese and in English: who starts the server may read either."""
    return CommandError(f"{_(sentence) % values}\n{sentence % values}")


async def _serve(listener: socket.socket) -> None:
    config = uvicorn.Config(
        import_string(settings.ASGI_APPLICATION), log_level="warning", access_log=False
    )
    stop = Event()
    beside = [
        asyncio.create_task(_again(tick_or_log, TICK_SECONDS)),
        asyncio.create_task(_again(partial(work_or_log, stop), LOOK_SECONDS)),
    ]
    try:
        await uvicorn.Server(config).serve(sockets=[listener])
    finally:
        stop.set()
        for one in beside:
            one.cancel()
        await asyncio.gather(*beside, return_exceptions=True)


async def _again(act: Callable[[], None], seconds: float) -> None:
    """Do it in a thread, wait, do it again, until cancelled."""
    while True:
        await asyncio.to_thread(act)
        await asyncio.sleep(seconds)
