"""The page of a paper: its fate in law, the sheet, who has it, what was said, where it belongs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _

from documents import files, papers, policies
from documents.exceptions import Conflict, NotFound
from documents.lifecycle import Stage
from documents.models import Attachment, Kind, Revision
from documents.relations import RelationKind
from documents.rendering.html import sheets
from documents.selectors import papers as found
from documents.selectors import relations, state
from documents.selectors.corrections import corrections, marked
from offices.dates import local_day
from offices.roles import Capability
from workflows import engine, live
from workflows.forms.reading import DayForm
from workflows.selectors import (
    comments,
    confirmations,
    dossiers,
    elapsed,
    feasibility,
    opinions,
    procedures,
    progress,
    timeline,
)
from workflows.views import offered
from workflows.views.frame import frame_of
from workflows.views.print_lines import prints_of
from workflows.views.viewed import noted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from django.http import HttpRequest

    from documents.models import Document
    from documents.querysets import DocumentQuerySet
    from documents.selectors.relations import Edge
    from documents.selectors.state import Legal
    from offices.models import User
    from workflows.models import Case, Comment
    from workflows.selectors.dossiers import Dossier


@dataclass(frozen=True, slots=True)
class Related:
    """One relation as its part of the interface reads it; no `url` where one may not read.

    `comparison` leads to both texts side by side, where one replaces the other and both are held.
    """

    verb: str
    back: bool
    url: str
    words: str
    state: str
    expired_period: bool
    note: str
    comparison: str = ""


def readable(request: HttpRequest) -> DocumentQuerySet:
    """Give the papers the signed-in person may read, each marked whether its way is open too."""
    shown = frame_of(request)
    user = person(request)
    reader = shown.standings.reader
    followed = policies.followed(user, at=shown.now, reader=reader)
    return policies.readable(user, at=shown.now, reader=reader).annotate(
        follows=Exists(followed.filter(pk=OuterRef("pk")))
    )


def person(request: HttpRequest) -> User:
    """Give the signed-in person of a page that nobody else reaches."""
    user = frame_of(request).user
    if user is None:
        raise NotFound(_("There is no such page, or this account may not read it."))
    return user


def document(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a paper on the version that counts: the issued, the submitted, else the newest."""
    return _page(request, reference, ordinal=None)


def revision(request: HttpRequest, reference: str, ordinal: int) -> HttpResponse:
    """Show one earlier version of a paper."""
    return _page(request, reference, ordinal=ordinal)


def _page(request: HttpRequest, reference: str, *, ordinal: int | None) -> HttpResponse:
    frame = frame_of(request)
    user, at = person(request), frame.now
    papers_open = readable(request)
    paper = found.one(papers_open, reference)
    noted(request, paper)
    form = DayForm(request.GET if "ngay" in request.GET else None)
    on = form.on(local_day(at))
    dossier = dossier_of(paper, ordinal=ordinal)
    edges = relations.around(paper, dossier.shown, papers_open)
    legal = state.legal([paper, *(edge.other for edge in edges)], on=on)
    related = _related(paper, edges, legal)
    held = progress.held(dossier.active, at=at) if follows(paper) else None
    corrected = corrections(edges)
    context = {
        "paper": paper,
        "dossier": dossier,
        "shown": dossier.shown,
        "follows": follows(paper),
        "form": form,
        "on": on,
        "is_today": on == local_day(at),
        "legal": legal[paper.pk],
        **_ending(edges, legal[paper.pk]),
        "made_here": found.was_made_here(paper),
        "sheet": marked(_sheet(paper, dossier.shown), corrected),
        "corrected": corrected,
        "related": [one for edge, one in related if edge.acts],
        "bases": [one for edge, one in related if not edge.acts and not edge.back],
        "cited_by": [one for edge, one in related if not edge.acts and edge.back],
        "planned": [one for edge, one in related if edge.acts and edge.planned],
        "held": held,
        "obstacles": _obstacles(dossier.active, at=at) if held is not None else [],
        "elapsed": elapsed.of_dossier(dossier, at=at),
        "steps": progress.steps(dossier, who_now=held.who if held else ""),
        "drawn": procedures.of_dossier(dossier, waits_for=held.holder if held else ""),
        "confirmation": (
            confirmations.of_dossier(dossier, papers=papers_open, at=at) if follows(paper) else None
        ),
        "heard": opinions.of(dossier) if follows(paper) else None,
        "comments": _comments(dossier),
        "acts": offered.acts_on(dossier, user, at=at) if follows(paper) else [],
        "timeline": timeline.of_document(paper) if follows(paper) else None,
        "attachments": _attachments(dossier.shown),
        "sets_objectives": dossier.shown is not None and "muc tieu chat luong" in paper.folded,
        "prints": prints_of(paper, dossier.shown, user, legal=legal[paper.pk], on=on),
        "keeps_archive": Capability.KEEP_ARCHIVE in frame.standings.capabilities,
        "begins_next": paper.kind == Kind.DECISION
        and paper.issued_at is not None
        and Capability.DRAFT in frame.standings.capabilities,
        "one_version": ordinal is not None,
        "topic": f"{live.document_topic(paper.pk)} {live.prints_topic(paper.pk)}",
        "version": dossier.case.version if dossier.case else 0,
        "place": "documents",
    }
    return render(request, "papers/document.html", context, status=422 if form.errors else 200)


def follows(paper: Document) -> bool:
    """Whether the person may read how a paper from `readable` came about, its drafts included."""
    return bool(getattr(paper, "follows", False))


def dossier_of(paper: Document, *, ordinal: int | None) -> Dossier:
    """Read the paper's versions and records; a reader of the issued paper gets that one alone."""
    case, later = dossiers.latest_cases(paper) if follows(paper) else (None, None)
    versions = dossiers.revisions_of(paper, with_bytes=_likely(case, ordinal))
    if not follows(paper):
        versions = [one for one in versions if one.at_stage is Stage.ISSUED]
    rows = engine.trail(case.pk) if case is not None else []
    if case is not None:
        case.document = paper
        for one in versions:
            if one.pk == case.revision_id:
                case.revision = one
    shown = _shown(versions, case, ordinal=ordinal)
    if ordinal is not None and shown is None:
        raise NotFound(_("This paper has no such version."))
    read = dossiers.read(paper, revisions=versions, shown=shown, case=case, rows=rows)
    if later is None or case is None:
        return read
    later.revision = case.revision
    return replace(read, later=dossiers.hearing(read, later, engine.trail(later.pk)))


def _likely(case: Case | None, ordinal: int | None) -> Q:
    """Match the version that will be drawn; where none matches, its bytes are read when drawn."""
    if ordinal is not None:
        return Q(ordinal=ordinal)
    submitted = Q(pk=case.revision_id) if case is not None else Q(pk__in=[])
    return submitted | Q(stage=Stage.ISSUED.value)


def _shown(
    versions: Sequence[Revision], case: Case | None, *, ordinal: int | None
) -> Revision | None:
    if ordinal is not None:
        return next((one for one in versions if one.ordinal == ordinal), None)
    issued = next((one for one in versions if one.at_stage is Stage.ISSUED), None)
    if issued is not None:
        return issued
    if case is not None and case.ended_at is None:
        return case.revision
    return versions[0] if versions else None


def _sheet(paper: Document, shown: Revision | None) -> str:
    """Draw the version shown with what is known of its slots."""
    if shown is None:
        return ""
    return sheets(
        papers.content_of(shown),
        papers.facts_shown(paper, shown),
        header=paper.office.header_lines,
        sealed=shown.at_stage is Stage.ISSUED,
        urgency=paper.urgency_words,
    )


def _ending(edges: Iterable[Edge], of_paper: Legal) -> dict[str, object]:
    """Name what ended or will end the paper, and how decisions say it."""
    for edge in edges:
        if edge.back and edge.acts and edge.other.pk == of_paper.ended_by:
            active, _passive = relations.WORDS[edge.kind]
            return {"ended_by": edge.other, "ended_verb": active.lower()}
    return {"ended_by": None, "ended_verb": ""}


def _related(
    paper: Document, edges: Sequence[Edge], legal: dict[int, Legal]
) -> list[tuple[Edge, Related]]:
    """Word every relation; a link only where the other paper may be read."""
    return [
        (
            edge,
            Related(
                verb=edge.verb,
                back=edge.back,
                url=reverse("document", args=[edge.other.reference]) if edge.readable else "",
                words=found.cited(edge.other),
                state=legal[edge.other.pk].state,
                expired_period=legal[edge.other.pk].period_over,
                note=edge.scope,
                comparison=_comparison(paper, edge),
            ),
        )
        for edge in edges
    ]


def _comparison(paper: Document, edge: Edge) -> str:
    new, old = (edge.other, paper) if edge.back else (paper, edge.other)
    if edge.kind is not RelationKind.REPLACES or not edge.readable or old.issued_at is None:
        return ""
    query = urlencode({"tu": old.reference})
    return f"{reverse('compare', args=[new.reference])}?{query}"


def _obstacles(dossier: Dossier, *, at: datetime) -> list[str]:
    """Say why the rest of the road cannot be gone by today's staff."""
    return feasibility.why_not(dossier.document, at=at, case=dossier.case, node=dossier.node)


def _comments(dossier: Dossier) -> list[Comment]:
    """Give the advice asked for on the way of the paper, before it that of the later hearing."""
    cases = (dossier.later.case if dossier.later is not None else None, dossier.case)
    return [one for case in cases if case is not None for one in comments.of_case(case)]


def _attachments(shown: Revision | None) -> list[Attachment]:
    return list(shown.attachments.order_by("name")) if shown is not None else []


def attachment(request: HttpRequest, reference: str, key: int) -> HttpResponse:
    """Send a file of a paper; its bytes are proved against its hash before they leave."""
    paper = found.one(readable(request), reference)
    kept = Attachment.objects.filter(document=paper, pk=key)
    if not follows(paper):
        kept = kept.filter(revisions__stage=Stage.ISSUED.value)
    file = kept.first()
    if file is None:
        raise NotFound(_("This paper has no such file."))
    try:
        data = files.load(file.sha256)
    except (FileNotFoundError, ValueError) as damaged:
        raise Conflict(
            _("The file “%(name)s” is not what was attached; it is not handed out.")
            % {"name": file.name},
            advice=_("Tell the administrator: the store of files must be restored."),
        ) from damaged
    noted(request, paper)
    response = HttpResponse(data, content_type=file.media_type)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=file.name
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
