"""Two versions of a paper, or a paper and one it replaces, side by side, clause by clause."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from documents import papers as contents
from documents.comparing.package import MEDIA_TYPE, tracked_changes
from documents.comparing.tracked import Author
from documents.content.redline import front_matter, redline
from documents.content.tree import Content, Preface
from documents.exceptions import NotFound
from documents.lifecycle import Stage
from documents.models import Relation, Revision
from documents.relations import RelationKind
from documents.selectors import papers
from workflows.selectors import dossiers
from workflows.views.finding import page_key
from workflows.views.paper import readable
from workflows.views.passages import shown_of
from workflows.views.viewed import noted

if TYPE_CHECKING:
    from django.http import HttpRequest

    from documents.content.passages import Passage
    from documents.models import Document
    from documents.querysets import DocumentQuerySet

REPLACED = "thay-the"
# The list beside the paper names so many changes; the others are reached with n and p.
LISTED = 200
FACTS = {"number", "date", "signatory"}


@dataclass(frozen=True, slots=True)
class Replaced:
    """A paper that the new version replaces, held here and open to the reader.

    Its `key` or its reference asks for it.
    """

    key: str
    revision: Revision

    @property
    def reference(self) -> str:
        """The reference of the paper replaced."""
        return self.revision.document.reference


@dataclass(frozen=True, slots=True)
class Choice:
    """The two versions a reader asked for, and those there are to choose from."""

    paper: Document
    versions: list[Revision]
    replaced: list[Replaced]
    old: Revision | None
    new: Revision
    chosen: Replaced | None


def compare(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what changed: `den` against `tu`, or against a paper it replaces."""
    choice = chosen(request, reference)
    passages = _passages(choice)
    shown = shown_of(passages)
    changes = [one for one in shown if one.number]
    context = {
        "choice": choice,
        "paper": choice.paper,
        "old": choice.old,
        "new": choice.new,
        "facts": [one for one in shown if one.passage.role in FACTS],
        "passages": [one for one in shown if one.passage.role not in FACTS],
        "changes": changes[:LISTED],
        "asked": request.GET.urlencode(),
        "unlisted": max(0, len(changes) - LISTED),
        "total": len(changes),
        "kept": sum(one.passage.kind == "kept" for one in shown),
        "counts": dict(Counter(one.tag for one in changes)),
        "place": "documents",
    }
    return render(request, "papers/compare.html", context)


@require_safe
def compare_file(request: HttpRequest, reference: str) -> HttpResponse:
    """Give the same comparison as a file for Word, with every change to accept or reject.

    The changes are the office's, at the time the new version was saved.
    """
    choice = chosen(request, reference)
    author = Author(choice.paper.office.name, choice.new.saved_at)
    title = _("What changed in %(paper)s") % {"paper": choice.paper.reference}
    made = tracked_changes(_passages(choice), title=title, author=author)
    response = HttpResponse(made, content_type=MEDIA_TYPE)
    response["Content-Disposition"] = (
        f'attachment; filename="so-sanh-{choice.paper.reference}.docx"'
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def chosen(request: HttpRequest, reference: str) -> Choice:
    """The versions asked for, among those the reader may read; the newest two where none is."""
    papers_open = readable(request)
    paper = papers.one(papers_open, reference)
    versions = dossiers.revisions_of(paper)
    if not getattr(paper, "follows", False):
        versions = [one for one in versions if one.at_stage is Stage.ISSUED]
    new = _version(versions, page_key(request, "den")) or (versions[0] if versions else None)
    if new is None:
        raise NotFound(_("This paper has no version to compare."))
    replaced = _replaced(new, papers_open)
    asked = request.GET.get("tu", "")
    taken = next((one for one in replaced if asked in {one.key, one.reference}), None)
    old = _version(versions, page_key(request, "tu"))
    if taken is None and old is None:
        old = _before(versions, new)
        taken = replaced[0] if old is None and replaced else None
    noted(request, paper, *([taken.revision.document] if taken is not None else []))
    return Choice(paper, versions, replaced, taken.revision if taken else old, new, taken)


def _version(versions: list[Revision], ordinal: int | None) -> Revision | None:
    return next((one for one in versions if one.ordinal == ordinal), None)


def _before(versions: list[Revision], new: Revision) -> Revision | None:
    """Give the version before: for a submitted one the one submitted before it."""
    earlier = [one for one in versions if one.ordinal < new.ordinal]
    if new.amendment is not None:
        submitted = [one for one in earlier if one.amendment is not None]
        return submitted[0] if submitted else None
    return earlier[0] if earlier else None


def _replaced(new: Revision, papers_open: DocumentQuerySet) -> list[Replaced]:
    """Give the issued texts of what this version replaces, where they are held and open."""
    targets = (
        Relation.objects.filter(
            revision=new, verb=RelationKind.REPLACES.value, target__in=papers_open
        )
        .order_by("ordinal")
        .values_list("target", flat=True)
    )
    order = list(dict.fromkeys(targets))
    found = {
        one.document_id: one
        for one in Revision.objects.filter(document__in=order, stage=Stage.ISSUED.value)
        .without_bytes()
        .select_related("document__office", "signature")
    }
    texts = [found[key] for key in order if key in found]
    return [
        Replaced(REPLACED if place == 1 else f"{REPLACED}-{place}", one)
        for place, one in enumerate(texts, 1)
    ]


def _passages(choice: Choice) -> list[Passage]:
    """Compare texts and printed facts; a first version is all new."""
    old, new = choice.old, choice.new
    keys = [one.pk for one in (old, new) if one is not None]
    held = {
        one.pk: contents.content_of(one)
        for one in Revision.objects.filter(pk__in=keys).only("canonical")
    }
    after = held[new.pk]
    before = held[old.pk] if old is not None else Content(after.kind, Preface())
    whose = choice.chosen.revision.document if choice.chosen else choice.paper
    facts = contents.facts_shown(whose, old) if old is not None else None
    return [
        *front_matter(facts, contents.facts_shown(choice.paper, new)),
        *redline(before, after, by_id=choice.chosen is None),
    ]
