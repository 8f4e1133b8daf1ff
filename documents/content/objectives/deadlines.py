"""By when: "Đến ngày 31/12/2024", "Trước 25/12", "Quý II", "Cuối mỗi tháng", "Thường xuyên"."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

import regex

from documents.content.dates import DATE, day_of, read_date
from documents.content.folding import fold
from documents.content.objectives.model import Deadline, DeadlineKind, Doubt, Every

_YEAR = r"(?:\s*(?:/|năm\s+|của năm\s+)?(?P<year>20\d{2}))?"
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
# Everything is read on folded text: lower case, NFC, one place of the tone mark.
_RECURRING = regex.compile(
    r"(?:hàng|hằng|mỗi|từng|theo|cuối (?:các|mỗi|hàng|hằng)?|đầu (?:mỗi|hàng|hằng)|định kỳ(?: là)?(?: hàng| hằng)?)\s*"
    r"(?P<n>0?[1-9]\d?)?\s*(?P<period>tuần|tháng|quý|năm)(?!\s*(?:20\d{2}|\d|[ivx]+\b|nay|trước|sau))"
    r"|(?P<count>0?[369]|0?1|12)\s*tháng(?:\s*/\s*lần|\s+một lần|\s*1 lần)"
    r"|lần\s*/\s*(?P<per>tuần|tháng|quý|năm)"
)
_BARE = regex.compile(
    r"(?:kỳ\s+)?(?:(?P<count>0?[369]|12)\s*tháng|(?P<period>tuần|tháng|quý|năm))(?:\s*(?:,|và|;)\s*.*)?"
)
_DAY_OF_NEXT = regex.compile(
    r"(?P<before>trước\s+)?(?:ngày\s+)?(?P<day>\d{1,2})\s*(?:của\s+)?(?:tháng (?:đầu(?: của)?(?:\s+(?:mỗi|quý|kỳ|hàng|hằng).*)?|"
    r"liền sau.*|kế tiếp.*|sau.*|tiếp theo.*))"
)
_DAY_OF_THIS = regex.compile(
    r"(?P<before>trước\s+)?(?:ngày\s+)(?P<day>\d{1,2})\s*(?:của\s+)?(?:tháng cuối|hàng tháng|hằng tháng|mỗi tháng|"
    r"các tháng|từng tháng)"
)
_DATE = regex.compile(
    rf"(?P<before>trước\s+)?(?:ngày\s+)?(?:(?P<date>{DATE})|(?P<day>\d{{1,2}})\s*/\s*(?P<month>\d{{1,2}})(?![\d/])"
    rf"|(?P<dday>\d{{1,2}})\s+tháng\s+(?P<dmonth>\d{{1,2}})(?!\s*(?:/|năm)))"
)
_MONTH = regex.compile(rf"(?P<before>trước\s+)?tháng\s+(?P<month>\d{{1,2}})\b{_YEAR}")
_QUARTER = regex.compile(
    rf"(?P<before>trước\s+)?(?:quý|quí)\s+(?P<quarter>iv|i{{1,3}}|[1-4])\b{_YEAR}"
)
_PART_OF_YEAR = regex.compile(rf"(?:(?P<count>0?[369])\s*tháng\s+(?P<end>đầu|cuối)\s+năm){_YEAR}")
_WHOLE_YEAR = regex.compile(
    r"(?:(?:tính\s+)?(?:đến|trong|hết|cuối|cả|tới)\s+)*(?:(?P<before>trước)\s+)?năm\s*(?P<year>20\d{2})|"
    r"(?P<plain>(?:trong|hết|cuối|cả)\s+(?:cả\s+)?năm(?:\s+nay)?)(?!\s*\d)"
)
_DATES = regex.compile(rf"{DATE}|(?<![\d/])\d{{1,2}}/\d{{1,2}}(?![\d/])")
_SEVERAL = regex.compile(
    r"(?:quý|quí)\s+(?:i{1,3}v?|iv|[1-4])\s*(?:,|và|;|-|–)\s*(?:quý\s+|quí\s+)?(?:i{1,3}v?|iv|[1-4])\b|"
    r"tháng\s+\d{1,2}\s*(?:,|và|;|-|–)\s*(?:tháng\s+)?\d{1,2}\b"
)
_FIRST_YEAR = 1900
_ONGOING = ("thường xuyên", "liên tục", "hàng ngày", "hằng ngày", "quanh năm", "trong suốt")
_PLAN = ("theo kế hoạch", "theo chương trình", "theo lịch", "theo tiến độ")
_EVENT = regex.compile(
    r"(?:khi|ngay khi|sau khi|ngay sau khi|trước khi|theo yêu cầu|đột xuất|tại thời điểm|theo quy định)\b"
)
EVERY: dict[str, Every] = {
    "tuần": "week", "tháng": "month", "quý": "quarter", "năm": "year",
}  # fmt: skip
_BY_MONTHS: dict[int, Every] = {
    1: "month", 3: "quarter", 6: "half_year", 9: "nine_months", 12: "year",
}  # fmt: skip
_LAST_MONTH = 12


def deadline(raw: str, *, year: int | None = None) -> Deadline | None:
    """The deadline that a phrase says; None for an empty one.

    `year` is the paper's own, for a phrase that leaves it out. Days are inclusive: "Trước 25/12"
    is the 24th. What is not understood is kind "unread" with its words.
    """
    words = raw.strip()
    if not words:
        return None
    said = fold(words)
    for read in (_recurring, _dated, _part_of_year, _quarter, _month, _whole_year, _without_day):
        found = read(said, year)
        if found is not None:
            return _alone(replace(found, raw=words), said)
    return Deadline(words, "unread", doubts=("deadline_unread",))


def _alone(found: Deadline, said: str) -> Deadline:
    """A phrase that names several days or quarters has no single one: none is picked."""
    several = _SEVERAL.search(said) is not None or len(_DATES.findall(said)) > 1
    if found.kind == "recurring" or not several:
        return found
    return replace(found, on=None, doubts=(*found.doubts, "several_values"))


def every(raw: str) -> Every | None:
    """The period of a cell such as "Hằng tháng", "6 tháng", "Quý", "đột xuất"; None if none is named."""
    said = fold(raw).strip(" .;")
    if "đột xuất" in said:
        return "ad_hoc"
    found = _recurring(said, None)
    if found is not None:
        return found.every
    bare = _BARE.fullmatch(said)
    return _period(bare["count"], bare["period"]) if bare else None


def reports_ordered(periods: tuple[str, ...]) -> tuple[Every, ...]:
    """The periods of `reporting_periods`, each once, in order."""
    read = (every(one) for one in periods)
    return tuple(dict.fromkeys(one for one in read if one is not None))


def _period(count: str | None, word: str | None) -> Every | None:
    months = int(count) if count else None
    if word in (None, "tháng") and months:
        return _BY_MONTHS.get(months)
    return EVERY.get(word or "")


def _recurring(said: str, year: int | None) -> Deadline | None:
    found = _RECURRING.search(said)
    if found is None:
        return None
    period = _period(found["n"] or found["count"], found["period"] or found["per"])
    if period is None:
        return None
    day, following = _day_named(said)
    return Deadline("", "recurring", every=period, day=day, next_period=following)


def _day_named(said: str) -> tuple[int | None, bool]:
    """The last day in time inside the period or after it; "trước ngày 10" is the 9th."""
    for pattern, following in ((_DAY_OF_NEXT, True), (_DAY_OF_THIS, False)):
        found = pattern.search(said)
        if found is not None and 1 <= int(found["day"]) <= 31:
            day = int(found["day"]) - bool(found["before"])
            return max(day, 1), following
    return None, False


def _dated(said: str, year: int | None) -> Deadline | None:
    found = _DATE.search(said)
    if found is None:
        return None
    if found["date"]:
        on = read_date(found["date"]).value
        return _until("date", on, exclusive=bool(found["before"]), missing="date_impossible")
    day, month = (int(found["day"] or found["dday"]), int(found["month"] or found["dmonth"]))
    if year is None:
        return Deadline("", "date", doubts=("year_missing",))
    on = day_of(day, month, year)
    return _until("date", on, exclusive=bool(found["before"]), missing="date_impossible")


def _part_of_year(said: str, year: int | None) -> Deadline | None:
    found = _PART_OF_YEAR.search(said)
    if found is None:
        return None
    kinds: dict[int, DeadlineKind] = {3: "quarter", 6: "half_year", 9: "nine_months"}
    count = int(found["count"])
    last = count if found["end"] == "đầu" else _LAST_MONTH
    return _month_end(kinds[count], last, found["year"], year)


def _quarter(said: str, year: int | None) -> Deadline | None:
    found = _QUARTER.search(said)
    if found is None:
        return None
    number = _QUARTERS[found["quarter"]]
    last = 3 * (number - 1) if found["before"] else 3 * number
    return _month_end("quarter", last, found["year"], year)


def _month(said: str, year: int | None) -> Deadline | None:
    found = _MONTH.search(said)
    if found is None:
        return None
    number = int(found["month"])
    if not 1 <= number <= _LAST_MONTH:
        return Deadline("", "month", doubts=("date_impossible",))
    return _month_end("month", number - bool(found["before"]), found["year"], year)


def _whole_year(said: str, year: int | None) -> Deadline | None:
    found = _WHOLE_YEAR.search(said)
    if found is None:
        return None
    if found["year"] and found["before"]:
        return _month_end("year", 0, found["year"], year)
    return _month_end("year", _LAST_MONTH, found["year"], year)


def _without_day(said: str, year: int | None) -> Deadline | None:
    if any(words in said for words in _ONGOING):
        return Deadline("", "ongoing")
    if said.startswith(_PLAN):
        return Deadline("", "plan", doubts=("plan_missing",))
    return Deadline("", "event") if _EVENT.match(said) else None


def _month_end(kind: DeadlineKind, month: int, written: str | None, year: int | None) -> Deadline:
    """The last day of a month of the year written, or of the paper's; month 0 is December before."""
    known = int(written) if written else year
    if known is None:
        return Deadline("", kind, doubts=("year_missing",))
    if month == 0:
        return Deadline("", kind, on=date(known - 1, 12, 31))
    return Deadline("", kind, on=date(known, month, monthrange(known, month)[1]))


def _until(kind: DeadlineKind, on: date | None, *, exclusive: bool, missing: Doubt) -> Deadline:
    if on is None or on.year < _FIRST_YEAR:
        return Deadline("", kind, doubts=(missing,))
    return Deadline("", kind, on=on - timedelta(days=1) if exclusive else on)
