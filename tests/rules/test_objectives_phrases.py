"""How a figure and a deadline are written, and what is asked of a person instead of guessed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.content.objectives import (
    deadline,
    every,
    parties,
    targets_in_cell,
    targets_in_clause,
)
from documents.content.objectives.targets import LONGEST


@pytest.mark.parametrize(
    ("phrase", "comparator", "value", "unit"),
    [
        ("≥ 90%", "gte", "90", "%"),
        (">= 90%", "gte", "90", "%"),
        ("90 % trở lên", "gte", "90", "%"),
        ("từ 97% trở lên", "gte", "97", "%"),
        ("Đạt từ 97,5% trở lên", "gte", "97.5", "%"),
        ("không thấp hơn 92 %", "gte", "92", "%"),
        ("Không dưới 92%", "gte", "92", "%"),
        ("tối thiểu 98.5%", "gte", "98.5", "%"),
        ("ít nhất 01 lần mỗi quý", "gte", "1", "lần/quý"),
        ("Trên 80 phần trăm", "gt", "80", "%"),
        ("> 80%", "gt", "80", "%"),
        ("dưới 3%", "lt", "3", "%"),
        ("< 3%", "lt", "3", "%"),
        ("≤ 05 ngày làm việc", "lte", "5", "ngày làm việc"),
        ("không quá 15 phút", "lte", "15", "phút"),
        ("từ 2% trở xuống", "lte", "2", "%"),
        ("tối đa 10 hồ sơ/tháng", "lte", "10", "hồ sơ/tháng"),
        ("100%", "eq", "100", "%"),
        ("0 hồ sơ", "eq", "0", "hồ sơ"),
        ("1.200 lượt", "eq", "1200", "lượt"),
        ("≥ 4,5/5 điểm", "gte", "4.5", "/5 điểm"),
        ("Tăng 2% so với năm 2022", "increase_by", "2", "%"),
        ("tăng ít nhất 2 điểm phần trăm", "increase_by", "2", "điểm phần trăm"),
        ("Giảm 20% số văn bản giấy so với cùng kỳ năm trước", "decrease_by", "20", "%"),
        ("nâng lên 96%", "gte", "96", "%"),
        ("giảm xuống còn 2%", "lte", "2", "%"),
        ("giảm còn dưới 2%", "lt", "2", "%"),
        ("tăng từ 90% lên 95%", "gte", "95", "%"),
    ],
)
def test_a_figure_is_read_with_its_comparator_and_unit(phrase, comparator, value, unit):
    (target,) = targets_in_cell(phrase)
    assert (target.comparator, target.value, target.unit) == (comparator, Decimal(value), unit)
    assert target.text == phrase
    assert target.raw in phrase


@pytest.mark.parametrize(
    ("phrase", "low", "high"),
    [("từ 01 - 02 lần/năm", 1, 2), ("95% đến 98%", 95, 98), ("98–99%", 98, 99)],
)
def test_a_range_keeps_both_ends(phrase, low, high):
    (target,) = targets_in_cell(phrase)
    assert (target.comparator, target.value, target.upper) == ("range", low, high)


def test_a_change_keeps_what_it_is_held_against_and_asks_what_a_percent_is():
    (target,) = targets_in_cell("Tăng 1% so với cùng kỳ năm trước")
    assert target.baseline == "cùng kỳ năm trước"
    assert "change_unit" in target.doubts
    (points,) = targets_in_cell("Tăng 1 điểm phần trăm so với năm 2022")
    assert points.doubts == ()


@pytest.mark.parametrize(
    ("phrase", "comparator", "value", "unit"),
    [
        ("Trên chín mươi phần trăm", "gt", 90, "%"),
        ("Không quá bảy ngày làm việc", "lte", 7, "ngày làm việc"),
        ("Ít nhất mười hai lượt", "gte", 12, "lượt"),
        ("Đạt một trăm phần trăm", "eq", 100, "%"),
        ("Tối thiểu hai mươi lăm hồ sơ", "gte", 25, "hồ sơ"),
    ],
)
def test_a_share_or_a_limit_in_words_is_read_and_doubted(phrase, comparator, value, unit):
    (target,) = targets_in_cell(phrase)
    assert (target.comparator, target.value, target.unit) == (comparator, value, unit)
    assert "number_in_words" in target.doubts


@pytest.mark.parametrize("phrase", ["Thực hiện trên một đơn vị", "Từ năm người dân", "Bảy ngày lễ"])
def test_words_that_may_count_nothing_are_no_figure(phrase):
    (target,) = targets_in_cell(phrase)
    assert target.value is None


def test_what_is_done_so_many_times_is_a_target_and_a_span_of_time_is_none():
    (counted,) = targets_in_clause("Tổ chức 02 đợt khảo sát người học")
    assert (counted.comparator, counted.value, counted.unit) == ("eq", 2, "đợt")
    (span,) = targets_in_clause("Thực hiện 05 ngày trực Tết")
    assert span.value is None


def test_a_bare_figure_against_a_baseline_changes_as_the_objective_beside_it_says():
    (target,) = targets_in_cell("10% so với năm 2021", about="Giảm chi phí in ấn")
    assert (target.comparator, target.value, target.baseline) == ("decrease_by", 10, "năm 2021")
    (level,) = targets_in_cell("10%", about="Giảm chi phí in ấn")
    assert level.comparator == "eq"


def test_a_verb_far_from_its_figure_is_a_change_only_when_compared():
    (far,) = targets_in_clause("Giảm hồ sơ bị trả lại vì hướng dẫn chưa rõ 2% so với năm 2022.")
    assert (far.comparator, far.value, far.baseline) == ("decrease_by", 2, "năm 2022")
    (level,) = targets_in_clause("Giảm phiền hà để người dân hài lòng đạt 95%.")
    assert (level.comparator, level.value) == ("eq", 95)


def test_at_least_of_a_grade_is_not_at_least_of_the_figure():
    (grade,) = targets_in_clause("Cuối năm 97% công chức hoàn thành nhiệm vụ trở lên.")
    assert (grade.comparator, grade.value, grade.raw) == ("eq", 97, "97%")
    assert "grade" in grade.doubts
    (figure,) = targets_in_clause("Công chức hoàn thành nhiệm vụ đạt từ 97% trở lên.")
    assert (figure.comparator, figure.doubts) == ("gte", ())


@pytest.mark.parametrize(
    ("phrase", "doubt"),
    [
        ("Khoảng 95%", "approximate"),
        ("3/4 số phòng", "fraction"),
        ("từ 95%", "from_alone"),
        ("Hai lần trong năm", "number_in_words"),
        ("Không có hồ sơ quá hạn", "number_in_words"),
        ("trên 15 đơn vị", "preposition"),
        ("95", "unit_missing"),
        ("Làm tốt hơn năm trước", "qualitative"),
        ("100% công chức có thái độ đúng mực", "hard_to_measure"),
        ("Giảm hồ sơ bổ sung từ 2 lần trở lên so với năm 2023", "conflicting"),
        ("Không quá 15 phút đối với ít nhất 90% lượt giao dịch", "several_values"),
        ("x" * (LONGEST + 1), "too_long"),
    ],
)
def test_what_cannot_be_read_is_flagged(phrase, doubt):
    (target,) = targets_in_cell(phrase)
    assert doubt in target.doubts
    assert target.text == phrase


@pytest.mark.parametrize("phrase", ["Khoảng", "3/4 số phòng", "Hai lần trong năm"])
def test_a_flagged_phrase_without_a_figure_is_given_none(phrase):
    (target,) = targets_in_cell(phrase)
    assert (target.comparator, target.value) == ("qualitative", None)
    assert not target.is_measurable


def test_a_verdict_somebody_passes_can_be_measured():
    (verdict,) = targets_in_cell("Kết luận hậu kiểm của cơ quan chuyên ngành là đạt.")
    assert verdict.comparator == "qualitative"
    assert verdict.is_measurable
    (virtue,) = targets_in_clause("100% công chức giữ gìn đạo đức công vụ.")
    assert not virtue.is_measurable


def test_one_sentence_holds_two_targets_and_the_second_borrows_the_subject():
    first, second = targets_in_clause(
        "100% hồ sơ được tiếp nhận đúng quy định và trên 85% đúng thời gian."
    )
    assert (first.comparator, first.value) == ("eq", 100)
    assert (second.comparator, second.value) == ("gt", 85)
    assert second.text == "trên 85% đúng thời gian."
    assert "subject_inherited" in second.doubts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Trả kết quả đúng hạn 98% trước hạn 20%", ["Trả kết quả đúng hạn 98%", "trước hạn 20%"]),
        ("98% hồ sơ đúng hạn 20% hồ sơ trước hạn", ["98% hồ sơ đúng hạn", "20% hồ sơ trước hạn"]),
        ("Đúng hạn ≥ 98% trước hạn ≥ 20% hài lòng ≥ 95%",
         ["Đúng hạn ≥ 98%", "trước hạn ≥ 20%", "hài lòng ≥ 95%"]),
    ],
)  # fmt: skip
def test_figures_of_one_unit_without_a_connector_are_targets_a_person_looks_at(text, parts):
    for read in (targets_in_clause(text), targets_in_cell(text)):
        assert [one.text for one in read] == parts
        assert all("figures_parted" in one.doubts for one in read)


@pytest.mark.parametrize(
    "text",
    [
        "Đạt 98% (năm 2023: 97%)",
        "Phấn đấu 90% trở lên hồ sơ trực tuyến (tối thiểu 80%)",
        "Ít nhất 80% của 95% hồ sơ",
        "Không quá 15 phút đối với ít nhất 90% lượt giao dịch",
    ],
)
def test_figures_that_say_one_thing_together_stay_together(text):
    (target,) = targets_in_clause(text)
    assert "several_values" in target.doubts
    assert target.text == text


def test_a_figure_of_what_nobody_wants_is_the_most_there_may_be():
    (late,) = targets_in_clause("Tỷ lệ hồ sơ quá hạn 1%")
    assert (late.comparator, late.value, late.raw) == ("lte", 1, "1%")
    assert "unwanted" in late.doubts
    (beside,) = targets_in_cell("2%", about="Tỷ lệ hồ sơ bị trả lại")
    assert beside.comparator == "lte"
    for wanted in (
        "100% hồ sơ không quá hạn",
        "100% khiếu nại được giải quyết",
        "Giảm 5% số sai sót",
        "Tỷ lệ hồ sơ đúng hạn 98%",
    ):
        assert targets_in_clause(wanted)[0].comparator != "lte", wanted
    (none,) = targets_in_clause("Tỷ lệ hồ sơ quá hạn: 0%")
    assert (none.comparator, none.value) == ("eq", 0)


def test_clauses_of_one_item_part_where_a_new_thing_is_to_be_done():
    text = "Giữ đúng nền nếp; bảo đảm 100% tài liệu có mã; soát xét quy trình. Lưu đủ; đúng chỗ."
    read = targets_in_clause(text)
    assert [one.comparator for one in read] == ["qualitative", "eq", "qualitative"]
    goes_on = targets_in_clause("100% công chức thạo việc; giỏi ngoại ngữ; không gây phiền hà.")
    assert len(goes_on) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Duy trì hệ thống theo TCVN ISO 9001:2015 trong năm 2024.",
        "Thực hiện Quyết định số 19/2014/QĐ-TTg ngày 05/3/2014.",
        "Làm đúng quy trình QT.03 và khoản 2 Điều 4.",
        "Cung cấp dịch vụ công mức độ 3, 4 trong 6 tháng đầu năm.",
        "Cả nhiệm kỳ 2021 - 2026.",
    ],
)
def test_numbers_that_count_nothing_are_no_targets(text):
    (target,) = targets_in_clause(text)
    assert target.comparator == "qualitative"


@pytest.mark.parametrize(
    ("phrase", "kind", "on"),
    [
        ("Đến ngày 31/12/2024", "date", date(2024, 12, 31)),
        ("Trước 25/12/2024", "date", date(2024, 12, 24)),
        ("ngày 20 tháng 11 năm 2024", "date", date(2024, 11, 20)),
        ("Trước ngày 01/01/2025", "date", date(2024, 12, 31)),
        ("31/12", "date", date(2024, 12, 31)),
        ("Tháng 6/2024", "month", date(2024, 6, 30)),
        ("tháng 2", "month", date(2024, 2, 29)),
        ("Quý II/2024", "quarter", date(2024, 6, 30)),
        ("Quý 3", "quarter", date(2024, 9, 30)),
        ("Trước quý III/2024", "quarter", date(2024, 6, 30)),
        ("6 tháng đầu năm 2024", "half_year", date(2024, 6, 30)),
        ("9 tháng đầu năm", "nine_months", date(2024, 9, 30)),
        ("tính đến cuối năm 2022", "year", date(2022, 12, 31)),
        ("Trong năm", "year", date(2024, 12, 31)),
        ("Thường xuyên", "ongoing", None),
        ("Theo Kế hoạch", "plan", None),
        ("Khi có thay đổi", "event", None),
        ("Đột xuất", "event", None),
    ],
)
def test_a_deadline_is_its_last_day_in_time(phrase, kind, on):
    read = deadline(phrase, year=2024)
    assert (read.kind, read.on, read.raw) == (kind, on, phrase)


@pytest.mark.parametrize(
    ("phrase", "period", "day", "following"),
    [
        ("Cuối mỗi tháng", "month", None, False),
        ("Tổng hợp hàng tháng (theo phiếu tại bộ phận một cửa)", "month", None, False),
        ("Hằng quý", "quarter", None, False),
        ("Định kỳ 6 tháng", "half_year", None, False),
        ("6 tháng/lần", "half_year", None, False),
        ("Hàng năm", "year", None, False),
        ("Chậm nhất ngày 25 hằng tháng", "month", 25, False),
        ("Trước ngày 10 tháng đầu mỗi quý", "quarter", 9, True),
    ],
)
def test_a_recurring_deadline_keeps_its_period_and_day(phrase, period, day, following):
    read = deadline(phrase)
    assert (read.kind, read.every, read.day, read.next_period) == (
        "recurring", period, day, following,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("phrase", "doubt"),
    [
        ("Trước 31/02/2024", "date_impossible"),
        ("Tháng 13/2024", "date_impossible"),
        ("Trước 01/01/0001", "date_impossible"),
        ("Quý II", "year_missing"),
        ("31/12", "year_missing"),
        ("Quý I, quý II năm 2024", "several_values"),
        ("30/6/2024 và 31/12/2024", "several_values"),
        ("Ngay lập tức", "deadline_unread"),
        ("Theo Kế hoạch", "plan_missing"),
    ],
)
def test_a_deadline_that_is_none_has_no_day(phrase, doubt):
    read = deadline(phrase)
    assert read.on is None
    assert doubt in read.doubts


def test_no_words_are_no_deadline_and_no_target():
    assert deadline("  ") is None
    assert targets_in_cell("") == ()


@pytest.mark.parametrize(
    ("cell", "period"),
    [
        ("Hằng tháng", "month"), ("6 tháng", "half_year"), ("9 tháng", "nine_months"),
        ("Quý", "quarter"), ("Năm", "year"), ("Đột xuất", "ad_hoc"), ("Khi cần", None),
    ],
)  # fmt: skip
def test_a_period_of_report_is_read(cell, period):
    assert every(cell) == period


def test_parties_part_only_before_a_body_and_keep_their_roles():
    both = parties("Ban chỉ đạo ISO quận (chủ trì) Các phòng, ban, đơn vị (tham dự)")
    assert [(one.name, one.role) for one in both] == [
        ("Ban chỉ đạo ISO quận", "leads"),
        ("Các phòng, ban, đơn vị", "takes_part"),
    ]
    three = parties("Lãnh đạo UBND quận, các cơ quan chuyên môn, Thư ký BCĐ ISO")
    assert len(three) == 3
    assert len(parties("Văn phòng HĐND&UBND quận")) == 1


# ---------------------------------------------------------------- any words at all

_WORDS = st.sampled_from(
    [
        "100%", "từ", "97%", "trở lên", "trên", "và", ";", ",", "Giảm", "tăng", "so với", "năm",
        "2024", "lần/năm", "01", "-", "02", "ít nhất", "không quá", "hồ sơ", "5", "ngày", "đạt", ".",
        "Quý", "II", "trước", "31/12/2024", "mỗi", "tháng", "còn", "lên", "khoảng", "4,5/5", "điểm",
        "(", ")", "≥", "\n", "\t",
    ]
)  # fmt: skip
_SENTENCES = st.lists(_WORDS, max_size=25).map(" ".join) | st.text(max_size=200)


@given(_SENTENCES)
def test_any_words_are_read_without_an_error_and_nothing_is_made_up(text):
    for target in (*targets_in_cell(text), *targets_in_clause(text)):
        assert target.raw in text
        assert target.baseline in text
        if target.value is not None:
            assert any(character.isdigit() for character in target.raw)
            assert target.comparator != "qualitative"
        else:
            assert target.comparator == "qualitative"
            assert target.doubts or target.verdict
    found = deadline(text, year=2024)
    assert found is None or found.raw == text.strip()
    if found is not None and found.kind == "unread":
        assert found.doubts
    every(text)
    parties(text)


@given(st.integers(0, 100), st.sampled_from(["", ",5", ",25"]), st.booleans())
def test_every_floor_reads_as_the_figure_it_was_written_with(whole, part, spaced):
    figure = f"{whole}{part}"
    value = Decimal(figure.replace(",", "."))
    unit = " %" if spaced else "%"
    for phrase in (f"≥ {figure}{unit}", f"từ {figure}{unit} trở lên", f"tối thiểu {figure}{unit}"):
        (target,) = targets_in_cell(phrase)
        assert (target.comparator, target.value, target.unit) == ("gte", value, "%")
