"""A paper printed from the browser: what stays together, and what is not left out."""

from __future__ import annotations

import io

import pdfplumber
import pytest

from documents.content.facts import IssuanceFacts
from documents.importing.text import read_text
from documents.rendering.html import CONFIRMED, sheets
from documents.rendering.standalone import standalone
from workflows.example.acts import text_of

# What the browser does with a page does not depend on the database that filled it.
pytestmark = [pytest.mark.browser, pytest.mark.once]
SIGNED = IssuanceFacts(
    number=7, symbol="QĐ-CT", place="An Mẫu", signature_lines=("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    signatory="Nguyễn Văn Mẫu",
)  # fmt: skip


@pytest.fixture
def page(browser):
    opened = browser.new_page()
    yield opened
    opened.close()


def printed(page, text: str) -> list[str]:
    """The words of each printed page of a paper."""
    drawn = sheets(read_text(text).content, SIGNED, sealed=True, anchors=False)
    page.set_content(standalone(drawn, title="In thử"))
    with pdfplumber.open(io.BytesIO(page.pdf(prefer_css_page_size=True))) as found:
        return [one.extract_text() for one in found.pages]


@pytest.mark.parametrize("more", range(0, 44, 4))
def test_the_signature_never_stands_alone_on_a_page_and_says_what_it_is(page, more):
    """Whatever the length of the paper, the last article goes over with the signature."""
    text = text_of("ke-hoach-danh-gia-noi-bo-2024")
    head, mark, rest = text.partition("Điều 2")
    filled = "".join(f"\n{n}. Nội dung thứ {n} của Điều này.\n" for n in range(1, more + 1))
    pages = printed(page, f"{head}{filled}\n{mark}{rest}")
    (signed,) = [words for words in pages if "PHÓ CHỦ TỊCH" in words]
    assert CONFIRMED.split(",")[0] in " ".join(signed.split())
    assert "chưa phải chữ ký số" in " ".join(signed.split())
    assert any(words in signed for words in ("Điều", "chịu trách nhiệm", "thi hành")), signed[:300]
