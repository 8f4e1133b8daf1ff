"""Whose signature block the paper would bear: generated from authority and post, never typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documents.signing import signature_block
from offices.authority import Mode
from workflows import policies
from workflows.exceptions import NotPermitted

if TYPE_CHECKING:
    from offices.selectors import Standing
    from workflows.views.tasks.turn import Turn


def signing_standing(turn: Turn) -> Standing | None:
    """Give the footing on which the reader would sign, or None."""
    try:
        return policies.check_can_sign(turn.by, turn.case, at=turn.at)
    except NotPermitted:
        return None


def expected_block(turn: Turn, standing: Standing | None) -> tuple[str, ...]:
    """Give the lines as signed; before, for the reader as signatory, or whoever is expected."""
    signed = getattr(turn.revision, "signature", None)
    if signed is not None:
        return tuple(signed.block)
    kind = turn.document.authority_kind
    mode = standing.signing_mode if standing is not None else None
    if standing is not None and mode is not None:
        return signature_block(kind, mode, standing.own_lines)
    referred = turn.case.referred_at is not None
    return signature_block(kind, Mode.HEAD if referred else Mode.DEPUTY)
