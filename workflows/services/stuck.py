"""Work of the clock that failed: noted as a row, tried again ever more seldom, solved when done."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from workflows.exceptions import Refusal
from workflows.models import StuckTimer

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=20), timedelta(hours=1)
LONGEST_ERROR = 500


def open_rows() -> dict[tuple[str, str], StuckTimer]:
    """Give what is stuck now, by sort and cause: one query, and rarely a row."""
    rows = StuckTimer.objects.filter(solved_at__isnull=True)
    return {(row.sort, row.cause): row for row in rows}


def note_failure(
    sort: str, cause: str, error: Exception, *, real_at: datetime, case_id: int | None = None
) -> StuckTimer:
    """Write that a piece failed and when it is tried again: twice as late each time, to an hour."""
    with transaction.atomic():
        row, new = StuckTimer.objects.select_for_update().get_or_create(
            sort=sort,
            cause=cause,
            solved_at=None,
            defaults={
                "case_id": case_id,
                "error": in_words(error),
                "first_at": real_at,
                "last_at": real_at,
                "next_at": real_at + FIRST_WAIT,
            },
        )
        if not new:
            row.tries += 1
            row.error = in_words(error)
            row.last_at = real_at
            row.next_at = real_at + wait_after(row.tries)
            row.save(update_fields=["tries", "error", "last_at", "next_at"])
    return row


def wait_after(tries: int) -> timedelta:
    """Give how long to wait after so many failures."""
    doubled: int = 2 ** min(tries - 1, 20)
    return min(FIRST_WAIT * doubled, LONGEST_WAIT)


def note_solved(row: StuckTimer, *, real_at: datetime) -> None:
    """Write that a piece which was stuck is done."""
    StuckTimer.objects.filter(pk=row.pk, solved_at__isnull=True).update(solved_at=real_at)


def in_words(error: Exception) -> str:
    """Give the sentence of a refusal, or the kind and words of another error."""
    said = error.sentence if isinstance(error, Refusal) else f"{type(error).__name__}: {error}"
    return said[:LONGEST_ERROR]
