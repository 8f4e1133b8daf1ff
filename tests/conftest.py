"""The ground every test stands on: databases, the catalogue, no network, no silent skips."""

from __future__ import annotations

import os
import runpy
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.db import connections
from django.test.utils import setup_databases, teardown_databases
from django.urls import get_resolver

from tests.databases import Database, TemplateDatabase
from tests.serving import find_chromium, serve

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
# .ci/run sets it: there, what cannot run has failed.
NO_SKIPS = os.environ.get("BAN_HANH_NO_SKIPS") == "1"

for profile, examples in {"dev": 25, "ci": 200, "nightly": 5000}.items():
    hypothesis.settings.register_profile(
        profile, max_examples=examples, deadline=None, derandomize=profile == "ci"
    )
hypothesis.settings.load_profile(os.environ.get("BAN_HANH_PROPERTIES", "dev"))


def pytest_configure(config: pytest.Config) -> None:
    """Compile the catalogue once, before any worker reads it."""
    if hasattr(config, "workerinput"):
        return
    script = runpy.run_path(str(ROOT / "locale" / "compile.py"))
    try:
        script["compile_catalogue"]()
    except script["CatalogueError"] as error:
        raise pytest.UsageError(f"locale: {error}") from error


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, with the reason, what this machine has no material or browser for."""
    no_shared = pytest.mark.skip(reason=f"no {SHARED.name}/ beside the checkout")
    no_browser = pytest.mark.skip(reason="no Chromium on the path, nor in BAN_HANH_CHROMIUM")
    chromium = find_chromium()
    for item in items:
        if item.get_closest_marker("shared") and not SHARED.is_dir():
            item.add_marker(no_shared)
        if item.get_closest_marker("browser") and not chromium:
            item.add_marker(no_browser)


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


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A database a worker: on SQLite a file, so that several threads reach the same one."""
    test = connections["default"].settings_dict["TEST"]
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    if connections["default"].vendor == "sqlite":
        test["NAME"] = str(tmp_path_factory.getbasetemp() / f"{worker}.sqlite3")
    else:
        # The process number keeps two runs on one server apart.
        test["NAME"] = f"test_ban_hanh_{os.getpid()}_{worker}"


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: object, django_db_modify_db_settings: None
) -> Iterator[None]:
    """Make the test database whatever was collected.

    pytest-django makes it only for tests that carry its own mark; a run of `committed_db` tests
    alone would copy the developer's database.
    """
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, serialized_aliases=set())
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session")
def urlconf() -> None:
    """viewflow's nodes resolve names only after the URLs were loaded once."""
    get_resolver().url_patterns  # noqa: B018


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path, settings: object) -> None:
    """Stored files of a test stay in its own folder; passwords are hashed quickly."""
    settings.FILES_DIR = tmp_path / "files"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def template_database(
    django_db_setup: None, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory
) -> TemplateDatabase:
    """The migrated database from which `committed_db` makes its copies."""
    with django_db_blocker.unblock():
        return TemplateDatabase(tmp_path_factory.mktemp("databases"))


@pytest.fixture
def committed_db(
    template_database: TemplateDatabase, django_db_blocker: object
) -> Iterator[Database]:
    """A database of this test's own in which a commit is a commit; for races, sockets, browsers."""
    with django_db_blocker.unblock(), template_database.copy() as database:
        yield database


@pytest.fixture
def served(committed_db: Database) -> Iterator[str]:
    """The address of a running server over `committed_db`."""
    with serve() as address:
        yield address


@pytest.fixture(scope="session")
def shared() -> Path:
    """The material outside the repository; tests that ask for it are marked `shared`."""
    return settings.BASE_DIR.parent / "shared"
