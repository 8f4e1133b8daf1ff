"""Which database: SQLite beside the code by default, PostgreSQL when an address says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=FULL;"
    "PRAGMA recursive_triggers=ON;"
    "PRAGMA foreign_keys=ON;"
)
LOCK_TIMEOUT_SECONDS = 5


def database(address: str, *, base_dir: Path) -> dict[str, Any]:
    """Turn `sqlite:///path` or `postgresql://user:password@host:port/name` into Django's settings.

    An empty address means `var/ban-hanh.sqlite3`. Raises `ValueError` for another scheme.
    """
    parts = urlsplit(address or f"sqlite:///{base_dir / 'var' / 'ban-hanh.sqlite3'}")
    if parts.scheme == "sqlite":
        return _sqlite(parts.path[1:] if parts.path.startswith("//") else parts.path)
    if parts.scheme in {"postgresql", "postgres"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": parts.port or "",
            "CONN_MAX_AGE": 0,
            "OPTIONS": {"options": f"-c lock_timeout={LOCK_TIMEOUT_SECONDS}s"},
        }
    raise ValueError(f"BAN_HANH_DATABASE: unknown database address {address!r}")


def _sqlite(path: str) -> dict[str, Any]:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            # A deferred transaction that turns into a writer fails at once when another
            # wrote meanwhile, whatever the timeout: every transaction begins as a writer.
            "transaction_mode": "IMMEDIATE",
            "timeout": LOCK_TIMEOUT_SECONDS,
            "init_command": SQLITE_PRAGMAS,
        },
    }
