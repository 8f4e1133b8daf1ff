"""The Word file of a paper: the look of the print, read back whole, the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.content.tree import Clause, Recipient, Row, Table
from documents.importing.text import read_text
from documents.importing.word import read_word
from documents.printing.compose import compose
from documents.printing.docx import docx_of
from tests.rules.test_printing import HOSTILE, squeezed
from tests.rules.test_sheet import NUMBERED, PAPERS, texts_of, the_paper

HEADER = ("ỦY BAN NHÂN DÂN", "QUẬN AN MẪU")
CM = 360_000
# The order of the parts of a section (ECMA-376, part 1, annex A, CT_SectPr).
OF_A_SECTION = (
    "headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz", "pgMar",
    "paperSrc", "pgBorders", "lnNumType", "pgNumType", "cols", "formProt", "vAlign", "noEndnote",
    "titlePg", "textDirection", "bidi", "rtlGutter", "docGrid", "printerSettings",
)  # fmt: skip


def word(content, **more):
    return docx_of(compose(content, NUMBERED, header=HEADER, **more))


def opened(content, **more):
    return docx.Document(io.BytesIO(word(content, **more)))


def letters(document) -> str:
    return squeezed("".join(one.text or "" for one in document.element.body.iter(qn("w:t"))))


def test_each_sheet_is_a_section_of_its_own_that_counts_its_pages_from_one():
    document = opened(the_paper())

    assert len(document.sections) == 2
    for section in document.sections:
        assert (section.page_width.mm, section.page_height.mm) == (
            pytest.approx(210, abs=0.2), pytest.approx(297, abs=0.2),
        )  # fmt: skip
        assert [round(one.mm) for one in (section.left_margin, section.right_margin)] == [30, 15]
        assert [round(one.mm) for one in (section.top_margin, section.bottom_margin)] == [20, 20]
        assert section.different_first_page_header_footer
        assert "PAGE" in section.header._element.xml
        assert "PAGE" not in section.first_page_header._element.xml
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
        names = [one.tag.rpartition("}")[2] for one in section._sectPr]
        assert names == sorted(names, key=OF_A_SECTION.index), "Word wants the order of the schema"


@pytest.mark.parametrize(
    ("begins", "size", "bold", "italic"),
    [
        ("CỘNG HÒA XÃ HỘI", 13, True, None),
        ("Độc lập - Tự do", 14, True, None),
        ("QUẬN AN MẪU", 13, True, None),
        ("Số: 07/QĐ-CT", 13, None, None),
        ("An Mẫu, ngày 05", 14, None, True),
        ("Căn cứ Luật", 14, None, True),
        ("Điều 1.", 14, True, None),
        ("Nơi nhận:", 12, True, True),
        ("- Như Điều 2", 11, None, None),
    ],
)
def test_each_part_has_the_size_and_style_of_the_print(begins, size, bold, italic):
    document = opened(the_paper())
    inside = document.element.body.iter(qn("w:r"))
    runs = [docx.text.run.Run(one, document) for one in inside]
    run = next(one for one in runs if one.text.startswith(begins))

    assert (run.font.size.pt, run.bold, run.italic) == (size, bold, italic)


def test_the_same_paper_gives_the_same_bytes():
    once = word(the_paper())

    assert word(the_paper()) == once
    with zipfile.ZipFile(io.BytesIO(once)) as parts:
        assert {one.date_time for one in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    told = docx.Document(io.BytesIO(once)).core_properties
    assert told.created.date().isoformat() == "2024-03-05"


def test_the_ribbon_of_a_copy_is_on_every_page_and_never_on_the_paper_itself():
    copy = opened(the_paper(), ribbon="BẢN SAO: HẾT HIỆU LỰC")
    for section in copy.sections:
        for header in (section.header, section.first_page_header):
            assert "BẢN SAO: HẾT HIỆU LỰC" in header._element.xml
    assert "BẢN SAO" not in opened(the_paper()).sections[0].header._element.xml


@pytest.mark.parametrize("attack", HOSTILE)
def test_marks_typed_into_a_paper_are_letters(attack):
    paper = replace(the_paper(), body=(Clause("paragraph", attack), Clause("heading", attack)))

    assert letters(opened(paper)).count(squeezed(attack)) == 2


any_text = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=40)


@settings(max_examples=15)
@given(any_text, any_text)
def test_whatever_a_paper_says_the_file_can_be_opened(clause, cell):
    paper = replace(
        the_paper(), body=(Clause("paragraph", clause), Table((cell, "B"), (Row((cell, cell)),)))
    )
    assert letters(opened(paper))


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_no_word_of_a_read_paper_is_lost(path):
    content = read_text(path.read_bytes(), filename=path.name).content
    said = letters(opened(content))

    assert [text for text in texts_of(content) if squeezed(text) not in said] == []


def test_the_importer_reads_back_what_was_written():
    read = read_text(read_word(word(the_paper())).text)

    assert read.content.preface.subject == the_paper().preface.subject
    assert [one.text for one in read.content.citations] == [
        one.text for one in the_paper().citations
    ]
    assert [one.number for one in read.content.articles] == [1, 2]
    assert [one.raw for one in read.content.recipients] == ["Như Điều 2", "Quận ủy (b/c)"]
    assert (read.printed.number, read.printed.symbol) == (7, "QĐ-CT")


def test_a_cell_over_several_rows_is_merged_and_heads_are_repeated():
    rows = (Row(("1", "Đúng hạn", "Đôn đốc")), Row(("", "", "Báo cáo")), Row(("2", "Đủ", "Đo")))
    paper = replace(the_paper(), annexes=(), body=(Table(("TT", "Mục tiêu", "Biện pháp"), rows),))
    table = opened(paper).tables[1]

    assert table.cell(1, 1).text == table.cell(2, 1).text == "Đúng hạn"
    assert [table.cell(3, column).text for column in range(3)] == ["2", "Đủ", "Đo"]
    assert table.rows[0]._tr.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None
    assert all(row._tr.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None for row in table.rows)


def test_a_superior_is_plain_and_every_line_of_the_issuers_name_is_bold():
    def bold(header):
        document = docx.Document(io.BytesIO(docx_of(compose(the_paper(), NUMBERED, header=header))))
        left = document.tables[0].cell(0, 0).paragraphs
        return [all(run.bold for run in one.runs) for one in left if one.text]

    assert bold(HEADER) == [True, True]
    assert bold(("ỦY BAN NHÂN DÂN QUẬN AN MẪU", "PHÒNG NỘI VỤ")) == [False, True]


def test_what_is_empty_is_low_and_lines_are_single():
    document = opened(the_paper())
    assert document.styles["Normal"].paragraph_format.line_spacing == 1.0
    empty = [
        one.find(qn("w:pPr"))
        for one in document.element.body.iter(qn("w:p"))
        if one.find(qn("w:pPr")) is not None and not list(one.iter(qn("w:t")))
    ]
    assert empty
    for form in empty:
        assert form.find(qn("w:spacing")).get(qn("w:lineRule")) == "exact"


def test_a_title_over_two_lines_leaves_no_word_alone():
    title = "Ban hành Chính sách và Mục tiêu chất lượng năm 2024 của Ủy ban nhân dân quận"
    long = replace(the_paper(), preface=replace(the_paper().preface, subject=title))
    (found,) = (one for one in opened(long).paragraphs if one.text == title)
    form = found.paragraph_format

    assert form.left_indent == form.right_indent > 1.5 * CM
    room = 16.5 - (form.left_indent + form.right_indent) / CM
    assert room > 8.25


def test_of_a_long_list_the_further_recipients_may_go_on_to_the_next_page():
    names = tuple(Recipient(f"Ủy ban nhân dân phường số {n}", end=";") for n in range(40))
    table = opened(replace(the_paper(), recipients=names, annexes=(), ending=())).tables[-1]

    assert "Phó Chủ tịch kinh tế" in table.cell(0, 1).text
    assert table.cell(0, 0).text.count("phường") < 15
    assert sum(row.cells[0].text.count("phường") for row in table.rows) == 40
