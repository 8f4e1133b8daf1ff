"""LibreOffice opens what is given as Word files: one start for everything that is asked of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from documents.content.tree import Clause, Row, Table
from documents.printing.compose import compose
from documents.printing.docx import docx_of
from tests.accepting import Written, paragraphs, written
from tests.printing import Print
from tests.rules.test_printing_by_decree import HEADER, LONG
from tests.rules.test_sheet import NUMBERED, the_paper
from tests.rules.test_tracked_changes import lines, made, two_papers

pytestmark = pytest.mark.libreoffice

RIBBON = "BẢN SAO ĐỂ THAM KHẢO — HẾT HIỆU LỰC từ ngày 04/7/2023"
HEADS = ("TT", "Mục tiêu", "Chỉ tiêu", "Đơn vị", "Biện pháp", "Chủ trì", "Phối hợp", "Hạn")
ROWS = tuple(
    Row((str(n), f"Mục tiêu {n}", "≥ 90 %", "hồ sơ", LONG[:80], "Văn phòng", "Các phòng", "Quý I"))
    for n in range(1, 31)
)


@pytest.fixture(scope="module", name="made_of")
def one_start(tmp_path_factory: pytest.TempPathFactory) -> Written:
    annex = replace(the_paper().annexes[0], blocks=(Table(HEADS, ROWS),))
    long = replace(
        the_paper(), annexes=(annex,), body=tuple(Clause("paragraph", LONG) for _ in range(14))
    )
    prints = {
        "paper": docx_of(compose(long, NUMBERED, header=HEADER)),
        "copy": docx_of(compose(long, NUMBERED, header=HEADER, ribbon=RIBBON, mark="BẢN SAO")),
    }
    return written(made(*two_papers()), prints, tmp_path_factory.mktemp("office"))


def is_wide(page) -> bool:
    """Whether a page lies on its long side."""
    return page.mediabox[2] > page.mediabox[3]


def test_it_accepts_to_the_new_paper_and_rejects_to_the_old(made_of):
    old, new = two_papers()
    for file, paper in ((made_of.accepted, new), (made_of.rejected, old)):
        assert paragraphs(file, accepted=True) == lines(paper)
        assert paragraphs(file, accepted=False) == lines(paper), "no change is left unsettled"


def test_every_page_of_a_print_bears_words_and_each_sheet_counts_its_own(made_of):
    said = Print(made_of.printed["paper"])
    first = next(n for n, page in enumerate(said.opened.pages) if is_wide(page))

    assert all(said.pages), "no page is left empty"
    assert len(said.pages) > first + 1 > 2
    numbers = [
        "",
        *map(str, range(2, first + 1)),
        "",
        *map(str, range(2, len(said.pages) - first + 1)),
    ]
    assert said.tops == numbers


def test_a_wide_table_lies_on_the_long_side_and_repeats_its_heads(made_of):
    said = Print(made_of.printed["paper"])
    lying = [is_wide(page) for page in said.opened.pages]
    wide = [text for text, lies in zip(said.pages, lying, strict=True) if lies]

    assert len(wide) > 1
    assert all("Mục tiêu Chỉ tiêu" in " ".join(text.split()) for text in wide)
    assert not lying[0]


def test_the_state_of_a_copy_stands_on_every_page_and_on_none_of_the_paper(made_of):
    copy, paper = (Print(made_of.printed[name]) for name in ("copy", "paper"))

    assert all(RIBBON in " ".join(top.split()) for top in copy.tops)
    assert "BẢN SAO" not in " ".join(paper.tops)
