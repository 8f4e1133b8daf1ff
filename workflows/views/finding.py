"""The list of papers: what the reader may read, found by number, words, stage and effect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from documents import policies
from documents.selectors import papers
from offices.dates import local_day
from offices.models import Department
from workflows.forms.reading import PapersForm
from workflows.views.frame import frame_of
from workflows.views.paper import person

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, QueryDict

# `truoc` is the key before which the page begins; everything else is the question.
PAGE = "truoc"


def documents(request: HttpRequest) -> HttpResponse:
    """List the papers that the signed-in person may read, newest first."""
    frame = frame_of(request)
    user, today = person(request), local_day(frame.now)
    reader = frame.standings.reader
    departments = Department.objects.filter(office__in=reader.office_ids).order_by("name")
    form = PapersForm(
        request.GET or None,
        departments=[(str(one.pk), one.name) for one in departments],
    )
    asked = form.asked()
    wanted = papers.Wanted(
        text=asked.get("tim", ""),
        kind=asked.get("loai", ""),
        department_id=int(asked["don_vi"]) if "don_vi" in asked else None,
        stage=asked.get("buoc", ""),
        state=asked.get("hieu_luc", ""),
        on=form.on(today),
        before=page_key(request),
    )
    found = papers.find(policies.readable(user, at=frame.now, reader=reader), wanted, on=today)
    context = {
        "form": form,
        "filtered": bool(asked),
        "page": found,
        "on": wanted.on,
        "is_today": wanted.on == today,
        "query": question(request.GET),
        "may_draft": "draft" in {held.capability for held in frame.standings},
        "place": "documents",
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "papers/list.html", context, status=status)


def page_key(request: HttpRequest, name: str = PAGE) -> int | None:
    """Read the key a page begins at; nothing for what is no key."""
    given = request.GET.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else None


def question(asked: QueryDict, *leave_out: str) -> str:
    """Write the question again for the next page: "&loai=…", without the page's own key."""
    kept = asked.copy()
    for name in (PAGE, *leave_out):
        kept.pop(name, None)
    written = kept.urlencode()
    return f"&{written}" if written else ""
