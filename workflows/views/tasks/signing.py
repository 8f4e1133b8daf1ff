"""Step 8, Ký: one page that says what is signed, what it replaces, who disagreed; then the act."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from documents.effects import State
from documents.services.issuing import effective_day, last_effective_day
from offices.dates import local_day
from workflows import policies
from workflows.forms.deciding import ReferForm, SignForm
from workflows.selectors.terms import reckon
from workflows.services import deciding
from workflows.views.tasks.changes import since_previous, since_replaced
from workflows.views.tasks.opinions import opinions_of, tally_of_rows
from workflows.views.tasks.returning import RETURN
from workflows.views.tasks.signatory import expected_block, signing_standing
from workflows.views.tasks.steps import Act, Facts, Step, by_case, with_reason

if TYPE_CHECKING:
    from datetime import datetime

    from workflows.models import Referral
    from workflows.views.tasks.turn import Turn


def shown(turn: Turn) -> Facts:
    """Give the summary of one page, dissent with its answers, and the difference to what it replaces."""
    rows = opinions_of(turn.round) if turn.round is not None else []
    standing, replaced = signing_standing(turn), since_replaced(turn)
    return {
        "opinions": rows,
        "dissent": [row for row in rows if row.choice == "disagree"],
        "tally": tally_of_rows(rows),
        "bases_in_force": bases_in_force(turn),
        "since_replaced": replaced,
        "since_previous": since_previous(turn) if replaced is None else None,
        "signature_lines": expected_block(turn, standing),
        "standing": standing,
        "number_by": number_by(turn),
        "fixed_effect": fixed_effect(turn),
        "effective_until": last_effective_day(turn.content, dated_on=local_day(turn.at)),
        "referral": referral(turn),
    }


def number_by(turn: Turn) -> datetime | None:
    """Give until when the paper would be numbered if it were signed now."""
    term = turn.terms.of("register", turn.document.urgency)
    return reckon(turn.calendar, term, at=turn.at).at if term is not None else None


def referral(turn: Turn) -> Referral | None:
    """Give why the paper was referred up; None where it was not, or was taken back."""
    if turn.case.referred_at is None:
        return None
    return turn.case.referrals.select_related("by").order_by("-pk").first()


def bases_in_force(turn: Turn) -> dict[str, int]:
    """Count the legal bases by what is known of their force today."""
    counts = Counter(turn.legal[base.pk].state for base in turn.bases)
    held = counts[State.IN_FORCE] + counts[State.PARTLY_CEASED]
    return {
        "all": len(turn.bases),
        "held": held,
        "unknown": counts[State.UNKNOWN],
        "other": len(turn.bases) - held - counts[State.UNKNOWN],
    }


def fixed_effect(turn: Turn) -> object:
    """Give the day it takes effect where the text fixes one; None where its own date counts."""
    effect = turn.content.effectivity
    if effect is None or effect.rule != "on_date":
        return None
    return effective_day(turn.content, dated_on=local_day(turn.at))


def sign(turn: Turn, form: SignForm) -> object:
    """Sign by confirmation."""
    return deciding.sign(
        case_id=turn.case.pk,
        ticket=form.ticket(),
        password=form.cleaned_data["password"],
        by=turn.by,
        at=turn.at,
    )


STEP = Step(
    node="sign",
    template="tasks/sign.html",
    check=by_case(policies.check_can_sign),
    acts=(
        Act("ky", SignForm, sign),
        RETURN,
        Act(
            "trinh-chu-tich", ReferForm, with_reason(deciding.refer), check=policies.check_can_refer
        ),
    ),
    shown=shown,
)
