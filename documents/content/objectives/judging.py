"""A result held against its target: met, met but not by much, not met, or not yet to be judged.

Below the target a cause and a corrective action are due (ISO 9001:2015, 10.2); where it was hardly
met they are advised.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from documents.content.objectives.model import Comparator


class Outcome(StrEnum):
    """What a result is worth; from worst to best the order is UNMET, HARDLY_MET, OPEN, MET."""

    MET = "met"
    HARDLY_MET = "hardly_met"
    UNMET = "unmet"
    OPEN = "open"


_FLOORS = {"eq", "gte", "gt", "range", "increase_by", "decrease_by"}
_STRICT = {"gt", "lt"}
_WHOLE = Decimal(100)
# Of the room between the target and the best there is, the part that is "not by much".
_NEAR = Decimal("0.1")
# A mark out of so many: "/5 điểm".
_SCALE = re.compile(r"/\s*(\d+)\s*điểm")


def judge(
    comparator: Comparator, value: Decimal, result: Decimal, *, unit: str = "", is_last: bool = True
) -> Outcome:
    """Hold a result against a target of the same unit.

    "100%" is a floor, "0 hồ sơ" a ceiling; a range is reached at its lower end. A change ("tăng
    1%") is reported as the size of the change. A count within a year ("lần/năm") is judged when
    the year is over (`is_last`), and before only where more of it cannot change the outcome.
    """
    if comparator == "qualitative":
        raise ValueError("a target without a figure is judged by who reports it")
    is_ceiling = _is_ceiling(comparator, value)
    if is_ceiling:
        reached = result < value if comparator in _STRICT else result <= value
        near = value > 0 and result > value - value * _NEAR
    else:
        reached = result > value if comparator in _STRICT else result >= value
        near = _is_near(value, result, unit)
    if unit.endswith("/năm") and not is_last and reached is is_ceiling:
        return Outcome.OPEN
    if not reached:
        return Outcome.UNMET
    return Outcome.HARDLY_MET if near else Outcome.MET


class Doubtful(StrEnum):
    """Why a reported figure is not taken as it stands."""

    NEGATIVE = "negative"
    BEYOND_SCALE = "beyond_scale"
    BEYOND_WHOLE = "beyond_whole"


def doubtful(
    comparator: Comparator, value: Decimal, result: Decimal, *, unit: str = ""
) -> Doubtful | None:
    """Why a result cannot be, or is hardly meant: None where nothing speaks against it.

    Nothing is less than none of it, no mark is above its scale ("/5 điểm"), nothing falls by more
    than all of it. A share above the whole is possible where it is one of a plan, so it is asked
    about, unless the target itself is above the whole. A change may go the other way.
    """
    is_change = comparator in {"increase_by", "decrease_by"}
    if result < 0 and not is_change:
        return Doubtful.NEGATIVE
    scale = _SCALE.fullmatch(unit)
    if scale is not None and not is_change and result > Decimal(scale[1]):
        return Doubtful.BEYOND_SCALE
    if unit != "%" or comparator == "increase_by" or result <= _WHOLE or value > _WHOLE:
        return None
    return Doubtful.BEYOND_SCALE if is_change else Doubtful.BEYOND_WHOLE


def _is_ceiling(comparator: Comparator, value: Decimal) -> bool:
    return comparator not in _FLOORS or (comparator == "eq" and value == 0)


def _is_near(value: Decimal, result: Decimal, unit: str) -> bool:
    """Of a share, within a tenth of the way to all of it; of other units nothing is near."""
    if unit != "%" or value >= _WHOLE:
        return False
    return result < value + (_WHOLE - value) * _NEAR


def worst(outcomes: Iterable[Outcome]) -> Outcome:
    """What a report is worth that holds several: the worst of them; MET for none."""
    order = (Outcome.UNMET, Outcome.HARDLY_MET, Outcome.OPEN, Outcome.MET)
    return min(outcomes, key=order.index, default=Outcome.MET)
