"""Figures and targets as people write them."""

from __future__ import annotations

from decimal import Decimal
from typing import Protocol

_SIGNS = {
    "gte": "ít nhất", "gt": "trên", "eq": "đạt", "lte": "không quá", "lt": "dưới", "range": "từ",
    "increase_by": "tăng", "decrease_by": "giảm",
}  # fmt: skip


class Stated(Protocol):
    """A target, read or confirmed."""

    @property
    def comparator(self) -> str:
        """The code of the comparison."""

    @property
    def value(self) -> Decimal | None:
        """The figure."""

    @property
    def upper(self) -> Decimal | None:
        """The end of a range."""

    @property
    def unit(self) -> str:
        """What it counts."""

    @property
    def baseline(self) -> str:
        """What a change is held against."""


def written(value: Decimal) -> str:
    """A figure as "98,5", without zeros that say nothing."""
    said = f"{value:f}"
    if "." in said:
        said = said.rstrip("0").rstrip(".")
    return said.replace(".", ",")


def with_unit(value: Decimal, unit: str) -> str:
    """A figure with its unit: "98,5%", "2 lần/năm"."""
    return f"{written(value)}{unit}" if unit in {"%", ""} else f"{written(value)} {unit}"


def meaning(one: Stated) -> str:
    """A target as it is taken: "ít nhất 98%", "tăng 1% so với năm 2023".

    A figure without a comparison ("đạt 98%") is what is to be reached; more of it does no harm.
    """
    if one.value is None:
        return "định tính, không có số"
    figure = with_unit(one.value, one.unit)
    if one.upper is not None:
        figure = f"{written(one.value)} đến {with_unit(one.upper, one.unit)}"
    # Of nothing ("0 hồ sơ quá hạn") the figure is a ceiling; nobody "reaches" it.
    none = one.comparator == "eq" and one.value == 0
    said = figure if none else f"{_SIGNS[one.comparator]} {figure}"
    return f"{said} so với {one.baseline}" if one.baseline else said
