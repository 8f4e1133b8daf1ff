"""Page numbers that text taken from a printed page left between its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from documents.importing.layout import Para

if TYPE_CHECKING:
    from collections.abc import Sequence

    from documents.importing.findings import Findings

_NUMBER = regex.compile(
    r"(?:[-–]\s*)?(?:(?:Trang|trang)\s+)?(?P<page>\d{1,3})(?:\s*/\s*\d{1,3})?(?:\s*[-–])?"
)
_SENTENCE_ENDS = regex.compile(r"[.;:!?”\")]$")


def without_page_numbers(paras: Sequence[Para], findings: Findings) -> list[Para]:
    """The paragraphs without numbers that count pages; a sentence they cut in two is one again.

    The first page has none (Decree 30/2020, app. I): the count begins with 2, or with 1 where a 2
    follows. A number alone that does not count on is text.
    """
    numbers = _counting(paras)
    if not numbers:
        return list(paras)
    findings.add("page_numbers_removed", paras[numbers[0]].line, count=len(numbers))
    kept: list[Para] = []
    joins = False
    for place, para in enumerate(paras):
        if place in numbers:
            joins = True
            continue
        if joins and kept and _goes_on(kept[-1], para):
            kept[-1] = Para((*kept[-1].lines, *para.lines))
        else:
            kept.append(para)
        joins = False
    return kept


def _counting(paras: Sequence[Para]) -> list[int]:
    """The places of the numbers 2, 3, 4 … in order, and of the 1 before them."""
    found: list[int] = []
    first: int | None = None
    for place, para in enumerate(paras):
        number = _NUMBER.fullmatch(para.text) if not para.is_table else None
        if number is None:
            continue
        page = int(number["page"])
        if page == 1 and first is None and not found:
            first = place
        elif page == len(found) + 2:
            found.append(place)
    return [first, *found] if first is not None and found else found


def _goes_on(above: Para, below: Para) -> bool:
    if above.is_table or below.is_table:
        return False
    return not _SENTENCE_ENDS.search(above.text) and below.text[:1].islower()
