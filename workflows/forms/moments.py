"""A day and an hour as two fields, joined into a moment in Viet Nam."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms

from offices.dates import ZONE


def day_input() -> forms.DateInput:
    """A native field for a day."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def time_input() -> forms.TimeInput:
    """A native field for an hour of the day."""
    return forms.TimeInput(format="%H:%M", attrs={"type": "time"})


def moment_of(data: Mapping[str, Any], day: str, hour: str) -> datetime | None:
    """Join two fields that were read; None where one is empty."""
    if not data.get(day) or not data.get(hour):
        return None
    return datetime.combine(data[day], data[hour], tzinfo=ZONE)
