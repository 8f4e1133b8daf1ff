"""An official letter as it is printed (Decree 30/2020, Appendix I): no type, "V/v", "Kính gửi"."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import docx
import pytest

from documents.content.facts import IssuanceFacts
from documents.importing.text import read_text
from documents.printing.compose import compose
from documents.printing.docx import docx_of
from documents.rendering.html import sheets
from tests.printing import printed
from tests.rules.test_letters import LETTER, NOTICE

FACTS = IssuanceFacts(
    number=3,
    symbol="UBND-VP",
    place="An Mẫu",
    dated_on=date(2024, 1, 22),
    signature_lines=("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    signatory="Nguyễn Văn Mẫu",
)
# The middle of the column of the agency, and of the text, on A4 with margins of 30 and 15 mm.
COLUMN, TEXT = 30 + 66 / 2, (30 + 195) / 2


@pytest.fixture(scope="module")
def letter():
    return read_text(LETTER, kind="official_letter").content


@pytest.fixture(scope="module")
def page(letter):
    return printed(letter, FACTS)


def test_what_the_letter_is_about_stands_below_its_number_small_and_in_the_middle(page):
    number = page.line("Số: 03/UBND-VP")
    about = page.line("V/v đính chính")
    assert number.middle == pytest.approx(COLUMN, abs=1)
    assert about.middle == pytest.approx(COLUMN, abs=1)
    assert about.sizes == {12.0}
    assert not about.is_bold
    assert not about.is_italic
    # Six points between them, and neither is parted from the column of the agency.
    assert 1.5 < about.top - number.bottom < 3.5
    assert about.right < 30 + 66


def test_to_whom_it_goes_stands_in_the_middle_apart_from_the_text(page):
    to = page.line("Kính gửi: Các đơn vị nhận")
    first = page.line("Quyết định số 15/QĐ-CT thay thế")
    assert to.middle == pytest.approx(TEXT, abs=1)
    assert to.sizes == {14.0}
    assert first.top - to.bottom > 4


def test_no_number_of_a_paper_is_parted_by_the_end_of_a_line(page):
    for line in page.lines:
        assert not line.text.endswith(("15/", "15/QĐ-", "9/", "9/QĐ-")), line.text


@pytest.mark.parametrize("word", ["QUYẾT ĐỊNH", "CÔNG VĂN", "Điều 1."])
def test_a_letter_bears_no_type(page, letter, word):
    assert word not in page.words
    assert word not in sheets(letter, FACTS)


def test_a_notice_bears_its_type_and_a_title_in_the_middle():
    content = read_text(NOTICE, kind="notice").content
    said = printed(content, replace(FACTS, symbol="TB-UBND"))
    assert said.line("THÔNG BÁO").middle == pytest.approx(TEXT, abs=1)
    assert said.line("Về việc thu hồi").is_bold
    assert "V/v" not in said.words


def test_the_word_file_and_the_sheet_look_the_same(letter):
    document = docx.Document(io.BytesIO(docx_of(compose(letter, FACTS))))
    (head, *_others) = document.tables
    lines = [one for one in head.rows[1].cells[0].paragraphs if one.text]
    assert [one.text.split(" ")[0] for one in lines] == ["Số:", "V/v"]
    assert [one.alignment for one in lines] == [1, 1]
    assert lines[1].runs[0].font.size.pt == 12
    (to,) = [one for one in document.paragraphs if one.text.startswith("Kính gửi")]
    assert to.alignment == 1
    drawn = sheets(letter, FACTS)
    assert '<p class="addressee"' in drawn
    assert '<span class="about">V/v đính chính Quyết định số 15/QĐ-CT' in drawn
