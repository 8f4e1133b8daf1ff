"""Targets of a lower body held against those of the body above: "không thấp hơn mục tiêu chung"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from documents.content.folding import fold

# What two targets speak of, by words that stand for one thing; the first found counts.
_TOPICS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("early", ("trước hạn", "trước hẹn", "sớm hạn")),
    ("in_time", ("đúng hạn", "đúng thời hạn", "đúng hẹn", "đúng thời gian", "quá hạn", "trễ hạn")),
    ("content", ("hài lòng",)),
    ("online", ("trực tuyến", "toàn trình")),
    ("audit", ("đánh giá nội bộ",)),
    ("form", ("thể thức",)),
    ("review", ("soát xét", "rà soát")),
    ("training", ("bồi dưỡng", "tập huấn", "đào tạo")),
)  # fmt: skip
_FLOORS = {"eq", "gte", "gt", "range", "increase_by", "decrease_by"}
_CEILINGS = {"lte", "lt"}


@dataclass(frozen=True, slots=True)
class Stated:
    """A target as the comparison needs it: what it speaks of, its figure, its place and its paper."""

    text: str
    comparator: str
    value: Decimal | None
    unit: str
    place: str = ""
    paper: str = ""
    upper: Decimal | None = None
    baseline: str = ""

    @property
    def topic(self) -> str:
        """What it speaks of; empty where no known words tell."""
        said = fold(self.text)
        return next((name for name, words in _TOPICS if any(one in said for one in words)), "")


def lower(own: Iterable[Stated], above: Iterable[Stated]) -> Iterator[tuple[Stated, Stated]]:
    """Each own target that asks less than one above of the same topic and unit.

    What cannot be compared (another unit, no figure, floor against ceiling) is no finding.
    """
    known = [one for one in above if one.topic and one.value is not None]
    for target in own:
        if target.value is None or not target.topic:
            continue
        for higher in known:
            if (
                higher.topic == target.topic
                and higher.unit == target.unit
                and _asks_less(target, higher)
            ):
                yield target, higher
                break


def _asks_less(own: Stated, above: Stated) -> bool:
    if own.value is None or above.value is None:
        return False
    if own.comparator in _FLOORS and above.comparator in _FLOORS:
        return own.value < above.value
    if own.comparator in _CEILINGS and above.comparator in _CEILINGS:
        return own.value > above.value
    return False
