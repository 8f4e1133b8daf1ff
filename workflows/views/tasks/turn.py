"""One person before one case at one moment: what every page of a step reads, each thing once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Prefetch, Q
from django.http import Http404

from documents import papers
from documents.content.redline import redline
from documents.lifecycle import Stage
from documents.policies import check_can_follow
from documents.relations import RelationKind
from documents.rendering.html import sheets
from documents.selectors import state
from offices import bodies
from offices.dates import local_day
from offices.roles import Capability
from workflows import engine, live
from workflows.flows.versions import CONFIRMATION
from workflows.models import Case, Opinion, TaskDue
from workflows.policies import OF_NODE, refusal
from workflows.selectors import comments
from workflows.selectors.terms import Terms, terms_of
from workflows.services.urgent import waiver_of
from workflows.views.frame import frame_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.http import HttpRequest
    from django.utils.safestring import SafeString
    from viewflow.workflow.models import Task

    from documents.content.passages import Passage
    from documents.content.tree import Content
    from documents.models import Document, Relation, Revision
    from documents.selectors.state import Legal
    from offices.models import User
    from offices.workdays import WorkCalendar
    from workflows.models import Comment, FormCheck, Return, ReviewRound, SubmissionNote, Waiver


Read = TypeVar("Read")

GIVEN = [one.value for one in Opinion.ANSWERS]


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline as `{% due %}` reads it: working days left, 0 on the last day."""

    due_at: datetime
    working_days_left: int
    overdue: bool
    # How it was reckoned, a sentence a day.
    derivation: tuple[str, ...] = ()


class Turn:
    """What the pages of a case read, in Vietnamese time of the office; every read happens once."""

    def __init__(
        self, *, request: HttpRequest, by: User, at: datetime, case: Case, task: Task | None
    ) -> None:
        self.request, self.by, self.at, self.case, self.task = request, by, at, case, task
        self._read: dict[Callable[[Turn], Any], Any] = {}

    def once(self, read: Callable[[Turn], Read]) -> Read:
        """Give what a step reads of this turn; several forms of its page ask for the same."""
        if read not in self._read:
            self._read[read] = read(self)
        found: Read = self._read[read]
        return found

    @property
    def document(self) -> Document:
        """The paper."""
        return self.case.document

    @property
    def revision(self) -> Revision:
        """The submitted revision the case stands on."""
        return self.case.revision

    @property
    def task_id(self) -> int:
        """The task's key; 0 for an act that belongs to the case as a whole."""
        return self.task.pk if self.task is not None else 0

    @property
    def node(self) -> str:
        """The name of the task's node."""
        return self.task.flow_task.name if self.task is not None else ""

    @property
    def topic(self) -> str:
        """What the page listens to."""
        return live.document_topic(self.case.document_id)

    @property
    def outcome(self) -> str:
        """Which way the task went, once it is done; empty where it was cancelled."""
        return self.task.data.get("outcome", "") if self.task is not None else ""

    @property
    def is_open(self) -> bool:
        """Whether the task still waits for somebody."""
        return self.task is not None and engine.is_open(self.task) and self.case.ended_at is None

    @cached_property
    def calendar(self) -> WorkCalendar:
        """The working days of the office."""
        return bodies.calendar(self.document.office)

    @cached_property
    def terms(self) -> Terms:
        """The terms that count in the office now."""
        return terms_of(self.document.office, at=self.at)

    @cached_property
    def due(self) -> Due | None:
        """When this task is due; an opinion is due when its round ends."""
        if not self.is_open:
            return None
        if self.node in {"opinion", "collect_opinions"}:
            row: ReviewRound | TaskDue | None = self.round
        else:
            row = TaskDue.objects.filter(task_id=self.task_id).first()
        return self.due_of(row.due_at, derivation=tuple(row.derivation)) if row else None

    def due_of(self, due_at: datetime, *, derivation: tuple[str, ...] = ()) -> Due:
        """Count the working days left until a moment."""
        today, last = local_day(self.at), local_day(due_at)
        overdue = self.at > due_at
        left = (
            -self.calendar.working_days_between(last, today)
            if overdue
            else self.calendar.working_days_between(today, last)
        )
        return Due(due_at, left, overdue, derivation)

    @cached_property
    def content(self) -> Content:
        """The content tree of the submitted revision."""
        return papers.content_of(self.revision)

    @cached_property
    def submitted(self) -> list[Revision]:
        """The submitted revisions of the paper, newest first."""
        rows = self.document.revisions.filter(amendment__isnull=False).defer("text")
        return list(rows.order_by("-amendment"))

    @cached_property
    def previous(self) -> Revision | None:
        """The revision submitted before the one the case stands on."""
        now = self.revision.amendment or 0
        return next((row for row in self.submitted if (row.amendment or 0) < now), None)

    @cached_property
    def since_previous(self) -> list[Passage]:
        """The paper clause by clause, against the revision submitted before; all kept if first."""
        old = papers.content_of(self.previous) if self.previous else self.content
        return redline(old, self.content)

    @cached_property
    def answered_before(self) -> Revision | None:
        """The earlier revision on which the person whose part this task is last gave an opinion."""
        given = (
            Opinion.objects.filter(round__case=self.case, reviewer=self.task and self.task.owner_id)
            .exclude(round__content_digest=self.revision.content_digest)
            .filter(Q(choice__in=GIVEN) | Q(late__isnull=False))
        )
        last = given.select_related("round__revision").order_by("-round__ordinal").first()
        return last.round.revision if last is not None else None

    @cached_property
    def since_answered(self) -> list[Passage]:
        """The paper against the revision that person answered on; else against the one before."""
        if self.answered_before is None or self.answered_before == self.previous:
            return self.since_previous
        return redline(papers.content_of(self.answered_before), self.content)

    @cached_property
    def acts_on(self) -> list[Relation]:
        """What issuing will do to other papers, in the order of the text."""
        verbs = [RelationKind.REPLACES, RelationKind.REPEALS, RelationKind.AMENDS]
        verbs += [RelationKind.SUSPENDS, RelationKind.RECALLS]
        rows = self.revision.relations.filter(verb__in=[verb.value for verb in verbs])
        return list(rows.select_related("target").order_by("ordinal"))

    @cached_property
    def bases(self) -> list[Document]:
        """The papers it is based on, each once, in the order of the text."""
        rows = self.revision.relations.filter(verb=RelationKind.BASED_ON.value)
        found = [row.target for row in rows.select_related("target").order_by("ordinal")]
        return list({target.pk: target for target in found}.values())

    @cached_property
    def legal(self) -> dict[int, Legal]:
        """What the papers it acts on or rests on are worth today."""
        targets = [relation.target for relation in self.acts_on]
        return state.legal([*targets, *self.bases], on=local_day(self.at))

    @cached_property
    def worth(self) -> Legal:
        """What the paper itself is worth today."""
        return state.legal([self.document], on=local_day(self.at))[self.document.pk]

    @cached_property
    def replaced(self) -> Relation | None:
        """The first paper it replaces."""
        return next((row for row in self.acts_on if row.verb == RelationKind.REPLACES), None)

    @cached_property
    def since_replaced(self) -> list[Passage] | None:
        """The paper against the text it replaces; None where that is known by citation alone."""
        if self.replaced is None:
            return None
        old = self.replaced.target.revisions.filter(stage="issued").defer("text").first()
        if old is None:
            return None
        return redline(papers.content_of(old), self.content, by_id=False)

    @cached_property
    def note(self) -> SubmissionNote | None:
        """The Tờ trình of this revision."""
        return getattr(self.revision, "submission_note", None)

    @cached_property
    def form_check(self) -> FormCheck | None:
        """The check before signing, of this revision."""
        return getattr(self.revision, "form_check", None)

    @property
    def is_later(self) -> bool:
        """Whether the committee is heard on an issued paper that went first."""
        return self.case.procedure == CONFIRMATION

    @cached_property
    def waiver(self) -> Waiver | None:
        """The decision that lets this revision go before the committee is heard."""
        return waiver_of(self.revision)

    @cached_property
    def last_return(self) -> Return | None:
        """The latest return in the case."""
        return self.case.returns.select_related("by").order_by("-pk").first()

    @cached_property
    def round(self) -> ReviewRound | None:
        """The latest round on this revision's content, with opinions, remarks and answers."""
        opinions = Opinion.objects.select_related("reviewer", "given_by", "late").order_by("pk")
        rows = self.case.rounds.filter(content_digest=self.revision.content_digest)
        return (
            rows.select_related("opened_by", "conclusion__by")
            .prefetch_related(
                Prefetch("opinions", queryset=opinions),
                "opinions__clause_remarks",
                "opinions__responses",
            )
            .order_by("-ordinal")
            .first()
        )

    @cached_property
    def comments(self) -> list[Comment]:
        """The advice asked for in the case, newest first."""
        return comments.of_case(self.case)

    @property
    def asks_for_advice(self) -> bool:
        """Whether the reader may do the step that waits, and so may ask for advice on it."""
        if not self.is_open or self.node not in OF_NODE:
            return False
        return refusal(OF_NODE[self.node], self.by, self.case, at=self.at) is None

    @property
    def leads_to_withdrawal(self) -> bool:
        """Whether to show the way to withdrawing; that page asks the policy itself."""
        department = self.document.drafting_department
        signed = self.revision.at_stage in {Stage.SIGNED, Stage.ISSUED}
        if department is None or (signed and self.revision.ended_at is None):
            return False
        held = frame_of(self.request).standings
        return held.may(Capability.WITHDRAW, department) is not None

    def sheets(self, *, anchors: bool = True) -> SafeString:
        """Draw the A4 sheets of the revision with what is known of its slots."""
        facts = papers.issuance_facts(self.document, self.revision)
        words = self.document.urgency_words
        return sheets(self.content, facts, anchors=anchors, urgency=words)


def turn_at_task(request: HttpRequest, task_id: int) -> Turn:
    """Open a task for the person signed in; 404 for who may not follow the paper."""
    task = engine.find(task_id)
    if task is None or task.flow_task is None:
        raise Http404
    return _turn(request, case_id=task.process_id, task=task)


def turn_at_case(request: HttpRequest, case_id: int) -> Turn:
    """Open a case for the person signed in; 404 for who may not follow the paper."""
    return _turn(request, case_id=case_id, task=None)


def _turn(request: HttpRequest, *, case_id: int, task: Task | None) -> Turn:
    frame = frame_of(request)
    case = _cases().filter(pk=case_id).first()
    if case is None or frame.user is None:
        raise Http404
    check_can_follow(frame.user, case.document, at=frame.now, reader=frame.standings.reader)
    return Turn(request=request, by=frame.user, at=frame.now, case=case, task=task)


def _cases() -> Any:
    return Case.objects.select_related(
        "document__office",
        "document__drafting_department",
        "document__urgency_mark",
        "document__author",
        "drafter",
        "opened_by",
        "revision__saved_by",
        "revision__signature__signatory",
        "revision__submission_note__by",
        "revision__form_check__by",
        "revision__waiver__by",
        "confirmation__answered_by",
        "confirmation__answer",
    ).defer("revision__text")
