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
from django.conf import settings  # noqa: E402

from workflows import live  # noqa: E402
from workflows.routing import websocket_urlpatterns  # noqa: E402
from workflows.views.refusals import too_large  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


def bounded(app: Any, *, most: int) -> Any:
    """Refuse a request's body as soon as it is larger than `most` bytes, before it fills a disk."""

    async def guarded(scope: dict[str, Any], receive: Any, send: Any) -> None:
        headers = dict(scope["headers"])
        said = headers.get(b"content-length", b"0")
        if not said.isdigit() or int(said) > most:
            await _too_large(send, most=most)
            return
        taken = 0

        async def counting() -> dict[str, Any]:
            nonlocal taken
            message: dict[str, Any] = await receive()
            taken += len(message.get("body", b""))
            # Without a length the body is counted; the rest of too large a one is not read.
            return {"type": "http.disconnect"} if taken > most else message

        await app(scope, counting, send)

    return guarded


async def _too_large(send: Any, *, most: int) -> None:
    headers = [(b"content-type", b"text/html; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": too_large(most=most).encode()})


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
        "http": bounded(pages, most=settings.MOST_BYTES_OF_A_REQUEST),
        "websocket": AllowedHostsOriginValidator(
            AuthMiddlewareStack(URLRouter(websocket_urlpatterns))
        ),
        "lifespan": lifespan,
    }
)
