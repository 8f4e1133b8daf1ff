"""Numbers: gap-free in their series, never dated before the last, each given once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit import selectors as audit
from documents.exceptions import BadInput, Conflict, NotPermitted
from documents.models import AuthorityKind, Kind, Register, RegisterEntry
from documents.models.papers import DRAFTABLE
from documents.numbering import series_of, submission_notes_of
from documents.services import registers
from offices.roles import Role
from tests.staffing import MORNING, TODAY, an_office

DECISIONS = series_of(Kind.DECISION, AuthorityKind.CHAIRMAN)
YEAR = TODAY.year


@pytest.fixture
def staff(db):
    return an_office(Role.RECORDS_CLERK, Role.SPECIALIST)


@pytest.fixture
def keep(staff):
    """Keep a register as the clerk; what differs is given by name."""

    def do(act, **given):
        clerk = staff.people[Role.RECORDS_CLERK]
        return act(**{"office": staff.office, "by": clerk, "at": MORNING, **given})

    return do


def take(staff, on):
    return registers.next_number(office=staff.office, series=DECISIONS, on=on)[1]


@given(st.lists(st.integers(0, 3), min_size=1, max_size=12))
def test_numbers_written_in_a_series_never_repeat(steps):
    numbers = [sum(steps[: n + 1]) + n + 1 for n in range(len(steps))]
    written = [DECISIONS.written(number) for number in numbers]

    assert len(set(written)) == len(numbers)


@pytest.mark.parametrize(
    ("number", "expected"), [(3, ("03", "QĐ-CT")), (10, ("10", "QĐ-CT")), (1073, ("1073", "QĐ-CT"))]
)
def test_numbers_below_ten_take_a_zero(number, expected):
    """Decree 30/2020, Appendix I: "đối với những số nhỏ hơn 10 phải ghi thêm số 0 phía trước"."""
    assert DECISIONS.written(number) == expected


def test_every_kind_drafted_here_has_its_series_and_no_two_share_one_by_accident():
    found = {
        (kind, authority): series_of(kind, authority).symbol
        for kind in DRAFTABLE
        for authority in AuthorityKind
    }
    assert set(found.values()) == {"QĐ-CT", "QĐ-UBND", "MTCL", "CSCL", "QT"}
    assert found[Kind.PROCEDURE, AuthorityKind.CHAIRMAN] == "QT"
    assert series_of(Kind.PROCEDURE, AuthorityKind.CHAIRMAN).written(7) == ("07", "QT")
    assert submission_notes_of("NV").written(212) == ("212", "TTr-NV")


def test_a_series_starts_anew_each_year_and_a_procedure_never_does():
    assert DECISIONS.year(date(2023, 12, 31)) == 2023
    assert DECISIONS.year(date(2024, 1, 1)) == 2024
    assert series_of(Kind.PROCEDURE, AuthorityKind.CHAIRMAN).year(date(2024, 1, 1)) == 0


def test_numbers_follow_one_another_without_a_gap(staff):
    assert [take(staff, TODAY + timedelta(days=n)) for n in (0, 0, 1, 5)] == [1, 2, 3, 4]
    assert take(staff, date(YEAR + 1, 1, 2)) == 1
    assert Register.objects.get(office=staff.office, symbol="QĐ-CT", year=YEAR).last_number == 4


def test_a_later_number_is_never_dated_before_the_last(staff):
    take(staff, TODAY)
    with pytest.raises(BadInput) as refused:
        take(staff, TODAY - timedelta(days=1))
    assert "15/01/2024" in str(refused.value.sentence)
    assert take(staff, TODAY) == 2, "the refused one burnt no number"


def test_a_register_goes_on_after_its_paper_book(staff, keep):
    opened = keep(registers.open_register, symbol="QĐ-CT", year=YEAR, after=811)

    assert take(staff, TODAY) == 812
    assert opened.opened_after == 811
    with pytest.raises(Conflict):
        keep(registers.open_register, symbol="QĐ-CT", year=YEAR, after=5)


def test_a_number_left_unused_stays_in_the_book_with_its_reason(staff, keep):
    take(staff, TODAY)
    gap = keep(registers.abandon_number, series=DECISIONS, because="In sai sổ.", on=TODAY)

    assert (gap.number, gap.document, gap.abandoned_because) == (2, None, "In sai sổ.")
    assert take(staff, TODAY) == 3
    (entry,) = audit.history("register", str(gap.register_id))
    assert (entry.action, entry.head) == ("register.number_abandoned", True)


def test_pressing_twice_burns_one_number(staff, keep):
    given = {"series": DECISIONS, "because": "In sai sổ.", "on": TODAY, "expected": 1}
    keep(registers.abandon_number, **given)
    with pytest.raises(Conflict):
        keep(registers.abandon_number, **given)

    assert [row.number for row in RegisterEntry.objects.filter(register__office=staff.office)] == [
        1
    ]
    assert take(staff, TODAY) == 2


def test_a_gap_without_a_reason_is_refused(staff, keep):
    with pytest.raises(BadInput):
        keep(registers.abandon_number, series=DECISIONS, because="  ", on=TODAY)
    assert take(staff, TODAY) == 1


def test_only_the_records_clerk_keeps_the_register(staff, keep):
    specialist = staff.people[Role.SPECIALIST]
    with pytest.raises(NotPermitted):
        keep(registers.open_register, symbol="QĐ-CT", year=YEAR, after=0, by=specialist)
    with pytest.raises(NotPermitted):
        keep(registers.abandon_number, series=DECISIONS, because="x", on=TODAY, by=specialist)
    assert not Register.objects.filter(office=staff.office, symbol="QĐ-CT").exists()
