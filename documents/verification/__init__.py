"""Verifying what is kept: papers against their digests, files against the rows that name them."""

from documents.verification.files import FileFault, FileFlaw, FileReport, verify_files
from documents.verification.papers import (
    GUARDS,
    Fault,
    Flaw,
    PaperReport,
    missing_guards,
    verify_papers,
)

__all__ = [
    "GUARDS",
    "Fault",
    "FileFault",
    "FileFlaw",
    "FileReport",
    "Flaw",
    "PaperReport",
    "missing_guards",
    "verify_files",
    "verify_papers",
]
