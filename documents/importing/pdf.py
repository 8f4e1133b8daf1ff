"""The reader of PDFs with a text layer: a confined child process finds the words, we their order.

The parser runs outside the house, bounded in time, memory and output; what it answers is data.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from documents.importing.confined import HERE, Bounds, answer_of
from documents.importing.findings import Findings, Unreadable
from documents.importing.pdf_pages import Page, pieces
from documents.importing.pdf_tables import Word
from documents.importing.plain import Plain, write

MAX_PAGES = 300
MAX_CHARACTERS = 1_000_000
BOUNDS = Bounds(seconds=20, deadline=45.0, memory=1_500 * 1024 * 1024, answer=96 * 1024 * 1024)
CHILD = HERE / "pdf_child.py"
_REFUSALS = {
    "encrypted": "encrypted", "damaged": "damaged", "too_large": "pdf_too_much",
    "too_many_pages": "pdf_pages",
}  # fmt: skip
_PICTURE = 0.5
_FEW_WORDS = 5


def read_pdf(data: bytes) -> Plain:
    """The plain text of a PDF with the page of each line; raises Unreadable.

    A PDF without letters is a scan and said to be one. Bounds: MAX_PAGES, MAX_CHARACTERS, and
    what the child process may use.
    """
    answer = answer_of(CHILD, data, BOUNDS, MAX_PAGES, MAX_CHARACTERS)
    if answer.get("refused") in _REFUSALS:
        raise Unreadable(
            _REFUSALS[answer["refused"]],
            count=int(answer.get("count", 0)),
            pages=MAX_PAGES,
            limit=MAX_CHARACTERS,
        )
    findings = Findings()
    raw = answer["pages"]
    _check_letters(raw, findings)
    _name_what_acts(answer, findings)
    found, dropped = pieces([_page(number, one) for number, one in enumerate(raw, 1)])
    if dropped:
        findings.add("running_lines_left_out", count=dropped)
    return write(found, findings.found)


def _check_letters(raw: Sequence[dict[str, Any]], findings: Findings) -> None:
    """Tell scans apart: no letters at all, pages that are pictures, letters without meaning."""
    words = [len(page["words"]) for page in raw]
    drawn = any(page["pictures"] > _PICTURE for page in raw)
    if not sum(words) or (drawn and all(count < _FEW_WORDS for count in words)):
        raise Unreadable("scan" if any(page["pictures"] for page in raw) else "empty")
    letters = [word[4] for page in raw for word in page["words"]]
    lost = sum("\ufffd" in one or any("\ue000" <= c <= "\uf8ff" for c in one) for one in letters)
    if lost * 20 > len(letters):
        raise Unreadable("pdf_letters")
    for number, (page, count) in enumerate(zip(raw, words, strict=True), 1):
        if count < _FEW_WORDS and page["pictures"] > _PICTURE:
            findings.add("page_is_picture", page=number)
    turned = sum(page["turned"] for page in raw)
    if turned:
        findings.add("turned_left_out", count=turned)


def _name_what_acts(answer: dict[str, Any], findings: Findings) -> None:
    """Say what others' programs would do by themselves with the kept file, and what it carries."""
    acts = [str(one) for one in answer.get("acts", ())]
    if acts:
        findings.add("pdf_acts", acts=", ".join(acts))
    files = int(answer.get("files", 0))
    if files:
        findings.add("pdf_carries", count=files)


def _page(number: int, raw: dict[str, Any]) -> Page:
    return Page(
        number=number,
        width=float(raw["width"]),
        height=float(raw["height"]),
        words=tuple(Word(*word) for word in raw["words"]),
        rules=tuple((x0, top, x1, bottom) for x0, top, x1, bottom in raw["rules"]),
    )
