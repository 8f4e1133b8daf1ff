"""The rules that read a draft alone: each broken by one change of a sound paper, and kept by it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from documents import papers, rules
from offices.models import Succession
from tests.acting_on_drafts import a_draft
from tests.staffing import an_office

TODAY = date(2024, 1, 15)
OFFICE = "Ủy ban nhân dân quận An Mẫu"
SOUND = """ỦY BAN NHÂN DÂN
QUẬN AN MẪU

Số: /QĐ-CT

An Mẫu, ngày tháng năm 2024

QUYẾT ĐỊNH

Ban hành Mục tiêu chất lượng năm 2024 của Ủy ban nhân dân quận An Mẫu

CHỦ TỊCH ỦY BAN NHÂN DÂN QUẬN AN MẪU

Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;

Căn cứ Quyết định số 77/QĐ-UBND ngày 10 tháng 3 năm 2023 của Ủy ban nhân dân quận An Mẫu về việc kiện toàn Ban Chỉ đạo ISO quận năm 2024;

Theo đề nghị của Trưởng phòng Nội vụ.

QUYẾT ĐỊNH:

Điều 1. Ban hành kèm theo Quyết định này Mục tiêu chất lượng năm 2024 theo tiêu chuẩn TCVN ISO 9001:2015; Ban Thư ký ISO quận theo dõi.

Điều 2. Quyết định này có hiệu lực kể từ ngày ký. Kinh phí bố trí theo Điều 1 của Quyết định này.

Điều 3. Chánh Văn phòng và Trưởng phòng Nội vụ chịu trách nhiệm thi hành Quyết định này./.

Nơi nhận:

- Như Điều 3;
- Cổng TTĐT quận;
- Lưu: VT, NV.

Phụ lục I

MỤC TIÊU CHẤT LƯỢNG NĂM 2024

TT\tMục tiêu\tChỉ tiêu\tBiện pháp\tĐơn vị thực hiện\tKỳ báo cáo
1\tHồ sơ đúng hạn theo ISO 9001:2015.\ttừ 98% trở lên\tBố trí trực thay\tVăn phòng\tHằng quý

Phụ lục II

BIỂU THEO DÕI

1. Họ và tên: …………

2. Ngày …….
"""
PROCEDURE = """QUY TRÌNH TIẾP CÔNG DÂN

1. Mục đích

Tiếp công dân đúng quy định.

2. Phạm vi

Áp dụng tại trụ sở.

3. Trách nhiệm

a) Chuyên viên ghi sổ.

4. Nội dung

4.1. Đón tiếp.

5. Hồ sơ, biểu mẫu

Sổ tiếp công dân, lưu 05 năm.

Nơi nhận:

- Các phòng;
- Lưu: VT, VP.
"""
POLICY = """CHÍNH SÁCH CHẤT LƯỢNG

Ủy ban nhân dân quận An Mẫu cam kết:

1. Đáp ứng yêu cầu của người dân.

2. Cải tiến thường xuyên.

Nơi nhận:

- Các phòng;
- Lưu: VT, NV.
"""
OBJECTIVES = """MỤC TIÊU CHẤT LƯỢNG NĂM 2024

TT\tMục tiêu\tChỉ tiêu\tBiện pháp\tĐơn vị thực hiện\tKỳ báo cáo
1\tTrả lời thư đúng hạn\ttừ 90% trở lên\tBố trí trực thay\tVăn phòng\tHằng quý

Nơi nhận:

- Các phòng;
- Lưu: VT, NV.
"""


@pytest.fixture
def paper(example):
    """A draft on which texts are tried."""
    return a_draft(example)


def said(paper, text, *, kind="decision", on=TODAY):
    """The concerns about a text on a day, by code."""
    content = papers.read(text, kind=kind).content
    return {one.code: one for one in rules.concerns(paper, content, on=on)}


def changed(old, new, text=SOUND):
    """The text with one passage changed; the passage must be there."""
    assert old in text
    return text.replace(old, new, 1)


# what is changed, into what, the rule that is broken by it, what its sentence names
BROKEN = [
    ("Ban hành Mục tiêu", "Ban hành " + "rất dài " * 70 + "Mục tiêu", "ND30_5A_SUBJECT", "500"),
    ("Phụ lục II\n", "Phụ lục 2\n", "ND30_13_ANNEX_NUMBERS", "một trong nhiều phụ lục"),
    ("theo Điều 1 của", "theo Điều 7 của", "BH_REFERENCE", "Điều 7 của Quyết định này"),
    ("Kinh phí bố trí", "Kinh phí [số tiền] bố trí", "BH_BRACKETS", "[số tiền]"),
    ("Kinh phí bố trí", "Kinh phí …… bố trí", "BH_BRACKETS", "……"),
    ("- Cổng TTĐT quận;", "- Cổng TTĐT quận;\n- […];", "BH_BRACKETS", "[…]"),
    ("Trưởng phòng Nội vụ.", "[…].", "BH_BRACKETS", "[…]"),
    ("- Như Điều 3;\n", "", "ND30_9B_EXECUTORS", "Như Điều 3"),
    ("- Cổng TTĐT quận;", "- Cổng TTĐT quận;\n- Cổng TTĐT quận;", "ND30_9B_TWICE", "Cổng TTĐT"),
    ("Trưởng phòng Nội vụ.", "Trưởng Ban Chỉ đạo ISO quận năm 2025.", "BH_COMMITTEE_YEAR", "2025"),
    ("này Mục tiêu chất lượng năm 2024", "này Mục tiêu chất lượng năm 2023", "ISO_6_2_2_YEAR", "2023"),
    ("TCVN ISO 9001:2015; Ban", "TCVN ISO 9001:2008; Ban", "ISO_EDITION", "2008"),
    ("Lưu: VT, NV", "Lưu: VT, Thư ký Ban ISO", "BH_BODY_NAMES", "Thư ký Ban ISO"),
    ("của Ủy ban nhân dân quận An Mẫu về", "của Uỷ ban nhân dân quận An Mẫu về", "BH_SPELLING", "Uỷ"),
    ("kể từ ngày ký", "kể từ ngày 02 tháng 01 năm 2024", "BH_EFFECT_PAST", "02/01/2024"),
    ("10 tháng 3 năm 2023", "16 tháng 01 năm 2024", "ND30_6_BASIS_FUTURE", "16/01/2024"),
    (
        "kể từ ngày ký.",
        "kể từ ngày ký, bãi bỏ Quyết định số 9/QĐ-SNV ngày 03 tháng 5 năm 2021 của Sở Nội vụ.",
        "BH_REPLACED_OURS",
        "Sở Nội vụ",
    ),
    (
        "kể từ ngày ký.",
        "kể từ ngày ký, thay thế Quyết định số 9/QĐ-CT ngày 03 tháng 5 năm 2024 của Chủ tịch Ủy ban nhân dân quận An Mẫu.",
        "BH_REPLACED_OLDER",
        "03/5/2024",
    ),
]  # fmt: skip


def test_the_sound_paper_breaks_no_rule(paper):
    assert said(paper, SOUND) == {}


@pytest.mark.parametrize(
    ("old", "new", "code", "names"), BROKEN, ids=[f"{b[2]}-{n}" for n, b in enumerate(BROKEN)]
)
def test_one_change_breaks_one_rule(paper, old, new, code, names):
    found = said(paper, changed(old, new))
    assert code in found
    assert names in found[code].sentence
    assert found[code].source
    # a paper that is not known, another proposer: further concerns of the same words
    assert set(found) - {code} <= {"ND30_REPLACED_KNOWN", "BH_PROPOSER"}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("- LĐVP, đ/c Tư;\n", False),
        ("- Phòng CM;\n", False),
        ("- TT Quận ủy;\n", True),
        ("- Sở Khoa học và Công nghệ;\n", True),
    ],
)
def test_executors_are_known_by_the_short_forms_of_lists(paper, line, told):
    text = changed("- Như Điều 3;\n", line)
    assert ("ND30_9B_EXECUTORS" in said(paper, text)) is told


def test_who_took_over_from_a_body_that_ended_replaces_its_papers(paper):
    former = an_office().office
    text = changed(
        "kể từ ngày ký.",
        "kể từ ngày ký, thay thế Quyết định số 9/QĐ-UBND ngày 03 tháng 5 năm 2021 của Chủ tịch "
        f"{former.authority_name}.",
    )
    assert "BH_REPLACED_OURS" in said(paper, text)
    taken = Succession(predecessor=former, successor=paper.office, kind="merged", on=TODAY)
    taken.save()
    assert "BH_REPLACED_OURS" not in said(paper, text)
    assert "BH_REPLACED_OURS" in said(paper, text, on=TODAY - timedelta(days=1))


def test_what_is_said_to_be_attached_is_there(paper, example):
    bare = SOUND[: SOUND.index("Phụ lục I\n")]
    assert set(said(paper, bare)) == {"ND30_13_ANNEX_MISSING"}
    example.who("cv-noivu").client.post(
        f"/soan/{paper.reference}/tep/",
        {"file": _file("muc-tieu.txt", "Mục tiêu chất lượng".encode())},
    )
    assert said(paper, bare) == {}


def test_an_annex_no_article_speaks_of_is_named(paper):
    text = changed("Ban hành kèm theo Quyết định này Mục tiêu", "Ban hành Mục tiêu")
    assert set(said(paper, text)) == {"ND30_13_ANNEX_UNMENTIONED"}


def test_what_the_editor_left_open_in_a_new_row_is_named(paper):
    row = changed("Văn phòng", "[…]", OBJECTIVES)
    assert "[…]" in said(paper, row, kind="quality_objectives")["BH_BRACKETS"].sentence


def test_forms_in_an_annex_may_be_left_open(paper):
    assert "…………" in SOUND
    assert "BH_BRACKETS" not in said(paper, SOUND)


def test_the_year_of_what_is_replaced_may_differ(paper):
    text = changed(
        "kể từ ngày ký.",
        "kể từ ngày ký và thay thế Quyết định số 5/QĐ-CT ngày 03 tháng 5 năm 2023 của Chủ tịch "
        "Ủy ban nhân dân quận An Mẫu ban hành Mục tiêu chất lượng năm 2023.",
    )
    assert "ISO_6_2_2_YEAR" not in said(paper, text)


def test_an_office_that_has_ended_issues_nothing(paper):
    office = paper.office
    office.ends_on = date(2025, 7, 1)
    assert "BH_OFFICE_ENDED" not in said(paper, SOUND, on=date(2025, 6, 30))
    (concern,) = [
        one for code, one in said(paper, SOUND, on=date(2025, 7, 1)).items() if "OFFICE" in code
    ]
    assert "01/7/2025" in concern.sentence


@pytest.mark.parametrize(
    ("gone", "part"),
    [
        ("1. Mục đích\n\nTiếp công dân đúng quy định.\n\n", "mục đích"),
        ("5. Hồ sơ, biểu mẫu\n\n", "hồ sơ"),
    ],
)
def test_a_procedure_has_its_parts(paper, gone, part):
    assert said(paper, PROCEDURE, kind="procedure") == {}
    found = said(paper, changed(gone, "", PROCEDURE), kind="procedure")
    assert set(found) == {"ISO_7_5_2_B"}
    assert part in found["ISO_7_5_2_B"].sentence


def test_a_form_named_by_its_code_is_attached_or_known(paper, example):
    text = changed("Sổ tiếp công dân,", "Sổ tiếp công dân theo BM.77.01,", PROCEDURE)
    found = said(paper, text, kind="procedure")
    assert set(found) == {"ISO_7_5_3_FORMS"}
    assert "BM.77.01" in found["ISO_7_5_3_FORMS"].sentence
    example.who("cv-noivu").client.post(
        f"/soan/{paper.reference}/tep/",
        {"file": _file("BM.77.01 So tiep cong dan.txt", b"so")},
    )
    assert said(paper, text, kind="procedure") == {}


def test_a_policy_commits_to_both(paper):
    assert said(paper, POLICY, kind="quality_policy") == {}
    lazy = changed("2. Cải tiến thường xuyên.", "2. Công khai thủ tục.", POLICY)
    assert set(said(paper, lazy, kind="quality_policy")) == {"ISO_5_2_1"}


def test_objectives_say_their_year_and_follow_a_policy(paper):
    assert said(paper, OBJECTIVES, kind="quality_objectives") == {}
    paper.target_from = None
    timeless = changed(" NĂM 2024", "", OBJECTIVES)
    assert set(said(paper, timeless, kind="quality_objectives")) == {"ISO_6_2_2_D"}
    # before the first policy of the office took effect there was none to follow
    assert "ISO_6_2_1_A" in said(paper, OBJECTIVES, kind="quality_objectives", on=date(2020, 1, 2))


def _file(name, data):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, data, content_type="text/plain")
