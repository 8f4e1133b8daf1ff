"""The pages on which a specialist begins a letter of correction or a notice of recall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents.models import Kind
from documents.policies import check_can_draft
from documents.selectors import papers as found
from documents.services import letters
from workflows.exceptions import BadInput, Conflict, NotPermitted, Refusal
from workflows.forms.answering import CorrectionForm, RecallNoticeForm
from workflows.views.frame import frame_of
from workflows.views.paper import person, readable

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
def correct_paper(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin an official letter that corrects a slip of form in an issued paper."""
    return _page(request, reference, CorrectionForm, Kind.OFFICIAL_LETTER, "papers/correct.html")


@require_http_methods(["GET", "HEAD", "POST"])
def recall_paper(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin a notice that recalls an issued paper."""
    return _page(request, reference, RecallNoticeForm, Kind.NOTICE, "papers/recall.html")


def _page(
    request: HttpRequest,
    reference: str,
    form_class: type[CorrectionForm | RecallNoticeForm],
    kind: Kind,
    template: str,
) -> HttpResponse:
    frame, by = frame_of(request), person(request)
    paper = found.one(readable(request), reference)
    if paper.drafting_department is None:
        raise NotPermitted(_("Only a paper that the office has issued is corrected or recalled."))
    check_can_draft(by, paper.drafting_department, at=frame.now)
    form = form_class(request.POST or None)
    refused: Refusal | None = None
    try:
        letters.refuse_unfit(paper, kind, at=frame.now)
        if request.method == "POST" and form.is_valid():
            draft = letters.begin_letter(about=paper, wish=form.wish(), by=by, at=frame.now)
            return redirect("draft", reference=draft.reference)
    except (BadInput, Conflict) as error:
        refused = error
    status = refused.status if refused and request.method == "POST" else 200
    if form.is_bound and form.errors:
        status = 422
    context = {"paper": paper, "form": form, "refused": refused, "place": "documents"}
    return render(request, template, context, status=status)
