"""A newcomer types one command, opens a browser, stops it, and comes back to what was there."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.source import ROOT

# The house has a database of its own, a file, whichever the suite runs on.
pytestmark = pytest.mark.once

SECONDS_TO_SET_UP, SECONDS_TO_START, SECONDS_TO_STOP = 180, 30, 15


# Nobody is signed in: the first page is the reading room, which leads here.
SIGN_IN = "/vao/"


class House:
    """The product as `make run` starts it, over a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.database = folder / "house.sqlite3"
        self.log = folder / "said.txt"
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith("BAN_HANH_")
        } | {"BAN_HANH_VAR": str(folder), "BAN_HANH_DATABASE": f"sqlite:///{self.database}"}

    @contextmanager
    def running(self, *, seconds: float):
        """Serve it until the block ends, then stop it as Ctrl-C does."""
        with closing(socket.create_server(("127.0.0.1", 0))) as free:
            port = free.getsockname()[1]
        command = [sys.executable, "manage.py", "serve", "--set-up", "--port", str(port)]
        with self.log.open("w") as log:
            process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=subprocess.STDOUT
            )
        try:
            address = f"http://127.0.0.1:{port}"
            self.wait_for(address, process, seconds)
            yield address
        finally:
            process.send_signal(signal.SIGINT)
            assert process.wait(SECONDS_TO_STOP) == 0, self.said()

    def wait_for(self, address: str, process: subprocess.Popen[bytes], seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            assert process.poll() is None, self.said()
            # The port answers nobody before the way was shown.
            if "Ctrl-C" in self.said():
                assert page(address)
                return
            time.sleep(0.1)
        raise AssertionError(f"no page after {seconds} s:\n{self.said()}")

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def entries(self) -> int:
        with closing(sqlite3.connect(self.database)) as database:
            return database.execute("SELECT count(*) FROM audit_entry").fetchone()[0]


def page(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as answer:
        return answer.read().decode()


def test_the_first_start_shows_the_way_and_the_second_loses_nothing(tmp_path):
    house = House(tmp_path)

    with house.running(seconds=SECONDS_TO_SET_UP) as address:
        assert f'href="{SIGN_IN}' in page(address)
        first = house.said()
        assert f"Ban Hành đang chạy tại {address}" in first
        assert "Ba phút đi hết một việc" in first
        assert "  1. Phó Chủ tịch kinh tế" in first
        assert "banhanh2024" in first
        assert "Đăng nhập với vai" in page(address + SIGN_IN)
    played = house.entries()
    assert played > 0
    assert "Traceback" not in house.said()
    assert " INFO " not in house.said(), "the way to go scrolls off the screen"

    with house.running(seconds=SECONDS_TO_START) as address:
        assert "Đăng nhập với vai" in page(address + SIGN_IN)
    assert house.entries() == played
    assert len(house.said()) < len(first), "the example was played a second time"
    assert "Traceback" not in house.said()
