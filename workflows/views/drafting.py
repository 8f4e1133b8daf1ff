"""Drafting: begin a paper, write it with the sheet and the findings beside it, save, submit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from documents import blanks, drafts, papers, policies, rules
from documents.content.facts import IssuanceFacts
from documents.exceptions import BadInput, Conflict, NotPermitted, Refusal
from documents.models import Attachment, Document, Kind, Revision
from documents.numbering import series_of
from documents.rendering.html import sheets
from documents.selectors.papers import one
from documents.services import drafting, revisions
from documents.services import particulars as correcting
from documents.signing import signature_block
from offices import bodies
from offices.dates import local_day, vn_moment
from offices.models import Department
from offices.roles import Capability, Role
from workflows.forms.drafting import (
    BLANK,
    FORMER,
    TEXT,
    FileForm,
    NewDraftForm,
    SubmitForm,
    TextForm,
)
from workflows.forms.particulars import ParticularsForm
from workflows.models import Case
from workflows.services import submitting
from workflows.views.frame import frame_of
from workflows.views.paper import person

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from documents.importing.text import Reading
    from offices.models import User

MOST_FORMERS = 50


def new_draft(request: HttpRequest) -> HttpResponse:
    """Begin a paper in one of three ways; a refused text stays in the form."""
    frame = frame_of(request)
    departments = _departments(request)
    if not departments:
        raise NotPermitted(
            _("Only specialists of a department draft papers."),
            advice=_("The head of the department asks one of its specialists."),
        )
    form = NewDraftForm(
        request.POST or None,
        request.FILES or None,
        departments=[(one.pk, one.name) for one in departments],
        formers=_formers(person(request), at=frame.now),
        initial={
            "way": BLANK,
            "department": departments[0].pk,
            "year": local_day(frame.now).year,
        },
    )
    refused: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            document = _start(form, departments, by=person(request), at=frame.now)
        except BadInput as error:
            refused = error
        else:
            return redirect("draft", reference=document.reference)
    status = 400 if refused else (422 if form.errors else 200)
    return render(request, "drafting/new.html", {"form": form, "refused": refused}, status=status)


def _departments(request: HttpRequest) -> list[Department]:
    keys = frame_of(request).standings.object_ids(Capability.DRAFT)
    return list(Department.objects.filter(pk__in=keys).select_related("office").order_by("pk"))


def _formers(by: User, *, at: datetime) -> list[tuple[str, str]]:
    known = policies.readable(by, at=at).filter(kind=Kind.DECISION, issued_at__isnull=False)
    return [
        (former.reference, f"{former.cited_as}: {former.subject}")
        for former in known.order_by("-dated_on", "-pk")[:MOST_FORMERS]
    ]


def _start(
    form: NewDraftForm, departments: list[Department], *, by: User, at: datetime
) -> Document:
    data = form.cleaned_data
    department = next(one for one in departments if one.pk == data["department"])
    upload = data.get("file") if data["way"] == TEXT else None
    source = drafting.SourceFile(upload.name, upload.read()) if upload is not None else None
    return drafting.start_draft(
        department=department,
        plan=form.plan(),
        text=papers.plain(source.data, filename=source.name).text
        if source is not None
        else _text(form, department, by=by, at=at),
        by=by,
        at=at,
        source=source,
    )


def _text(form: NewDraftForm, department: Department, *, by: User, at: datetime) -> str:
    data = form.cleaned_data
    if data["way"] == BLANK:
        return blanks.text_of(
            blanks.BY_CODE[data["blank"]],
            department=department,
            authority_kind=data["authority_kind"],
            proposer=f"Trưởng {department.name[:1].lower()}{department.name[1:]}",
            year=data["year"] or local_day(at).year,
        )
    if data["way"] == FORMER:
        former = one(policies.readable(by, at=at), data["former"])
        return drafts.from_former(former, former.revisions.get(stage="issued"))
    return str(data["pasted"])


@dataclass(frozen=True, slots=True)
class Shown:
    """What a text reads as: its sheets, and every finding with its line."""

    sheets: str
    findings: list[dict[str, object]]
    refused: Refusal | None = None


def show(document: Document, text: str, *, at: datetime) -> Shown:
    """Read a text into its sheet and findings; what cannot be read yet says why."""
    latest = document.revisions.newest_first().first()
    try:
        reading = papers.read(text, kind=document.kind, previous=latest, drafting=True)
    except BadInput as refused:
        return Shown("", [], refused)
    facts = IssuanceFacts(
        symbol=series_of(document.kind, document.authority_kind).symbol,
        place=document.office.place,
        signature_lines=signature_block(document.authority_kind, Role.VICE_CHAIRMAN),
    )
    return Shown(sheets(reading.content, facts), findings_of(document, reading, at=at))


def findings_of(document: Document, reading: Reading, *, at: datetime) -> list[dict[str, object]]:
    """Give the reader's findings and the rules' concerns in one list, the gravest first."""
    lines = dict(reading.lines)
    found: list[dict[str, object]] = [
        {"severity": one.severity, "line": one.line, "sentence": papers.sentence(one)}
        for one in reading.findings
    ]
    found += [
        {
            "severity": one.severity,
            "line": lines.get(one.clause_id),
            "sentence": one.sentence,
            "source": one.source,
        }
        for one in rules.concerns(document, reading.content, on=local_day(at))
    ]
    grave = {"stop": 0, "warn": 1, "note": 2}
    return sorted(found, key=lambda one: (grave[str(one["severity"])], one["line"] or 0))


def _document(request: HttpRequest, reference: str) -> Document:
    frame = frame_of(request)
    document = one(policies.readable(person(request), at=frame.now), reference)
    policies.check_can_edit(person(request), document, at=frame.now)
    return document


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a draft; a POST keeps, checks or saves what was typed, and never loses it."""
    frame = frame_of(request)
    document = _document(request, reference)
    if request.method != "POST":
        return _page(request, document)
    form = TextForm(request.POST)
    if not form.is_valid():
        raise BadInput(_("The hidden part of this form is damaged; open the page again."))
    text = form.cleaned_data["text"].replace("\r\n", "\n")
    try:
        if request.POST.get("act") != "check":
            drafting.keep_text(
                document=document,
                text=text,
                lock_version=form.cleaned_data["lock_version"],
                by=person(request),
                at=frame.now,
            )
        if request.POST.get("act") == "save":
            revisions.save_version(document=document, by=person(request), at=frame.now)
    except (BadInput, Conflict) as refused:
        return _page(request, document, typed=text, refused=refused)
    if request.POST.get("act") == "check":
        return _page(request, document, typed=text)
    return redirect("draft", reference=reference)


def _page(
    request: HttpRequest,
    document: Document,
    *,
    typed: str | None = None,
    refused: Refusal | None = None,
    particulars: ParticularsForm | None = None,
) -> HttpResponse:
    frame = frame_of(request)
    copy = document.working_copy
    copy.refresh_from_db()
    text = copy.text if typed is None else typed
    saved = list(document.revisions.newest_first().without_bytes().select_related("saved_by"))
    latest_text = (
        Revision.objects.filter(pk=saved[0].pk).values_list("text", flat=True).get()
        if saved
        else None
    )
    under_way = next((one for one in saved if one.amendment and not one.ended_at), None)
    case = Case.objects.filter(document=document, ended_at__isnull=True).first()
    context = {
        "document": document,
        "copy": copy,
        "text": text,
        "shown": show(document, text, at=frame.now),
        "refused": refused,
        "revisions": saved,
        "latest": saved[0] if saved else None,
        "under_way": under_way,
        "case": case,
        "attachments": document.attachments.filter(removed_at__isnull=True).order_by("pk"),
        "file_form": FileForm(),
        "particulars": particulars or ParticularsForm(document=document),
        "not_ready": _not_ready(saved, changed=text != latest_text),
        "submit_form": SubmitForm(
            initial={"digest": saved[0].content_digest if saved else "", "key": uuid4()}
        ),
        "due_at": bodies.calendar(document.office).deadline(frame.now, 2).at,
    }
    status = refused.status if refused else (422 if particulars else 200)
    return render(request, "drafting/draft.html", context, status=status)


def _not_ready(saved: list[Revision], *, changed: bool) -> str:
    if not saved:
        return _("Save a first version, then submit it.")
    if changed:
        return _("The text has changed since the last version; save a version first.")
    if saved[0].amendment is not None:
        return _("The last version has been submitted already; change the text and save a version.")
    return ""


@require_POST
def preview(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a text as typed: sheet and findings; stores nothing."""
    document = _document(request, reference)
    text = request.POST.get("text", "").replace("\r\n", "\n")
    shown = show(document, text, at=frame_of(request).now)
    return render(request, "drafting/preview.html", {"shown": shown, "document": document})


@require_POST
def keep_text(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep the text while it is being typed; answers with the new version of the copy."""
    frame = frame_of(request)
    document = _document(request, reference)
    form = TextForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"sentence": _("The text could not be kept.")}, status=400)
    try:
        copy = drafting.keep_text(
            document=document,
            text=form.cleaned_data["text"].replace("\r\n", "\n"),
            lock_version=form.cleaned_data["lock_version"],
            by=person(request),
            at=frame.now,
        )
    except (BadInput, Conflict) as refused:
        return JsonResponse(
            {"sentence": refused.sentence, "advice": refused.advice}, status=refused.status
        )
    return JsonResponse(
        {"lock_version": copy.lock_version, "kept_at": vn_moment(copy.updated_at)[-5:]}
    )


@require_POST
def attach(request: HttpRequest, reference: str) -> HttpResponse:
    """Attach one file; a refused file is named with the reason, the draft stays as typed."""
    frame = frame_of(request)
    document = _document(request, reference)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, document, refused=BadInput(_("Choose a file to attach.")))
    upload = form.cleaned_data["file"]
    try:
        if upload.size > drafting.ATTACHMENT_LIMIT:
            drafting.refuse_size(upload.name)
        drafting.attach(
            document=document,
            name=upload.name,
            data=upload.read(),
            by=person(request),
            at=frame.now,
        )
    except (BadInput, Conflict) as refused:
        return _page(request, document, refused=refused)
    return redirect("draft", reference=reference)


@require_POST
def detach(request: HttpRequest, reference: str, attachment_id: int) -> HttpResponse:
    """Take a file off the draft; saved versions keep it."""
    frame = frame_of(request)
    document = _document(request, reference)
    attachment = get_object_or_404(Attachment, pk=attachment_id, document=document)
    drafting.detach(attachment=attachment, by=person(request), at=frame.now)
    return redirect("draft", reference=reference)


@require_POST
def correct_particulars(request: HttpRequest, reference: str) -> HttpResponse:
    """Correct what is decided of a draft besides its words; a refused form comes back as chosen."""
    document = _document(request, reference)
    form = ParticularsForm(request.POST, document=document)
    if not form.is_valid():
        return _page(request, document, particulars=form)
    try:
        correcting.correct_particulars(
            document=document,
            particulars=form.particulars(),
            by=person(request),
            at=frame_of(request).now,
        )
    except (BadInput, Conflict) as refused:
        return _page(request, document, refused=refused, particulars=form)
    return redirect("draft", reference=reference)


@require_POST
def submit_draft(request: HttpRequest, reference: str) -> HttpResponse:
    """Submit the newest version to the head of the department."""
    frame = frame_of(request)
    document = _document(request, reference)
    form = SubmitForm(request.POST)
    if not form.is_valid():
        raise BadInput(_("The hidden part of this form is damaged; open the page again."))
    submitting.submit(
        document=document,
        digest=form.cleaned_data["digest"],
        key=form.cleaned_data["key"],
        by=person(request),
        at=frame.now,
    )
    return redirect("document", reference=reference)
