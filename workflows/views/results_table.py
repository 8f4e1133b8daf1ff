"""The consolidated report, and the results of a year, as the lines of a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from documents.content.objectives.figures import meaning, written
from offices.dates import vn_date, vn_moment

if TYPE_CHECKING:
    from documents.models import MeasureResult
    from documents.selectors.results import Block, Cell, Line
    from documents.selectors.reviews import Review

HEADS = (
    "Số", "Mục tiêu", "Chỉ tiêu (nguyên văn)", "Chỉ tiêu (đã xác nhận)", "Đơn vị tính", "Biện pháp",
    "Đơn vị báo cáo", "Kỳ", "Hạn báo cáo", "Kết quả", "Đánh giá", "Nội dung", "Nguyên nhân",
    "Hành động khắc phục", "Hạn khắc phục", "Người báo cáo", "Thời điểm", "Số tệp bằng chứng",
)  # fmt: skip
YEAR_HEADS = (
    "Văn bản", "Số", "Mục tiêu", "Chỉ tiêu (đã xác nhận)", "Số đơn vị", "Phải báo cáo",
    "Đã báo cáo", "Đạt", "Đạt nhưng chưa cao", "Chưa đạt", "Chưa đến kỳ đánh giá", "Quá hạn",
)  # fmt: skip
# A spreadsheet takes a cell that begins with one of these for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(rows: Iterable[tuple[str, ...]], *, filename: str) -> HttpResponse:
    """Answer with lines as a file that a spreadsheet opens."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
    # The mark at the front tells a spreadsheet that the letters are UTF-8.
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=filename
    )
    return response


def lines(blocks: Iterable[Block]) -> Iterator[tuple[str, ...]]:
    """The heads, then a line for each target of each result, reported or not."""
    yield HEADS
    for block in blocks:
        for line in block.lines:
            for cell in line.cells:
                if cell.result is not None:
                    for row in _rows(block, line, cell, cell.result):
                        yield tuple(_harmless(text) for text in row)


def lines_of_year(review: Review) -> Iterator[tuple[str, ...]]:
    """The heads, then a line for each objective of a year."""
    yield YEAR_HEADS
    for paper in review.papers:
        for one in paper.objectives:
            counted = (
                one.departments, one.asked, one.reported, one.met, one.hardly_met, one.unmet,
                one.not_due, one.late,
            )  # fmt: skip
            said = (
                paper.document.cited_as,
                one.objective.number,
                one.objective.text,
                "; ".join(meaning(target) for target in one.targets),
                *map(str, counted),
            )
            yield tuple(_harmless(text) for text in said)


def _rows(block: Block, line: Line, cell: Cell, result: MeasureResult) -> Iterator[tuple[str, ...]]:
    reached = {one.target.pk: one for one in cell.figures}
    for target in block.targets:
        figure = reached.get(target.pk)
        value = written(figure.value) if figure and figure.value is not None else ""
        yield (
            block.objective.number,
            block.objective.text,
            target.raw or target.text,
            meaning(target),
            target.unit,
            line.measure.text,
            line.department.name,
            cell.column.name,
            vn_date(result.due_on) if result.due_on else "",
            value,
            result.get_outcome_display() if result.outcome else "",
            result.words,
            result.cause,
            result.action,
            vn_date(result.action_due_on) if result.action_due_on else "",
            result.reported_by.display_name if result.reported_by else "",
            vn_moment(result.reported_at) if result.reported_at else "",
            str(len(result.evidence.all())),
        )


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
