"""PDFs with a text layer are read as they are printed; what has none is named; nothing breaks out."""

from __future__ import annotations

import zlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from documents.content.facts import IssuanceFacts
from documents.importing import pdf
from documents.importing.files import read_file
from documents.importing.findings import Unreadable
from documents.importing.pdf import BOUNDS, read_pdf
from documents.importing.pdf_child import acts
from documents.importing.plain import Place
from documents.importing.text import read_text
from tests.fixtures import decisions
from tests.fixtures.files.pdf import (
    acting,
    locked,
    repeated,
    scanned,
    set_pages,
    turned,
    without_letters,
)
from tests.fixtures.papers import truth
from tests.printing import printed

PAPERS, DECISIONS = Path(truth.__file__).parent, Path(decisions.__file__).parent
FACTS = IssuanceFacts(
    number=93,
    symbol="QĐ-UBND",
    place="An Mẫu",
    dated_on=date(2024, 5, 6),
    signature_lines=("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    signatory="Đỗ Minh Khải",
)


def blocks(body: str, **settings: str) -> list[str]:
    """The blocks of the plain text of a set page."""
    return read_pdf(set_pages(body, **settings)).text.rstrip("\n").split("\n\n")


def refusal(data: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        read_file(data, filename="ban-in.pdf")
    return refused.value.code


# A whole paper


@pytest.mark.parametrize(
    "path",
    [
        PAPERS / "amending.txt",
        PAPERS / "pasted.txt",
        DECISIONS / "02_district.txt",
        DECISIONS / "05_ministry.txt",
        DECISIONS / "10_normative.txt",
    ],
    ids=lambda path: path.stem,
)
def test_a_paper_printed_by_the_house_is_read_back_as_the_paper_it_is(path):
    content = read_text(path.read_bytes()).content
    reading = read_text(read_pdf(printed(content, FACTS).data).text)
    assert reading.content == content
    assert (reading.printed.number, reading.printed.dated_on) == (93, date(2024, 5, 6))
    assert reading.printed.signature.lines == (*FACTS.signature_lines, FACTS.signatory)


@pytest.mark.shared
def test_what_every_real_decision_orders_is_read_back_from_its_print(shared):
    for path in sorted((shared / "seeds").glob("*.txt")):
        content = read_text(path.read_bytes(), kind="decision").content
        back = read_text(read_pdf(printed(content, FACTS).data).text).content
        for part in (
            "articles",
            "citations",
            "recitals",
            "supersessions",
            "effectivity",
            "archive",
        ):
            assert getattr(back, part) == getattr(content, part), (path.stem, part)
        assert [one.raw for one in back.recipients] == [one.raw for one in content.recipients]


LETTERHEAD = """
#set par(justify: false, first-line-indent: 0pt, spacing: 4pt)
#grid(columns: (1fr, 1.5fr), align: center, row-gutter: 6pt,
  [ỦY BAN NHÂN DÂN \\ *QUẬN AN MẪU*], [*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM* \\ *Độc lập - Tự do - Hạnh phúc*],
  [Số: 93a/QĐ-UBND], [_An Mẫu, ngày 05 tháng 9 năm 2023_])
#v(6pt)
#align(center)[*QUYẾT ĐỊNH*]
#align(center)[*Về việc trực Tết*]
"""


def test_the_columns_of_a_letterhead_come_one_after_the_other():
    assert blocks(LETTERHEAD)[:3] == [
        "ỦY BAN NHÂN DÂN\nQUẬN AN MẪU\nSố: 93a/QĐ-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nAn Mẫu, ngày 05 tháng 9 năm 2023",
        "QUYẾT ĐỊNH",
    ]


def test_recipients_and_signature_side_by_side_come_one_after_the_other():
    body = """Điều 1. Phân công trực./.

#set par(justify: false, first-line-indent: 0pt)
#grid(columns: (1fr, 1fr), align: (left, center),
  text(11pt)[_Nơi nhận:_ \\ - Như Điều 1; \\ - Các phòng chuyên môn thuộc Ủy ban nhân dân quận và các phường; \\ - Lưu: VT.],
  [*TM. ỦY BAN NHÂN DÂN* \\ *KT. CHỦ TỊCH* \\ *PHÓ CHỦ TỊCH* \\ \\ \\ \\ *Đỗ Minh Khải*])"""
    first, left, right = blocks(body)
    assert first == "Điều 1. Phân công trực./."
    assert left.startswith("Nơi nhận:\n- Như Điều 1;\n- Các phòng")
    assert left.endswith("- Lưu: VT.")
    assert right == "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nĐỗ Minh Khải"


SHORT_FOOT = """Điều 1. Phân công trực./.

#set par(justify: false, first-line-indent: 0pt, spacing: 6pt)
#grid(columns: (1fr, 1fr), align: left, row-gutter: 6pt,
  [Nơi nhận:], [VIỆN TRƯỞNG],
  [\\- Viện kiểm sát nhân dân tỉnh;], [Hà Thị Mẫu],
  [\\- Như Điều 1;], [],
  [\\- Lưu: VT.], [])
"""


def test_a_signature_that_ends_far_from_the_margin_is_no_part_of_the_list_beside_it():
    _, left, right = blocks(SHORT_FOOT)
    assert left.split("\n")[1] == "- Viện kiểm sát nhân dân tỉnh;"
    assert right == "VIỆN TRƯỞNG\nHà Thị Mẫu"


def test_an_annex_right_below_the_foot_is_no_part_of_it():
    _, left, right, title = blocks(f"{SHORT_FOOT}\n\nPHỤ LỤC DANH MỤC")
    assert left.endswith("- Lưu: VT.")
    assert (right, title) == ("VIỆN TRƯỞNG\nHà Thị Mẫu", "PHỤ LỤC DANH MỤC")


def test_a_foot_that_a_page_cuts_is_read_column_by_column():
    cut = SHORT_FOOT.replace(
        "  [\\- Như Điều 1;]",
        ")\n#pagebreak()\n#grid(columns: (1fr, 1fr), align: left, row-gutter: 6pt,\n  [\\- Như Điều 1;]",
    )
    cut = cut.replace("Như Điều 1;], []", "Như Điều 1;], [(Đã ký)]")
    _, left, right = blocks(cut)
    assert left.endswith("- Như Điều 1;\n- Lưu: VT.")
    assert right == "VIỆN TRƯỞNG\nHà Thị Mẫu\n(Đã ký)"


# Paragraphs

LONG = "Căn cứ Quyết định số 101/QĐ-BKHCN ngày 21 tháng 01 năm 2019 của Bộ trưởng Bộ Khoa học và Công nghệ công bố mô hình khung hệ thống quản lý chất lượng;"


def test_wraps_are_joined_and_paragraphs_are_not():
    texts = [
        LONG,
        "Theo đề nghị của Trưởng phòng.",
        "a) Điểm thứ nhất viết dài cho đủ một dòng rồi xuống dòng thứ hai của cùng một điểm;",
        "b) Điểm hai.",
    ]
    assert blocks("\n\n".join(texts)) == texts


def test_a_sign_that_was_cut_at_its_hyphen_or_stroke_closes_up():
    cut = "Quyết định số 101/QĐ-#linebreak()BKHCN và số 19/2014/#linebreak()QĐ-TTg, giai đoạn 2021 -#linebreak()2026."
    (text,) = blocks(f"#set par(justify: false)\n#box(width: 100%)[({cut})]")
    assert text == "(Quyết định số 101/QĐ-BKHCN và số 19/2014/QĐ-TTg, giai đoạn 2021 - 2026.)"


def test_page_numbers_go_and_a_paragraph_runs_over_the_page():
    numbered = 'numbering: "1", number-align: center + top'
    text = " ".join(["Thực hiện kiểm tra hồ sơ của các phòng chuyên môn theo quy định"] * 60)
    data = set_pages(f"{text}.\n\nHết.", page=numbered)
    plain = read_pdf(data)
    assert plain.text.split("\n\n") == [f"{text}.", "Hết.\n"]
    assert [place for _, place in plain.places] == [Place("page", 1), Place("page", 2)]


def test_a_line_at_the_edge_of_every_page_is_kept_once_and_counted():
    running = "header: [Quy trình QT.03 #h(1fr) Trang #context counter(page).display()]"
    plain = read_pdf(
        set_pages("#pagebreak()".join(f"Phần {n}." for n in range(1, 5)), page=running)
    )
    assert plain.text.count("Quy trình QT.03") == 1
    assert [(one.code, one.values["count"]) for one in plain.findings] == [
        ("running_lines_left_out", 3)
    ]


def test_the_head_of_the_form_is_kept_however_often_it_is_printed():
    heads = "#pagebreak()".join([LETTERHEAD] * 3)
    assert read_pdf(set_pages(heads)).text.count("Độc lập - Tự do - Hạnh phúc") == 3


# Tables

TABLE = """#set par(justify: false, first-line-indent: 0pt)
#table(columns: (auto, 1fr, auto, 1fr),
  table.header([TT], [Mục tiêu], table.cell(colspan: 2)[Chỉ tiêu và hạn]),
  table.cell(rowspan: 2)[1], table.cell(rowspan: 2)[Hồ sơ trả đúng hạn tại bộ phận một cửa của quận], [98%], [quý I],
  [99%], [quý II],
  [2], [Hài lòng], [90%], [])"""


def test_a_ruled_table_keeps_rows_columns_and_merged_cells():
    assert read_pdf(set_pages(TABLE)).text.split("\n")[:4] == [
        "TT\tMục tiêu\tChỉ tiêu và hạn\t",
        "1\tHồ sơ trả đúng hạn tại bộ phận một cửa của quận\t98%\tquý I",
        "\t\t99%\tquý II",
        "2\tHài lòng\t90%\t",
    ]


def test_a_table_over_three_pages_is_one_with_its_heads_repeated():
    rows = ", ".join(f"[{n}], [Nội dung thứ {n}], [{n}%]" for n in range(1, 81))
    body = f"#table(columns: (auto, 1fr, auto), table.header([TT], [Mục tiêu], [Chỉ tiêu]), {rows})"
    plain = read_pdf(set_pages(f"#set par(first-line-indent: 0pt)\n{body}"))
    paper = "QUYẾT ĐỊNH\n\nVề việc họp\n\nĐiều 1. Họp./.\n\nPHỤ LỤC\n\n" + plain.text
    (only,) = read_text(paper).content.annexes[0].blocks
    assert [row.cells[0] for row in only.rows if row.cells != only.columns] == [
        str(n) for n in range(1, 81)
    ]
    assert len(only.breaks) == len(only.repeated_headers) == plain.text.count("TT\t") - 1 == 2


def test_a_frame_around_text_and_a_line_under_a_title_are_no_tables():
    body = "#rect(width: 100%)[Một khung chữ]\n\n#line(length: 30%)\n\nHết."
    assert "\t" not in read_pdf(set_pages(body)).text


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_pages_that_are_shown_turned_are_read_as_they_are_shown(degrees):
    straight = set_pages(TABLE + LETTERHEAD)
    assert read_pdf(turned(straight, degrees)).text == read_pdf(straight).text


def test_a_watermark_that_stands_askew_is_left_out_and_counted():
    mark = "background: rotate(-45deg, text(60pt)[DỰ THẢO])"
    plain = read_pdf(set_pages("Một đoạn văn bản bình thường.", page=mark))
    assert plain.text == "Một đoạn văn bản bình thường.\n"
    assert [one.code for one in plain.findings] == ["turned_left_out"]


# What is no readable PDF


def test_a_scan_is_said_to_be_one():
    assert refusal(set_pages(scanned())) == "scan"


def test_a_page_that_is_a_picture_among_others_is_named():
    body = f"Trang này có chữ, đủ nhiều chữ để đọc.\n#pagebreak()\n{scanned()}"
    plain = read_pdf(set_pages(body))
    assert [(one.code, one.values["page"]) for one in plain.findings] == [("page_is_picture", 2)]


def test_an_empty_page_is_empty_and_not_a_scan():
    assert refusal(set_pages("")) == "empty"


def test_letters_without_meaning_are_refused():
    assert refusal(without_letters(set_pages(LONG))) == "pdf_letters"


def test_a_locked_pdf_is_refused_and_one_that_only_forbids_changes_is_read():
    data = set_pages("Một đoạn văn bản.")
    assert refusal(locked(data, to_open="mo")) == "encrypted"
    assert read_pdf(locked(data)).text == "Một đoạn văn bản.\n"


ACTING = set_pages("Điều 1. Giao Phòng Nội vụ theo dõi.")


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("act", ["JavaScript", "Launch", "SubmitForm", "URI", "XFA"])
def test_a_pdf_that_acts_by_itself_is_read_and_named(act, packed):
    """Nothing is carried out to find it; others may open the kept file."""
    plain = read_pdf(acting(ACTING, act, packed=packed))
    assert [(one.code, one.values["acts"]) for one in plain.findings] == [("pdf_acts", act)]


def test_a_script_under_a_password_that_forbids_changes_is_named_too():
    data = acting(ACTING, "JavaScript", packed=True, to_change="chu")
    assert [one.code for one in read_pdf(data).findings] == ["pdf_acts"]


@pytest.mark.parametrize("packed", [False, True])
def test_a_place_to_show_and_a_link_that_waits_are_no_act(packed):
    assert read_pdf(acting(ACTING, "a link", packed=packed)).findings == ()


def test_files_that_a_pdf_carries_are_counted_and_not_opened():
    plain = read_pdf(acting(ACTING, "a file"))
    assert [(one.code, one.values["count"]) for one in plain.findings] == [("pdf_carries", 1)]


def test_names_of_acts_may_be_escaped_and_packed_without_end():
    spelled = b"1 0 obj << /OpenAction << /S /J#61vaScript /JS (x) >> >> endobj"
    assert acts(spelled) == ["JavaScript"]
    bomb = zlib.compress(b"<< >> " * 5_000_000)
    assert acts((b"/ObjStm stream\n" + bomb + b"\nendstream ") * 20) == []


def test_a_thousand_pages_are_refused_and_three_hundred_are_read():
    data = set_pages("Một trang.")
    with pytest.raises(Unreadable) as refused:
        read_pdf(repeated(data, 1000))
    assert refused.value.code == "pdf_pages"
    assert refused.value.values["count"] == 1000
    assert read_pdf(repeated(data, pdf.MAX_PAGES)).text.count("Một trang.") == pdf.MAX_PAGES


def test_more_letters_than_a_paper_has_are_refused(monkeypatch):
    monkeypatch.setattr(pdf, "MAX_CHARACTERS", 50)
    assert refusal(set_pages(LONG)) == "pdf_too_much"


@pytest.mark.parametrize("kept", [9, 300, 3000])
def test_a_pdf_that_was_cut_off_is_refused(kept):
    assert refusal(set_pages(LONG)[:kept]) == "damaged"


def test_damage_anywhere_is_a_refusal_or_a_reading_never_an_error():
    data = set_pages(LONG)
    for place in range(20, len(data), len(data) // 6):
        broken = bytearray(data)
        broken[place : place + 40] = bytes(40)
        try:
            read_pdf(bytes(broken))
        except Unreadable:
            continue


def test_bounds_on_the_child_end_in_a_sentence(monkeypatch):
    for name, least in (("memory", 24 * 1024 * 1024), ("deadline", 0.001), ("answer", 100)):
        monkeypatch.setattr(pdf, "BOUNDS", replace(BOUNDS, **{name: least}))
        assert refusal(set_pages(LONG)) == "stopped"
