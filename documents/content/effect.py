"""What a clause says of the effect of its paper: from when, until when, for which period.

A paper has effect from a day; a school year or a budget year that it is applied to names none.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

import regex

from documents.content.dates import DATE, read_date
from documents.content.folding import fold
from documents.content.quoting import unquoted
from documents.content.tree import Effectivity, EffectivityRule

_UNTIL = rf"(?:cho\s+)?đến\s+(?:hết\s+)?(?:(?:ngày\s+)?(?P<until>{DATE})|hết\s+năm(?:\s+ngân sách)?\s+(?P<year>\d{{4}}))"
_FOR = r"(?:trong\s+)?(?:thời hạn\s+)?(?P<lasts>\d{1,3})\s*(?:\([^()]{1,40}\))?\s+(?P<unit>năm|tháng),?\s+"
_EFFECT = regex.compile(
    r"(?:(?:Quyết định|Văn bản) này\s+)?(?P<raw>"
    r"(?:(?:Quyết định\s+)?có (?:hiệu lực|giá trị)(?: thi hành)?|thi hành quyết định này|(?<=Quyết định này )(?:được\s+)?thi hành"
    r"|(?<=căn cứ Quyết định )thi hành)"
    rf"(?:\s*(?:sau\s*(?P<days>\d{{1,4}})(?:\s*\([^()]{{1,40}}\))?\s+ngày(?: làm việc)?,?\s+|{_FOR})?"
    r"(?:kể\s+)?(?:từ|vào)\s+(?:\d{1,2}\s*(?:giờ|h)\s*(?:\d{2}\s*(?:phút\s+)?)?,?\s*)?"
    r"(?:(?:ngày|thời điểm)\s+(?:được\s+)?(?P<event>ký(?:,| và)? ban hành|ban hành|ký|(?P<publication>đăng (?:trên )?(?:Công báo|[Bb]áo)"
    r"(?:\s+(?:của\s+)?(?:tỉnh|thành phố))?|công bố|đăng tải|niêm yết(?: công khai)?))"
    rf"|(?:ngày\s+)?(?P<date>{DATE}))(?:\s+{_UNTIL})?)?)",
    regex.IGNORECASE,
)
# Behind the clause of effect: ", áp dụng đến hết ngày …", "và hết hiệu lực từ ngày …".
_GOES_ON = regex.compile(
    rf"\s*(?:,|;|và|,\s+và)\s+(?:được\s+)?(?:áp dụng|thực hiện|có giá trị|có hiệu lực)\s+{_UNTIL}",
    regex.IGNORECASE,
)
_LAPSES = regex.compile(
    r"(?:(?:,|;|và|,\s+và)\s+|\A(?:\d{1,2}\.\s+)?Quyết định này\s+)(?:tự động\s+|tự\s+)?(?:chấm dứt|hết) hiệu lực(?: thi hành)?\s+"
    rf"(?:(?P<first>(?:kể\s+)?từ|vào)|sau)\s+ngày\s+(?P<lapse>{DATE})"
)
_EVENT = regex.compile(
    r"\b(?:chấm dứt|hết) hiệu lực(?: thi hành)?\s+(?:ngay\s+)?(?:sau\s+)?khi\s[^.;]{3,120}"
)
_PERIODS = (
    r"(?:(?:khóa|khoá|kỳ|đợt|mùa)\s+tuyển sinh|(?:học\s+)?kỳ\s+\S{1,4}\s+năm học|năm học|năm ngân sách|năm tài chính|"
    r"niên độ|thời kỳ ổn định ngân sách|khóa|khoá|nhiệm kỳ)"
)
_PERIOD = regex.compile(
    rf"(?:áp dụng|thực hiện|thi hành|có hiệu lực(?: thi hành)?)\s+(?:kể\s+)?từ\s+{_PERIODS}\s+[^.;]{{0,40}}?\d{{4}}(?:\s*[-–]\s*\d{{4}})?"
    rf"|(?:áp dụng|thực hiện)\s+(?:cho|trong|đối với)\s+(?:các\s+)?{_PERIODS}\s+\d{{4}}(?:\s*[-–]\s*\d{{4}})?",
    regex.IGNORECASE,
)
# "Quyết định này thay thế Quyết định số … và có hiệu lực …"
_SENTENCE = regex.compile(r"(?:\A|[.;:]\s+)Quyết định này\b[^.;:]*\s(?:và|đồng thời|,)\s+\Z")
_OWN = regex.compile(r"\bQuyết định(?: này)?\b(?! số)")


def effectivity(text: str, article: int | None = None) -> Effectivity | None:
    """The effect clause of a paragraph, or None; a clause without a readable day is None too.

    `raw` leaves out the formula "Quyết định này" and keeps any other subject.
    """
    for found in _EFFECT.finditer(unquoted(text)):
        on = read_date(found["date"]).value if found["date"] else None
        if found["lasts"] and not _is_own(found):
            # "Giấy phép có hiệu lực 03 năm": a term of what the paper grants.
            continue
        rule = _rule(found, on)
        if rule is not None:
            days = int(found["days"]) if found["days"] else None
            return Effectivity(found["raw"], article, rule, on if days is None else None, days)
    return None


def speaks_of_effect(text: str) -> bool:
    """Whether a paragraph says of this paper that it has effect, readable or not."""
    return re.search(r"(?<!ngày )Quyết định(?: này)? có hiệu lực", text) is not None


def last_day(text: str, *, begins: date | None) -> date | None:
    """The last day on which the paper has effect, as a clause says, or None where it names none.

    A term ("có hiệu lực 02 năm kể từ ngày ký") is counted from `begins`; a condition is no day.
    """
    plain = unquoted(text)
    for found in _EFFECT.finditer(plain):
        if not _is_own(found):
            continue
        further = _GOES_ON.match(plain, found.end())
        for part in (found, further):
            if part is not None and (part["until"] or part["year"]):
                return _day_of(part)
        if found["lasts"] and begins is not None:
            months = int(found["lasts"]) * (12 if fold(found["unit"]) == "năm" else 1)
            return _months_after(begins, months) - timedelta(days=1)
    lapses = _LAPSES.search(plain) if _OWN.search(plain) else None
    on = read_date(lapses["lapse"]).value if lapses is not None else None
    if on is None or lapses is None:
        return None
    return on - timedelta(days=1) if lapses["first"] else on


def ends_with(text: str) -> str:
    """The words by which a clause lets the effect end with an event, not a day; else empty."""
    plain = unquoted(text)
    found = _EVENT.search(plain) if _OWN.search(plain) else None
    return found.group() if found is not None else ""


def period_applied(text: str) -> str:
    """The words by which a clause applies the paper from a school year, a budget year; else empty."""
    plain = unquoted(text)
    found = _PERIOD.search(plain) if _OWN.search(plain) else None
    return found.group() if found is not None else ""


def _is_own(found: regex.Match[str]) -> bool:
    """Whether an effect is that of the paper: it is the subject, or that of the sentence."""
    if found.group().startswith(("Quyết định", "Văn bản")):
        return True
    return _SENTENCE.search(found.string[max(0, found.start() - 300) : found.start()]) is not None


def _day_of(found: regex.Match[str]) -> date | None:
    if found["year"]:
        return date(int(found["year"]), 12, 31)
    return read_date(found["until"]).value


def _months_after(day: date, months: int) -> date:
    """The same day of a later month; the last day of a shorter one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _rule(found: regex.Match[str], on: date | None) -> EffectivityRule | None:
    if found["publication"]:
        return "from_publication"
    if found["days"] and found["event"]:
        return "after_days"
    if found["event"]:
        return "from_issue_date" if fold(found["event"]) == "ban hành" else "from_signing_date"
    return "on_date" if on is not None and not found["days"] else None
