"""Where nothing may be skipped, a skip is a failure, and only missing material is an excuse."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.source import ROOT

CONFTEST = """
from pathlib import Path
import tests.skips
from tests.skips import *
from tests.skips import pytest_make_collect_report
tests.skips.SHARED = Path({shared!r})
tests.skips.RULES = Path(__file__).parent
"""
SUITE = """
import pytest

def test_plain():
    pytest.skip("no reason")

@pytest.mark.shared
def test_material():
    pytest.skip("by itself")

@pytest.mark.xfail(strict=True)
def test_known():
    assert False
"""


ASKING = """
import pytest

@pytest.fixture
def django_db_setup():
    pass

def test_of_text():
    assert 1 + 1 == 2

def test_that_asks_for_a_database(django_db_setup):
    assert 1 + 1 == 2

@pytest.mark.django_db
def test_that_is_marked_as_asking():
    assert 1 + 1 == 2
"""


def run(
    folder: Path, *arguments: str, suite: str, no_skips: bool = False, shared: Path = ROOT
) -> str:
    (folder / "conftest.py").write_text(CONFTEST.format(shared=str(shared)), encoding="utf-8")
    (folder / "test_it.py").write_text(suite, encoding="utf-8")
    (folder / "pytest.ini").write_text(
        "[pytest]\nmarkers =\n  shared\n  browser\n  pure\n  django_db\n", encoding="utf-8"
    )
    answer = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-rs", *arguments, folder],
        capture_output=True, text=True, check=False, cwd=folder,
        env=os.environ
        | {
            "PYTHONPATH": str(ROOT),
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
            "BAN_HANH_NO_SKIPS": "1" if no_skips else "0",
        },
    )  # fmt: skip
    return answer.stdout


@pytest.mark.parametrize(
    ("no_skips", "has_material", "outcome"),
    [
        (False, True, "2 skipped, 1 xfailed"),
        (True, True, "2 failed, 1 xfailed"),
        (True, False, "1 failed, 1 skipped, 1 xfailed"),
    ],
)
def test_a_skip_is_a_failure_where_nothing_may_be_skipped(
    tmp_path, no_skips, has_material, outcome
):
    shared = tmp_path if has_material else tmp_path / "absent"
    said = run(tmp_path, suite=SUITE, no_skips=no_skips, shared=shared)
    assert outcome in said.splitlines()[-1]
    if not has_material:
        assert "no absent/ beside the checkout" in said


def test_a_module_that_skips_itself_is_a_failure_too(tmp_path):
    suite = "import pytest\npytest.skip('whole', allow_module_level=True)\n"
    said = run(tmp_path, suite=suite, no_skips=True, shared=tmp_path)
    assert "test_it.py skipped itself" in said
    assert "1 error" in said.splitlines()[-1]


def test_only_what_asks_for_no_database_is_left_out_of_the_second_run(tmp_path):
    said = run(tmp_path, "-m", "not pure", suite=ASKING)
    assert "2 passed, 1 deselected" in said.splitlines()[-1]
