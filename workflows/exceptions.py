"""Refusals of the procedure: who was first, what changed, what to do."""

from __future__ import annotations

from offices.exceptions import BadInput, Conflict, NotPermitted, Refusal

__all__ = [
    "AlreadyDone",
    "BadInput",
    "CaseEnded",
    "Conflict",
    "DigestChanged",
    "NotPermitted",
    "Refusal",
]


class AlreadyDone(Conflict):
    """Somebody acted first, or the form was sent twice; the sentence says who and when."""


class CaseEnded(Conflict):
    """The case is over: nothing more can be done in it."""


class DigestChanged(Conflict):
    """The form was about another content than the one the case stands on now."""
