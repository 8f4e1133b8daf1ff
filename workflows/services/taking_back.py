"""Taking back what one sent on, before anybody has acted on it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from documents import lifecycle
from documents.services import revisions, stages
from workflows import engine, policies
from workflows.exceptions import Conflict
from workflows.models import Act, TakeBack
from workflows.selectors.sending import sending_of
from workflows.services import offers, rounds
from workflows.services.acts import Acting, Ticket, acting
from workflows.services.deciding import move_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from offices.models import User
    from offices.selectors import Standing
    from workflows.models import Case


def take_back(
    *, case_id: int, ticket: Ticket, reason: str = "", by: User, at: datetime
) -> TakeBack:
    """Take a paper back that one sent on: the open step ends, one's own is offered again.

    `ticket` names the step that was offered. Stage, readers and the deadline are again what they
    were before the act; its Tờ trình or Phiếu trình stays in the file, taken back, and its number
    is not given again. Raises `AlreadyDone` naming who acted on the paper meanwhile.
    """
    offered = engine.find(ticket.task_id)
    sending = None
    if offered is not None and offered.flow_task is not None:
        sending = sending_of(engine.sent_by(offered.pk), node=offered.flow_task.name)
    if sending is None:
        raise Conflict(
            _("Nothing is waiting here that somebody sent on."),
            advice=_("Open the paper to see where it stands."),
        )

    def check(by: User, case: Case, *, at: datetime) -> Standing:
        return policies.check_can_take_back(
            by, case, sender_id=sending.by_id, undone=sending.act, at=at
        )

    with acting(
        "take_back",
        case_id=case_id,
        ticket=ticket,
        node=sending.node,
        check=check,
        by=by,
        at=at,
    ) as act:
        taken = TakeBack.objects.create(
            case=act.case,
            revision=act.case.revision,
            undone=sending.act,
            sent_task_id=sending.task.pk,
            task_id=act.task.pk,
            reason=reason.strip(),
            by=by,
            at=at,
            standing=act.basis,
        )
        UNDOING[sending.act](act, taken)
        act.record(
            "paper.taken_back",
            details={"step": sending.act},
            disclose={"reason": taken.reason} if taken.reason else None,
        )
        offers.unoffer(sending.node, case=act.case, at=at)
        again = engine.take_back(act.case.pk, sending.task, by=by, at=at)
        offers.offer_again(again, like=sending.task, case=act.case, at=at)
    return taken


def _submission(act: Acting, taken: TakeBack) -> None:
    """What was submitted ends, as what is returned does: the text opens, the count goes on."""
    because = taken.reason or _("Taken back by whoever sent it.")
    stages.end(act.case.revision, at=act.at, because=because)


def _proposal(act: Acting, taken: TakeBack) -> None:
    revision = act.case.revision
    note = revision.submission_note
    note.revision, note.taken_back = None, taken
    note.save(update_fields=["revision", "taken_back"])
    revisions.uncite_submission_note(revision)
    stages.move(revision, lifecycle.TAKE_PROPOSAL_BACK)


def _check(act: Acting, taken: TakeBack) -> None:
    revision = act.case.revision
    slip = revision.form_check
    slip.revision, slip.taken_back = None, taken
    slip.save(update_fields=["revision", "taken_back"])
    stages.move(revision, lifecycle.UNDONE[move_of(act.case)])


def _referral(act: Acting, taken: TakeBack) -> None:
    act.case.referred_at = None
    act.case.save(update_fields=["referred_at"])


def _assignment(act: Acting, taken: TakeBack) -> None:
    """Whoever submitted last reworks it, as before the head of department chose somebody."""
    submissions = Act.objects.filter(case=act.case, name__in=("submit", "resubmit"))
    last = submissions.select_related("by").latest("pk")
    if last.by is not None:
        act.case.drafter = last.by
        act.case.save(update_fields=["drafter"])


def _round(act: Acting, taken: TakeBack) -> None:
    """The members are asked no more and stop reading; the secretary asks anew, in another round."""
    round = act.case.rounds.get(task_id=act.task.pk)
    asked = list(round.opinions.values_list("reviewer_id", flat=True))
    rounds.undo(round, at=act.at, by=act.by, because=taken.reason)
    offers.unask(asked, case=act.case, at=act.at)


UNDOING: MappingProxyType[str, Callable[[Acting, TakeBack], None]] = MappingProxyType(
    {
        "submit": _submission,
        "resubmit": _submission,
        "propose": _proposal,
        "check_form": _check,
        "refer": _referral,
        "assign_rework": _assignment,
        "open_round": _round,
    }
)
