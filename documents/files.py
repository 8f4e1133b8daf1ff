"""Files kept under the SHA-256 of their bytes: written, synced, renamed; then comes the row."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings


def _place(sha256: str) -> Path:
    return Path(settings.FILES_DIR) / sha256[:2] / sha256


def store(data: bytes) -> str:
    """Keep bytes and give their SHA-256 in hexadecimal; storing the same bytes twice is one file.

    Called before the transaction that writes the row: a file without a row is an orphan to sweep,
    a row without a file would be a loss.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    place = _place(sha256)
    if place.exists():
        return sha256
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    directory = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
    return sha256


def load(sha256: str) -> bytes:
    """Give the bytes kept under a SHA-256; raise `FileNotFoundError` or `ValueError` if damaged."""
    data = _place(sha256).read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ValueError(f"the file kept under {sha256} has other bytes")
    return data
