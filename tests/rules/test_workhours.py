"""Working hours: what is counted, when a term of hours ends, and when its holder is reminded."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offices.dates import ZONE
from offices.workdays import WorkCalendar
from offices.workhours import (
    DAY_OF_WORK,
    NOTHING,
    hour_term,
    is_working_moment,
    time_to_remind,
    working_time,
)
from workflows.deadlines import LEVELS, WORKING_DAYS, Term, term

PLAIN = WorkCalendar()


def at(day: str, clock: str) -> datetime:
    """A moment in Viet Nam."""
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZONE)


moments = st.integers(0, 355 * 24 * 60).map(
    lambda minutes: at("2024-01-01", "00:00") + timedelta(minutes=minutes)
)
closed = st.sets(st.dates(date(2024, 1, 1), date(2024, 12, 31)), max_size=8)
calendars = st.builds(WorkCalendar, closures=closed)


@pytest.mark.parametrize(
    ("moment", "works"),
    [
        (at("2024-01-15", "08:00"), True),
        (at("2024-01-15", "07:59"), False),
        (at("2024-01-15", "12:00"), False),
        (at("2024-01-15", "13:00"), True),
        (at("2024-01-15", "17:00"), False),
        (at("2024-01-13", "10:00"), False),  # a Saturday
        (at("2024-01-01", "10:00"), False),  # New Year
        (at("2024-02-08", "10:00"), False),  # the days of Tết
    ],
)
def test_when_an_office_works(moment, works):
    assert is_working_moment(PLAIN, moment) is works


def test_a_day_of_work_has_eight_hours_and_the_weekend_none():
    assert working_time(PLAIN, at("2024-01-15", "00:00"), at("2024-01-16", "00:00")) == DAY_OF_WORK
    assert working_time(PLAIN, at("2024-01-13", "00:00"), at("2024-01-15", "08:00")) == NOTHING
    assert working_time(PLAIN, at("2024-01-12", "16:00"), at("2024-01-15", "09:00")) == timedelta(
        hours=2
    )


@given(calendars, moments, moments, moments)
def test_time_measured_in_two_parts_is_the_time_of_the_whole(calendar, one, other, third):
    first, middle, last = sorted((one, other, third))
    whole = working_time(calendar, first, last)
    parts = working_time(calendar, first, middle) + working_time(calendar, middle, last)
    assert whole == parts
    assert NOTHING <= whole <= last - first


@given(calendars, moments, st.integers(1, 60))
def test_a_term_of_hours_holds_exactly_its_hours_and_ends_while_it_is_worked(
    calendar, start, hours
):
    found = hour_term(calendar, start, hours)
    assert working_time(calendar, start, found.at) == timedelta(hours=hours)
    assert is_working_moment(calendar, found.at - timedelta(minutes=1))
    assert found.explain()[-1].startswith("Hết hạn lúc")


def test_a_term_over_the_night_and_the_weekend():
    found = hour_term(PLAIN, at("2024-01-12", "15:30"), 4)
    assert found.at == at("2024-01-15", "10:30")
    assert len(found.explain()) == 4


@pytest.mark.parametrize("hours", [0, -1])
def test_a_term_has_an_hour_at_least(hours):
    with pytest.raises(ValueError, match="one working hour"):
        hour_term(PLAIN, at("2024-01-15", "08:00"), hours)
    with pytest.raises(ValueError, match="aware"):
        hour_term(PLAIN, at("2024-01-15", "08:00").replace(tzinfo=None), 1)


@given(calendars, moments, st.integers(1, 20))
def test_the_reminder_comes_between_the_beginning_and_the_end(calendar, start, days):
    due_at = calendar.deadline(start, days).at
    moment = time_to_remind(calendar, start, due_at)
    assert start <= moment <= due_at
    whole, left = working_time(calendar, start, due_at), working_time(calendar, moment, due_at)
    assert left == min(DAY_OF_WORK, whole / 2)


def test_of_a_long_term_one_is_reminded_on_the_morning_of_its_last_day():
    start = at("2024-01-15", "09:00")
    assert time_to_remind(PLAIN, start, PLAIN.deadline(start, 5).at) == at("2024-01-22", "08:00")


@pytest.mark.parametrize("node", sorted(WORKING_DAYS))
def test_the_more_urgent_a_paper_the_shorter_every_term(node):
    hours = []
    for level in LEVELS:
        found = term(node, level)
        hours.append(found.hours or found.days * 8)
    assert hours == sorted(hours, reverse=True)
    assert hours[-1] < hours[0]


def test_a_step_without_a_term_has_none_and_an_unknown_level_is_an_error():
    assert term("collect_opinions", "urgent") is None
    with pytest.raises(KeyError):
        term("sign", "sofort")


@pytest.mark.parametrize("counted", [{}, {"days": 1, "hours": 1}, {"days": -1}])
def test_a_term_is_in_days_or_in_hours(counted):
    with pytest.raises(ValueError, match="in days or in hours"):
        Term(**counted)
