"""Targets of a lower body held against those of the body above: "không thấp hơn mục tiêu chung"."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

import regex

from documents.content.folding import fold

# What two targets speak of, by words that stand for one thing; the first found counts.
_TOPICS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("early", ("trước hạn", "trước hẹn", "sớm hạn", "sớm hơn hạn")),
    ("late", ("quá hạn", "trễ hạn", "trễ hẹn", "chậm hạn", "chậm trễ")),
    ("in_time", ("đúng hạn", "đúng thời hạn", "đúng hẹn", "đúng thời gian")),
    ("content", ("hài lòng",)),
    ("online", ("trực tuyến", "toàn trình")),
    ("audit", ("đánh giá nội bộ",)),
    ("form", ("thể thức",)),
    ("review", ("soát xét", "rà soát")),
    ("training", ("bồi dưỡng", "tập huấn", "đào tạo")),
)  # fmt: skip
# "100% hồ sơ không quá hạn" speaks of what is in time, "không để quá hạn" likewise.
_NOT_LATE = regex.compile(
    r"không\s+(?:\p{L}+\s+){0,3}?(?=quá hạn|trễ hạn|trễ hẹn|chậm hạn|chậm trễ)\S+\s\S+"
)
# "Đúng hẹn hoặc trước hẹn" is no later than in time.
_IN_TIME_OR_EARLY = regex.compile(
    r"(?:đúng|trước|sớm)\s+(?:thời\s+)?(?:hạn|hẹn)\s*(?:hoặc|và|,|/|-)\s*(?:đúng|trước|sớm)\s+(?:thời\s+)?(?:hạn|hẹn)"
)
_CEILINGS = {"lte", "lt"}
_CHANGES = {"increase_by", "decrease_by"}
_STRICT = {"gt", "lt"}
# How often in a year; a frequency without its span is one of the year.
_A_YEAR = {"tuần": 52, "tháng": 12, "quý": 4, "năm": 1}
_MINUTES = {"phút": 1, "giờ": 60}
_WHOLE = Decimal(100)
# Words that are in every target and tell none apart.
_EVERYWHERE = (
    "tỷ lệ mức độ số các của và trong theo được đạt từ trở lên xuống ít nhất không quá tối thiểu đa "
    "trên dưới hơn năm quý tháng lần phần trăm mục tiêu chất lượng bảo đảm đảm phấn đấu thực hiện "
    "công việc ủy ban nhân dân quận huyện phường xã phòng đơn vị cơ quan cho với là có khi tại"
)
_COMMON = frozenset(fold(_EVERYWHERE).split())
_ALIKE, _IN_COMMON = Decimal("0.6"), 3


class Held(StrEnum):
    """What a target above comes to below: kept, asked less of, not to be compared, or not taken up."""

    KEPT = "kept"
    LOWER = "lower"
    UNLIKE = "unlike"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Stated:
    """A target as the comparison needs it: what it speaks of, its figure, its place and its paper.

    `direct` tells of one above that it is set for who is compared, not for the office between.
    """

    text: str
    comparator: str
    value: Decimal | None
    unit: str
    place: str = ""
    paper: str = ""
    upper: Decimal | None = None
    baseline: str = ""
    direct: bool = True

    @property
    def topic(self) -> str:
        """What it speaks of; empty where no known words tell."""
        said = _IN_TIME_OR_EARLY.sub("đúng hạn", _NOT_LATE.sub("đúng hạn", fold(self.text)))
        return next((name for name, words in _TOPICS if any(one in said for one in words)), "")


@dataclass(frozen=True, slots=True)
class Pair:
    """A target above with its counterpart below, if there is one, and what it comes to."""

    above: Stated
    own: Stated | None
    held: Held


@dataclass(frozen=True, slots=True)
class _Scale:
    """A target on the scale it is compared on: which way is better, and from where."""

    sense: str
    unit: str
    value: Decimal
    strict: bool
    baseline: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """A target with what is told from its words, so that they are read once and not for each pair."""

    stated: Stated
    thing: str
    words: frozenset[str]
    scale: _Scale


def pairs(own: Iterable[Stated], above: Iterable[Stated]) -> tuple[Pair, ...]:
    """Every target above that has a figure, with what became of it, in the order given.

    A counterpart speaks of the same thing: by known words of the work, else by most of its words.
    Each own target answers the likest above that it can be compared with. Less is a lower floor, a
    higher ceiling ("quá hạn" counts against "đúng hạn"), a smaller change; frequencies are counted
    by the year. The words of each are read once; a hundred against a hundred take no second.
    """
    mine = [_seen(one) for one in own if one.value is not None]
    wanted = [_seen(one) for one in above if one.value is not None]
    likest = [_nearest(one, wanted) for one in mine]
    found: list[Pair] = []
    for one in wanted:
        answering = [own for own, meant in zip(mine, likest, strict=True) if meant is one]
        found.append(
            _pair(one, answering, enough=any)
            if answering
            else _pair(one, [own for own in mine if _speaks_of_the_same(own, one)], enough=all)
        )
    return tuple(found)


def _nearest(own: _Seen, above: list[_Seen]) -> _Seen | None:
    """The target above that an own one answers: the likest, of several as like one that it keeps."""
    alike = [one for one in above if _speaks_of_the_same(own, one)]
    return max(
        alike,
        key=lambda one: (
            _comparable(own, one),
            _likeness(own, one),
            _comparable(own, one) and not _asks_less(own, one),
        ),
        default=None,
    )


def _pair(above: _Seen, own: list[_Seen], *, enough: Callable[[list[bool]], bool]) -> Pair:
    """What a target above comes to: of its own answers `any` that asks less, of others' `all`."""
    if not own:
        return Pair(above.stated, None, Held.MISSING)
    comparable = [one for one in own if _comparable(one, above)]
    if not comparable:
        return Pair(above.stated, own[0].stated, Held.UNLIKE)
    less = [one for one in comparable if _asks_less(one, above)]
    is_lower = enough([_asks_less(one, above) for one in comparable])
    shown = less if is_lower else comparable
    nearest = max(shown, key=lambda one: _likeness(one, above))
    return Pair(above.stated, nearest.stated, Held.LOWER if is_lower else Held.KEPT)


def _seen(one: Stated) -> _Seen:
    topic = one.topic
    words = frozenset(regex.findall(r"\p{L}{2,}", fold(one.text))) - _COMMON
    thing = "in_time" if topic == "late" else topic
    return _Seen(one, thing, words, _scale(one, topic))


def _speaks_of_the_same(own: _Seen, above: _Seen) -> bool:
    # Where both speak of known things, common words prove nothing.
    if own.thing and above.thing:
        return own.thing == above.thing
    common = len(own.words & above.words)
    return common >= _IN_COMMON and _likeness(own, above) >= _ALIKE


def _likeness(own: _Seen, above: _Seen) -> Decimal:
    fewer = min(len(own.words), len(above.words))
    return Decimal(len(own.words & above.words)) / fewer if fewer else Decimal(0)


def _comparable(own: _Seen, above: _Seen) -> bool:
    mine, theirs = own.scale, above.scale
    if (mine.sense, mine.unit) != (theirs.sense, theirs.unit):
        return False
    return mine.baseline == theirs.baseline or not (mine.baseline and theirs.baseline)


def _scale(one: Stated, topic: str) -> _Scale:
    value = one.value if one.value is not None else Decimal(0)
    if one.comparator in _CHANGES:
        return _Scale(one.comparator, one.unit, value, strict=False, baseline=fold(one.baseline))
    late = topic == "late"
    ceiling = one.comparator in _CEILINGS or (one.comparator == "eq" and (late or value == 0))
    if late and ceiling and one.unit == "%":
        return _Scale("floor", "%", _WHOLE - value, strict=one.comparator in _STRICT)
    counted, unit = _counted(value, one.unit)
    return _Scale(
        "ceiling" if ceiling else "floor", unit, counted, strict=one.comparator in _STRICT
    )


def _counted(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """A frequency by the year, a span of hours in minutes; another unit as it is."""
    what, _, span = unit.partition("/")
    if what in {"lần", "đợt", "cuộc", "lớp", "kỳ"} and (not span or span in _A_YEAR):
        return value * _A_YEAR.get(span or "năm", 1), f"{what}/năm"
    if unit in _MINUTES:
        return value * _MINUTES[unit], "phút"
    return value, unit


def _asks_less(own: _Seen, above: _Seen) -> bool:
    mine, theirs = own.scale, above.scale
    if mine.value == theirs.value:
        return theirs.strict and not mine.strict
    return mine.value > theirs.value if mine.sense == "ceiling" else mine.value < theirs.value
