"""Word files become the house's plain text: every word in its place, nothing that is not printed."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docx import Document
from hypothesis import given
from PIL import Image

from documents.importing.files import read_file
from documents.importing.findings import Unreadable
from documents.importing.plain import Place
from documents.importing.text import read_text
from documents.importing.word import read_word
from tests.fixtures.files.word import (
    columns,
    listed,
    numbering,
    of_content,
    of_paragraphs,
    paragraph,
    repacked,
    run,
    saved,
    with_xml,
)
from tests.fixtures.papers import truth
from tests.fixtures.papers.generated import Made, papers

if TYPE_CHECKING:
    from documents.content.tree import Content

PAPERS = Path(truth.__file__).parent
DECISIONS = ("amending", "annex_table", "document_set", "old_style", "replacing", "wrapped")


def text_of(xml: str, **parts: dict[str, str]) -> str:
    return read_word(with_xml(xml, **parts)).text.rstrip("\n")


def codes_of(data: bytes) -> list[str]:
    return [one.code for one in read_word(data).findings]


def content_of(name: str) -> Content:
    return read_text((PAPERS / f"{name}.txt").read_bytes(), kind="decision").content


# A whole paper


@pytest.mark.parametrize("name", DECISIONS)
def test_a_paper_typed_in_word_is_read_as_the_paper_it_is(name):
    content = content_of(name)
    plain = read_file(of_content(content), filename="du-thao.docx")
    assert plain.findings == ()
    assert read_text(plain.text).content == content


@pytest.mark.shared
def test_every_real_decision_typed_in_word_is_read_as_the_decision_it_is(shared):
    for path in sorted((shared / "seeds").glob("*.txt")):
        content = read_text(path.read_bytes(), kind="decision").content
        assert read_text(read_word(of_content(content)).text).content == content, path.stem


@given(papers())
def test_any_paper_written_to_word_and_read_back_says_the_same(made: Made):
    content = read_text(made.text).content
    assert read_text(read_word(of_content(content)).text).content == content


def test_a_letterhead_and_a_signature_set_in_two_columns_come_apart():
    document = Document()
    columns(
        document,
        ["ỦY BAN NHÂN DÂN", "QUẬN AN MẪU", "---o0o---", "Số: 93a/QĐ-UBND"],
        [
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "_______",
            "An Mẫu, ngày 05 tháng 9 năm 2023",
        ],
    )  # fmt: skip
    for text in (
        "QUYẾT ĐỊNH", "Về việc trực Tết", "CHỦ TỊCH ỦY BAN NHÂN DÂN QUẬN AN MẪU",
        "Theo đề nghị của Chánh Văn phòng.", "QUYẾT ĐỊNH:", "Điều 1. Phân công trực./.",
    ):  # fmt: skip
        document.add_paragraph(text)
    columns(
        document,
        ["Nơi nhận:", "- Như Điều 1;", "- Lưu: VT, NV (Hà)."],
        ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "", "Đỗ Minh Khải"],
    )
    reading = read_text(read_word(saved(document)).text)
    assert reading.content.preface.agency_header == ("ỦY BAN NHÂN DÂN", "QUẬN AN MẪU")
    assert reading.content.preface.national_heading[1] == "Độc lập - Tự do - Hạnh phúc"
    assert reading.content.preface.verbatim == ()
    assert (reading.printed.number, reading.printed.suffix) == (93, "a")
    assert (reading.printed.day, reading.printed.month) == (5, 9)
    assert [one.raw for one in reading.content.recipients] == ["Như Điều 1"]
    assert reading.content.archive.drafter == "Hà"
    assert reading.printed.signature.lines == ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Đỗ Minh Khải")


def test_a_letterhead_typed_with_tabs_is_two_columns_too():
    plain = read_word(
        of_paragraphs(
            "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "QUẬN AN MẪU\tĐộc lập - Tự do - Hạnh phúc",
            "QUYẾT ĐỊNH",
            "\tVề việc\ttrực Tết",
        )
    )
    assert plain.text.split("\n\n") == [
        "ỦY BAN NHÂN DÂN\nQUẬN AN MẪU",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
        "QUYẾT ĐỊNH",
        "Về việc trực Tết\n",
    ]


# Tables


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


SPAN = '<w:gridSpan w:val="2"/>'
BEGINS, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_merged_cells_leave_blanks_so_that_every_row_has_its_columns():
    text = text_of(
        table(
            row(cell("TT"), cell("Mục tiêu"), cell("Chỉ tiêu", SPAN)),
            row(cell("1", BEGINS), cell("Đúng hạn", BEGINS), cell("98%"), cell("quý I")),
            row(cell("", GOES_ON), cell("", GOES_ON), cell("99%"), cell("quý II")),
        )
    )
    assert text.split("\n") == [
        "TT\tMục tiêu\tChỉ tiêu\t",
        "1\tĐúng hạn\t98%\tquý I",
        "\t\t99%\tquý II",
    ]


def test_columns_in_which_no_cell_begins_are_traces_of_drawing_and_go():
    text = text_of(
        table(
            row(cell("TT"), cell("Nội dung", SPAN), cell("Hạn")),
            row(cell("1"), cell("Hồ sơ", SPAN), cell("quý I")),
        )
    )
    assert text.split("\n") == ["TT\tNội dung\tHạn", "1\tHồ sơ\tquý I"]


def test_paragraphs_and_breaks_in_a_cell_and_tables_in_a_cell_stay_in_its_row():
    inner = table(row(cell("a"), cell("b")))
    filled = f"<w:tc>{paragraph('Một', '<w:r><w:br/></w:r>', 'hai')}{inner}{paragraph('ba')}</w:tc>"
    data = with_xml(
        table(row(cell("TT"), cell("Nội dung"), cell("x")), row(cell("1"), filled, cell("y")))
    )
    assert read_word(data).text.split("\n")[1] == "1\tMột hai a b ba\ty"
    assert codes_of(data) == ["table_nested"]


def test_a_frame_around_the_paper_is_no_table():
    text = text_of(table(row(f"<w:tc>{paragraph('Một')}{paragraph('Hai')}</w:tc>")))
    assert text == "Một\n\nHai"


def test_a_table_that_goes_on_after_a_page_break_is_one_table():
    parts = [
        table(row(cell("TT"), cell("Việc"), cell("Hạn")), row(cell("1"), cell("A"), cell("I"))),
        '<w:p><w:r><w:br w:type="page"/></w:r></w:p>',
        table(row(cell("TT"), cell("Việc"), cell("Hạn")), row(cell("2"), cell("B"), cell("II"))),
    ]
    annex = ["PHỤ LỤC", *parts]
    text = text_of("".join(one if one.startswith("<") else paragraph(one) for one in annex))
    content = read_text("QUYẾT ĐỊNH\n\nVề việc họp\n\nĐiều 1. Họp./.\n\n" + text).content
    (only,) = content.annexes[0].blocks
    assert only.breaks == (1,)
    assert only.repeated_headers == (1,)


# Lists


def test_numbers_that_word_draws_are_written_out():
    levels = ("decimal", "%1."), ("lowerLetter", "%2)"), ("bullet", "\uf0b7")
    text = text_of(
        listed("Một")
        + listed("mốt", level=1)
        + listed("hai", level=1)
        + listed("gạch", level=2)
        + listed("Hai")
        + listed("lại từ đầu", level=1),
        parts={"word/numbering.xml": numbering(*levels)},
    )
    assert text.split("\n\n") == [
        "1. Một", "a) mốt", "b) hai", "• gạch", "2. Hai", "a) lại từ đầu",
    ]  # fmt: skip


def test_numbers_of_several_levels_and_of_styles_are_written_out():
    styles = (
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:style w:styleId="Goc"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        "<w:rPr><w:caps/></w:rPr></w:style>"
        '<w:style w:styleId="Dieu"><w:basedOn w:val="Goc"/></w:style></w:styles>'
    )
    parts = {
        "word/numbering.xml": numbering(("upperRoman", "Chương %1."), ("decimal", "%1.%2.")),
        "word/styles.xml": styles,
    }
    styled = f'<w:p><w:pPr><w:pStyle w:val="Dieu"/></w:pPr>{run("Quy định chung")}</w:p>'
    text = text_of(styled + listed("một", level=1) + styled, parts=parts)
    assert text.split("\n\n") == [
        "Chương I. QUY ĐỊNH CHUNG",
        "I.1. một",
        "Chương II. QUY ĐỊNH CHUNG",
    ]


def test_a_style_that_builds_on_itself_ends():
    styles = (
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:style w:styleId="A"><w:basedOn w:val="A"/></w:style></w:styles>'
    )
    styled = f'<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr>{run("Một")}</w:p>'
    assert text_of(styled, parts={"word/styles.xml": styles}) == "Một"


# What is printed counts, what is not does not


def test_tracked_changes_count_as_accepted_and_the_reader_says_so():
    data = with_xml(
        paragraph(
            "Điều 1. Đạt ",
            f"<w:del><w:r><w:delText>90%</w:delText></w:r></w:del><w:ins>{run('92%')}</w:ins>",
            f"<w:moveFrom>{run(' bỏ')}</w:moveFrom>",
            run("."),
        )
    )
    plain = read_word(data)
    assert plain.text == "Điều 1. Đạt 92%.\n"
    assert [(one.code, one.values["count"]) for one in plain.findings] == [("tracked_accepted", 3)]


def test_a_paragraph_whose_end_was_deleted_runs_on_and_a_deleted_row_is_gone():
    joined = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('Điều 1. Giao ')}</w:p>"
    gone = row(cell("x"), cell("y"), properties="<w:trPr><w:del/></w:trPr>")
    rows = row(cell("TT"), cell("Việc")), gone, row(cell("1"), cell("Họp"))
    assert text_of(joined + paragraph("Văn phòng.") + table(*rows)) == (
        "Điều 1. Giao Văn phòng.\n\nTT\tViệc\n1\tHọp"
    )


def test_hidden_text_comments_and_instructions_of_fields_are_left_out():
    comments = (
        '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:comment><w:p><w:r><w:t>xem lại</w:t></w:r></w:p></w:comment></w:comments>"
    )
    data = with_xml(
        paragraph(
            "Một",
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t> ẩn</w:t></w:r>",
            "<w:r><w:instrText> PAGE </w:instrText></w:r>",
        ),
        parts={"word/comments.xml": comments},
    )
    assert read_word(data).text == "Một\n"
    assert codes_of(data) == ["hidden_left_out", "comments_left_out"]


def test_pictures_are_counted_and_a_file_of_nothing_else_is_called_a_scan():
    document = Document()
    for side in (10, 20):
        document.add_picture(a_picture(side))
    with pytest.raises(Unreadable) as refused:
        read_word(saved(document))
    assert refused.value.code == "scan"

    document.add_paragraph("Sơ đồ kèm theo")
    plain = read_word(saved(document))
    assert plain.text == "Sơ đồ kèm theo\n"
    assert [(one.code, one.values["count"]) for one in plain.findings] == [("pictures_left_out", 2)]


def a_picture(side: int) -> io.BytesIO:
    """A grey square."""
    drawn = io.BytesIO()
    Image.new("L", (side, side), 128).save(drawn, "PNG")
    return io.BytesIO(drawn.getvalue())


def test_a_text_box_is_read_once_though_it_is_written_twice():
    box = f"<w:txbxContent>{paragraph('Trong khung')}</w:txbxContent>"
    text = text_of(
        paragraph(
            "Ngoài khung",
            f"<w:r><mc:AlternateContent><mc:Choice><wps:txbx>{box}</wps:txbx></mc:Choice>"
            f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r>",
        )
    )
    assert text == "Ngoài khung\n\nTrong khung"


def test_footnotes_stand_below_their_paragraph_and_margins_once():
    document = Document()
    document.add_paragraph("Một")
    section = document.sections[0]
    section.header.paragraphs[0].text = "Quy trình QT.03"
    section.footer.paragraphs[0].text = "Trang 2/5"
    data = repacked(
        saved(document),
        {
            "word/footnotes.xml": '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            '<w:footnote w:id="3"><w:p><w:r><w:t>Theo niên độ.</w:t></w:r></w:p></w:footnote></w:footnotes>'
        },
    )
    plain = read_word(data)
    assert plain.text == "Quy trình QT.03\n\nMột\n"
    assert [one.code for one in plain.findings] == ["margins_kept"]
    noted = with_xml(
        paragraph("Một", '<w:r><w:footnoteReference w:id="3"/></w:r>') + paragraph("Hai"),
        parts={
            "word/footnotes.xml": '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            '<w:footnote w:id="3"><w:p><w:r><w:t>Theo niên độ.</w:t></w:r></w:p></w:footnote></w:footnotes>'
        },
    )
    moved = read_word(noted)
    assert moved.text == "Một\n\nChú thích 1: Theo niên độ.\n\nHai\n"
    assert [one.code for one in moved.findings] == ["notes_moved"]


def test_capitals_symbols_breaks_and_formulas_read_as_they_are_printed():
    text = text_of(
        paragraph(
            "<w:r><w:rPr><w:caps/></w:rPr><w:t>Điều kiện</w:t></w:r>",
            '<w:r><w:t> </w:t><w:sym w:char="F0B3"/><w:t>90% \uf0a3 QĐ</w:t><w:noBreakHyphen/></w:r>',
            "<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>",
            "<w:r><w:br/><w:t>dòng hai</w:t></w:r>",
        )
    )
    assert text == "ĐIỀU KIỆN ≥90% ≤ QĐ-x+1\ndòng hai"


def test_every_line_knows_its_paragraph_or_its_row():
    plain = read_word(
        with_xml(
            paragraph("Một")
            + paragraph("")
            + paragraph("Ba")
            + table(row(cell("TT"), cell("Việc")), row(cell("1"), cell("Họp")))
        )
    )
    lines = plain.text.split("\n")
    assert [(lines[number - 1], place) for number, place in plain.places] == [
        ("Một", Place("paragraph", 1)),
        ("Ba", Place("paragraph", 3)),
        ("TT\tViệc", Place("row", 1, 1)),
        ("1\tHọp", Place("row", 2, 1)),
    ]
