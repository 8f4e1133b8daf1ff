"""Whether every file that a row names is there, with the bytes and the size that the row says."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from documents import files
from documents.selectors.files import named_in

if TYPE_CHECKING:
    from documents.selectors.files import Named

FAULTS_KEPT = 100


class FileFlaw(StrEnum):
    """What can be wrong with a kept file."""

    MISSING = "missing"
    DAMAGED = "damaged"
    OTHER_SIZE = "other_size"


_SENTENCES = {
    FileFlaw.MISSING: gettext_lazy("The file is not there."),
    FileFlaw.DAMAGED: gettext_lazy("The file has other bytes than it was stored with."),
    FileFlaw.OTHER_SIZE: gettext_lazy("The row says another size than the file has."),
}


@dataclass(frozen=True, slots=True)
class FileFault:
    """One flaw: the row that names the file, where one does, and the file's hash."""

    row: str
    sha256: str
    flaw: FileFlaw

    def sentence(self) -> str:
        """Say what is wrong in the reader's language."""
        return str(_SENTENCES[self.flaw])


@dataclass(frozen=True, slots=True)
class FileReport:
    """What a verification saw: rows, files, files no row names, and the first faults."""

    row_count: int
    file_count: int
    orphan_count: int
    fault_count: int
    faults: tuple[FileFault, ...]

    @property
    def is_sound(self) -> bool:
        """Whether every named file is what its row says. Orphans are no fault: they are swept."""
        return not self.fault_count


def verify_files() -> FileReport:
    """Hash every kept file once and hold the rows against them; nothing is written.

    A folder is looked at in one piece, so that memory is bounded by a 256th of the store's names;
    the bytes are read in blocks.
    """
    seen = _Seen()
    for folder in files.FOLDERS:
        sizes = {one.name: one.size for one in files.kept_in(folder)}
        damaged = {name for name in sizes if _is_damaged(name)}
        unnamed = set(sizes)
        for named in named_in(folder):
            seen.rows += 1
            unnamed.discard(named.sha256)
            seen.add(_fault_of(named, sizes, damaged))
        seen.files += len(sizes)
        seen.orphans += len(unnamed)
    return FileReport(
        row_count=seen.rows,
        file_count=seen.files,
        orphan_count=seen.orphans,
        fault_count=seen.faults,
        faults=tuple(seen.kept),
    )


@dataclass(slots=True)
class _Seen:
    """What a verification has counted so far."""

    rows: int = 0
    files: int = 0
    orphans: int = 0
    faults: int = 0
    kept: list[FileFault] = field(default_factory=list)

    def add(self, fault: FileFault | None) -> None:
        if fault is None:
            return
        self.faults += 1
        if len(self.kept) < FAULTS_KEPT:
            self.kept.append(fault)


def _is_damaged(name: str) -> bool:
    """Hash a file; what broke off while it was written, or was swept just now, is not damaged."""
    try:
        return files.is_hash(name) and files.hash_of(name) != name
    except FileNotFoundError:
        return False


def _fault_of(named: Named, sizes: dict[str, int], damaged: set[str]) -> FileFault | None:
    row = f"{named.model}/{named.key}"
    if named.sha256 not in sizes:
        return FileFault(row, named.sha256, FileFlaw.MISSING)
    if named.sha256 in damaged:
        return FileFault(row, named.sha256, FileFlaw.DAMAGED)
    if named.size != sizes[named.sha256]:
        return FileFault(row, named.sha256, FileFlaw.OTHER_SIZE)
    return None
