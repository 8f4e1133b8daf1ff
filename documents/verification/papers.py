"""Whether papers still are what was decided, signed and numbered: every digest made anew.

What it holds against what: the stored bytes of a revision against its content digest, its
signature against that digest, the facts of each number against the issued digest that the audit
recorded, and the columns people read against those facts. Nothing is locked or written.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import connection
from django.utils.translation import gettext_lazy

from audit import selectors as audit
from documents import papers
from documents.content.canonical import digest
from documents.models import RegisterEntry, Revision

if TYPE_CHECKING:
    from documents.models import Document

# Rows in memory at once; each revision carries its bytes, at most about 2 MB.
CHUNK = 20
FAULTS_KEPT = 100

GUARDS = frozenset(
    {
        "documents_effect_no_delete",
        "documents_effect_no_update",
        "documents_signature_no_delete",
        "documents_signature_no_update",
        "documents_revision_content",
        "documents_revision_no_delete",
        "documents_revision_issued",
        "documents_document_decided",
        "documents_document_issued",
        "documents_registerentry_gap",
        "documents_registerentry_kept",
        "documents_registerentry_no_delete",
    }
)


class Flaw(StrEnum):
    """What can be wrong with a paper."""

    CONTENT = "content"
    SIGNED_OTHER = "signed_other"
    FACTS_LOST = "facts_lost"
    FACTS_ALTERED = "facts_altered"
    FACTS_DIFFER = "facts_differ"
    NUMBERED_OTHERWISE = "numbered_otherwise"


_SENTENCES = {
    Flaw.CONTENT: gettext_lazy("The stored content does not give its digest."),
    Flaw.SIGNED_OTHER: gettext_lazy("The signature is about another content."),
    Flaw.FACTS_LOST: gettext_lazy("Its number has no facts in the register."),
    Flaw.FACTS_ALTERED: gettext_lazy("The facts of its number do not give the issued digest."),
    Flaw.FACTS_DIFFER: gettext_lazy("What is shown differs from the facts issued: %(fields)s."),
    Flaw.NUMBERED_OTHERWISE: gettext_lazy("The audit recorded no numbering with these facts."),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One flaw of one paper; `what` names its version or its number."""

    reference: str
    what: str
    flaw: Flaw
    fields: tuple[str, ...] = ()

    def sentence(self) -> str:
        """Say what is wrong in the reader's language."""
        return str(_SENTENCES[self.flaw]) % {"fields": ", ".join(self.fields)}


@dataclass(frozen=True, slots=True)
class PaperReport:
    """What a verification saw: how many versions and numbers, and the first `FAULTS_KEPT` faults."""

    revision_count: int
    number_count: int
    fault_count: int
    faults: tuple[Fault, ...]
    missing_guards: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        """Whether nothing at all was found."""
        return not self.fault_count and not self.missing_guards

    @property
    def first(self) -> Fault | None:
        """The first paper that is not what was decided."""
        return self.faults[0] if self.faults else None


def verify_papers(document: Document | None = None) -> PaperReport:
    """Make every digest of all papers, or of one, anew and hold the rows against it.

    Memory is bounded whatever the number of papers; what is written meanwhile may or may not be
    seen.
    """
    revisions = Revision.objects.select_related("document", "signature").order_by("pk")
    numbers = (
        RegisterEntry.objects.filter(document__isnull=False)
        .select_related("document__office", "register")
        .order_by("pk")
    )
    if document is not None:
        revisions = revisions.filter(document=document)
        numbers = numbers.filter(document=document)
    seen = _Seen()
    for revision in revisions.iterator(chunk_size=CHUNK):
        seen.revisions += 1
        seen.add(_faults_of_revision(revision))
    for entry in numbers.iterator(chunk_size=CHUNK):
        seen.numbers += 1
        seen.add(_faults_of_number(entry))
    return PaperReport(
        revision_count=seen.revisions,
        number_count=seen.numbers,
        fault_count=seen.faults,
        faults=tuple(seen.kept),
        missing_guards=missing_guards(),
    )


@dataclass(slots=True)
class _Seen:
    """What a verification has counted so far."""

    revisions: int = 0
    numbers: int = 0
    faults: int = 0
    kept: list[Fault] = field(default_factory=list)

    def add(self, faults: Iterator[Fault]) -> None:
        for fault in faults:
            self.faults += 1
            if len(self.kept) < FAULTS_KEPT:
                self.kept.append(fault)


def missing_guards() -> tuple[str, ...]:
    """Name the triggers that should keep decided facts and are not in this database, or off."""
    queries = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled = 'A' AND NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(queries[connection.vendor])
        present = {name for (name,) in cursor.fetchall()}
    return tuple(sorted(GUARDS - present))


def _faults_of_revision(revision: Revision) -> Iterator[Fault]:
    reference, what = revision.document.reference, f"v{revision.ordinal}"
    if digest(bytes(revision.canonical)) != revision.content_digest:
        yield Fault(reference, what, Flaw.CONTENT)
    signature = getattr(revision, "signature", None)
    if signature is not None and signature.content_digest != revision.content_digest:
        yield Fault(reference, what, Flaw.SIGNED_OTHER)


def _faults_of_number(entry: RegisterEntry) -> Iterator[Fault]:
    paper = entry.document
    if paper is None:
        return
    what = f"{entry.number:02}/{entry.register.symbol}"
    if entry.issued_facts is None:
        yield Fault(paper.reference, what, Flaw.FACTS_LOST)
        return
    stored = bytes(entry.issued_facts)
    issued = digest(stored)
    if not audit.recorded(
        subject_kind="document", subject_key=str(paper.pk), detail="issued_digest", value=issued
    ):
        yield Fault(paper.reference, what, Flaw.NUMBERED_OTHERWISE)
    if entry.abandoned_because:
        return
    revision = (
        Revision.objects.select_related("signature")
        .filter(document=paper, issued_digest=issued)
        .first()
    )
    if revision is None:
        yield Fault(paper.reference, what, Flaw.FACTS_ALTERED)
        return
    differing = _differing(stored, _as_shown(paper, revision))
    if differing:
        yield Fault(paper.reference, what, Flaw.FACTS_DIFFER, differing)


def _as_shown(paper: Document, revision: Revision) -> bytes:
    """Give the facts as the columns tell them now; nothing where a number or a date is gone."""
    try:
        return papers.issued_bytes(paper, revision)
    except ValueError:
        return b"{}"


def _differing(stored: bytes, shown: bytes) -> tuple[str, ...]:
    """Name the facts that differ. The place is not one: an office may be given another name."""
    old, new = _flat(stored), _flat(shown)
    return tuple(
        sorted(
            name
            for name in old.keys() | new.keys()
            if name != "issuance.place" and old.get(name) != new.get(name)
        )
    )


def _flat(raw: bytes) -> dict[str, object]:
    value = json.loads(raw)
    flat: dict[str, object] = {}
    for name, member in value.items():
        if isinstance(member, dict):
            flat |= {f"{name}.{part}": inner for part, inner in member.items()}
        else:
            flat[name] = member
    return flat
