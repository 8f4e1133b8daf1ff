"""What every act has in common: one lock, one check of right and place, one record.

An act is: policy, rules, write, audit entry, the engine's task, the push on commit; all in one
short transaction under the process's lock. What is slow happens before (`architecture.md` §1.5).
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from documents.services.recording import record_on
from offices import services as offices
from offices.dates import vn_moment
from offices.parties import CLOCK
from workflows import engine, live
from workflows.exceptions import AlreadyDone, CaseEnded, Conflict, DigestChanged
from workflows.models import Act, Case
from workflows.selectors import capacities
from workflows.services import offers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime

    from viewflow.workflow.models import Task

    from offices.models import User
    from offices.selectors import Standing


@dataclass(frozen=True, slots=True)
class Ticket:
    """What every decision form carries: its task, the digest it showed, its idempotency key."""

    task_id: int
    digest: str
    key: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What is being done in a case, under its lock: by a person, or by the clock (`by` None)."""

    name: str
    case: Case
    at: datetime
    by: User | None = None
    standing: Standing | None = None
    operation_id: UUID = field(default_factory=uuid4)

    @property
    def basis(self) -> dict[str, Any]:
        """The appointment, grant and delegation the act rests on, as stored with its record."""
        return self.standing.as_record() if self.standing is not None else {}

    def record(
        self,
        action: str,
        *,
        head: bool = True,
        details: Mapping[str, str | int | bool | None] | None = None,
        disclose: Mapping[str, str] | None = None,
    ) -> None:
        """Record the act (head) or a consequence of it on the case's document.

        The act's own entry tells in which other capacities its person has acted in the case.
        """
        facts: dict[str, str | int | bool | None] = {"case": self.case.pk}
        if head and self.by is not None:
            also = capacities.earlier(self.case, by_id=self.by.pk, act=self.name)
            facts |= {"also": ",".join(also)} if also else {}
        record_on(
            self.case.document,
            action,
            by=self.by or CLOCK,
            at=self.at,
            operation_id=self.operation_id,
            head=head,
            digest=self.case.revision.content_digest,
            standing=self.standing,
            details=facts | dict(details or {}),
            disclose=disclose,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting(Deed):
    """A person's act on a named task."""

    by: User
    standing: Standing
    task: Task

    def complete(self, outcome: str, *, owners: Sequence[User] = ()) -> list[Task]:
        """Finish the act's task and offer what follows: rows, due dates and leave to read."""
        opened = engine.complete(self.task, outcome, by=self.by, at=self.at, owners=owners)
        offers.offer(opened, case=self.case, at=self.at)
        return opened


@contextmanager
def acting(
    name: str,
    *,
    case_id: int,
    ticket: Ticket,
    node: str,
    check: Callable[..., Standing],
    by: User,
    at: datetime,
) -> Iterator[Acting]:
    """Hold a case for one act on its named task; record that the form was carried out.

    Raises `NotPermitted` before anything about the case is told, `AlreadyDone` naming who was
    first, `CaseEnded`, or `DigestChanged`; then nothing was written.
    """
    with transaction.atomic(), engine.hold(case_id):
        case = load(case_id)
        standing = check(by, case, at=at)
        if standing.delegation_id is not None:
            offices.hold_delegation(standing.delegation_id, at=at)
        refuse_repeat(ticket)
        refuse_ended(case)
        task = open_task(ticket, case=case, node=node)
        refuse_other_digest(ticket, case)
        act = Acting(name=name, case=case, task=task, by=by, at=at, standing=standing)
        yield act
        settle(act, ticket=ticket)


def load(case_id: int) -> Case:
    """Read a case with what every act needs, after its lock is held."""
    return (
        Case.objects.select_related(
            "document__office",
            "document__drafting_department",
            "document__urgency_mark",
            "drafter",
            "revision",
            "revision__signature",
            "revision__waiver",
            "confirmation",
        )
        .defer("revision__text", "revision__canonical")
        .get(pk=case_id)
    )


def settle(act: Deed, *, ticket: Ticket) -> None:
    """Write the act's row, bump the case's version, and push after commit."""
    Act.objects.create(
        key=ticket.key,
        name=act.name,
        by=act.by,
        at=act.at,
        operation_id=act.operation_id,
        case=act.case,
        task_id=ticket.task_id or None,
    )
    act.case.version += 1
    act.case.save(update_fields=["version"])
    live.announce(act.case)


def open_task(ticket: Ticket, *, case: Case, node: str) -> Task:
    """Read the act's own task under the lock, or refuse naming who was first."""
    try:
        return engine.open_task(ticket.task_id, process_id=case.pk, node=node)
    except engine.StepDone as done:
        raise already_done(ticket.task_id) from done
    except engine.NotThisTask as other:
        raise Conflict(
            _("This form belongs to another step of the procedure."),
            advice=_("Open the paper again from the desk."),
        ) from other


def already_done(task_id: int) -> AlreadyDone:
    """Word the refusal for a task that is no longer open: who did what, and when."""
    act = Act.objects.filter(task_id=task_id).select_related("by").order_by("-pk").first()
    if act is None:
        return AlreadyDone(
            _("This step is over: it was taken back, withdrawn, or its time was up."),
            advice=_("Nothing was recorded now. Open the paper to see where it stands."),
        )
    return AlreadyDone(
        _("%(name)s was first, at %(moment)s.")
        % {
            "name": act.by.display_name if act.by is not None else _("The clock"),
            "moment": vn_moment(act.at),
        },
        advice=_("Nothing was recorded now. Open the paper to see where it stands."),
    )


def refuse_repeat(ticket: Ticket) -> None:
    """Refuse a form whose key was carried out before: a second click changes nothing."""
    act = Act.objects.filter(key=ticket.key).first()
    if act is not None:
        raise AlreadyDone(
            _("This form was recorded at %(moment)s; sending it again changes nothing.")
            % {"moment": vn_moment(act.at)},
            advice=_("Nothing more is needed. Open the paper to see where it stands."),
        )


def refuse_ended(case: Case) -> None:
    """Refuse an act in a case that is over."""
    if case.ended_at is not None:
        raise CaseEnded(
            _("This case ended at %(moment)s: %(how)s.")
            % {"moment": vn_moment(case.ended_at), "how": case.get_ended_how_display()},
            advice=_("Open the paper to see where it stands."),
        )


def refuse_other_digest(ticket: Ticket, case: Case) -> None:
    """Refuse an act on a content other than the one its page showed."""
    if ticket.digest != case.revision.content_digest:
        raise DigestChanged(
            _("The paper changed since this page was opened; nothing was recorded."),
            advice=_("Open the new content, compare, and decide again."),
        )
