"""Text as scanning, printing and copying leave it: run-together columns, damaged letters, page numbers."""

from __future__ import annotations

import textwrap

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from documents.content.proposals import proposers
from documents.importing.columns import restored, stacked
from documents.importing.findings import Findings
from documents.importing.layout import Line, Para
from documents.importing.pages import without_page_numbers
from documents.importing.scanned import mended
from documents.importing.text import read_text
from documents.importing.words import bare, tolerant

PAPER = """ỦY BAN NHÂN DÂN XÃ HÒA MẪU

Số: 5/QĐ-UBND

Hòa Mẫu, ngày 05 tháng 3 năm 2024

QUYẾT ĐỊNH

Về việc phân công trực

CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ HÒA MẪU

Căn cứ Luật Thanh tra ngày 14/11/2022;

Theo đề nghị của Văn phòng.

QUYẾT ĐỊNH:

Điều 1. Phân công trực.

Điều 2. Quyết định này có hiệu lực kể từ ngày ký. Văn phòng chịu trách nhiệm thi hành Quyết định này./.

Nơi nhận:

- Như Điều 2;
- Lưu: VT.

CHỦ TỊCH

Đỗ Minh Khải
"""


def codes(text: str) -> set[str]:
    return {finding.code for finding in read_text(text).findings}


@pytest.mark.parametrize(
    ("line", "columns"),
    [
        (
            "UBND XÃ HÒA MẪU CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            ["UBND XÃ HÒA MẪU", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ),
        ("PHÒNG A Độc lập – Tự do – Hạnh phúc", ["PHÒNG A", "Độc lập – Tự do – Hạnh phúc"]),
        (
            "Số: 5/QĐ-UBND Hòa Mẫu, ngày 05 tháng 3 năm 2024",
            ["Số: 5/QĐ-UBND", "Hòa Mẫu, ngày 05 tháng 3 năm 2024"],
        ),
        ("Nơi nhận: KT. CHỦ TỊCH", ["Nơi nhận:", "KT. CHỦ TỊCH"]),
        ("- Như Điều 3; PHÓ CHỦ TỊCH", ["- Như Điều 3;", "PHÓ CHỦ TỊCH"]),
        ("- Chủ tịch UBND xã; các phó chủ tịch;", ["- Chủ tịch UBND xã; các phó chủ tịch;"]),
        ("Căn cứ Quyết định số 5/QĐ-UBND;", ["Căn cứ Quyết định số 5/QĐ-UBND;"]),
        ("x" * 5_000, ["x" * 5_000]),
    ],
)
def test_a_line_of_two_columns_is_parted_where_the_form_has_its_gap(line, columns):
    assert restored(line).split("\t") == columns


@pytest.mark.parametrize(
    ("cell", "lines"),
    [
        ("UBND TỈNH A SỞ B Số: 5/QĐ-SB", ["UBND TỈNH A SỞ B", "Số: 5/QĐ-SB"]),
        (
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc TP. Mẫu Giang, ngày tháng năm 2024",
            [
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                "Độc lập - Tự do - Hạnh phúc",
                "TP. Mẫu Giang, ngày tháng năm 2024",
            ],
        ),
        (
            "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Đỗ Minh Khải",
            ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Đỗ Minh Khải"],
        ),
        ("Nơi nhận: - Như Điều 3; - Lưu: VT.", ["Nơi nhận:", "- Như Điều 3;", "- Lưu: VT."]),
    ],
)
def test_a_cell_whose_lines_were_run_together_is_broken_at_the_words_of_the_form(cell, lines):
    assert stacked(cell) == lines


@given(st.text("AĐ ađ.,:;-/12\t", max_size=60))
def test_columns_lose_no_letter(text):
    assert "".join(restored(text).split()) == "".join(text.split())
    assert "".join("".join(stacked(text)).split()) == "".join(text.split())


def left(*texts: str) -> list[str]:
    paras = [Para((Line(number, text),)) for number, text in enumerate(texts, 1)]
    return [para.text for para in without_page_numbers(paras, Findings())]


def test_page_numbers_that_count_on_are_left_out_and_a_cut_sentence_is_one_again():
    assert left("Giao Văn phòng", "2", "tổ chức họp.", "Điều 3.", "- 3 -", "Hết") == [
        "Giao Văn phòng tổ chức họp.", "Điều 3.", "Hết",
    ]  # fmt: skip
    assert left("1", "Một.", "Trang 2/3", "Hai.") == ["Một.", "Hai."]


@pytest.mark.parametrize("texts", [("a", "1", "b"), ("a", "7", "b"), ("a", "2024", "b")])
def test_a_number_that_counts_no_pages_is_text(texts):
    assert left(*texts) == list(texts)


def test_page_numbers_are_told_of():
    text = PAPER.replace("trực.\n\nĐiều 2", "trực.\n\n2\n\nĐiều 2")
    reading = read_text(text)
    assert reading.content == read_text(PAPER).content
    noted = [f for f in reading.findings if f.code == "page_numbers_removed"]
    assert [(f.line, f.values["count"]) for f in noted] == [(21, 1)]


@pytest.mark.parametrize("word", ["Điều", "Điêu", "Dieu", "Điểu"])
def test_a_word_of_the_form_is_known_by_its_base_letters(word):
    assert regex.fullmatch(tolerant("Điều"), word)
    assert bare(word) == "Dieu"


@pytest.mark.parametrize("word", ["Điếm", "điều", "Điề", "Điềuu"])
def test_other_words_are_not(word):
    assert not regex.fullmatch(tolerant("Điều"), word)


@pytest.mark.parametrize(
    ("right", "damaged"),
    [("Điều 2.", "Điêu 2."), ("Căn cứ", "Căn cư"), ("QUYẾT ĐỊNH:", "QUYÊT ĐỊNH:")],
)
def test_a_damaged_word_of_the_form_is_read_kept_and_named(right, damaged):
    reading = read_text(PAPER.replace(right, damaged, 1))
    assert [len(reading.content.articles), len(reading.content.instruments)] == [2, 1]
    slips = [f for f in reading.findings if f.code == "typo_suspected"]
    assert [f.values["found"] for f in slips] == [damaged.split(" 2")[0].rstrip(":")]


def test_letters_of_other_alphabets_are_replaced_and_counted():
    text = PAPER.replace("Số: 5/QĐ-UBND", "Số: 5/Q\u00d0-U\u0412ND", 1)
    reading = read_text(text)
    assert reading.printed.symbol == "QĐ-UBND"
    noted = [f for f in reading.findings if f.code == "letters_replaced"]
    assert [(f.line, f.values["count"]) for f in noted] == [(3, 2)]


def test_figures_of_numbers_and_dates_are_read_out_of_letters_and_counted():
    text = PAPER.replace("Số: 5/", "Số: l5/").replace("ngày 05 tháng", "ngày O5 tháng")
    reading = read_text(text.replace("Điều 1.", "Đi ều l."))
    assert (reading.printed.number, reading.printed.day) == (15, 5)
    assert reading.content.articles[0].marker == "Điều 1."
    noted = [f for f in reading.findings if f.code == "scan_mended"]
    assert [(f.line, f.values["count"]) for f in noted] == [(3, 3)]


@pytest.mark.parametrize(
    "words", ["10l nước", "vitamin B12", "mẫu HO1", "khí CO2", "Q U Y Ế T Đ Ị N H"]
)
def test_letters_beside_figures_elsewhere_stay(words):
    assert mended(words, Findings()) == words


def test_a_symbol_in_another_alphabet_stays():
    text = PAPER.replace("Phân công trực.", "Sai số \u03b1 ± \u03a3.")
    assert read_text(text).content.articles[0].text == "Sai số \u03b1 ± \u03a3."
    assert "letters_replaced" not in codes(text)


@pytest.mark.parametrize("rule", ["_______", "-------", "***", "=====", "---o0o---", "—— ——"])
def test_a_rule_drawn_in_the_head_is_no_text(rule):
    text = (
        PAPER.replace("\n\nSố: 5", f"\n{rule}\nSố: 5")
        .replace("\n\nVề việc", "\n\nVề việc", 1)
        .replace("trực\n\nCHỦ", f"trực\n{rule}\nCHỦ", 1)
    )
    assert read_text(text).content == read_text(PAPER).content


def test_number_and_date_at_the_foot_are_found_there():
    head = "Số: 5/QĐ-UBND\n\nHòa Mẫu, ngày 05 tháng 3 năm 2024\n\n"
    reading = read_text(PAPER.replace(head, "") + "\n" + head)
    assert (reading.printed.number, str(reading.printed.dated_on)) == (5, "2024-03-05")
    assert reading.content.annexes == ()


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ("kể từngày ký và", "kể từ ngày ký và"),
        ("số 9/STP ngày23 tháng4 năm2011", "số 9/STP ngày 23 tháng 4 năm 2011"),
        ("Hội đồng nhân dânngày 26 tháng 11", "Hội đồng nhân dân ngày 26 tháng 11"),
        ("theo Quyết định củaỦy ban", "theo Quyết định của Ủy ban"),
        ("Sở Mẫutại Báo cáo số 5/BC-SM", "Sở Mẫu tại Báo cáo số 5/BC-SM"),
        ("Văn phòng;Giám đốc", "Văn phòng; Giám đốc"),
        ("Văn phòng&nbsp;Giám đốc", "Văn phòng&nbsp;Giám đốc"),
        ("nghỉ hằngngày 5 tháng", "nghỉ hằngngày 5 tháng"),
        ("giấy tờ VNeID, eOffice", "giấy tờ VNeID, eOffice"),
        ("Lãnh đạo phòng,Văn thư", "Lãnh đạo phòng, Văn thư"),
        ("cóhiệu lực kể từ ngàyký", "có hiệu lực kể từ ngày ký"),
        ("chịu trách nhiệmthi hành", "chịu trách nhiệm thi hành"),
        ("căn cứ Quyết định thihành", "căn cứ Quyết định thi hành"),
        ("tại Tờtrình số 8/TTr-M", "tại Tờ trình số 8/TTr-M"),
        ("VỀVIỆC PHÂN CÔNG TRỰC", "VỀ VIỆC PHÂN CÔNG TRỰC"),
        ("ngày 05/3/2024củaỦy ban", "ngày 05/3/2024 của Ủy ban"),
        ("Điều1: Phân công", "Điều 1: Phân công"),
        ("số 21/2009/QĐ .UBND", "số 21/2009/QĐ.UBND"),
        ("theo mục A/B .Phần sau", "theo mục A/B .Phần sau"),
    ],
)
def test_words_that_a_lost_break_ran_together_are_parted(words, whole):
    findings = Findings()
    assert mended(words, findings) == whole
    assert [one.code for one in findings.found] == ["scan_mended"] * (words != whole)


@pytest.mark.parametrize("words", ["Căn cứ", "Theo đề nghị", "Nơi nhận"])
def test_words_of_the_form_that_a_narrow_page_broke_are_read_whole(words):
    cut = regex.sub(
        rf"^{words} ?", lambda found: found.group().replace(" ", "\n", 1), PAPER, flags=regex.M
    )
    assert cut != PAPER
    reading, whole = read_text(cut), read_text(PAPER)
    assert [basis.text for basis in reading.content.citations] == [
        basis.text for basis in whole.content.citations
    ]
    assert [one.who for one in reading.content.recitals] == ["Văn phòng"]
    assert reading.content.recipients == whole.content.recipients
    assert "not_understood" not in {finding.code for finding in reading.findings}


@given(
    st.lists(
        st.sampled_from(
            [
                "Căn",
                "cứ",
                "Că",
                "n",
                "Theo",
                "đề",
                "nghị",
                "Nơi",
                "nhận:",
                "Đi",
                "ều",
                "QUYẾT",
                "ĐỊNH",
                "của",
                "l5/",
                "\n",
                " ",
            ]
        ),
        max_size=30,
    )
)
def test_mending_keeps_every_line_where_it_stood(pieces):
    text = "".join(pieces)
    whole = mended(text, Findings())
    assert whole.count("\n") == text.count("\n")
    assert "".join(whole.split()).replace("15/", "l5/") == "".join(text.split())


def test_where_a_line_is_longer_than_any_editor_wraps_each_line_is_a_paragraph():
    """Blank lines stand between some parts, and breaks made by hand inside others."""
    long = "Điều 1. " + "Phân công trực cho công chức của các bộ phận " * 4
    text = PAPER.replace("Điều 1. Phân công trực.", f"{long.rstrip()}.\nThời hạn: 02 năm.")
    text = text.replace("\n\nTheo đề nghị", "\nTheo đề nghị").replace("\n\nĐiều 2", "\nĐiều 2")
    text = text.replace("\n\n- Như", "\n- Như").replace("ký. Văn phòng", "ký.\nVăn phòng")
    text = text.replace("năm 2024\n\nQUYẾT", "năm 2024\nQUYẾT").replace("trực\n\nCHỦ", "trực\nCHỦ")
    first, second = read_text(text).content.articles
    assert [len(first.blocks), len(second.blocks)] == [2, 2]


def test_the_enacting_word_behind_who_proposes_stands_alone_again():
    reading = read_text(PAPER.replace("Văn phòng.\n\nQUYẾT ĐỊNH:", "Văn phòng,QUYẾT ĐỊNH:"))
    (recital,) = reading.content.recitals
    assert (recital.who, reading.content.enacting_word) == ("Văn phòng", "QUYẾT ĐỊNH:")


def test_a_signature_in_small_letters_is_one_without_a_list_above_it():
    head, _ = PAPER.split("Nơi nhận:")
    reading = read_text(f"{head}TM. Ủy ban nhân dân xã\n\nChủ tịch\n\n(Đã ký)\n\nĐỗ Minh Khải\n")
    signed = reading.printed.signature
    assert (signed.tm, signed.role, signed.name) == (
        "Ủy ban nhân dân xã", "Chủ tịch", "Đỗ Minh Khải",
    )  # fmt: skip
    assert reading.content.articles[-1].blocks[-1].text.endswith("./.")


def test_a_proposal_named_before_who_makes_it_is_one():
    said = "Theo đề nghị tại Tờ trình số 42/TTr-VP ngày 01/3/2024 của Chánh Văn phòng."
    reading = read_text(PAPER.replace("Theo đề nghị của Văn phòng.", said))
    assert [
        (one.who, one.submission_no) for one in proposers(reading.content, reading.printed)
    ] == [("Chánh Văn phòng", "42/TTr-VP")]


LONG = "Điều 1. " + "Phân công công chức của các bộ phận trực và tiếp nhận hồ sơ " * 5


def test_lines_copied_out_of_a_pdf_as_paragraphs_are_joined_and_that_is_said():
    text = PAPER.replace("Điều 1. Phân công trực.", f"{LONG.rstrip()}.")
    apart = "\n\n".join(
        part for line in text.split("\n") if line for part in textwrap.wrap(line, 85)
    )
    whole, joined = read_text(text), read_text(apart)
    assert [article.blocks for article in joined.content.articles] == [
        article.blocks for article in whole.content.articles
    ]
    assert ("lines_joined" in codes(apart), "lines_joined" in codes(text)) == (True, False)
