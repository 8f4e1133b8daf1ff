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
from django.test.signals import setting_changed
from django.urls import get_resolver

from tests.builders import QUICK, Example, PlayedExample
from tests.databases import Database, MigratedDatabase, TemplateDatabase, drop_copy, make_copy
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

for profile, examples in {"dev": 25, "ci": 50, "nightly": 5000}.items():
    hypothesis.settings.register_profile(
        profile, max_examples=examples, deadline=None, derandomize=profile == "ci"
    )
hypothesis.settings.load_profile(os.environ.get("BAN_HANH_PROPERTIES", "dev"))


def pytest_configure(config: pytest.Config) -> None:
    """Compile the catalogue once; keep workers apart, whose documents have the same numbers."""
    if settings.REDIS:
        settings.CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
        settings.CHANNEL_LAYERS["default"]["CONFIG"]["prefix"] = f"test-{os.getpid()}"
    if hasattr(config, "workerinput"):
        return
    script = runpy.run_path(str(ROOT / "locale" / "compile.py"))
    try:
        script["compile_catalogue"]()
    except script["CatalogueError"] as error:
        raise pytest.UsageError(f"locale: {error}") from error
    # Django was set up before this, and keeps what it read.
    setting_changed.send(None, setting="LOCALE_PATHS", value=settings.LOCALE_PATHS, enter=True)


@pytest.fixture(scope="session")
def template_database(
    pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker: DjangoDbBlocker,
) -> TemplateDatabase:  # fmt: skip
    """What copies are made of; this worker has one, on SQLite a file, so that threads meet in it."""
    folder = tmp_path_factory.mktemp("databases")
    with django_db_blocker.unblock():
        sqlite = connections["default"].vendor == "sqlite"
        # The process number keeps two runs on one server apart.
        name = str(folder / "test.sqlite3") if sqlite else f"test_ban_hanh_{os.getpid()}"
        connections["default"].settings_dict["TEST"]["NAME"] = name
        migrated = MigratedDatabase(pytestconfig.cache.mkdir("databases")).ready()
        make_copy(name, of=migrated)
        return TemplateDatabase(name, migrated)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(template_database: TemplateDatabase) -> None:
    """The database's name was given by `template_database`."""


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """It is there already, migrated."""
    return True


@pytest.fixture(scope="session")
def django_db_setup(
    template_database: TemplateDatabase, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """What was copied for this run goes away with it."""
    yield
    with django_db_blocker.unblock():
        drop_copy(template_database.name)


@pytest.fixture(scope="session")
def urlconf() -> None:
    """viewflow's nodes resolve names only after the URLs were loaded once."""
    get_resolver().url_patterns  # noqa: B018


@pytest.fixture(autouse=True)
def clean_slate(tmp_path: Path, settings: SettingsWrapper) -> None:
    """Files and counters are a test's own, passwords quick, and no client looks up styles."""
    cache.clear()
    settings.SERVESTATIC_USE_FINDERS = settings.SERVESTATIC_USE_STATIC_ROOT = False
    settings.FILES_DIR, settings.PASSWORD_HASHERS = tmp_path / "files", QUICK


@pytest.fixture
def committed_db(
    django_db_setup: None, template_database: TemplateDatabase, django_db_blocker: DjangoDbBlocker
) -> Iterator[Database]:
    """A database of this test's own in which a commit is a commit; for races, sockets, browsers."""
    with django_db_blocker.unblock(), template_database.copy() as database:
        yield database


@pytest.fixture(scope="session")
def played_database(
    django_db_setup: None, template_database: TemplateDatabase,
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker,
) -> Iterator[PlayedExample]:  # fmt: skip
    """The worked example, played once for this worker; tests work on copies of it."""
    folder = tmp_path_factory.mktemp("example")
    with django_db_blocker.unblock(), PlayedExample.play(template_database, folder) as played:
        yield played


@pytest.fixture
def example(
    played_database: PlayedExample, settings: SettingsWrapper, clean_slate: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Example]:  # fmt: skip
    """A copy of the played example of this test's own, in which a commit is a commit."""
    settings.DEMO, settings.PRODUCTION = True, False
    settings.FILES_DIR = played_database.files
    with django_db_blocker.unblock(), played_database.template.copy() as database:
        yield Example(database, played_database.told)


@pytest.fixture
def served(committed_db: Database) -> Iterator[str]:
    """The address of a running server over `committed_db`."""
    with serve() as address:
        yield address


@pytest.fixture(scope="session")
def shared() -> Path:
    """The material outside the repository; tests that ask for it are marked `shared`."""
    return SHARED
