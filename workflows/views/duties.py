"""Work without a flow: the page of one duty, and how it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from documents.models import Relation
from documents.policies import check_can_read, readable
from workflows import policies
from workflows.exceptions import BadInput, Conflict
from workflows.forms.duties import CompleteStubForm, DutyForm, PortalForm
from workflows.models import Duty
from workflows.services import duties
from workflows.views import results
from workflows.views.frame import frame_of
from workflows.views.paper import person

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from offices.exceptions import Refusal
    from offices.models import User


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of duty as a page: its words, its form, the use case it calls."""

    title: str
    verb: str
    consequence: str
    done: str
    form: type[DutyForm]
    initial: Callable[[Duty], dict[str, Any]]
    carry_out: Callable[..., Duty]


def _known(duty: Duty) -> dict[str, Any]:
    paper = duty.document
    return {
        "subject": paper.subject,
        "issuer_name": paper.issuer_name or paper.office.authority_name,
        "dated_on": paper.dated_on,
    }


def _complete(duty: Duty, form: CompleteStubForm, *, by: User, at: datetime) -> Duty:
    return duties.complete_stub(duty=duty, found=form.found, key=form.sent_as, by=by, at=at)


def _put_on_portal(duty: Duty, form: PortalForm, *, by: User, at: datetime) -> Duty:
    address = form.cleaned_data["address"]
    return duties.put_on_portal(duty=duty, address=address, key=form.sent_as, by=by, at=at)


SORTS = {
    Duty.Sort.COMPLETE_STUB: Sort(
        title="Bổ sung văn bản mới biết qua trích dẫn",
        verb="Bổ sung",
        consequence="Chuỗi thay thế có điểm đầu; hiệu lực của văn bản này tính được từ nay.",
        done="Đã bổ sung văn bản",
        form=CompleteStubForm,
        initial=_known,
        carry_out=_complete,
    ),
    Duty.Sort.PUT_ON_PORTAL: Sort(
        title="Đăng tải lên Cổng thông tin điện tử",
        verb="Đã đăng tải",
        consequence="Địa chỉ và thời điểm đăng tải được ghi vào nhật ký của văn bản.",
        done="Đã ghi việc đăng tải",
        form=PortalForm,
        initial=lambda duty: {},
        carry_out=_put_on_portal,
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def duty(request: HttpRequest, duty_id: int) -> HttpResponse:
    """Show a duty, barred for whom it does not belong to; a POST does it."""
    frame, user = frame_of(request), person(request)
    found = _find(duty_id)
    check_can_read(user, found.document, at=frame.now)
    if found.result is not None:
        return results.report(request, found)
    sort = SORTS[Duty.Sort(found.sort)]
    if request.method != "POST":
        return _page(request, found, sort, _fresh(found, sort))
    policies.check_can_do_duty(user, found, at=frame.now)
    form = sort.form(request.POST)
    if not form.is_valid():
        return _page(request, found, sort, form, status=422)
    try:
        sort.carry_out(found, form, by=user, at=frame.now)
    except (Conflict, BadInput) as refused:
        return _page(request, _find(duty_id), sort, form, refused=refused, status=refused.status)
    messages.success(request, f"{sort.done}: {found.document.title}.")
    return redirect("desk")


def _find(duty_id: int) -> Duty:
    found = (
        Duty.objects.filter(pk=duty_id)
        .select_related(
            "office",
            "department",
            "document__office",
            "document__drafting_department",
            "result__measure__objective",
            "result__department",
            "result__reported_by",
            "done_by",
        )
        .first()
    )
    if found is None:
        raise Http404
    return found


def _fresh(duty: Duty, sort: Sort) -> DutyForm:
    return sort.form(initial={"key": uuid4(), **sort.initial(duty)})


def _page(
    request: HttpRequest,
    found: Duty,
    sort: Sort,
    form: DutyForm,
    *,
    refused: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    frame, user = frame_of(request), person(request)
    context = {
        "duty": found,
        "sort": sort,
        "form": form,
        "refused": refused,
        "barred": policies.refusal(policies.check_can_do_duty, user, found, at=frame.now),
        "cited_by": _cited_by(found, user, at=frame.now),
    }
    return render(request, "duties/duty.html", context, status=status)


def _cited_by(duty: Duty, user: User, *, at: datetime) -> list[Relation]:
    """Give where the paper is named, with the words; of papers the person may read."""
    rows = Relation.objects.filter(target=duty.document, source__in=readable(user, at=at))
    return list(rows.select_related("source").order_by("-revision__saved_at", "ordinal")[:5])
