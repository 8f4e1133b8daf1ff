"""Days and times as an official writes them (Decree 30/2020, Appendix I: months 3 to 9 bare)."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def local_day(moment: date | datetime) -> date:
    """Give the day of a moment in Viet Nam."""
    return moment.astimezone(ZONE).date() if isinstance(moment, datetime) else moment


def month_as_written(month: int) -> str:
    """Months 1 and 2 take a zero, 3 to 9 do not."""
    return f"{month:02}" if month < 3 else str(month)


def vn_date(moment: date | datetime) -> str:
    """Write a day as 04/7/2023."""
    day = local_day(moment)
    return f"{day.day:02}/{month_as_written(day.month)}/{day.year}"


def vn_date_words(moment: date | datetime) -> str:
    """Write a day as "ngày 04 tháng 7 năm 2023"."""
    day = local_day(moment)
    return f"ngày {day.day:02} tháng {month_as_written(day.month)} năm {day.year}"


def vn_weekday(moment: date | datetime) -> str:
    """Write a day as "thứ Hai 15/01/2024"."""
    day = local_day(moment)
    return f"{WEEKDAYS[day.weekday()]} {vn_date(day)}"


def vn_moment(moment: datetime) -> str:
    """Write a moment as "15/01/2024 09:42" in Vietnamese time."""
    return f"{vn_date(moment)} {moment.astimezone(ZONE):%H:%M}"
