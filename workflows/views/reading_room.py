"""The public reading room: what is in force on a day, without an account.

Shows issued papers of public access alone: never drafts, opinions, or names beyond the signatory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from documents import papers as contents
from documents.effects import State
from documents.exceptions import NotFound
from documents.finding import find
from documents.lifecycle import Stage
from documents.models import Document, Origin, Revision
from documents.rendering.html import sheets
from documents.selectors import papers, relations, state
from documents.selectors.corrections import corrections, marked
from documents.services import printing
from offices.dates import local_day
from workflows.forms.reading import DayForm, PublicForm
from workflows.views.finding import answer, cursor
from workflows.views.frame import frame_of
from workflows.views.handing_out import hand_to_anybody, saved_as

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    from documents.models import Rendition
    from documents.querysets import DocumentQuerySet
    from documents.selectors.relations import Edge
    from documents.selectors.state import Legal


def published() -> DocumentQuerySet:
    """Give what anybody may read: issued here for the public, and what those papers cite."""
    return Document.objects.all().published()


@login_not_required
def reading_room(request: HttpRequest) -> HttpResponse:
    """Search the issued papers of the office by number or subject, with their effect on a day."""
    today = local_day(frame_of(request).now)
    form = PublicForm(request.GET or None)
    own = published().filter(origin=Origin.INTERNAL)
    found = find.find(own, form.wanted(today, after=cursor(request)), only=find.PUBLIC)
    context = {
        **answer(request, form, found, today=today),
        "day_query": f"?ngay={found.on.isoformat()}" if found.on != today else "",
        "place": "reading_room",
    }
    return render(request, "reading_room/search.html", context, status=context["status"])


@login_not_required
def public_document(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one issued paper to anybody: its sheet, its effect on a day, what it replaced."""
    open_papers = published()
    paper = papers.one(open_papers, reference)
    today = local_day(frame_of(request).now)
    form = DayForm(request.GET if "ngay" in request.GET else None)
    on = form.on(today)
    issued = (
        Revision.objects.filter(document=paper, stage=Stage.ISSUED.value)
        .select_related("signature")
        .first()
    )
    edges = [edge for edge in relations.around(paper, issued, open_papers) if not edge.planned]
    legal = state.legal([paper, *(edge.other for edge in edges)], on=on)
    corrected = corrections(edges)
    context = {
        "paper": paper,
        "print": _print_of(paper, legal[paper.pk]),
        "made_here": papers.was_made_here(paper),
        "form": form,
        "on": on,
        "is_today": on == today,
        "legal": legal[paper.pk],
        "ending": next((e for e in edges if e.other.pk == legal[paper.pk].ended_by), None),
        "related": [_shown(edge, legal[edge.other.pk]) for edge in edges if edge.acts],
        "corrected": corrected,
        "sheet": marked(
            sheets(
                contents.content_of(issued),
                contents.issuance_facts(paper, issued),
                header=paper.office.header_lines,
                sealed=True,
                urgency=paper.urgency_words,
            ),
            corrected,
        )
        if issued is not None
        else "",
        "place": "reading_room",
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "reading_room/document.html", context, status=status)


@require_safe
@login_not_required
def public_print(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Give anybody the PDF of an issued paper as it was made; one that is not public is not there."""
    paper = papers.one(published(), reference)
    today = local_day(frame_of(request).now)
    kept = _print_of(paper, state.legal([paper], on=today)[paper.pk])
    if kept is None:
        raise NotFound(_("There is no PDF of this paper here."))
    number = paper.cited_as.replace("/", "-") or paper.reference
    name = saved_as(f"{paper.type_name} {number}.pdf", plain=f"{paper.reference}.pdf")
    return hand_to_anybody(request, kept, disposition=name)


def _print_of(paper: Document, legal: Legal) -> Rendition | None:
    """The PDF offered of a paper; none of a recalled one, which is not to be passed on."""
    if paper.issued_at is None or legal.state == State.RECALLED:
        return None
    return printing.issued_pdf(paper)


def _shown(edge: Edge, legal: Legal) -> dict[str, object]:
    return {
        "verb": edge.verb,
        "back": edge.back,
        "url": reverse("public_document", args=[edge.other.reference]) if edge.readable else "",
        "words": papers.cited(edge.other),
        "state": legal.state,
        "expired_period": legal.period_over,
        "note": edge.scope,
    }
