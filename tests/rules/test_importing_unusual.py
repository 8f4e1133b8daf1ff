"""Papers that are odd in one place each: the oddity is named on its line, and nothing is lost."""

from __future__ import annotations

from datetime import date

import pytest

from documents.content.text import to_text
from documents.content.tree import Clause, Table
from documents.exceptions import BadInput
from documents.importing.text import Unreadable, read_text
from documents.services.issuing import check_effect
from tests.fixtures.papers import truth

PAPER = """ỦY BAN NHÂN DÂN
QUẬN AN MẪU

Số: 12/QĐ-CT

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

An Mẫu, ngày 16 tháng 01 năm 2024

QUYẾT ĐỊNH

Ban hành Mục tiêu chất lượng năm 2024 tại UBND quận An Mẫu

CHỦ TỊCH ỦY BAN NHÂN DÂN QUẬN AN MẪU

Căn cứ Luật Thanh tra ngày 14/11/2022;

Theo đề nghị của Trưởng phòng Nội vụ.

QUYẾT ĐỊNH:

Điều 1. Ban hành kèm theo Quyết định này Mục tiêu chất lượng.

Điều 2. Quyết định này có hiệu lực kể từ ngày ký.

Điều 3. Chánh Văn phòng chịu trách nhiệm thi hành Quyết định này./.

Nơi nhận:

- Như Điều 3;
- Lưu: VT.

CHỦ TỊCH

Đỗ Minh Khải

MỤC TIÊU CHẤT LƯỢNG

(Ban hành kèm theo Quyết định số 12/QĐ-CT ngày 16/01/2024 của Chủ tịch UBND quận)

1. Hồ sơ đúng hạn.
"""


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


def test_the_paper_itself_raises_no_doubt():
    assert read_text(PAPER).findings == ()


ODDITIES = [
    # what is written, instead of what, and the findings on the line of the new words
    ("ngày 31 tháng 02 năm", "ngày 16 tháng 01 năm", {"date_impossible"}),
    ("ngày 31/11/2022", "ngày 14/11/2022", {"date_impossible"}),
    ("ngày 4/11/2022", "ngày 14/11/2022", {"date_padding"}),
    ("nhiệm vụ được giao", "Luật Thanh tra ngày 14/11/2022", {"basis_not_understood"}),
    ("có hiệu lực khi công bố", "có hiệu lực kể từ ngày ký", {"effect_not_understood"}),
    ("Như Điều 2", "Như Điều 3", {"recipient_article"}),
    ("Lưu: PNV", "Lưu: VT", {"archive_without_vt"}),
    ("Điều 5. Chánh", "Điều 3. Chánh", {"article_order"}),
    (
        "Quyết định này; bãi bỏ Quyết định số 7 ngày 01/02/2020.",
        "Quyết định này Mục tiêu chất lượng.",
        {"supersession_unnamed"},
    ),
    ("số 13/QĐ-CT ngày", "số 12/QĐ-CT ngày", {"annex_reference_differs"}),
    ("số /QĐ-CT ngày", "số 12/QĐ-CT ngày", {"annex_reference"}),
    ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", "CHỦ TỊCH\n\nĐỗ", {"signature_authority"}),
    ("Khẩn", "Số: 12/QĐ-CT", {"not_understood"}),
    ("Theo đề nghị họp giao ban.", "Theo đề nghị của Trưởng phòng Nội vụ.", {"not_understood"}),
    ("Trưởng phòng Nội vụ;", "Trưởng phòng Nội vụ.", {"proposer_terminator"}),
]


@pytest.mark.parametrize(("new", "old", "codes"), ODDITIES)
def test_an_oddity_is_named_on_its_line(new, old, codes):
    assert old in PAPER
    text = PAPER.replace(old, f"{new}{old[len('CHỦ TỊCH') :] if 'TM.' in new else ''}", 1)
    found = {f.code for f in read_text(text).findings if f.line == line_of(text, new)}
    assert found >= codes


@pytest.mark.parametrize(
    ("gone", "code"),
    [
        ("Ban hành Mục tiêu chất lượng năm 2024 tại UBND quận An Mẫu\n\n", "subject_missing"),
        ("CHỦ TỊCH ỦY BAN NHÂN DÂN QUẬN AN MẪU\n\n", "authority_missing"),
        ("Căn cứ Luật Thanh tra ngày 14/11/2022;\n\n", "bases_missing"),
        ("Theo đề nghị của Trưởng phòng Nội vụ.\n\n", "proposer_missing"),
        ("QUYẾT ĐỊNH:\n\n", "enacting_missing"),
        ("Quyết định này có hiệu lực kể từ ngày ký.", "effect_missing"),
        ("Chánh Văn phòng chịu trách nhiệm thi hành Quyết định này", "executors_missing"),
        ("./.", "end_mark_missing"),
        ("Nơi nhận:\n\n- Như Điều 3;\n- Lưu: VT.\n\n", "recipients_missing"),
        ("- Lưu: VT.\n", "archive_missing"),
        ("QUYẾT ĐỊNH\n\n", "type_missing"),
    ],
)
def test_a_missing_part_is_named(gone, code):
    assert gone in PAPER
    text = PAPER.replace(gone, "", 1)
    assert code in {finding.code for finding in read_text(text, drafting=True).findings}


def test_a_paper_that_waits_for_its_publication_has_no_day_of_effect_and_is_not_issued():
    text = PAPER.replace("kể từ ngày ký.", "sau 7 ngày kể từ ngày đăng Công báo.")
    reading = read_text(text)
    assert [f.line for f in reading.findings if f.code == "effect_open"] == [
        line_of(text, "Điều 2.")
    ]
    with pytest.raises(BadInput, match="không nêu ngày cụ thể"):
        check_effect(reading.content, dated_on=date(2024, 1, 16))
    check_effect(read_text(PAPER).content, dated_on=date(2024, 1, 16))


def test_two_clauses_of_effect_are_counted_and_the_first_counts():
    text = PAPER.replace(
        "Mục tiêu chất lượng.\n\nĐiều 2",
        "Mục tiêu. Quyết định này có hiệu lực từ ngày 22/01/2024.\n\nĐiều 2",
    )
    reading = read_text(text)
    assert reading.content.effectivity.on_date == date(2024, 1, 22)
    assert [f.values["count"] for f in reading.findings if f.code == "effect_several"] == [2]


@pytest.mark.parametrize(
    ("authority", "subject", "full"),
    [
        ("CHỦ TỊCH ỦY BAN NHÂN DÂN QUẬN", "tại UBND quận An Mẫu", "Ủy ban nhân dân quận An Mẫu"),
        ("ỦY BAN NHÂN DÂN PHƯỜNG", "của UBND phường Lộc An", "Ủy ban nhân dân phường Lộc An"),
        ("ỦY BAN NHÂN DÂN XÃ", "của UBND phường Lộc An", "Ủy ban nhân dân xã"),
        ("GIÁM ĐỐC SỞ NỘI VỤ", "tại UBND quận An Mẫu", "Sở Nội vụ"),
    ],
)
def test_an_authority_cut_short_is_completed_from_the_subject_only_at_its_own_level(
    authority, subject, full
):
    text = PAPER.replace("ỦY BAN NHÂN DÂN\nQUẬN AN MẪU\n\n", "", 1)
    text = text.replace("tại UBND quận An Mẫu", subject, 1)
    text = text.replace("CHỦ TỊCH ỦY BAN NHÂN DÂN QUẬN AN MẪU", authority, 1)
    preface = read_text(text).content.preface
    assert (preface.authority, preface.agency_full) == (authority, full)


def test_number_and_date_below_the_type_word_are_found_there():
    head = "Số: 12/QĐ-CT\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nAn Mẫu, ngày 16 tháng 01 năm 2024\n\n"
    text = PAPER.replace(head, "").replace(
        "QUYẾT ĐỊNH\n\n", "QUYẾT ĐỊNH\n\nSố: 12/QĐ-CT\n\nAn Mẫu, ngày 16 tháng 01 năm 2024\n\n", 1
    )
    reading = read_text(text)
    assert reading.printed.number == 12
    assert reading.printed.dated_on == date(2024, 1, 16)
    assert reading.content.preface.subject.startswith("Ban hành Mục tiêu")


def test_an_authority_over_two_paragraphs_is_one():
    text = PAPER.replace(
        "CHỦ TỊCH ỦY BAN NHÂN DÂN QUẬN AN MẪU", "CHỦ TỊCH ỦY BAN NHÂN DÂN\n\nQUẬN AN MẪU"
    )
    assert read_text(text).content.preface.authority == "CHỦ TỊCH ỦY BAN NHÂN DÂN QUẬN AN MẪU"


def test_an_impossible_date_stays_in_its_parts():
    printed = read_text(PAPER.replace("16 tháng 01 năm 2024", "31 tháng 02 năm 2024", 1)).printed
    assert (printed.day, printed.month, printed.year) == (31, 2, 2024)
    assert printed.dated_on is None


@pytest.mark.parametrize(("number", "year"), [("12/QĐ-CT", None), ("12/2024/QĐ-UBND", 2024)])
def test_a_year_inside_the_number_is_kept_apart_from_it(number, year):
    printed = read_text(PAPER.replace("Số: 12/QĐ-CT", f"Số: {number}", 1)).printed
    assert printed.number_year == year


def test_a_distribution_list_on_the_line_of_its_heading_is_read():
    text = PAPER.replace("Nơi nhận:\n\n- Như Điều 3;", "Nơi nhận: - Như Điều 3;")
    assert [one.raw for one in read_text(text).content.recipients] == ["Như Điều 3"]


def test_an_article_may_begin_with_an_item_or_stand_empty():
    text = PAPER.replace(
        "Điều 1. Ban hành kèm theo Quyết định này Mục tiêu chất lượng.", "Điều 1.\n\n1. Một việc."
    )
    content = read_text(text).content
    assert [block.kind for block in content.articles[0].blocks] == ["item"]
    assert content.articles[0].text == ""
    assert read_text(to_text(content)).content == content
    empty = read_text(
        PAPER.replace(" Ban hành kèm theo Quyết định này Mục tiêu chất lượng.", "")
    ).content
    assert empty.articles[0].blocks == ()


def test_an_annex_with_two_columns_of_letterhead_is_read():
    head = "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nQUẬN AN MẪU\tĐộc lập - Tự do - Hạnh phúc\nSố: 5/MT\tAn Mẫu, ngày tháng năm 2024"
    text = PAPER.replace("MỤC TIÊU CHẤT LƯỢNG\n\n(Ban", f"{head}\n\nMỤC TIÊU CHẤT LƯỢNG\n\n(Ban")
    reading = read_text(text)
    annex, facts = reading.content.annexes[0], reading.printed.annexes[0]
    assert annex.agency_header == ("ỦY BAN NHÂN DÂN", "QUẬN AN MẪU")
    assert annex.title == "MỤC TIÊU CHẤT LƯỢNG"
    assert (facts.number_line, facts.date_line) == ("Số: 5/MT", "An Mẫu, ngày tháng năm 2024")


def test_a_part_after_the_signature_without_a_title_is_kept_and_named():
    text = PAPER[: PAPER.index("MỤC TIÊU CHẤT LƯỢNG\n\n(")] + "Danh sách gửi kèm gồm ba người."
    reading = read_text(text)
    assert [f.code for f in reading.findings] == ["annex_without_title"]
    assert reading.content.annexes[0].blocks[0].text == "Danh sách gửi kèm gồm ba người."
    assert read_text(to_text(reading.content)).content == reading.content


def test_an_annex_reference_that_cannot_be_read_stays_as_a_paragraph():
    text = PAPER.replace("số 12/QĐ-CT ngày 16/01/2024 của Chủ tịch UBND quận)", "này)")
    annex = read_text(text).content.annexes[0]
    assert annex.reference is None
    assert annex.blocks[0].text == "(Ban hành kèm theo Quyết định này)"


def test_another_table_after_a_table_is_another_table():
    tables = "STT\tA\tB\n1\tx\ty\n\nSTT\tC\tD\n1\tz\tw\n\na\tb\tc\td\te\n1\t2\t3\t4\t5"
    blocks = read_text(PAPER.replace("1. Hồ sơ đúng hạn.", tables)).content.annexes[0].blocks
    assert [block.columns[1] for block in blocks if isinstance(block, Table)] == ["A", "C", "b"]


def test_marked_lines_inside_a_table_are_rows_and_outside_are_items():
    table = "STT\tViệc\n1.\tMột\n2.\tHai\n\nGồm:\n\n1.\tBa\n2.\tBốn"
    blocks = read_text(PAPER.replace("1. Hồ sơ đúng hạn.", table)).content.annexes[0].blocks
    assert isinstance(blocks[0], Table)
    assert [row.cells for row in blocks[0].rows] == [("1.", "Một"), ("2.", "Hai")]
    assert [(b.kind, b.marker, b.text) for b in blocks[2:] if isinstance(b, Clause)] == [
        ("item", "1.", "Ba"),
        ("item", "2.", "Bốn"),
    ]


def test_emphasis_that_closes_nothing_is_text():
    text = PAPER.replace(
        "1. Hồ sơ đúng hạn.", "1. Hồ sơ** đúng *hạn, 3 * 4 và 2*2.\n**\n*nghiêng* **đậm**"
    )
    block = read_text(text).content.annexes[0].blocks[0]
    assert block.text == "Hồ sơ** đúng *hạn, 3 * 4 và 2*2. ** nghiêng đậm"


def test_a_policy_alone_has_its_motto_its_signature_and_its_notes():
    text = "CHÍNH SÁCH CHẤT LƯỢNG\n\nCam kết phục vụ.\n\n“ĐÚNG HẸN VÌ DÂN”\n\nCHỦ TỊCH\n\nGhi chú:\n\n1. Treo ở cửa."
    reading = read_text(text, kind="quality_policy")
    assert [block.kind for block in reading.content.body] == [
        "paragraph", "motto", "signature", "notes",
    ]  # fmt: skip
    assert reading.printed.body_signatures[0].role == "CHỦ TỊCH"
    assert truth.squeezed(to_text(reading.content, reading.printed)) == truth.squeezed(text)
    assert "[chữ ký]" in to_text(reading.content)


def test_a_file_of_nothing_but_table_rules_is_empty():
    with pytest.raises(Unreadable) as refused:
        read_text("|---|---|\n\n|:--|--:|", kind="decision")
    assert refused.value.code == "empty"


def test_an_encoding_that_nobody_knows_is_refused_as_such():
    with pytest.raises(Unreadable) as refused:
        read_text("D\xe9cision du pr\xe9sident\n".encode("latin-1"))
    assert refused.value.code == "encoding_unknown"


def test_a_reading_with_the_names_of_the_revision_before_keeps_its_lines():
    before = read_text(PAPER)
    text = PAPER.replace("Điều 1. Ban", "Điều 1. Nay ban")
    reading = read_text(text)
    renamed = read_text(text, previous=before.content)
    assert [line for _, line in renamed.lines] == [line for _, line in reading.lines]
    assert dict(renamed.lines)[before.content.articles[2].id] == line_of(text, "Điều 3.")


def test_a_policy_followed_by_a_table_has_no_further_title():
    text = "CHÍNH SÁCH CHẤT LƯỢNG\n\nSTT\tCam kết\n1\tĐúng hẹn"
    content = read_text(text, kind="quality_policy").content
    assert content.preface.subject == ""
    assert isinstance(content.body[0], Table)


def test_every_annex_behind_the_first_begins_at_its_label_or_its_title():
    second = "PHỤ LỤC II\n\nMẪU PHIẾU\n\nTên:\n\nBIỂU TỔNG HỢP\n\n(Kèm theo Quyết định số /QĐ-CT ngày của UBND quận)\n\nCột một."
    content = read_text(PAPER + "\n" + second).content
    assert [(annex.label, annex.title) for annex in content.annexes] == [
        ("", "MỤC TIÊU CHẤT LƯỢNG"),
        ("PHỤ LỤC II", "MẪU PHIẾU"),
        ("", "BIỂU TỔNG HỢP"),
    ]
    assert read_text(to_text(content)).content == content


def test_a_heading_in_capitals_inside_an_annex_with_letterhead_is_no_agency():
    head = "ỦY BAN NHÂN DÂN QUẬN AN MẪU\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\nBẢNG PHÂN CÔNG"
    text = PAPER.replace("MỤC TIÊU CHẤT LƯỢNG\n\n(Ban", f"{head}\n\n(Ban")
    annex = read_text(text).content.annexes[0]
    assert annex.agency_header == ("ỦY BAN NHÂN DÂN QUẬN AN MẪU",)
    assert annex.title == "BẢNG PHÂN CÔNG"


def test_a_block_signed_without_a_name_does_not_belong_to_the_next_title():
    more = "PHÓ CHỦ TỊCH\n\nBIỂU TỔNG HỢP\n\n(Kèm theo Quyết định số /QĐ-CT ngày của UBND quận)\n\nCột một."
    reading = read_text(f"{PAPER}\n{more}")
    assert [annex.title for annex in reading.content.annexes] == [
        "MỤC TIÊU CHẤT LƯỢNG",
        "BIỂU TỔNG HỢP",
    ]
    assert reading.printed.annexes[0].signatures[0].lines == ("PHÓ CHỦ TỊCH",)


def test_a_motto_right_below_a_title_is_no_title():
    text = PAPER[: PAPER.index("\n\n(Ban hành kèm")] + "\n\n“ĐÚNG HẸN VÌ DÂN”\n\nCam kết."
    annex = read_text(text).content.annexes[0]
    assert annex.title == "MỤC TIÊU CHẤT LƯỢNG"
    assert [block.kind for block in annex.blocks] == ["motto", "paragraph"]


def test_a_table_rule_between_lines_of_text_parts_them():
    text = PAPER.replace("1. Hồ sơ đúng hạn.", "Phần trên\n|---|\nphần dưới")
    assert [b.text for b in read_text(text).content.annexes[0].blocks] == ["Phần trên", "phần dưới"]


def test_a_long_sentence_that_begins_like_a_type_names_no_type():
    long = "Quy trình đã dùng từ năm trước " + "vẫn còn nhiều điểm chưa rõ " * 8
    reading = read_text(PAPER.replace("ỦY BAN NHÂN DÂN\nQUẬN AN MẪU\n", f"{long}\n", 1))
    assert reading.content.kind == "decision"
    assert [f.code for f in reading.findings] == ["not_understood"]


def test_a_list_names_a_decision_by_its_subject():
    assert (
        read_text(PAPER).content.title
        == "Ban hành Mục tiêu chất lượng năm 2024 tại UBND quận An Mẫu"
    )
    lower = read_text(PAPER.replace("Ban hành Mục tiêu", "V/v ban hành Mục tiêu", 1))
    assert lower.content.title.startswith("Ban hành Mục tiêu")


@pytest.mark.parametrize(
    ("filename", "kept"), [("bang.txt", r"2\*2"), ("bang.MD", "2*2"), ("", r"2\*2")]
)
def test_a_backslash_is_an_escape_in_markdown_only(filename, kept):
    text = PAPER.replace("1. Hồ sơ đúng hạn.", r"Hai lần 2\*2.")
    assert (
        read_text(text, filename=filename).content.annexes[0].blocks[0].text == f"Hai lần {kept}."
    )
