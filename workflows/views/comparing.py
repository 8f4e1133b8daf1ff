"""Two versions of a paper, or a paper and the one it replaces, clause by clause."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext as _

from documents import papers as contents
from documents.content.compare import compare as compare_contents
from documents.content.words import Run
from documents.exceptions import NotFound
from documents.lifecycle import Stage
from documents.models import Relation, Revision
from documents.relations import RelationKind
from documents.selectors import papers
from workflows.selectors import dossiers
from workflows.views.finding import page_key
from workflows.views.paper import readable

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from documents.content.compare import Change
    from documents.querysets import DocumentQuerySet

REPLACED = "thay-the"
CELLS = " | "
TAGS = {
    "changed": "Sửa",
    "added": "Thêm",
    "removed": "Bỏ",
    "moved": "Chuyển chỗ",
    "kept": "Giữ",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One piece that differs; `tag` says how, `was` where it stood before.

    Cells of a table row, tabs in the content, stand apart as on paper.
    """

    change: Change
    tag: str
    was: str
    runs: tuple[Run, ...]


def compare(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what changed: `den` against `tu`, or against the paper it replaces."""
    papers_open = readable(request)
    paper = papers.one(papers_open, reference)
    versions = dossiers.revisions_of(paper)
    if not getattr(paper, "follows", False):
        versions = [one for one in versions if one.at_stage is Stage.ISSUED]
    new = _version(versions, page_key(request, "den")) or (versions[0] if versions else None)
    if new is None:
        raise NotFound(_("This paper has no version to compare."))
    replaced = _replaced(new, papers_open)
    from_replaced = request.GET.get("tu") == REPLACED
    old = None
    if not from_replaced:
        old = _version(versions, page_key(request, "tu")) or _before(versions, new)
    if old is None and replaced is not None:
        old, from_replaced = replaced, True
    changes = _changes(old, new)
    context = {
        "paper": paper,
        "versions": versions,
        "old": old,
        "new": new,
        "replaced": replaced,
        "from_replaced": from_replaced and replaced is not None,
        "differences": [one for one in changes if one.tag != TAGS["kept"]],
        "kept": sum(one.tag == TAGS["kept"] for one in changes),
        "counts": dict(Counter(one.tag for one in changes)),
        "place": "documents",
    }
    return render(request, "papers/compare.html", context)


def _version(versions: list[Revision], ordinal: int | None) -> Revision | None:
    return next((one for one in versions if one.ordinal == ordinal), None)


def _before(versions: list[Revision], new: Revision) -> Revision | None:
    """Give the version before: for a submitted one the one submitted before it."""
    earlier = [one for one in versions if one.ordinal < new.ordinal]
    if new.amendment is not None:
        submitted = [one for one in earlier if one.amendment is not None]
        return submitted[0] if submitted else None
    return earlier[0] if earlier else None


def _replaced(new: Revision, papers_open: DocumentQuerySet) -> Revision | None:
    """Give the issued text of the first paper this version replaces, where it is held and open."""
    target = (
        Relation.objects.filter(
            revision=new, verb=RelationKind.REPLACES.value, target__in=papers_open
        )
        .order_by("ordinal")
        .values("target")[:1]
    )
    return (
        Revision.objects.filter(document__in=target, stage=Stage.ISSUED.value)
        .without_bytes()
        .select_related("document")
        .first()
    )


def _changes(old: Revision | None, new: Revision) -> list[Difference]:
    keys = [one.pk for one in (old, new) if one is not None]
    held = {
        one.pk: contents.content_of(one)
        for one in Revision.objects.filter(pk__in=keys).only("canonical")
    }
    before = held[old.pk] if old is not None else None
    return [_difference(one) for one in compare_contents(before, held[new.pk])]


def _difference(change: Change) -> Difference:
    tag = TAGS[change.kind]
    if change.kind == "kept" and change.is_renumbered:
        tag = "Đổi số"
    was = ""
    if change.old_label_parts and change.old_label_parts != change.label_parts:
        was = " ".join(f"{noun} {number}".strip() for noun, number in change.old_label_parts)
    runs = tuple(Run(run.kind, run.text.replace("\t", CELLS)) for run in change.runs)
    return Difference(change=change, tag=tag, was=was, runs=runs)
