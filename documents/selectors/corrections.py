"""What letters of correction say of an issued paper, and its sheet with the words they correct."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from documents.content import canonical
from documents.content.letters import Slip, slips_of
from documents.lifecycle import Stage
from documents.models import Revision
from documents.relations import RelationKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from documents.models import Document
    from documents.selectors.relations import Edge


@dataclass(frozen=True, slots=True)
class Correction:
    """One issued letter of correction and the slips it names."""

    letter: Document
    slips: tuple[Slip, ...]


def corrections(edges: Iterable[Edge]) -> list[Correction]:
    """Give the issued letters that correct a paper, oldest first; one query, none where none does."""
    letters = {
        edge.other.pk: edge.other
        for edge in edges
        if edge.back and edge.kind is RelationKind.CORRECTS and not edge.planned
    }
    if not letters:
        return []
    issued = Revision.objects.filter(document__in=letters, stage=Stage.ISSUED.value)
    rows = issued.defer("text").order_by("document__issued_at", "document")
    return [
        Correction(letters[row.document_id], slips_of(canonical.parse(bytes(row.canonical))))
        for row in rows
    ]


def marked(sheet: str, found: Sequence[Correction]) -> SafeString:
    """Mark the corrected words on a drawn sheet, struck with the right ones beside them.

    Only words that stand exactly once on the sheet are marked; the others are listed beside it
    alone. The sheet is a drawing: the issued bytes are not touched.
    """
    drawn = str(sheet)
    for correction in found:
        for slip in correction.slips:
            words = escape(slip.wrong)
            if drawn.count(words) == 1 and _in_text(drawn, drawn.index(words)):
                drawn = drawn.replace(words, _struck(slip), 1)
    return mark_safe(drawn)  # noqa: S308 - the sheet was drawn by a template, the words are escaped


def _in_text(drawn: str, place: int) -> bool:
    return drawn.rfind("<", 0, place) <= drawn.rfind(">", 0, place)


def _struck(slip: Slip) -> SafeString:
    return format_html("<del>{}</del> <ins>{}</ins>", slip.wrong, slip.right)
