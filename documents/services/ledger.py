"""The moment a row enters the ledger of effects; the rows themselves are written by the acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documents.models import Effect

if TYPE_CHECKING:
    from datetime import datetime


def recorded(at: datetime) -> datetime:
    """Give the moment to record effects with: that of the act, never before an existing row.

    An act that waited for a lock, or a server's clock that was set back, would else be known
    before what was recorded before it, and "as known on" would tell two histories.
    """
    latest = Effect.objects.order_by("-pk").values_list("recorded_at", flat=True).first()
    return at if latest is None else max(at, latest)
