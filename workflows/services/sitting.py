"""Several papers signed in one sitting: one password, but an act, a check and an answer for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from offices.dates import local_day
from workflows.exceptions import BadInput, Conflict, Refusal
from workflows.selectors.sitting import MOST_IN_ONE_SITTING, summaries
from workflows.services.confirming import confirm
from workflows.services.deciding import sign_confirmed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from documents.models import Signature
    from offices.models import User
    from workflows.models import Case
    from workflows.services.acts import Ticket


@dataclass(frozen=True, slots=True)
class Sheet:
    """One paper that the signatory checked, with the form that was shown for it."""

    case_id: int
    ticket: Ticket


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one paper: its signature, or the refusal in words."""

    sheet: Sheet
    signature: Signature | None = None
    refused: Refusal | None = None


def sign_each(*, sheets: Sequence[Sheet], password: str, by: User, at: datetime) -> list[Result]:
    """Sign each of the papers checked, in their order; one that fails keeps no other back.

    Each is signed in a transaction of its own under its own key, by the rules of its own page,
    and refused where that page must be opened (dissent, a basis lost, a referral). The password
    is verified once, before any lock; `BadInput` for it, for nothing checked, and for more than
    twenty: then nothing was signed.
    """
    if not sheets:
        raise BadInput(_("Check at least one paper."))
    if len(sheets) > MOST_IN_ONE_SITTING:
        raise BadInput(
            _("At most %(most)s papers are signed in one sitting.") % {"most": MOST_IN_ONE_SITTING}
        )
    confirm(by, password=password)
    return [_one(sheet, by=by, at=at) for sheet in sheets]


def _one(sheet: Sheet, *, by: User, at: datetime) -> Result:
    day = local_day(at)

    def refuse(case: Case) -> None:
        _refuse_alone(case, on=day)

    try:
        signature = sign_confirmed(
            case_id=sheet.case_id, ticket=sheet.ticket, also=refuse, by=by, at=at
        )
    except Refusal as refused:
        return Result(sheet, refused=refused)
    return Result(sheet, signature=signature)


def _refuse_alone(case: Case, *, on: date) -> None:
    """Refuse under the lock what became a paper to be opened by itself since the page was shown."""
    (summary,) = summaries([case], on=on)
    if summary.alone:
        raise Conflict(summary.alone[0], advice=_("Open the paper and sign it on its own page."))
