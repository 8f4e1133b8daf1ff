"""The only way into the audit."""

from __future__ import annotations

import re
import secrets
import unicodedata
import uuid
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from audit import actions, leaf
from audit.exceptions import OutsideTransaction, UnfitEntry
from audit.leaf import Party, Scalar, Subject
from audit.models import Disclosure, Entry, Unsequenced

__all__ = ["Party", "Subject", "erase", "record"]

SUBJECT_LABEL = "subject"
RESERVED = frozenset({"by", SUBJECT_LABEL})
_FIELD = re.compile(r"[a-z][a-z0-9_]{0,39}")
_DIGEST = re.compile(r"(?:[0-9a-f]{64})?")
_CODE_OR_KEY = re.compile(r"\S{0,200}")
_LARGEST_EXACT_INTEGER = 2**53 - 1  # RFC 8785 §3.2.2.3: what every JSON reader reads alike
_LIMITS = {"action": 80, "kind": 40, "key": 100, "office": 100, "label": 200}


def record(
    action: str,
    *,
    operation_id: uuid.UUID,
    head: bool,
    subject: Subject,
    by: Party,
    at: datetime,
    recorded_at: datetime | None = None,
    office: str = "",
    digest: str = "",
    details: Mapping[str, Scalar] | None = None,
    disclose: Mapping[str, str] | None = None,
) -> Entry:
    """Write one entry with its leaf, in the transaction of the change it tells of.

    The entry of the act itself has `head=True`; what the act brings about shares its
    `operation_id` with `head=False`. `details` hold codes, keys, digests and whole numbers;
    every text a person typed, and the subject's label, goes to `disclose` and is only committed
    to. `recorded_at` is `at` unless an act is entered later than it happened. `digest` is a
    SHA-256 in hex. Raises `OutsideTransaction`, `UnknownAction` or `UnfitEntry`; the database
    refuses a second head entry of an operation (`IntegrityError`).
    """
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransaction(f"{action}: an entry is written inside transaction.atomic().")
    known = actions.known(action)
    facts = _checked_details(details or {})
    texts = _checked_texts(disclose or {}, subject)
    _check_sentence(known, facts, texts)
    salts = {field: secrets.token_bytes(leaf.SALT_LENGTH) for field in texts}
    entry = _entry(
        leaf.LeafContent(
            id=uuid.uuid4(),
            operation_id=operation_id,
            head=head,
            action=_short("action", action),
            office=_short("office", office),
            subject_kind=_named("kind", subject.kind),
            subject_key=_named("key", subject.key),
            by=Party(
                kind=_named("kind", by.kind),
                key=_named("key", by.key),
                label=_named("label", by.label),
            ),
            at=_aware(at),
            recorded_at=_aware(recorded_at or at),
            digest=_checked_digest(digest),
            details=facts,
            commitments={
                field: leaf.commitment(salt=salts[field], field=field, text=text)
                for field, text in texts.items()
            },
        )
    )
    entry.save(force_insert=True)
    Unsequenced(entry=entry).save(force_insert=True)
    Disclosure.objects.bulk_create(
        Disclosure(entry=entry, field=field, salt=salts[field], text=text)
        for field, text in texts.items()
    )
    return entry


def erase(
    *,
    entry: Entry,
    field: str,
    reason: str,
    operation_id: uuid.UUID,
    head: bool,
    by: Party,
    at: datetime,
) -> Entry:
    """Erase one disclosed text by a recorded act; the leaf of the entry keeps its hash.

    Who may do so is decided above; names of officials are in the leaf and are not erased.
    Raises `UnfitEntry` when the entry disclosed no such text or it has been erased already.
    """
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransaction("A text is erased inside transaction.atomic().")
    disclosure = Disclosure.objects.select_for_update().filter(entry=entry, field=field).first()
    if disclosure is None or disclosure.is_erased:
        raise UnfitEntry(f"Entry {entry.uuid} has no text {field!r} left to erase.")
    act = record(
        actions.ERASED,
        operation_id=operation_id,
        head=head,
        subject=Subject(kind="audit.entry", key=str(entry.uuid)),
        by=by,
        at=at,
        office=entry.office,
        details={"field": field, "entry": str(entry.uuid)},
        disclose={"reason": reason},
    )
    disclosure.salt = None
    disclosure.text = None
    disclosure.erased_by = act
    disclosure.save(update_fields=["salt", "text", "erased_by"])
    return act


def _entry(content: leaf.LeafContent) -> Entry:
    leaf_bytes = leaf.canonical_bytes(content)
    return Entry(
        uuid=content.id,
        operation_id=content.operation_id,
        head=content.head,
        action=content.action,
        office=content.office,
        subject_kind=content.subject_kind,
        subject_key=content.subject_key,
        by_kind=content.by.kind,
        by_key=content.by.key,
        by_label=content.by.label,
        at=content.at,
        recorded_at=content.recorded_at,
        digest=content.digest,
        details=content.details,
        commitments=content.commitments,
        leaf_bytes=leaf_bytes,
        leaf_hash=leaf.leaf_hash(leaf_bytes),
    )


def _clean(name: str, text: str) -> str:
    """Normalise to NFC; refuse what one of the two engines or UTF-8 cannot hold."""
    if not isinstance(text, str):
        raise UnfitEntry(f"{name} is a text, not {type(text).__name__}.")
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise UnfitEntry(f"{name} holds a character that no database keeps.")
    return unicodedata.normalize("NFC", text)


def _short(name: str, text: str) -> str:
    cleaned = _clean(name, text)
    if len(cleaned) > _LIMITS[name]:
        raise UnfitEntry(f"{name} is longer than {_LIMITS[name]} letters: {cleaned[:40]!r}…")
    return cleaned


def _named(name: str, text: str) -> str:
    cleaned = _short(name, text)
    if not cleaned:
        raise UnfitEntry(f"The {name} of a subject or a party is never empty.")
    return cleaned


def _aware(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise UnfitEntry("A moment of the audit needs its time zone.")
    return at


def _checked_digest(digest: str) -> str:
    if not _DIGEST.fullmatch(digest):
        raise UnfitEntry(f"A digest is 64 hexadecimal digits in lower case, not {digest[:80]!r}.")
    return digest


def _checked_field(field: str) -> str:
    if field in RESERVED or not _FIELD.fullmatch(field):
        raise UnfitEntry(f"{field!r} cannot name a detail or a disclosure.")
    return field


def _checked_details(details: Mapping[str, Scalar]) -> dict[str, Scalar]:
    return {_checked_field(field): _scalar(field, value) for field, value in details.items()}


def _scalar(field: str, value: Scalar) -> Scalar:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        if abs(value) > _LARGEST_EXACT_INTEGER:
            raise UnfitEntry(f"{field} is too large a number for JSON; write it as a text.")
        return int(value)
    cleaned = _clean(field, value)
    if not _CODE_OR_KEY.fullmatch(cleaned):
        raise UnfitEntry(
            f"{field} holds free text or more than 200 letters: details take codes, keys, "
            f"digests and numbers; what a person typed belongs in disclose=."
        )
    return str(cleaned)


def _checked_texts(disclose: Mapping[str, str], subject: Subject) -> dict[str, str]:
    texts = {_checked_field(field): _clean(field, text) for field, text in disclose.items()}
    if subject.label:
        texts[SUBJECT_LABEL] = _clean("label", subject.label)
    return texts


def _check_sentence(
    known: actions.Action, facts: Mapping[str, Scalar], texts: Mapping[str, str]
) -> None:
    if twice := facts.keys() & texts.keys():
        raise UnfitEntry(f"{known.code}: {sorted(twice)} stand in details and in disclose.")
    if missing := known.placeholders() - RESERVED - facts.keys() - texts.keys():
        raise UnfitEntry(f"{known.code}: its sentence also needs {sorted(missing)}.")
