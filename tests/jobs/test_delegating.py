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
)


@pytest.fixture
def staff(db: None) -> Staff:
    return an_office(
        Role.CHAIRMAN, Role.VICE_CHAIRMAN, Role.RECORDS_CLERK, Role.SPECIALIST, Role.ADMINISTRATOR
    )


@pytest.fixture
def chairman(staff: Staff) -> User:
    return staff.people[Role.CHAIRMAN]


@pytest.fixture
def deputy(staff: Staff) -> User:
    return staff.people[Role.VICE_CHAIRMAN]


@pytest.fixture
def clerk(staff: Staff) -> User:
    return staff.people[Role.RECORDS_CLERK]


@pytest.fixture
def administrator(staff: Staff) -> User:
    return staff.people[Role.ADMINISTRATOR]


def test_a_delegate_acts_within_the_period_and_under_both_names(staff, clerk, chairman):
    given = delegated(staff, clerk)
    for day, expected in [(TODAY, True), (NEXT_WEEK - timedelta(days=1), True), (NEXT_WEEK, False)]:
        assert may_sign(clerk, staff, at=at_day(day)) is expected
    standing = selectors.may(clerk, Capability.SIGN, staff.office, at=MORNING)
    assert (standing.user_id, standing.on_behalf_of) == (clerk.pk, chairman.display_name)
    assert (standing.delegation_id, standing.delegation_kind) == (given.pk, "under_delegation")
    assert standing.appointment_id == staff.terms[Role.CHAIRMAN].pk
    (holder,) = [
        one
        for one in selectors.holders(Capability.SIGN, staff.office, at=MORNING)
        if one.user == clerk
    ]
    assert (holder.on_behalf_of, holder.delegation_id) == (chairman.display_name, given.pk)


def test_a_delegation_covers_what_it_names_a_substitution_everything(staff, clerk, deputy):
    delegated(staff, clerk)
    delegated(staff, deputy, kind=Delegation.Kind.SUBSTITUTION, capability=None)
    refers = {
        user.pk: selectors.may(user, Capability.REFER_TO, staff.office, at=MORNING) is not None
        for user in (clerk, deputy)
    }
    assert refers == {clerk.pk: False, deputy.pk: True}


def test_ones_own_post_comes_before_a_delegated_one(staff, deputy, chairman):
    delegated(staff, deputy)
    standing = selectors.may(deputy, Capability.SIGN, staff.office, at=MORNING)
    assert (standing.role, standing.delegation_id) == (Role.VICE_CHAIRMAN, None)
    footings = selectors.every_standing(deputy, Capability.SIGN, staff.office, at=MORNING)
    assert [one.role for one in footings] == [Role.VICE_CHAIRMAN, Role.CHAIRMAN]


def test_a_delegation_ends_with_the_appointment_it_comes_from(staff, clerk, administrator):
    delegated(staff, clerk)
    services.end_appointment(
        staff.terms[Role.CHAIRMAN], ends_on=TOMORROW, by=administrator, at=MORNING
    )
    assert may_sign(clerk, staff)
    assert not may_sign(clerk, staff, at=at_day(TOMORROW))


def test_what_was_received_is_not_passed_on(staff, clerk, deputy):
    """Decree 30/2020 art. 13: no sub-delegation."""
    delegated(staff, deputy, kind=Delegation.Kind.SUBSTITUTION, capability=None)
    with pytest.raises(NotPermitted, match="không được ủy quyền lại"):
        delegated(staff, clerk, by=deputy)
    assert not may_sign(clerk, staff)


def test_an_administrator_delegates_nobodys_rights(staff, clerk, administrator):
    with pytest.raises(NotPermitted):
        delegated(staff, clerk, by=administrator)


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
def test_a_delegation_without_bounds_is_refused(staff, clerk, changes, sentence):
    with pytest.raises(BadInput, match=sentence):
        delegated(staff, clerk, **changes)
    assert not Delegation.objects.exists()


def test_a_delegation_stays_in_the_office_and_goes_to_another_person(staff, chairman):
    with pytest.raises(BadInput, match="tự ủy quyền cho mình"):
        delegated(staff, chairman)
    outsider = an_office(Role.RECORDS_CLERK).people[Role.RECORDS_CLERK]
    with pytest.raises(BadInput, match="không giữ chức vụ nào trong cơ quan này"):
        delegated(staff, outsider)


def test_a_delegation_lasts_no_longer_than_the_post(staff, clerk):
    services.end_appointment(
        staff.terms[Role.CHAIRMAN], ends_on=TOMORROW, by=INSTALLATION, at=MORNING
    )
    staff.terms[Role.CHAIRMAN].refresh_from_db()
    with pytest.raises(BadInput, match="không vượt quá thời gian"):
        delegated(staff, clerk)


def test_the_database_itself_refuses_an_unbounded_delegation(staff, clerk):
    given = delegated(staff, clerk)
    for changes, constraint in [
        ({"legal_basis": ""}, "a_delegation_names_its_legal_basis"),
        ({"ends_on": given.begins_on}, "a_delegation_ends"),
        ({"capability": ""}, "an_authorisation_names_its_content"),
    ]:
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            Delegation.objects.filter(pk=given.pk).update(**changes)


def test_the_giver_takes_a_delegation_back_early(staff, clerk, chairman, deputy):
    given = delegated(staff, clerk)
    with pytest.raises(NotPermitted):
        services.end_delegation(given, ends_on=TOMORROW, by=deputy, at=MORNING)
    services.end_delegation(given, ends_on=TOMORROW, by=chairman, at=MORNING)
    assert may_sign(clerk, staff)
    assert not may_sign(clerk, staff, at=at_day(TOMORROW))


def test_a_delegate_whose_account_is_closed_acts_for_nobody(staff, clerk, administrator):
    delegated(staff, clerk)
    services.close_account(clerk, reason="Chuyển công tác", by=administrator, at=MORNING)
    assert not may_sign(clerk, staff)
    named = {
        holder.user.pk for holder in selectors.holders(Capability.SIGN, staff.office, at=MORNING)
    }
    assert clerk.pk not in named


def test_who_holds_the_post_no_more_delegates_nothing(staff, clerk, administrator):
    services.end_appointment(
        staff.terms[Role.CHAIRMAN], ends_on=TOMORROW, by=administrator, at=MORNING
    )
    with pytest.raises(NotPermitted, match="đang giữ hôm nay"):
        delegated(staff, clerk, begins_on=TOMORROW, at=at_day(TOMORROW))


def test_who_is_asked_and_who_may_agree_about_a_limited_delegation(staff, clerk):
    delegated(staff, clerk)
    asked = {
        holder.user.pk
        for holder in selectors.holders(Capability.REFER_TO, staff.office, at=MORNING)
    }
    assert asked == {staff.people[Role.CHAIRMAN].pk}


def test_a_delegation_ends_after_it_begins_even_when_taken_back(staff, clerk, chairman):
    given = delegated(staff, clerk, begins_on=TOMORROW)
    with pytest.raises(BadInput, match="Ngày kết thúc phải sau ngày bắt đầu"):
        services.end_delegation(given, ends_on=TOMORROW, by=chairman, at=MORNING)
