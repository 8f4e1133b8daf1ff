"""The printed PDF measured against Decree 30/2020, Appendix I: place, size and style of each part."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from functools import cache

import docx
import pdfplumber
import pytest
from docx.oxml.ns import qn

from documents.content.tree import (
    Annex,
    AnnexReference,
    Article,
    Clause,
    Recipient,
    Row,
    Table,
)
from documents.printing.compose import compose
from documents.printing.docx import docx_of
from tests.printing import MM, Print, printed
from tests.rules.test_sheet import NUMBERED, UNNUMBERED, the_paper

HEADER = ("ỦY BAN NHÂN DÂN", "QUẬN AN MẪU")
LONG = " ".join(["Các phòng thực hiện đúng kế hoạch và báo cáo kết quả."] * 6)
# Millimetres that a letter's box differs from the line's.
CLOSE = 2.5


@cache
def paper() -> Print:
    """A decision with one annex."""
    return printed(the_paper(), NUMBERED, header=HEADER)


@cache
def long_paper() -> Print:
    """A decision of several pages with two annexes of several."""
    articles = tuple(
        Article(n, f"Điều {n}.", (Clause("paragraph", f"{LONG} Hết {n}."),)) for n in range(1, 15)
    )
    rows = tuple(Row((str(n), f"Mục tiêu thứ {n}. {LONG}", "≥ 99%")) for n in range(1, 25))
    annexes = tuple(
        Annex(
            f"MỤC TIÊU {part}",
            label=f"Phụ lục {part}",
            reference=AnnexReference("(Kèm theo Quyết định", "Ủy ban nhân dân quận An Mẫu"),
            blocks=(Table(("TT", "Mục tiêu", "Chỉ tiêu"), rows),),
        )
        for part in ("I", "II")
    )
    return printed(
        replace(the_paper(), articles=articles, annexes=annexes), NUMBERED, header=HEADER
    )


def test_the_sheet_is_a4_and_nothing_is_printed_into_its_margins():
    """Margins: top and bottom 20 to 25 mm, left 30 to 35, right 15 to 20; page numbers above."""
    for box in (page.mediabox for page in long_paper().opened.pages):
        assert [round(float(one) / 72 * 25.4) for one in box] == [0, 0, 210, 297]
    body = [line for line in long_paper().lines if not line.text.isdecimal()]
    assert len(body) > 100
    assert min(line.left for line in body) >= 30 - 0.1
    assert max(line.right for line in body) <= 210 - 15 + 0.1
    assert min(line.top for line in body) >= 20 - CLOSE
    assert max(line.bottom for line in body) <= 297 - 20 + 0.1


@pytest.mark.parametrize(
    ("begins", "sizes", "bold", "italic"),
    [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", {12, 13}, True, False),
        ("Độc lập - Tự do - Hạnh phúc", {13, 14}, True, False),
        # one body's name over two lines: nobody stands above it
        ("ỦY BAN NHÂN DÂN", {12, 13}, True, False),
        ("QUẬN AN MẪU", {12, 13}, True, False),
        ("Số: 07/QĐ-CT", {13}, False, False),
        ("An Mẫu, ngày 05 tháng 3 năm 2024", {13, 14}, False, True),
        ("Ban hành Mục tiêu chất lượng năm 2024", {13, 14}, True, False),
        ("CHỦ TỊCH ỦY BAN NHÂN DÂN QUẬN AN MẪU", {13, 14}, True, False),
        ("Căn cứ Luật", {13, 14}, False, True),
        ("Theo đề nghị của", {13, 14}, False, True),
        ("QUYẾT ĐỊNH:", {13, 14}, True, False),
        ("1. Mục tiêu chung;", {13, 14}, False, False),
        ("Nơi nhận:", {12}, True, True),
        ("- Như Điều 2;", {11}, False, False),
    ],
)
def test_each_part_has_the_size_and_style_of_the_decree(begins, sizes, bold, italic):
    line = paper().line(begins)

    assert line.sizes <= {float(size) for size in sizes}
    assert (line.is_bold, line.is_italic) == (bold, italic)


def test_a_wide_sheet_has_the_margins_of_every_other():
    heads = ("TT", "Mục tiêu", "Chỉ tiêu", "Đơn vị", "Biện pháp", "Chủ trì", "Hạn")
    rows = tuple(Row((str(n), LONG, "≥ 90%", "%", LONG, LONG, "Quý I")) for n in range(1, 9))
    said = printed(
        replace(the_paper(), annexes=(Annex("A", blocks=(Table(heads, rows),)),)), NUMBERED
    )
    drawn = [rule for rule in said.rules(3) if rule[1] - rule[0] > 100]
    left, right = min(rule[0] for rule in drawn), max(rule[1] for rule in drawn)
    wide = [line for line in said.lines if line.page > 1 and line.top > 20]

    assert [round(float(one) / 72 * 25.4) for one in said.opened.pages[1].mediabox] == [
        0,
        0,
        297,
        210,
    ]
    assert 30 - 0.1 <= left <= 35
    assert 297 - 20 <= right <= 297 - 15 + 0.1
    assert left <= min(line.left for line in wide)
    assert max(line.right for line in wide) <= right
    assert max(line.bottom for line in wide) <= 210 - 20 + 0.1


@pytest.mark.parametrize("place", ["An Mẫu", "Thành phố Hồ Chí Minh", "Phan Rang - Tháp Chàm"])
def test_a_place_and_its_day_stand_on_one_line_beside_the_number(place):
    said = printed(the_paper(), replace(NUMBERED, place=place, dated_on=date(2024, 12, 28)))

    line = said.line(f"{place}, ngày 28 tháng 12 năm 2024")
    assert line.sizes <= {13.0, 14.0}
    assert line.top == pytest.approx(said.line("Số: 07").top, abs=1)


@pytest.mark.parametrize(("level", "width"), [("Hỏa tốc", 30), ("Thượng khẩn", 40), ("Khẩn", 20)])
def test_an_urgent_paper_has_the_stamp_of_its_level_below_the_number(level, width):
    """Box 10b: 30, 40 or 20 mm by 8 mm, red; in the Word file too."""
    said = printed(the_paper(), NUMBERED, header=HEADER, urgency=level)
    words, number = said.line(level.upper()), said.line("Số: 07")
    with pdfplumber.open(io.BytesIO(said.data)) as opened:
        (frame,) = [one for one in opened.pages[0].rects if one["height"] > 5 * MM]

    assert frame["width"] / MM == pytest.approx(width, abs=0.1)
    assert frame["height"] / MM == pytest.approx(8, abs=0.1)
    assert frame["top"] / MM > number.bottom - 1
    assert (frame["x0"] + frame["x1"]) / 2 / MM == pytest.approx(words.middle, abs=0.5)
    assert words.middle == pytest.approx(number.middle, abs=0.5)
    assert (words.is_bold, words.sizes) == (True, {13.0})

    file = docx.Document(io.BytesIO(docx_of(compose(the_paper(), NUMBERED, urgency=level))))
    (stamp,) = [one for one in file.tables[0].cell(1, 0).paragraphs if one.text == level.upper()]
    form = stamp.paragraph_format
    assert 66 - form.left_indent.mm - form.right_indent.mm == pytest.approx(width - 2.1, abs=0.2)
    assert len(stamp._p.find(f".//{qn('w:pBdr')}")) == 4


def test_the_sizes_move_together():
    """National heading and motto, and the date with the motto: 12 with 13, or 13 with 14."""
    heading, motto, day = (
        paper().line(text).sizes for text in ("CỘNG HÒA XÃ", "Độc lập - Tự do", "An Mẫu, ngày")
    )

    assert {one + 1 for one in heading} == set(motto) == set(day)


def test_agency_and_number_stand_on_the_left_national_heading_and_date_on_the_right():
    agency, number = paper().line("QUẬN AN MẪU"), paper().line("Số: 07")
    heading, motto, day = (
        paper().line(text) for text in ("CỘNG HÒA XÃ", "Độc lập - Tự do", "An Mẫu, ngày")
    )

    assert agency.right < heading.left
    assert number.right < day.left
    assert agency.middle == pytest.approx(number.middle, abs=1)
    assert heading.middle == pytest.approx(motto.middle, abs=1) == pytest.approx(day.middle, abs=1)
    assert heading.top == pytest.approx(paper().line("ỦY BAN NHÂN DÂN").top, abs=1)
    assert number.top == pytest.approx(day.top, abs=1)


def test_lines_are_drawn_under_the_motto_the_agency_and_the_subject():
    """As long as the motto; a third to a half of the agency's name and of the subject."""
    for begins, least, most in (
        ("Độc lập - Tự do", 0.98, 1.02),
        ("QUẬN AN MẪU", 1 / 3, 1 / 2),
        ("Ban hành Mục tiêu", 1 / 3, 1 / 2),
    ):
        line = paper().line(begins)
        ((left, right, _top),) = [
            rule for rule in paper().rules(1) if 0 < rule[2] - line.bottom < 3
            and line.left <= (rule[0] + rule[1]) / 2 <= line.right
        ]  # fmt: skip
        part = (right - left) / (line.right - line.left)
        assert least <= part <= most, begins
        assert (left + right) / 2 == pytest.approx(line.middle, abs=1)


def test_the_heads_of_articles_are_bold_and_their_text_is_not():
    line = paper().line("Điều 1. Ban hành kèm theo:")

    assert line.faces == {"TeXGyreTermes-Bold", "TeXGyreTermes-Regular"}
    assert line.left == pytest.approx(30 + 12.7, abs=0.5)


def test_running_text_is_justified_with_its_first_line_set_in():
    body = [line for line in long_paper().of_page(2) if line.sizes == {14.0}]
    inside = [line for line in body if line.left < 31]

    assert len(inside) > 10
    assert sum(line.right > 194.5 for line in inside) > 0.6 * len(inside)
    assert {round(line.left, 1) for line in body if line.text.startswith("Điều")} == {42.7}


def test_pages_are_numbered_above_in_the_middle_from_the_second_page_of_each_sheet_on():
    """Appendix I: no number on the first page; each annex counts its own pages."""
    said = long_paper()
    firsts = [number for number, text in enumerate(said.pages, 1) if "Phụ lục" in text]
    expected, count = [], 0
    for number in range(1, len(said.pages) + 1):
        count = 1 if number in firsts else count + 1
        expected.append([str(count)] if count > 1 else [])
    numbers = [
        [line for line in said.of_page(page) if line.text.isdecimal() and line.top < 20]
        for page in range(1, len(said.pages) + 1)
    ]

    assert [[line.text for line in of_page] for of_page in numbers] == expected
    assert len(firsts) == 2
    assert max(expected) > ["2"]
    for line in (line for of_page in numbers for line in of_page):
        assert line.sizes <= {13.0, 14.0}
        assert line.middle == pytest.approx(30 + 165 / 2, abs=1)


def test_an_annex_names_the_decision_it_belongs_to_under_its_title():
    page = long_paper().pages.index(
        next(text for text in long_paper().pages if "Phụ lục I" in text)
    )
    label, title, belongs = (
        next(line for line in long_paper().of_page(page + 1) if line.text.startswith(text))
        for text in ("Phụ lục I", "MỤC TIÊU I", "(Kèm theo Quyết định số 07/QĐ-CT")
    )

    assert label.top < title.top < belongs.top
    assert (label.sizes, label.is_bold) == ({14.0}, True)
    assert title.is_bold
    assert belongs.is_italic
    assert "ngày 05 tháng 3 năm 2024" in " ".join(long_paper().pages[page].split())


def test_while_it_has_no_number_its_places_are_left_free_to_be_written():
    said = printed(the_paper(), UNNUMBERED, header=HEADER)

    assert "Số: /QĐ-CT" in said.words
    assert "An Mẫu, ngày tháng năm" in said.words
    assert "quyết định số /qđ-ct ngày tháng năm của chủ tịch" in said.words.lower()
    assert "tại Tờ trình số" in said.words


def test_whom_it_goes_to_stands_beside_who_signs():
    to, post, name = (
        next(line for line in paper().of_page(1) if line.text.startswith(text))
        for text in ("Nơi nhận:", "KT. CHỦ TỊCH", "Phó Chủ tịch kinh tế")
    )

    assert to.left < 31
    assert post.left > 105
    assert post.middle == pytest.approx(name.middle, abs=1)
    assert (post.is_bold, name.is_bold) == (True, True)
    assert name.top - post.bottom > 25, "room for the signature and the seal"


def test_the_head_of_a_table_is_repeated_and_no_row_is_broken():
    said = long_paper()
    for text in said.pages:
        whole = " ".join(text.split())
        if "Mục tiêu thứ" in whole:
            assert "TT Mục tiêu Chỉ tiêu" in whole
            assert whole.count("Mục tiêu thứ") == whole.count("≥ 99%")
            assert whole.count("Các phòng thực hiện") == 6 * whole.count("Mục tiêu thứ")


@pytest.mark.parametrize("lines", range(1, 40, 3))
def test_a_signature_never_stands_without_words_and_a_heading_never_without_its_text(lines):
    filling = tuple(Clause("paragraph", f"Dòng {n}.") for n in range(lines))
    body = (*filling, Clause("heading", "TỔ CHỨC", "I."), Clause("paragraph", LONG), *filling[:9])
    said = printed(replace(the_paper(), body=body, annexes=(), ending=()), NUMBERED, header=HEADER)

    (heading,) = (line for line in said.lines if line.text == "I. TỔ CHỨC")
    following = [x for x in said.of_page(heading.page) if x.top > heading.bottom]
    assert any(line.text.startswith("Các phòng") for line in following)
    (name,) = (line for line in said.lines if line.text == "Phó Chủ tịch kinh tế")
    before = [x for x in said.of_page(name.page) if x.sizes == {14.0} and not x.is_bold]
    assert [line for line in before if not line.text.isdecimal()]


COMMITTEE = (
    "ỦY BAN NHÂN DÂN THÀNH PHỐ",
    "BAN CHỈ ĐẠO TRIỂN KHAI HỆ THỐNG QUẢN LÝ CHẤT LƯỢNG THEO TIÊU CHUẨN TCVN ISO 9001:2015",
)


def test_a_long_name_of_an_agency_stays_in_its_column_with_its_line():
    said = printed(the_paper(), NUMBERED, header=COMMITTEE)
    name = [line for line in said.of_page(1) if line.right < 97 and line.top < 50]

    assert [line.text for line in name[:2]] == ["ỦY BAN NHÂN DÂN", "THÀNH PHỐ"]
    assert [line.is_bold for line in name[:3]] == [False, False, True]
    assert all(line.left >= 30 - 0.1 for line in name)
    (rule,) = [one for one in said.rules(1) if one[1] < 97]
    assert rule[0] >= 30
    widest = max(line.right - line.left for line in name[2:] if line.is_bold)
    assert 1 / 3 <= (rule[1] - rule[0]) / widest <= 1 / 2


def test_an_annex_has_its_line_below_what_it_belongs_to():
    page = next(n for n, text in enumerate(long_paper().pages, 1) if "Phụ lục I" in text)
    below = next(line for line in long_paper().of_page(page) if line.text.startswith("Mục tiêu"))
    belongs = [line for line in long_paper().of_page(page) if line.is_italic]
    drawn = [one for one in long_paper().rules(page) if one[1] - one[0] < 100]

    assert [one for one in drawn if belongs[-1].bottom - 1 < one[2] < below.top]
    title = next(x for x in long_paper().of_page(page) if x.text.startswith("MỤC TIÊU I"))
    assert not [one for one in drawn if title.bottom < one[2] < belongs[0].top]


def test_number_and_date_of_the_decision_are_not_parted_by_the_end_of_a_line():
    reference = AnnexReference("(Ban hành kèm theo Quyết định", "Chủ tịch Ủy ban nhân dân quận")
    annex = replace(long_annex(), reference=reference)
    said = printed(replace(the_paper(), annexes=(annex,)), NUMBERED)
    written = [line.text for line in said.lines if line.is_italic]

    assert len([one for one in written if "kèm theo" in one or "Chủ tịch" in one]) == 2
    assert any("số 07/QĐ-CT" in " ".join(one.split()) for one in written)
    assert any("ngày 05 tháng 3 năm 2024" in " ".join(one.split()) for one in written[1:])


def long_annex() -> Annex:
    """An annex with some words."""
    return Annex("MỤC TIÊU", blocks=(Clause("paragraph", LONG),))


def many(number: int) -> Print:
    """A decision that goes to many."""
    names = tuple(
        Recipient(f"Ủy ban nhân dân phường số {n} và các đoàn thể của phường", end=";")
        for n in range(number)
    )
    filling = tuple(Clause("paragraph", f"Dòng {n}.") for n in range(14))
    paper = replace(the_paper(), recipients=names, body=filling, annexes=(), ending=())
    return printed(paper, NUMBERED, header=HEADER)


def test_a_long_list_of_recipients_goes_on_below_and_leaves_the_signature_with_its_text():
    said = many(40)
    (name,) = (line for line in said.lines if line.text == "Phó Chủ tịch kinh tế")
    before = [x for x in said.of_page(name.page) if x.sizes == {14.0} and not x.is_bold]
    to = [line for line in said.lines if line.text.startswith("- Ủy ban nhân dân phường")]

    assert [x for x in before if not x.text.isdecimal()], (
        "the signature stands with words that it signs"
    )
    assert len(to) == 40
    assert min(line.page for line in to) == name.page
    assert max(line.page for line in to) > name.page
    assert {round(line.left) for line in to} == {30}


def test_a_list_that_fits_is_never_torn():
    for number in (1, 8, 11):
        to = [line for line in many(number).lines if line.text.startswith("- Ủy ban nhân")]
        assert len({line.page for line in to}) == 1, number
