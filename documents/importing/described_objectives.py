"""A reading of objectives as flat rows, one for each target and measure, as a person types them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from documents.content.objectives import Measure, Objective, Objectives, Target

COLUMNS = (
    "order", "objective", "target_text", "comparator", "value", "unit", "measures", "deadline",
    "responsible",
)  # fmt: skip


def rows(read: Objectives) -> list[dict[str, str]]:
    """Every target with every measure, in the columns of the truth."""
    return [row for one in read.objectives for row in _rows(one, read.owner)]


def _rows(one: Objective, owner: str) -> Iterator[dict[str, str]]:
    measures = one.measures or (None,)
    for number, target in enumerate(one.targets, start=1):
        part = f".{number}" if len(one.targets) > 1 else ""
        for place, measure in enumerate(measures, start=1):
            step = f".{place}" if len(measures) > 1 else ""
            yield {
                "order": f"{one.order}{part}{step}",
                # in a list the clause of the target is the objective; a table parts the two
                "objective": one.text if one.is_row or measure else target.text,
                "responsible": measure.responsible if measure else owner,
                **_target(target),
                **_measure(measure),
            }


def _target(target: Target) -> dict[str, str]:
    value = "" if target.value is None else str(target.value)
    return {
        "target_text": target.raw,
        "comparator": target.comparator,
        "value": value if target.upper is None else f"{value}-{target.upper}",
        "unit": target.unit,
    }


def _measure(measure: Measure | None) -> dict[str, str]:
    by_when = measure.deadline if measure else None
    return {
        "measures": measure.text if measure else "",
        "deadline": by_when.raw if by_when else "",
    }


def bare(row: dict[str, str]) -> dict[str, str]:
    """A row in the compared columns, without the mark that closes a sentence."""
    return {column: row[column].rstrip(" .;") for column in COLUMNS if column in row}
