"""The fictional office of the example: its departments, posts and accounts; posts, no persons."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from offices import services as offices
from offices.models import Department, Office, User
from offices.parties import INSTALLATION
from offices.roles import Role
from offices.services import OfficeFacts

if TYPE_CHECKING:
    from collections.abc import Mapping

BEGINS = date(2021, 1, 4)

FACTS = OfficeFacts(
    key="an-mau",
    name="Ủy ban nhân dân quận An Mẫu (đơn vị giả định)",
    short_name="UBND quận An Mẫu (đơn vị giả định)",
    authority_name="Ủy ban nhân dân quận An Mẫu",
    header_lines=("ỦY BAN NHÂN DÂN", "QUẬN AN MẪU"),
    place="An Mẫu",
    kind="quận",
)

DEPARTMENTS: Mapping[str, tuple[str, Department.Kind]] = {
    "LĐ": ("Lãnh đạo Ủy ban nhân dân quận", Department.Kind.LEADERSHIP),
    "VP": ("Văn phòng HĐND và UBND", Department.Kind.OFFICE_SECRETARIAT),
    "NV": ("Phòng Nội vụ", Department.Kind.DEPARTMENT),
    "KT": ("Phòng Kinh tế", Department.Kind.DEPARTMENT),
    "TP": ("Phòng Tư pháp", Department.Kind.DEPARTMENT),
    "TCKH": ("Phòng Tài chính – Kế hoạch", Department.Kind.DEPARTMENT),
    "TN": ("Bộ phận Tiếp nhận và Trả kết quả", Department.Kind.DEPARTMENT),
    "BCĐISO": ("Ban Chỉ đạo ISO", Department.Kind.COMMITTEE),
}


@dataclass(frozen=True, slots=True)
class Place:
    """One post of an account: department, role, title; capitals where it signs."""

    department: str
    role: Role
    title: str
    caps: str = ""
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """One account of the example, named after its first post."""

    username: str
    name: str
    places: tuple[Place, ...] = field(default_factory=tuple)


def _specialist(username: str, department: str, name: str) -> Account:
    return Account(username, name, (Place(department, Role.SPECIALIST, name),))


def _head(username: str, department: str, name: str, *, in_the_body: bool = False) -> Account:
    member = Place("BCĐISO", Role.COMMITTEE_MEMBER, f"Ủy viên Ban Chỉ đạo ISO, {name}")
    seat = Place("LĐ", Role.OFFICE_MEMBER, f"Ủy viên Ủy ban nhân dân quận, {name}")
    places = (Place(department, Role.DEPARTMENT_HEAD, name), member)
    return Account(username, name, (*places, seat) if in_the_body else places)


ACCOUNTS: tuple[Account, ...] = (
    _specialist("cv-noivu", "NV", "Chuyên viên Phòng Nội vụ"),
    _specialist("cv-kinhte", "KT", "Chuyên viên Phòng Kinh tế"),
    _specialist("cv-tuphap", "TP", "Chuyên viên Phòng Tư pháp"),
    _specialist("cv-vanphong", "VP", "Chuyên viên Văn phòng"),
    _specialist("cv-tiepnhan", "TN", "Chuyên viên Bộ phận Tiếp nhận"),
    _head("tp-noivu", "NV", "Trưởng phòng Nội vụ", in_the_body=True),
    _head("tp-kinhte", "KT", "Trưởng phòng Kinh tế"),
    _head("tp-tuphap", "TP", "Trưởng phòng Tư pháp"),
    _head("tp-taichinh", "TCKH", "Trưởng phòng Tài chính – Kế hoạch", in_the_body=True),
    _head("tbp-tiepnhan", "TN", "Trưởng Bộ phận Tiếp nhận"),
    Account(
        "thuky-iso",
        "Thư ký Ban Chỉ đạo ISO",
        (Place("BCĐISO", Role.ISO_SECRETARY, "Thư ký Ban Chỉ đạo ISO"),),
    ),
    Account(
        "pct-vanxa",
        "Phó Chủ tịch văn xã",
        (
            Place(
                "LĐ",
                Role.VICE_CHAIRMAN,
                "Phó Chủ tịch văn xã",
                "PHÓ CHỦ TỊCH",
                ("van_xa", "noi_chinh"),
            ),
            Place("BCĐISO", Role.COMMITTEE_HEAD, "Trưởng Ban Chỉ đạo ISO"),
        ),
    ),
    Account(
        "cvp",
        "Chánh Văn phòng",
        (
            Place("VP", Role.CHIEF_OF_OFFICE, "Chánh Văn phòng"),
            Place("VP", Role.DEPARTMENT_HEAD, "Chánh Văn phòng, người đứng đầu Văn phòng"),
            Place("VP", Role.MANAGEMENT_REPRESENTATIVE, "Đại diện chất lượng"),
            Place("BCĐISO", Role.COMMITTEE_MEMBER, "Ủy viên Ban Chỉ đạo ISO, Chánh Văn phòng"),
        ),
    ),
    Account(
        "pct-kinhte",
        "Phó Chủ tịch kinh tế",
        (
            Place(
                "LĐ",
                Role.VICE_CHAIRMAN,
                "Phó Chủ tịch kinh tế",
                "PHÓ CHỦ TỊCH",
                ("kinh_te", "tong_hop"),
            ),
        ),
    ),
    Account("chutich", "Chủ tịch", (Place("LĐ", Role.CHAIRMAN, "Chủ tịch", "CHỦ TỊCH"),)),
    Account("vanthu", "Văn thư", (Place("VP", Role.RECORDS_CLERK, "Văn thư"),)),
    Account("luutru", "Lưu trữ", (Place("VP", Role.ARCHIVIST, "Lưu trữ"),)),
    Account(
        "danhgia",
        "Đánh giá viên nội bộ",
        (Place("VP", Role.INTERNAL_AUDITOR, "Đánh giá viên nội bộ"),),
    ),
    Account(
        "congtt",
        "Biên tập Cổng TTĐT",
        (Place("VP", Role.PORTAL_EDITOR, "Biên tập Cổng TTĐT"),),
    ),
    Account("quantri", "Quản trị", (Place("VP", Role.ADMINISTRATOR, "Quản trị"),)),
)

LEGAL_BASIS = "Quyết định phân công nhiệm vụ đầu nhiệm kỳ"


@dataclass(frozen=True, slots=True)
class Cast:
    """The office with its departments by code and its people by account name."""

    office: Office
    departments: Mapping[str, Department]
    people: Mapping[str, User]


def found(*, password: str, at: datetime) -> Cast:
    """Found the office and appoint everybody, through the use cases, as the installation itself."""
    office = offices.found_office(facts=FACTS, begins_on=BEGINS, by=INSTALLATION, at=at)
    departments = {
        code: offices.add_department(
            office=office, name=name, code=code, kind=kind, begins_on=BEGINS, by=INSTALLATION, at=at
        )
        for code, (name, kind) in DEPARTMENTS.items()
    }
    people = {
        account.username: _enter(account, departments, password=password, at=at)
        for account in ACCOUNTS
    }
    return Cast(office, departments, people)


def _enter(
    account: Account, departments: Mapping[str, Department], *, password: str, at: datetime
) -> User:
    user = offices.open_account(
        username=account.username,
        display_name=account.name,
        password=password,
        by=INSTALLATION,
        at=at,
    )
    for place in account.places:
        post = offices.add_post(
            department=departments[place.department],
            role=place.role,
            title=place.title,
            title_caps=place.caps,
            by=INSTALLATION,
            at=at,
        )
        offices.appoint(
            user=user,
            post=post,
            begins_on=BEGINS,
            fields_of_work=place.fields,
            legal_basis=LEGAL_BASIS,
            by=INSTALLATION,
            at=at,
        )
    return user
