"""Refusals of the documents app: each carries a sentence and what to do."""

from __future__ import annotations

from offices.exceptions import BadInput, Conflict, NotPermitted, Refusal

__all__ = ["BadInput", "Conflict", "NotFound", "NotPermitted", "Refusal"]


class NotFound(Refusal):
    """There is no such paper, or the reader may not know of it."""

    status = 404
