"""What a letter of correction or a notice of recall orders, read from its subject and its body.

A slip of form in an issued paper is corrected by an official letter, an issued paper is recalled
by a notice (Decree 30/2020 art. 18); either names one paper, in its subject.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import regex

from documents.content.citations import parse_instrument
from documents.content.tree import (
    LETTERS,
    Clause,
    Content,
    Instrument,
    Kind,
    Supersession,
    Verb,
    clauses_of,
)

ORDERS: dict[Kind, tuple[str, Verb]] = {
    "official_letter": ("đính chính", "corrects"),
    "notice": ("thu hồi", "recalls"),
}
OBJECTIVES, ANY = "Mục tiêu chất lượng", "Văn bản"
_SLIP = regex.compile(
    r"(?:Tại\s+)?(?P<place>[^“”:]{2,200}?),?\s+(?:đã (?:in|ghi|viết)(?: là)?:?\s*)?“(?P<wrong>[^“”]{1,1000})”,?\s+"
    r"(?:nay\s+)?(?:sửa|đính chính|đọc|viết)(?: lại)?(?: là|thành| thành)\s*:?\s*“(?P<right>[^“”]{1,1000})”"
)


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip: where it stands in the corrected paper, the words as issued, the words meant."""

    place: str
    wrong: str
    right: str
    clause_id: str = ""


def order_of(content: Content) -> Supersession | None:
    """Give what a letter does to the paper its subject names; None where it names none."""
    if content.kind not in LETTERS:
        return None
    word, verb = ORDERS[content.kind]
    subject = content.preface.subject
    found = regex.match(rf"{word}\s+", subject, regex.IGNORECASE)
    target = _named(subject[found.end() :]) if found else None
    if target is None:
        return None
    return Supersession(
        verb=verb, verb_raw=word, scope="whole", scope_raw="", target=target, raw=subject
    )


def _named(words: str) -> Instrument | None:
    """Read the paper a subject names; objectives are cited by their own name, as no law is."""
    if words.startswith(OBJECTIVES):
        target = parse_instrument(words.replace(OBJECTIVES, ANY, 1))
        return replace(target, type=OBJECTIVES) if target is not None else None
    return parse_instrument(words)


def slips_of(content: Content) -> tuple[Slip, ...]:
    """Give the slips a letter of correction names, in its order."""
    return tuple(_slips(content)) if content.kind == "official_letter" else ()


def _slips(content: Content) -> Iterator[Slip]:
    for block in clauses_of(content.body):
        if not isinstance(block, Clause):
            continue
        for found in _SLIP.finditer(block.text):
            yield Slip(
                found["place"].strip(), found["wrong"].strip(), found["right"].strip(), block.id
            )
