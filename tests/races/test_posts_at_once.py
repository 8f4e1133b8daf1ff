"""Two at once about posts: one wins, and no right arises that neither alone could give."""

from __future__ import annotations

from datetime import timedelta

import pytest

from offices import clock, selectors, services
from offices.models import Appointment, Delegation, DemoClock
from offices.roles import Capability, Role
from tests.staffing import (
    INSTALLATION,
    MORNING,
    NEXT_WEEK,
    TODAY,
    TOMORROW,
    a_post,
    an_account,
    an_office,
    appointed,
    at_day,
    delegated,
)

pytestmark = pytest.mark.races
ROUNDS = 3


def outcomes(results):
    """The results as words: what was done, or the refusal's name."""
    return sorted(
        type(result).__name__ if isinstance(result, Exception) else "done" for result in results
    )


def test_two_appointed_to_one_chair_at_once_are_one(committed_db):
    staff = an_office(Role.ADMINISTRATOR)
    for _round in range(ROUNDS):
        chair = a_post(staff.department, Role.VICE_CHAIRMAN)
        people = [an_account("Người thứ nhất"), an_account("Người thứ hai")]
        results = committed_db.at_once(
            *(lambda person=person: appointed(person, chair, begins_on=TODAY) for person in people)  # noqa: B023
        )
        assert outcomes(results) == ["Conflict", "done"]
        assert Appointment.objects.filter(post=chair).count() == 1


def test_nobody_becomes_administrator_and_something_else_at_once(committed_db):
    staff = an_office(Role.CHAIRMAN)
    for _round in range(ROUNDS):
        person = an_account("Một người")
        desk = a_post(staff.department, Role.SPECIALIST)
        keeper = a_post(staff.department, Role.ADMINISTRATOR)
        results = committed_db.at_once(
            lambda: appointed(person, desk, begins_on=TODAY),  # noqa: B023
            lambda: appointed(person, keeper, begins_on=TODAY),  # noqa: B023
        )
        assert outcomes(results) == ["Conflict", "done"]
        assert len(selectors.appointments(person, at=MORNING)) == 1


def test_an_administrator_is_not_delegated_to_while_being_appointed(committed_db):
    staff = an_office(Role.CHAIRMAN)
    for _round in range(ROUNDS):
        person = an_account("Một người")
        appointed(person, a_post(staff.department, Role.DEPARTMENT_HEAD), ends_on=TOMORROW)
        keeper = a_post(staff.department, Role.ADMINISTRATOR)
        results = committed_db.at_once(
            lambda: delegated(staff, person),  # noqa: B023
            lambda: appointed(person, keeper, begins_on=TOMORROW),  # noqa: B023
        )
        assert outcomes(results) == ["Conflict", "done"]
        held = selectors.standings(person, at=at_day(TOMORROW)).capabilities
        # A delegation outlives no post of whoever received it.
        assert held in ({Capability.ADMINISTER}, set())
        assert Delegation.objects.filter(to_user=person).count() == (not held)


def test_two_posts_added_at_once_are_counted_apart(committed_db):
    staff = an_office(Role.ADMINISTRATOR)
    before = staff.department.posts.count()
    results = committed_db.at_once(*(2 * [lambda: a_post(staff.department, Role.SPECIALIST)]))
    assert outcomes(results) == ["done", "done"]
    ordinals = sorted(staff.department.posts.values_list("ordinal", flat=True))
    assert ordinals == list(range(1, before + 3))


def test_the_next_day_pressed_twice_at_once_is_one_day(committed_db, settings):
    settings.DEMO, settings.PRODUCTION = True, False
    person = an_office(Role.SPECIALIST).people[Role.SPECIALIST]
    services.set_demo_clock(to=MORNING, by=INSTALLATION, at=MORNING)
    read_before = clock.now()
    results = committed_db.at_once(
        *(2 * [lambda: services.advance_demo_clock(to=at_day(TOMORROW), by=person, at=read_before)])
    )
    assert outcomes(results) == ["Conflict", "done"]
    assert clock.today() == TOMORROW
    assert DemoClock.objects.count() == 1
    assert clock.now() < at_day(NEXT_WEEK) - timedelta(days=5)
