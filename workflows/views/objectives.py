"""The page on which a person confirms what a paper's objectives say: raw words beside the reading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents import papers
from documents.exceptions import NotFound
from documents.lifecycle import Stage
from documents.selectors import objectives as selectors
from documents.selectors import papers as found
from workflows import policies
from workflows.exceptions import BadInput, Conflict
from workflows.forms.objectives import ReadingForm, settled_over
from workflows.services import objectives
from workflows.views.frame import frame_of
from workflows.views.paper import person, readable

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from documents.models import ConfirmedReading, Document, Revision
    from documents.selectors.objectives import ReadingStated
    from offices.exceptions import Refusal


@dataclass(frozen=True, slots=True)
class Standing:
    """What a page of objectives stands on: the paper, the version shown, its reading if confirmed."""

    paper: Document
    revision: Revision
    reading: ConfirmedReading | None


@require_http_methods(["GET", "HEAD", "POST"])
def objectives_of(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what the paper's objectives are taken to say; a POST confirms it, corrected or not."""
    paper = found.one(readable(request), reference)
    one = _standing(paper)
    bodies = selectors.departments_of(paper.office)
    read = selectors.as_read(papers.content_of(one.revision), bodies)
    if request.method != "POST":
        confirmed = selectors.as_confirmed(one.reading) if one.reading else None
        stated, further = settled_over(read, confirmed) if confirmed else (read, {})
        form = ReadingForm(
            stated=stated,
            further=further,
            departments=bodies,
            initial={"digest": one.revision.content_digest, "key": uuid4()},
        )
        return _page(request, one, form)
    frame, user = frame_of(request), person(request)
    policies.check_can_confirm_objectives(user, paper, at=frame.now)
    form = ReadingForm(request.POST, stated=read, departments=bodies)
    if not form.is_valid():
        return _page(request, one, form, status=422)
    try:
        objectives.confirm_objectives(
            revision=one.revision,
            digest=form.cleaned_data["digest"],
            stated=form.stated,
            corrected=form.corrected,
            key=form.sent_as,
            by=user,
            at=frame.now,
        )
    except (Conflict, BadInput) as refused:
        return _page(request, one, form, refused=refused, status=refused.status)
    messages.success(request, f"Đã xác nhận mục tiêu của {paper.title}.")
    return redirect("objectives", reference=paper.reference)


def _standing(paper: Document) -> Standing:
    """Find the version that counts: the issued one, else the newest that has not ended."""
    versions = paper.revisions.order_by("-ordinal").defer("text")
    revision = (
        versions.filter(stage=Stage.ISSUED.value).first()
        or versions.filter(ended_at__isnull=True).first()
    )
    if revision is None:
        raise NotFound(_("This paper has no version whose objectives could be read."))
    revision.document = paper
    return Standing(paper, revision, selectors.latest(revision))


def _page(
    request: HttpRequest,
    one: Standing,
    form: ReadingForm,
    *,
    refused: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    frame, user = frame_of(request), person(request)
    barred = policies.refusal(policies.check_can_confirm_objectives, user, one.paper, at=frame.now)
    asked = one.paper.results.exists()
    context = {
        "paper": one.paper,
        "revision": one.revision,
        "reading": one.reading,
        "form": form,
        "empty": not form.read.objectives,
        "asked": asked,
        "barred": barred,
        "refused": refused,
        "open_all": bool(form.errors),
        "unsettled": 0 if one.reading else _doubtful(form.read),
    }
    return render(request, "objectives/reading.html", context, status=status)


def _doubtful(read: ReadingStated) -> int:
    """How many places the reader asks to be settled."""
    targets = sum(bool(row.doubts) for one in read.objectives for row in one.targets)
    return targets + sum(bool(row.doubts) for one in read.objectives for row in one.measures)
