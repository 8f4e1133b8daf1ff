"""Offices, departments, accounts, days off, and the clock of the demonstration."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command

from audit import selectors as audit
from offices import clock, selectors, services
from offices.exceptions import BadInput, Conflict, NotPermitted
from offices.models import (
    Delegation,
    DemoClock,
    Department,
    Office,
    Post,
    Succession,
    User,
)
from offices.roles import Capability, Role
from offices.services import OfficeFacts
from tests.staffing import (
    BASIS,
    FOUNDED,
    INSTALLATION,
    MORNING,
    NEXT_WEEK,
    SET_UP,
    TODAY,
    TOMORROW,
    Staff,
    a_department,
    a_post,
    an_office,
    at_day,
    delegated,
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
def clerk(staff: Staff) -> User:
    return staff.people[Role.RECORDS_CLERK]


@pytest.fixture
def administrator(staff: Staff) -> User:
    return staff.people[Role.ADMINISTRATOR]


def test_an_office_is_entered_once_by_an_administrator(staff, administrator, chairman):
    facts = OfficeFacts(
        key="cam-mau", name="Ủy ban nhân dân xã Cẩm Mẫu", short_name="UBND xã Cẩm Mẫu",
        authority_name="Ủy ban nhân dân xã Cẩm Mẫu", place="Cẩm Mẫu",
        header_lines=("ỦY BAN NHÂN DÂN", "XÃ CẨM MẪU"),
    )  # fmt: skip
    with pytest.raises(NotPermitted):
        services.found_office(facts=facts, begins_on=FOUNDED, by=chairman, at=MORNING)
    office = services.found_office(facts=facts, begins_on=FOUNDED, by=administrator, at=MORNING)
    assert Office.objects.get(key="cam-mau").header_lines == ["ỦY BAN NHÂN DÂN", "XÃ CẨM MẪU"]
    with pytest.raises(Conflict, match="cam-mau"):
        services.found_office(facts=facts, begins_on=FOUNDED, by=administrator, at=MORNING)
    with pytest.raises(Conflict, match="BH đã dùng cho cơ quan khác"):
        services.found_office(
            facts=replace(facts, key="dong-mau"), begins_on=FOUNDED, by=administrator, at=MORNING
        )
    with pytest.raises(NotPermitted):
        services.add_department(
            office=office, name="Phòng Kinh tế", code="KT", kind=Department.Kind.DEPARTMENT,
            begins_on=FOUNDED, by=administrator, at=MORNING,
        )  # fmt: skip


def test_a_heading_of_an_office_has_two_lines(db):
    facts = OfficeFacts(
        key="mot-dong", name="A", short_name="A", authority_name="A", place="A",
        header_lines=("MỘT DÒNG",),
    )  # fmt: skip
    with pytest.raises(BadInput, match="đúng hai dòng"):
        services.found_office(facts=facts, begins_on=FOUNDED, by=INSTALLATION, at=SET_UP)
    assert not Office.objects.exists()


def test_posts_of_a_committee_belong_to_a_committee(staff):
    for department, role in [
        (staff.department, Role.COMMITTEE_HEAD),
        (staff.committee, Role.SPECIALIST),
    ]:
        with pytest.raises(BadInput, match="không thuộc"):
            a_post(department, role)
    assert Group.objects.count() == Post.objects.count()


def test_a_department_ends_when_nobody_is_left_in_it(staff, administrator):
    with pytest.raises(Conflict, match="vẫn còn người"):
        services.end_department(staff.department, ends_on=NEXT_WEEK, by=INSTALLATION, at=MORNING)
    services.end_department(staff.committee, ends_on=NEXT_WEEK, by=administrator, at=MORNING)
    assert Department.objects.get(pk=staff.committee.pk).ends_on == NEXT_WEEK


def test_an_account_name_is_taken_once(staff, administrator, chairman):
    given = {
        "username": chairman.username, "display_name": "Khác", "password": "đủ-dài-1234",
        "at": MORNING,
    }  # fmt: skip
    with pytest.raises(Conflict, match="đã có người dùng"):
        services.open_account(**given, by=administrator)
    with pytest.raises(NotPermitted):
        services.open_account(**{**given, "username": "moi"}, by=chairman)
    account = services.open_account(**{**given, "username": "moi"}, by=administrator)
    assert account.check_password("đủ-dài-1234")
    assert selectors.standings(account, at=MORNING).held == ()


def test_days_off_and_made_up_are_the_offices_own(staff, administrator):
    beside = an_office(Role.ADMINISTRATOR)
    given = {"office": staff.office, "by": administrator, "at": MORNING}
    services.close_day(day=TOMORROW, reason="Mất điện toàn khu vực", **given)
    services.make_up_day(day=date(2024, 1, 20), reason="Làm bù ngày 16/01", **given)
    with pytest.raises(Conflict, match="đã được ghi nhận"):
        services.make_up_day(day=TOMORROW, reason="Làm bù", **given)
    with pytest.raises(BadInput, match="nêu lý do"):
        services.close_day(day=NEXT_WEEK, reason=" ", **given)
    period = {"begins": TODAY, "ends": date(2024, 2, 1)}
    assert selectors.off_days(staff.office, **period) == ({TOMORROW}, {date(2024, 1, 20)})
    assert selectors.off_days(beside.office, **period) == (set(), set())


def test_the_demonstration_shows_its_own_day_and_never_goes_back(staff, chairman, settings):
    settings.DEMO, settings.PRODUCTION = True, False
    services.set_demo_clock(to=MORNING, by=INSTALLATION, at=MORNING)
    first = clock.now()
    second = clock.now()
    assert MORNING <= first <= second < MORNING + timedelta(minutes=5)
    for earlier in (MORNING, MORNING - timedelta(days=1)):
        with pytest.raises(Conflict, match="không bao giờ lùi"):
            services.advance_demo_clock(to=earlier, by=chairman, at=second)
    tomorrow = at_day(TOMORROW, 8)
    services.advance_demo_clock(to=tomorrow, by=chairman, at=second)
    assert clock.today() == TOMORROW
    with pytest.raises(Conflict, match="16/01/2024 08:00"):
        services.advance_demo_clock(to=tomorrow, by=chairman, at=second)
    assert clock.now() >= tomorrow


def test_the_demonstrations_day_ends_before_five():
    row = DemoClock(shows=MORNING, set_at=SET_UP)
    seen = [
        clock.shown(row, real=SET_UP + timedelta(hours=hours)) for hours in (-1, 0, 1, 8, 9, 900)
    ]
    end = at_day(TODAY, 16, 59)
    assert seen == [MORNING, MORNING, MORNING + timedelta(hours=1), at_day(TODAY, 16), end, end]
    late = DemoClock(shows=at_day(TODAY, 20), set_at=SET_UP)
    assert clock.shown(late, real=SET_UP + timedelta(hours=2)) == at_day(TODAY, 20)


@pytest.mark.parametrize(("demo", "production"), [(False, False), (False, True), (True, True)])
def test_without_a_demonstration_time_is_real(db, settings, demo, production):
    settings.DEMO, settings.PRODUCTION = demo, production
    DemoClock.objects.create(shows=MORNING, set_at=SET_UP)
    assert clock.now() > MORNING + timedelta(days=365)
    with pytest.raises(NotPermitted):
        services.set_demo_clock(to=MORNING, by=INSTALLATION, at=MORNING)


def test_a_clock_that_was_never_set_is_not_advanced(staff, chairman, settings):
    settings.DEMO, settings.PRODUCTION = True, False
    with pytest.raises(Conflict, match="chưa được đặt"):
        services.advance_demo_clock(to=MORNING, by=chairman, at=MORNING)
    with pytest.raises(BadInput, match="múi giờ"):
        services.set_demo_clock(to=MORNING.replace(tzinfo=None), by=chairman, at=MORNING)


def test_every_act_of_this_app_has_one_head_entry_that_reads_as_a_sentence(staff, clerk):
    delegated(staff, clerk, kind=Delegation.Kind.SUBSTITUTION, capability=Capability.REFER_TO)
    entries = audit.entries(office=staff.office.key, size=200).entries
    assert {entry.action for entry in entries} == {
        "office.founded", "department.added", "post.added", "appointment.made", "delegation.made",
    }  # fmt: skip
    assert all(entry.head for entry in entries)
    assert len({entry.operation_id for entry in entries}) == len(entries)
    assert audit.sentence(entries[0]) == (
        f"{staff.people[Role.CHAIRMAN].display_name} đã giao {clerk.display_name} làm thay chức vụ "
        f"chairman (Quyết định văn bản được trình lên) từ ngày 15/01/2024 đến trước ngày 22/01/2024, căn cứ {BASIS}."
    )


def test_django_cannot_make_a_superuser_either(db):
    with pytest.raises(NotPermitted):
        call_command("createsuperuser", "--noinput", "--username", "goc", "--display_name", "Gốc")
    assert not User.objects.exists()


def test_a_department_code_is_used_once_at_a_time(staff, administrator):
    given = {"by": administrator, "at": MORNING}
    again = {
        "office": staff.office, "name": "Ban Chỉ đạo mới", "code": staff.committee.code,
        "kind": Department.Kind.COMMITTEE, "begins_on": NEXT_WEEK,
    }  # fmt: skip
    with pytest.raises(Conflict, match="đã có đơn vị mang ký hiệu BCĐ"):
        services.add_department(**again, **given)
    services.end_department(staff.committee, ends_on=NEXT_WEEK, **given)
    assert services.add_department(**again, **given).code == "BCĐ"


@pytest.mark.parametrize(
    ("ends_on", "sentence"),
    [(FOUNDED, "Không kết thúc lùi ngày"), (TODAY, "phải sau ngày bắt đầu hoạt động")],
)
def test_a_department_is_not_ended_backwards_nor_before_it_began(
    staff, administrator, ends_on, sentence
):
    new = a_department(staff.office, "Phòng Kinh tế", "KT", begins_on=TODAY)
    with pytest.raises(BadInput, match=sentence):
        services.end_department(new, ends_on=ends_on, by=administrator, at=MORNING)


def test_a_department_ends_once(staff, administrator):
    given = {"ends_on": NEXT_WEEK, "by": administrator, "at": MORNING}
    services.end_department(staff.committee, **given)
    with pytest.raises(Conflict, match="đã kết thúc hoạt động từ ngày 22/01/2024"):
        services.end_department(staff.committee, **given)


def test_an_office_is_followed_by_one_that_exists(staff, administrator):
    successor = an_office(Role.CHAIRMAN, begins_on=NEXT_WEEK)
    given = {
        "predecessor": staff.office, "successor": successor.office,
        "kind": Succession.Kind.SPLIT, "by": administrator, "at": MORNING,
    }  # fmt: skip
    for day in (TOMORROW, FOUNDED):
        with pytest.raises(BadInput, match="cơ quan kế thừa phải tồn tại"):
            services.succeed_office(on=day, **given)
    made = services.succeed_office(on=NEXT_WEEK, territory_note="Phần phía đông", **given)
    assert Office.objects.get(pk=staff.office.pk).ends_on == NEXT_WEEK
    (entry,) = audit.entries(office=staff.office.key, action="office.succeeded").entries
    assert audit.disclosed(entry)["territory_note"] == made.territory_note


def test_an_account_is_closed_with_a_reason_and_has_a_name(staff, administrator, chairman):
    given = {"by": administrator, "at": MORNING}
    with pytest.raises(BadInput, match="nêu lý do"):
        services.close_account(chairman, reason=" ", **given)
    with pytest.raises(BadInput):
        services.open_account(username="có dấu cách", display_name="A", password=None, **given)
    assert not User.objects.filter(display_name="A").exists()
