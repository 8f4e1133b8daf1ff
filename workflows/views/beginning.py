"""Beginning a paper: from a blank, from a former decision, or from a text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from documents import blanks, drafts, papers, policies
from documents.exceptions import BadInput, NotPermitted, Refusal
from documents.models import Document, Kind
from documents.selectors.papers import one
from documents.services import drafting
from offices.dates import local_day
from offices.models import Department
from offices.roles import Capability
from workflows.forms.drafting import (
    BLANK,
    FORMER,
    TEXT,
    NewDraftForm,
)
from workflows.views.frame import frame_of
from workflows.views.paper import person

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from documents.importing.plain import Plain
    from offices.models import User

MOST_FORMERS = 50


def new_draft(request: HttpRequest) -> HttpResponse:
    """Begin a paper in one of three ways; a refused text stays in the form."""
    frame = frame_of(request)
    departments = departments_of(request)
    named = request.POST.get("former", "") or request.GET.get("tu", "")
    if not named.isprintable():
        named = ""  # no paper is called so, and PostgreSQL refuses to look for it
    formers = _formers(person(request), departments, named=named, at=frame.now)
    from_former = any(reference == named for reference, _words in formers)
    form = NewDraftForm(
        request.POST or None,
        request.FILES or None,
        departments=[(one.pk, one.name) for one in departments],
        formers=formers,
        initial={
            "way": FORMER if from_former else BLANK,
            "former": named if from_former else "",
            "department": departments[0].pk,
            "year": local_day(frame.now).year,
        },
    )
    refused: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            document, notes = _start(form, departments, by=person(request), at=frame.now)
        except BadInput as error:
            refused = error
        else:
            for note in notes:
                messages.info(request, note)
            return redirect("draft", reference=document.reference)
    status = 400 if refused else (422 if form.errors else 200)
    return render(request, "drafting/new.html", {"form": form, "refused": refused}, status=status)


def departments_of(request: HttpRequest) -> list[Department]:
    """Give the departments for which the reader of the page may draft; NotPermitted without one."""
    keys = frame_of(request).standings.object_ids(Capability.DRAFT)
    found = list(Department.objects.filter(pk__in=keys).select_related("office").order_by("pk"))
    if not found:
        raise NotPermitted(
            _("Only specialists of a department draft papers."),
            advice=_("The head of the department asks one of its specialists."),
        )
    return found


def _formers(
    by: User, departments: list[Department], *, named: str, at: datetime
) -> list[tuple[str, str]]:
    """Offer issued decisions, newest first: the one that was named, the own departments', others.

    Three queries, two where none is named; an older decision of others is begun from its page.
    """
    known = policies.readable(by, at=at).filter(kind=Kind.DECISION, issued_at__isnull=False)
    newest = known.order_by("-dated_on", "-pk")
    offered = [
        *(newest.filter(reference=named) if named else ()),
        *newest.filter(drafting_department__in=departments)[:MOST_FORMERS],
        *newest[:MOST_FORMERS],
    ]
    return [
        (former.reference, f"{former.cited_as}: {former.subject}")
        for former in {former.pk: former for former in offered}.values()
    ]


def _start(
    form: NewDraftForm, departments: list[Department], *, by: User, at: datetime
) -> tuple[Document, list[str]]:
    """Start the draft; also what was changed in the text on its way in, which no reading shows again."""
    data = form.cleaned_data
    department = next(one for one in departments if one.pk == data["department"])
    upload = data.get("file") if data["way"] == TEXT else None
    former = one(policies.readable(by, at=at), data["former"]) if data["way"] == FORMER else None
    source = papers.SourceFile(upload.name, upload.read()) if upload is not None else None
    came = _brought(data, source)
    document = drafting.start_draft(
        department=department,
        plan=replace(form.plan(), drawn_from=former),
        text=came.text if came is not None else _text(form, department, former, at=at),
        by=by,
        at=at,
        source=source,
    )
    return document, [papers.sentence(one) for one in came.findings] if came is not None else []


def _brought(data: dict[str, Any], source: papers.SourceFile | None) -> Plain | None:
    """Clean the text of a file or of the clipboard; None where the draft begins otherwise."""
    if data["way"] != TEXT:
        return None
    return papers.plain_of(source if source is not None else str(data["pasted"]))


def _text(
    form: NewDraftForm, department: Department, former: Document | None, *, at: datetime
) -> str:
    """Write the text from last year's decision, or from the blank chosen."""
    if former is not None:
        return drafts.from_former(former, former.revisions.get(stage="issued"))
    data = form.cleaned_data
    return blanks.text_of(
        blanks.BY_CODE[data["blank"]],
        department=department,
        authority_kind=data["authority_kind"],
        proposer=f"Trưởng {department.name[:1].lower()}{department.name[1:]}",
        year=data["year"] or local_day(at).year,
    )
