"""Whether the reader sent on what waits now, and may take it back: for buttons and their page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from workflows import engine, policies
from workflows.exceptions import NotPermitted
from workflows.policies import TAKES_BACK, refusal
from workflows.selectors.sending import sending_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from viewflow.workflow.models import Task

    from offices.models import User
    from workflows.models import Act, Case, ReviewRound
    from workflows.selectors.sending import Sending

# A signature is taken back too, by an act of its own: it decided something.
MAY_GO_BACK = {*TAKES_BACK, "sign"}


@dataclass(frozen=True, slots=True)
class WayBack:
    """The button of whoever sent a paper on: its words, and why it is barred if it is."""

    words: str
    refused: NotPermitted | None


def way_back(by: User, case: Case, *, task_id: int, node: str, at: datetime) -> WayBack | None:
    """Give the way back from a step that waits; None for whoever did not send it there.

    One query for those, up to four more for the sender.
    """
    sent = engine.sent_by(task_id)
    if sent is None or sent.owner_id != by.pk:
        return None
    sending = sending_of(sent, node=node)
    if sending is None or sending.act not in MAY_GO_BACK:
        return None
    return WayBack(words_of(sending), refused(by, case, sending, at=at))


def way_back_from_round(
    by: User, case: Case, round: ReviewRound, *, at: datetime
) -> WayBack | None:
    """Give the way back of whoever opened a round that still runs; barred once somebody answered."""
    if round.closed_at is not None or round.opened_by_id != by.pk:
        return None
    found = way_back(by, case, task_id=round.task_id, node="collect_opinions", at=at)
    if found is not None and found.refused is None and not unanswered(round):
        return WayBack(
            found.words, NotPermitted(_("Somebody has acted on it since; it stays sent."))
        )
    return found


def unanswered(round: ReviewRound) -> bool:
    """Whether nobody has answered in a round, nor met."""
    return not (round.opinions.filter(given_at__isnull=False).exists() or round.minutes.exists())


def way_back_from_done(
    by: User, case: Case, *, act: Act, open_tasks: Sequence[Task], at: datetime
) -> WayBack | None:
    """Give the way back on the page of a step its reader has done; barred once somebody acted."""
    if act.by_id != by.pk or act.name not in MAY_GO_BACK or case.ended_at is not None:
        return None
    if act.name == "open_round":
        held = case.rounds.filter(closed_at__isnull=True).first()
        own = held is not None and engine.sent_by(held.task_id)
        if held is not None and own and own.pk == act.task_id:
            return way_back_from_round(by, case, held, at=at)
    for row in open_tasks:
        sent = engine.sent_by(row.pk)
        if sent is not None and sent.pk == act.task_id:
            return way_back(by, case, task_id=row.pk, node=row.flow_task.name, at=at)
    words = "Rút chữ ký" if act.name == "sign" else "Lấy lại"
    return WayBack(words, NotPermitted(_("Somebody has acted on it since; it stays sent.")))


def words_of(sending: Sending | None) -> str:
    """Name the act on its button."""
    return "Rút chữ ký" if sending is not None and sending.act == "sign" else "Lấy lại"


def refused(by: User, case: Case, sending: Sending, *, at: datetime) -> NotPermitted | None:
    """Give the sentence that bars it, or None."""
    if sending.act == "sign":
        return refusal(policies.check_can_recall_signature, by, case, at=at)
    return refusal(
        policies.check_can_take_back,
        by,
        case,
        sender_id=sending.by_id,
        undone=sending.act,
        at=at,
    )
