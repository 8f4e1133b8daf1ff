"""Which version of a procedure a new case begins under; a running case keeps its own to its end.

A new version is released with the day from which it counts, so that it can be deployed before,
and an office that has set that day need not be watched at midnight.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from workflows.flows.confirmation_v1 import ConfirmationFlowV1
from workflows.flows.issuance_v1 import IssuanceFlowV1
from workflows.flows.letter_v1 import LetterFlowV1

if TYPE_CHECKING:
    from viewflow.workflow.base import Flow

ISSUANCE, LETTER, CONFIRMATION = "issuance", "letter", "confirmation"


@dataclass(frozen=True, slots=True)
class Version:
    """A released flow class, and the first day on which new cases begin under it."""

    flow_class: type[Flow]
    since: date


# Oldest first. A version is never taken out while one of its cases runs: `manage.py check_flows`.
VERSIONS: dict[str, tuple[Version, ...]] = {
    ISSUANCE: (Version(IssuanceFlowV1, date(2000, 1, 1)),),
    CONFIRMATION: (Version(ConfirmationFlowV1, date(2000, 1, 1)),),
    LETTER: (Version(LetterFlowV1, date(2000, 1, 1)),),
}


def begins_under(procedure: str, *, on: date) -> type[Flow]:
    """Give the newest version of a procedure that counts on a day.

    Raises `KeyError` for a procedure there is none of, `LookupError` for a day before its first.
    """
    counting = [one for one in VERSIONS[procedure] if one.since <= on]
    if not counting:
        raise LookupError(f"No version of {procedure} counts on {on:%Y-%m-%d}.")
    return counting[-1].flow_class
