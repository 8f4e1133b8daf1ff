"""What the reader notes of a paper itself: for each code a paper that has it, beside one that has not."""

from __future__ import annotations

import pytest

from documents.importing.codes import source_of
from documents.importing.noted import ON_THE_PAPER, OURS
from documents.importing.text import read_text

CLEAN = """\
ỦY BAN NHÂN DÂN
HUYỆN MẪU AN

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 215/QĐ-UBND

Mẫu An, ngày 05 tháng 3 năm 2024

QUYẾT ĐỊNH

Ban hành Quy chế tiếp công dân của huyện Mẫu An

CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN MẪU AN

Căn cứ Luật Tiếp công dân ngày 25 tháng 11 năm 2013;

Căn cứ Quyết định số 118/QĐ-UBND ngày 06 tháng 02 năm 2023 của Ủy ban nhân dân tỉnh Mẫu Giang về phân công tiếp dân;

Căn cứ Quyết định số 240/QĐ-UBND ngày 14 tháng 4 năm 2023 của Ủy ban nhân dân tỉnh Mẫu Giang về lịch tiếp dân;

Theo đề nghị của Chánh Thanh tra huyện.

QUYẾT ĐỊNH:

Điều 1. Ban hành kèm theo Quyết định này Quy chế tiếp công dân.

Điều 2. Quyết định này có hiệu lực kể từ ngày ký và thay thế Quyết định số 77/QĐ-UBND ngày 09 tháng 5 năm 2019 của Chủ tịch Ủy ban nhân dân huyện Mẫu An.

Điều 3. Chánh Văn phòng, Chánh Thanh tra huyện chịu trách nhiệm thi hành Quyết định này./.

Nơi nhận:

- Như Điều 3;
- TT Huyện ủy;
- Lưu: VT, TTr.

KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Lê Văn Mẫu

Phụ lục

QUY CHẾ TIẾP CÔNG DÂN

(Ban hành kèm theo Quyết định số 215/QĐ-UBND ngày 05 tháng 3 năm 2024 của Chủ tịch Ủy ban nhân dân huyện Mẫu An)

Người đứng đầu tiếp công dân vào thứ Năm hằng tuần.

KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Lê Văn Mẫu
"""

BLOCK = "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n"
SECOND = "Căn cứ Quyết định số 118/QĐ-UBND ngày 06 tháng 02 năm 2023 của Ủy ban nhân dân tỉnh Mẫu Giang về phân công tiếp dân;"  # fmt: skip

# code: (what stands in the clean paper, what stands there instead); the first place counts
BROKEN = {
    "type_missing": ("QUYẾT ĐỊNH\n\nBan hành", "Ban hành"),
    "subject_missing": ("Ban hành Quy chế tiếp công dân của huyện Mẫu An\n\n", ""),
    "subject_prefix": ("Ban hành Quy chế tiếp", "V/v ban hành Quy chế tiếp"),
    "authority_missing": ("CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN MẪU AN\n\n", ""),
    "authority_incomplete": ("NHÂN DÂN HUYỆN MẪU AN\n\nCăn", "NHÂN DÂN HUYỆN\n\nCăn"),
    "number_blank": ("Số: 215/", "Số: /"),
    "number_early": ("Mẫu An, ngày 05 tháng 3", "Mẫu An, ngày 02 tháng 01"),
    "date_blank": ("ngày 05 tháng 3 năm 2024", "ngày tháng năm 2024"),
    "date_padding": ("ngày 05 tháng 3 năm", "ngày 5 tháng 3 năm"),
    "date_impossible": ("ngày 05 tháng 3 năm", "ngày 31 tháng 02 năm"),
    "bases_missing": (CLEAN[CLEAN.index("Căn cứ Luật") : CLEAN.index("Theo đề")], ""),
    "basis_not_understood": ("Căn cứ Luật Tiếp", "Căn cứ tình hình;\n\nCăn cứ Luật Tiếp"),
    "basis_duplicate": ("Theo đề nghị", f"{SECOND}\n\nTheo đề nghị"),
    "basis_inversion": ("ngày 14 tháng 4 năm 2023", "ngày 12 tháng 01 năm 2023"),
    "basis_weekend": ("ngày 14 tháng 4 năm 2023", "ngày 15 tháng 4 năm 2023"),
    "basis_terminator": ("về phân công tiếp dân;", "về phân công tiếp dân."),
    "basis_law_number": ("ngày 25 tháng 11 năm 2013", "số 42/2013/QH13 ngày 25 tháng 11 năm 2013"),
    "recital_other": ("Theo đề nghị", "Sau khi họp bàn với các xã.\n\nTheo đề nghị"),
    "proposer_missing": ("Theo đề nghị của Chánh Thanh tra huyện.\n\n", ""),
    "proposer_terminator": ("Chánh Thanh tra huyện.\n", "Chánh Thanh tra huyện,\n"),
    "enacting_missing": ("QUYẾT ĐỊNH:\n\n", ""),
    "articles_missing": (CLEAN[CLEAN.index("Điều 1.") : CLEAN.index("Nơi nhận:")], ""),
    "article_order": ("Điều 2. Quyết", "Điều 4. Quyết"),
    "articles_unnamed": (CLEAN[CLEAN.index("Điều 1.") : CLEAN.index("Nơi nhận:")], CLEAN[CLEAN.index("Điều 1.") : CLEAN.index("Nơi nhận:")].replace("Điều 1.", "1-").replace("Điều 2.", "2-").replace("Điều 3.", "3-")),
    "effect_workdays": ("kể từ ngày ký và thay", "sau 05 ngày làm việc kể từ ngày ký và thay"),
    "suspends_part": ("ký và thay thế Quyết", "ký. Đình chỉ thi hành khoản 2 Điều 1 Quyết"),
    "effect_missing": ("có hiệu lực kể từ ngày ký và thay", "thay"),
    "effect_not_understood": ("có hiệu lực kể từ ngày ký và", "có hiệu lực khi sẵn sàng và"),
    "effect_open": ("kể từ ngày ký và thay", "sau 15 ngày kể từ ngày đăng Công báo và thay"),
    "effect_period": ("có hiệu lực kể từ ngày ký và", "áp dụng từ năm học 2024 - 2025 và"),
    "effect_applied": ("kể từ ngày ký và thay", "kể từ ngày ký, áp dụng từ năm học 2024 - 2025 và thay"),
    "effect_ends": ("kể từ ngày ký và thay", "kể từ ngày ký đến hết ngày 31/12/2025 và thay"),
    "effect_ends_with": ("huyện Mẫu An.\n\nĐiều 3", "huyện Mẫu An.\n\nQuyết định này hết hiệu lực khi kết thúc đợt tiếp dân.\n\nĐiều 3"),
    "effect_several": ("Điều 3. Chánh", "Điều 3. Quyết định này có hiệu lực kể từ ngày ký. Chánh"),
    "supersession_unnamed": ("Quyết định số 77/QĐ-UBND ngày 09 tháng 5 năm 2019", "các quyết định trước đây"),
    "executors_missing": ("chịu trách nhiệm thi hành Quyết định này", "đã biết"),
    "end_mark_missing": ("này./.", "này."),
    "recipients_missing": ("Nơi nhận:\n\n- Như Điều 3;\n- TT Huyện ủy;\n", ""),
    "recipient_article": ("- Như Điều 3;", "- Như Điều 1;"),
    "archive_missing": ("- Lưu: VT, TTr.\n", ""),
    "archive_without_vt": ("Lưu: VT, TTr", "Lưu: TTr"),
    "signature_dot": ("KT. CHỦ", "KT CHỦ"),
    "signature_handed_on": (BLOCK, "TUQ. CHỦ TỊCH\nKT. CHÁNH THANH TRA\nPHÓ CHÁNH THANH TRA\n"),
    "signature_title": (BLOCK, "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH THƯỜNG TRỰC\n"),
    "signature_noise": (BLOCK, "KT. CHỦ TỊCH dao\nPHÓ CHỦ TỊCH\n"),
    "signature_authority": (BLOCK, f"TM. ỦY BAN NHÂN DÂN\n{BLOCK}"),
    "signature_capacity": (BLOCK, "KT. ỦY BAN NHÂN DÂN\nPHÓ CHỦ TỊCH\n"),
    "signature_deputy": (BLOCK, "PHÓ CHỦ TỊCH\n"),
    "signature_further": ("Mẫu\n", "Mẫu\n\nCHÁNH THANH TRA\n\nLò Thị Mẫu\n"),
    "annex_signature": (BLOCK, "CHỦ TỊCH\n"),
    "annex_reference": ("(Ban hành kèm theo Quyết định số 215/QĐ-UBND ngày 05 tháng 3 năm 2024", "(Ban hành kèm theo Quyết định số /QĐ-UBND ngày tháng năm 2024"),
    "annex_reference_differs": ("theo Quyết định số 215/", "theo Quyết định số 512/"),
    "annex_without_title": ("Phụ lục\n\nQUY CHẾ TIẾP CÔNG DÂN\n\n(Ban", "(Ban"),
}  # fmt: skip


def codes(text: str) -> set[str]:
    return {one.code for one in read_text(text, drafting=True).findings}


def test_the_clean_paper_raises_nothing():
    assert codes(CLEAN) == set()


def test_every_code_about_a_paper_is_tried():
    assert set(BROKEN) == set(ON_THE_PAPER)


@pytest.mark.parametrize("code", ON_THE_PAPER)
def test_a_paper_that_breaks_the_rule_is_told_so(code):
    right, wrong = BROKEN[code]
    assert right in CLEAN
    assert code in codes(CLEAN.replace(right, wrong, 1))


@pytest.mark.parametrize(
    "block",
    [
        "TL. CHỦ TỊCH\nKT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG\n",
        "TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\n",
        "TUQ. CHỦ TỊCH\nPHÓ CHÁNH VĂN PHÒNG\n",
        "Q. CHỦ TỊCH\n",
        "CHỦ TỊCH\n",
    ],
)
def test_every_capacity_of_the_decree_is_a_right_block(block):
    head, end = CLEAN.split(BLOCK, 1)
    assert not codes(head + block + end) & {"signature_capacity", "signature_deputy"}


@pytest.mark.parametrize(
    ("block", "code"),
    [
        ("TM. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n", "signature_capacity"),
        ("TL. ỦY BAN NHÂN DÂN\nCHÁNH VĂN PHÒNG\n", "signature_capacity"),
        ("TUQ. HỘI ĐỒNG NHÂN DÂN\nCHÁNH VĂN PHÒNG\n", "signature_capacity"),
        ("Q. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n", "signature_capacity"),
        ("KT. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\n", "signature_deputy"),
        ("TL. CHỦ TỊCH\nPHÓ CHÁNH VĂN PHÒNG\n", "signature_deputy"),
    ],
)
def test_a_mark_before_what_it_is_not_for_is_named_on_its_line(block, code):
    text = CLEAN.replace(BLOCK, block, 1)
    (found, *_rest) = [one for one in read_text(text).findings if one.code == code]
    assert found.line == text[: text.index(block)].count("\n") + 1
    assert found.severity == "warn"


@pytest.mark.parametrize(
    ("name", "block", "told"),
    [
        ("TS. Lê Văn Mẫu", BLOCK, True),
        ("ThS Lê Văn Mẫu", "CHỦ TỊCH\n", True),
        ("TS. Lê Văn Mẫu", "HIỆU TRƯỞNG\n", False),  # schools may write degrees
        ("Tsan Văn Mẫu", BLOCK, False),
    ],
)
def test_a_degree_before_the_name_is_told_where_the_post_is_of_the_administration(
    name, block, told
):
    text = CLEAN.replace(f"{BLOCK}Lê Văn Mẫu", f"{block}{name}", 1)
    assert ("signature_title" in codes(text)) is told


def test_a_normative_decision_cites_laws_with_their_numbers():
    numbered = CLEAN.replace(*BROKEN["basis_law_number"], 1)
    assert "basis_law_number" in codes(numbered)
    enacting = "Chủ tịch Ủy ban nhân dân huyện ban hành Quyết định quy định việc tiếp công dân."
    assert "basis_law_number" not in codes(numbered.replace("QUYẾT ĐỊNH:", enacting, 1))


def test_a_period_in_place_of_a_day_is_named_once_and_says_what_to_write():
    wrong = CLEAN.replace("có hiệu lực kể từ ngày ký và", "áp dụng từ năm học 2024 - 2025 và", 1)
    (found,) = [one for one in read_text(wrong).findings if one.code.startswith("effect_")]
    assert (found.code, found.severity) == ("effect_period", "warn")
    assert found.values["raw"] == "áp dụng từ năm học 2024 - 2025"
    assert "Write from which day" in found.sentence


def test_only_what_no_decision_can_be_without_stops_a_version():
    stops = {code for code, one in ON_THE_PAPER.items() if one.severity == "stop"}
    assert stops == {
        "type_missing", "subject_missing", "authority_missing", "enacting_missing",
        "articles_missing",
    }  # fmt: skip
    for code in stops:
        assert source_of(code).startswith("Nghị định 30/2020/NĐ-CP")


def test_what_is_our_own_choice_names_no_law():
    assert ON_THE_PAPER["basis_weekend"].source == OURS
    assert source_of("basis_weekend") == ""
    assert source_of("basis_duplicate") == "Nghị định 30/2020/NĐ-CP, Phụ lục I, II.6"
