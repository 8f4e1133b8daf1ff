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

    from offices.models import Department, Office
    from workflows.models import Attendance, Case

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


def sheets_of(case: Case) -> list[Sheet]:
    """Give the minutes of every meeting of a case, the newest first; four queries."""
    committee = policies.committee_of(case.document.office)
    rows = (
        Minutes.objects.filter(round__case=case)
        .select_related("round", "chair", "by")
        .prefetch_related("attendances__opinion__clause_remarks")
        .order_by("-at", "-pk")
    )
    return [_sheet(one, case, committee) for one in rows]


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
