"""A printed PDF as a reader with a ruler sees it: lines of letters with place, size and face."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import pdfplumber
import pikepdf
import pypdfium2

from documents.content.canonical import canonical_bytes
from documents.printing.compose import compose
from documents.printing.pdf import pdf_of

if TYPE_CHECKING:
    from documents.content.facts import IssuanceFacts
    from documents.content.tree import Content
    from documents.printing.paper import Paper

MM = 72 / 25.4
HYPHENS = dict.fromkeys((0x02, 0xFFFE), "-")


@dataclass(frozen=True)
class Line:
    """One printed line; lengths in millimetres from the top left corner of its page."""

    page: int
    text: str
    left: float
    right: float
    top: float
    bottom: float
    sizes: frozenset[float]
    faces: frozenset[str]

    @property
    def middle(self) -> float:
        """Half way between its ends."""
        return (self.left + self.right) / 2

    @property
    def is_bold(self) -> bool:
        """Whether all of it is bold."""
        return all("Bold" in face for face in self.faces)

    @property
    def is_italic(self) -> bool:
        """Whether all of it is italic."""
        return all("Italic" in face for face in self.faces)


@dataclass(frozen=True)
class Print:
    """One PDF."""

    data: bytes

    @cached_property
    def lines(self) -> list[Line]:
        """Every line of every page; the two halves of the head of a sheet are lines of their own."""
        with pdfplumber.open(io.BytesIO(self.data)) as opened:
            return [
                _line(number, words)
                for number, page in enumerate(opened.pages, 1)
                for words in _words_by_line(page)
            ]

    def line(self, text: str) -> Line:
        """The one line that begins so."""
        found = [line for line in self.lines if line.text.startswith(text)]
        assert len(found) == 1, f"{text!r}: {[line.text for line in found or self.lines]}"
        return found[0]

    def of_page(self, page: int) -> list[Line]:
        """The lines of one page from the top down."""
        return sorted((line for line in self.lines if line.page == page), key=lambda x: x.top)

    @cached_property
    def pages(self) -> list[str]:
        """The text of each page in the order of the file; what stands in the top margin left out."""
        with pypdfium2.PdfDocument(self.data) as opened:
            return [_text(page, top=page.get_height() - 19 * MM) for page in opened]

    @cached_property
    def tops(self) -> list[str]:
        """The text in the top margin of each page: its number, and the ribbon of a copy."""
        with pypdfium2.PdfDocument(self.data) as opened:
            return [_text(page, bottom=page.get_height() - 19 * MM) for page in opened]

    @property
    def words(self) -> str:
        """The text of all pages, every gap one blank."""
        return " ".join(" ".join(self.pages).split())

    @cached_property
    def letters(self) -> str:
        """Every letter below the top margin in the order it is drawn: cell after cell, no gaps."""
        with pdfplumber.open(io.BytesIO(self.data)) as opened:
            drawn = (one for page in opened.pages for one in page.chars if one["top"] > 19 * MM)
            return "".join("".join(one["text"].split()) for one in drawn)

    def rules(self, page: int) -> list[tuple[float, float, float]]:
        """The drawn horizontal lines of a page: left, right, top in millimetres."""
        with pdfplumber.open(io.BytesIO(self.data)) as opened:
            drawn = opened.pages[page - 1].lines
            return [(one["x0"] / MM, one["x1"] / MM, one["top"] / MM) for one in drawn]

    @cached_property
    def opened(self) -> pikepdf.Pdf:
        """The file as another library reads it."""
        return pikepdf.open(io.BytesIO(self.data))


def _text(page: Any, **bounds: float) -> str:
    # The library writes a hyphen at the end of a line as a sign of its own.
    return page.get_textpage().get_text_bounded(**bounds).translate(HYPHENS).strip()


def _words_by_line(page: Any) -> list[list[Any]]:
    words = page.extract_words(extra_attrs=["fontname", "size"], keep_blank_chars=False)
    lines: list[list[Any]] = []
    for word in sorted(words, key=lambda one: (round(one["bottom"]), one["x0"])):
        last = lines[-1][-1] if lines else None
        beside = last is not None and abs(last["bottom"] - word["bottom"]) < 2
        if beside and 0 <= word["x0"] - last["x1"] < 6 * MM:
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def _line(page: int, words: list[Any]) -> Line:
    return Line(
        page=page,
        text=" ".join(one["text"] for one in words),
        left=words[0]["x0"] / MM,
        right=words[-1]["x1"] / MM,
        top=min(one["top"] for one in words) / MM,
        bottom=max(one["bottom"] for one in words) / MM,
        sizes=frozenset(round(one["size"], 1) for one in words),
        faces=frozenset(one["fontname"].partition("+")[2] for one in words),
    )


def printed(content: Content, facts: IssuanceFacts, **more: Any) -> Print:
    """A content set as PDF with its canonical JSON; the same one is set and read once a process."""
    return _set(compose(content, facts, **more), canonical_bytes(content))


def set_anew(content: Content, facts: IssuanceFacts) -> bytes:
    """A content set as PDF, whatever was set before."""
    return pdf_of(compose(content, facts), canonical_bytes(content)).data


@lru_cache(maxsize=64)
def _set(paper: Paper, canonical: bytes) -> Print:
    return Print(pdf_of(paper, canonical).data)
