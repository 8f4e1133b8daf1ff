"""The hearing after the issue, as pages tell of it: what is owed, until when, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from documents import policies as document_policies
from documents.models import Relation
from documents.relations import RelationKind
from documents.selectors.chains import counted
from offices.dates import local_day
from workflows.models import Confirmation
from workflows.selectors.progress import due_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from django.db.models import QuerySet

    from documents.models import Document
    from documents.querysets import DocumentQuerySet
    from offices.models import User
    from workflows.models import Waiver
    from workflows.selectors.dossiers import Dossier
    from workflows.selectors.progress import Due


# By which verb a paper answers for another, by the way that is named.
VERBS: dict[str, tuple[str, ...]] = {
    Confirmation.Way.CORRECTED: (RelationKind.CORRECTS.value,),
    Confirmation.Way.REPLACED: (
        RelationKind.REPLACES.value,
        RelationKind.REPEALS.value,
        RelationKind.AMENDS.value,
    ),
    Confirmation.Way.RECALLED: (RelationKind.RECALLS.value,),
}


@dataclass(frozen=True, slots=True)
class Owed:
    """A paper that went first: who let it go, and how its hearing stands.

    `row` is None while the paper is not issued; `due` is None once the matter is settled.
    `answer` is the paper by which a refusal was answered, where the reader may open it.
    """

    waiver: Waiver
    row: Confirmation | None
    due: Due | None
    answer: Document | None = None

    @property
    def settled(self) -> bool:
        """Whether the committee has confirmed it, or its refusal was answered."""
        return self.row is not None and (bool(self.row.confirmed) or bool(self.row.way))


def of_dossier(dossier: Dossier, *, papers: DocumentQuerySet, at: datetime) -> Owed | None:
    """Tell how the hearing after the issue stands; None for a paper that did not go first.

    `papers` are those the reader may open; one query where a paper answered a refusal.
    """
    if dossier.waiver is None:
        return None
    later = dossier.later.case if dossier.later is not None else None
    row: Confirmation | None = getattr(later, "confirmation", None)
    owed = Owed(dossier.waiver, row, None, answer_open(row, papers))
    if row is None or owed.settled:
        return owed
    return Owed(owed.waiver, row, due_of(row.due_at, at=at, calendar=dossier.calendar))


def answer_open(row: Confirmation | None, papers: DocumentQuerySet) -> Document | None:
    """Give the paper that answered a refusal, where it is one of those a reader may open."""
    if row is None or row.answer_id is None or not papers.filter(pk=row.answer_id).exists():
        return None
    return row.answer


def overdue(office_ids: Collection[int], *, at: datetime) -> QuerySet[Confirmation]:
    """Find what is not settled though its term is over, the oldest first; one query."""
    late = Confirmation.objects.filter(
        due_at__lte=at, case__ended_at__isnull=True, case__document__office__in=office_ids
    )
    return late.select_related("case__document").order_by("due_at", "pk")


def is_before(paper: Document, refusal: Confirmation) -> bool:
    """Whether a paper bears a date before the day of a refusal, which it then cannot answer.

    One that has no date yet will bear a later one.
    """
    said = refusal.concluded_at
    return paper.dated_on is not None and said is not None and paper.dated_on < local_day(said)


def answers_to(document: Document, *, by: User, at: datetime) -> list[Relation]:
    """Give what corrects, replaces or recalls a paper and is open to a person; one row a paper.

    A paper that was withdrawn, or whose newest version says so no more, answers nothing.
    """
    verbs = [verb for held in VERBS.values() for verb in held]
    rows = Relation.objects.filter(target=document, verb__in=verbs)
    held_now = counted(rows, document_policies.readable(by, at=at))
    newest = held_now.select_related("source").order_by("-pk")
    return list({row.source_id: row for row in newest}.values())
