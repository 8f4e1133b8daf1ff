"""What was in force on a day, as known on a day: the ledger against an oracle that counts days."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.effects import EffectKind, EffectRow, State, known, life, state
from offices.dates import ZONE

FIRST = date(2023, 1, 1)
SPAN = 40
DAYS = [FIRST + timedelta(days=n) for n in range(-1, SPAN + 2)]
BEGAN = datetime(2022, 12, 1, tzinfo=UTC)
MOMENTS = [BEGAN + timedelta(days=n) for n in range(60)]
ORDINARY = [kind for kind in EffectKind if kind is not EffectKind.ANNULS]


@st.composite
def ledgers(draw: st.DrawFn) -> list[EffectRow]:
    """A ledger as the office writes it: rows in the order of recording, some annulling others."""
    rows: list[EffectRow] = []
    moment = BEGAN
    for key in range(1, draw(st.integers(0, 9)) + 1):
        moment += timedelta(days=draw(st.integers(0, 6)))
        free = [row.key for row in rows if row.kind is not EffectKind.ANNULS]
        free = [one for one in free if one not in {row.annuls for row in rows}]
        annuls = draw(st.sampled_from(free)) if free and draw(st.integers(0, 3)) == 0 else None
        rows.append(
            EffectRow(
                key=key,
                kind=EffectKind.ANNULS if annuls else draw(st.sampled_from(ORDINARY)),
                valid_from=FIRST + timedelta(days=draw(st.integers(0, SPAN))),
                recorded_at=moment,
                source=draw(st.integers(1, 4)),
                annuls=annuls,
            )
        )
    return rows


def told(rows: list[EffectRow], known_at: datetime | None) -> list[EffectRow]:
    """What counts of a ledger: recorded by then, and struck out where annulled by then."""
    counting = [row for row in rows if known_at is None or row.recorded_at <= known_at]
    for row in list(counting):
        if row.kind is EffectKind.ANNULS:
            counting = [one for one in counting if one.key not in {row.key, row.annuls}]
    return counting


def lived(rows: list[EffectRow], on: date) -> tuple[set[EffectKind], bool]:
    """Live through every day until the one asked: what has happened, and whether it is suspended."""
    happened: set[EffectKind] = set()
    held_back = False
    day = FIRST - timedelta(days=2)
    while day < on:
        day += timedelta(days=1)
        for row in sorted(rows, key=lambda one: (one.recorded_at, one.kind is EffectKind.SUSPENDS)):
            if row.valid_from == day:
                happened.add(row.kind)
                if row.kind in {EffectKind.SUSPENDS, EffectKind.RESUMES}:
                    held_back = row.kind is EffectKind.SUSPENDS
    return happened, held_back


def walked(rows: list[EffectRow], *, on: date, known_at: datetime | None, issued: bool) -> State:
    """The oracle: what the days lived through leave behind."""
    counting = told(rows, known_at)
    happened, held_back = lived(counting, on)
    for kind, left in ((EffectKind.RECALLS, State.RECALLED), (EffectKind.CEASES, State.CEASED)):
        if kind in happened:
            return left
    if EffectKind.COMMENCES not in happened:
        to_come = any(row.kind is EffectKind.COMMENCES for row in counting)
        unknown = State.UNKNOWN if issued else State.UNISSUED
        return State.NOT_YET if to_come else unknown
    if held_back:
        return State.SUSPENDED
    partly = EffectKind.CEASES_IN_PART in happened
    return State.PARTLY_CEASED if partly else State.IN_FORCE


@given(ledgers(), st.sampled_from(DAYS), st.sampled_from([None, *MOMENTS]), st.booleans())
def test_the_arithmetic_says_what_living_through_the_days_says(rows, on, known_at, issued):
    computed = state(rows, on=on, known_at=known_at, issued=issued)

    assert computed is walked(rows, on=on, known_at=known_at, issued=issued)


@given(ledgers(), ledgers(), st.sampled_from(DAYS), st.sampled_from(MOMENTS))
def test_what_was_known_then_never_changes_whatever_is_recorded_later(rows, more, on, then):
    """`recorded_at` never lies before a row of the ledger: the past is asked, not rewritten."""
    last = max([then, *(row.recorded_at for row in rows)])
    later = [
        replace(
            row,
            key=row.key + 100,
            recorded_at=last + timedelta(seconds=1) + (row.recorded_at - BEGAN),
            annuls=rows[row.annuls % len(rows)].key if row.annuls and rows else row.annuls,
        )
        for row in more
    ]

    assert state([*rows, *later], on=on, known_at=then) is state(rows, on=on, known_at=then)
    assert life([*rows, *later], known_at=then) == life(rows, known_at=then)


@given(ledgers(), st.sampled_from(DAYS))
def test_the_order_of_rows_means_nothing(rows, on):
    assert state(rows[::-1], on=on) is state(rows, on=on)


@given(ledgers())
def test_a_life_is_half_open_and_holds_every_day_in_force(rows):
    held = life(rows)
    for on in DAYS:
        if state(rows, on=on) in {State.IN_FORCE, State.PARTLY_CEASED, State.SUSPENDED}:
            assert held.begins_on is not None
            assert held.begins_on <= on
            assert held.ends_on is None or on < held.ends_on


@given(ledgers(), st.sampled_from(DAYS))
def test_what_has_ended_never_comes_back_by_itself(rows, on):
    ended = {State.CEASED, State.RECALLED}
    if state(rows, on=on) in ended:
        assert all(state(rows, on=later) in ended for later in DAYS if later > on)


def row(kind: EffectKind, day: date, *, key: int = 1, **changes: object) -> EffectRow:
    return EffectRow(key=key, kind=kind, valid_from=day, recorded_at=BEGAN, **changes)  # type: ignore[arg-type]


IN_2023 = [
    row(EffectKind.COMMENCES, date(2023, 7, 4)),
    row(EffectKind.CEASES, date(2024, 1, 16), key=2, source=9),
]
TABLE = [
    (date(2023, 7, 3), State.NOT_YET),
    (date(2023, 7, 4), State.IN_FORCE),
    (date(2023, 12, 31), State.IN_FORCE),
    (date(2024, 1, 15), State.IN_FORCE),
    (date(2024, 1, 16), State.CEASED),  # on this day the new one is in force
]


@pytest.mark.parametrize(("on", "expected"), TABLE)
def test_a_replaced_decision_is_in_force_until_the_day_of_its_successor(on, expected):
    assert state(IN_2023, on=on) is expected
    assert life(IN_2023).ended_by == 9


def test_a_paper_known_only_by_citation_is_of_unknown_effect_until_something_ends_it():
    ended = [row(EffectKind.CEASES, date(2022, 5, 18), source=3)]

    assert state(ended, on=date(2022, 5, 17)) is State.UNKNOWN
    assert state(ended, on=date(2022, 5, 18)) is State.CEASED
    assert state([], on=date(2022, 5, 18), issued=False) is State.UNISSUED


def test_an_annulled_row_counts_for_who_asks_what_was_known_before():
    wrong = row(EffectKind.CEASES, date(2023, 8, 1), key=2)
    annulment = replace(
        row(EffectKind.ANNULS, date(2023, 8, 1), key=3, annuls=2),
        recorded_at=BEGAN + timedelta(days=5),
    )
    rows = [IN_2023[0], wrong, annulment]

    assert state(rows, on=date(2023, 8, 2)) is State.IN_FORCE
    assert state(rows, on=date(2023, 8, 2), known_at=BEGAN + timedelta(days=4)) is State.CEASED
    assert [one.key for one in known(rows, at=None)] == [1]


def test_a_suspension_holds_until_it_is_lifted():
    rows = [
        IN_2023[0],
        row(EffectKind.SUSPENDS, date(2023, 8, 1), key=2),
        row(EffectKind.RESUMES, date(2023, 9, 1), key=3),
    ]
    seen = [state(rows, on=date(2023, month, 2)) for month in (7, 8, 9)]

    assert seen == [State.NOT_YET, State.SUSPENDED, State.IN_FORCE]


def test_days_are_those_of_viet_nam():
    """A record of 23:30 UTC belongs to the next day at the office; the ledger holds days alone."""
    late = datetime(2023, 7, 3, 23, 30, tzinfo=UTC)

    assert late.astimezone(ZONE).date() == date(2023, 7, 4)
