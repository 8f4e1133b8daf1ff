"""Working days and terms: what the notices of the Government say, and what must hold on any day."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offices import moved
from offices.dates import ZONE
from offices.moved import moved_days
from offices.workdays import DayKind, WorkCalendar, public_holidays

NATION = WorkCalendar()
days = st.dates(min_value=date(2019, 1, 1), max_value=date(2028, 12, 31))
some_days = st.frozensets(st.dates(date(2024, 1, 1), date(2024, 3, 31)), max_size=8)
calendars = st.builds(WorkCalendar, closures=some_days, make_up_days=some_days)
terms = st.integers(min_value=1, max_value=40)
moments = st.datetimes(
    min_value=datetime.fromisoformat("2023-12-01"),
    max_value=datetime.fromisoformat("2024-04-30"),
    timezones=st.just(UTC),
)


def span(first: str, last: str) -> list[date]:
    begins, ends = date.fromisoformat(first), date.fromisoformat(last)
    return [begins + timedelta(days=n) for n in range((ends - begins).days + 1)]


REST = [
    # the occasion               first day off  last day off
    ("Tết Dương lịch 2019",      "2018-12-29", "2019-01-01"),
    ("Tết Kỷ Hợi",               "2019-02-02", "2019-02-10"),
    ("30/4 và 1/5 năm 2019",     "2019-04-27", "2019-05-01"),
    ("Tết Canh Tý",              "2020-01-23", "2020-01-29"),
    ("Tết Tân Sửu",              "2021-02-10", "2021-02-16"),
    ("Quốc khánh 2021",          "2021-09-02", "2021-09-05"),
    ("Tết Nhâm Dần",             "2022-01-29", "2022-02-06"),
    ("30/4 và 1/5 năm 2022",     "2022-04-30", "2022-05-03"),
    ("Giỗ Tổ 2022",              "2022-04-09", "2022-04-11"),
    ("Quốc khánh 2022",          "2022-09-01", "2022-09-04"),
    ("Tết Quý Mão",              "2023-01-20", "2023-01-26"),
    ("Giỗ Tổ, 30/4 và 1/5/2023", "2023-04-29", "2023-05-03"),
    ("Quốc khánh 2023",          "2023-09-01", "2023-09-04"),
    ("Tết Giáp Thìn",            "2024-02-08", "2024-02-14"),
    ("Giỗ Tổ 2024",              "2024-04-18", "2024-04-18"),
    ("30/4 và 1/5 năm 2024",     "2024-04-27", "2024-05-01"),
    ("Quốc khánh 2024",          "2024-08-31", "2024-09-03"),
    ("Tết Ất Tỵ",                "2025-01-25", "2025-02-02"),
    ("Giỗ Tổ 2025",              "2025-04-05", "2025-04-07"),
    ("30/4 và 1/5 năm 2025",     "2025-04-30", "2025-05-04"),
    ("Quốc khánh 2025",          "2025-08-30", "2025-09-02"),
    ("Tết Dương lịch 2026",      "2026-01-01", "2026-01-04"),
    ("Tết Bính Ngọ",             "2026-02-14", "2026-02-22"),
    ("Quốc khánh 2026",          "2026-08-29", "2026-09-02"),
]  # fmt: skip


@pytest.mark.parametrize(("occasion", "first", "last"), REST, ids=[row[0] for row in REST])
def test_offices_rest_exactly_as_announced(occasion, first, last):
    off = span(first, last)

    assert [day for day in off if NATION.is_working_day(day)] == []
    assert NATION.is_working_day(off[0] - timedelta(days=1)), f"the day before {occasion}"
    assert NATION.is_working_day(off[-1] + timedelta(days=1)), f"the day after {occasion}"


@pytest.mark.parametrize(
    "saturday",
    ["2019-01-05", "2019-05-04", "2024-05-04", "2025-04-26", "2026-01-10", "2026-08-22"],
)
def test_a_moved_working_day_is_worked_on_its_saturday(saturday):
    day = date.fromisoformat(saturday)

    assert NATION.kind(day) is DayKind.MAKE_UP
    assert not NATION.is_working_day(day + timedelta(days=1))
    assert not NATION.is_working_day(day - timedelta(days=7))


def test_2024_has_the_working_days_of_the_pay_slips():
    months = [date(2024, month, 1) for month in range(1, 13)] + [date(2025, 1, 1)]

    counted = [
        NATION.working_days_between(begins, ends) for begins, ends in itertools.pairwise(months)
    ]

    assert counted == [22, 16, 21, 19, 23, 20, 23, 22, 19, 23, 21, 22]
    assert NATION.working_days_between(months[0], months[-1]) == sum(counted)


# The library computes rules; what the Government moved it learns later than officials do.
LIBRARY_DOES_NOT_KNOW = {date(2026, 1, 2)}


def test_the_library_and_our_file_agree_on_every_moved_day():
    unknown = {off for off in moved_days().by_off if off not in public_holidays(off.year)}
    assert unknown == LIBRARY_DOES_NOT_KNOW

    swapped_by_library = {
        day
        for year in range(2018, 2027)
        for day, name in public_holidays(year).items()
        if "thay cho" in name
    }
    assert swapped_by_library == set(moved_days().by_off) - LIBRARY_DOES_NOT_KNOW
    for off in swapped_by_library:
        worked = moved_days().by_off[off].worked
        assert f"{worked:%d/%m/%Y}" in public_holidays(off.year)[off]


def test_a_swap_trades_a_weekday_for_a_saturday_and_names_its_source():
    for swap in moved_days().by_off.values():
        assert swap.off.weekday() < 5
        assert swap.worked.weekday() == 5
        assert swap.worked not in public_holidays(swap.worked.year)
        assert swap.source
        assert swap.known_from in {"text", "reported", "memory"}


def test_a_year_that_lost_a_swap_is_noticed(tmp_path, monkeypatch):
    kept = moved._DATA.read_text(encoding="utf-8")
    broken = tmp_path / "make_up_days.toml"
    broken.write_text(kept.replace("worked = 2024-05-04", "worked = 2023-05-06"), encoding="utf-8")
    monkeypatch.setattr(moved, "_DATA", broken)

    with pytest.raises(ValueError, match="has 1 swaps, not 0"):
        moved_days.__wrapped__()


DEADLINES = [
    # started at                  days  ends
    ("2024-01-15T08:00+07:00",    5,    "2024-01-22T17:00+07:00"),  # one weekend
    ("2024-01-15T23:59+07:00",    5,    "2024-01-22T17:00+07:00"),  # the hour does not matter
    ("2024-01-15T17:30+00:00",    5,    "2024-01-23T17:00+07:00"),  # already the 16th in Viet Nam
    ("2024-01-13T09:00+07:00",    1,    "2024-01-15T17:00+07:00"),  # started on a Saturday
    ("2024-02-07T16:00+07:00",    1,    "2024-02-15T17:00+07:00"),  # over Tết
    ("2024-02-07T16:00+07:00",    3,    "2024-02-19T17:00+07:00"),
    ("2024-04-17T10:00+07:00",    1,    "2024-04-19T17:00+07:00"),  # over Giỗ Tổ
    ("2024-04-26T10:00+07:00",    3,    "2024-05-04T17:00+07:00"),  # ends on a make-up Saturday
    ("2024-08-30T10:00+07:00",    1,    "2024-09-04T17:00+07:00"),  # over 2/9
    ("2023-12-29T10:00+07:00",    1,    "2024-01-02T17:00+07:00"),  # over the year's end
    ("2025-12-31T10:00+07:00",    1,    "2026-01-05T17:00+07:00"),
]  # fmt: skip


@pytest.mark.parametrize(("start", "count", "ends"), DEADLINES)
def test_a_term_ends_when_the_office_closes_on_its_last_working_day(start, count, ends):
    deadline = NATION.deadline(datetime.fromisoformat(start), count)

    assert deadline.at == datetime.fromisoformat(ends)
    assert deadline.at.tzinfo is ZONE


def test_an_office_may_close_at_another_hour():
    start = datetime.fromisoformat("2024-01-15T08:00+07:00")

    assert NATION.deadline(start, 1, closing_hour=16).at.time() == time(16)


def test_the_derivation_names_every_day_of_the_term_and_why_it_counts():
    start = datetime.fromisoformat("2024-04-25T09:00+07:00")
    office = WorkCalendar(closures={date(2024, 5, 2)})

    assert office.deadline(start, 3).explain() == [
        "Thứ Năm 25/4/2024: ngày bắt đầu, không tính vào thời hạn "
        "(khoản 2 Điều 147 Bộ luật Dân sự năm 2015).",
        "Thứ Sáu 26/4/2024: ngày làm việc thứ 1.",
        "Thứ Bảy 27/4/2024: ngày nghỉ hằng tuần, không tính.",
        "Chủ nhật 28/4/2024: ngày nghỉ hằng tuần, không tính.",
        "Thứ Hai 29/4/2024: ngày nghỉ do hoán đổi, làm bù vào thứ Bảy 04/5/2024, không tính.",
        "Thứ Ba 30/4/2024: ngày nghỉ lễ, tết (Ngày Chiến thắng), không tính.",
        "Thứ Tư 01/5/2024: ngày nghỉ lễ, tết (Ngày Quốc tế Lao động), không tính.",
        "Thứ Năm 02/5/2024: cơ quan nghỉ làm việc, không tính.",
        "Thứ Sáu 03/5/2024: ngày làm việc thứ 2.",
        "Thứ Bảy 04/5/2024: ngày làm việc thứ 3 (ngày làm bù).",
        "Hết hạn lúc 17:00 thứ Bảy 04/5/2024.",
    ]


def test_a_term_in_a_year_nobody_has_announced_says_so():
    announced = NATION.deadline(datetime(2026, 12, 1, 9, tzinfo=ZONE), 2).explain()
    unannounced = NATION.deadline(datetime(2026, 12, 31, 9, tzinfo=ZONE), 2).explain()

    assert not any("đối chiếu" in sentence for sentence in announced)
    assert "năm 2027" in unannounced[-1]
    assert "đối chiếu với thông báo chính thức" in unannounced[-1]


@pytest.mark.parametrize("count", [0, -1])
def test_a_term_has_at_least_one_day(count):
    with pytest.raises(ValueError, match="one working day or more"):
        NATION.deadline(datetime(2024, 1, 15, 9, tzinfo=ZONE), count)


def test_a_term_starts_at_a_moment_with_its_zone():
    with pytest.raises(ValueError, match="aware"):
        NATION.deadline(datetime.fromisoformat("2024-01-15T09:00"), 1)


KINDS = [
    # day          closed  made up  what it is
    ("2024-01-16", False,  False,   DayKind.ORDINARY),
    ("2024-01-16", True,   False,   DayKind.CLOSED),
    ("2024-01-16", False,  True,    DayKind.ORDINARY),
    ("2024-01-20", False,  False,   DayKind.WEEKLY_REST),
    ("2024-01-20", False,  True,    DayKind.MAKE_UP),
    ("2024-01-20", True,   True,    DayKind.CLOSED),       # nobody misses a deadline by it
    ("2024-02-09", False,  False,   DayKind.HOLIDAY),
    ("2024-02-09", False,  True,    DayKind.MAKE_UP),      # ordered to work on Tết
    ("2024-04-29", False,  False,   DayKind.MOVED),
    ("2024-04-29", False,  True,    DayKind.MAKE_UP),
    ("2024-05-04", False,  False,   DayKind.MAKE_UP),
    ("2024-05-04", True,   False,   DayKind.CLOSED),       # a storm on the make-up Saturday
]  # fmt: skip


@pytest.mark.parametrize(("day", "closed", "made_up", "kind"), KINDS)
def test_an_office_decides_over_the_nation_and_closing_over_all(day, closed, made_up, kind):
    on = frozenset({date.fromisoformat(day)})

    office = WorkCalendar(closures=on if closed else set(), make_up_days=on if made_up else set())

    assert office.kind(min(on)) is kind


@given(calendars, days, terms)
def test_adding_and_counting_are_each_other_undone(calendar, day, n):
    end = calendar.add_working_days(day, n)
    after = timedelta(days=1)

    assert calendar.is_working_day(end)
    assert calendar.working_days_between(day + after, end + after) == n
    assert calendar.working_days_between(day + after, end) == n - 1


@given(calendars, days, terms)
def test_counting_back_returns_to_the_working_day_one_left(calendar, day, n):
    worked = calendar.add_working_days(day, 0)

    assert calendar.add_working_days(calendar.add_working_days(worked, n), -n) == worked


@given(calendars, days)
def test_no_days_added_is_the_day_itself_or_the_next_worked(calendar, day):
    expected = day if calendar.is_working_day(day) else calendar.next_working_day(day)

    assert calendar.add_working_days(day, 0) == expected


@given(calendars, days, days, terms)
def test_who_starts_later_never_ends_earlier(calendar, one, other, n):
    earlier, later = sorted((one, other))

    assert calendar.add_working_days(earlier, n) <= calendar.add_working_days(later, n)
    assert calendar.add_working_days(earlier, n) < calendar.add_working_days(earlier, n + 1)


@given(calendars, st.lists(days, min_size=3, max_size=3))
def test_counts_add_up_over_neighbouring_periods(calendar, three):
    a, b, c = sorted(three)

    whole = calendar.working_days_between(a, c)

    assert whole == calendar.working_days_between(a, b) + calendar.working_days_between(b, c)
    assert calendar.working_days_between(a, a) == 0
    assert calendar.working_days_between(c, a) == 0


@given(calendars, some_days, moments, terms)
def test_a_closure_never_hurries_and_a_make_up_day_never_delays(calendar, more, start, n):
    closed = WorkCalendar(calendar.closures | more, calendar.make_up_days)
    working = WorkCalendar(calendar.closures, calendar.make_up_days | more)

    assert closed.deadline(start, n).at >= calendar.deadline(start, n).at
    assert working.deadline(start, n).at <= calendar.deadline(start, n).at


@given(calendars, moments, terms, st.integers(min_value=-12, max_value=14))
def test_a_deadline_is_the_same_from_every_time_zone(calendar, start, n, hours):
    elsewhere = start.astimezone(timezone(timedelta(hours=hours)))

    deadline = calendar.deadline(start, n)

    assert calendar.deadline(elsewhere, n).at == deadline.at
    assert deadline.at > start
    assert calendar.is_working_day(deadline.at.date())


@given(calendars, some_days, moments, terms)
def test_a_term_moves_on_only_past_days_of_rest_and_to_the_first_working_day(
    calendar, more, start, n
):
    end = calendar.deadline(start, n).at
    since = WorkCalendar(calendar.closures | more, calendar.make_up_days)

    later = since.moved_on(end)

    assert (later is None) is since.is_working_day(end.date())
    if later is not None:
        assert (later.hour, since.is_working_day(later.date())) == (17, True)
        assert since.working_days_between(end.date(), later.date()) == 0


@given(calendars, moments, terms)
def test_the_derivation_accounts_for_every_day_once(calendar, start, n):
    deadline = calendar.deadline(start, n)
    first = start.astimezone(ZONE).date()

    assert [step.day for step in deadline.steps] == [
        first + timedelta(days=k) for k in range(1, (deadline.at.date() - first).days + 1)
    ]
    assert [step.count for step in deadline.steps if step.count] == list(range(1, n + 1))
    assert all(bool(step.count) == calendar.is_working_day(step.day) for step in deadline.steps)
    assert len(deadline.explain()) == len(deadline.steps) + 2
