"""ASGI entry: pages over HTTP, announcements over websockets, and the server's own start and stop.

A websocket is opened only from a page of one of our own hosts, by the person signed in there.
"""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING, Any

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# The apps must be ready before anything that reads models is imported.
pages = get_asgi_application()

from channels.auth import AuthMiddlewareStack  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from channels.security.websocket import AllowedHostsOriginValidator  # noqa: E402

from workflows import live  # noqa: E402
from workflows.routing import websocket_urlpatterns  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


async def lifespan(
    scope: dict[str, Any],
    receive: Callable[[], Awaitable[dict[str, Any]]],
    send: Callable[[dict[str, Any]], Awaitable[None]],
) -> None:
    """Answer the server's start and stop, and let announcements know the loop they are sent on."""
    while True:
        message = await receive()
        live.server_loop = (
            asyncio.get_running_loop() if message["type"] == "lifespan.startup" else None
        )
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


application = ProtocolTypeRouter(
    {
        "http": pages,
        "websocket": AllowedHostsOriginValidator(
            AuthMiddlewareStack(URLRouter(websocket_urlpatterns))
        ),
        "lifespan": lifespan,
    }
)
