"""What articles order: when a paper takes effect, what it does to earlier ones, who carries it out."""

from __future__ import annotations

from datetime import date

import pytest

from documents.content.clauses import (
    executors,
    period_of,
    purpose,
    reporting_periods,
    standard_of,
    supersessions,
)
from documents.content.effect import (
    effectivity,
    ends_with,
    last_day,
    period_applied,
    speaks_of_effect,
)
from documents.content.titles import sentence_case
from documents.content.tree import Article, Clause

EFFECTS = [
    ("Quyết định này có hiệu lực kể từ ngày ký.", "from_signing_date", None, None),
    ("Quyết định này có hiệu lực kể từ ngày ký ban hành./.", "from_signing_date", None, None),
    ("Quyết định này có hiệu lực thi hành kể từ ngày ban hành.", "from_issue_date", None, None),
    ("Quyết định có hiệu lực từ ngày ký", "from_signing_date", None, None),
    ("Quyết định này có hiệu lực từ ngày 22/01/2024.", "on_date", date(2024, 1, 22), None),
    (
        "Quyết định này có hiệu lực thi hành kể từ ngày 01 tháng 7 năm 2025.",
        "on_date", date(2025, 7, 1), None,
    ),
    ("Quyết định này có hiệu lực sau 07 ngày kể từ ngày ký.", "after_days", None, 7),
    ("Văn phòng chịu trách nhiệm thi hành Quyết định này kể từ ngày ký.", "from_signing_date", None, None),
    ("Quyết định này có giá trị kể từ thời điểm ký.", "from_signing_date", None, None),
    ("Quyết định này thi hành kể từ ngày được ban hành.", "from_issue_date", None, None),
    ("Quyết định này có hiệu lực từ 00 giờ 00 phút ngày 01/7/2025.", "on_date", date(2025, 7, 1), None),
    ("Quyết định này có hiệu lực sau 10 (mười) ngày, kể từ ngày ký ban hành.", "after_days", None, 10),
    ("Quyết định này có hiệu lực sau 15 ngày, kể từ ngày đăng Công báo.", "from_publication", None, 15),
    ("Quyết định này có hiệu lực kể từ ngày công bố.", "from_publication", None, None),
    ("Quyết định này có hiệu lực sau 10 ngày, kể từ ngày đăng báo.", "from_publication", None, 10),
    ("Quyết định này có hiệu lực thi hànhsau 10 (mười) ngày kể từ ngày ký.", "after_days", None, 10),
    ("Quyết định này có hiệu lực từ ngày 01/3/2024 đến hết ngày 31/5/2024.", "on_date", date(2024, 3, 1), None),
    ("Quyết định này có hiệu lực kể từ ngày ký đến hết ngày 31/12/2025.", "from_signing_date", None, None),
    ("Quyết định này có hiệu lực 02 (hai) năm kể từ ngày ký.", "from_signing_date", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "rule", "on", "days"), EFFECTS)
def test_the_day_of_effect_is_read(text, rule, on, days):
    found = effectivity(text, 2)
    assert (found.rule, found.on_date, found.days, found.article) == (rule, on, days, 2)
    assert found.raw in text
    assert not found.raw.startswith("Quyết định này")


@pytest.mark.parametrize(
    "text",
    [
        "Quyết định này có hiệu lực khi được thông qua.",
        "Quyết định này có hiệu lực kể từ ngày 31/02/2024.",
        "Quyết định này có hiệu lực sau 10 ngày.",
    ],
)
def test_an_effect_without_a_readable_day_is_spoken_of_but_not_read(text):
    assert speaks_of_effect(text)
    assert effectivity(text) is None


def test_other_effects_are_no_effect_of_the_paper():
    for text in ("Giấy phép có hiệu lực trong năm.", "Giấy phép có hiệu lực 03 năm kể từ ngày ký."):
        assert not speaks_of_effect(text)
        assert effectivity(text) is None
        assert last_day(text, begins=date(2024, 1, 1)) is None


ENDS = [
    # a clause; from when the paper has effect; its last day
    ("Quyết định này có hiệu lực từ ngày 01/3/2024 đến hết ngày 31/5/2024.", None, date(2024, 5, 31)),
    ("Quyết định này có hiệu lực kể từ ngày ký đến ngày 30 tháng 6 năm 2026.", None, date(2026, 6, 30)),
    ("Quyết định này có hiệu lực kể từ ngày ký, áp dụng đến hết năm 2025.", None, date(2025, 12, 31)),
    ("Quyết định này có hiệu lực từ ngày 01/3/2024 và hết hiệu lực từ ngày 01/7/2024.", None, date(2024, 6, 30)),
    ("2. Quyết định này hết hiệu lực sau ngày 01/7/2024.", None, date(2024, 7, 1)),
    ("Quyết định này có hiệu lực 02 năm kể từ ngày ký.", date(2024, 3, 1), date(2026, 2, 28)),
    ("Quyết định này có hiệu lực trong thời hạn 06 tháng kể từ ngày ký.", date(2024, 8, 31), date(2025, 2, 27)),
    ("Quyết định này có hiệu lực 02 năm kể từ ngày ký.", None, None),
    ("Quyết định này có hiệu lực kể từ ngày ký cho đến khi có quyết định thay thế.", None, None),
    ("Quyết định số 5/QĐ-A hết hiệu lực kể từ ngày 01/7/2024.", None, None),
    ("Kể từ ngày Quyết định này có hiệu lực, Quyết định số 5/QĐ-A và các văn bản khác hết hiệu lực từ ngày 01/7/2024.", None, None),
    ("Sửa đổi như sau: “Quyết định này có hiệu lực từ ngày 01/3/2024 đến hết ngày 31/5/2024.”", None, None),
    ("Thời hạn nộp hồ sơ đến hết ngày 31/5/2024.", None, None),
    ("Giấy phép này có hiệu lực từ ngày 01/3/2024 đến hết ngày 31/5/2024.", None, None),
    ("Quyết định này thay thế Quyết định số 5/QĐ-A và có hiệu lực kể từ ngày ký đến hết ngày 31/5/2024.", None, date(2024, 5, 31)),
    ("Quyết định này có hiệu lực từ ngày 01/3/2024 đến hết ngày 31/02/2025.", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "begins", "wanted"), ENDS)
def test_the_last_day_of_effect_is_read_from_the_papers_own_clause(text, begins, wanted):
    assert last_day(text, begins=begins) == wanted


@pytest.mark.parametrize(
    ("text", "period"),
    [
        (
            "Quyết định này có hiệu lực kể từ ngày ký và áp dụng từ năm học 2024 - 2025.",
            "áp dụng từ năm học 2024 - 2025",
        ),
        ("Quyết định này áp dụng từ năm ngân sách 2019.", "áp dụng từ năm ngân sách 2019"),
        (
            "Quyết định có hiệu lực kể từ kỳ tuyển sinh năm 2025.",
            "có hiệu lực kể từ kỳ tuyển sinh năm 2025",
        ),
        ("Quyết định này có hiệu lực kể từ ngày ký.", ""),
        ("Chế độ báo cáo áp dụng từ năm học 2024 - 2025.", ""),
    ],
)
def test_a_period_that_a_paper_is_applied_to_is_found_as_written(text, period):
    assert period_applied(text) == period


def test_an_effect_that_ends_with_an_event_is_told_apart_from_a_day():
    text = "Quyết định này có hiệu lực kể từ ngày ký và tự hết hiệu lực khi công trình hoàn thành."
    assert ends_with(text) == "hết hiệu lực khi công trình hoàn thành"
    assert last_day(text, begins=None) is None
    assert ends_with("Quyết định số 5/QĐ-A hết hiệu lực khi Luật này có hiệu lực.") == ""


ACTS = [
    # the text; verb, scope, number and issuer of each target
    (
        "Đính chính lỗi kỹ thuật trình bày tại Thông tư số 1/2021/TT-A ngày 25/01/2021 của Bộ trưởng Bộ A hướng dẫn khen thưởng và Thông tư số 2/2021/TT-A ngày 25/01/2021 của Bộ trưởng Bộ A quy định tiêu chuẩn như sau:",
        [("corrects", "whole", "", "1/2021/TT-A", "Bộ trưởng Bộ A"), ("corrects", "whole", "", "2/2021/TT-A", "Bộ trưởng Bộ A")],
    ),
    (
        "Tại khoản 3, đính chính cụm từ “điểm d Nghị định số 5/2020/NĐ-CP” thành cụm từ “điểm đ Nghị định số 8/2020/NĐ-CP”.",
        [],
    ),
    ("Đính chính Giấy chứng nhận đã cấp theo quy định tại Nghị quyết số 54/2025/QH15 của Quốc hội.", []),
    ("Nội dung đính chính trên là một phần không tách rời của Nghị định số 62/2025/NĐ-CP.", []),
    (
        "Theo Công văn số 10/HĐND-TH ngày 15/01/2020 của Thường trực Hội đồng A về việc đính chính Nghị quyết số 23/NQ-HĐND ngày 20/12/2019, các huyện rà soát hồ sơ.",
        [],
    ),
    (
        "Tạm đình chỉ thi hành khoản 2 của Điều 5 Quyết định số 15/QĐ-A ngày 12/4/2023 của Cục A.",
        [("suspends", "part", "khoản 2 của Điều 5", "15/QĐ-A", "Cục A")],
    ),
    (
        "Bãi bỏ các Kế hoạch của Cục A: Số 7/KH-A ngày 12/4/2023 về đê điều; số 9/KH-A ngày 13/4/2023 bãi bỏ Kế hoạch số 2/KH-A.",
        [("repeals", "whole", "", "7/KH-A", "Cục A"), ("repeals", "whole", "", "9/KH-A", "Cục A")],
    ),
    (
        "Hủy bỏ 15 dự án ban hành kèm theo Quyết định số 15/QĐ-A ngày 12/4/2023 sửa đổi, bổ sung Quyết định số 3/QĐ-A ngày 01/02/2017.",
        [("annuls", "part", "15 dự án ban hành kèm theo", "15/QĐ-A", "")],
    ),
    (
        "Bãi bỏ các nội dung công bố thủ tục hành chính tại số thứ tự 3, 4 mục B Phần I Quyết định số 15/QĐ-A ngày 12/4/2023 của Cục A.",
        [("repeals", "part", "các nội dung công bố thủ tục hành chính tại số thứ tự 3, 4 mục B Phần I", "15/QĐ-A", "Cục A")],
    ),
    (
        "Bãi bỏ 03 thủ tục hành chính lĩnh vực chợ được công bố tại Quyết định số 15/QĐ-A ngày 12/4/2023 của Cục A.",
        [("repeals", "part", "03 thủ tục hành chính lĩnh vực chợ được công bố tại", "15/QĐ-A", "Cục A")],
    ),
    (
        "Quyết định này điều chỉnh một phần Quyết định số 15/QĐ-A ngày 12/4/2023 của Cục A.",
        [("amends", "part", "một phần", "15/QĐ-A", "Cục A")],
    ),
    (
        "Thay thế Quyết định số 1073/QĐ-CT ngày 04/7/2023 của Chủ tịch UBND quận.",
        [("replaces", "whole", "", "1073/QĐ-CT", "Chủ tịch UBND quận")],
    ),
    (
        "Quyết định này thay thế cho toàn bộ Quyết định số 5/QĐ-CT ngày 01/02/2020.",
        [("replaces", "whole", "toàn bộ", "5/QĐ-CT", "")],
    ),
    (
        "Bãi bỏ khoản 2 Điều 1 và Điều 3 Quyết định số 6/QĐ-CT ngày 01/02/2020 của UBND quận;",
        [("repeals", "part", "khoản 2 Điều 1 và Điều 3", "6/QĐ-CT", "UBND quận")],
    ),
    (
        "Sửa đổi, bổ sung một số điều của Quyết định số 7/QĐ-A ngày 01/02/2020 và Quyết định số 8/QĐ-A ngày 03/4/2020 như sau:",
        [
            ("amends", "part", "một số điều", "7/QĐ-A", ""),
            ("amends", "part", "một số điều", "8/QĐ-A", ""),
        ],
    ),
    (
        "Bãi bỏ điểm a khoản 1 Điều 2 Quyết định số 7/QĐ-A ngày 01/02/2020 và Quyết định số 8/QĐ-A ngày 03/4/2020.",
        [
            ("repeals", "part", "điểm a khoản 1 Điều 2", "7/QĐ-A", ""),
            ("repeals", "whole", "", "8/QĐ-A", ""),
        ],
    ),
    (
        "Bãi bỏ Quyết định số 7/QĐ-A ngày 01/02/2020; Điều 4 Quyết định số 8/QĐ-A ngày 03/4/2020.",
        [
            ("repeals", "whole", "", "7/QĐ-A", ""),
            ("repeals", "part", "Điều 4", "8/QĐ-A", ""),
        ],
    ),
    (
        "Hủy bỏ Thông báo số 9/TB-A ngày 01/02/2020 của UBND quận và thay thế Quyết định số 8/QĐ-A.",
        [
            ("annuls", "whole", "", "9/TB-A", "UBND quận"),
            ("replaces", "whole", "", "8/QĐ-A", ""),
        ],
    ),
    (
        "Thay thế các Quyết định số 7/QĐ-A ngày 01/02/2020, số 8/QĐ-A ngày 03/4/2020 của UBND quận.",
        [
            ("replaces", "whole", "", "7/QĐ-A", "UBND quận"),
            ("replaces", "whole", "", "8/QĐ-A", "UBND quận"),
        ],
    ),
    (
        "Thay thế phần danh mục thủ tục làm theo một cửa ở xã tại Quyết định số: 7/QĐ-A ngày 01/02/2020 của UBND quận.",
        [("replaces", "part", "phần danh mục thủ tục làm theo một cửa ở xã", "7/QĐ-A", "UBND quận")],
    ),
    (
        "Thay thế Phụ lục II ban hành kèm theo Quyết định số 7/QĐ-A ngày 01/02/2020 của UBND quận.",
        [("replaces", "part", "Phụ lục II ban hành kèm theo", "7/QĐ-A", "UBND quận")],
    ),
    (
        "Bãi bỏ các văn bản sau: Quyết định số 7/QĐ-A ngày 01/02/2020; Chỉ thị số 8/CT-A ngày 03/4/2020.",
        [("repeals", "whole", "", "7/QĐ-A", ""), ("repeals", "whole", "", "8/CT-A", "")],
    ),
    ("Quyết định số 7/QĐ-A được sửa đổi, bổ sung bởi Quyết định số 8/QĐ-A.", []),
    ("Tham mưu thay thế, bãi bỏ các thủ tục theo Quyết định số 8/QĐ-A.", []),
    ("Bãi bỏ các quy định trái với Quyết định này.", []),
    ("Bãi bỏ Quyết định số 7 ngày 01/02/2020 của UBND quận.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), ACTS)
def test_what_becomes_of_earlier_papers_is_read(text, wanted):
    found = [
        (one.verb, one.scope, one.scope_raw, one.target.number_raw, one.target.issuer)
        for one in supersessions(text)
    ]
    assert found == wanted
    assert all(one.raw in text for one in supersessions(text))


PARTIES = [
    (
        "Chánh Văn phòng, Trưởng các phòng, ban, đơn vị chịu trách nhiệm thi hành Quyết định này./.",
        ("Chánh Văn phòng", "Trưởng các phòng, ban, đơn vị"),
    ),
    (
        "Các ông (bà): Chánh Văn phòng; Giám đốc Trung tâm và Chủ tịch UBND các phường chịu trách nhiệm thi hành Quyết định này.",
        ("Chánh Văn phòng", "Giám đốc Trung tâm", "Chủ tịch UBND các phường"),
    ),
    (
        "Ban Chỉ đạo duy trì, cải tiến hệ thống, Thủ trưởng các phòng căn cứ Quyết định này thi hành./.",
        ("Ban Chỉ đạo duy trì, cải tiến hệ thống", "Thủ trưởng các phòng"),
    ),
    (
        "Các ông (bà) Trưởng các phòng: Đào tạo, Tài chính; Hiệu trưởng các trường chịu trách nhiệm thi hành Quyết định này.",
        ("Trưởng các phòng: Đào tạo, Tài chính", "Hiệu trưởng các trường"),
    ),
    (
        "Các Ông/Bà Phó Tổng Giám đốc, tổ trưởng sản xuất, kế toán và Uỷ ban nhân dân xã, Uỷ ban nhân dân phường chịu trách nhiệm thi hành Quyết định này.",
        ("Phó Tổng Giám đốc", "tổ trưởng sản xuất", "kế toán và Uỷ ban nhân dân xã", "Uỷ ban nhân dân phường"),
    ),
    (
        "Chánh Văn phòng, Thường trực Ban Chỉ đạo, các doanh nghiệp, Giám đốc các sở và các Chủ tịch xã chịu trách nhiệm thi hành Quyết định này.",
        ("Chánh Văn phòng", "Thường trực Ban Chỉ đạo", "các doanh nghiệp", "Giám đốc các sở", "các Chủ tịch xã"),
    ),
    ("Phòng Nội vụ chịu trách nhiệm về số liệu.", ()),
    ("Giao Phòng Nội vụ thực hiện.", ()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), PARTIES)
def test_who_carries_it_out_is_parted_at_head_nouns_only(text, wanted):
    assert executors(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ban hành kèm theo Quyết định này Quy chế họp.", "issue_attachment"),
        ("Ban hành mục tiêu như sau:", "issue_inline"),
        ("Phê duyệt kèm theo Quyết định này Kế hoạch.", "approve_attachment"),
        ("Phê duyệt Kế hoạch với nội dung sau:", "approve_inline"),
        ("Quyết định này có hiệu lực kể từ ngày ký.", "effect"),
        ("Bãi bỏ Quyết định số 1/QĐ-A ngày 01/02/2020.", "supersede"),
        (
            "Quyết định này có hiệu lực kể từ ngày ký và thay thế Quyết định số 1/QĐ-A.",
            "effect+supersede",
        ),
        ("Chánh Văn phòng chịu trách nhiệm thi hành Quyết định này.", "execution"),
        ("Mục tiêu của phường không thấp hơn của quận.", "cascade_rule"),
        ("Giao Phòng Nội vụ theo dõi.", "assignment"),
        ("Thời gian họp là ngày thứ Hai.", "provision"),
    ],
)
def test_articles_are_known_by_their_first_paragraph(text, wanted):
    assert purpose(Article(1, "Điều 1.", (Clause("paragraph", text),))) == wanted


def test_the_standard_is_the_first_one_named():
    assert standard_of(["", "theo TCVN ISO 9001:2015 và ISO 9001:2008"]) == "TCVN ISO 9001:2015"
    assert standard_of(["ISO 9001 : 2026"]) == "ISO 9001 : 2026"
    assert standard_of(["TCVN"]) == ""


def test_the_period_is_the_year_of_the_title_before_the_cut_off_of_the_tables():
    assert period_of(["Mục tiêu năm 2024"], ["tính đến cuối năm 2022"]) == 2024
    assert period_of(["Mục tiêu"], ["so với năm 2021", "tính đến cuối năm 2022"]) == 2022
    assert period_of(["nhiệm kỳ 2021 - 2026"], []) is None


def test_periods_of_report_are_named_one_by_one():
    text = "Thời gian báo cáo định kỳ là hằng tháng, quý, 6 tháng và năm; gửi Ban Chỉ đạo."
    assert reporting_periods([text]) == ("tháng", "quý", "6 tháng", "năm")
    assert reporting_periods([text, "Báo cáo đột xuất khi có yêu cầu."])[-1] == "đột xuất"
    assert reporting_periods(["Kiểm tra định kỳ là cần thiết."]) == ()


@pytest.mark.parametrize(
    ("capitals", "written"),
    [
        ("MỤC TIÊU CHẤT LƯỢNG NĂM 2024", "Mục tiêu chất lượng năm 2024"),
        (
            "MỤC TIÊU CHẤT LƯỢNG CỦA UBND QUẬN AN MẪU NĂM 2024",
            "Mục tiêu chất lượng của UBND quận An Mẫu năm 2024",
        ),
        ("CHÍNH SÁCH XÃ HỘI PHÒNG NỘI VỤ", "Chính sách xã hội phòng Nội vụ"),
        ("QUY TRÌNH ISO CỦA BAN CHỈ ĐẠO", "Quy trình ISO của ban Chỉ đạo"),
        ("Quy trình Kiểm soát", "Quy trình Kiểm soát"),
    ],
)
def test_titles_in_capitals_are_written_as_a_sentence(capitals, written):
    assert sentence_case(capitals) == written
