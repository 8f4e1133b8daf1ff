"""The administrator appoints; rights come from another hand, and one at a time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from audit import selectors as audit
from audit.services import Party
from offices import selectors, services
from offices.exceptions import BadInput, Conflict, NotPermitted
from offices.models import Succession
from offices.roles import Capability, Role
from tests.staffing import (
    BASIS,
    FOUNDED,
    INSTALLATION,
    MORNING,
    NEXT_WEEK,
    TODAY,
    TOMORROW,
    Staff,
    a_post,
    an_account,
    an_office,
    appointed,
    at_day,
    delegated,
    may_sign,
    stood_in_for,
)

if TYPE_CHECKING:
    from offices.models import (
        User,
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


def test_the_administrator_appoints_and_the_entry_says_so(staff, administrator):
    newcomer = an_account("Chuyên viên Trần Mẫu")
    term = services.appoint(
        user=newcomer,
        post=staff.posts[Role.SPECIALIST],
        begins_on=TODAY,
        legal_basis="Quyết định số 5/QĐ-CT",
        by=administrator,
        at=MORNING,
    )
    (entry,) = audit.history("post", str(staff.posts[Role.SPECIALIST].pk))[-1:]
    assert (entry.action, entry.head, entry.office) == (
        "appointment.made", True, staff.office.key,
    )  # fmt: skip
    assert entry.details["appointment"] == term.pk
    assert audit.sentence(entry) == (
        f"{administrator.display_name} đã ghi nhận việc bổ nhiệm Chuyên viên Trần Mẫu "
        "giữ chức vụ specialist từ ngày 15/01/2024."
    )


@pytest.mark.parametrize("role", [Role.CHAIRMAN, Role.SPECIALIST, Role.RECORDS_CLERK])
def test_only_the_administrator_of_the_office_appoints(staff, role):
    newcomer = an_account("Người mới")
    elsewhere = an_office(Role.ADMINISTRATOR)
    for by in (staff.people[role], elsewhere.people[Role.ADMINISTRATOR], Party("user", "1", "x")):
        with pytest.raises(NotPermitted):
            services.appoint(
                user=newcomer,
                post=staff.posts[Role.SPECIALIST],
                begins_on=TODAY,
                by=by,
                at=MORNING,
            )
    assert not newcomer.appointments.exists()


def test_nobody_appoints_himself(staff, administrator):
    with pytest.raises(NotPermitted, match="Không ai tự giao chức vụ"):
        services.appoint(
            user=administrator,
            post=staff.posts[Role.CHAIRMAN],
            begins_on=TODAY,
            by=administrator,
            at=MORNING,
        )


def test_an_administrator_holds_no_other_post_and_acts_for_nobody(staff, administrator, deputy):
    with pytest.raises(Conflict, match="vừa là quản trị"):
        appointed(administrator, staff.posts[Role.SPECIALIST])
    with pytest.raises(Conflict, match="vừa là quản trị"):
        delegated(staff, administrator)
    second = a_post(staff.department, Role.ADMINISTRATOR)
    with pytest.raises(Conflict, match="vừa là quản trị"):
        appointed(deputy, second)
    services.end_appointment(
        staff.terms[Role.VICE_CHAIRMAN], ends_on=TOMORROW, by=INSTALLATION, at=MORNING
    )
    appointed(deputy, second, begins_on=TOMORROW)
    assert not may_sign(deputy, staff, at=at_day(TOMORROW))


def test_who_was_delegated_to_cannot_become_administrator_meanwhile(staff, deputy):
    stood_in_for(staff, deputy)
    services.end_appointment(
        staff.terms[Role.VICE_CHAIRMAN], ends_on=TOMORROW, by=INSTALLATION, at=MORNING
    )
    second = a_post(staff.department, Role.ADMINISTRATOR)
    with pytest.raises(Conflict, match="vừa là quản trị"):
        appointed(deputy, second, begins_on=TOMORROW)
    appointed(deputy, second, begins_on=NEXT_WEEK)


def test_a_chair_has_one_holder_at_a_time_a_desk_may_have_several(staff):
    second = an_account("Chủ tịch mới")
    with pytest.raises(Conflict, match="do chairman"):
        appointed(second, staff.posts[Role.CHAIRMAN], begins_on=TODAY)
    services.end_appointment(
        staff.terms[Role.CHAIRMAN], ends_on=NEXT_WEEK, by=INSTALLATION, at=MORNING
    )
    appointed(second, staff.posts[Role.CHAIRMAN], begins_on=NEXT_WEEK)
    appointed(second, staff.posts[Role.SPECIALIST], begins_on=TODAY)
    drafting = selectors.holders(Capability.DRAFT, staff.department, at=MORNING)
    assert len(drafting) == 2


def test_an_acting_chairman_and_a_deputys_fields_are_told_with_the_standing(staff):
    services.end_appointment(staff.terms[Role.CHAIRMAN], ends_on=TODAY, by=INSTALLATION, at=MORNING)
    second_deputy = a_post(staff.department, Role.VICE_CHAIRMAN)
    person = an_account("Phó Chủ tịch kinh tế")
    terms = {"user": person, "begins_on": TODAY, "by": INSTALLATION, "at": MORNING}
    services.appoint(post=second_deputy, fields_of_work=("economy", "finance"), **terms)
    services.appoint(post=staff.posts[Role.CHAIRMAN], acting=True, legal_basis=BASIS, **terms)
    footings = selectors.every_standing(person, Capability.SIGN, staff.office, at=MORNING)
    assert [(one.role, one.acting, one.fields_of_work) for one in footings] == [
        (Role.VICE_CHAIRMAN, False, ("economy", "finance")),
        (Role.CHAIRMAN, True, ()),
    ]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ends_on": TODAY}, "Ngày thôi giữ chức vụ phải sau"),
        ({"begins_on": FOUNDED - timedelta(days=1)}, "không tồn tại vào ngày đó"),
        ({"fields_of_work": ["economy"]}, "Chỉ Phó Chủ tịch"),
        ({"acting": True}, "Chỉ chức vụ do một người giữ"),
    ],
)
def test_an_appointment_that_makes_no_sense_is_refused_in_words(staff, changes, sentence):
    newcomer = an_account("Người mới")
    given = {
        "user": newcomer, "post": staff.posts[Role.SPECIALIST], "begins_on": TODAY,
        "by": INSTALLATION, "at": MORNING,
    }  # fmt: skip
    with pytest.raises(BadInput, match=sentence):
        services.appoint(**{**given, **changes})
    assert not newcomer.appointments.exists()


def test_an_appointment_is_ended_from_today_on_never_backwards(staff, chairman, administrator):
    term = staff.terms[Role.CHAIRMAN]
    with pytest.raises(BadInput, match="Không kết thúc lùi ngày"):
        services.end_appointment(
            term, ends_on=TODAY - timedelta(days=1), by=administrator, at=MORNING
        )
    assert may_sign(chairman, staff)
    services.end_appointment(term, ends_on=TODAY, by=administrator, at=MORNING)
    assert not may_sign(chairman, staff)
    with pytest.raises(Conflict, match="đã kết thúc từ ngày 15/01/2024"):
        services.end_appointment(term, ends_on=TOMORROW, by=administrator, at=MORNING)


def test_a_closed_account_is_appointed_to_nothing(staff, administrator):
    former = an_account("Công chức đã nghỉ")
    services.close_account(former, reason="Nghỉ hưu", by=administrator, at=MORNING)
    with pytest.raises(Conflict, match="đã khóa"):
        appointed(former, staff.posts[Role.SPECIALIST], begins_on=TODAY)
    with pytest.raises(Conflict, match="đã khóa"):
        delegated(staff, former)
    with pytest.raises(Conflict, match="đã khóa"):
        services.close_account(former, reason="Nghỉ hưu", by=administrator, at=MORNING)


def test_an_end_is_brought_forward_never_put_off(staff, administrator):
    term = staff.terms[Role.CHAIRMAN]
    given = {"by": administrator, "at": MORNING}
    services.end_appointment(term, ends_on=NEXT_WEEK, **given)
    with pytest.raises(BadInput, match="không kéo dài"):
        services.end_appointment(term, ends_on=NEXT_WEEK + timedelta(days=1), **given)
    services.end_appointment(term, ends_on=TOMORROW, **given)
    term.refresh_from_db()
    assert term.ends_on == TOMORROW


def test_only_the_administrator_keeps_posts_accounts_and_days(staff, chairman):
    """Whatever the chairman signs, he keeps no accounts; nor does another office's keeper."""
    stranger = an_office(Role.ADMINISTRATOR).people[Role.ADMINISTRATOR]
    office, department = staff.office, staff.department
    for by in (chairman, stranger):
        given = {"by": by, "at": MORNING}
        for act in (
            lambda given=given: services.add_post(
                department=department, role=Role.SPECIALIST, title="Chuyên viên", **given
            ),
            lambda given=given: services.end_department(
                staff.committee, ends_on=NEXT_WEEK, **given
            ),
            lambda given=given: services.end_appointment(
                staff.terms[Role.SPECIALIST], ends_on=NEXT_WEEK, **given
            ),
            lambda given=given: services.close_day(
                office=office, day=TOMORROW, reason="Nghỉ", **given
            ),
            lambda given=given: services.make_up_day(
                office=office, day=TOMORROW, reason="Làm bù", **given
            ),
            lambda given=given: services.succeed_office(
                predecessor=office,
                successor=an_office(Role.CHAIRMAN).office,
                kind=Succession.Kind.MERGED,
                on=NEXT_WEEK,
                **given,
            ),
        ):
            with pytest.raises(NotPermitted, match=office.short_name):
                act()
    with pytest.raises(NotPermitted, match="Chỉ quản trị mới quản lý tài khoản"):
        services.close_account(
            staff.people[Role.SPECIALIST], reason="Nghỉ", by=chairman, at=MORNING
        )
