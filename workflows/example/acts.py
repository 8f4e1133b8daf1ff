"""The acts of a paper's story: each finds its own task and calls one use case at its time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from documents.models import Document, WorkingCopy
from documents.services import drafting, keeping, revisions
from offices.dates import ZONE
from workflows import engine
from workflows.checklists import CONTENT_POINTS, FORM_POINTS
from workflows.models import Case, Opinion, ReviewRound
from workflows.services import (
    concluding,
    deciding,
    detours,
    issuing,
    late,
    meeting,
    returning,
    reviewing,
    submitting,
)
from workflows.services.acts import Ticket
from workflows.services.concluding import Answer
from workflows.services.meeting import MinutesPlan, Said
from workflows.services.reviewing import Remark, RoundPlan

if TYPE_CHECKING:
    from viewflow.workflow.models import Task

    from documents.services.drafting import DraftPlan
    from offices.models import User
    from workflows.example.office import Cast

TEXTS = Path(__file__).parent / "texts"
NAMESPACE = UUID("6f1c0d1e-5b9e-4b1a-9f0e-9a3b6b0f2d10")


def moment(day: str, clock: str = "09:00") -> datetime:
    """Give a moment in Vietnamese time from "2024-01-12", "16:20"."""
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZONE)


def text_of(name: str) -> str:
    """Give the text of one of the example's papers."""
    return (TEXTS / f"{name}.txt").read_text(encoding="utf-8")


@dataclass(slots=True)
class Paper:
    """One paper of the example on its way; people are named by account."""

    cast: Cast
    password: str
    document: Document | None = None
    case: Case | None = None
    acts: int = 0

    def key(self) -> UUID:
        """Give the next idempotency key of this paper."""
        self.acts += 1
        return uuid5(NAMESPACE, f"{self._document.reference}/{self.acts}")

    @property
    def _document(self) -> Document:
        if self.document is None:
            raise ValueError("the paper has not been drafted yet")
        return self.document

    @property
    def _case(self) -> Case:
        if self.case is None:
            raise ValueError("the paper has not been submitted yet")
        self.case.refresh_from_db()
        return self.case

    def who(self, username: str) -> User:
        """Give the account of a post."""
        return self.cast.people[username]

    def ticket(self, node: str, *, owner: User | None = None) -> Ticket:
        """Make the form's ticket for the open task of a node."""
        case = self._case
        task = next(self._open(node, owner))
        return Ticket(task.pk, case.revision.content_digest, self.key())

    def _open(self, node: str, owner: User | None) -> Iterator[Task]:
        for task in engine.open_tasks([self._case.pk]):
            if task.flow_task.name == node and (owner is None or task.owner_id == owner.pk):
                yield task

    def draft(self, by: str, department: str, plan: DraftPlan, text: str, *, at: datetime) -> None:
        """Begin the draft and save its first version."""
        self.document = drafting.start_draft(
            department=self.cast.departments[department],
            plan=plan,
            text=text_of(text),
            by=self.who(by),
            at=at,
        )
        revisions.save_version(document=self._document, by=self.who(by), at=at)

    def rewrite(self, by: str, text: str, *, at: datetime) -> None:
        """Change the working copy and save the next version."""
        copy = WorkingCopy.objects.get(document=self._document)
        keeping.keep_text(
            document=self._document,
            text=text_of(text),
            lock_version=copy.lock_version,
            by=self.who(by),
            at=at,
        )
        revisions.save_version(document=self._document, by=self.who(by), at=at)

    def _newest_digest(self) -> str:
        newest = self._document.revisions.newest_first()[:1].get()
        return str(newest.content_digest)

    def submit(self, by: str, *, at: datetime) -> None:
        """Submit the newest version."""
        self.case = submitting.submit(
            document=self._document,
            digest=self._newest_digest(),
            key=self.key(),
            by=self.who(by),
            at=at,
        )

    def resubmit(self, by: str, *, at: datetime) -> None:
        """Send the reworked paper on."""
        form = self.ticket("rework")
        submitting.resubmit(
            case_id=self._case.pk,
            ticket=Ticket(form.task_id, self._newest_digest(), form.key),
            by=self.who(by),
            at=at,
        )

    def propose(self, by: str, text: str, *, at: datetime, urgency: str = "") -> None:
        """Propose with a submission note."""
        submitting.propose(
            case_id=self._case.pk,
            ticket=self.ticket("propose"),
            text=text,
            urgency=urgency,
            by=self.who(by),
            at=at,
        )

    def return_unopened(self, by: str, reason: str, *, at: datetime) -> None:
        """Return at the secretary's desk."""
        returning.return_paper(
            node="open_round",
            case_id=self._case.pk,
            ticket=self.ticket("open_round"),
            reason=reason,
            by=self.who(by),
            at=at,
        )

    def assign(self, by: str, drafter: str, *, at: datetime) -> None:
        """Hand a returned paper to its specialist."""
        submitting.assign_rework(
            case_id=self._case.pk,
            ticket=self.ticket("receive_return"),
            drafter=self.who(drafter),
            by=self.who(by),
            at=at,
        )

    def open_round(
        self, by: str, reviewers: Sequence[str], days: int, *, at: datetime, message: str = ""
    ) -> None:
        """Ask members of the committee."""
        reviewing.open_round(
            case_id=self._case.pk,
            ticket=self.ticket("open_round"),
            plan=RoundPlan(
                reviewer_ids=tuple(self.who(name).pk for name in reviewers),
                working_days=days,
                form=ReviewRound.Form.WRITTEN,
                message=message,
            ),
            by=self.who(by),
            at=at,
        )

    def call_meeting(
        self, by: str, members: Sequence[str], meets_at: datetime, place: str, *, at: datetime
    ) -> None:
        """Call members of the committee to a meeting."""
        plan = RoundPlan(
            reviewer_ids=tuple(self.who(name).pk for name in members),
            working_days=1,
            form=ReviewRound.Form.MEETING,
            meets_at=meets_at,
            place=place,
        )
        reviewing.open_round(
            case_id=self._case.pk,
            ticket=self.ticket("open_round"),
            plan=plan,
            by=self.who(by),
            at=at,
        )

    def minute(
        self, by: str, chair: str, said: dict[str, Said], text: str, *, at: datetime
    ) -> None:
        """Enter the minutes of the meeting that was called; it ended when they are entered."""
        round_ = self._case.rounds.latest("ordinal")
        if round_.meets_at is None:
            raise ValueError("no meeting was called")
        digest = self._case.revision.content_digest
        keys = {one.reviewer.username: one.pk for one in round_.opinions.select_related("reviewer")}
        meeting.record_minutes(
            case_id=self._case.pk,
            ticket=Ticket(round_.task_id, digest, self.key()),
            plan=MinutesPlan(
                held_at=round_.meets_at,
                ended_at=at,
                place=round_.place,
                chair_id=self.who(chair).pk,
                text=text,
                said={keys[name]: one for name, one in said.items()},
            ),
            by=self.who(by),
            at=at,
        )

    def answer_late(self, by: str, remarks: str, *, at: datetime) -> None:
        """Attach what a silent member says after the round."""
        asked = self._case.rounds.latest("ordinal").opinions.get(reviewer=self.who(by))
        late.give_late_opinion(
            case_id=self._case.pk,
            ticket=Ticket(asked.task_id, self._case.revision.content_digest, self.key()),
            choice=Opinion.Choice.AGREE_WITH_REMARKS,
            remarks=remarks,
            by=self.who(by),
            at=at,
        )

    def withdraw(self, by: str, reason: str, *, at: datetime) -> None:
        """Withdraw the paper."""
        detours.withdraw(
            case_id=self._case.pk,
            ticket=Ticket(0, self._case.revision.content_digest, self.key()),
            reason=reason,
            by=self.who(by),
            at=at,
        )

    def opinion(
        self,
        by: str,
        *,
        at: datetime,
        choice: str = Opinion.Choice.AGREE,
        remarks: str = "",
        on: Sequence[Remark] = (),
    ) -> None:
        """Give one opinion."""
        reviewing.give_opinion(
            case_id=self._case.pk,
            ticket=self.ticket("opinion", owner=self.who(by)),
            choice=choice,
            remarks=remarks,
            clause_remarks=on,
            by=self.who(by),
            at=at,
        )

    def conclude(
        self, by: str, text: str, *, at: datetime, answers: dict[str, tuple[str, str]] | None = None
    ) -> None:
        """Endorse, answering each remark by the reviewer's account name."""
        latest = self._case.rounds.order_by("-ordinal")[:1].get()
        given = [
            Answer(latest.opinions.get(reviewer=self.who(name)).pk, sort, words)
            for name, (sort, words) in (answers or {}).items()
        ]
        concluding.conclude(
            case_id=self._case.pk,
            ticket=self.ticket("conclude"),
            outcome=concluding.ENDORSED,
            text=text,
            answers=given,
            by=self.who(by),
            at=at,
        )

    def check(self, by: str, text: str, *, at: datetime) -> None:
        """Pass the check before signing."""
        deciding.check_form(
            case_id=self._case.pk,
            ticket=self.ticket("check_form"),
            content_points=dict.fromkeys(CONTENT_POINTS, True),
            form_points=dict.fromkeys(FORM_POINTS, True),
            text=text,
            by=self.who(by),
            at=at,
        )

    def refer(self, by: str, reason: str, *, at: datetime) -> None:
        """Refer the paper up to the chairman."""
        deciding.refer(
            case_id=self._case.pk, ticket=self.ticket("sign"), reason=reason, by=self.who(by), at=at
        )

    def sign(self, by: str, *, at: datetime) -> None:
        """Sign with the account's password."""
        deciding.sign(
            case_id=self._case.pk,
            ticket=self.ticket("sign"),
            password=self.password,
            by=self.who(by),
            at=at,
        )

    def issue(self, by: str, *, at: datetime, dated_on: date, copies: int) -> None:
        """Number, seal and issue."""
        issuing.register(
            case_id=self._case.pk,
            ticket=self.ticket("register"),
            dated_on=dated_on,
            by=self.who(by),
            at=at,
        )
        issuing.seal_and_issue(
            case_id=self._case.pk,
            ticket=self.ticket("issue"),
            copies=copies,
            by=self.who(by),
            at=at,
        )
