"""The committee is heard after the issue: owed by a paper that went first, and a refusal answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from documents.selectors.papers import cited
from offices import bodies
from offices.dates import local_day, vn_date, vn_moment
from workflows import engine, policies
from workflows.deadlines import CONFIRM, ORDINARY
from workflows.exceptions import BadInput
from workflows.flows.versions import CONFIRMATION, begins_under
from workflows.models import Case, Confirmation
from workflows.selectors.confirmations import VERBS, answers_to, is_before
from workflows.selectors.terms import terms_of
from workflows.services import offers
from workflows.services.acts import Acting, Ticket, acting
from workflows.services.urgent import waiver_of

if TYPE_CHECKING:
    from datetime import datetime

    from viewflow.workflow.models import Process

    from documents.models import Document
    from offices.models import User


def owe(act: Acting) -> None:
    """Begin the hearing of the committee on a paper just issued, where it went first.

    A part of the issue: it shares its transaction and its operation.
    """
    waiver = waiver_of(act.case.revision)
    if waiver is None:
        return
    made: list[Case] = []

    def make_case(process: Process) -> Case:
        made.append(
            Case.objects.create(
                process=process,
                document=act.case.document,
                procedure=CONFIRMATION,
                revision=act.case.revision,
                opened_by=act.by,
                opened_at=act.at,
                drafter=act.case.drafter,
                # Who decided after a referral answers for it too.
                referred_at=act.case.referred_at,
            )
        )
        return made[0]

    flow_class = begins_under(CONFIRMATION, on=local_day(act.at))
    _process, first = engine.start(flow_class, by=act.by, at=act.at, make_case=make_case)
    office = act.case.document.office
    due_at, derivation = terms_of(office, at=act.at).end_of(
        CONFIRM, ORDINARY, calendar=bodies.calendar(office), at=act.at
    )
    Confirmation.objects.create(case=made[0], waiver=waiver, due_at=due_at, derivation=derivation)
    offers.offer([first], case=made[0], at=act.at)
    act.record("confirmation.owed", head=False, disclose={"due": vn_moment(due_at)})


def conclude(act: Acting, *, confirmed: bool) -> None:
    """Write what the committee said of an issued paper; a confirmation ends the case.

    Call in the act of the conclusion. A refusal undoes nothing: it waits for who signs.
    """
    held = act.case.confirmation
    held.confirmed, held.concluded_at = confirmed, act.at
    held.save(update_fields=["confirmed", "concluded_at"])
    act.complete("confirmed" if confirmed else "unconfirmed")
    if confirmed:
        _end(act, Case.EndedHow.CONFIRMED)


def answer_refusal(
    *,
    case_id: int,
    ticket: Ticket,
    way: str,
    reason: str,
    answer_id: int | None = None,
    by: User,
    at: datetime,
) -> Confirmation:
    """Answer for a paper the committee did not confirm: by a paper that exists, or by keeping it.

    `answer_id` is a paper about this one that `by` may read, with the verb of the way; None only
    where the paper is kept as issued.
    """
    if way not in Confirmation.Way.values:
        raise BadInput(_("Say how the refusal is answered."))
    if not reason.strip():
        raise BadInput(_("Say why; the reason stays in the file of the paper."))
    with acting(
        "answer_refusal",
        case_id=case_id,
        ticket=ticket,
        node="answer_refusal",
        check=policies.check_can_answer_refusal,
        by=by,
        at=at,
    ) as act:
        held = act.case.confirmation
        held.answer = _answering(act, way, answer_id)
        held.way, held.reason = way, reason.strip()
        held.answered_by, held.answered_at, held.standing = by, at, act.basis
        held.save()
        act.record("confirmation.answered", details={"way": way}, disclose={"reason": held.reason})
        act.complete("settled")
        _end(act, Case.EndedHow.ANSWERED)
    return held


def _answering(act: Acting, way: str, answer_id: int | None) -> Document | None:
    if way == Confirmation.Way.KEPT:
        if answer_id is not None:
            raise BadInput(_("A paper that is kept as issued is answered by no other paper."))
        return None
    found = [
        row.source
        for row in answers_to(act.case.document, by=act.by, at=act.at)
        if row.source_id == answer_id and row.verb in VERBS[way]
    ]
    if not found:
        raise BadInput(
            _("Name the paper by which it is corrected, replaced or recalled."),
            advice=_(
                "The drafting department begins it from the page of the issued paper; once it waits "
                "for the signature, it can be named here."
            ),
        )
    said = act.case.confirmation.concluded_at
    if said is not None and is_before(found[0], act.case.confirmation):
        raise BadInput(
            _("%(paper)s bears a date before %(day)s, when the committee did not confirm.")
            % {"paper": cited(found[0]), "day": vn_date(local_day(said))},
            advice=_("What was issued before a refusal does not answer it; name a later paper."),
        )
    return found[0]


def _end(act: Acting, how: str) -> None:
    offers.end_reading(act.case, by=act.by, at=act.at)
    act.case.ended_at, act.case.ended_how = act.at, how
    act.case.save(update_fields=["ended_at", "ended_how"])
