"""Step 6: the head of the committee concludes a round; dissent stays in the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from documents import lifecycle
from documents.services import stages
from workflows import policies
from workflows.exceptions import BadInput, Conflict
from workflows.flows.versions import CONFIRMATION
from workflows.models import Conclusion, Opinion, Response
from workflows.quorum import Vote
from workflows.services import later_hearing
from workflows.services.acts import Acting, Ticket, acting
from workflows.services.returning import send_back

if TYPE_CHECKING:
    from offices.models import User
    from workflows.models import Case, ReviewRound

ENDORSED = Conclusion.Outcome.ENDORSED
RETURNED = Conclusion.Outcome.RETURNED
CONFIRMED = Conclusion.Outcome.CONFIRMED
UNCONFIRMED = Conclusion.Outcome.UNCONFIRMED
AGREES = frozenset({ENDORSED, CONFIRMED})


@dataclass(frozen=True, slots=True)
class Answer:
    """How one opinion was taken up: accepted into the text, or explained why not."""

    opinion_id: int
    sort: str
    text: str


def conclude(
    *,
    case_id: int,
    ticket: Ticket,
    outcome: str,
    text: str,
    answers: Sequence[Answer] = (),
    by: User,
    at: datetime,
) -> Conclusion:
    """Endorse or return after a round, with the Bảng tổng hợp; dissent stays in the record.

    A paper that went first is confirmed or not confirmed instead. Endorsing and confirming need an answer (tiếp thu or giải trình) to every dissent and every remark of the
    latest round, which must have been about the content the case stands on.
    """
    with acting(
        "conclude",
        case_id=case_id,
        ticket=ticket,
        node="conclude",
        check=policies.check_can_conclude,
        by=by,
        at=at,
    ) as act:
        _refuse_unknown(outcome, act.case)
        round = act.case.rounds.order_by("-ordinal").first()
        if round is None or round.content_digest != act.case.revision.content_digest:
            raise Conflict(_("The last round was about another content; ask again."))
        opinions = list(round.opinions.prefetch_related("clause_remarks"))
        _check_answers(opinions, answers, endorsing=outcome in AGREES)
        if outcome in AGREES:
            _refuse_unless_carried(round, opinions)
        conclusion = Conclusion.objects.create(
            round=round, outcome=outcome, text=text.strip(), by=by, at=at, standing=act.basis
        )
        Response.objects.bulk_create(
            Response(
                conclusion=conclusion,
                opinion_id=answer.opinion_id,
                sort=answer.sort,
                text=answer.text.strip(),
            )
            for answer in answers
        )
        _carry_out_conclusion(act, conclusion, opinions)
    return conclusion


def outcomes_of(case: Case) -> tuple[str, str]:
    """Give how a round of this case is concluded: where the committee agrees, and where not."""
    if case.procedure == CONFIRMATION:
        return CONFIRMED, UNCONFIRMED
    return ENDORSED, RETURNED


def _refuse_unknown(outcome: str, case: Case) -> None:
    if outcome in outcomes_of(case):
        return
    if case.procedure == CONFIRMATION:
        raise BadInput(_("Say whether the committee confirms the issued paper."))
    raise BadInput(_("Say whether the committee endorses or returns the paper."))


def _carry_out_conclusion(act: Acting, conclusion: Conclusion, opinions: Sequence[Opinion]) -> None:
    if act.case.procedure == CONFIRMATION:
        _carry_out_confirmation(act, conclusion, opinions)
        return
    if conclusion.outcome == RETURNED:
        send_back(act, reason=conclusion.text)
        act.complete("returned")
        return
    stages.move(act.case.revision, lifecycle.ENDORSE)
    dissent = sum(opinion.choice == Opinion.Choice.DISAGREE for opinion in opinions)
    act.record(
        "paper.endorsed",
        details={"round": conclusion.round.ordinal, "dissent": dissent},
        disclose={"text": conclusion.text} if conclusion.text else None,
    )
    act.complete("endorsed")


def _carry_out_confirmation(
    act: Acting, conclusion: Conclusion, opinions: Sequence[Opinion]
) -> None:
    confirmed = conclusion.outcome == CONFIRMED
    if not confirmed and not conclusion.text:
        raise BadInput(_("Say why the committee does not confirm it; who signs answers to that."))
    details: dict[str, str | int | bool | None] = {"round": conclusion.round.ordinal}
    if confirmed:
        details["dissent"] = sum(one.choice == Opinion.Choice.DISAGREE for one in opinions)
    act.record(
        "confirmation.given" if confirmed else "confirmation.refused",
        details=details,
        disclose={"text": conclusion.text} if conclusion.text else None,
    )
    later_hearing.conclude(act, confirmed=confirmed)


def vote_of(round: ReviewRound, opinions: Sequence[Opinion]) -> Vote | None:
    """Count the vote of the People's Committee; None where its members were not asked.

    Silence agrees only by the clause the round carries. Who left the body meanwhile was asked no
    more and is no member any longer.
    """
    seats = (one for one in opinions if one.capacity == Opinion.Capacity.OF_THE_BODY)
    votes = [one.choice for one in seats if one.choice != Opinion.Choice.EXCUSED]
    if not votes:
        return None
    agree = votes.count(Opinion.Choice.AGREE) + votes.count(Opinion.Choice.AGREE_WITH_REMARKS)
    silent = votes.count(Opinion.Choice.SILENT) if round.silence_rule else 0
    return Vote(members=len(votes), agree=agree + silent)


def _refuse_unless_carried(round: ReviewRound, opinions: Sequence[Opinion]) -> None:
    vote = vote_of(round, opinions)
    if vote is not None and not vote.carried:
        raise Conflict(
            _(
                "%(agree)s of %(members)s members of the People's Committee agree; it takes more than half."
            )
            % {"agree": vote.agree, "members": vote.members},
            advice=_("Return the paper to the drafting department with the opinions."),
        )


def needs_answer(opinion: Opinion) -> bool:
    """Tell whether an opinion must be taken up or explained before the paper goes on."""
    return opinion.choice in {Opinion.Choice.DISAGREE, Opinion.Choice.AGREE_WITH_REMARKS}


def _check_answers(
    opinions: Sequence[Opinion], answers: Sequence[Answer], *, endorsing: bool
) -> None:
    known = {opinion.pk for opinion in opinions}
    if any(answer.opinion_id not in known for answer in answers):
        raise BadInput(_("An answer names an opinion of another round."))
    if any(answer.sort not in Response.Sort.values for answer in answers):
        raise BadInput(_("Say for each opinion whether it is accepted or explained."))
    if not endorsing:
        return
    answered = {answer.opinion_id for answer in answers if answer.text.strip()}
    missing = [o.reviewer_title for o in opinions if needs_answer(o) and o.pk not in answered]
    if missing:
        raise BadInput(
            _("Accept or explain every remark before endorsing; still open: %(titles)s.")
            % {"titles": "; ".join(missing)}
        )
