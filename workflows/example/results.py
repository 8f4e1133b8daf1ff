"""The objectives of 2023 with their results until the morning of 15 January 2024."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import uuid5

from documents import papers
from documents.content.objectives.judging import Outcome
from documents.selectors import objectives as stated_objectives
from documents.services.objectives import Given
from workflows.example.acts import NAMESPACE
from workflows.example.scene import Scene, scene
from workflows.models import Duty
from workflows.services import objectives

if TYPE_CHECKING:
    from datetime import datetime

    from workflows.example.acts import Paper
    from workflows.example.office import Cast

NUMBER = "1073"
_HOMES = {"cv-tiepnhan": "TN", "cv-vanphong": "VP", "tp-kinhte": "KT", "tp-tuphap": "TP"}


@dataclass(frozen=True, slots=True)
class Told:
    """One result of the story: who reports, for which objective and last day, how much, what of it."""

    day: str
    by: str
    objective: str
    until: str
    figure: str
    words: str
    cause: str = ""
    action: str = ""
    action_due: str = ""


RESULTS = (
    Told("2023-08-07", "cv-tiepnhan", "1", "2023-07-31", "98.4",
         "1.212 hồ sơ đến hạn, 1.193 hồ sơ trả đúng hạn; số liệu lấy từ phần mềm một cửa."),
    Told("2023-09-08", "cv-tiepnhan", "1", "2023-08-31", "98.6",
         "1.305 hồ sơ đến hạn, 1.287 hồ sơ trả đúng hạn."),
    Told("2023-10-06", "cv-tiepnhan", "1", "2023-09-30", "97.1",
         "1.248 hồ sơ đến hạn, 1.212 hồ sơ trả đúng hạn; 36 hồ sơ đất đai trễ từ 1 đến 3 ngày.",
         cause="Hai công chức nghỉ cùng tuần, chưa có lịch trực thay cho quầy đất đai.",
         action="Lập lịch trực thay cho từng quầy; phần mềm nhắc trước hạn hai ngày.",
         action_due="2023-10-31"),
    Told("2023-10-10", "cv-vanphong", "3", "2023-09-30", "100",
         "412 văn bản phát hành trong quý, không văn bản nào phải sửa thể thức."),
    Told("2023-11-07", "cv-tiepnhan", "1", "2023-10-31", "99.1",
         "Lịch trực thay đã áp dụng; 1.190 hồ sơ đến hạn, 1.179 hồ sơ trả đúng hạn."),
    Told("2023-12-07", "cv-tiepnhan", "1", "2023-11-30", "99.3",
         "1.146 hồ sơ đến hạn, 1.138 hồ sơ trả đúng hạn."),
    Told("2024-01-08", "cv-tiepnhan", "1", "2023-12-31", "99.2",
         "1.228 hồ sơ đến hạn, 1.218 hồ sơ trả đúng hạn."),
    Told("2024-01-09", "tp-kinhte", "4", "2023-12-31", "1",
         "Đã soát xét 7 quy trình của phòng vào tháng 11."),
    Told("2024-01-10", "tp-tuphap", "4", "2023-12-31", "1",
         "Đã soát xét 5 quy trình; sửa 1 quy trình chứng thực."),
)  # fmt: skip


def confirmed(paper: Paper, day: str, clock: str, name: str) -> Iterator[Scene]:
    """The secretary confirms what the newest version says of its objectives."""
    yield scene(day, clock, f"{name}: Thư ký xác nhận mục tiêu đọc được", _confirm, paper)


def _confirm(paper: Paper, *, at: datetime) -> None:
    document = paper.document
    if document is None:
        raise ValueError("the paper has not been drafted yet")
    revision = document.revisions.newest_first()[:1].get()
    revision.document = document
    bodies = stated_objectives.departments_of(document.office)
    read = stated_objectives.as_read(papers.content_of(revision), bodies)
    desk = next(one.pk for one in bodies if one.code == "TN")
    first, *others = read.objectives
    # The desk of reception counts for all departments: one report a month, not five.
    owner = replace(first.measures[0], departments=frozenset({desk}))
    settled = replace(read, objectives=(replace(first, measures=(owner,)), *others))
    objectives.confirm_objectives(
        revision=revision,
        digest=revision.content_digest,
        stated=settled,
        corrected=1,
        key=paper.key(),
        by=paper.who("thuky-iso"),
        at=at,
    )


def reported(cast: Cast) -> Iterator[Scene]:
    """What the departments reported for 2023; one month was below the target."""
    for told in RESULTS:
        words = f"Kết quả mục tiêu {told.objective} năm 2023, kỳ đến {told.until}: {told.figure}"
        yield scene(told.day, "15:00", words, _report, cast, told)


def _report(cast: Cast, told: Told, *, at: datetime) -> None:
    by = cast.people[told.by]
    home = cast.departments[_HOMES[told.by]]
    duty = Duty.objects.select_related("document__office", "department", "result").get(
        document__number=NUMBER,
        result__measure__objective__number=told.objective,
        result__until_on=told.until,
        department=home,
        done_at__isnull=True,
    )
    if duty.result is None:
        raise ValueError("the duty asks for no result")
    (target,) = duty.result.measure.objective.targets.all()
    unmet = bool(told.cause)
    files = [("so-lieu-mot-cua.txt", told.words.encode())] if unmet else []
    result = objectives.report_result(
        duty=duty,
        given=Given(
            values={target.pk: Decimal(told.figure)},
            verdicts={},
            words=told.words,
            cause=told.cause,
            action=told.action,
            action_due_on=date.fromisoformat(told.action_due) if unmet else None,
        ),
        evidence=files,
        key=uuid5(NAMESPACE, duty.cause),
        by=by,
        at=at,
    )
    if (result.outcome == Outcome.UNMET.value) is not unmet:
        raise ValueError(f"{told.figure} was judged {result.outcome}")
