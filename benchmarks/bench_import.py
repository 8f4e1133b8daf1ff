"""How long one paper takes to read as .docx, .pdf, .txt and pasted HTML, a page, in one run.

    .venv/bin/python -m benchmarks.bench_import [pages]

The same content in four forms: read ratios, not absolutes; the last column is what a form costs
beside plain text. A page is one of the printed PDF.
"""

from __future__ import annotations

import html
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

import pypdfium2

from documents.content.facts import IssuanceFacts
from documents.content.text import to_text
from documents.importing.files import read_file
from documents.importing.markup import read_markup
from documents.importing.text import read_text
from tests.fixtures import papers
from tests.fixtures.files.word import of_content
from tests.printing import printed

ROUNDS = 5
ARTICLE = (
    "Điều {number}. Các phòng chuyên môn tổ chức thực hiện nội dung thứ {number}, phân công người "
    "theo dõi, kiểm tra kết quả và báo cáo Văn phòng trước ngày cuối cùng của mỗi quý trong năm."
)
FACTS = IssuanceFacts(
    number=7, symbol="QĐ-UBND", place="An Mẫu", dated_on=date(2024, 5, 6), signatory="Đỗ Minh Khải"
)


def paper(pages: int) -> str:
    """A decision of about so many pages: articles, then an annex with a table."""
    source = (Path(papers.__file__).parent / "annex_table.txt").read_text(encoding="utf-8")
    articles = "\n\n".join(ARTICLE.format(number=number) for number in range(1, pages * 5))
    head, _, rest = source.partition("Điều 1.")
    annex = rest[rest.index("KT. CHỦ TỊCH") :]
    rows = "\n".join(
        f"{number}\tNội dung thứ {number} của bảng\t≥ {number % 50 + 50}%\tKiểm tra hằng quý\tquý I\tVăn phòng\t"
        for number in range(4, pages * 10)
    )
    return f"{head}{articles}./.\n\nNơi nhận:\n\n- Như Điều 1;\n- Lưu: VT.\n\n{annex.rstrip()}\n{rows}\n"


def as_markup(text: str) -> str:
    """The plain text form as a browser's clipboard would hold it."""
    blocks = (
        "<table>"
        + "".join(f"<tr><td>{'<td>'.join(row.split(chr(9)))}" for row in block.split("\n"))
        + "</table>"
        if "\t" in block
        else f"<p>{block}</p>".replace("\n", "<br>")
        for block in html.escape(text).split("\n\n")
    )
    return "".join(blocks)


def timed(read: Callable[[], object]) -> float:
    """The median of some rounds, in milliseconds."""
    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        read()
        taken.append((time.perf_counter() - started) * 1000)
    return median(taken)


def main(pages: int) -> None:
    """Print one line for each form."""
    content = read_text(paper(pages)).content
    text = to_text(content)
    pdf = printed(content, FACTS).data
    word, markup = of_content(content), as_markup(text)
    forms: dict[str, Callable[[], object]] = {
        ".txt": lambda: read_file(text.encode(), filename="a.txt"),
        ".docx": lambda: read_file(word, filename="a.docx"),
        ".pdf": lambda: read_file(pdf, filename="a.pdf"),
        "html": lambda: read_markup(markup),
    }
    count = len(pypdfium2.PdfDocument(pdf))
    grammar = timed(lambda: read_text(text))
    print(f"{count} pages, {len(text):,} characters, median of {ROUNDS} rounds")
    print(f"{'form':8}{'to text, ms':>14}{'ms a page':>12}{'with the grammar':>18}{'ratio':>8}")
    plain = 0.0
    for name, read in forms.items():
        taken = timed(read)
        plain = plain or taken + grammar
        print(
            f"{name:8}{taken:14.0f}{taken / count:12.1f}{(taken + grammar) / count:18.1f}"
            f"{(taken + grammar) / plain:8.1f}"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
