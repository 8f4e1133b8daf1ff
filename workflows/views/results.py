"""Results of objectives: reported by departments, brought together for the secretary and the review."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from documents import files
from documents.exceptions import NotFound
from documents.models import Evidence, MeasureResult, StatedTarget
from documents.selectors import papers as found
from documents.selectors import results as selectors
from documents.selectors import reviews
from documents.services import objectives as rows
from documents.services.drafting import ATTACHMENT_LIMIT, refuse_size
from offices.dates import local_day
from workflows import policies
from workflows.exceptions import BadInput, Conflict
from workflows.forms.results import AskForm, ReportForm, ReturnForm
from workflows.models import Duty
from workflows.services import objectives
from workflows.views.frame import frame_of
from workflows.views.paper import person, readable
from workflows.views.results_table import as_csv, lines

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.http import HttpRequest

    from documents.models import Document
    from offices.exceptions import Refusal

# What a department may owe under one paper at once.
MOST_FURTHER = 200


def report(request: HttpRequest, duty: Duty) -> HttpResponse:
    """Show the form of a result, barred for other departments; a POST reports it."""
    targets = _targets(duty)
    if request.method != "POST":
        return _form(request, duty, ReportForm(targets=targets, initial={"key": uuid4()}))
    frame, user = frame_of(request), person(request)
    policies.check_can_do_duty(user, duty, at=frame.now)
    form = ReportForm(request.POST, targets=targets)
    if not form.is_valid():
        return _form(request, duty, form, status=422)
    above = not form.given.beyond_whole and rows.beyond_whole(targets, form.given)
    if above or _is_advised(duty, form, targets):
        return _form(request, duty, form, advised=not above, above=above, status=422)
    try:
        result = objectives.report_result(
            duty=duty,
            given=form.given,
            evidence=_evidence(request),
            key=form.sent_as,
            by=user,
            at=frame.now,
        )
    except (Conflict, BadInput) as refused:
        duty.refresh_from_db()
        return _form(request, duty, form, refused=refused, status=refused.status)
    messages.success(request, f"Đã ghi kết quả: {result.get_outcome_display()}.")
    further = _further(duty, at=frame.now) if "next" in request.POST else []
    if further:
        return redirect("duty", duty_id=further[0])
    return redirect("results", reference=duty.document.reference)


def _further(duty: Duty, *, at: datetime) -> list[int]:
    """The other results a department owes by now under one paper: of one measure first; one query."""
    rows = Duty.objects.filter(
        document=duty.document_id,
        department=duty.department_id,
        sort=Duty.Sort.REPORT_RESULT,
        done_at__isnull=True,
        shown_from__lte=at,
        result__lifted_at__isnull=True,
    ).exclude(pk=duty.pk)
    owed = rows.values_list("pk", "result__measure", "result__until_on")[:MOST_FURTHER]
    mine = duty.result.measure_id if duty.result else None
    return [key for key, _m, _u in sorted(owed, key=lambda row: (row[1] != mine, row[1], row[2]))]


def _targets(duty: Duty) -> Sequence[StatedTarget]:
    if duty.result is None:
        raise _none()
    rows = StatedTarget.objects.filter(objective__measures=duty.result.measure_id)
    return list(rows.order_by("ordinal"))


def _is_advised(duty: Duty, form: ReportForm, targets: Sequence[StatedTarget]) -> bool:
    """Whether the advice for a result met, but not by much, is still to be shown, once."""
    if form.cleaned_data["advised"] or form.cleaned_data["cause"].strip() or duty.result is None:
        return False
    return objectives.is_hardly_met(duty.result, targets, form.given)


def _evidence(request: HttpRequest) -> list[tuple[str, bytes]]:
    given = request.FILES.getlist("evidence")[: objectives.MOST_FILES + 1]
    for file in given:
        if (file.size or 0) > ATTACHMENT_LIMIT:
            refuse_size(file.name or "")
    return [(file.name or "", file.read()) for file in given]


def _form(
    request: HttpRequest,
    duty: Duty,
    form: ReportForm,
    *,
    refused: Refusal | None = None,
    advised: bool = False,
    above: bool = False,
    status: int = 200,
) -> HttpResponse:
    frame, user = frame_of(request), person(request)
    result = duty.result
    before = (
        MeasureResult.objects.filter(
            measure_id=result.measure_id,
            department_id=result.department_id,
            reported_at__isnull=False,
            until_on__lte=result.until_on,
        )
        .prefetch_related("values__target")
        .order_by("-until_on", "-attempt")[:6]
        if result is not None
        else []
    )
    context = {
        "duty": duty,
        "result": result,
        "objective": result.measure.objective if result else None,
        "form": form,
        "before": list(before),
        "refused": refused,
        "advised": advised,
        "above": above or bool(form.data.get("beyond_whole")),
        "files_dropped": status != 200 and bool(request.FILES),
        "most_files": objectives.MOST_FILES,
        "barred": policies.refusal(policies.check_can_do_duty, user, duty, at=frame.now),
        "lifted": result is not None and result.lifted_at is not None,
        "further": len(_further(duty, at=frame.now)) if duty.done_at is None else 0,
    }
    return render(request, "objectives/report.html", context, status=status)


@require_safe
def results(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the consolidated report of a paper: objective by objective, period by period."""
    return _consolidated(request, _open(request, reference), AskForm(initial={"key": uuid4()}))


def _open(request: HttpRequest, reference: str) -> Document:
    paper = found.one(readable(request), reference)
    office_ids = frame_of(request).standings.reader.office_ids
    if not policies.may_see_results(paper, office_ids=office_ids):
        raise _none()
    return paper


def _consolidated(
    request: HttpRequest,
    paper: Document,
    form: AskForm,
    *,
    refused: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    frame, user = frame_of(request), person(request)
    today = local_day(frame.now)
    blocks = selectors.consolidated(paper, on=today)
    lifted, since = selectors.lifted(paper)
    context = {
        "paper": paper,
        "blocks": blocks,
        "today": today,
        "lifted": lifted,
        "lifted_since": since,
        "asked": sum(one.asked for one in blocks),
        "reported": sum(one.reported for one in blocks),
        "late": sum(one.late for one in blocks),
        "unmet": sum(len(one.unmet) for one in blocks),
        "form": form,
        "return_key": uuid4(),
        "barred": policies.refusal(policies.check_can_ask_results, user, paper, at=frame.now),
        "refused": refused,
    }
    return render(request, "objectives/results.html", context, status=status)


@require_safe
def results_csv(request: HttpRequest, reference: str) -> HttpResponse:
    """Give the consolidated report as a table for a spreadsheet, a line for each target and period."""
    paper = _open(request, reference)
    blocks = selectors.consolidated(paper, on=local_day(frame_of(request).now))
    return as_csv(lines(blocks), filename=f"ket-qua-{paper.reference}.csv")


@require_POST
def ask_results(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask every department of a paper for its results up to today."""
    paper = _open(request, reference)
    frame, user = frame_of(request), person(request)
    policies.check_can_ask_results(user, paper, at=frame.now)
    form = AskForm(request.POST)
    if not form.is_valid():
        return _consolidated(request, paper, form, status=422)
    try:
        asked = objectives.ask_for_results(
            document=paper,
            days=form.cleaned_data["days"],
            key=form.cleaned_data["key"],
            by=user,
            at=frame.now,
        )
    except (Conflict, BadInput) as refused:
        return _consolidated(request, paper, form, refused=refused, status=refused.status)
    messages.success(request, f"Đã giao {len(asked)} việc báo cáo đột xuất.")
    return redirect("results", reference=paper.reference)


@require_POST
def return_result(request: HttpRequest, key: int) -> HttpResponse:
    """Send a reported result back to its department with a reason."""
    result = _result(request, key)
    frame, user = frame_of(request), person(request)
    policies.check_can_ask_results(user, result.document, at=frame.now)
    form = ReturnForm(request.POST)
    ask = AskForm(initial={"key": uuid4()})
    if not form.is_valid():
        refused: Refusal = BadInput(_("Say what is to be mended in the result."))
        return _consolidated(request, result.document, ask, refused=refused, status=422)
    try:
        objectives.return_result(
            result=result,
            reason=form.cleaned_data["reason"],
            key=form.cleaned_data["key"],
            by=user,
            at=frame.now,
        )
    except (Conflict, BadInput) as caught:
        return _consolidated(request, result.document, ask, refused=caught, status=caught.status)
    messages.success(request, f"Đã gửi lại {result.department.name} để sửa kết quả.")
    return redirect("results", reference=result.document.reference)


def _result(request: HttpRequest, key: int) -> MeasureResult:
    office_ids = frame_of(request).standings.reader.office_ids
    rows = MeasureResult.objects.filter(
        document__office__in=office_ids, document__in=readable(request).values("pk")
    )
    result = rows.select_related("document__office", "department").filter(pk=key).first()
    if result is None:
        raise _none()
    return result


@require_safe
def evidence(request: HttpRequest, key: int, file: int) -> HttpResponse:
    """Send a file of evidence; its bytes are proved against its hash before they leave."""
    kept = Evidence.objects.filter(result=_result(request, key), pk=file).first()
    if kept is None:
        raise _none()
    try:
        data = files.load(kept.sha256)
    except (FileNotFoundError, ValueError) as damaged:
        raise Conflict(
            _("The file “%(name)s” is not what was attached; it is not handed out.")
            % {"name": kept.name},
            advice=_("Tell the administrator: the store of files must be restored."),
        ) from damaged
    response = HttpResponse(data, content_type=kept.media_type)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=kept.name
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def all_results(request: HttpRequest) -> HttpResponse:
    """List the papers of the reader's offices that owe results, with what is late and unmet."""
    frame = frame_of(request)
    given = request.GET.get("truoc", "")
    before = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None
    papers = selectors.overview(
        frame.standings.reader.office_ids, on=local_day(frame.now), before=before
    )
    more = papers[-1].document.pk if len(papers) == selectors.MOST_PAPERS else None
    context = {
        "papers": papers,
        "more": more,
        "unconfirmed": reviews.unconfirmed(
            frame.standings.reader.office_ids, on=local_day(frame.now)
        )
        if before is None
        else [],
    }
    return render(request, "objectives/overview.html", context)


def _none() -> NotFound:
    """What a stranger to the office is told; results exist for nobody outside it."""
    return NotFound(_("There are no such results, or they are not open to this account."))
