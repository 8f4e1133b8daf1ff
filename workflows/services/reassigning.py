"""Open work changes hands: an opinion asked, a returned paper, a draft; with a reason, recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from documents import policies as papers
from documents.models import Document
from documents.services.recording import record_on
from offices import bodies, colleagues
from offices import selectors as offices
from offices.roles import Capability
from workflows import engine, live, policies
from workflows.exceptions import BadInput, Conflict
from workflows.models import Act, Case, Opinion, Reassignment, ReviewRound
from workflows.selectors.handing_over import keeper_of
from workflows.services import offers, rounds
from workflows.services.acts import Ticket, acting, refuse_repeat

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from offices.models import User
    from workflows.services.acts import Acting

Work = Reassignment.Work


def reassign_opinion(
    *, case_id: int, ticket: Ticket, to: User, reason: str, by: User, at: datetime
) -> Opinion:
    """Ask another member instead of one who is away or has left; the deadline stays.

    The secretary does it, as he chose whom to ask. Refused: somebody with a voice in the round
    already, the drafter, and whoever may give no opinion there.
    """
    _require_reason(reason)
    with acting(
        "reassign_opinion",
        case_id=case_id,
        ticket=ticket,
        node="opinion",
        check=policies.check_can_open_round,
        by=by,
        at=at,
    ) as act:
        opinion = _held(act)
        former, title = opinion.reviewer, _title_of(opinion, to, act.case, at=at)
        opinion.reviewer, opinion.reviewer_title = to, title
        opinion.save(update_fields=["reviewer", "reviewer_title"])
        engine.reassign_instance(act.task, to=to)
        offers.grant_reader(to.pk, case=act.case, at=at)
        _keep(act, Work.OPINION, former, to, reason)
    return opinion


def excuse_reviewer(
    *, case_id: int, ticket: Ticket, reason: str, by: User, at: datetime
) -> Opinion:
    """Ask somebody no more who has left: they count as not asked, which is said.

    Refused for whoever may still answer: a round is ended early by a quorum, never by asking fewer.
    At least one voice stays in the round. Where all others have answered, it is over.
    """
    _require_reason(reason)
    with acting(
        "excuse_reviewer",
        case_id=case_id,
        ticket=ticket,
        node="opinion",
        check=policies.check_can_open_round,
        by=by,
        at=at,
    ) as act:
        opinion = _held(act)
        opinion.round.case = act.case
        _refuse_while_heard(opinion, at=at)
        others = opinion.round.opinions.exclude(pk=opinion.pk)
        if not others.exclude(choice=Opinion.Choice.EXCUSED).exists():
            raise Conflict(
                _("This is the last voice of the round; somebody has to be asked."),
                advice=_("Give the form to another member."),
            )
        opinion.choice, opinion.given_at, opinion.standing = (
            Opinion.Choice.EXCUSED,
            at,
            act.basis,
        )
        opinion.save(update_fields=["choice", "given_at", "standing"])
        _keep(act, Work.OPINION, opinion.reviewer, None, reason)
        answer = engine.excuse_instance(act.task, at=at)
        if answer.round_closed:
            rounds.end_round(opinion.round, ReviewRound.ClosedHow.ANSWERED, at=at)
            act.record("round.completed", head=False, details={"round": opinion.round.ordinal})
            offers.offer(answer.offered, case=act.case, at=at)
    return opinion


def reassign_rework(
    *, case_id: int, ticket: Ticket, to: User, reason: str, by: User, at: datetime
) -> Case:
    """Give a returned paper to another specialist: the head of the department assigns anew."""
    _require_reason(reason)
    with acting(
        "reassign_rework",
        case_id=case_id,
        ticket=ticket,
        node="rework",
        check=policies.check_can_receive_return,
        by=by,
        at=at,
    ) as act:
        papers.check_can_draft(to, act.case.document.department, at=at)
        former = act.case.drafter
        _refuse_same(former, to)
        act.case.drafter = to
        act.case.save(update_fields=["drafter"])
        _keep(act, Work.REWORK, former, to, reason)
    return act.case


def hand_over_draft(
    *, document: Document, to: User, reason: str, key: UUID, by: User, at: datetime
) -> Reassignment:
    """Give a draft that nobody was asked about yet to another specialist of its department.

    Whose draft it is does it, or the head of the department. Who wrote it stays its author: the
    separation of drafting and signing looks at both.
    """
    _require_reason(reason)
    standing = policies.check_can_hand_over(by, document, keeper_of(document), at=at)
    with transaction.atomic():
        held = Document.objects.select_for_update().get(pk=document.pk)
        refuse_repeat(Ticket(0, "", key))
        if held.issued_at is not None or held.cases.filter(ended_at__isnull=True).exists():
            raise Conflict(
                _("This paper is on its way; what waits there is handed over step by step."),
                advice=_("Open the paper to see where it stands."),
            )
        former = keeper_of(held)
        _refuse_same(former, to)
        papers.check_can_draft(to, document.department, at=at)
        made = Reassignment.objects.create(
            work=Work.DRAFT,
            document=held,
            from_user=former,
            to_user=to,
            reason=reason.strip(),
            by=by,
            at=at,
            standing=standing.as_record(),
        )
        operation_id = record_on(
            document,
            "work.reassigned",
            by=by,
            at=at,
            standing=standing,
            details={"work": Work.DRAFT.value, "from": former.pk, "to": to.pk},
            disclose=_names(former, to, reason),
        )
        Act.objects.create(key=key, name="hand_over_draft", by=by, at=at, operation_id=operation_id)
        live.announce_document(document)
    return made


def _held(act: Acting) -> Opinion:
    found = Opinion.objects.select_related("reviewer", "round")
    return found.get(task_id=act.task.pk)


def _refuse_while_heard(opinion: Opinion, *, at: datetime) -> None:
    """Nobody is silenced: whoever may still answer is asked until the round ends."""
    check = policies.check_can_give_opinion
    barred = policies.refusal(check, opinion.reviewer, opinion.round, at=at, opinion=opinion)
    if barred is None:
        raise Conflict(
            _("%(name)s may still answer, and is asked until the round ends.")
            % {"name": opinion.reviewer.display_name},
            advice=_("Who does not answer in time is counted as silent."),
        )


def _title_of(opinion: Opinion, to: User, case: Case, *, at: datetime) -> str:
    """Give the title under which somebody answers instead; refuse who may not."""
    taken = opinion.round.opinions.values_list("reviewer_id", "given_by_id")
    if any(to.pk in pair for pair in taken):
        raise BadInput(_("%(name)s has a voice in this round already.") % {"name": to.display_name})
    if to.pk in {case.document.author_id, case.drafter_id}:
        raise BadInput(_("Whoever drafted the paper is not asked for an opinion on it."))
    office = case.document.office
    if opinion.capacity in Opinion.BY_NAME:
        # A seat in the People's Committee is nobody else's: there all members are asked already.
        in_the_body = opinion.capacity == Opinion.Capacity.OF_THE_BODY
        known = colleagues.of_the_body if in_the_body else colleagues.of_office
        serving = known(office, at=at)
        title = next((one.post_title for one in serving if one.user.pk == to.pk), "")
    else:
        members = offices.holders(Capability.GIVE_OPINION, bodies.iso_committee(office), at=at)
        title = next((one.post_title for one in members if one.user.pk == to.pk), "")
    if not title:
        raise BadInput(
            _("%(name)s may give no opinion in this round today.") % {"name": to.display_name}
        )
    return title


def _keep(act: Acting, work: str, former: User, to: User | None, reason: str) -> None:
    """Write the row and the entry of one piece that changed hands."""
    Reassignment.objects.create(
        work=work,
        document=act.case.document,
        case=act.case,
        task_id=act.task.pk,
        from_user=former,
        to_user=to,
        reason=reason.strip(),
        by=act.by,
        at=act.at,
        standing=act.basis,
    )
    if to is None:
        act.record(
            "opinion.excused", disclose={"former": former.display_name, "reason": reason.strip()}
        )
        return
    act.record(
        "work.reassigned",
        details={"work": str(work), "from": former.pk, "to": to.pk},
        disclose=_names(former, to, reason),
    )


def _names(former: User, to: User, reason: str) -> dict[str, str]:
    return {
        "former": former.display_name,
        "now": to.display_name,
        "reason": reason.strip(),
    }


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise BadInput(_("Say why the work changes hands; the reason stays in the file."))


def _refuse_same(former: User, to: User) -> None:
    if former.pk == to.pk:
        raise BadInput(_("%(name)s has this work already.") % {"name": to.display_name})
