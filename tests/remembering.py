"""What acts wrote once in this process, put back row by row for the tests that begin there too.

A state is reached through the use cases, always; but to reach it again from the same rows by the
same acts can only write the same rows. So the second time they are put back, which costs a tenth.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection

from documents.models import Document

Row = tuple[Any, ...]


@dataclass(frozen=True)
class _Written:
    """Columns, new rows and changed rows of one table; the first column is its key."""

    columns: tuple[str, ...]
    new: list[Row]
    changed: list[Row]


@dataclass(frozen=True)
class _Remembered:
    tables: dict[str, _Written]
    files: dict[str, bytes]
    left: Any


_remembered: dict[Hashable, _Remembered] = {}


def reached(key: Hashable, play: Callable[[], Any]) -> Any:
    """Play what leads to a state, or put back what it wrote; gives a copy of what `play` gave.

    Only in a transaction that is rolled back: there the keys of rows are free again. It is played
    anew wherever it begins from other rows.
    """
    if not connection.in_atomic_block:
        return play()
    begun = (key, _beginning())
    if begun not in _remembered:
        before = everything()
        left = play()
        tables = _difference(before, everything())
        _remembered[begun] = _Remembered(tables, _files(), deepcopy(left))
        return left
    known = _remembered[begun]
    for name, data in known.files.items():
        path = Path(settings.FILES_DIR) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    with connection.cursor() as cursor:
        for table, written in known.tables.items():
            _put_back(cursor, table, written)
    return deepcopy(known.left)


def everything() -> dict[str, tuple[tuple[str, ...], dict[Any, Row]]]:
    """Every table as it stands: its columns, and its rows by their key."""
    found = {}
    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f'SELECT * FROM "{table}"')
            columns = tuple(column[0] for column in cursor.description)
            found[table] = (columns, {row[0]: tuple(row) for row in cursor.fetchall()})
    return found


def _tables() -> list[str]:
    models = apps.get_models(include_auto_created=True)
    return sorted({model._meta.db_table for model in models if model._meta.managed})


def _beginning() -> Row:
    """How many rows each table has, and which papers there are.

    PostgreSQL gives no key twice: another paper, walked to the same step, leaves as many rows.
    """
    # One row, not one for each table: a union of large tables comes in any order.
    counts = ", ".join(f'(SELECT count(*) FROM "{table}")' for table in _tables())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}")
        counted = cursor.fetchone()
    return (*counted, *Document.objects.order_by("pk").values_list("pk", flat=True))


def _difference(before: dict[str, Any], after: dict[str, Any]) -> dict[str, _Written]:
    tables = {}
    for table, (columns, rows) in after.items():
        _columns, earlier = before[table]
        gone = earlier.keys() - rows.keys()
        assert not gone, f"{table} lost rows on the way, which cannot be put back"
        new = [row for key, row in rows.items() if key not in earlier]
        changed = [row for key, row in rows.items() if key in earlier and row != earlier[key]]
        if new or changed:
            tables[table] = _Written(columns, new, changed)
    return tables


def _files() -> dict[str, bytes]:
    """The stored files, which are a test's own; they are few and small."""
    folder = Path(settings.FILES_DIR)
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def _put_back(cursor: Any, table: str, written: _Written) -> None:
    key, *others = (f'"{column}"' for column in written.columns)
    if written.new:
        places = ", ".join(["%s"] * len(written.columns))
        names = ", ".join((key, *others))
        cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({places})', written.new)
    if written.changed:
        setting = ", ".join(f"{column} = %s" for column in others)
        cursor.executemany(
            f'UPDATE "{table}" SET {setting} WHERE {key} = %s',
            [(*row[1:], row[0]) for row in written.changed],
        )
