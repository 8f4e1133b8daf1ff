"""Objectives on their way: what a paper is read as, what is owed, what somebody reports."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import uuid4

from documents import papers
from documents.content.tree import Instrument
from documents.models import MeasureResult, StatedTarget
from documents.selectors import objectives as selectors
from documents.services.objectives import Given
from workflows.models import Duty
from workflows.services import higher, objectives

if TYPE_CHECKING:
    from collections.abc import Callable

    from documents.models import Revision
    from documents.selectors.objectives import ReadingStated
    from tests.builders import Example


def read(example: Example, name: str) -> tuple[Revision, ReadingStated]:
    """The newest version of a paper and what the reader proposes for it."""
    revision = example.newest(name)
    bodies = selectors.departments_of(revision.document.office)
    return revision, selectors.as_read(papers.content_of(revision), bodies)


def confirm(
    example: Example, name: str = "economy objectives", username: str = "thuky-iso"
) -> Callable[[], object]:
    """Confirm what a paper's objectives say, as proposed."""
    revision, stated = read(example, name)
    by, at, key = example.people[username], example.now, uuid4()
    return lambda: objectives.confirm_objectives(
        revision=revision, digest=revision.content_digest, stated=stated, corrected=0, key=key,
        by=by, at=at,
    )  # fmt: skip


def owed(number: str, code: str, *, paper: str = "1073") -> Duty:
    """The open duty of a department to report an objective, the most urgent one."""
    rows = Duty.objects.filter(
        document__number=paper, result__measure__objective__number=number, department__code=code,
        done_at__isnull=True,
    )  # fmt: skip
    return rows.select_related("document__office", "department", "result").order_by("due_at")[0]


def given(duty: Duty, figure: str, **more: str) -> Given:
    """A report of one figure for a duty with one target."""
    assert duty.result is not None
    target = StatedTarget.objects.get(objective__measures=duty.result.measure_id)
    told = Given(values={target.pk: Decimal(figure)}, verdicts={}, words="Đã tổng hợp.")
    return replace(told, **more)


def report(
    example: Example, duty: Duty, username: str, figure: str, **more: str
) -> Callable[[], object]:
    """Report one figure."""
    by, at, key = example.people[username], example.now, uuid4()
    told = given(duty, figure, **more)
    return lambda: objectives.report_result(duty=duty, given=told, key=key, by=by, at=at)


def ask(example: Example) -> Callable[[], object]:
    """Ask for results of 1073 on demand."""
    paper, by, at = example.paper("1073/QĐ-CT"), example.people["thuky-iso"], example.now
    key = uuid4()
    return lambda: objectives.ask_for_results(document=paper, days=3, key=key, by=by, at=at)


def send_back(example: Example) -> Callable[[], object]:
    """Send the result of September back."""
    result = MeasureResult.objects.get(outcome="unmet")
    by, at, key = example.people["thuky-iso"], example.now, uuid4()
    return lambda: objectives.return_result(
        result=result, reason="Thiếu số hồ sơ trễ theo từng lĩnh vực.", key=key, by=by, at=at
    )


def above(
    example: Example,
    username: str = "thuky-iso",
    *,
    number: int = 88,
    symbol: str = "QĐ-UBND",
    dated_on: str = "2024-01-08",
    issuer: str = "Ủy ban nhân dân thành phố Hòa Giang",
) -> Callable[[], object]:
    """Record what a decision of an office above asks for: that files are settled in time."""
    _revision, stated = read(example, "economy objectives")
    first = replace(stated.objectives[0], measures=())
    instrument = Instrument(
        type="Quyết định", number=number, symbol=symbol, dated_on=date.fromisoformat(dated_on),
        issuer=issuer, subject="ban hành Mục tiêu chất lượng",
    )  # fmt: skip
    office, key = example.paper("economy objectives").office, uuid4()
    by, at = example.people[username], example.now
    return lambda: higher.record_higher_objectives(
        office=office, instrument=instrument, text="Hồ sơ đúng hạn từ 99%.",
        stated=replace(stated, reports=(), objectives=(first,)), corrected=0, key=key, by=by, at=at,
    )  # fmt: skip
