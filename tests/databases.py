"""Databases of their own for tests that really commit.

The append-only triggers refuse the flush that Django's transactional tests end with, so such a
test gets a copy of the migrated database instead, and the copy is dropped after it.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.db import connection, connections

from tests.source import ROOT

_serial = count(1)


def keeping_plans_plain() -> int:
    """The statements a search costs more on PostgreSQL.

    Begin, keep plans plain, ask where the newest years begin, end.
    """
    return 4 if connection.vendor == "postgresql" else 0


class MigratedDatabase:
    """A migrated, empty database kept between runs: a file on SQLite, a database on PostgreSQL.

    Migrating from nothing costs seconds, a copy nothing. It is made anew when a migration or a
    pinned library changed; what is copied is migrated once more by pytest-django anyway.
    """

    def __init__(self, folder: Path) -> None:
        digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
        for path in sorted(ROOT.glob("*/migrations/*.py")):
            digest.update(path.read_bytes())
        self.folder = folder
        self.key = digest.hexdigest()[:16]

    def ready(self) -> str:
        """The file or the database; one worker migrates, the others wait."""
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if connection.vendor == "sqlite":
                return str(self._kept_file())
            return self._kept_database()

    def _kept_file(self) -> Path:
        kept = self.folder / f"{self.key}.sqlite3"
        if not kept.exists():
            beside = self.folder / f"{self.key}.new"
            beside.unlink(missing_ok=True)
            _migrate(f"sqlite:///{beside}")
            for old in self.folder.glob("*.sqlite3"):
                old.unlink()
            beside.replace(kept)
        return kept

    def _kept_database(self) -> str:
        kept = f"ban_hanh_migrated_{self.key}"
        if not database_exists(kept):
            beside = f"{kept}_new"
            drop_database(beside)
            _create_database(beside, template="template1")
            address = urlsplit(os.environ["BAN_HANH_DATABASE"])
            _migrate(urlunsplit(address._replace(path=f"/{beside}")))
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'ALTER DATABASE "{beside}" RENAME TO "{kept}"')
        return kept


def _migrate(address: str) -> None:
    """In a process of its own, which leaves nothing open."""
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity=0"],
        cwd=ROOT, env=os.environ | {"BAN_HANH_DATABASE": address}, check=True,
    )  # fmt: skip


def database_exists(name: str) -> bool:
    """Whether PostgreSQL has a database of that name."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def _create_database(name: str, *, template: str) -> None:
    with connection._nodb_cursor() as cursor:
        # PostgreSQL copies no database that is in use: a session which a thread of an earlier
        # test left behind, idle in its pool, ends here.
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [template]
        )
        # Files are copied three times as fast as pages are logged; before 15 there is no choice.
        strategy = "STRATEGY FILE_COPY" if cursor.connection.info.server_version >= 150000 else ""
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" {strategy}')


def drop_database(name: str) -> None:
    """Drop a database of PostgreSQL, if it is there."""
    with connection._nodb_cursor() as cursor:
        # FORCE: a connection left behind by a killed thread must not keep it alive.
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def make_copy(name: str, *, of: str) -> None:
    """Copy a database that nobody uses: a file on SQLite, a database on PostgreSQL."""
    if connection.vendor == "sqlite":
        shutil.copy(of, name)
    else:
        _create_database(name, template=of)


def drop_copy(name: str) -> None:
    """Remove what `make_copy` made, with every connection of this process to it."""
    connections.close_all()
    if connection.vendor == "sqlite":
        for suffix in ("", "-wal", "-shm"):
            Path(f"{name}{suffix}").unlink(missing_ok=True)
    else:
        drop_database(name)


class TemplateDatabase:
    """What copies are made of for the tests of one worker.

    Never the database in which ordinary tests run and roll back: a file in use is not to be
    copied, and on PostgreSQL what was rolled back stays in it as dead rows, 17 MB in a hundred
    tests, which every copy would carry.
    """

    def __init__(self, name: str, source: str) -> None:
        """`name` is where connections point between copies, `source` what is copied."""
        self.name = name
        self.source = source

    def after(self, play: Callable[[], object]) -> TemplateDatabase:
        """A template of its own: a copy of this one in which `play` has committed something."""
        with self.copy(keep=True) as database:
            play()
        return TemplateDatabase(self.name, database.name)

    @contextmanager
    def copy(self, *, keep: bool = False) -> Iterator[Database]:
        """A fresh copy, to which every connection of this process points meanwhile."""
        connections.close_all()
        name = f"{self.name}_c{next(_serial)}"
        make_copy(name, of=self.source)
        _point_at(name)
        try:
            yield Database(name)
        finally:
            connections.close_all()
            _point_at(self.name)
            if not keep:
                drop_copy(name)


def _point_at(name: str) -> None:
    # The settings are one dictionary for the connections of all threads.
    connections.settings["default"]["NAME"] = name


class Database:
    """A database in which a commit is a commit, reached by as many connections as there are threads."""

    def __init__(self, name: str) -> None:
        self.name = name

    def at_once(self, *acts: Callable[[], Any], timeout: float = 30.0) -> list[Any]:
        """Start every act in a thread with a connection of its own, all released together.

        Answers one result for each act, in their order: what it returned, or the exception it
        raised. Fails when an act has not ended after `timeout` seconds.
        """
        results: list[Any] = [None] * len(acts)
        gate = threading.Barrier(len(acts))

        def run(place: int, act: Callable[[], Any]) -> None:
            try:
                connection.ensure_connection()
                gate.wait(timeout)
                results[place] = act()
            except BaseException as error:  # noqa: BLE001 - the test judges what was raised
                results[place] = error
            finally:
                connections.close_all()

        threads = [threading.Thread(target=run, args=pair, daemon=True) for pair in enumerate(acts)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout)
        stuck = [place for place, thread in enumerate(threads) if thread.is_alive()]
        assert not stuck, f"acts {stuck} had not ended after {timeout} s"
        return results


# The tables of the product and of its engine; sessions and the like are nobody's act.
OURS = ("audit_", "documents_", "offices_", "workflows_", "viewflow_", "django_tasks_")


@cache
def _our_tables() -> list[str]:
    return [
        table
        for table in connection.introspection.table_names()
        if table.startswith(OURS)
        # On SQLite the index cannot be read through; the tables it is made of are read instead.
        if not (connection.vendor == "sqlite" and table == "documents_words")
    ]


def every_row() -> dict[str, list[str]]:
    """Every row of every table, in the order of the engine."""
    found = {}
    with connection.cursor() as cursor:
        for table in _our_tables():
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found
