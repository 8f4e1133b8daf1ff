"""The commands a newcomer types answer with a sentence, not with a traceback."""

from __future__ import annotations

import ast
import runpy
import socket
import subprocess
import sys

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.source import ROOT
from workflows.management.commands import serve, worker

PREPARE = ROOT / "tools" / "prepare.py"


def test_help_lists_every_command_of_the_makefile():
    said = subprocess.run(
        ["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    targets = [
        line.removeprefix(".PHONY: ").strip()
        for line in (ROOT / "Makefile").read_text(encoding="utf-8").splitlines()
        if line.startswith(".PHONY: ")
    ]
    assert {"run", "test", "check", "fix", "lock", "verify"} <= set(targets)
    assert [target for target in targets if f"make {target} " not in said] == []


def test_an_old_python_can_read_the_script_that_refuses_it():
    ast.parse(PREPARE.read_text(encoding="utf-8"), feature_version=(3, 4))


@pytest.fixture
def prepare(monkeypatch, tmp_path):
    """The script's functions, working on a folder of this test's own."""
    script = runpy.run_path(str(PREPARE))["prepare"].__globals__
    (tmp_path / "requirements").mkdir()
    for name in ("requirements.txt", "requirements/development.txt"):
        (tmp_path / name).write_text("one==1\n", encoding="utf-8")
    monkeypatch.setitem(script, "ROOT", str(tmp_path))
    monkeypatch.setitem(script, "VENV", str(tmp_path / ".venv"))
    monkeypatch.setitem(script, "VENV_PYTHON", str(tmp_path / ".venv" / "bin" / "python"))
    return script


def test_a_python_too_old_is_refused_with_what_to_do(prepare, monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    monkeypatch.setitem(prepare, "newer_python", lambda: None)
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer, and .* is Python 3\.9"):
        prepare["with_new_enough_python"]()


def test_what_is_installed_is_remembered_until_the_pins_change(prepare, monkeypatch, tmp_path):
    installed = []

    def make(uv):
        (tmp_path / ".venv" / "bin").mkdir(parents=True)
        (tmp_path / ".venv" / "bin" / "python").symlink_to(sys.executable)

    monkeypatch.setitem(prepare, "make_venv", make)
    monkeypatch.setitem(prepare, "install", lambda uv, files: installed.append(list(files)))

    prepare["prepare"]("runtime")
    prepare["prepare"]("runtime")
    assert installed == [["requirements.txt"]]

    prepare["prepare"]("development")
    prepare["prepare"]("development")
    prepare["prepare"]("runtime")
    assert installed[1:] == [["requirements.txt", "requirements/development.txt"]]

    (tmp_path / "requirements.txt").write_text("one==2\n", encoding="utf-8")
    prepare["prepare"]("runtime")
    assert installed[2:] == [["requirements.txt"]]
    prepare["prepare"]("development")
    assert len(installed) == 4
    assert (tmp_path / "var").is_dir()


def test_an_installation_that_failed_is_not_remembered(prepare, monkeypatch, tmp_path):
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").symlink_to(sys.executable)
    monkeypatch.setitem(prepare, "install", lambda uv, files: prepare["stop"]("failed"))
    with pytest.raises(SystemExit):
        prepare["prepare"]("runtime")
    assert not prepare["is_ready"]("runtime")


def test_every_pinned_package_is_checked_against_hashes():
    for name in ("requirements.txt", "requirements/development.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        pins = [
            line for line in text.splitlines() if "==" in line and not line.startswith((" ", "#"))
        ]
        assert len(pins) > 20
        assert all(line.endswith("\\") for line in pins), "a pin without a hash"
        assert "://" not in text, "the pins name no host"


def test_a_taken_port_is_said_in_both_languages_with_a_free_one():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(CommandError) as refused:
            serve.listen("127.0.0.1", str(port))
    vietnamese, english = str(refused.value).splitlines()
    assert f"Cổng {port} đang có chương trình khác dùng" in vietnamese
    assert f"Port {port} is taken" in english
    assert "PORT=" in vietnamese
    assert "make run" in english


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", ""])
def test_a_port_that_is_none_is_refused(port):
    with pytest.raises(CommandError, match="1 đến 65535"):
        serve.listen("127.0.0.1", port)


def test_an_address_of_another_machine_is_refused():
    with pytest.raises(CommandError, match=r"192\.0\.2\.1"):
        serve.listen("192.0.2.1", "8000")


def test_the_worker_logs_a_tick_that_fails_and_goes_on(committed_db, monkeypatch, caplog):
    monkeypatch.setattr(worker.clock, "tick", _fails)
    worker.tick_or_log()
    assert "The clock's tick failed" in caplog.text
    with pytest.raises(ZeroDivisionError):
        call_command("worker", once=True)


def _fails(**_options):
    raise ZeroDivisionError


def test_the_gate_is_sound_shell():
    subprocess.run(["bash", "-n", str(ROOT / ".ci" / "run")], check=True)
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111
