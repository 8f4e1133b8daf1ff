"""How ministries, the Prime Minister and the State Bank wrote their decisions before 2004."""

from __future__ import annotations

import pytest

from documents.content.clauses import executors
from documents.content.proposals import proposers
from documents.importing import forms
from documents.importing.text import read_text

PAPER = """BỘ MẪU NGHỆ

Số: 12/1999/QĐ-BMN

Hà Mẫu, ngày 5 tháng 1 năm 1999

QUYẾT ĐỊNH

Về việc phát hành sổ tay thợ gốm

BỘ TRƯỞNG BỘ MẪU NGHỆ

Căn cứ Luật Nghề thủ công ngày 21/11/1997;

QUYẾT ĐỊNH:

Điều 1. Phát hành sổ tay thợ gốm.

Điều 2. Quyết định này có hiệu lực kể từ ngày ký.
"""
SUBJECT = "Về việc phát hành sổ tay thợ gốm"


@pytest.mark.parametrize(
    "decider",
    [
        "CỦA BỘ TRƯỞNG BỘ MẪU NGHỆ",
        "CỦA BỘ TRƯỞNG BỘ MẪU NGHỆ SỐ 12/1999/QĐ-BMN NGÀY 5 THÁNG 1 NĂM 1999",
        "CỦA BỘ TRƯỞNG BỘ MẪU NGHỆ SỐ 12/1999/QĐ-BMN NGÀY 5-1-1999",
    ],
)
def test_who_decides_is_part_of_the_title_and_not_of_the_subject(decider):
    reading = read_text(PAPER.replace(SUBJECT, f"{decider}\n{SUBJECT}"))
    preface = reading.content.preface
    assert (preface.subject_prefix, preface.subject) == ("Về việc", "phát hành sổ tay thợ gốm")
    assert preface.type_word == f"QUYẾT ĐỊNH {decider}"
    assert reading.printed.number_raw == "Số: 12/1999/QĐ-BMN"


def test_number_and_date_that_only_the_title_names_are_read_there():
    head = PAPER.index("QUYẾT ĐỊNH")
    decider = "CỦA BỘ TRƯỞNG BỘ MẪU NGHỆ SỐ 81-MN/QĐ NGÀY 5 THÁNG 1 NĂM 1975"
    printed = read_text(PAPER[head:].replace(SUBJECT, f"{decider}\n{SUBJECT}")).printed
    assert (printed.number, printed.symbol) == (81, "MN/QĐ")
    assert (printed.day, printed.month, printed.year) == (5, 1, 1975)


@pytest.mark.parametrize(
    ("line", "number", "symbol"),
    [("Số: 81-QĐ", 81, "QĐ"), ("Số: 81 - CP", 81, "CP"), ("Số: 81NQ/HĐM8", 81, "NQ/HĐM8")],
)
def test_a_sign_may_name_no_body_or_touch_its_number(line, number, symbol):
    found = forms.number_line(line)
    assert found is not None
    assert (found.number, found.symbol) == (number, symbol)


@pytest.mark.parametrize(
    "line", ["Hà Mẫungày 5 tháng 1 năm 1999", "Hà Mẫu ngày 5 tháng 1 năm 1999"]
)
def test_the_comma_behind_the_place_may_be_lost(line):
    found = forms.date_line(line)
    assert found is not None
    assert (found.place, found.day, found.year) == ("Hà Mẫu", 5, 1999)


@pytest.mark.parametrize(
    "block",
    [
        "KT. BỘ TRƯỞNG BỘ MẪU NGHỆ\nTHỨ TRƯỞNG\nĐã ký: Cao Thế Mẫn",
        "KT.\nBỘ TRƯỞNG BỘ MẪU NGHỆ\nTHỨ TRƯỞNG\n\nCao Thế Mẫn (Đã ký)",
    ],
)
def test_a_signature_is_read_though_its_mark_or_its_name_share_no_line_of_their_own(block):
    signature = read_text(f"{PAPER}\n{block}\n").printed.signature
    told = (signature.kt, signature.role, signature.name)
    assert told == ("BỘ TRƯỞNG BỘ MẪU NGHỆ", "THỨ TRƯỞNG", "Cao Thế Mẫn")


@pytest.mark.parametrize(
    "authority",
    [
        "CHỦ TỊCH NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "HỘI ĐỒNG NHÀ NƯỚC NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    ],
)
def test_the_name_of_the_state_may_be_part_of_who_decides(authority):
    content = read_text(PAPER.replace("BỘ TRƯỞNG BỘ MẪU NGHỆ", authority)).content
    assert content.preface.authority == authority
    assert len(content.citations) == 1


def test_a_minister_with_a_second_office_is_one_person():
    text = "Bộ trưởng, Chủ nhiệm Văn phòng Mẫu quốc, Bộ trưởng, Trưởng ban Ban Nghề và Chủ tịch Uỷ ban nhân dân các tỉnh chịu trách nhiệm thi hành Quyết định này."
    assert executors(text) == (
        "Bộ trưởng, Chủ nhiệm Văn phòng Mẫu quốc",
        "Bộ trưởng, Trưởng ban Ban Nghề",
        "Chủ tịch Uỷ ban nhân dân các tỉnh",
    )


def test_directors_general_and_companies_are_parties_of_their_own():
    text = "Chánh Văn phòng; Tổng Giám đốc (Giám đốc) các quỹ, Tổng Công ty Gốm chịu trách nhiệm thi hành Quyết định này."
    assert executors(text) == (
        "Chánh Văn phòng",
        "Tổng Giám đốc (Giám đốc) các quỹ",
        "Tổng Công ty Gốm",
    )


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_the_name_of_an_annex_below_its_type_may_stand_in_small_letters(gap):
    """Decree 30/2020 prints the type in capitals and the name below it in bold small letters."""
    annex = gap.join(
        [
            "QUY TẮC",
            "Nung và xếp lò của Xưởng gốm Mẫu",
            "(Ban hành kèm theo Quyết định số /QĐ-BMN ngày tháng 01 năm 1999 của Bộ trưởng Bộ Mẫu nghệ)",
        ]
    )
    paper = f"{PAPER}\nBỘ TRƯỞNG\n\nCao Thế Mẫn\n\n{annex}\n\n1. Lò được xếp trước giờ nung.\n"
    (read,) = read_text(paper).content.annexes
    assert read.title == "QUY TẮC Nung và xếp lò của Xưởng gốm Mẫu"
    assert read.reference is not None
    assert read.reference.issuer == "Bộ trưởng Bộ Mẫu nghệ"


def test_a_sentence_above_a_reference_is_no_name_of_an_annex():
    paper = f"{PAPER}\nBỘ TRƯỞNG\n\nCao Thế Mẫn\n\nQUY TẮC\n\nLò nguội thì mới dỡ.\n\n(Kèm theo Quyết định số 12/1999/QĐ-BMN ngày 5/1/1999 của Bộ trưởng Bộ Mẫu nghệ)\n"
    assert read_text(paper).content.annexes[0].title == "QUY TẮC"


def test_a_note_is_read_though_its_type_stands_in_small_letters():
    recital = "Xét đề nghị của Vụ trưởng Vụ Nghề tại tờ trình số 34/TTr-VN ngày 02 tháng 01 năm 1999 về việc in sổ tay."
    reading = read_text(PAPER.replace("QUYẾT ĐỊNH:", f"{recital}\n\nQUYẾT ĐỊNH:"))
    (found,) = proposers(reading.content, reading.printed)
    assert (found.who, found.submission_no) == ("Vụ trưởng Vụ Nghề", "34/TTr-VN")


def test_a_signature_glued_to_the_archive_line_is_a_signature_of_a_deputy():
    foot = "Nơi nhận:\n- Như Điều 2;\n- Lưu: VT, VN (3b).KT. BỘ TRƯỞNG\nThứ trưởng\nCao Thế Mẫn"
    content, printed = (reading := read_text(f"{PAPER}\n{foot}\n")).content, reading.printed
    assert content.archive.units == ("VT", "VN")
    assert (printed.signature.kt, printed.signature.name) == ("BỘ TRƯỞNG", "Cao Thế Mẫn")
    assert printed.signature.signed_by_deputy


def test_unions_and_enterprises_behind_a_conjunction_are_parties_of_their_own():
    text = "Chánh Văn phòng, Vụ trưởng Vụ Nghề và các doanh nghiệp gốm, Trưởng ban Ban Nghề và Liên hiệp Thợ gốm chịu trách nhiệm thi hành Quyết định này."
    assert executors(text)[2::2] == ("các doanh nghiệp gốm", "Liên hiệp Thợ gốm")
