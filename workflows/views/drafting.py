"""Drafting: write a paper with the sheet and the findings beside it, save, submit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST

from documents import papers, policies, rules
from documents.content.facts import IssuanceFacts
from documents.exceptions import BadInput, Conflict, Refusal
from documents.lifecycle import Stage
from documents.models import Attachment, Document, Revision
from documents.numbering import series_of
from documents.rendering.html import sheets
from documents.selectors.papers import one
from documents.services import drafting, keeping, revisions
from documents.services import particulars as correcting
from documents.signing import signature_block
from documents.writing.pieces import text_of
from offices import bodies
from offices.authority import Mode
from offices.dates import local_day, vn_moment
from workflows.forms.drafting import (
    FileForm,
    SubmitForm,
    TextForm,
)
from workflows.forms.particulars import ParticularsForm
from workflows.forms.writing import BaseForm, posted
from workflows.models import Case
from workflows.selectors import feasibility
from workflows.services import submitting
from workflows.views.findings import Said, findings_of
from workflows.views.frame import frame_of
from workflows.views.paper import person, readable

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from documents.importing.text import Reading
    from documents.querysets import DocumentQuerySet

MOST_FORMERS = 50


@dataclass(frozen=True, slots=True)
class Shown:
    """What a text reads as: its sheets, and every finding with its line."""

    sheets: str
    findings: list[Said]
    refused: Refusal | None = None
    reading: Reading | None = None
    draft: rules.Draft | None = None


def show(document: Document, text: str, *, readable: DocumentQuerySet, at: datetime) -> Shown:
    """Read a text into its sheet and findings; what cannot be read yet says why.

    Findings name no paper outside `readable`.
    """
    latest = document.revisions.newest_first().first()
    try:
        reading = papers.read(text, kind=document.kind, previous=latest, drafting=True)
    except BadInput as refused:
        return Shown("", [], refused)
    facts = IssuanceFacts(
        symbol=series_of(document.kind, document.authority_kind).symbol,
        place=document.office.place,
        signature_lines=signature_block(document.authority_kind, Mode.DEPUTY),
    )
    draft = rules.Draft(document, reading.content, local_day(at), reading.printed, readable)
    return Shown(
        sheets(reading.content, facts), findings_of(draft, reading), reading=reading, draft=draft
    )


def editable(request: HttpRequest, reference: str) -> Document:
    """Give a draft that the signed-in person may change; refuses as the policies say."""
    frame = frame_of(request)
    document = one(readable(request), reference)
    policies.check_can_edit(person(request), document, at=frame.now)
    return document


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def draft(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a draft; a POST keeps, checks or saves what was typed, and never loses it."""
    frame = frame_of(request)
    document = editable(request, reference)
    if request.method != "POST":
        return _page(request, document)
    form = TextForm(request.POST)
    if not form.is_valid():
        raise BadInput(_("The hidden part of this form is damaged; open the page again."))
    text = form.plain("text")
    try:
        if request.POST.get("act") != "check":
            keeping.keep_text(
                document=document,
                text=text,
                base=form.began_from,
                aside_id=form.cleaned_data["aside"],
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
    context = frame_context(request, document, typed=typed, particulars=particulars)
    text = context["text"]
    context |= {
        "refused": refused,
        "shown": show(document, text, readable=readable(request), at=frame_of(request).now),
    }
    status = refused.status if refused else (422 if particulars else 200)
    return render(request, "drafting/draft.html", context, status=status)


def frame_context(
    request: HttpRequest,
    document: Document,
    *,
    typed: str | None = None,
    particulars: ParticularsForm | None = None,
) -> dict[str, Any]:
    """Give what every page of a draft shows around its words; `text` is what was typed or kept."""
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
    under_way = next((one for one in saved if one.amendment and _is_alive(one)), None)
    case = Case.objects.filter(document=document, ended_at__isnull=True).first()
    return {
        "document": document,
        "copy": copy,
        "text": text,
        # After a refusal the next try is still joined from where the typing began.
        "base": request.POST.get("base", copy.text) if typed is not None else copy.text,
        "aside_id": request.POST.get("aside", "") if typed is not None else "",
        "asides": keeping.waiting_for(document, by=person(request)),
        "revisions": saved,
        "latest": saved[0] if saved else None,
        "under_way": under_way,
        "case": case,
        "attachments": document.attachments.filter(removed_at__isnull=True).order_by("pk"),
        "file_form": FileForm(),
        "particulars": particulars or ParticularsForm(document=document),
        "not_ready": _not_ready(saved, changed=text != latest_text),
        "obstacles": []
        if under_way
        else feasibility.why_not(document, at=frame.now, by_id=person(request).pk),
        "submit_form": SubmitForm(
            initial={"digest": saved[0].content_digest if saved else "", "key": uuid4()}
        ),
        "due_at": bodies.calendar(document.office).deadline(frame.now, 2).at,
    }


def _is_alive(revision: Revision) -> bool:
    return revision.ended_at is None and revision.at_stage is not Stage.WITHDRAWN


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
    document = editable(request, reference)
    shown = show(
        document, typed_text(request), readable=readable(request), at=frame_of(request).now
    )
    return render(request, "drafting/preview.html", {"shown": shown, "document": document})


@require_POST
def keep_text(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep the text while it is being typed; answers with the new version of the copy.

    The page goes on from what it sent (`typed`, where it sent pieces); `joined_with` says whose
    words were newly joined to it, `is_more` that the page does not show all of them.
    """
    frame = frame_of(request)
    document = editable(request, reference)
    form = BaseForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"sentence": _("The text could not be kept.")}, status=400)
    try:
        kept = keeping.keep_text(
            document=document,
            text=typed_text(request),
            base=form.began_from,
            aside_id=form.cleaned_data["aside"],
            lock_version=form.cleaned_data["lock_version"],
            by=person(request),
            at=frame.now,
        )
    except (BadInput, Conflict) as refused:
        aside = refused.facts.get("aside")
        told: dict[str, object] = {"sentence": refused.sentence, "advice": refused.advice}
        if aside is not None:
            told |= {"aside": aside, "join": reverse("join_text", args=[reference, aside])}
        return JsonResponse(told, status=refused.status)
    told = {
        "lock_version": kept.copy.lock_version,
        "kept_at": vn_moment(kept.copy.updated_at)[-5:],
        "is_more": kept.is_more,
    }
    if "shape" in request.POST:
        told |= {"typed": typed_text(request)}
    if kept.joined_with:
        told |= {"joined_with": kept.joined_with}
    return JsonResponse(told)


def typed_text(request: HttpRequest) -> str:
    """Give the text of a draft as posted: whole, or in its pieces."""
    if "shape" in request.POST:
        return text_of([one for one in posted(request.POST) if one.text.strip()])
    return request.POST.get("text", "").replace("\r\n", "\n")


@require_POST
def attach(request: HttpRequest, reference: str) -> HttpResponse:
    """Attach one file; a refused file is named with the reason, the draft stays as typed."""
    frame = frame_of(request)
    document = editable(request, reference)
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
    document = editable(request, reference)
    attachment = get_object_or_404(Attachment, pk=attachment_id, document=document)
    drafting.detach(attachment=attachment, by=person(request), at=frame.now)
    return redirect("draft", reference=reference)


@require_POST
def correct_particulars(request: HttpRequest, reference: str) -> HttpResponse:
    """Correct what is decided of a draft besides its words; a refused form comes back as chosen."""
    document = editable(request, reference)
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
    document = editable(request, reference)
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
