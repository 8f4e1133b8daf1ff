"""A result against its target; the periods of a year; by which working day; whose; not lower than above."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.content.objectives import cascade
from documents.content.objectives.cascade import Held, Stated, pairs
from documents.content.objectives.due import GRACE, Terms, owed
from documents.content.objectives.figures import meaning, written
from documents.content.objectives.judging import Outcome, doubtful, judge, worst
from documents.content.objectives.owners import proposed
from documents.content.objectives.parties import parties
from documents.content.objectives.periods import label, periods
from documents.selectors.objectives import TargetStated
from offices.workdays import WorkCalendar

CALENDAR = WorkCalendar()


def lower(own, above):
    """Each own target that asks less than its counterpart above, with that counterpart."""
    return [(one.own, one.above) for one in pairs(own, above) if one.held is Held.LOWER]


@pytest.mark.parametrize(
    ("comparator", "target", "result", "outcome"),
    [
        ("gte", "98", "97.99", "unmet"),
        ("gte", "98", "98", "hardly_met"),
        ("gte", "98", "98.2", "met"),
        ("gt", "80", "80", "unmet"),
        ("gt", "80", "80.1", "hardly_met"),
        ("gt", "80", "90", "met"),
        ("eq", "100", "99.9", "unmet"),
        ("eq", "100", "100", "met"),
        ("eq", "40", "45", "hardly_met"),
        ("eq", "0", "0", "met"),
        ("eq", "0", "1", "unmet"),
        ("lte", "5", "5", "hardly_met"),
        ("lte", "5", "4", "met"),
        ("lte", "5", "5.1", "unmet"),
        ("lt", "3", "3", "unmet"),
        ("lt", "3", "1", "met"),
        ("increase_by", "1", "0.5", "unmet"),
        ("decrease_by", "20", "25", "hardly_met"),
    ],
)
def test_a_share_is_held_against_its_target(comparator, target, result, outcome):
    assert judge(comparator, Decimal(target), Decimal(result), unit="%") == outcome


def test_a_range_is_reached_at_its_lower_end_and_counts_are_never_nearly_met():
    assert judge("range", Decimal(1), Decimal(3), unit="lần/năm") is Outcome.MET
    assert judge("gte", Decimal(1), Decimal(1), unit="lần/năm") is Outcome.MET


def test_a_frequency_of_the_year_is_not_missed_before_the_year_is_over():
    assert judge("gte", Decimal(2), Decimal(1), unit="lần/năm", is_last=False) is Outcome.OPEN
    assert judge("gte", Decimal(2), Decimal(2), unit="lần/năm", is_last=False) is Outcome.MET
    assert judge("gte", Decimal(2), Decimal(1), unit="lần/năm", is_last=True) is Outcome.UNMET
    assert judge("gte", Decimal(2), Decimal(1), unit="lần/quý", is_last=False) is Outcome.UNMET


def test_a_target_without_a_figure_is_not_judged_by_arithmetic():
    with pytest.raises(ValueError, match="judged by who reports"):
        judge("qualitative", Decimal(1), Decimal(1))


def test_a_report_is_worth_its_worst_target():
    assert worst([Outcome.MET, Outcome.UNMET, Outcome.OPEN]) is Outcome.UNMET
    assert worst([Outcome.MET, Outcome.HARDLY_MET]) is Outcome.HARDLY_MET
    assert worst([]) is Outcome.MET


@given(
    st.sampled_from(["gte", "gt", "eq", "range", "increase_by"]),
    st.decimals(1, 100, places=2),
    st.decimals(0, 100, places=2),
    st.decimals(0, 10, places=2),
)
def test_more_is_never_worse_against_a_floor(comparator, target, result, more):
    order = [Outcome.UNMET, Outcome.HARDLY_MET, Outcome.MET]
    first = judge(comparator, target, result, unit="%")
    second = judge(comparator, target, result + more, unit="%")
    assert order.index(second) >= order.index(first)


# ---------------------------------------------------------------- periods and days


@pytest.mark.parametrize(
    ("every", "count"),
    [
        ("month", 12),
        ("quarter", 4),
        ("half_year", 2),
        ("nine_months", 1),
        ("year", 1),
        ("ad_hoc", 0),
    ],
)
def test_a_year_has_its_periods(every, count):
    assert len(periods(every, 2024)) == count


@given(st.sampled_from(["week", "month", "quarter", "half_year", "year"]), st.integers(1990, 2200))
def test_periods_follow_one_another_without_gap(every, year):
    found = periods(every, year)
    for before, after in itertools.pairwise(found):
        assert after.from_on - before.until_on == timedelta(days=1)


def test_periods_are_called_as_people_call_them():
    names = [label(p.every, p.from_on, p.until_on) for e in ("quarter", "half_year", "nine_months", "year")
             for p in periods(e, 2023)][2:]  # fmt: skip
    assert names == [
        "Quý III/2023", "Quý IV/2023", "6 tháng đầu năm 2023", "6 tháng cuối năm 2023",
        "9 tháng đầu năm 2023", "Năm 2023",
    ]  # fmt: skip
    assert label("ad_hoc", date(2024, 1, 1), date(2024, 3, 5)) == "01/01 đến 05/03/2024"


def days(terms, year=2023, since=date(2023, 1, 1)):
    return [
        (one.period.until_on, one.due_on)
        for one in owed(terms, year=year, since=since, calendar=CALENDAR)
    ]


def test_a_report_is_owed_ten_working_days_after_its_period():
    found = dict(days(Terms(every="month")))
    # 1 January is a holiday: the tenth working day after December is the 15th
    assert found[date(2023, 12, 31)] == date(2024, 1, 15)
    assert CALENDAR.add_working_days(date(2023, 9, 30), GRACE) == found[date(2023, 9, 30)]


def test_at_the_end_of_each_month_is_its_last_working_day():
    found = dict(days(Terms(deadline_kind="recurring", every="month")))
    assert found[date(2023, 9, 30)] == date(2023, 9, 29)
    assert found[date(2023, 10, 31)] == date(2023, 10, 31)


def test_a_named_day_is_in_the_period_or_after_it():
    following = dict(days(Terms(every="quarter", day=9, next_period=True)))
    assert following[date(2023, 3, 31)] == date(2023, 4, 7)  # the 9th is a Sunday
    inside = dict(days(Terms(deadline_kind="recurring", every="month", day=31)))
    assert inside[date(2023, 2, 28)] == date(2023, 2, 28)
    first = dict(days(Terms(every="month", day=1, next_period=True)))
    assert all(due > until for until, due in first.items())


def test_a_single_deadline_is_one_result_by_the_working_day_before_it():
    assert days(Terms(deadline_kind="date", due_on=date(2023, 12, 24))) == [
        (date(2023, 12, 24), date(2023, 12, 22))
    ]


def test_plans_and_events_are_asked_for_without_a_day():
    assert days(Terms(deadline_kind="plan")) == [(date(2023, 12, 31), None)]
    assert days(Terms(deadline_kind="event")) == [(date(2023, 12, 31), None)]


def test_the_paper_orders_the_periods_of_measures_that_name_none():
    reports = ("month", "quarter", "half_year", "nine_months", "year")
    assert len(days(Terms(reports=reports))) == 19
    assert len(days(Terms(every="quarter", reports=reports))) == 4


def test_periods_that_were_over_before_the_paper_are_not_asked_for():
    found = days(Terms(every="month"), since=date(2023, 7, 4))
    assert found[0][0] == date(2023, 7, 31)
    assert len(found) == 6


@given(
    st.sampled_from(["", "recurring", "date"]), st.sampled_from(["month", "quarter", "half_year"]),
    st.none() | st.integers(1, 31), st.booleans(), st.integers(2020, 2030),
)  # fmt: skip
def test_every_day_is_worked_and_asked_for_before_it_is_owed(kind, every, day, following, year):
    terms = Terms(deadline_kind=kind, every=every, day=day, next_period=following)
    for one in owed(terms, year=year, since=date(year, 1, 1), calendar=CALENDAR):
        assert CALENDAR.is_working_day(one.due_on)
        assert one.ask_on <= one.due_on


# ---------------------------------------------------------------- whose

BODIES = {
    1: "Văn phòng HĐND và UBND", 2: "Phòng Nội vụ", 3: "Phòng Kinh tế", 4: "Ban Chỉ đạo ISO",
    5: "Bộ phận Tiếp nhận và Trả kết quả",
}  # fmt: skip


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("Phòng Nội vụ", {2}),
        ("Trưởng phòng Kinh tế", {3}),
        ("Văn phòng", {1}),
        ("Chánh Văn phòng", {1}),
        ("Văn phòng HĐND&UBND quận", {1}),
        ("Các phòng", {2, 3}),
        ("Bộ phận Tiếp nhận và Trả kết quả; các phòng", {2, 3, 5}),
        ("Các cơ quan chuyên môn", {1, 2, 3, 5}),
        ("Thư ký BCĐ ISO quận", {4}),
        ("Ban chỉ đạo ISO (chủ trì) Các phòng (tham dự)", {2, 3, 4}),
        ("Chi cục Thuế", set()),
        ("", set()),
    ],
)
def test_words_propose_the_bodies_they_may_mean(words, meant):
    assert proposed(parties(words), BODIES, committees={4}) == meant


# ---------------------------------------------------------------- not lower than above


def stated(text, comparator, value, unit="%"):
    return Stated(text, comparator, Decimal(value), unit)


def test_a_target_below_the_one_above_is_found_and_equal_is_not():
    above = [
        stated("Hồ sơ giải quyết đúng hạn", "gte", "98"),
        stated("Người dân hài lòng", "gte", "95"),
    ]
    own = [stated("Trả kết quả đúng hẹn", "gte", "97"), stated("Mức độ hài lòng", "gte", "95")]
    ((found, higher),) = lower(own, above)
    assert (found.value, higher.value) == (97, 98)


def test_what_cannot_be_compared_is_no_finding():
    above = [
        stated("Hồ sơ đúng hạn", "gte", "98"),
        stated("Thời gian chờ khi hài lòng", "lte", "15", "phút"),
    ]
    assert list(lower([stated("Đào tạo", "gte", "1")], above)) == []
    assert list(lower([stated("Hồ sơ đúng hạn", "gte", "2", "lần/năm")], above)) == []
    assert list(lower([Stated("Hồ sơ đúng hạn", "qualitative", None, "")], above)) == []
    assert list(lower([stated("Hồ sơ đúng hạn", "lte", "2")], above)) == []
    longer = [stated("Hài lòng với thời gian chờ", "lte", "20", "phút")]
    assert len(list(lower(longer, above))) == 1


@pytest.mark.parametrize(
    ("own", "above", "held"),
    [
        # a change is no level: "tăng 1%" is not less than "ít nhất 90%"
        (("Trả trước hạn", "increase_by", "1", "%"), ("Trả trước hạn", "gte", "90", "%"), "unlike"),
        (("Trước hạn", "increase_by", "1", "%"), ("Trước hạn", "increase_by", "2", "%"), "lower"),
        (("Trước hạn", "increase_by", "2", "%"), ("Trước hạn", "decrease_by", "1", "%"), "unlike"),
        # "ít nhất 80%" may be 80, "trên 80%" may not
        (("Hài lòng", "gte", "80", "%"), ("Hài lòng", "gt", "80", "%"), "lower"),
        (("Hài lòng", "gt", "80", "%"), ("Hài lòng", "gte", "80", "%"), "kept"),
        (("Hài lòng", "eq", "80.5", "%"), ("Hài lòng", "gt", "80", "%"), "kept"),
        # fewer are better
        (("Hồ sơ trễ hạn", "lte", "3", "%"), ("Hồ sơ trễ hạn", "lte", "2", "%"), "lower"),
        (("Hồ sơ trễ hạn", "lte", "2", "%"), ("Hồ sơ trễ hạn", "lt", "2", "%"), "lower"),
        (("Hồ sơ trễ hạn", "eq", "0", "hồ sơ"), ("Hồ sơ trễ hạn", "lte", "2", "hồ sơ"), "kept"),
        # late is what is not in time
        (("Tỷ lệ quá hạn", "lte", "3", "%"), ("Trả đúng hạn", "gte", "98", "%"), "lower"),
        (("Tỷ lệ quá hạn", "eq", "1", "%"), ("Trả đúng hạn", "gte", "98", "%"), "kept"),
        (("Không để hồ sơ quá hạn", "eq", "100", "%"), ("Đúng hạn", "gte", "98", "%"), "kept"),
        # a frequency by the year, a span by the minute; other units stand apart
        (("Đánh giá nội bộ", "gte", "1", "lần/quý"), ("Đánh giá nội bộ", "gte", "2", "lần/năm"), "kept"),
        (("Đánh giá nội bộ", "gte", "2", "lần"), ("Đánh giá nội bộ", "gte", "1", "lần/quý"), "lower"),
        (("Hài lòng khi chờ", "lte", "1", "giờ"), ("Hài lòng khi chờ", "lte", "45", "phút"), "lower"),
        (("Hồ sơ trực tuyến", "gte", "50", "hồ sơ"), ("Hồ sơ trực tuyến", "gte", "40", "%"), "unlike"),
        (("Trả đúng hẹn hoặc trước hẹn", "gte", "97", "%"), ("Đúng hạn", "gte", "98", "%"), "lower"),
        # another thing
        (("Trả đúng hạn", "gte", "50", "%"), ("Trả trước hạn", "gte", "60", "%"), "missing"),
    ],
)  # fmt: skip
def test_what_a_target_above_comes_to_below(own, above, held):
    (pair,) = pairs([stated(*own)], [stated(*above)])
    assert pair.held == held


def test_two_targets_of_one_topic_answer_the_ones_that_are_likest():
    above = [
        stated("Hồ sơ đất đai đúng hạn", "gte", "90"),
        stated("Hồ sơ hộ tịch đúng hạn", "gte", "99"),
    ]
    own = [
        stated("Hồ sơ hộ tịch trả đúng hạn", "gte", "99"),
        stated("Hồ sơ đất đai trả đúng hạn", "gte", "91"),
    ]
    assert [pair.held for pair in pairs(own, above)] == [Held.KEPT, Held.KEPT]
    assert [pair.held for pair in pairs(own[:1], above)] == [Held.KEPT, Held.KEPT]
    worse = [own[0], stated("Hồ sơ đất đai trả đúng hạn", "gte", "89")]
    assert [pair.held for pair in pairs(worse, above)] == [Held.LOWER, Held.KEPT]


def test_the_words_of_a_target_are_read_once_however_many_it_is_held_against(monkeypatch):
    folded = []
    fold = cascade.fold
    monkeypatch.setattr(cascade, "fold", lambda text: folded.append(text) or fold(text))
    many = [stated(f"Tỷ lệ hồ sơ lĩnh vực {n} được số hóa", "gte", "98") for n in range(40)]
    assert len(pairs(many, many)) == 40
    # once for the topic, once for the words, once for what a change is told from
    assert len(folded) <= 3 * 80


def test_what_no_known_words_tell_is_matched_by_most_of_its_words():
    above = [stated("Văn bản đi ký số trên phần mềm", "gte", "95")]
    assert pairs([stated("Văn bản đi được ký số", "gte", "90")], above)[0].held is Held.LOWER
    assert pairs([stated("Văn bản đến được số hóa", "gte", "90")], above)[0].held is Held.MISSING


_STATED = st.builds(
    stated,
    st.sampled_from(["đúng hạn", "quá hạn", "trước hạn", "hài lòng", "ký số văn bản đi điện tử"]),
    st.sampled_from(["gte", "gt", "eq", "lte", "lt", "increase_by"]),
    st.integers(0, 100),
    st.sampled_from(["%", "lần/quý", "lần/năm", "hồ sơ"]),
)


@given(st.lists(_STATED, max_size=6))
def test_nobody_asks_less_than_oneself(targets):
    assert list(lower(targets, targets)) == []
    assert len(pairs(targets, targets)) == len(targets)


# ---------------------------------------------------------------- figures that cannot be


@pytest.mark.parametrize(
    ("comparator", "target", "result", "unit", "why"),
    [
        ("gte", "95", "100", "%", None),
        ("gte", "95", "150", "%", "beyond_whole"),
        ("lte", "5", "100.5", "%", "beyond_whole"),
        ("gte", "105", "150", "%", None),  # of a plan: the target says so itself
        ("increase_by", "20", "150", "%", None),
        ("increase_by", "20", "-3", "%", None),  # it fell
        ("decrease_by", "20", "101", "%", "beyond_scale"),
        ("gte", "95", "-1", "%", "negative"),
        ("lte", "5", "-1", "hồ sơ", "negative"),
        ("gte", "4.5", "5", "/5 điểm", None),
        ("gte", "4.5", "45", "/5 điểm", "beyond_scale"),
        ("gte", "1000", "250", "hồ sơ", None),
    ],
)
def test_a_figure_that_cannot_be_is_known(comparator, target, result, unit, why):
    assert doubtful(comparator, Decimal(target), Decimal(result), unit=unit) == why


def test_a_limit_for_the_year_is_passed_at_once_and_kept_only_at_its_end():
    def so_far(result, *, is_last):
        return judge("lte", Decimal(5), Decimal(result), unit="đơn thư/năm", is_last=is_last)

    assert so_far(6, is_last=False) is Outcome.UNMET
    assert so_far(2, is_last=False) is Outcome.OPEN
    assert so_far(2, is_last=True) is Outcome.MET


# ---------------------------------------------------------------- in words


@pytest.mark.parametrize(
    ("value", "said"), [("98", "98"), ("98.5000", "98,5"), ("1200", "1200"), ("0.0000", "0")]
)
def test_figures_are_written_with_a_comma_and_without_idle_zeros(value, said):
    assert written(Decimal(value)) == said


def test_a_target_is_said_as_it_is_taken():
    def said(comparator, value, upper=None, unit="%", baseline=""):
        value, upper = (None if one is None else Decimal(one) for one in (value, upper))
        return meaning(TargetStated("", "", comparator, value, upper, unit, baseline))

    assert said("gte", "98") == "ít nhất 98%"
    assert said("range", "1", "2", "lần/năm") == "từ 1 đến 2 lần/năm"
    assert said("increase_by", "1", baseline="năm 2023") == "tăng 1% so với năm 2023"
    assert said("qualitative", None) == "định tính, không có số"


@pytest.mark.parametrize(
    ("comparator", "value", "unit", "said"),
    [
        ("eq", 98, "%", "đạt 98%"),
        ("eq", 0, "hồ sơ", "0 hồ sơ"),
        ("gte", 98, "%", "ít nhất 98%"),
        ("lte", 15, "phút", "không quá 15 phút"),
    ],
)
def test_a_target_is_told_as_it_is_judged(comparator, value, unit, said):
    stated = TargetStated("", "", comparator, Decimal(value), None, unit, "")
    assert meaning(stated) == said
