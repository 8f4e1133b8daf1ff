"""Where a printed page may end: no signature, heading or lead-in is left alone by it."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn

from documents.content.tree import Annex, Article, Clause, Row, Table
from documents.printing.compose import compose
from documents.printing.docx import docx_of
from documents.printing.paper import PrintedSheet
from documents.printing.pdf import pdf_of
from documents.printing.records import paragraphs, table, two_signatures
from tests.printing import Print, printed
from tests.rules.test_printing import squeezed
from tests.rules.test_printing_by_decree import HEADER, LONG
from tests.rules.test_sheet import NUMBERED, the_paper

HEADS = ("TT", "Mục tiêu", "Chỉ tiêu")
WIDE_HEADS = (*HEADS, "Đơn vị", "Biện pháp", "Chủ trì", "Hạn")
SIGNED = Clause("signature", "")
NAME = "Phó Chủ tịch kinh tế"


def rows(number: int, heads=HEADS) -> tuple[Row, ...]:
    """So many objectives of about three lines each."""
    rest = ("≥ 90 %", "hồ sơ", "Đôn đốc", "Văn phòng", "Quý I")[: len(heads) - 2]
    return tuple(Row((str(n), f"Mục tiêu {n}. {LONG[:90]}", *rest)) for n in range(1, number + 1))


def with_annex(*blocks) -> Print:
    """A decision with one annex that is signed."""
    annex = Annex("MỤC TIÊU", label="Phụ lục I", blocks=blocks)
    return printed(replace(the_paper(), annexes=(annex,)), NUMBERED, header=HEADER)


def of_the_last(said: Print) -> list[str]:
    """What stands on the last page above the block of the signature."""
    lines = [line.text for line in said.of_page(len(said.pages)) if line.top > 20]
    assert lines[-1] == NAME
    return lines[: lines.index("KT. CHỦ TỊCH")]


@pytest.mark.parametrize(
    ("heads", "number"), [(HEADS, 16), (HEADS, 18), (WIDE_HEADS, 10), (WIDE_HEADS, 12)]
)
def test_the_signature_below_a_table_stands_with_a_row_of_it(heads, number):
    said = with_annex(Table(heads, rows(number, heads)), SIGNED)

    above = " ".join(of_the_last(said))
    assert f"Mục tiêu {number}." in above
    assert "Chỉ tiêu" in above, "the heads stand above the rows that went along"
    assert said.letters.count("Mụctiêu") >= number
    assert all(f"Mụctiêu{n}." in said.letters for n in range(1, number + 1))


@pytest.mark.parametrize("number", [11])
def test_rows_that_are_merged_go_along_together(number):
    measures = tuple(Row(("", "", f"Biện pháp {n}. {LONG[:60]}")) for n in range(3))
    above = " ".join(of_the_last(with_annex(Table(HEADS, (*rows(number), *measures)), SIGNED)))

    assert f"Mục tiêu {number}." in above
    assert "Biện pháp 2." in above


@pytest.mark.parametrize("lines", [24, 28])
def test_the_signature_of_an_annex_stands_with_words_of_it(lines):
    filling = tuple(Clause("paragraph", f"Dòng {n}.") for n in range(lines))

    assert of_the_last(with_annex(*filling, SIGNED))[-1] == f"Dòng {lines - 1}."


@pytest.mark.parametrize(("before", "sentences"), [(0, 52), (8, 25), (5, 49)])
def test_a_long_last_paragraph_fills_its_page_and_its_end_stands_with_the_signature(
    before, sentences
):
    filling = tuple(Clause("paragraph", f"Dòng {n}.") for n in range(before))
    sentence = "Các phòng thực hiện đúng kế hoạch và báo cáo kết quả thật."
    last = Clause("paragraph", " ".join([sentence] * sentences))
    paper = replace(the_paper(), body=(*filling, last), articles=(), annexes=(), ending=())
    said = printed(paper, NUMBERED)

    assert any(text.endswith("thật.") for text in of_the_last(said))
    assert squeezed(last.text) in said.letters
    assert len(said.pages) == 2
    assert max(line.bottom for line in said.of_page(1)) > 262
    assert max(line.right for line in said.lines) <= 195.05, "no mark hangs into the margin"


@pytest.mark.parametrize("lines", [2, 4])
def test_a_last_paragraph_is_as_wide_as_every_other(lines):
    words = " ".join([LONG[:50]] * 6)[: 78 * lines - 30]
    article = Article(1, "Điều 1.", (Clause("paragraph", words),))
    said = printed(replace(the_paper(), articles=(article,), annexes=(), ending=()), NUMBERED)
    begun = next(n for n, line in enumerate(said.of_page(1)) if line.text.startswith("Điều 1."))

    above_its_last = said.of_page(1)[begun : begun + lines - 1]
    assert {round(line.right, 1) for line in above_its_last} == {195.0}


@pytest.mark.parametrize("number", [9, 11])
def test_a_table_that_ends_a_decision_goes_along_with_who_signs_it(number):
    paper = replace(
        the_paper(), annexes=(), ending=(), articles=(), body=(Table(HEADS, rows(number)),)
    )

    assert any(f"Mục tiêu {number}." in text for text in of_the_last(printed(paper, NUMBERED)))


@pytest.mark.parametrize("number", [17, 19])
def test_two_who_sign_a_record_sign_below_words_of_it(number):
    held = [[*row.cells] for row in rows(number)]
    blocks = (table(HEADS, held), two_signatures(("THƯ KÝ", "An"), ("CHỦ TRÌ", "Bình")))
    base = compose(the_paper(), NUMBERED)
    sheet = PrintedSheet(label="BIÊN BẢN", blocks=blocks)
    said = Print(pdf_of(replace(base, sheets=(sheet,)), b"{}").data)

    last = [line.text for line in said.of_page(len(said.pages))]
    assert "CHỦ TRÌ" in last
    assert [text for text in last if f"Mục tiêu {number}." in text]


@pytest.mark.parametrize("letters", [1, 2, 4])
def test_the_ribbon_of_a_copy_covers_neither_the_number_of_the_page_nor_the_text(letters):
    named = ", ".join(f"Công văn số {n}/UBND-VP ngày 12 tháng 01 năm 2024" for n in range(letters))
    ribbon = f"BẢN SAO ĐỂ THAM KHẢO — CÒN HIỆU LỰC ngày 15/01/2024; ĐÃ ĐÍNH CHÍNH: {named}"
    body = tuple(Clause("paragraph", LONG) for _ in range(20))
    said = printed(
        replace(the_paper(), body=body), NUMBERED, header=HEADER, ribbon=ribbon, mark="BẢN SAO"
    )

    for page in (1, 2):
        lines = said.of_page(page)
        words = [line for line in lines if line.sizes & {9.0, 7.5}]
        others = [line for line in lines if line not in words and "BẢN SAO" not in line.text]
        assert squeezed(" ".join(line.text for line in words)) == squeezed(ribbon)
        assert all(line.bottom < 297 - 3 and line.top > 3 for line in words)
        for line in others:
            apart = (line.bottom < one.top or line.top > one.bottom for one in words)
            assert all(apart), line.text
    assert said.of_page(2)[0 if letters > 2 else len(words)].text == "2"


def _ends(said: Print) -> list[str]:
    """The last line of every page but the last."""
    return [said.of_page(page)[-1].text for page in range(1, len(said.pages))]


@pytest.mark.parametrize("first", [0, 4])
def test_no_page_ends_with_the_title_of_an_article_or_a_line_that_leads_in(first):
    filling = tuple(Clause("paragraph", f"Dòng {n}.") for n in range(first))
    articles = tuple(
        Article(n, f"Điều {n}.", (Clause("paragraph", title), *below))
        for n, (title, *below) in enumerate(
            [
                ("Trách nhiệm của Văn phòng", Clause("item", LONG, "1."), Clause("item", LONG, "2.")),
                ("Các phòng lập sổ theo dõi:", Clause("point", LONG, "a)"), Clause("point", LONG, "b)")),
            ]
            * 7,
            1,
        )
    )  # fmt: skip
    said = printed(replace(the_paper(), body=filling, articles=articles, annexes=()), NUMBERED)

    assert len(said.pages) > 3
    ends = _ends(said)
    assert not [text for text in ends if text.endswith((":", "Văn phòng"))], ends


def test_word_is_told_the_same():
    """Word keeps a row with the next paragraph, and merged rows with each other."""
    measures = tuple(Row(("", "", f"Biện pháp {n}.")) for n in range(2))
    blocks = (Table(HEADS, (*rows(2), *measures, *rows(1))), SIGNED)
    annex = Annex("MỤC TIÊU", blocks=blocks)
    article = Article(
        1, "Điều 1.", (Clause("paragraph", "Trách nhiệm"), Clause("item", LONG, "1."))
    )
    paper = replace(the_paper(), annexes=(annex,), articles=(article,))
    file = docx.Document(io.BytesIO(docx_of(compose(paper, NUMBERED))))

    found = next(one for one in file.tables if one.cell(0, 0).text == "TT")
    kept = [
        all(one.find(qn("w:keepNext")) is not None for one in row._tr.iter(qn("w:pPr")))
        for row in found.rows
    ]
    assert kept == [False, False, True, True, False, True]
    (title,) = (one for one in file.paragraphs if one.text == "Điều 1. Trách nhiệm")
    assert title.paragraph_format.keep_with_next


def test_only_what_leads_in_is_held():
    blocks = (*paragraphs("Gồm:\nMột câu.\nHết"), two_signatures(("", ""), ("", "")))

    assert PrintedSheet(blocks=blocks).held == (True, False, True, False)
