"""Who may do what: people × capabilities, and what no one person joins."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from offices import grants, selectors
from offices.management.commands import describe_roles
from offices.models import DepartmentGroupPermission, OfficeGroupPermission
from offices.models.labels import CAPABILITY_LABELS, ROLE_LABELS, ROLE_SENTENCES
from offices.roles import (
    CAPABILITIES,
    DECISIONS,
    HELD_BY_ONE,
    ROLES,
    SEPARATIONS,
    Capability,
    Role,
    Scope,
    granted_to,
    may_be_joined,
    scope_of,
    separation,
)
from tests.staffing import MORNING, Staff, a_department, an_office

# Written down a second time on purpose: a change of rights is a change of this table.
MAY = """
specialist                 draft
department_head            propose receive_return withdraw
iso_secretary              open_round
committee_member           give_opinion
committee_head             conclude
chief_of_office            check_form
management_representative  verify_audit
vice_chairman              sign
chairman                   sign refer_to
office_member
records_clerk              register issue open_register
archivist                  keep_archive
internal_auditor           verify_audit
portal_editor              edit_portal
administrator              administer
"""
TABLE = {Role(who): set(what) for who, *what in map(str.split, MAY.strip().splitlines())}


@pytest.fixture
def staff(db: None) -> Staff:
    return an_office()


def test_every_role_may_what_the_table_says_and_nothing_else(staff):
    seen = {
        role: {
            capability.value
            for capability in Capability
            if selectors.may(person, capability, staff.object_of(capability), at=MORNING)
        }
        for role, person in staff.people.items()
    }
    assert seen == TABLE


def test_nobody_may_anything_in_another_office(staff):
    elsewhere = an_office(Role.CHAIRMAN)
    reached = [
        (role, capability)
        for role, person in staff.people.items()
        for capability in Capability
        if selectors.may(person, capability, elsewhere.object_of(capability), at=MORNING)
    ]
    assert reached == []


def test_a_specialist_drafts_for_the_own_department_only(staff):
    beside = a_department(staff.office, "Phòng Kinh tế", "KT")
    specialist = staff.people[Role.SPECIALIST]
    assert selectors.may(specialist, Capability.DRAFT, staff.department, at=MORNING)
    assert selectors.may(specialist, Capability.DRAFT, beside, at=MORNING) is None


def test_everything_one_may_do_is_what_one_is_told_one_may_do(staff):
    """The desk and the button never disagree."""
    for person in staff.people.values():
        together = selectors.standings(person, at=MORNING)
        for capability in Capability:
            obj = staff.object_of(capability)
            assert together.may(capability, obj) == selectors.may(
                person, capability, obj, at=MORNING
            )


def test_who_may_do_a_thing_is_asked_both_ways_round(staff):
    an_office()
    for capability in Capability:
        obj = staff.object_of(capability)
        listed = {holder.user.pk for holder in selectors.holders(capability, obj, at=MORNING)}
        allowed = {
            person.pk
            for person in staff.people.values()
            if selectors.may(person, capability, obj, at=MORNING)
        }
        assert listed == allowed != set()


def test_an_administrator_decides_nothing(staff):
    decided = selectors.standings(staff.people[Role.ADMINISTRATOR], at=MORNING).capabilities
    assert decided == {Capability.ADMINISTER}
    assert Capability.ADMINISTER not in DECISIONS
    assert {role for role in Role if Capability.ADMINISTER in granted_to(role)} == {
        Role.ADMINISTRATOR
    }


def test_an_office_and_a_department_of_the_same_key_are_not_confused(staff):
    """Keys of two tables may be equal: the capability says which kind is meant."""
    held = selectors.standings(staff.people[Role.SPECIALIST], at=MORNING)
    staff.office.pk = staff.department.pk
    assert held.may(Capability.DRAFT, staff.department) is not None
    assert held.may(Capability.DRAFT, staff.office) is None


def test_a_grant_fits_its_object(staff):
    chairman, secretary = staff.posts[Role.CHAIRMAN], staff.posts[Role.ISO_SECRETARY]
    with pytest.raises(ValueError, match="sign is granted on a office"):
        grants.grant(chairman, Capability.SIGN, staff.department)
    with pytest.raises(ValueError, match="open_round is granted on a committee"):
        grants.grant(secretary, Capability.OPEN_ROUND, staff.department)
    with pytest.raises(ValueError, match="draft is granted on a department"):
        grants.grant(secretary, Capability.DRAFT, staff.office)


def test_a_grant_given_twice_is_one_and_revoked_it_is_gone(staff):
    post, editor = staff.posts[Role.PORTAL_EDITOR], staff.people[Role.PORTAL_EDITOR]
    first = grants.grant(post, Capability.KEEP_ARCHIVE, staff.office)
    assert grants.grant(post, Capability.KEEP_ARCHIVE, staff.office) == first
    standing = selectors.may(editor, Capability.KEEP_ARCHIVE, staff.office, at=MORNING)
    assert standing.grant_id == first
    grants.revoke(post, Capability.KEEP_ARCHIVE, staff.office)
    assert selectors.may(editor, Capability.KEEP_ARCHIVE, staff.office, at=MORNING) is None


def test_guardian_holds_few_grants_and_only_for_posts(staff):
    rows = DepartmentGroupPermission.objects.count() + OfficeGroupPermission.objects.count()
    assert rows == sum(len(granted_to(role)) for role in Role)
    groups = {post.group_id: {post.department_id} for post in staff.posts.values()}
    assert all(
        grants.objects_granted([group], Capability.DRAFT, type(staff.department)) <= departments
        for group, departments in groups.items()
    )


def test_whoever_did_one_of_two_separate_acts_may_not_do_the_other():
    separate = {
        frozenset(pair)
        for pair in itertools.combinations(Capability, 2)
        if separation(*pair) is not None
    }
    assert separate == {
        frozenset({Capability.DRAFT, Capability.SIGN}),
        frozenset({Capability.SIGN, Capability.REGISTER}),
        frozenset({Capability.SIGN, Capability.ISSUE}),
    }
    for first, second in itertools.product(Capability, repeat=2):
        assert separation(first, second) == separation(second, first)


def test_only_an_administrator_may_hold_no_other_post():
    barred = {
        frozenset({first, second})
        for first, second in itertools.product(Role, repeat=2)
        if not may_be_joined(first, second)
    }
    assert barred == {
        frozenset({Role.ADMINISTRATOR, other}) for other in Role if other != Role.ADMINISTRATOR
    }


def test_every_role_and_capability_is_described_in_vietnamese():
    assert set(ROLES) == set(Role)
    assert set(CAPABILITIES) == set(Capability)
    assert set(HELD_BY_ONE) < set(Role)
    words = [*ROLE_LABELS.values(), *ROLE_SENTENCES.values(), *CAPABILITY_LABELS.values()]
    with override(None):
        english = [str(word) for word in words]
    with override("vi"):
        vietnamese = [str(word) for word in words]
    assert not set(english) & set(vietnamese)
    with override("vi"):
        assert str(ROLE_LABELS[Role.RECORDS_CLERK]) == "Văn thư"
    assert all(rule.sentence for rule in SEPARATIONS)


def test_every_decision_is_granted_to_some_role_on_one_kind_of_object():
    granted = {capability for role in Role for capability in granted_to(role)}
    assert granted == set(Capability)
    assert {scope_of(capability) for capability in Capability} == set(Scope)


def test_the_page_about_roles_is_current(settings, tmp_path):
    call_command("describe_roles", "--check")
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError, match="out of date"):
        call_command("describe_roles", "--check")
    call_command("describe_roles")
    call_command("describe_roles", "--check")
    written = (tmp_path / describe_roles.PAGE).read_text(encoding="utf-8")
    assert all(f"`{capability}`" in written for capability in Capability)


def test_a_page_that_asks_often_is_answered_as_before_without_asking(
    staff, django_assert_num_queries
):
    person, other = staff.people[Role.CHAIRMAN], staff.people[Role.RECORDS_CLERK]
    directly = {
        capability: selectors.may(person, capability, staff.object_of(capability), at=MORNING)
        for capability in Capability
    }
    with selectors.asked_once(person, at=MORNING):
        with django_assert_num_queries(3):
            known = selectors.standings(person, at=MORNING)
        with django_assert_num_queries(0), selectors.asked_once(person, at=MORNING):
            assert selectors.standings(person, at=MORNING) is known
            assert directly == {
                capability: selectors.may(
                    person, capability, staff.object_of(capability), at=MORNING
                )
                for capability in Capability
            }
        with django_assert_num_queries(2):
            named = [selectors.holders(Capability.SIGN, staff.office, at=MORNING) for _ in range(3)]
        assert named[0] == named[1] == named[2]
        assert selectors.may(other, Capability.REGISTER, staff.office, at=MORNING)
        grants.revoke(staff.posts[Role.CHAIRMAN], Capability.SIGN, staff.office)
        later = MORNING + timedelta(seconds=1)
        assert selectors.may(person, Capability.SIGN, staff.office, at=later) is None
    assert selectors.may(person, Capability.SIGN, staff.office, at=MORNING) is None


def test_where_one_belongs_follows_from_the_posts_held(staff):
    reader = selectors.reader(staff.people[Role.COMMITTEE_MEMBER], at=MORNING)
    assert (reader.office_ids, reader.department_ids, reader.capabilities) == (
        {staff.office.pk}, {staff.committee.pk}, {Capability.GIVE_OPINION},
    )  # fmt: skip
    held = selectors.standings(staff.people[Role.RECORDS_CLERK], at=MORNING)
    assert held.object_ids(Capability.ISSUE) == {staff.office.pk}
    assert {line.capability for line in held} == held.capabilities
    clerk = staff.people[Role.RECORDS_CLERK]
    assert selectors.post_of(clerk, at=MORNING) == staff.posts[Role.RECORDS_CLERK]
    assert selectors.post_of(clerk, at=MORNING.replace(year=2019)) is None
