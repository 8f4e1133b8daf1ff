"""The bytes of an entry and their hashes, as `docs/reference/audit-format.md` promises them.

Pure: no database, no clock, no framework. Whoever holds these functions and an entry's
columns can recompute its leaf; so can an outsider in any language.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import rfc8785

SCHEMA = "ban-hanh/audit/1"
# RFC 9162 §2.1.1: the prefix keeps a leaf from ever being read as an inner node of the tree.
LEAF_PREFIX = b"\x00"
SALT_LENGTH = 32

Scalar = str | int | bool | None


@dataclass(frozen=True, slots=True)
class Party:
    """Who acted: a kind ("person", "clock"), a key that never changes, the name at the time."""

    kind: str
    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What was acted on; its label is free text and therefore goes into a disclosure."""

    kind: str
    key: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class LeafContent:
    """Everything a leaf binds; times are aware, `digest` is 64 hexadecimal digits or empty."""

    id: UUID
    operation_id: UUID
    head: bool
    action: str
    office: str
    subject_kind: str
    subject_key: str
    by: Party
    at: datetime
    recorded_at: datetime
    digest: str
    details: Mapping[str, Scalar]
    commitments: Mapping[str, str]


def moment(at: datetime) -> str:
    """Write an aware moment as UTC with six decimals and a final Z; `ValueError` when naive."""
    if at.tzinfo is None:
        raise ValueError("A moment of the audit needs its time zone.")
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def as_object(content: LeafContent) -> dict[str, object]:
    """Lay the content out as the JSON object of schema 1."""
    return {
        "schema": SCHEMA,
        "id": str(content.id),
        "operation": str(content.operation_id),
        "head": content.head,
        "action": content.action,
        "office": content.office,
        "subject": {"kind": content.subject_kind, "key": content.subject_key},
        "by": {"kind": content.by.kind, "key": content.by.key, "label": content.by.label},
        "at": moment(content.at),
        "recorded_at": moment(content.recorded_at),
        "digest": content.digest,
        "details": dict(content.details),
        "commitments": dict(content.commitments),
    }


def canonical_bytes(content: LeafContent) -> bytes:
    """Give the leaf bytes: RFC 8785 JSON in UTF-8; `ValueError` for what JSON cannot carry."""
    return rfc8785.dumps(as_object(content))  # type: ignore[arg-type]


def leaf_hash(leaf_bytes: bytes) -> str:
    """Hash a leaf as RFC 9162 §2.1.1 does: SHA-256 of a zero byte and the leaf bytes, in hex."""
    return hashlib.sha256(LEAF_PREFIX + leaf_bytes).hexdigest()


def commitment(*, salt: bytes, field: str, text: str) -> str:
    """Commit to a text without showing it: SHA-256 of the RFC 8785 JSON `[salt, field, text]`.

    The salt is written in lower-case hex. Once salt and text are erased nobody can guess the
    text back, yet the leaf keeps its hash.
    """
    return hashlib.sha256(rfc8785.dumps([salt.hex(), field, text])).hexdigest()
