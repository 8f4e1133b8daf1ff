"""The places of papers in the index: numbers that grow with the day, then with the key."""

from __future__ import annotations

from datetime import date

_KEY_BITS = 32
KEY = (1 << _KEY_BITS) - 1


def place_of(day: date, key: int) -> int:
    """Number a paper so that larger is newer: by day, then by key."""
    return (day.toordinal() << _KEY_BITS) | key


def key_of(place: int) -> int:
    """Give the key of the paper at a place."""
    return place & KEY


def year_of(place: int) -> int:
    """Give the year of the day of a place: the year that the index knows of the paper."""
    return date.fromordinal(place >> _KEY_BITS).year


def is_place(number: int) -> bool:
    """Whether a number is that of a place: its day stands in the calendar."""
    return date.min.toordinal() <= number >> _KEY_BITS <= date.max.toordinal()
