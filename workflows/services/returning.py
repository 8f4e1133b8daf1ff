"""Returns: one use case for every step that may send a paper back, driven by the step's own rule."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from documents.services import issuing as papers
from documents.services import stages
from workflows import policies
from workflows.exceptions import BadInput, Conflict
from workflows.models import Return
from workflows.services import offers
from workflows.services.acts import Acting, Ticket, acting

if TYPE_CHECKING:
    from datetime import datetime

    from offices.models import User

# The steps a paper goes back from by this act, and how the flow names that way. The conclusion
# of a round goes back too, by its own act: it leaves a Bảng tổng hợp besides.
WAYS_BACK = MappingProxyType(
    {
        "propose": "returned",
        "open_round": "returned",
        "check_form": "returned",
        "sign": "returned",
        "register": "refused",
        "issue": "returned",
    }
)


def return_paper(
    *, node: str, case_id: int, ticket: Ticket, reason: str, by: User, at: datetime
) -> Return:
    """Send a paper back from a step instead of doing it; whoever may do the step may do this.

    The revision ends and keeps its stage: its opinions and its signature count for nothing any
    more, the next revision is decided anew. A number it bears is burnt. `KeyError` for a step
    that has no way back.
    """
    outcome = WAYS_BACK[node]
    with acting(
        "return",
        case_id=case_id,
        ticket=ticket,
        node=node,
        check=policies.OF_NODE[node],
        by=by,
        at=at,
    ) as act:
        if outcome not in act.task.flow_task.outcomes:
            raise Conflict(
                _("An issued paper does not go back."),
                advice=_("What is wrong in it is answered by another paper."),
            )
        returned = send_back(act, reason=reason)
        act.complete(outcome)
    return returned


def recall_signature(
    *, case_id: int, ticket: Ticket, reason: str, by: User, at: datetime
) -> Return:
    """Take a signature back while the paper has no number: it goes to the drafting department.

    The signature stays in the file of a revision that ended: what was signed is never unsigned,
    it counts for nothing any more (Decree 30/2020 art. 11; ADR 0025).
    """
    with acting(
        "recall_signature",
        case_id=case_id,
        ticket=ticket,
        node="register",
        check=policies.check_can_recall_signature,
        by=by,
        at=at,
    ) as act:
        returned = send_back(act, reason=reason, recorded_as="signature.recalled")
        act.complete("refused")
    return returned


def send_back(act: Acting, *, reason: str, recorded_as: str = "paper.returned") -> Return:
    """End the revision and its readings, keep the reason, record the return, burn the number."""
    if not reason.strip():
        raise BadInput(_("Say why the paper goes back; the reason goes with it."))
    revision = act.case.revision
    stages.end(revision, at=act.at, because=reason.strip())
    returned = Return.objects.create(
        case=act.case,
        revision=revision,
        task_id=act.task.pk,
        from_step=act.task.flow_task.name,
        reason=reason.strip(),
        by=act.by,
        at=act.at,
        standing=act.basis,
    )
    act.record(
        recorded_as,
        details={"step": returned.from_step},
        disclose={"reason": returned.reason},
    )
    offers.end_reading(act.case, by=act.by, at=act.at)
    if act.case.document.number:
        papers.unnumber(
            document=act.case.document,
            revision=revision,
            because=returned.reason,
            operation_id=act.operation_id,
            by=act.by,
            at=act.at,
        )
    return returned
