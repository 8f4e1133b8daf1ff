"""The marks of objectives and results: what a target means, what a result is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from documents.content.objectives.figures import meaning, with_unit
from documents.content.objectives.periods import label
from documents.models.objectives import DeadlineKind, Outcome
from documents.rules.doubts import DOUBTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from documents.content.objectives.figures import Stated
    from documents.models import MeasureResult
    from documents.selectors.results import Figure

register = template.Library()

OUTCOMES = {
    Outcome.MET.value: ("Đạt", "good", "check"),
    Outcome.HARDLY_MET.value: ("Đạt, chưa cao", "warn", "info"),
    Outcome.UNMET.value: ("Chưa đạt", "hot", "alert"),
    Outcome.OPEN.value: ("Chưa đến kỳ", "", "clock"),
}
WITHOUT_DAY = {
    DeadlineKind.ONGOING.value: "không có ngày cuối, báo cáo theo kỳ",
    DeadlineKind.PLAN.value: "ngày theo kế hoạch riêng",
    DeadlineKind.EVENT.value: "báo cáo khi có việc phát sinh",
    DeadlineKind.RECURRING.value: "định kỳ",
    DeadlineKind.UNREAD.value: "chưa hiểu",
}
TRENDS = {"up": "tăng", "down": "giảm", "same": "giữ nguyên"}


@register.filter
def target_words(one: Stated) -> str:
    """Say a target as it is taken: `ít nhất 98%`."""
    return meaning(one)


@register.filter
def doubt_words(codes: Iterable[str]) -> list[str]:
    """Word what the reader asks to be settled, each once."""
    return [str(DOUBTS[code].sentence) for code in dict.fromkeys(codes)]


@register.filter
def figure_words(one: Figure) -> str:
    """Say what was reached: `97,1%`, `tăng 2%`; nothing without a figure."""
    if one.value is None:
        return ""
    change = {"increase_by": "tăng ", "decrease_by": "giảm "}.get(one.target.comparator, "")
    return f"{change}{with_unit(one.value, one.target.unit)}"


@register.filter
def deadline_words(kind: str) -> str:
    """Say what a deadline without a day means for whoever reports; nothing where a day is meant."""
    return WITHOUT_DAY.get(kind, "")


@register.filter
def period_words(result: MeasureResult) -> str:
    """Name the period of a result: `Quý III/2023`."""
    return label(result.period, result.from_on, result.until_on)


@register.filter
def trend_words(trend: str) -> str:
    """Say how the last two periods compare; nothing for no trend."""
    return TRENDS.get(trend, "")


@register.inclusion_tag("parts/outcome.html")
def outcome_badge(outcome: str) -> dict[str, Any]:
    """Show what a result is worth, in words and with a drawing."""
    words, look, drawing = OUTCOMES[outcome]
    return {"words": words, "look": look, "icon_name": drawing}
