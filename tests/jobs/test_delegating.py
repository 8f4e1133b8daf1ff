"""Acting for another: on a written basis, for a time, and no further."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from offices import selectors, services
from offices.exceptions import BadInput, NotPermitted
from offices.models import (
    Delegation,
    User,
)
from offices.roles import Capability, Role
from tests.staffing import (
    INSTALLATION,
    MORNING,
    NEXT_WEEK,
    TODAY,
    TOMORROW,
    Staff,
    an_office,
    at_day,
    delegated,
    may_sign,
    stood_in_for,
)


@pytest.fixture
def staff(db: None) -> Staff:
    return an_office(
        Role.CHAIRMAN, Role.VICE_CHAIRMAN, Role.CHIEF_OF_OFFICE, Role.SPECIALIST, Role.ADMINISTRATOR
    )


@pytest.fixture
def chairman(staff: Staff) -> User:
    return staff.people[Role.CHAIRMAN]


@pytest.fixture
def deputy(staff: Staff) -> User:
    return staff.people[Role.VICE_CHAIRMAN]


@pytest.fixture
def chief(staff: Staff) -> User:
    return staff.people[Role.CHIEF_OF_OFFICE]


@pytest.fixture
def administrator(staff: Staff) -> User:
    return staff.people[Role.ADMINISTRATOR]


def test_a_delegate_acts_within_the_period_and_under_both_names(staff, chief, chairman):
    given = delegated(staff, chief)
    for day, expected in [(TODAY, True), (NEXT_WEEK - timedelta(days=1), True), (NEXT_WEEK, False)]:
        assert may_sign(chief, staff, at=at_day(day)) is expected
    standing = selectors.may(chief, Capability.SIGN, staff.office, at=MORNING)
    assert (standing.user_id, standing.on_behalf_of) == (chief.pk, chairman.display_name)
    assert (standing.delegation_id, standing.delegation_kind) == (given.pk, "under_delegation")
    assert standing.appointment_id == staff.terms[Role.CHAIRMAN].pk
    (holder,) = [
        one
        for one in selectors.holders(Capability.SIGN, staff.office, at=MORNING)
        if one.user == chief
    ]
    assert (holder.on_behalf_of, holder.delegation_id) == (chairman.display_name, given.pk)


def test_a_delegation_covers_what_it_names_a_substitution_everything(staff, chief, deputy):
    delegated(staff, chief)
    stood_in_for(staff, deputy)
    refers = {
        user.pk: selectors.may(user, Capability.REFER_TO, staff.office, at=MORNING) is not None
        for user in (chief, deputy)
    }
    assert refers == {chief.pk: False, deputy.pk: True}


def test_ones_own_post_comes_before_a_delegated_one(staff, deputy, chairman):
    stood_in_for(staff, deputy)
    standing = selectors.may(deputy, Capability.SIGN, staff.office, at=MORNING)
    assert (standing.role, standing.delegation_id) == (Role.VICE_CHAIRMAN, None)
    footings = selectors.every_standing(deputy, Capability.SIGN, staff.office, at=MORNING)
    assert [one.role for one in footings] == [Role.VICE_CHAIRMAN, Role.CHAIRMAN]


def test_a_delegation_ends_with_the_appointment_it_comes_from(staff, chief, administrator):
    delegated(staff, chief)
    services.end_appointment(
        staff.terms[Role.CHAIRMAN], ends_on=TOMORROW, by=administrator, at=MORNING
    )
    assert may_sign(chief, staff)
    assert not may_sign(chief, staff, at=at_day(TOMORROW))


def test_what_was_received_is_not_passed_on(staff, chief, deputy):
    """Decree 30/2020 art. 13: no sub-delegation."""
    stood_in_for(staff, deputy)
    with pytest.raises(NotPermitted, match="không được ủy quyền lại"):
        delegated(staff, chief, by=deputy)
    assert not may_sign(chief, staff)


def test_an_administrator_delegates_nobodys_rights(staff, chief, administrator):
    with pytest.raises(NotPermitted):
        delegated(staff, chief, by=administrator)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"legal_basis": "  "}, "văn bản làm căn cứ"),
        ({"ends_on": TODAY}, "phải có ngày kết thúc sau"),
        ({"begins_on": TODAY - timedelta(days=1)}, "sớm nhất từ hôm nay"),
        ({"capability": None}, "phải nêu rõ nội dung"),
        ({"capability": Capability.REGISTER}, "không có quyền đó"),
    ],
)
def test_a_delegation_without_bounds_is_refused(staff, chief, changes, sentence):
    with pytest.raises(BadInput, match=sentence):
        delegated(staff, chief, **changes)
    assert not Delegation.objects.exists()


def test_a_delegation_stays_in_the_office_and_goes_to_another_person(staff, chairman):
    with pytest.raises(BadInput, match="tự ủy quyền cho mình"):
        delegated(staff, chairman)
    outsider = an_office(Role.CHIEF_OF_OFFICE).people[Role.CHIEF_OF_OFFICE]
    with pytest.raises(BadInput, match="không giữ chức vụ nào trong cơ quan này"):
        delegated(staff, outsider)


def test_a_delegation_lasts_no_longer_than_the_post(staff, chief):
    services.end_appointment(
        staff.terms[Role.CHAIRMAN], ends_on=TOMORROW, by=INSTALLATION, at=MORNING
    )
    staff.terms[Role.CHAIRMAN].refresh_from_db()
    with pytest.raises(BadInput, match="không vượt quá thời gian"):
        delegated(staff, chief)


def test_the_database_itself_refuses_an_unbounded_delegation(staff, chief):
    given = delegated(staff, chief)
    for changes, constraint in [
        ({"legal_basis": ""}, "a_delegation_names_its_legal_basis"),
        ({"ends_on": given.begins_on}, "a_delegation_ends"),
        ({"capability": ""}, "an_authorisation_names_its_content"),
    ]:
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            Delegation.objects.filter(pk=given.pk).update(**changes)


def test_the_giver_takes_a_delegation_back_early(staff, chief, chairman, deputy):
    given = delegated(staff, chief)
    with pytest.raises(NotPermitted):
        services.end_delegation(given, ends_on=TOMORROW, by=deputy, at=MORNING)
    services.end_delegation(given, ends_on=TOMORROW, by=chairman, at=MORNING)
    assert may_sign(chief, staff)
    assert not may_sign(chief, staff, at=at_day(TOMORROW))


def test_a_delegate_whose_account_is_closed_acts_for_nobody(staff, chief, administrator):
    delegated(staff, chief)
    services.close_account(chief, reason="Chuyển công tác", by=administrator, at=MORNING)
    assert not may_sign(chief, staff)
    named = {
        holder.user.pk for holder in selectors.holders(Capability.SIGN, staff.office, at=MORNING)
    }
    assert chief.pk not in named


def test_who_holds_the_post_no_more_delegates_nothing(staff, chief, administrator):
    services.end_appointment(
        staff.terms[Role.CHAIRMAN], ends_on=TOMORROW, by=administrator, at=MORNING
    )
    with pytest.raises(NotPermitted, match="đang giữ hôm nay"):
        delegated(staff, chief, begins_on=TOMORROW, at=at_day(TOMORROW))


def test_who_is_asked_and_who_may_agree_about_a_limited_delegation(staff, chief):
    delegated(staff, chief)
    asked = {
        holder.user.pk
        for holder in selectors.holders(Capability.REFER_TO, staff.office, at=MORNING)
    }
    assert asked == {staff.people[Role.CHAIRMAN].pk}


def test_a_delegation_ends_after_it_begins_even_when_taken_back(staff, chief, chairman):
    given = delegated(staff, chief, begins_on=TOMORROW)
    with pytest.raises(BadInput, match="Ngày kết thúc phải sau ngày bắt đầu"):
        services.end_delegation(given, ends_on=TOMORROW, by=chairman, at=MORNING)
