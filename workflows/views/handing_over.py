"""Handing over: all open work of somebody who leaves or is away, piece by piece, with each result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents import policies as papers
from documents.exceptions import NotFound
from offices.models import Appointment, Office, User
from offices.roles import Capability
from offices.selectors import acting
from workflows import engine, policies
from workflows.exceptions import NotPermitted, Refusal
from workflows.forms.handing_over import EXCUSED, HandOverForm
from workflows.models import Reassignment
from workflows.selectors import handing_over
from workflows.services import reassigning
from workflows.services.acts import Ticket
from workflows.views.frame import frame_of
from workflows.views.paper import person

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from workflows.selectors.handing_over import Piece

WORDS = {
    Reassignment.Work.OPINION: "cho ý kiến",
    Reassignment.Work.REWORK: "sửa văn bản bị trả lại",
    Reassignment.Work.DRAFT: "soạn dự thảo",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One piece on the page: what it is, its choice, why this reader may not, what came of it."""

    piece: Piece
    words: str
    field: Any
    barred: Refusal | None
    result: str = ""
    failed: bool = False


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, user_id: int) -> HttpResponse:
    """Show what somebody has open; hand pieces over, each its own act with its own result."""
    office, whose = _whose(request, user_id)
    at = frame_of(request).now
    pieces = _pieces(request, whose, office, at=at)
    if request.method != "POST":
        return _page(request, whose, pieces, HandOverForm(pieces=pieces))
    form = HandOverForm(request.POST, pieces=pieces)
    if not form.is_valid():
        return _page(request, whose, pieces, form, status=422)
    results = {
        piece.code: _carry(request, piece, to, key, form.cleaned_data["reason"])
        for piece, to, key in form.chosen()
    }
    left = _pieces(request, whose, office, at=at)
    done = [
        Line(piece, WORDS[Reassignment.Work(piece.work)], None, None, said)
        for piece in pieces
        for said, failed in [results.get(piece.code, ("", True))]
        if not failed
    ]
    failures = {code: said for code, (said, failed) in results.items() if failed}
    status = 409 if failures else 200
    fresh = HandOverForm(pieces=left, initial={"reason": form.cleaned_data["reason"]})
    return _page(request, whose, left, fresh, done=done, failures=failures, status=status)


def _whose(request: HttpRequest, user_id: int) -> tuple[Office, User]:
    """Give the office and the person, to themselves, to who is set over them, to the secretary."""
    frame, reader = frame_of(request), person(request)
    office_ids = frame.standings.reader.office_ids
    terms = list(
        Appointment.objects.filter(user=user_id, post__office__in=office_ids)
        .select_related("user", "post__department", "post__office")
        .order_by("-begins_on", "-pk")
    )
    if not terms:
        raise NotFound(_("Nobody of this office is meant."))
    own = acting.staffing(office_ids, at=frame.now).of(reader.pk)
    over = any(acting.stands_over(above, one) for above in own for one in terms)
    asks = Capability.OPEN_ROUND in frame.standings.capabilities
    if reader.pk != user_id and not over and not asks:
        raise NotPermitted(
            _("The open work of %(name)s is handed over by themselves or by the superior in post.")
            % {"name": terms[0].user.display_name}
        )
    return terms[0].post.office, terms[0].user


def _pieces(request: HttpRequest, whose: User, office: Office, *, at: datetime) -> list[Piece]:
    """Give the pieces on papers that the reader may follow; nobody learns of others here."""
    found = [
        *handing_over.opinions(whose, office, at=at),
        *handing_over.reworking(whose, office, _waiting, at=at),
        *handing_over.drafts(whose, office, at=at),
    ]
    followed = papers.followed(
        person(request), at=at, reader=frame_of(request).standings.reader
    ).filter(pk__in=[piece.document.pk for piece in found])
    open_to = set(followed.values_list("pk", flat=True)) if found else set()
    return [piece for piece in found if piece.document.pk in open_to]


def _waiting(case_ids: list[int]) -> dict[int, int]:
    tasks = engine.open_tasks(case_ids)
    return {task.process_id: task.pk for task in tasks if task.flow_task.name == "rework"}


def _barred(request: HttpRequest, piece: Piece) -> Refusal | None:
    user, at = person(request), frame_of(request).now
    if piece.case is None:
        keeper = handing_over.keeper_of(piece.document)
        return policies.refusal(policies.check_can_hand_over, user, piece.document, keeper, at=at)
    asked = piece.work == Reassignment.Work.OPINION
    check = policies.check_can_open_round if asked else policies.check_can_receive_return
    return policies.refusal(check, user, piece.case, at=at)


def _carry(request: HttpRequest, piece: Piece, to: str, key: UUID, reason: str) -> tuple[str, bool]:
    """Hand one piece over; give what came of it, and whether it failed."""
    given: dict[str, Any] = {"reason": reason, "by": person(request), "at": frame_of(request).now}
    taker = None if to == EXCUSED else User.objects.get(pk=int(to))
    try:
        if piece.case is None and taker is not None:
            reassigning.hand_over_draft(document=piece.document, to=taker, key=key, **given)
        elif piece.case is not None:
            ticket = Ticket(piece.task_id, piece.case.revision.content_digest, key)
            _on_its_way(piece, piece.case.pk, ticket, taker, given)
    except Refusal as refused:
        return f"{refused.sentence} {refused.advice}".strip(), True
    return f"Đã giao {taker.display_name}" if taker else "Thôi lấy ý kiến", False


def _on_its_way(
    piece: Piece, case_id: int, ticket: Ticket, taker: User | None, given: dict[str, Any]
) -> None:
    if taker is None:
        reassigning.excuse_reviewer(case_id=case_id, ticket=ticket, **given)
    elif piece.work == Reassignment.Work.OPINION:
        reassigning.reassign_opinion(case_id=case_id, ticket=ticket, to=taker, **given)
    else:
        reassigning.reassign_rework(case_id=case_id, ticket=ticket, to=taker, **given)


def _page(
    request: HttpRequest,
    whose: User,
    pieces: list[Piece],
    form: HandOverForm,
    *,
    done: list[Line] | None = None,
    failures: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    said = failures or {}
    lines = [
        Line(
            piece,
            WORDS[Reassignment.Work(piece.work)],
            form.of(piece),
            _barred(request, piece),
            said.get(piece.code, ""),
            piece.code in said,
        )
        for piece in pieces
    ]
    context = {
        "whose": whose,
        "lines": lines,
        "done": done or [],
        "form": form,
        "may_any": any(line.barred is None for line in lines),
        "place": "absences",
    }
    return render(request, "absence/hand_over.html", context, status=status)
