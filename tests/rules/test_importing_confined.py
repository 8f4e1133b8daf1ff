"""Parsers written in C run in a child that is held: in time, in memory, in what it sees and says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from documents.importing import confined, markup, pdf
from documents.importing.confined import Bounds, answer_of
from documents.importing.findings import Unreadable

BOUNDS = Bounds(seconds=5, deadline=20.0, memory=500 * 1024 * 1024, answer=1_000_000)
ENDLESS = """
import sys; sys.path.insert(0, {folder!r})
from {child} import confine
confine(*map(int, sys.argv[1:4]))
while True: pass
"""
TELLING = """
import json, os, sys
json.dump({"told": [dict(os.environ), os.getcwd(), sys.stdin.read(), sys.argv[4:]]}, sys.stdout)
"""
BOASTFUL = """
import sys
sys.stdout.write({said!r})
"""


@pytest.fixture
def script(tmp_path):
    def written(text: str, **filled: str):
        path = tmp_path / "child.py"
        path.write_text(text.format(**filled) if filled else text)
        return path

    return written


def stopped(path, bounds: Bounds = BOUNDS) -> str:
    with pytest.raises(Unreadable) as refused:
        answer_of(path, b"", bounds)
    return refused.value.code


@pytest.mark.parametrize("child", [pdf.CHILD, markup.CHILD], ids=["pdf", "html"])
def test_a_child_that_computes_without_end_is_stopped_by_its_seconds(script, child):
    endless = script(ENDLESS, folder=str(child.parent), child=child.stem)
    assert stopped(endless, replace(BOUNDS, seconds=1)) == "stopped"


def test_a_child_that_sleeps_is_stopped_by_the_clock(script):
    assert (
        stopped(script("import time; time.sleep(60)"), replace(BOUNDS, deadline=0.5)) == "stopped"
    )


@pytest.mark.parametrize("said", ["", "[1, 2", "[1]", "not json"])
def test_an_answer_that_is_no_object_of_json_is_no_answer(script, said):
    assert stopped(script(BOASTFUL, said=said)) == "stopped"


def test_a_child_sees_the_bytes_and_nothing_of_our_surroundings(script, monkeypatch):
    monkeypatch.setenv("BAN_HANH_SECRET_KEY", "khong-duoc-lo")
    environment, folder, given, arguments = answer_of(script(TELLING), b"byte", BOUNDS, 7)["told"]
    assert "BAN_HANH_SECRET_KEY" not in environment
    assert (folder, given, arguments) == ("/", "byte", ["7"])


def test_when_all_places_are_taken_the_next_file_is_asked_to_come_again(script, monkeypatch):
    monkeypatch.setattr(confined, "WAIT", 0.01)
    telling = script(TELLING)
    for _ in range(confined.AT_ONCE):
        assert confined._SLOTS.acquire(blocking=False)
    try:
        assert stopped(telling) == "busy"
    finally:
        for _ in range(confined.AT_ONCE):
            confined._SLOTS.release()
    assert answer_of(telling, b"", BOUNDS)


@pytest.mark.parametrize("child", [pdf.CHILD, markup.CHILD], ids=["pdf", "html"])
def test_the_children_import_nothing_of_the_house(child):
    source = child.read_text(encoding="utf-8")
    assert "import documents" not in source
    assert "from documents" not in source
