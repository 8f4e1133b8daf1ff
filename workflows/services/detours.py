"""Acts outside the graph: withdrawing before the signature."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from documents import lifecycle
from documents.lifecycle import Stage
from documents.services import stages
from workflows import engine, policies
from workflows.exceptions import BadInput, Conflict
from workflows.models import Case, ReviewRound
from workflows.services import offers, rounds
from workflows.services.acts import (
    Deed,
    Ticket,
    load,
    refuse_ended,
    refuse_other_digest,
    refuse_repeat,
    settle,
)

if TYPE_CHECKING:
    from datetime import datetime

    from offices.models import User


def withdraw(*, case_id: int, ticket: Ticket, reason: str, by: User, at: datetime) -> Case:
    """Stop a paper before it is signed: the case ends, every opinion is kept."""
    if not reason.strip():
        raise BadInput(_("Say why the paper is withdrawn; the reason stays in its file."))
    with transaction.atomic(), engine.hold(case_id):
        case = load(case_id)
        standing = policies.check_can_withdraw(by, case, at=at)
        refuse_repeat(ticket)
        refuse_ended(case)
        refuse_other_digest(ticket, case)
        signed = case.revision.at_stage in {Stage.SIGNED, Stage.ISSUED}
        # What the clerk refused has ended, and may be withdrawn instead of reworked.
        if signed and case.revision.ended_at is None:
            raise Conflict(
                _("The paper is signed; it can no longer be withdrawn."),
                advice=_("A signed paper is stopped by whoever signed it or by the records clerk."),
            )
        act = Deed(name="withdraw", case=case, by=by, at=at, standing=standing)
        if case.revision.ended_at is None:
            stages.move(case.revision, lifecycle.WITHDRAW)
        for round in case.rounds.filter(closed_at__isnull=True):
            rounds.end_round(
                round, ReviewRound.ClosedHow.WITHDRAWN, at=at, by=by, because=reason.strip()
            )
        case.ended_at = at
        case.ended_how = Case.EndedHow.WITHDRAWN
        case.save(update_fields=["ended_at", "ended_how"])
        engine.withdraw(case.pk, at=at)
        offers.end_reading(case, by=by, at=at)
        act.record("paper.withdrawn", disclose={"reason": reason.strip()})
        # The act belongs to the case as a whole: a task the form names is not believed.
        settle(act, ticket=replace(ticket, task_id=0))
    return case
