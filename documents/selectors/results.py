"""The consolidated report of a paper's objectives: objective by objective, period by period."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, Min, Q

from documents.content.objectives.periods import label
from documents.models import Document, MeasureResult
from documents.models.objectives import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from documents.models import StatedMeasure, StatedObjective, StatedTarget
    from offices.models import Department

MOST_PAPERS = 100


@dataclass(frozen=True, slots=True)
class Column:
    """One period of an objective; `name` is how people call it."""

    name: str
    from_on: date
    until_on: date


@dataclass(frozen=True, slots=True)
class Figure:
    """What was reached against one target, and what it is worth."""

    target: StatedTarget
    value: Decimal | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One period of one department: the result, its figures, whether it is late on the day."""

    column: Column
    result: MeasureResult | None
    figures: tuple[Figure, ...] = ()
    late: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One measure of one department over the periods; `trend` compares its last two figures."""

    measure: StatedMeasure
    department: Department
    cells: tuple[Cell, ...]
    trend: str


@dataclass(frozen=True, slots=True)
class Block:
    """One objective with its targets, its periods, its lines, and what was not met."""

    objective: StatedObjective
    targets: tuple[StatedTarget, ...]
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    unmet: tuple[MeasureResult, ...]
    asked: int
    reported: int
    late: int

    @property
    def has_measures(self) -> bool:
        """Whether its lines are of more than one measure."""
        return len({line.measure.pk for line in self.lines}) > 1

    @property
    def outcome(self) -> str:
        """The state of the objective: unmet where its latest reported period was."""
        latest = [
            next((cell.result for cell in reversed(line.cells) if _reported(cell)), None)
            for line in self.lines
        ]
        found = {one.outcome for one in latest if one is not None}
        order = (Outcome.UNMET, Outcome.HARDLY_MET, Outcome.OPEN, Outcome.MET)
        return next((one.value for one in order if one.value in found), "")


def _reported(cell: Cell) -> bool:
    return cell.result is not None and cell.result.reported_at is not None


def consolidated(document: Document, *, on: date) -> tuple[Block, ...]:
    """Every objective of a paper with its results; five queries however many there are.

    A result that was sent back does not count; its next attempt does. One that was lifted is owed
    no longer and does not count either. `on` tells what is late.
    """
    rows = (
        MeasureResult.objects.filter(
            document=document, returned_at__isnull=True, lifted_at__isnull=True
        )
        .select_related("measure__objective", "department", "reported_by")
        .prefetch_related("values__target", "evidence", "measure__objective__targets")
        .order_by("measure__objective__ordinal", "measure__ordinal", "department", "until_on", "pk")
    )
    grouped: dict[int, list[MeasureResult]] = defaultdict(list)
    for row in rows:
        grouped[row.measure.objective_id].append(row)
    return tuple(_block(found, on=on) for found in grouped.values())


def _block(rows: list[MeasureResult], *, on: date) -> Block:
    objective = rows[0].measure.objective
    columns = _columns(rows)
    by_line: dict[tuple[int, int], list[MeasureResult]] = defaultdict(list)
    for row in rows:
        by_line[row.measure_id, row.department_id].append(row)
    lines = tuple(_line(found, columns, on=on) for found in by_line.values())
    return Block(
        objective=objective,
        targets=tuple(sorted(objective.targets.all(), key=lambda one: one.ordinal)),
        columns=columns,
        lines=lines,
        unmet=tuple(row for row in rows if row.outcome == Outcome.UNMET),
        asked=len(rows),
        reported=sum(row.reported_at is not None for row in rows),
        late=sum(is_late(row, on=on) for row in rows),
    )


def _columns(rows: Iterable[MeasureResult]) -> tuple[Column, ...]:
    found = {(row.until_on, row.from_on, row.period) for row in rows}
    return tuple(
        Column(label(period, from_on, until_on), from_on, until_on)
        for until_on, from_on, period in sorted(
            found, key=lambda one: (one[0], -one[1].toordinal())
        )
    )


def _line(rows: list[MeasureResult], columns: tuple[Column, ...], *, on: date) -> Line:
    by_period = {(row.from_on, row.until_on): row for row in rows}
    cells = tuple(
        _cell(column, by_period.get((column.from_on, column.until_on)), on=on) for column in columns
    )
    return Line(rows[0].measure, rows[0].department, cells, _trend(cells))


def _cell(column: Column, row: MeasureResult | None, *, on: date) -> Cell:
    if row is None:
        return Cell(column, None)
    figures = tuple(
        Figure(one.target, one.value, one.outcome)
        for one in sorted(row.values.all(), key=lambda value: value.target.ordinal)
    )
    return Cell(column, row, figures, late=is_late(row, on=on))


def is_late(row: MeasureResult, *, on: date) -> bool:
    """Whether a result is owed since before a day and not reported."""
    return row.reported_at is None and row.due_on is not None and row.due_on < on


def _trend(cells: Iterable[Cell]) -> str:
    """ "up", "down" or "same" of the last two figures of the first target; empty with fewer."""
    values = [cell.figures[0].value for cell in cells if cell.figures]
    known = [value for value in values if value is not None][-2:]
    if len(known) < 2:
        return ""
    before, now = known
    return "same" if now == before else "up" if now > before else "down"


def lifted(document: Document) -> tuple[int, date | None]:
    """How many results are owed no longer because the paper ceased, and since when; one query."""
    counted = MeasureResult.objects.filter(document=document, lifted_at__isnull=False).aggregate(
        count=Count("pk"), first=Min("until_on")
    )
    return counted["count"], counted["first"]


@dataclass(frozen=True, slots=True)
class Counted:
    """One paper of the overview with the state of its results."""

    document: Document
    asked: int
    reported: int
    late: int
    unmet: int


def overview(office_ids: Iterable[int], *, on: date, before: int | None = None) -> list[Counted]:
    """The papers of offices that owe results, newest first, a hundred at a time; one query.

    `before` is the key of the last paper of the page before.
    """
    mine = Q(results__returned_at__isnull=True, results__lifted_at__isnull=True)
    papers = (
        Document.objects.filter(office__in=list(office_ids), results__isnull=False)
        .annotate(
            asked=Count("results", filter=mine),
            reported=Count("results", filter=mine & Q(results__reported_at__isnull=False)),
            late=Count(
                "results",
                filter=mine & Q(results__reported_at__isnull=True, results__due_on__lt=on),
            ),
            unmet=Count("results", filter=mine & Q(results__outcome=Outcome.UNMET.value)),
        )
        .order_by("-pk")
    )
    if before is not None:
        papers = papers.filter(pk__lt=before)
    return [
        Counted(one, one.asked, one.reported, one.late, one.unmet) for one in papers[:MOST_PAPERS]
    ]
