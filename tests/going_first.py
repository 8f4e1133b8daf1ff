"""An urgent paper that was issued before the committee was heard, and what is said of it then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.pages import MEMBERS, NOW, OnTheWay, the_office
from workflows.models import Case, Opinion
from workflows.services import submitting, urgent

if TYPE_CHECKING:
    from workflows.example.office import Cast

CLAUSE = "khoản 3 Điều 12 Quy chế làm việc"
BECAUSE = "Đoàn kiểm tra làm việc ngày mai."
REFUSED = "Chỉ tiêu ở Phụ lục II chưa có số liệu."


def went_first(settings: Any, *, referred: bool = False, cast: Cast | None = None) -> OnTheWay:
    """A paper that went first, issued; signed by the Chairman where it was referred up to him."""
    way = OnTheWay(cast or the_office(settings)).brought_to("propose")
    who, at = way.cast.people, way.at
    submitting.propose(
        case_id=way.case.pk, ticket=way.paper.ticket("propose"), text="Kính trình.",
        urgency="at_once", urgent_because=BECAUSE, by=who["tp-noivu"], at=at,
    )  # fmt: skip
    urgent.allow_urgent(
        case_id=way.case.pk, ticket=way.paper.ticket("allow_urgent"), reason=BECAUSE,
        legal_basis=CLAUSE, by=who["pct-kinhte"], at=at,
    )  # fmt: skip
    way.paper.check("cvp", "Đủ điều kiện ký.", at=at)
    if referred:
        way.paper.refer("pct-kinhte", "Việc liên quan nhiều lĩnh vực.", at=at)
    way.paper.sign("chutich" if referred else "pct-kinhte", at=at)
    way.paper.issue("vanthu", at=NOW, dated_on=NOW.date(), copies=9)
    way.issued = way.paper.case
    way.paper.case = Case.objects.get(procedure="confirmation")
    way.at = NOW
    return way


def heard(way: OnTheWay, *, against: str = "") -> OnTheWay:
    """Everybody asked answers, one of them against it."""
    way.paper.open_round("thuky-iso", MEMBERS, 5, at=NOW)
    for name in MEMBERS:
        choice = Opinion.Choice.DISAGREE if name == against else Opinion.Choice.AGREE
        way.paper.opinion(name, choice=choice, remarks=REFUSED if name == against else "", at=NOW)
    return way


def refused(way: OnTheWay) -> OnTheWay:
    heard(way, against="tp-tuphap").carried_by_hand(
        "pct-vanxa", "conclude", "tra-lai", reason=REFUSED
    )
    return way
