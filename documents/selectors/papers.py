"""Lists of papers: found by number in any spelling, by words without marks, by stage and effect."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from documents.content.sameness import same_issuer
from documents.exceptions import NotFound
from documents.models import Document, Kind, Origin, Revision
from documents.search import searchable
from offices.dates import vn_date

if TYPE_CHECKING:
    from documents.querysets import DocumentQuerySet

MOST_WORDS = 8
# After these types the subject goes on in the same breath; the name of a law is a name.
LOWERED = (Kind.DECISION, Kind.DECREE, Kind.CIRCULAR)
# "1073", "1073/QĐ-CT", "số 03 / 2024 / QĐ-UBND": number, perhaps the year inside it, symbol.
_NUMBER = re.compile(
    r"\s*(?:(?:qđ|quyết định)\s+)?(?:số\s*:?\s*)?0*(?P<number>\d{1,6})"
    r"(?:\s*/\s*\d{4}(?=\s*/))?(?:\s*/\s*(?P<symbol>[^\s/]+(?:-[^\s/]+)*))?\s*",
    re.IGNORECASE,
)


def matching(text: str) -> Q:
    """Match papers by number in any spelling, or by words with or without Vietnamese marks."""
    number = _NUMBER.fullmatch(text)
    if number:
        # Folded: SQLite folds case in ASCII alone, so Đ and đ would differ.
        symbol = searchable(number["symbol"] or "")
        return Q(number_key=int(number["number"]), folded__contains=symbol)
    words = searchable(text).split()[:MOST_WORDS]
    found = Q()
    for word in words:
        found &= Q(folded__contains=word.lstrip("0") or word)
    return found


def number_in(text: str) -> int | None:
    """Read a number out of any of its spellings; None for words."""
    number = _NUMBER.fullmatch(text)
    return int(number["number"]) if number else None


def newest_revision(field: str, *, of: str = "pk") -> Subquery:
    """Find a field of the newest version of the outer row's document."""
    return Subquery(Revision.objects.filter(document=OuterRef(of)).newest_first().values(field)[:1])


def one(papers: DocumentQuerySet, reference: str) -> Document:
    """Give one of these papers by its reference; `NotFound` also for what may not be read."""
    found = (
        papers.filter(reference=reference)
        .select_related("office", "drafting_department", "author", "urgency_mark")
        .first()
    )
    if found is None:
        raise NotFound(
            _("There is no such paper, or it is not open to this account."),
            advice=_("Ask the drafting department if the paper is needed for work."),
        )
    return found


def heading(document: Document) -> str:
    """Name a paper by type and subject: "Quyết định ban hành …"; our other kinds say their type."""
    subject = document.subject
    if not subject:
        return f"{document.type_name} {document.cited_as}".strip()
    if document.kind in LOWERED:
        return f"{document.type_name} {subject[:1].lower()}{subject[1:]}"
    external = document.origin == Origin.EXTERNAL
    return f"{document.type_name} {subject}".strip() if external else subject


def cited(document: Document) -> str:
    """Cite a paper: "1073/QĐ-CT ngày 04/7/2023"; by its heading while it has no number."""
    name = document.cited_as or heading(document)
    return f"{name} ngày {vn_date(document.dated_on)}" if document.dated_on else name


def was_made_here(document: Document) -> bool:
    """Tell whether the office issued a paper itself, also one it knows by its citation alone.

    A paper without its issuer's name may be anybody's: nothing is claimed of it.
    """
    if document.origin == Origin.INTERNAL:
        return True
    return same_issuer(document.issuer_name, document.office.authority_name)
