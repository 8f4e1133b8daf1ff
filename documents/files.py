"""Files kept under the SHA-256 of their bytes: written, synced, renamed; then comes the row."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

FOLDERS = tuple(f"{number:02x}" for number in range(256))
_NAME = re.compile(r"[0-9a-f]{64}")
_BLOCK = 1 << 20
# What a sweep has laid aside and not yet removed; a crash leaves it for the next one.
ASIDE = ".swept"


@dataclass(frozen=True, slots=True)
class Kept:
    """One file in the store: its name, its size in bytes, when it was last stored (epoch)."""

    name: str
    size: int
    stored_at: float

    @property
    def sha256(self) -> str:
        """The hash it is kept under; empty for what a broken-off write left behind."""
        return self.name if is_hash(self.name) else ""


def is_hash(name: str) -> bool:
    """Tell a kept file's name from what a broken-off write or sweep left behind."""
    return _NAME.fullmatch(name) is not None


def _place(sha256: str) -> Path:
    return Path(settings.FILES_DIR) / sha256[:2] / sha256


def store(data: bytes) -> str:
    """Keep bytes and give their SHA-256 in hexadecimal; storing the same bytes twice is one file.

    Called before the transaction that writes the row: a file without a row is an orphan to sweep,
    a row without a file would be a loss. Storing again makes the file young again, so that no
    sweep takes it from under a row that is about to be written.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    place = _place(sha256)
    try:
        os.utime(place)
    except FileNotFoundError:
        _write(place, data)
    return sha256


def _write(place: Path, data: bytes) -> None:
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


def load(sha256: str) -> bytes:
    """Give the bytes kept under a SHA-256; raise `FileNotFoundError` or `ValueError` if damaged."""
    data = _place(sha256).read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ValueError(f"the file kept under {sha256} has other bytes")
    return data


def kept_in(folder: str) -> list[Kept]:
    """List one of the 256 folders, by name; empty where nothing was stored in it yet."""
    try:
        with os.scandir(Path(settings.FILES_DIR) / folder) as found:
            return sorted(_listed(found), key=lambda one: one.name)
    except FileNotFoundError:
        return []


def _listed(found: Iterator[os.DirEntry[str]]) -> Iterator[Kept]:
    for one in found:
        try:
            told = one.stat()
        except FileNotFoundError:
            # Another sweep, or a write that was renamed meanwhile.
            continue
        yield Kept(one.name, told.st_size, told.st_mtime)


def hash_of(name: str) -> str:
    """Hash a kept file in bounded memory, whatever its size; raises `FileNotFoundError`."""
    digest = hashlib.sha256()
    with _place(name).open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def discard(name: str, *, folder: str, before: float) -> bool:
    """Remove a file that no row names, unless it was stored again since `before`; tell whether.

    It is laid aside first and looked at once more: whoever stores the same bytes meanwhile either
    made it young, and gets it back, or finds nothing there, and writes it anew.
    """
    place = Path(settings.FILES_DIR) / folder / name
    aside = place if name.endswith(ASIDE) else place.with_name(name + ASIDE)
    try:
        if aside != place:
            place.rename(aside)
        if aside.stat().st_mtime >= before:
            aside.rename(place.with_name(name.removesuffix(ASIDE)))
            return False
        aside.unlink()
    except FileNotFoundError:
        return False
    return True


def restore(name: str, *, folder: str) -> None:
    """Put back what a broken-off sweep had laid aside and a row names after all."""
    aside = Path(settings.FILES_DIR) / folder / name
    aside.rename(aside.with_name(name.removesuffix(ASIDE)))
