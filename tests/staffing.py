"""A small office with a post for every role, set up through the use cases like any other."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from audit.services import Party
from offices import selectors, services
from offices.models import Appointment, Delegation, Department, Office, Post, User
from offices.roles import Capability, Role, Scope, scope_of
from offices.services import OfficeFacts

VIET_NAM = ZoneInfo("Asia/Ho_Chi_Minh")
INSTALLATION = Party("system", "set_up", "Thiết lập hệ thống")
FOUNDED = date(2020, 1, 1)
# Before every act a test tells of.
SET_UP = datetime(2024, 1, 2, 8, 0, tzinfo=VIET_NAM)
MORNING = datetime(2024, 1, 15, 8, 0, tzinfo=VIET_NAM)
TODAY = MORNING.date()
TOMORROW = TODAY + timedelta(days=1)
NEXT_WEEK = TODAY + timedelta(days=7)
BASIS = "Văn bản số 12/UQ-CT ngày 12/01/2024"

COMMITTEE = (Role.ISO_SECRETARY, Role.COMMITTEE_MEMBER, Role.COMMITTEE_HEAD)
_offices = count(1)


@dataclass
class Staff:
    """An office, its bodies, one post a role, and whoever holds it."""

    office: Office
    department: Department
    committee: Department
    posts: dict[Role, Post] = field(default_factory=dict)
    people: dict[Role, User] = field(default_factory=dict)
    terms: dict[Role, Appointment] = field(default_factory=dict)

    def object_of(self, capability: Capability) -> Department | Office:
        """The object of this office on which a capability is used."""
        return {
            Scope.DEPARTMENT: self.department,
            Scope.COMMITTEE: self.committee,
            Scope.OFFICE: self.office,
        }[scope_of(capability)]


def an_office(*roles: Role, begins_on: date = FOUNDED) -> Staff:
    """An office with a holder for each of these roles, or for all of them."""
    number = next(_offices)
    office = services.found_office(
        facts=OfficeFacts(
            key=f"van-mau-{number}",
            name=f"Ủy ban nhân dân xã Vân Mẫu {number}",
            short_name=f"UBND xã Vân Mẫu {number}",
            authority_name=f"Ủy ban nhân dân xã Vân Mẫu {number}",
            header_lines=["ỦY BAN NHÂN DÂN", f"XÃ VÂN MẪU {number}"],
            place="Vân Mẫu",
            reference_prefix=f"VM{number}",
        ),
        begins_on=begins_on,
        by=INSTALLATION,
        at=SET_UP,
    )
    staff = Staff(
        office,
        a_department(office, "Phòng Nội vụ", "NV", begins_on=begins_on),
        a_department(
            office, "Ban Chỉ đạo ISO", "BCĐ", Department.Kind.COMMITTEE, begins_on=begins_on
        ),
    )
    for role in roles or tuple(Role):
        fill(staff, role, begins_on=begins_on)
    return staff


def a_department(
    office: Office,
    name: str,
    code: str,
    kind: Department.Kind = Department.Kind.DEPARTMENT,
    *,
    begins_on: date = FOUNDED,
) -> Department:
    """A department of that name."""
    return services.add_department(
        office=office,
        name=name,
        code=code,
        kind=kind,
        begins_on=begins_on,
        by=INSTALLATION,
        at=SET_UP,
    )


def a_post(department: Department, role: Role, title: str = "") -> Post:
    """A post of that role."""
    return services.add_post(
        department=department, role=role, title=title or role.value, by=INSTALLATION, at=SET_UP
    )


def an_account(name: str) -> User:
    """An account of that name, which holds nothing yet."""
    return services.open_account(
        username=f"tai-khoan-{User.objects.count() + 1}",
        display_name=name,
        password=None,
        by=INSTALLATION,
        at=SET_UP,
    )


def appointed(
    user: User, post: Post, *, begins_on: date = FOUNDED, ends_on: date | None = None
) -> Appointment:
    """That person in that post."""
    return services.appoint(
        user=user, post=post, begins_on=begins_on, ends_on=ends_on, by=INSTALLATION, at=SET_UP
    )


def fill(staff: Staff, role: Role, *, begins_on: date = FOUNDED) -> None:
    """Add a post of the role to the office and put somebody into it."""
    body = staff.committee if role in COMMITTEE else staff.department
    staff.posts[role] = a_post(body, role)
    staff.people[role] = an_account(f"{role.value} {staff.office.short_name}")
    staff.terms[role] = appointed(staff.people[role], staff.posts[role], begins_on=begins_on)


def at_day(day: date, hour: int = 8, minute: int = 0) -> datetime:
    """A moment of that day in Viet Nam."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=VIET_NAM)


def may_sign(user: User, staff: Staff, *, at: datetime = MORNING) -> bool:
    """Whether that person may sign for the office."""
    return selectors.may(user, Capability.SIGN, staff.office, at=at) is not None


def delegated(staff: Staff, to_user: User, **changes: Any) -> Delegation:
    """The chairman delegates signing for a week, unless the test says otherwise."""
    given: dict[str, Any] = {
        "from_appointment": staff.terms[Role.CHAIRMAN],
        "to_user": to_user,
        "kind": Delegation.Kind.UNDER_DELEGATION,
        "capability": Capability.SIGN,
        "begins_on": TODAY,
        "ends_on": NEXT_WEEK,
        "legal_basis": BASIS,
        "by": staff.people[Role.CHAIRMAN],
        "at": MORNING,
    }
    return services.delegate(**{**given, **changes})


def stood_in_for(staff: Staff, to_user: User, **changes: Any) -> Delegation:
    """Somebody stands in for the chairman for a week, in all he may do."""
    whole: dict[str, Any] = {"kind": Delegation.Kind.SUBSTITUTION, "capability": None}
    return delegated(staff, to_user, **{**whole, **changes})
