"""The archivist puts right what was completed wrongly of a paper made elsewhere or long ago."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents.exceptions import BadInput, Conflict, Refusal
from documents.models import Document, KnownBy, Origin
from documents.policies import check_can_keep_archive
from documents.selectors import papers
from documents.services import externals
from workflows.forms.duties import CorrectionForm
from workflows.views.frame import frame_of
from workflows.views.paper import person, readable

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
def correct_completion(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what was completed of a paper; a POST writes what it should have been, with the reason."""
    paper = papers.one(readable(request), reference)
    user, at = person(request), frame_of(request).now
    check_can_keep_archive(user, paper.office, at=at)
    if not is_completed(paper):
        raise Conflict(_("Only a paper that was completed from its citation is put right here."))
    if request.method != "POST":
        return _page(request, paper, CorrectionForm(initial=_recorded(paper)))
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        return _page(request, paper, form, status=422)
    try:
        externals.correct_completion(
            document=paper, found=form.found, because=form.cleaned_data["because"], by=user, at=at
        )
    except (BadInput, Conflict) as refused:
        return _page(request, paper, form, refused=refused, status=refused.status)
    messages.success(request, _("The facts of %(paper)s are put right.") % {"paper": paper.title})
    return redirect("document", reference=reference)


def is_completed(paper: Document) -> bool:
    """Whether the archivist completed the paper from its citation."""
    return paper.origin == Origin.EXTERNAL and paper.known_by == KnownBy.TEXT


def _recorded(paper: Document) -> dict[str, object]:
    return {
        "subject": paper.subject,
        "issuer_name": paper.issuer_name,
        "dated_on": paper.dated_on,
        "effective_from": externals.effective_since(paper),
    }


def _page(
    request: HttpRequest,
    paper: Document,
    form: CorrectionForm,
    *,
    refused: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"paper": paper, "form": form, "refused": refused, "place": "documents"}
    return render(request, "papers/completion.html", context, status=status)
