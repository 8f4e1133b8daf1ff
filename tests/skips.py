"""What this machine cannot run is skipped by name; where nothing may be skipped, it has failed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.source import ROOT, SHARED

# .ci/run sets it.
NO_SKIPS = os.environ.get("BAN_HANH_NO_SKIPS") == "1"
RULES = ROOT / "tests" / "rules"
# The contracts about the repository's own files and drawings; those that start a process which
# opens a database are not here.
HOUSE = frozenset(
    f"test_{part}.py"
    for part in (
        "another_judge", "bpmn_lint", "house_actions", "house_catalogue", "house_docs",
        "house_imports", "house_layout", "house_skips", "house_writers",
    )
)  # fmt: skip


def find_chromium() -> str:
    """The Chromium to drive: `BAN_HANH_CHROMIUM`, else the first one on the path, else empty."""
    named = os.environ.get("BAN_HANH_CHROMIUM", "")
    candidates = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return named or next(filter(None, map(shutil.which, candidates)), "")


# The npm package that lints diagrams, where `npm ci` puts it.
BPMNLINT = ROOT / "tools" / "bpmnlint"


def find_bpmnlint() -> str:
    """Why diagrams cannot be linted here; empty where they can."""
    if shutil.which("node") is None:
        return "no Node.js on the path"
    if not (BPMNLINT / "node_modules" / "bpmnlint").is_dir():
        return "bpmnlint is not installed: npm ci --prefix tools/bpmnlint"
    return ""


def find_pm4py() -> str:
    """The Python that has pm4py: `BAN_HANH_PM4PY`, else where `make miner` puts it, else empty."""
    named = os.environ.get("BAN_HANH_PM4PY", "")
    made = ROOT / "var" / "miner" / "bin" / "python"
    return named or (str(made) if made.exists() else "")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, with the reason, what this machine has no material, browser or writer for.

    A rule, or a contract of the house about its own text, that asks for no database is marked
    `pure`: pytest-django lets it open none, so that it says the same whichever database the
    suite runs on, and the gate runs it once.
    """
    no_shared = pytest.mark.skip(reason=f"no {SHARED.name}/ beside the checkout")
    no_browser = pytest.mark.skip(reason="no Chromium on the path, nor in BAN_HANH_CHROMIUM")
    no_writer = pytest.mark.skip(reason="no LibreOffice on the path (libreoffice-writer-nogui)")
    chromium = find_chromium()
    writer = shutil.which("soffice")
    no_linter = find_bpmnlint()
    no_miner = pytest.mark.skip(reason="no pm4py in var/miner (make miner), nor in BAN_HANH_PM4PY")
    miner = find_pm4py()
    for item in items:
        if item.get_closest_marker("shared") and not SHARED.is_dir():
            item.add_marker(no_shared)
        if item.get_closest_marker("browser") and not chromium:
            item.add_marker(no_browser)
        if item.get_closest_marker("libreoffice") and not writer:
            item.add_marker(no_writer)
        if item.get_closest_marker("bpmnlint") and no_linter:
            item.add_marker(pytest.mark.skip(reason=no_linter))
        if item.get_closest_marker("pm4py") and not miner:
            item.add_marker(no_miner)
        if _is_about_text_alone(item.path) and not _asks_for_a_database(item):
            item.add_marker("pure")


def _is_about_text_alone(path: Path) -> bool:
    return path.is_relative_to(RULES) or path.name in HOUSE


def _asks_for_a_database(item: pytest.Item) -> bool:
    fixtures = getattr(item, "fixturenames", ())
    return "django_db_setup" in fixtures or item.get_closest_marker("django_db") is not None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Where nothing may be skipped a skip is a failure, except `shared` without its material."""
    report = yield
    excused = item.get_closest_marker("shared") and not SHARED.is_dir()
    if NO_SKIPS and report.skipped and not hasattr(report, "wasxfail") and not excused:
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and nothing may be: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    """A module that skips itself as a whole is no exception."""
    report = yield
    if NO_SKIPS and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"{collector.nodeid} skipped itself: {report.longrepr}"
    return report
