"""A real server for tests that need one: uvicorn in a thread of this process."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

import uvicorn
from django.test import override_settings


@contextmanager
def serve(*, seconds: float = 10.0) -> Iterator[str]:
    """Serve the product on a free port of this machine; yields its address without a slash."""
    # A browser asks for styles and icons, which a test client does not (conftest.py).
    with override_settings(SERVESTATIC_USE_FINDERS=True):
        application = import_module("config.asgi").application
    config = uvicorn.Config(
        application,
        host="127.0.0.1",
        port=0,
        log_level="warning",
        lifespan="auto",
        # Warnings are errors here, and uvicorn's default protocol is built on a deprecated module.
        ws="websockets-sansio",
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{_port(server, thread, seconds)}"
    finally:
        server.should_exit = True
        thread.join(seconds)
        assert not thread.is_alive(), "the server did not stop"


def _port(server: uvicorn.Server, thread: threading.Thread, seconds: float) -> int:
    until = time.monotonic() + seconds
    while not server.started:
        assert thread.is_alive(), "the server did not start; see its log"
        assert time.monotonic() < until, f"the server had not started after {seconds} s"
        time.sleep(0.02)
    return int(server.servers[0].sockets[0].getsockname()[1])
