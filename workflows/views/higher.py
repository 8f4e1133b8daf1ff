"""The objectives of the offices above: their decisions read, confirmed and listed."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import uuid4

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents import papers
from documents.exceptions import NotFound
from documents.papers import SourceFile
from documents.selectors import objectives as selectors
from offices.dates import local_day
from offices.models import Office
from offices.roles import Capability
from workflows import policies
from workflows.exceptions import BadInput, Conflict
from workflows.forms.higher import GivenTextForm, HigherForm, printed_in
from workflows.services import higher
from workflows.views.frame import frame_of
from workflows.views.paper import person

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from documents.importing.text import Reading
    from documents.selectors.objectives import ReadingStated
    from offices.exceptions import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
def higher_objectives(request: HttpRequest) -> HttpResponse:
    """List what is recorded; a POST reads a decision's text, or records what a person settled."""
    office = _office(request)
    if request.method != "POST":
        return _page(request, office, GivenTextForm())
    policies.check_can_record_higher(person(request), office, at=frame_of(request).now)
    if request.POST.get("act") == "record":
        return _record(request, office)
    given = GivenTextForm(request.POST, request.FILES)
    if not given.is_valid():
        return _page(request, office, given, status=422)
    upload = given.cleaned_data["file"]
    brought = SourceFile(upload.name, upload.read()) if upload else given.cleaned_data["pasted"]
    try:
        text = papers.plain_of(brought).text
        read, stated = _read(text)
    except BadInput as refused:
        return _page(request, office, given, refused=refused, status=refused.status)
    known = {"text": text, "digest": _digest(text), "key": uuid4()}
    form = HigherForm(
        stated=stated,
        on=_today(request),
        initial={**known, **printed_in(read.content, read.printed)},
    )
    return _page(request, office, given, form)


def _record(request: HttpRequest, office: Office) -> HttpResponse:
    text = request.POST.get("text", "").replace("\r\n", "\n")
    try:
        _reading, stated = _read(text)
    except BadInput as refused:
        return _page(request, office, GivenTextForm(), refused=refused, status=refused.status)
    form = HigherForm(request.POST, stated=stated, on=_today(request))
    if not form.is_valid():
        return _page(request, office, GivenTextForm(), form, status=422)
    try:
        reading = higher.record_higher_objectives(
            office=office,
            instrument=form.instrument,
            text=text,
            stated=form.stated,
            corrected=form.corrected,
            key=form.sent_as,
            by=person(request),
            at=frame_of(request).now,
        )
    except (Conflict, BadInput) as refused:
        return _page(request, office, GivenTextForm(), form, refused=refused, status=refused.status)
    messages.success(request, f"Đã ghi mục tiêu của {reading.paper.title}.")
    return redirect("higher_objectives")


def _read(text: str) -> tuple[Reading, ReadingStated]:
    """Read a decision's objectives; its measures are its own affair and are left out."""
    papers.check_keepable(text)
    read = papers.read(text, kind=None, drafting=True)
    stated = selectors.as_read(read.content, ())
    if not any(one.targets for one in stated.objectives):
        raise BadInput(
            _("No objectives were found in this text."),
            advice=_("Bring the decision with its table or list of objectives."),
        )
    asked = replace(
        stated, objectives=tuple(replace(one, measures=()) for one in stated.objectives)
    )
    if asked.rows > selectors.MOST_ROWS:
        raise BadInput(
            _("A paper with more than %(most)s targets is not recorded at once.")
            % {"most": selectors.MOST_ROWS},
            advice=_("Bring the part that holds the objectives meant for the offices below."),
        )
    return read, asked


def _today(request: HttpRequest) -> date:
    return local_day(frame_of(request).now)


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _office(request: HttpRequest) -> Office:
    """The office whose secretary is asking, else one the reader belongs to."""
    frame = frame_of(request)
    committees = frame.standings.object_ids(Capability.OPEN_ROUND)
    mine = Office.objects.filter(departments__in=committees).order_by("pk").first()
    belonging = Office.objects.filter(pk__in=frame.standings.reader.office_ids).order_by("pk")
    found = mine or belonging.first()
    if found is None:
        raise NotFound(_("There are no such objectives, or they are not open to this account."))
    return found


def _page(
    request: HttpRequest,
    office: Office,
    given: GivenTextForm,
    form: HigherForm | None = None,
    *,
    refused: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    frame, user = frame_of(request), person(request)
    context = {
        "office": office,
        "given": given,
        "form": form,
        "recorded": selectors.recorded_above(office),
        "barred": policies.refusal(policies.check_can_record_higher, user, office, at=frame.now),
        "refused": refused,
    }
    return render(request, "objectives/higher.html", context, status=status)
