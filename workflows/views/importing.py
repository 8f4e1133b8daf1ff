"""Importing: bring a paper that exists, see what was understood of it, correct it, accept it."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from documents import papers, rules
from documents.content.facts import IssuanceFacts
from documents.exceptions import BadInput, NotFound, Refusal
from documents.importing.findings import Findings
from documents.models import AuthorityKind, Intake
from documents.rendering.html import sheets
from documents.services import intakes
from offices.dates import local_day
from workflows.forms.importing import AcceptForm, BringForm, MarkupForm
from workflows.views.beginning import departments_of
from workflows.views.findings import Said, findings_of, noted
from workflows.views.frame import frame_of
from workflows.views.paper import person, readable

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest

    from documents.importing.text import Reading
    from documents.querysets import DocumentQuerySet


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Bring a file or a pasted text; a refusal says what to do, what was pasted stays."""
    frame = frame_of(request)
    departments = departments_of(request)
    form = BringForm(
        request.POST or None,
        request.FILES or None,
        departments=[(one.pk, one.name) for one in departments],
        initial={"department": departments[0].pk},
    )
    refused: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        upload = data["file"]
        try:
            intake = intakes.bring(
                department=next(one for one in departments if one.pk == data["department"]),
                brought=papers.SourceFile(upload.name, upload.read()) if upload else data["pasted"],
                by=person(request),
                at=frame.now,
            )
        except BadInput as error:
            refused = error
        else:
            return redirect("intake", key=intake.pk)
    waiting = Intake.objects.filter(owner=person(request)).order_by("-brought_at")
    context = {
        "form": form,
        "refused": refused,
        "waiting": waiting.only("pk", "name", "brought_at")[: intakes.MOST],
    }
    status = refused.status if refused else (422 if form.errors else 200)
    return render(request, "importing/bring.html", context, status=status)


@require_POST
def paste(request: HttpRequest) -> HttpResponse:
    """Answer HTML from the clipboard with the plain text to put in its place; store nothing."""
    departments_of(request)  # refuses whoever drafts nothing
    form = MarkupForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"sentence": _("Nothing was pasted.")}, status=400)
    try:
        text = papers.plain_markup(form.cleaned_data["html"])
    except BadInput as refused:
        return JsonResponse({"sentence": refused.sentence, "advice": refused.advice}, status=400)
    return JsonResponse({"text": text})


@require_http_methods(["GET", "HEAD", "POST"])
def intake(request: HttpRequest, key: int) -> HttpResponse:
    """Show what was brought beside what was understood; check, accept or put it aside."""
    at = frame_of(request).now
    by = person(request)
    mine = Intake.objects.select_related("department__office").filter(owner=by, pk=key).first()
    if mine is None:
        raise NotFound(_("There is no such file of yours; it may have been accepted already."))
    if request.method != "POST":
        return _page(request, mine)
    if request.POST.get("act") == "put_aside":
        intakes.put_aside(intake=mine, by=by, at=at)
        return redirect("bring")
    form = AcceptForm(request.POST)
    text = request.POST.get("text", "").replace("\r\n", "\n")
    try:
        intakes.keep_intake(intake=mine, text=text, by=by, at=at)
        mine.text = text
        if request.POST.get("act") != "accept" or not form.is_valid():
            return _page(request, mine, form)
        document = intakes.accept_intake(intake=mine, plan=form.plan(), text=text, by=by, at=at)
    except BadInput as refused:
        return _page(request, mine, form, refused=refused, text=text)
    return redirect("draft", reference=document.reference)


def _page(
    request: HttpRequest,
    mine: Intake,
    form: AcceptForm | None = None,
    *,
    refused: Refusal | None = None,
    text: str | None = None,
) -> HttpResponse:
    text = mine.text if text is None else text
    reading, unread = _read(text)
    if form is None:
        form = AcceptForm(initial=_of_itself(reading) if reading is not None else None)
    context = {
        "intake": mine,
        "form": form,
        "text": text,
        "refused": refused,
        "unread": unread,
        "sheets": _sheets(reading, mine) if reading is not None else "",
        "findings": _findings(
            mine,
            form,
            text,
            reading,
            on=local_day(frame_of(request).now),
            readable=readable(request),
        ),
    }
    status = refused.status if refused else (422 if form.errors else 200)
    return render(request, "importing/intake.html", context, status=status)


def _read(text: str) -> tuple[Reading | None, Refusal | None]:
    """What a text reads as, or why it does not read."""
    try:
        return papers.read(text, kind=None, drafting=True), None
    except BadInput as refused:
        return None, refused


def _of_itself(reading: Reading) -> dict[str, Any]:
    """What the text itself says of the paper: its kind, its authority, its year."""
    preface = reading.content.preface
    said: dict[str, Any] = {"kind": reading.content.kind, "year": preface.period_year}
    if preface.authority_kind in AuthorityKind.values:
        said["authority_kind"] = preface.authority_kind
    return said


def _findings(
    mine: Intake,
    form: AcceptForm,
    text: str,
    reading: Reading | None,
    *,
    on: date,
    readable: DocumentQuerySet,
) -> list[Said]:
    """What the rules and the reader say of the text, then what was left out on the way in."""
    came = Findings()
    for code, values in mine.notes:
        came.add(code, **values)
    left_out = noted(came.found, places={})
    if reading is None:
        return left_out
    paper = intakes.as_draft(intake=mine, plan=form.plan(), content=reading.content)
    draft = rules.Draft(paper, reading.content, on, reading.printed, readable)
    return [*findings_of(draft, reading, places=_places(mine, text)), *left_out]


def _sheets(reading: Reading, mine: Intake) -> str:
    """The paper as it would be printed, its signature as the text has it."""
    printed = reading.printed
    signed = printed.signature
    facts = IssuanceFacts(
        number=printed.number,
        symbol=printed.symbol,
        place=printed.place or mine.department.office.place,
        dated_on=printed.dated_on,
        signature_lines=tuple(line for line in signed.lines if line != signed.name)
        if signed
        else (),
        signatory=signed.name if signed else "",
    )
    return sheets(reading.content, facts)


def _places(mine: Intake, text: str) -> dict[int, str]:
    """Where in the file each line of a text stood; a line that was changed has lost its place."""
    lines = mine.read.split("\n")
    stood: dict[str, deque[str]] = {}
    for line, what, number, inside in mine.places:
        if 0 < line <= len(lines):
            stood.setdefault(lines[line - 1], deque()).append(_words(what, number, inside))
    found: dict[int, str] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if stood.get(line):
            found[number] = stood[line].popleft()
    return found


def _words(what: str, number: int, inside: int) -> str:
    if what == "page":
        return _("page %(number)s") % {"number": number}
    if what == "row":
        return _("table %(table)s, row %(number)s") % {"table": inside, "number": number}
    return _("paragraph %(number)s") % {"number": number}
