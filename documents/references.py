"""Public references: BH-2024-0001, the same from draft to archive."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from documents.models import Register
from offices.dates import local_day

if TYPE_CHECKING:
    from offices.models import Office


def next_reference(*, office: Office, on: datetime | date) -> str:
    """Take the next public reference of an office's year; call inside a transaction."""
    held = hold_references(office=office, on=on)
    held.last_number += 1
    held.save(update_fields=["last_number"])
    return f"{held.symbol}-{held.year}-{held.last_number:04}"


def hold_references(*, office: Office, on: datetime | date) -> Register:
    """Lock the counter of an office's references for a year; call inside a transaction."""
    row, _created = Register.objects.get_or_create(
        office=office, symbol=office.reference_prefix, year=local_day(on).year
    )
    return Register.objects.select_for_update().get(pk=row.pk)
