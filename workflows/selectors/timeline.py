"""How a paper came here: its audit entries as sentences, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from audit import selectors as audit

if TYPE_CHECKING:
    from audit.models import Entry
    from documents.models import Document

SHORT = 12


@dataclass(frozen=True, slots=True)
class Told:
    """One entry as a reader meets it: when, and the sentence."""

    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The last entries of a paper, newest first; `more` says that older ones exist."""

    entries: tuple[Told, ...]
    more: bool


def of_document(document: Document, *, size: int = SHORT) -> Timeline:
    """Tell the last acts on a paper, at most `size`; two queries."""
    found = audit.history("document", str(document.pk), size=size + 1)
    told = tuple(Told(entry.at, of_its_own_page(entry)) for entry in reversed(found))
    return Timeline(entries=told[:size], more=len(told) > size)


def of_its_own_page(entry: Entry) -> str:
    """Say an entry where the reader looks at its paper: the long subject is not said again."""
    subject = audit.disclosed(entry).get("subject")
    words = audit.sentence(entry)
    return words.replace(f"“{subject}”", "văn bản") if subject else words
