"""Whose signature block the paper would bear: generated from authority and post, never typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documents.signing import signature_block
from offices.roles import Role
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
    """Give the lines for the reader as signatory, else for whoever is expected to sign."""
    kind = turn.document.authority_kind
    if standing is not None:
        return signature_block(kind, standing.role, acting=standing.acting)
    referred = turn.case.referred_at is not None
    return signature_block(kind, Role.CHAIRMAN if referred else Role.VICE_CHAIRMAN)
