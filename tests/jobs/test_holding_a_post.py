"""What a person may do follows from the post held on the day, and from nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from offices import selectors, services
from offices.exceptions import Conflict, NeverDeleted, NotPermitted
from offices.models import (
    Appointment,
    Delegation,
    Department,
    Office,
    Post,
    Succession,
    User,
)
from offices.roles import Capability, Role
from tests.staffing import (
    INSTALLATION,
    MORNING,
    NEXT_WEEK,
    TODAY,
    Staff,
    an_account,
    an_office,
    appointed,
    at_day,
    may_sign,
    stood_in_for,
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
def administrator(staff: Staff) -> User:
    return staff.people[Role.ADMINISTRATOR]


def test_an_appointment_counts_from_its_first_day_until_before_its_last(staff):
    newcomer = an_account("Chuyên viên mới")
    appointed(newcomer, staff.posts[Role.SPECIALIST], begins_on=TODAY, ends_on=NEXT_WEEK)
    drafts = {
        moment: selectors.may(newcomer, Capability.DRAFT, staff.department, at=moment) is not None
        for moment in (
            at_day(TODAY, 0) - timedelta(seconds=1),
            at_day(TODAY, 0),
            at_day(NEXT_WEEK, 0) - timedelta(seconds=1),
            at_day(NEXT_WEEK, 0),
        )
    }
    assert list(drafts.values()) == [False, True, True, False]


def test_a_standing_says_what_a_decision_rested_on(staff, chairman):
    standing = selectors.may(chairman, Capability.SIGN, staff.office, at=MORNING)
    assert standing.as_record() == {
        "user_id": chairman.pk,
        "appointment_id": staff.terms[Role.CHAIRMAN].pk,
        "post_id": staff.posts[Role.CHAIRMAN].pk,
        "post_title": "chairman",
        "role": "chairman",
        "office_id": staff.office.pk,
        "department_id": staff.department.pk,
        "grant_id": standing.grant_id,
        "delegation_id": None,
        "delegation_kind": "",
        "on_behalf_of": None,
        "acting": False,
        "fields_of_work": [],
        "in_charge": False,
        "principal_id": None,
        "own_appointment_id": staff.terms[Role.CHAIRMAN].pk,
        "own_role": "chairman",
        "own_title": "CHAIRMAN",
        "own_acting": False,
        "own_in_charge": False,
    }
    assert standing.grant_id > 0


def test_each_question_of_who_may_costs_at_most_three_queries(
    staff, deputy, django_assert_num_queries
):
    stood_in_for(staff, deputy)
    with django_assert_num_queries(3):
        assert may_sign(deputy, staff)
    with django_assert_num_queries(3):
        held = selectors.standings(deputy, at=MORNING)
    with django_assert_num_queries(0):
        assert held.may(Capability.SIGN, staff.office) is not None
    with django_assert_num_queries(2):
        assert len(selectors.holders(Capability.SIGN, staff.office, at=MORNING)) == 3
    with django_assert_num_queries(3):
        selectors.reader(deputy, at=MORNING)
    nobody = an_account("Người chưa có chức vụ")
    with django_assert_num_queries(1):
        assert not may_sign(nobody, staff)


def test_a_closed_account_may_nothing_from_this_moment(staff, chairman, administrator):
    stale = User.objects.get(pk=chairman.pk)
    services.close_account(chairman, reason="Nghỉ hưu", by=administrator, at=MORNING)
    assert stale.is_active, "a page that was loaded before"
    assert not may_sign(stale, staff)
    assert selectors.standings(stale, at=MORNING).held == ()
    assert chairman.pk not in {
        holder.user.pk for holder in selectors.holders(Capability.SIGN, staff.office, at=MORNING)
    }


def test_membership_of_a_group_gives_nothing(staff):
    stranger = an_account("Người lạ")
    stranger.groups.add(staff.posts[Role.CHAIRMAN].group)
    stranger.user_permissions.add(*Permission.objects.all())
    assert not may_sign(stranger, staff)
    assert selectors.standings(stranger, at=MORNING).held == ()


def test_nobody_can_be_made_a_superuser(staff, chairman):
    with pytest.raises(NotPermitted) as refused:
        User.objects.create_superuser("goc", password="x" * 20)
    assert (
        refused.value.sentence
        == "Không tài khoản nào đứng trên quy trình: hệ thống không có người dùng siêu cấp."
    )
    with pytest.raises(IntegrityError, match="nobody_is_a_superuser"), transaction.atomic():
        User.objects.filter(pk=chairman.pk).update(is_superuser=True)
    with pytest.raises(ValidationError, match="nobody_is_a_superuser"):
        User.objects.create_user("goc", display_name="Gốc", is_superuser=True)
    assert not User.objects.filter(is_superuser=True).exists()


def test_people_offices_and_terms_are_never_deleted(staff):
    stood_in_for(staff, staff.people[Role.VICE_CHAIRMAN])
    rows = [
        model.objects.first() for model in (User, Office, Department, Post, Appointment, Delegation)
    ]
    for row in rows:
        with pytest.raises(NeverDeleted):
            row.delete()
        with pytest.raises(NeverDeleted):
            type(row).objects.filter(pk=row.pk).delete()
        with pytest.raises(NeverDeleted):
            type(row).objects.all().delete()
        assert type(row).objects.filter(pk=row.pk).exists()
    with pytest.raises(ProtectedError):
        staff.posts[Role.CHAIRMAN].group.delete()


def test_an_ended_office_has_nobody_who_decides(staff, chairman):
    """The district level ended on one day, whatever its appointments said."""
    successor = an_office(Role.CHAIRMAN)
    services.succeed_office(
        predecessor=staff.office,
        successor=successor.office,
        kind=Succession.Kind.MERGED,
        on=NEXT_WEEK,
        by=INSTALLATION,
        at=MORNING,
    )
    assert may_sign(chairman, staff, at=at_day(NEXT_WEEK) - timedelta(days=1))
    assert not may_sign(chairman, staff, at=at_day(NEXT_WEEK))
    assert selectors.holders(Capability.SIGN, staff.office, at=at_day(NEXT_WEEK)) == []
    with pytest.raises(Conflict):
        services.succeed_office(
            predecessor=staff.office,
            successor=an_office(Role.CHAIRMAN).office,
            kind=Succession.Kind.MERGED,
            on=NEXT_WEEK + timedelta(days=1),
            by=INSTALLATION,
            at=MORNING,
        )


def test_an_ended_department_has_nobody_who_drafts(staff):
    """Whatever the rows of appointments say, as after an import from another system."""
    Department.objects.filter(pk=staff.department.pk).update(ends_on=NEXT_WEEK)
    specialist = staff.people[Role.SPECIALIST]
    drafts = {
        day: selectors.may(specialist, Capability.DRAFT, staff.department, at=at_day(day))
        is not None
        for day in (NEXT_WEEK - timedelta(days=1), NEXT_WEEK)
    }
    assert list(drafts.values()) == [True, False]
