"""Finding papers: what the reader may read, by words, number and facts; also as a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.shortcuts import render

from documents import policies
from documents.finding import find
from offices.dates import local_day
from offices.models import Department
from workflows.forms.reading import PapersForm
from workflows.views.frame import frame_of
from workflows.views.paper import person

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest, HttpResponse, QueryDict

    from workflows.forms.reading import FindForm

# `truoc` is the key before which the page begins; everything else is the question.
PAGE = "truoc"


def documents(request: HttpRequest) -> HttpResponse:
    """Find the papers that the signed-in person may read: best first, with words newest first."""
    frame = frame_of(request)
    user, today = person(request), local_day(frame.now)
    reader = frame.standings.reader
    departments = Department.objects.filter(office__in=reader.office_ids).order_by("name")
    form = PapersForm(
        request.GET or None,
        departments=[(str(one.pk), one.name) for one in departments],
    )
    found = find.find(
        policies.readable(user, at=frame.now, reader=reader),
        form.wanted(today, after=cursor(request)),
    )
    context = {
        **answer(request, form, found, today=today),
        "may_draft": "draft" in {held.capability for held in frame.standings},
        "place": "documents",
    }
    return render(request, "papers/list.html", context, status=context["status"])


def cursor(request: HttpRequest) -> find.Cursor | None:
    """Read where the page begins; nothing for what is no such place."""
    return find.Cursor.read(request.GET.get(PAGE, ""))


def answer(
    request: HttpRequest, form: FindForm, found: find.Found, *, today: date
) -> dict[str, Any]:
    """Give the part of a page that shows what was found, with facets as links."""
    asked = form.asked()
    return {
        "form": form,
        "asked": bool(asked.get("tim")),
        "filtered": bool(asked),
        "narrowed": bool(set(asked) - {"tim"}),
        "found": found,
        # Said with the results too: while somebody types, they alone are replaced.
        "unasked": next(iter(form.errors.get("tim", ())), "") if form.is_bound else "",
        "facets": _facets(request.GET, form, found),
        "chosen": _chosen(request.GET, form),
        "on": found.on,
        "is_today": found.on == today,
        "query": question(request.GET),
        "status": 422 if form.is_bound and form.errors else 200,
    }


@dataclass(frozen=True, slots=True)
class Link:
    """A value of a facet as a link: its words, how many, and the question with it in it."""

    words: str
    query: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Facet:
    """One fact by which a result is narrowed, with its values, most papers first."""

    title: str
    links: tuple[Link, ...]


# Each fact with the field that asks for it and the title of its values.
FIELDS = {
    "kind": ("loai", "Loại văn bản"),
    "year": ("nam", "Năm"),
    "state": ("hieu_luc", "Hiệu lực"),
    "department": ("don_vi", "Đơn vị soạn"),
    "issuer": ("noi", "Nơi ban hành"),
    "signatory": ("nguoi_ky", "Người ký"),
    "stage": ("buoc", "Bước xử lý"),
}


def _facets(given: QueryDict, form: FindForm, found: find.Found) -> list[Facet]:
    """Turn what was counted into links; a fact that tells nothing apart is left out."""
    facets = []
    for name, (asked_by, title) in FIELDS.items():
        choices = found.facets.get(name, ())
        if asked_by not in form.fields or given.get(asked_by) or len(choices) < 2:
            continue
        known = _known(form, asked_by)
        links = tuple(
            Link(known.get(one.value, one.words), _with(given, asked_by, one.value), one.count)
            for one in choices
            if not known or one.value in known
        )
        facets.append(Facet(title, links))
    return facets


def _chosen(given: QueryDict, form: FindForm) -> list[Link]:
    """Give what the result is narrowed by, each as a link to the question without it."""
    chosen = []
    for asked_by, title in FIELDS.values():
        value = form.asked().get(asked_by)
        if value is not None:
            words = _known(form, asked_by).get(str(value), str(value))
            chosen.append(Link(f"{title}: {words}", question(given, asked_by).removeprefix("&")))
    return chosen


def _known(form: FindForm, name: str) -> dict[str, str]:
    """Give the words of a field's choices; nothing for a field that takes any text."""
    choices = getattr(form.fields.get(name), "choices", ())
    return {str(value): str(words) for value, words in choices if value}


def _with(given: QueryDict, name: str, value: str) -> str:
    asked = given.copy()
    asked.pop(PAGE, None)
    asked[name] = value
    return asked.urlencode()


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
