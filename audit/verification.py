"""Whether the entries that are here still say what was recorded.

What it finds: an entry whose columns, stored bytes or hash no longer agree; a disclosed text that
is not the one committed to; a text that vanished without an act; an operation without its one
head entry; a missing trigger. What it cannot find yet, and says so: an entry removed with all
that belongs to it, and an entry rewritten in columns, bytes and hash alike. That needs the tree
and its signed checkpoints, which do not exist yet.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import Error as DatabaseError
from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit import actions, leaf
from audit.models import Disclosure, Entry, Unsequenced

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from audit.leaf import Subject

CHUNK = 500
FINDINGS_KEPT = 100
# What Django's converters and the canonical form raise for a value nobody ever recorded: a column
# that is no UUID, no moment (AttributeError), no JSON. It becomes a finding, never a crash.
_UNREADABLE = (ValueError, TypeError, AttributeError, OverflowError, DatabaseError)

GUARDS = {
    "sqlite": frozenset(
        {
            "audit_entry_no_update",
            "audit_entry_no_delete",
            "audit_entry_no_replace",
            "audit_disclosure_erase_only",
            "audit_disclosure_no_delete",
            "audit_disclosure_no_replace",
        }
    ),
    "postgresql": frozenset(
        {
            "audit_entry_no_update",
            "audit_entry_no_delete",
            "audit_entry_no_truncate",
            "audit_disclosure_erase_only",
            "audit_disclosure_no_delete",
            "audit_disclosure_no_truncate",
        }
    ),
}


class Flaw(StrEnum):
    """What can be wrong with an entry."""

    UNREADABLE = "unreadable"
    BYTES = "bytes"
    HASH = "hash"
    DISCLOSURE_ALTERED = "disclosure_altered"
    DISCLOSURE_MISSING = "disclosure_missing"
    DISCLOSURE_UNCOMMITTED = "disclosure_uncommitted"
    ERASURE_UNRECORDED = "erasure_unrecorded"
    HEADS = "heads"
    NOT_WAITING = "not_waiting"


_SENTENCES = {
    Flaw.UNREADABLE: gettext_lazy("The row cannot be read back as an entry."),
    Flaw.BYTES: gettext_lazy("The stored bytes do not match the columns: %(fields)s."),
    Flaw.HASH: gettext_lazy("The stored bytes do not match their leaf hash."),
    Flaw.DISCLOSURE_ALTERED: gettext_lazy(
        "Disclosed texts are not the committed ones: %(fields)s."
    ),
    Flaw.DISCLOSURE_MISSING: gettext_lazy("Committed texts are missing altogether: %(fields)s."),
    Flaw.DISCLOSURE_UNCOMMITTED: gettext_lazy("Texts were added without commitment: %(fields)s."),
    Flaw.ERASURE_UNRECORDED: gettext_lazy("Texts were erased without a recorded act: %(fields)s."),
    Flaw.HEADS: gettext_lazy("Its operation has no head entry, or more than one."),
    Flaw.NOT_WAITING: gettext_lazy("It no longer waits for its place in the tree."),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One flaw of one entry; `position` is its row, `entry` its id where it can still be read."""

    position: int
    entry: UUID | None
    action: str
    flaw: Flaw
    fields: tuple[str, ...] = ()

    def sentence(self) -> str:
        """Say what is wrong in the reader's language."""
        return str(_SENTENCES[self.flaw]) % {"fields": ", ".join(self.fields)}


@dataclass(frozen=True, slots=True)
class Report:
    """What a verification saw; `findings` in the order of the entries, the first
    `FINDINGS_KEPT` of `finding_count`."""

    checked_count: int
    erased_count: int
    finding_count: int
    findings: tuple[Finding, ...]
    missing_guards: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        """Whether nothing at all was found."""
        return not self.finding_count and not self.missing_guards

    @property
    def first(self) -> Finding | None:
        """The first entry that is not what was recorded."""
        return self.findings[0] if self.findings else None

    def limits(self) -> str:
        """Say plainly what even a sound report does not prove."""
        return _(
            "Not yet detectable: the removal of whole entries, and an entry rewritten together "
            "with its bytes and its hash. The hash tree and its signed checkpoints will show both."
        )


def verify(*, latest: int | None = None, subject: Subject | None = None) -> Report:
    """Recompute every leaf and hold every readable text against its commitment.

    `latest` bounds the work to the newest entries, `subject` to the entries of one subject (its
    label is not looked at). Memory is bounded whatever the number of entries; nothing is locked,
    and entries written meanwhile may or may not be seen.
    """
    chosen = Entry.objects.all()
    if subject is not None:
        chosen = chosen.filter(subject_kind=subject.kind, subject_key=subject.key)
    checked = erased = found = 0
    kept: list[Finding] = []
    for positions in _chunks(chosen, latest):
        checked += len(positions)
        erased += Disclosure.objects.filter(entry__in=positions, text=None).count()
        for finding in _findings(positions):
            found += 1
            if len(kept) < FINDINGS_KEPT:
                kept.append(finding)
    return Report(
        checked_count=checked,
        erased_count=erased,
        finding_count=found,
        findings=tuple(kept),
        missing_guards=missing_guards(),
    )


def missing_guards() -> tuple[str, ...]:
    """Name the append-only triggers that this database should have and has not, or has disabled."""
    queries = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        # 'A': fires always, whatever session_replication_role a superuser sets.
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled = 'A' AND NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(queries[connection.vendor])
        present = {name for (name,) in cursor.fetchall()}
    return tuple(sorted(GUARDS[connection.vendor] - present))


def _chunks(chosen: QuerySet[Entry], latest: int | None) -> Iterator[list[int]]:
    """Row numbers in ascending order, a bounded number at a time, never behind one long query."""
    after = -1
    if latest is not None:
        newest = chosen.order_by("-id").values_list("id", flat=True)
        after = next(iter(newest[latest : latest + 1]), -1)
    while positions := list(
        chosen.filter(id__gt=after).order_by("id").values_list("id", flat=True)[:CHUNK]
    ):
        yield positions
        after = positions[-1]


def _findings(positions: list[int]) -> Iterator[Finding]:
    loaded = {entry.pk: entry for entry in _loaded(positions)}
    headless = _without_one_head(loaded.values())
    for position in positions:
        entry = loaded.get(position)
        if entry is None:
            yield Finding(position=position, entry=None, action="", flaw=Flaw.UNREADABLE)
            continue
        for flaw, fields in _flaws(entry):
            yield _finding(entry, flaw, fields)
        if entry.operation_id in headless:
            yield _finding(entry, Flaw.HEADS)


def _finding(entry: Entry, flaw: Flaw, fields: tuple[str, ...] = ()) -> Finding:
    return Finding(
        position=entry.pk, entry=entry.uuid, action=entry.action, flaw=flaw, fields=fields
    )


def _loaded(positions: list[int]) -> list[Entry]:
    """Read a chunk; where one row is beyond reading, read the others without it."""
    entries = Entry.objects.prefetch_related("disclosures__erased_by").annotate(
        is_waiting=Exists(Unsequenced.objects.filter(entry=OuterRef("pk")))
    )
    try:
        return list(entries.filter(id__in=positions))
    except _UNREADABLE:
        if len(positions) == 1:
            return []
        half = len(positions) // 2
        return _loaded(positions[:half]) + _loaded(positions[half:])


def _without_one_head(entries: Iterable[Entry]) -> set[UUID]:
    operations = {entry.operation_id for entry in entries}
    return set(
        Entry.objects.filter(operation_id__in=operations)
        .values("operation_id")
        .annotate(heads=Count("id", filter=Q(head=True)))
        .exclude(heads=1)
        .values_list("operation_id", flat=True)
    )


def _flaws(entry: Entry) -> Iterator[tuple[Flaw, tuple[str, ...]]]:
    stored = bytes(entry.leaf_bytes)
    try:
        recomputed = leaf.canonical_bytes(entry.content())
    except _UNREADABLE:
        yield Flaw.UNREADABLE, ()
        return
    if recomputed != stored:
        yield Flaw.BYTES, _differing(stored, recomputed)
    if leaf.leaf_hash(stored) != entry.leaf_hash:
        yield Flaw.HASH, ()
    yield from _disclosure_flaws(entry)
    if not entry.is_waiting:  # type: ignore[attr-defined]
        yield Flaw.NOT_WAITING, ()


def _differing(stored: bytes, recomputed: bytes) -> tuple[str, ...]:
    """Name the members of the leaf that differ, as far as the stored bytes are JSON at all."""
    new = json.loads(recomputed)
    try:
        old = json.loads(stored)
    except ValueError:
        old = None
    if not isinstance(old, dict):
        return tuple(sorted(new))
    return tuple(sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name)))


def _disclosure_flaws(entry: Entry) -> Iterator[tuple[Flaw, tuple[str, ...]]]:
    disclosures = {disclosure.field: disclosure for disclosure in entry.disclosures.all()}
    committed = dict(entry.commitments)
    judged: dict[Flaw, list[str]] = {}
    for field, disclosure in disclosures.items():
        if flaw := _judge(entry, disclosure, committed.get(field)):
            judged.setdefault(flaw, []).append(field)
    judged[Flaw.DISCLOSURE_MISSING] = [field for field in committed if field not in disclosures]
    for flaw, fields in judged.items():
        if fields:
            yield flaw, tuple(sorted(fields))


def _judge(entry: Entry, disclosure: Disclosure, committed: str | None) -> Flaw | None:
    if committed is None:
        return Flaw.DISCLOSURE_UNCOMMITTED
    if disclosure.salt is None or disclosure.text is None:
        return None if _erasure_is_recorded(entry, disclosure) else Flaw.ERASURE_UNRECORDED
    kept = leaf.commitment(
        salt=bytes(disclosure.salt), field=disclosure.field, text=disclosure.text
    )
    return None if kept == committed else Flaw.DISCLOSURE_ALTERED


def _erasure_is_recorded(entry: Entry, disclosure: Disclosure) -> bool:
    act = disclosure.erased_by
    return (
        act is not None
        and isinstance(act.details, dict)
        and act.action == actions.ERASED
        and (act.subject_kind, act.subject_key) == ("audit.entry", str(entry.uuid))
        and act.details.get("field") == disclosure.field
    )
