"""Dates and articles written as older offices and other programs write them."""

from __future__ import annotations

import pytest

from documents.content.proposals import proposers
from documents.importing.text import read_text

PAPER = """QUYẾT ĐỊNH

Ban hành Nội quy phòng đọc

CHỦ TỊCH ỦY BAN NHÂN DÂN QUẬN AN MẪU

Căn cứ Luật Thư viện ngày 21/11/2019;

QUYẾT ĐỊNH:

Điều 1. Ban hành kèm theo Quyết định này Nội quy phòng đọc.

Điều 2. Quyết định này có hiệu lực kể từ ngày ký.
"""


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("An Mẫu, ngày 5/01/2024", 5),
        ("An Mẫu, ngày 05-01-2024", 5),
        ("An Mẫu, 05 tháng 01 năm 2024", 5),
        ("An Mẫu, ngày mồng 5 tháng 01 năm 2024", 5),
        ("Ngày 05 tháng 01 năm 2024", 5),
        ("An Mẫu, tháng 01 năm 2024", None),
    ],
)
def test_the_date_of_a_paper_is_read_however_it_is_written(written, day):
    printed = read_text(f"AN MẪU\n\nSố: 5/QĐ-UBND\n\n{written}\n\n{PAPER}").printed
    assert (printed.day, printed.month, printed.year) == (day, 1, 2024)
    assert printed.place == ("" if written.startswith("Ngày") else "An Mẫu")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Điều 1-", "Điều 2-"),
        ("Điều 1/ ", "Điều 2/ "),
        ("Điều thứ nhất ", "Điều thứ hai "),
        ("Điều thứ 1. ", "Điều thứ 2. "),
        ("1- ", "2- "),
        ("1) ", "2) "),
        ("1/ ", "2/ "),
    ],
)
def test_articles_are_told_however_they_are_counted(first, second):
    articles = f"{first}Giao Phòng Nội vụ.\n\n{second}Quyết định này có hiệu lực kể từ ngày ký."
    text = f"{PAPER[: PAPER.index('Điều 1.')]}{articles}"
    assert [one.number for one in read_text(text).content.articles] == [1, 2]
    assert read_text(text).content.effectivity.article == 2


def test_items_that_order_neither_effect_nor_duty_are_no_articles():
    text = f"{PAPER[: PAPER.index('Điều 1.')]}1. Họp.\n\n2. Ghi biên bản."
    assert read_text(text).content.articles == ()


@pytest.mark.parametrize(
    ("block", "told"),
    [
        ("TM. ỦY BAN NHÂN DÂN\nChủ tịch\n(Đã ký)\n\nLê Văn Ổn", ("tm", "Chủ tịch")),
        ("TM. Ủy ban nhân dân\nCHỦ TỊCH\n[đã ký]\n\nLê Văn Ổn", ("tm", "CHỦ TỊCH")),
        ("KT. CHỦ TỊCH\nPhó Chủ tịch\n(Đã ký)\n\nLê Văn Ổn", ("kt", "Phó Chủ tịch")),
        ("KT. TỔNG GIÁM ĐỐC PHÓ TỔNG GIÁM ĐỐC Lê Văn Ổn", ("kt", "PHÓ TỔNG GIÁM ĐỐC")),
    ],
)
def test_a_block_may_mix_capitals_and_small_letters_or_stand_on_one_line(block, told):
    """Portals print the capacity in capitals, the post in small letters, and a mark for the seal."""
    mark, role = told
    signature = read_text(f"{PAPER}\n{block}\n").printed.signature
    assert getattr(signature, mark)
    assert (signature.role, signature.name) == (role, "Lê Văn Ổn")


@pytest.mark.parametrize(
    ("recital", "told"),
    [
        (
            "Xét Tờ trình số 5/TTr-NV ngày 01/3/2024 của Trưởng phòng Nội vụ và ý kiến của Phòng Tư pháp tại Văn bản số 7/TP ngày 02/3/2024,",
            [("Trưởng phòng Nội vụ", "5/TTr-NV"), ("Phòng Tư pháp", "7/TP")],
        ),
        (
            "Xét đề nghị của Phòng Nội vụ (Tờ trình số 5/TTr-NV ngày 01/3/2024).",
            [("Phòng Nội vụ", "5/TTr-NV")],
        ),
        (
            "Theo đề nghị của Sở Xây dựng tại Báo cáo số 8/BC-SXD ngày 01/3/2024 (kèm theo Tờ trình số 4/TTr-UBND ngày 02/3/2024 của UBND huyện).",
            [("Sở Xây dựng", "8/BC-SXD")],
        ),
        (
            "- Xét đề nghị của Trưởng phòng Nội vụ tại tờ trình số : 03TT/NV ngày 06 tháng 01 năm 2000",
            [("Trưởng phòng Nội vụ", "03TT/NV")],
        ),
        (
            "Xét tờ trình số 9/TTr .NV, ngày 05/3/2024 của Phòng Nội vụ,",
            [("Phòng Nội vụ", "9/TTr.NV")],
        ),
        (
            "Theo đề nghị của Phòng Nội vụ tại Tờ trình số: 4/TTr-NV ngày 01/3/2024, 5/TTr-NV ngày 02/3/2024.",
            [("Phòng Nội vụ", "4/TTr-NV")],
        ),
    ],
)
def test_a_note_is_that_of_who_wrote_it_and_what_lies_with_it_proposes_nothing(recital, told):
    reading = read_text(PAPER.replace("QUYẾT ĐỊNH:", f"{recital}\n\nQUYẾT ĐỊNH:", 1))
    found = proposers(reading.content, reading.printed)
    assert [(one.who, one.submission_no) for one in found] == told
