"""The Biên bản as they are printed: who was there, what each had said by then, and the count."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from documents.rendering.html import NATIONAL_HEADING, AgencyLine
from offices.dates import ZONE, vn_date_words
from workflows import policies
from workflows.flows.versions import CONFIRMATION
from workflows.models import Minutes, Opinion
from workflows.selectors.opinions import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from django.db.models import QuerySet

    from offices.models import Department, Office
    from workflows.models import Attendance, Case

# The head of the table of who was asked, and whom the minutes go to (Decree 30/2020, Appendix III).
NAME, SECRETARY, CHAIR = "BIÊN BẢN", "THƯ KÝ", "CHỦ TỌA"
CONTENT = "Nội dung (diễn biến, kết luận):"
COLUMNS = ("STT", "Thành phần", "Dự họp", "Ý kiến")
GOES_TO = ("- Như thành phần tham dự;", "- Lưu: VT, hồ sơ.")
AT_THE_MEETING, IN_WRITING, NOTHING_YET = "tại cuộc họp", "bằng văn bản", "Chưa có ý kiến"


@dataclass(frozen=True, slots=True)
class Person:
    """One line of who was asked: title, there or not, the answer that stood when they were entered."""

    title: str
    outside: bool
    present: bool
    answer: str
    how: str
    text: str

    @property
    def who(self) -> str:
        """The title, and that somebody was asked besides the committee."""
        return f"{self.title} (ngoài Ban Chỉ đạo)" if self.outside else self.title

    @property
    def attended(self) -> str:
        """Whether they were there, in a word."""
        return "Có mặt" if self.present else "Vắng"

    @property
    def said(self) -> str:
        """The answer with how it was given, and its words."""
        answer = f"{self.answer}, {self.how}" if self.how else self.answer
        return f"{answer}: {self.text}" if self.text else answer


@dataclass(frozen=True, slots=True)
class Count:
    """How many of those asked gave one answer."""

    answer: str
    number: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One Biên bản with every line of its printed form (Decree 30/2020, Appendix III)."""

    minutes: Minutes
    agency: tuple[AgencyLine, ...]
    national: tuple[str, ...]
    number: str
    symbol: str
    subject: str
    # The committee is heard on a paper that is issued already, not on a draft.
    after_issue: bool
    began: str
    ended: str
    people: tuple[Person, ...]
    counts: tuple[Count, ...]

    @property
    def name(self) -> str:
        """The minutes by their number; older ones have none."""
        return f"Biên bản {self.number}/{self.symbol}" if self.number else "Biên bản"

    @property
    def prints_title(self) -> str:
        """What stands above the prints of the minutes."""
        return f"Bản in {self.name}"

    @property
    def columns(self) -> tuple[str, ...]:
        """The head of the table of who was asked."""
        return COLUMNS

    @property
    def goes_to(self) -> tuple[str, ...]:
        """Whom the minutes go to."""
        return GOES_TO

    @property
    def title(self) -> str:
        """What the minutes are of, as it stands below their name."""
        about = "văn bản đã phát hành" if self.after_issue else "dự thảo"
        call = f" (triệu tập lần {self.minutes.call})" if self.minutes.call > 1 else ""
        return f"Họp lấy ý kiến về {about} “{self.subject}”{call}"

    @property
    def facts(self) -> tuple[str, ...]:
        """When, where, under whom and before how many, a sentence each."""
        one = self.minutes
        enough = "đủ số người họp" if one.quorate else "không đủ số người họp"
        return (
            f"Thời gian bắt đầu: {self.began}.",
            f"Địa điểm: {one.place}.",
            f"Chủ trì (chủ tọa): {_named(one.chair.display_name, one.chair_title)}.",
            f"Thư ký (người ghi biên bản): {_named(one.by.display_name, one.by_title)}.",
            f"Thành phần tham dự: {one.members_present}/{one.members} ủy viên có mặt; {enough}.",
        )

    @property
    def result(self) -> str:
        """The answers of the members, counted."""
        counted = "; ".join(f"{one.answer}: {one.number}" for one in self.counts)
        return f"Kết quả lấy ý kiến ủy viên: {counted}."

    @property
    def closing(self) -> str:
        """When the meeting ended; empty where older minutes do not say so."""
        return f"Cuộc họp kết thúc vào {self.ended}./." if self.ended else ""


def sheets_of(case: Case) -> list[Sheet]:
    """Give the minutes of every meeting of a case, the newest first; four queries."""
    committee = policies.committee_of(case.document.office)
    rows = _whole().filter(round__case=case).order_by("-at", "-pk")
    return [_sheet(one, case, committee) for one in rows]


def sheet_of(minutes_id: int) -> Sheet | None:
    """Give the minutes of one meeting; None where there are none. Five queries."""
    one = _whole().filter(pk=minutes_id).first()
    if one is None:
        return None
    case = one.round.case
    return _sheet(one, case, policies.committee_of(case.document.office))


def _whole() -> QuerySet[Minutes]:
    rows = Minutes.objects.select_related(
        "round__case__document__office", "round__revision", "chair", "by"
    ).defer("round__revision__text", "round__revision__canonical")
    return rows.prefetch_related("attendances__opinion__clause_remarks")


def _sheet(one: Minutes, case: Case, committee: Department) -> Sheet:
    people = tuple(_people(one))
    counted = Counter(person.answer for person in people if not person.outside)
    return Sheet(
        minutes=one,
        agency=tuple(_agency(case.document.office, committee)),
        national=NATIONAL_HEADING,
        number=one.number,
        symbol=one.symbol,
        subject=case.document.subject,
        after_issue=case.procedure == CONFIRMATION,
        began=hour_in_words(one.held_at),
        ended=hour_in_words(one.ended_at) if one.ended_at is not None else "",
        people=people,
        counts=tuple(Count(answer, number) for answer, number in counted.items()),
    )


def _named(name: str, title: str) -> str:
    return name if title == name else f"{name}, {title}"


def _agency(office: Office, committee: Department) -> Iterator[AgencyLine]:
    """The office above, plain, in as many lines as it writes its name; the committee bold."""
    for line in office.header_lines:
        yield AgencyLine(line, is_issuer=False)
    yield AgencyLine(committee.name.upper(), is_issuer=True)


def _people(one: Minutes) -> Iterator[Person]:
    for row in sorted(one.attendances.all(), key=lambda row: row.opinion_id):
        answer, how = _said(one, row)
        yield Person(
            title=row.opinion.reviewer_title,
            outside=row.opinion.capacity == Opinion.Capacity.CONSULTED,
            present=row.present,
            answer=answer,
            how=how,
            text=text_of(row.opinion) if how else "",
        )


def _said(one: Minutes, row: Attendance) -> tuple[str, str]:
    """Give the answer that stood when the minutes were entered, and how it was given.

    What somebody said afterwards, in writing or at a second meeting, is no part of this one.
    """
    opinion = row.opinion
    if opinion.given_at is None or opinion.given_at > one.at:
        return NOTHING_YET, ""
    if opinion.choice not in Opinion.ANSWERS:
        return opinion.get_choice_display(), ""
    return opinion.get_choice_display(), AT_THE_MEETING if opinion.at_meeting else IN_WRITING


def hour_in_words(moment: datetime) -> str:
    """Write a moment as the minutes do: "14 giờ 05 phút, ngày 17 tháng 01 năm 2024"."""
    local = moment.astimezone(ZONE)
    return f"{local.hour:02} giờ {local.minute:02} phút, {vn_date_words(local)}"
