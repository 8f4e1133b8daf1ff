"""What was recorded about one paper on its way: read once for a page, in a bounded number of queries."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import BinaryField, F, Q, When
from django.db.models import Case as Case_

from documents.models import RegisterEntry, Revision
from offices import bodies
from workflows import engine
from workflows.flows.versions import CONFIRMATION
from workflows.models import Case, Opinion, Referral, ReviewRound, TaskDue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from documents.models import Document
    from offices.workdays import WorkCalendar
    from workflows.models import Waiver

# Newest first: the page of a paper lists these, the rest stand in the audit.
MOST_REVISIONS = 200


@dataclass(frozen=True, slots=True)
class Waiting:
    """One open task as the engine gives it: which step, and whom it was asked of."""

    task_id: int
    node: str
    owner_id: int | None


@dataclass(frozen=True)
class Dossier:
    """A paper, its versions, and the records of the procedure about the version shown."""

    document: Document
    revisions: tuple[Revision, ...]
    shown: Revision | None
    case: Case | None
    waiting: tuple[Waiting, ...]
    dues: dict[int, TaskDue]
    round: ReviewRound | None
    opinions: tuple[Opinion, ...]
    referral: Referral | None
    entry: RegisterEntry | None
    rows: tuple[Any, ...]
    # The hearing of the committee after the issue, of a paper that went first.
    later: Dossier | None = None

    @cached_property
    def calendar(self) -> WorkCalendar:
        """The working days of the paper's office; one query, once a page."""
        return bodies.calendar(self.document.office)

    @property
    def active(self) -> Dossier:
        """What waits for somebody: the hearing after the issue while it runs, else the paper's way."""
        return self.later if self.later is not None and self.later.running else self

    @property
    def running(self) -> bool:
        """Whether the paper is on its way."""
        return self.case is not None and self.case.ended_at is None

    @property
    def waiver(self) -> Waiver | None:
        """The decision that lets the version shown go before the committee is heard."""
        waiver: Waiver | None = getattr(self.shown, "waiver", None)
        return waiver if waiver is not None and waiver.allowed else None

    @property
    def node(self) -> str:
        """The step that waits; empty where nothing does."""
        return self.waiting[0].node if self.waiting else ""


def revisions_of(document: Document, *, with_bytes: Q | None = None) -> list[Revision]:
    """Give the versions newest first, with what was recorded of each; one query.

    Only those that match `with_bytes` come with their canonical bytes: a list needs none.
    """
    found = (
        Revision.objects.filter(document=document)
        .without_bytes()
        .select_related(
            "saved_by", "signature", "submission_note__by", "waiver__by", "form_check__by"
        )
        .newest_first()
    )
    if with_bytes is None:
        return list(found[:MOST_REVISIONS])
    carried = Case_(When(with_bytes, then=F("canonical")), output_field=BinaryField())
    rows = list(found.annotate(carried=carried)[:MOST_REVISIONS])
    for row in rows:
        if row.carried is not None:
            row.canonical = row.carried
    return rows


def latest_cases(document: Document) -> tuple[Case | None, Case | None]:
    """Give the case that runs on a paper, or the last that did, and the hearing after its issue.

    One query: nothing follows such a hearing, and nothing but the issue comes before it.
    """
    found = list(
        Case.objects.filter(document=document)
        .select_related("drafter", "opened_by", "confirmation__answered_by", "confirmation__answer")
        .order_by("-pk")[:2]
    )
    later = next((one for one in found if one.procedure == CONFIRMATION), None)
    return next((one for one in found if one is not later), None), later


def hearing(dossier: Dossier, case: Case, rows: Sequence[Any]) -> Dossier:
    """Read what waits in the hearing after the issue; one query where anything does."""
    waiting, dues = _waiting(rows)
    case.document = dossier.document
    return replace(
        dossier, case=case, waiting=waiting, dues=dues, rows=tuple(rows), referral=None, later=None
    )


def _waiting(rows: Sequence[Any]) -> tuple[tuple[Waiting, ...], dict[int, TaskDue]]:
    waiting = tuple(
        Waiting(row.pk, row.flow_task.name, row.owner_id) for row in rows if engine.waits(row)
    )
    dues = TaskDue.objects.filter(task_id__in=[task.task_id for task in waiting]) if waiting else ()
    return waiting, {due.task_id: due for due in dues}


def read(
    document: Document,
    *,
    revisions: Sequence[Revision],
    shown: Revision | None,
    case: Case | None,
    rows: Sequence[Any],
) -> Dossier:
    """Read the records about the version shown: at most six queries.

    `rows` are all of the case's rows as the engine gives them; those that stand open are waited for.
    """
    waiting, dues = _waiting(rows)
    opinions = _opinions(shown) if case is not None and shown is not None else []
    entry = None
    if document.number:
        entry = (
            RegisterEntry.objects.filter(document=document, abandoned_because="")
            .select_related("registered_by", "register")
            .first()
        )
    referral = None
    if case is not None and case.referred_at is not None:
        referral = case.referrals.select_related("by").order_by("-pk").first()
    return Dossier(
        document=document,
        revisions=tuple(revisions),
        shown=shown,
        case=case,
        waiting=waiting,
        dues=dues,
        round=opinions[0].round if opinions else None,
        opinions=tuple(opinions),
        referral=referral,
        entry=entry,
        rows=tuple(rows),
    )


def _opinions(revision: Revision) -> list[Opinion]:
    """Give the opinions of the last round on a version, in the order they were asked."""
    found = list(
        Opinion.objects.filter(round__revision=revision)
        .select_related("reviewer", "given_by", "late", "round__opened_by", "round__conclusion__by")
        .prefetch_related("clause_remarks", "responses")
        .order_by("-round__ordinal", "pk")
    )
    return [opinion for opinion in found if opinion.round_id == found[0].round_id]
