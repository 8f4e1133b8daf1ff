"""Why? Who holds a paper and why it does not move; and why each act could be done on its day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from audit import selectors as audit
from documents.exceptions import NotFound
from documents.selectors import papers as found
from offices.dates import vn_date, vn_moment
from offices.models.labels import CAPABILITY_LABELS
from offices.selectors import acting, footing
from workflows.models import Chase
from workflows.selectors import confirmations, feasibility, progress, superiors, timeline
from workflows.views.frame import frame_of
from workflows.views.paper import dossier_of, follows, readable
from workflows.views.viewed import noted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from django.http import HttpRequest, HttpResponse

    from audit.models import Entry
    from documents.models import Document
    from offices.models import Delegation
    from offices.selectors.acting import Staffing
    from workflows.models import Opinion
    from workflows.selectors.dossiers import Dossier

MOST_ACTS = 200


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may move the paper: in which post, away until when, who does it instead."""

    name: str
    post: str
    note: str
    absent: str
    user_id: int = 0


@dataclass(frozen=True, slots=True)
class Carried:
    """One act and what it rested on, line by line; `holds` is what the rows say today."""

    entry: Entry
    words: str
    lines: tuple[str, ...]
    holds: bool


@require_safe
def why(request: HttpRequest, reference: str) -> HttpResponse:
    """Say who holds a paper and why, and of each act why its person could do it that day."""
    frame = frame_of(request)
    paper = found.one(readable(request), reference)
    if not follows(paper):
        raise NotFound(_("The way of this paper is not open to this account."))
    noted(request, paper)
    dossier = dossier_of(paper, ordinal=None)
    active = dossier.active
    held = progress.held(active, at=frame.now)
    context = {
        "paper": paper,
        "held": held,
        "confirmation": confirmations.of_dossier(dossier, papers=readable(request), at=frame.now),
        "people": _people(active, at=frame.now) if held else [],
        "above": _above(active, at=frame.now) if held else "",
        "chased": _chased(active) if held else [],
        "derivation": _derivation(active),
        "obstacles": feasibility.why_not(paper, at=frame.now, case=active.case, node=active.node)
        if held
        else [],
        "carried": list(_carried(paper)),
        "place": "documents",
    }
    return render(request, "papers/why.html", context)


def _people(dossier: Dossier, *, at: datetime) -> list[Person]:
    """Give by name whom the paper waits for, who of them is away, and who may act instead."""
    office_ids = [dossier.document.office_id]
    away = acting.stand_ins(office_ids, at=at)
    staffing = acting.staffing(office_ids, at=at)
    if dossier.node == "opinion":
        return [_asked(one, staffing, away) for one in dossier.opinions if not one.choice]
    if dossier.node == "rework" and dossier.case is not None:
        drafter = dossier.case.drafter
        left = "" if staffing.of(drafter.pk) else "đã thôi giữ chức vụ"
        return [Person(drafter.display_name, "được giao sửa", left, "", drafter.pk)]
    holders = progress.who_may(dossier, at=at)
    return [
        Person(
            one.user.display_name,
            one.post_title,
            f"làm thay {one.on_behalf_of}" if one.on_behalf_of else "",
            "" if one.on_behalf_of else _away(away.get(one.appointment.pk, [])),
            one.user.pk,
        )
        for one in holders
    ]


def _asked(opinion: Opinion, staffing: Staffing, away: dict[int, list[Delegation]]) -> Person:
    posts = staffing.of(opinion.reviewer_id)
    left = "" if posts else "đã thôi giữ chức vụ; thư ký giao phiếu cho người khác"
    absent = "; ".join(said for said in (_away(away.get(post.pk, [])) for post in posts) if said)
    return Person(
        opinion.reviewer.display_name, opinion.reviewer_title, left, absent, opinion.reviewer_id
    )


def _away(delegations: list[Delegation]) -> str:
    """Say that somebody is away, until when, and who stands in."""
    return "; ".join(
        f"vắng mặt đến hết {vn_date(_last_day(one))}, {one.to_user.display_name} làm thay"
        for one in delegations
    )


def _last_day(row: Delegation) -> date:
    return row.ends_on - timedelta(days=1)


def _above(dossier: Dossier, *, at: datetime) -> str:
    """Name whom to turn to where it stays: the nearest superior, whom the clock tells too."""
    case = dossier.case
    if case is None or dossier.node not in superiors.ABOVE:
        return ""
    case.document = dossier.document
    told = superiors.above(case, dossier.node, at=at)
    return " hoặc ".join(dict.fromkeys(one.title for one in told))


def _chased(dossier: Dossier) -> list[str]:
    """Say whom the clock has reminded or told about what waits, in the order it did."""
    rows = Chase.objects.filter(task_id__in=[task.task_id for task in dossier.waiting])
    return [
        f"{one.get_sort_display()}: {one.told_title}, {vn_moment(one.at)}"
        for one in rows.order_by("pk")
    ]


def _derivation(dossier: Dossier) -> list[str]:
    """Say how the deadline was counted, as it was when the step was offered."""
    if dossier.node == "opinion" and dossier.round is not None:
        return [str(line) for line in dossier.round.derivation]
    due = dossier.dues.get(dossier.waiting[0].task_id) if dossier.waiting else None
    return [str(line) for line in due.derivation] if due else []


def _carried(paper: Document) -> Iterator[Carried]:
    """Give each act on the paper with what it rested on, newest first."""
    entries = [
        one
        for one in audit.history("document", str(paper.pk), size=MOST_ACTS)
        if one.head and one.details.get("appointment") and one.by_key.isdigit()
    ]
    read = footing.read(
        footing.Recorded(
            int(one.details["appointment"]),
            one.details.get("grant"),
            one.details.get("delegation"),
            int(one.by_key),
            one.at,
        )
        for one in entries
    )
    for entry, rested in reversed(list(zip(entries, read, strict=True))):
        yield Carried(entry, timeline.of_its_own_page(entry), tuple(_lines(rested)), rested.holds)


def _lines(rested: footing.Footing) -> Iterator[str]:
    held = rested.appointment
    until = f" đến trước {vn_date(held.ends_on)}" if held.ends_on else ", đến nay"
    how = ", quyền" if held.acting else ", phụ trách" if held.in_charge else ""
    basis = f", theo {held.legal_basis}" if held.legal_basis else ""
    yield (
        f"Chức vụ: {held.post.title}{how} ({held.post.department.name}), "
        f"{held.user.display_name} giữ từ {vn_date(held.begins_on)}{until}{basis}."
    )
    if rested.grant is not None:
        what = str(CAPABILITY_LABELS[rested.grant.capability])
        yield f"Quyền của chức vụ: {what} (mã {rested.grant.id})."
    elif rested.recorded.grant_id is not None:
        yield f"Quyền của chức vụ: mã {rested.recorded.grant_id}, nay không còn."
    row = rested.delegation
    if row is not None:
        what = str(row.get_kind_display()).lower()
        yield (
            f"Làm thay: {row.to_user.display_name}, {what}, từ {vn_date(row.begins_on)} đến hết "
            f"{vn_date(_last_day(row))}, theo {row.legal_basis}."
        )
    if rested.ended_that_day:
        yield "Thời hạn chấm dứt trong chính ngày đó; nhật ký ghi việc nào trước."
    if not rested.holds:
        yield "Đối chiếu hôm nay: các dòng đã lưu không xác nhận được căn cứ này."
