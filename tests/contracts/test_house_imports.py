"""The layers of the house hold, and a stray module would be seen."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.source import APPS, ROOT

LINT = str(Path(sys.executable).with_name("lint-imports"))


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINT, "--no-cache"],
        cwd=folder, capture_output=True, text=True, check=False, timeout=120,
        env={"PATH": "/usr/bin:/bin", "COLUMNS": "200", "LC_ALL": "C.UTF-8"},
    )  # fmt: skip


def test_every_app_looks_down_only():
    answer = lint(ROOT)
    assert answer.returncode == 0, answer.stdout


def test_the_contracts_have_no_exceptions():
    configured = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = configured["tool"]["importlinter"]["contracts"]
    assert [contract["id"] for contract in contracts if "ignore_imports" in contract] == []
    inside = [contract for contract in contracts if contract["id"].startswith("inside-")]
    assert all(contract["exhaustive"] for contract in inside)
    assert {contract["containers"][0] for contract in inside} == set(APPS) - {"config"}


@pytest.mark.parametrize(
    ("stray", "content", "said"),
    [
        ("documents/utils.py", "", "utils"),
        ("offices/roles.py", "import documents.models\n", "offices.roles -> documents.models"),
        ("documents/effects.py", "import django.db\n", "documents.effects -> django"),
    ],
)
def test_a_stray_module_or_a_look_upwards_breaks_the_build(tmp_path, stray, content, said):
    for app in APPS:
        shutil.copytree(ROOT / app, tmp_path / app, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / stray).write_text(content, encoding="utf-8")
    answer = lint(tmp_path)
    assert answer.returncode == 1
    assert said in answer.stdout
