"""The working days that the Government moved, as `data/make_up_days.toml` holds them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

_DATA = Path(__file__).resolve().parent / "data" / "make_up_days.toml"


@dataclass(frozen=True, slots=True)
class Swap:
    """A working day the Government moved: rest on `off`, work on `worked`."""

    off: date
    worked: date
    source: str
    known_from: str


@dataclass(frozen=True, slots=True)
class Moved:
    """What `data/make_up_days.toml` holds: swaps by either day, and how each year is known."""

    by_off: Mapping[date, Swap]
    by_worked: Mapping[date, Swap]
    years: Mapping[int, str]


@cache
def moved_days() -> Moved:
    """Read the file once; `ValueError` where a year does not have the swaps it announces."""
    data = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    swaps = [Swap(**row) for row in data["swap"]]
    for row in data["year"]:
        found = sum(swap.worked.year == row["year"] for swap in swaps)
        if found != row["swaps"]:
            raise ValueError(f"{_DATA.name}: {row['year']} has {found} swaps, not {row['swaps']}")
    return Moved(
        by_off=MappingProxyType({swap.off: swap for swap in swaps}),
        by_worked=MappingProxyType({swap.worked: swap for swap in swaps}),
        years=MappingProxyType({row["year"]: row["known_from"] for row in data["year"]}),
    )
