"""This year's draft from a former decision: what moves on, what must be looked at again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from documents import papers
from documents.content.text import to_text
from documents.services.issuing import issuer_name
from offices.dates import vn_date_words

if TYPE_CHECKING:
    from documents.models import Document, Revision

# Stands for the clause of replacement while years move on: the year of its date is a fact.
REPLACING = "\ue000"
CITATION = re.compile(r"^\s*(?:Căn cứ|Theo đề nghị|Xét đề nghị)")


def from_former(document: Document, revision: Revision) -> str:
    """Give the text of a former decision moved on by a year, replacing that decision.

    Number, date and signature become slots again. The year of the period moves on everywhere but
    in citations, whose years are facts; the clause of replacement names the former decision.
    """
    content = papers.content_of(revision)
    plain = to_text(content)
    for clause in content.supersessions:
        plain = plain.replace(clause.raw, REPLACING, 1)
    year = content.preface.period_year
    if year is not None:
        plain = _moved_on(plain, year)
    return plain.replace(REPLACING, _replacing(document))


def _moved_on(plain: str, year: int) -> str:
    moved = re.compile(rf"\b(năm|NĂM)\s+{year}\b")
    lines = (
        line if CITATION.match(line) else moved.sub(lambda found: f"{found[1]} {year + 1}", line)
        for line in plain.splitlines()
    )
    return "\n".join(lines) + "\n"


def _replacing(document: Document) -> str:
    if document.dated_on is None:
        raise ValueError("a former decision has its date")
    return (
        f"thay thế {document.type_name} số {document.cited_as} "
        f"{vn_date_words(document.dated_on)} của {issuer_name(document)}"
    )
