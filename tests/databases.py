"""Databases of their own for tests that really commit.

The append-only triggers refuse the flush that Django's transactional tests end with, so such a
test gets a copy of the migrated database instead, and the copy is dropped after it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from django.db import connection, connections

from tests.source import ROOT

_serial = count(1)


class MigratedFile:
    """A migrated SQLite file kept between runs, as long as no migration and no library changed.

    Migrating from nothing costs seconds, copying a file nothing. What comes out of it is migrated
    again anyway, so a migration that is only new is applied to it.
    """

    def __init__(self, folder: Path) -> None:
        digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
        for path in sorted(ROOT.glob("*/migrations/*.py")):
            digest.update(path.read_bytes())
        self.path = folder / f"{digest.hexdigest()[:16]}.sqlite3"

    def copy_to(self, place: Path) -> bool:
        """Put a copy there, if there is one to copy."""
        if not self.path.exists():
            return False
        shutil.copy(self.path, place)
        return True

    def keep(self) -> None:
        """Keep the connected database, just migrated, and none of the older ones."""
        if connection.vendor != "sqlite" or self.path.exists():
            return
        for old in self.path.parent.glob("*.sqlite3"):
            old.unlink(missing_ok=True)
        beside = self.path.with_suffix(f".{os.getpid()}")
        snapshot(beside)
        beside.replace(self.path)


def snapshot(place: Path) -> None:
    """Copy the connected SQLite database, with what is still in its write-ahead log."""
    connection.close()
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as source:
        source.execute("VACUUM INTO ?", [str(place)])


class TemplateDatabase:
    """The migrated, empty database of this worker, from which copies are made.

    It is the very database in which ordinary tests run and roll back, so it stays as migrated.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.name = str(connection.settings_dict["NAME"])
        self.pristine = folder / "template.sqlite3"
        if connection.vendor == "sqlite":
            snapshot(self.pristine)

    @contextmanager
    def copy(self) -> Iterator[Database]:
        """A fresh copy, to which every connection of this process points meanwhile."""
        connections.close_all()
        make, drop = (
            (self._make_file, self._drop_file)
            if connection.vendor == "sqlite"
            else (self._make_schema_copy, self._drop_schema_copy)
        )
        name = make(next(_serial))
        _point_at(name)
        try:
            yield Database(name)
        finally:
            connections.close_all()
            _point_at(self.name)
            drop(name)

    def _make_file(self, serial: int) -> str:
        path = self.folder / f"committed-{serial}.sqlite3"
        shutil.copy(self.pristine, path)
        return str(path)

    def _drop_file(self, name: str) -> None:
        for suffix in ("", "-wal", "-shm"):
            Path(f"{name}{suffix}").unlink(missing_ok=True)

    def _make_schema_copy(self, serial: int) -> str:
        name = f"{self.name}_c{serial}"
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{self.name}"')
        return name

    def _drop_schema_copy(self, name: str) -> None:
        with connection._nodb_cursor() as cursor:
            # FORCE: a connection left behind by a killed thread must not keep the copy alive.
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


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
