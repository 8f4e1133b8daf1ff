"""The audit history: entries as sentences, each with its leaf hash, and their verification."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from audit import actions, verification
from audit import selectors as audit
from audit.services import Subject
from documents.exceptions import NotFound
from documents.models import Document
from documents.search import searchable
from documents.selectors import papers
from documents.verification import verify_papers
from offices.dates import ZONE
from offices.models import Office, User
from offices.parties import CLOCK, office_key
from offices.roles import Capability
from workflows.exceptions import NotPermitted
from workflows.forms.reading import LogForm
from workflows.views.finding import page_key, question
from workflows.views.frame import frame_of
from workflows.views.paper import person, readable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from audit.models import Entry
    from audit.verification import Report
    from offices import selectors as offices

# A page answers within a request; the whole history is verified by the command.
VERIFIED_AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Told:
    """One entry of the history: its sentence, its paper, its leaf."""

    entry: Entry
    words: str
    reference: str


def audit_log(request: HttpRequest) -> HttpResponse:
    """Show the history of the auditor's office, newest first."""
    return _page(request, _audited(request))


@require_POST
def verify_log(request: HttpRequest) -> HttpResponse:
    """Recompute the newest entries and say what was found; reads everything, writes nothing."""
    office = _audited(request)
    return _page(request, office, report=verification.verify(latest=VERIFIED_AT_ONCE))


def _page(request: HttpRequest, office: Office, *, report: Report | None = None) -> HttpResponse:
    form = LogForm(
        request.GET or None,
        actions=_labels(),
        people=_people(office, request),
    )
    asked = form.asked()
    page = audit.entries(
        office=office_key(office),
        action=asked.get("viec", ""),
        by_key=asked.get("nguoi", ""),
        since=_begins(asked.get("tu")),
        until=_begins(asked["den"] + timedelta(days=1)) if "den" in asked else None,
        before=page_key(request),
        subject_kind="document" if "van_ban" in asked else "",
        subject_key=_paper(asked["van_ban"], office) if "van_ban" in asked else "",
    )
    context = {
        "entries": _told(page.entries),
        "before": page.before,
        "form": form,
        "filtered": bool(asked),
        "query": question(request.GET),
        "report": report,
        "limits": report.limits() if report else "",
        "at_once": VERIFIED_AT_ONCE,
        "place": "audit_log",
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "audit/log.html", context, status=status)


def _audited(request: HttpRequest) -> Office:
    """Give the office whose history the person verifies; refuse everybody else with the reason."""
    standings = frame_of(request).standings
    person(request)
    held = standings.on(Capability.VERIFY_AUDIT)
    if not held:
        raise NotPermitted(
            _("Only the internal auditor and the quality representative read the whole history."),
            advice=_("The history of a paper is on the page of that paper."),
        )
    return Office.objects.get(pk=held[0].object_id)


def _labels() -> list[tuple[str, str]]:
    """Give every action by its short name, by its letters without marks."""
    named = [(code, str(action.label)) for code, action in actions.registered().items()]
    return sorted(named, key=lambda pair: searchable(pair[1]))


def _people(office: Office, request: HttpRequest) -> list[tuple[str, str]]:
    """Give who has held a post in the office, and the clock."""
    users = User.objects.filter(appointments__post__office=office).distinct()
    named = [(str(key), name) for key, name in users.values_list("pk", "display_name")]
    return [*sorted(named, key=lambda pair: pair[1]), (CLOCK.key, CLOCK.label)]


def _paper(text: str, office: Office) -> str:
    """Find the key of one paper by its reference or its number; a key of nothing where none is."""
    same = Document.objects.filter(office=office)
    found = same.filter(reference__iexact=text.strip()).first() or (
        same.filter(papers.matching(text)).order_by("-pk").first()
    )
    return str(found.pk) if found else "-"


def _begins(day: date | None) -> datetime | None:
    return datetime.combine(day, time.min, tzinfo=ZONE) if day else None


def _told(entries: Iterable[Entry]) -> list[Told]:
    """Word the entries; one query finds the references of all their papers."""
    entries = list(entries)
    keys = {int(one.subject_key) for one in entries if one.subject_kind == "document"}
    references = dict(Document.objects.filter(pk__in=keys).values_list("pk", "reference"))
    return [
        Told(
            entry=one,
            words=audit.sentence(one),
            reference=references.get(int(one.subject_key), "")
            if one.subject_kind == "document"
            else "",
        )
        for one in entries
    ]


def document_audit(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the whole history of one paper to those who may follow it."""
    return _of_document(request, reference)


@require_POST
def verify_document(request: HttpRequest, reference: str) -> HttpResponse:
    """Recompute the entries of one paper, and every digest of its versions and numbers."""
    return _of_document(request, reference, verified=True)


def _of_document(request: HttpRequest, reference: str, *, verified: bool = False) -> HttpResponse:
    paper = papers.one(readable(request), reference)
    if not getattr(paper, "follows", False):
        raise NotFound(_("The history of this paper is not open to this account."))
    subject = Subject("document", str(paper.pk))
    report = verification.verify(subject=subject) if verified else None
    papers_report = verify_papers(paper) if verified else None
    found = audit.history("document", str(paper.pk))
    context: dict[str, Any] = {
        "paper": paper,
        "entries": [Told(one, audit.sentence(one), "") for one in reversed(found)],
        "most": audit.HISTORY_SIZE,
        "report": report,
        "limits": report.limits() if report else "",
        "papers_report": papers_report,
        "may_read_all": _may_verify(request),
        "place": "documents",
    }
    return render(request, "audit/document.html", context)


def _may_verify(request: HttpRequest) -> bool:
    standings: offices.Standings = frame_of(request).standings
    return Capability.VERIFY_AUDIT in standings.capabilities
