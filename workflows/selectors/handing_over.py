"""All open work that is asked of one person by name, and who may take each piece."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from documents.lifecycle import Stage
from documents.models import Document, Origin
from documents.selectors.papers import newest_revision
from offices import bodies, colleagues
from offices import selectors as offices
from offices.models import User
from offices.roles import Capability
from workflows.models import Case, Opinion, Reassignment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from offices.models import Office

MOST_PIECES = 100


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of open work: what, on which paper, and who may take it instead."""

    work: str
    document: Document
    takers: tuple[tuple[int, str], ...]
    case: Case | None = None
    task_id: int = 0
    # Whether whoever was asked may answer no longer, and can be asked no more.
    left: bool = False

    @property
    def code(self) -> str:
        """A name of its own among the pieces of one person, as a form carries it."""
        return f"{self.work}-{self.task_id or self.document.pk}"


def keeper_of(document: Document) -> User:
    """Tell whose draft it is: the author's, or whom it was handed to last."""
    handed = (
        Reassignment.objects.filter(document=document, work=Reassignment.Work.DRAFT)
        .select_related("to_user")
        .order_by("-pk")
        .first()
    )
    if handed is not None and handed.to_user is not None:
        return handed.to_user
    return User.objects.get(pk=document.author_id)


def kept_by(user: User) -> QuerySet[Document]:
    """Find the papers that somebody has in hand as drafts, written or handed over."""
    last = Reassignment.objects.filter(
        document=OuterRef("pk"), work=Reassignment.Work.DRAFT
    ).order_by("-pk")
    return Document.objects.annotate(
        keeper=Coalesce(
            Subquery(last.values("to_user")[:1]), F("author"), output_field=IntegerField()
        )
    ).filter(keeper=user.pk)


def opinions(user: User, office: Office, *, at: datetime) -> list[Piece]:
    """Give the opinions asked of somebody and not given; at most 100, up to seven queries."""
    rows = list(
        Opinion.objects.filter(
            reviewer=user,
            given_at__isnull=True,
            round__closed_at__isnull=True,
            round__case__document__office=office,
        )
        .select_related("round__case__document__office", "round__case__revision")
        .defer("round__case__revision__text", "round__case__revision__canonical")
        .prefetch_related("round__opinions")
        .order_by("pk")[:MOST_PIECES]
    )
    if not rows:
        return []
    members = _named(offices.holders(Capability.GIVE_OPINION, bodies.iso_committee(office), at=at))
    known = {
        Opinion.Capacity.MEMBER: members,
        Opinion.Capacity.CONSULTED: _named(colleagues.of_office(office, at=at)),
        Opinion.Capacity.OF_THE_BODY: _named(colleagues.of_the_body(office, at=at)),
    }
    return [_asked(row, known[Opinion.Capacity(row.capacity)]) for row in rows]


def _asked(row: Opinion, known: dict[int, str]) -> Piece:
    left = row.reviewer_id not in known
    # A seat in the People's Committee is nobody else's.
    known = {} if row.capacity == Opinion.Capacity.OF_THE_BODY else known
    case = row.round.case
    voices = {key for one in row.round.opinions.all() for key in (one.reviewer_id, one.given_by_id)}
    barred = voices | {case.drafter_id, case.document.author_id}
    takers = tuple((key, name) for key, name in known.items() if key not in barred)
    return Piece(Reassignment.Work.OPINION, case.document, takers, case, row.task_id, left)


def drafts(user: User, office: Office, *, at: datetime) -> list[Piece]:
    """Give the drafts somebody has in hand; at most 100, two queries for each department."""
    running = Case.objects.filter(document=OuterRef("pk"), ended_at__isnull=True)
    rows = (
        kept_by(user)
        .filter(~Exists(running), office=office, issued_at__isnull=True, origin=Origin.INTERNAL)
        .annotate(newest_stage=newest_revision("stage"))
        .filter(Q(newest_stage__isnull=True) | ~Q(newest_stage=Stage.WITHDRAWN.value))
        .select_related("office", "drafting_department")
        .order_by("pk")[:MOST_PIECES]
    )
    found = _Drafters(user.pk, at)
    return [Piece(Reassignment.Work.DRAFT, row, found.of(row)) for row in rows]


def reworking(
    user: User, office: Office, waiting: Callable[[list[int]], dict[int, int]], *, at: datetime
) -> list[Piece]:
    """Give the returned papers somebody was given to rework; `waiting` tells their open tasks."""
    cases = list(
        Case.objects.filter(drafter=user, ended_at__isnull=True, document__office=office)
        .select_related("document__office", "document__drafting_department", "revision")
        .defer("revision__text", "revision__canonical")
        .order_by("pk")[:MOST_PIECES]
    )
    tasks = waiting([case.pk for case in cases]) if cases else {}
    found = _Drafters(user.pk, at)
    return [
        Piece(
            Reassignment.Work.REWORK, case.document, found.of(case.document), case, tasks[case.pk]
        )
        for case in cases
        if case.pk in tasks
    ]


@dataclass
class _Drafters:
    """Who drafts in which department today, but one; each department is read once."""

    besides: int
    at: datetime
    known: dict[int, tuple[tuple[int, str], ...]] = field(default_factory=dict)

    def of(self, document: Document) -> tuple[tuple[int, str], ...]:
        department = document.department
        if department.pk not in self.known:
            named = _named(offices.holders(Capability.DRAFT, department, at=self.at))
            named.pop(self.besides, None)
            self.known[department.pk] = tuple(named.items())
        return self.known[department.pk]


def _named(people: Iterable[Any]) -> dict[int, str]:
    return {one.user.pk: one.user.display_name for one in people}
