"""What an installation refuses before any page is asked: bodies too large, weak settings, secrets."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from config.asgi import bounded
from documents.importing.findings import Unreadable
from documents.importing.text import read_text
from tests.source import ROOT


async def app_that_reads(scope, receive, send):
    while (await receive())["type"] != "http.disconnect":
        pass
    await send({"type": "app.gave.up"})


async def sent_to(headers, messages):
    sent = []
    waiting = iter(messages)

    async def receive():
        return next(waiting)

    async def send(message):
        sent.append(message)

    await bounded(app_that_reads, most=10)({"headers": headers}, receive, send)
    return sent


async def test_a_body_that_says_it_is_too_large_is_refused_unread():
    first, body = await sent_to([(b"content-length", b"11")], [])

    assert first["status"] == 413
    page = body["body"].decode()
    assert "quá lớn" in page
    assert '<a class="btn" href="/">Về trang đầu</a>' in page
    assert (b"content-type", b"text/html; charset=utf-8") in first["headers"]


async def test_a_body_without_a_length_is_counted_and_cut_off():
    piece = {"type": "http.request", "body": b"123456", "more_body": True}

    assert await sent_to([], [piece, piece, piece]) == [{"type": "app.gave.up"}]


@pytest.mark.parametrize(
    "mark",
    ["MẬT", "MẬT (bản số 1)", "HỎA TỐC - MẬT", "MẬT - KHẨN", "\u039cẬ\u03a4", "\uff2dẬ\uff34"],
)
def test_a_paper_marked_secret_is_refused_however_the_mark_is_written(mark):
    with pytest.raises(Unreadable) as refused:
        read_text(f"{mark}\n\nQUYẾT ĐỊNH\n\nVề một việc\n", kind="decision")

    assert refused.value.code == "secret"


@pytest.mark.parametrize(
    "weak",
    [
        {"BAN_HANH_SECRET_KEY": "x"},
        {"BAN_HANH_SECRET_KEY": "k" * 60, "BAN_HANH_DEMO": "1"},
        {"BAN_HANH_SECRET_KEY": "k" * 60, "BAN_HANH_DEBUG": "1"},
    ],
)
def test_production_does_not_start_with_weak_settings(weak):
    asked = subprocess.run(
        [sys.executable, "-c", "import config.settings"],
        cwd=ROOT,
        env={**os.environ, "BAN_HANH_PRODUCTION": "1", **weak},
        capture_output=True,
        text=True,
        check=False,
    )

    assert asked.returncode != 0
    assert "BAN_HANH_PRODUCTION=1 needs" in asked.stderr
