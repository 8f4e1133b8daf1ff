"""The bytes that every opinion, check and signature binds to, and their digest.

RFC 8785 over {schema, content, attachments, relations}; `docs/reference/content-format.md`
lets an outsider recompute them.
Bytes are stored when a revision is made and never serialised again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import rfc8785

from documents.content.codec import Json, from_json, to_json
from documents.content.tree import Content, EffectivityRule, Scope, Verb

if TYPE_CHECKING:
    from documents.content.facts import IssuanceFacts, PaperFacts

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class AttachmentHash:
    """An attached file under the digest; `sha256` is lowercase hex, `size` in bytes."""

    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class TargetIdentity:
    """The identity of an instrument that issuing will act upon."""

    type: str
    number: str
    symbol: str
    dated_on: date | None
    issuer: str


@dataclass(frozen=True, slots=True)
class RelationClause:
    """One relation that issuing will execute, and when it takes effect.

    `scope_raw` names the part ("khoản 2 Điều 1") where the scope is a part.
    """

    verb: Verb
    scope: Scope
    scope_raw: str
    target: TargetIdentity
    effective_rule: EffectivityRule | None
    effective_on: date | None = None
    effective_days: int | None = None


@dataclass(frozen=True, slots=True)
class Payload:
    """Everything under one content digest."""

    content: Content
    attachments: tuple[AttachmentHash, ...] = ()
    relations: tuple[RelationClause, ...] = ()


def canonical_bytes(
    content: Content,
    *,
    attachments: Sequence[AttachmentHash] = (),
    relations: Sequence[RelationClause] = (),
) -> bytes:
    """The RFC 8785 bytes of the content with all that issuing will execute.

    Attachments and relations are sorted, so that the order of rows in a store means nothing.
    Raises ValueError for text that is not NFC.
    """
    return rfc8785.dumps(
        {
            "schema": SCHEMA,
            "content": to_json(content),
            "attachments": _sorted(attachments),
            "relations": _sorted(relations),
        }
    )


def _sorted(items: Sequence[AttachmentHash] | Sequence[RelationClause]) -> list[Json]:
    return sorted((to_json(item) for item in items), key=rfc8785.dumps)


def digest(canonical: bytes) -> str:
    """The SHA-256 of canonical bytes in lowercase hex: the content digest."""
    return hashlib.sha256(canonical).hexdigest()


def parse(canonical: bytes) -> Content:
    """The content of canonical bytes; raises ValueError when they are not ours."""
    return parse_payload(canonical).content


def parse_payload(canonical: bytes) -> Payload:
    """Content, attachments and relations of canonical bytes; raises ValueError otherwise."""
    value = json.loads(canonical)
    if not isinstance(value, dict) or value.get("schema") != SCHEMA:
        raise ValueError("unknown schema of canonical content")
    return Payload(
        content=from_json(Content, value["content"]),
        attachments=tuple(from_json(AttachmentHash, one) for one in value["attachments"]),
        relations=tuple(from_json(RelationClause, one) for one in value["relations"]),
    )


def issued_bytes(content_digest: str, facts: IssuanceFacts, paper: PaperFacts) -> bytes:
    """The RFC 8785 bytes that bind the content digest to what was decided outside it.

    Their `digest` is the issued digest. Raises ValueError while the paper has no number or no
    date.
    """
    if facts.number is None or facts.dated_on is None:
        raise ValueError("an issued paper has a number and a date")
    return rfc8785.dumps(
        {
            "content_digest": content_digest,
            "issuance": to_json(facts),
            "paper": to_json(paper),
        }
    )
