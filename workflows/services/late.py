"""An opinion after its round is over: attached to the round as late, and deciding nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from workflows import engine, policies
from workflows.exceptions import AlreadyDone, Conflict, NotPermitted
from workflows.models import LateOpinion, Opinion
from workflows.services.acts import (
    Deed,
    Ticket,
    load,
    refuse_ended,
    refuse_other_digest,
    refuse_repeat,
    settle,
)
from workflows.services.reviewing import check_words, keep_clause_remarks, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from offices.models import User
    from workflows.services.reviewing import Remark


def give_late_opinion(
    *,
    case_id: int,
    ticket: Ticket,
    choice: str,
    remarks: str,
    clause_remarks: Sequence[Remark] = (),
    by: User,
    at: datetime,
) -> LateOpinion:
    """Attach what a silent reviewer says after the round, while the case stands on its content.

    The recorded silence, the tally and the conclusion stay as they are; the engine is not asked.
    `ticket.task_id` is the reviewer's part of the round. `Conflict` while the round is open,
    `AlreadyDone` where the reviewer has answered, `CaseEnded` and `DigestChanged` as ever.
    """
    check_words(choice, remarks, clause_remarks)
    with transaction.atomic(), engine.hold(case_id):
        case = load(case_id)
        asked = Opinion.objects.select_related(
            "round__case__document__office", "round__conclusion", "late"
        )
        opinion = asked.filter(task_id=ticket.task_id, round__case=case_id).first()
        if opinion is None:
            raise Conflict(_("This form belongs to another step of the procedure."))
        standing = policies.check_can_give_opinion(by, opinion.round, at=at, opinion=opinion)
        policies.check_is_asked(by, opinion)
        refuse_repeat(ticket)
        refuse_ended(case)
        refuse_other_digest(ticket, case)
        _refuse_unless_silent(opinion)
        _refuse_second_capacity(opinion, by)
        act = Deed(name="give_late_opinion", case=case, by=by, at=at, standing=standing)
        late = LateOpinion.objects.create(
            opinion=opinion,
            choice=choice,
            remarks=remarks.strip(),
            given_at=at,
            standing=act.basis,
        )
        keep_clause_remarks(opinion, clause_remarks)
        act.record(
            "opinion.late",
            details={"round": opinion.round.ordinal, "choice": choice},
            disclose=words_of(late.remarks, clause_remarks),
        )
        settle(act, ticket=ticket)
    return late


def may_be_late(opinion: Opinion) -> bool:
    """Tell whether an opinion was recorded as silence and has no late one yet."""
    silent = opinion.choice == Opinion.Choice.SILENT
    return silent and opinion.round.closed_at is not None and not hasattr(opinion, "late")


def _refuse_second_capacity(opinion: Opinion, by: User) -> None:
    """Whoever concluded the round does not speak in it besides: nobody decides twice in one round."""
    if opinion.capacity == Opinion.Capacity.OF_THE_BODY:
        return  # a vote in the People's Committee is given in another body
    conclusion = getattr(opinion.round, "conclusion", None)
    if conclusion is not None and conclusion.by_id == by.pk:
        raise NotPermitted(_("Nobody decides twice in one round: this account concluded it."))


def _refuse_unless_silent(opinion: Opinion) -> None:
    if opinion.round.closed_at is None:
        raise Conflict(
            _("The round is still open: answer on its form."),
            advice=_("Open the paper again from the desk."),
        )
    if may_be_late(opinion):
        return
    raise AlreadyDone(
        _("This form has been answered already, and an opinion is given once."),
        advice=_("Nothing was recorded now. Open the paper to see where it stands."),
    )
