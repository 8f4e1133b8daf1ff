"""The ground every test stands on: databases, the catalogue, no network, no silent skips."""

from __future__ import annotations

import os
import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.test.utils import setup_databases, teardown_databases
from django.urls import get_resolver

from tests.databases import Database, MigratedFile, TemplateDatabase
from tests.serving import serve
from tests.skips import (  # noqa: F401 - pytest finds its hooks by their names
    pytest_collection_modifyitems,
    pytest_make_collect_report,
    pytest_runtest_makereport,
)
from tests.source import ROOT, SHARED

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker
    from pytest_django.fixtures import SettingsWrapper

for profile, examples in {"dev": 25, "ci": 200, "nightly": 5000}.items():
    hypothesis.settings.register_profile(
        profile, max_examples=examples, deadline=None, derandomize=profile == "ci"
    )
hypothesis.settings.load_profile(os.environ.get("BAN_HANH_PROPERTIES", "dev"))


def pytest_configure(config: pytest.Config) -> None:
    """Compile the catalogue once, before any worker reads it; keep workers apart in Redis."""
    if settings.REDIS:
        # Two workers have documents of the same number, whose topics would be the same.
        settings.CHANNEL_LAYERS["default"]["CONFIG"]["prefix"] = f"test-{os.getpid()}"
    if hasattr(config, "workerinput"):
        return
    script = runpy.run_path(str(ROOT / "locale" / "compile.py"))
    try:
        script["compile_catalogue"]()
    except script["CatalogueError"] as error:
        raise pytest.UsageError(f"locale: {error}") from error


@pytest.fixture(scope="session")
def migrated_file(pytestconfig: pytest.Config) -> MigratedFile:
    """The migrated SQLite file that is kept between runs."""
    return MigratedFile(pytestconfig.cache.mkdir("databases"))


@pytest.fixture(scope="session")
def django_db_keepdb(tmp_path_factory: pytest.TempPathFactory, migrated_file: MigratedFile) -> bool:
    """A database a worker: on SQLite a file, so that several threads reach the same one.

    Answers whether it is there already, migrated.
    """
    test = connections["default"].settings_dict["TEST"]
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    if connections["default"].vendor == "sqlite":
        path = tmp_path_factory.getbasetemp() / f"{worker}.sqlite3"
        test["NAME"] = str(path)
        return migrated_file.copy_to(path)
    # The process number keeps two runs on one server apart.
    test["NAME"] = f"test_ban_hanh_{os.getpid()}_{worker}"
    return False


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_keepdb: bool) -> None:
    """Where the database is was said by `django_db_keepdb`."""


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_keepdb: bool,
    migrated_file: MigratedFile,
) -> Iterator[None]:
    """Make the test database whatever was collected, and keep what was migrated for the next run.

    pytest-django's own makes it only for tests that carry its mark: a run of `committed_db` tests
    alone would copy, and keep, the developer's database.
    """
    with django_db_blocker.unblock():
        made = setup_databases(
            verbosity=0, interactive=False, keepdb=django_db_keepdb, serialized_aliases=set()
        )
        migrated_file.keep()
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session")
def urlconf() -> None:
    """viewflow's nodes resolve names only after the URLs were loaded once."""
    get_resolver().url_patterns  # noqa: B018


@pytest.fixture(autouse=True)
def clean_slate(tmp_path: Path, settings: SettingsWrapper) -> None:
    """Files and counters of a test are its own; passwords are hashed quickly."""
    cache.clear()
    settings.FILES_DIR = tmp_path / "files"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def template_database(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> TemplateDatabase:
    """The migrated database from which `committed_db` makes its copies."""
    with django_db_blocker.unblock():
        return TemplateDatabase(tmp_path_factory.mktemp("databases"))


@pytest.fixture
def committed_db(
    template_database: TemplateDatabase, django_db_blocker: DjangoDbBlocker
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
    return SHARED
