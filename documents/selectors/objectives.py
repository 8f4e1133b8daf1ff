"""Objectives of a paper as they were confirmed, or, before that, as the reader proposes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Prefetch, Q

from documents.content.objectives import Deadline, Measure, objectives_of, parties
from documents.content.objectives.cascade import Stated
from documents.content.objectives.owners import proposed
from documents.effects import EffectKind
from documents.lifecycle import Stage
from documents.models import (
    AccessLevel,
    ConfirmedReading,
    Effect,
    Kind,
    Origin,
    StatedMeasure,
    StatedObjective,
    StatedTarget,
)
from offices.models import Department

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from django.db.models import QuerySet

    from documents.content.objectives import Objective, Objectives, Party, Target
    from documents.content.tree import Content
    from documents.models import Document, Revision
    from offices.models import Office

# More targets or measures than this are not confirmed on one page.
MOST_ROWS = 150
# Decisions of the offices above on one page.
MOST_RECORDED = 50


@dataclass(frozen=True, slots=True)
class TargetStated:
    """A target with what it is taken to mean; `doubts` are the reader's, for the person to settle."""

    raw: str
    text: str
    comparator: str
    value: Decimal | None
    upper: Decimal | None
    unit: str
    baseline: str
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MeasureStated:
    """A measure with its deadline and the keys of the departments that owe its results."""

    text: str
    responsible: str
    resources: str
    deadline_raw: str
    deadline_kind: str
    due_on: date | None
    every: str
    day: int | None
    next_period: bool
    departments: frozenset[int]
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ObjectiveStated:
    """An objective with its targets and measures."""

    number: str
    text: str
    group: str
    method: str
    clause_id: str
    targets: tuple[TargetStated, ...]
    measures: tuple[MeasureStated, ...]
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingStated:
    """Everything a paper says of its objectives, as proposed or as confirmed."""

    year: int | None
    reports: tuple[str, ...]
    objectives: tuple[ObjectiveStated, ...]

    @property
    def rows(self) -> int:
        """How many targets and measures there are."""
        return sum(len(one.targets) + len(one.measures) for one in self.objectives)


def departments_of(office: Office) -> list[Department]:
    """The bodies of an office that can owe a result: all but the leadership. One query."""
    found = Department.objects.filter(office=office, ends_on__isnull=True)
    return list(found.exclude(kind=Department.Kind.LEADERSHIP).order_by("pk"))


def as_read(content: Content, departments: Sequence[Department]) -> ReadingStated:
    """What the reader proposes for a content; an objective without measures gets an empty one."""
    read = objectives_of(content)
    known = _Owners(
        {one.pk: one.name for one in departments},
        {one.pk for one in departments if one.is_committee},
    )
    return ReadingStated(
        year=read.year,
        reports=tuple(one for one in read.reports if one != "ad_hoc"),
        objectives=tuple(_objective(one, read, known) for one in read.objectives),
    )


@dataclass(frozen=True, slots=True)
class _Owners:
    """The departments a measure's words may mean."""

    names: dict[int, str]
    committees: set[int]

    def of(self, found: Sequence[Party]) -> frozenset[int]:
        return frozenset(proposed(found, self.names, committees=self.committees))


def _objective(one: Objective, read: Objectives, known: _Owners) -> ObjectiveStated:
    measures = [_measure(measure, read, known) for measure in one.measures]
    if not measures:
        measures = [_measure(Measure(""), read, known)]
    return ObjectiveStated(
        number=one.order[:20],
        text=one.text,
        group=one.group,
        method=one.method,
        clause_id=one.clause_id,
        targets=tuple(_target(target) for target in one.targets),
        measures=tuple(measures),
        doubts=one.doubts,
    )


def _target(one: Target) -> TargetStated:
    return TargetStated(
        raw=one.raw,
        text=one.text,
        comparator=one.comparator,
        value=one.value,
        upper=one.upper,
        unit=one.unit[:40],
        baseline=one.baseline[:200],
        doubts=one.doubts,
    )


def _measure(one: Measure, read: Objectives, known: _Owners) -> MeasureStated:
    by_when = one.deadline or Deadline("", "unread")
    # Where the measure says nothing of its own, the paper's day of report counts.
    named = by_when if by_when.day or read.report_by is None else read.report_by
    return MeasureStated(
        text=one.text,
        responsible=one.responsible or read.owner,
        resources=one.resources,
        deadline_raw=by_when.raw,
        deadline_kind=by_when.kind if one.deadline else "",
        due_on=by_when.on,
        every=one.every or "",
        day=named.day,
        next_period=named.next_period,
        departments=known.of(one.parties or parties(read.owner)),
        doubts=(*one.doubts, *by_when.doubts),
    )


def latest(revision: Revision) -> ConfirmedReading | None:
    """The reading that counts for a revision, with all its rows; five queries, one for none."""
    objectives = StatedObjective.objects.order_by("ordinal").prefetch_related(
        Prefetch("targets", StatedTarget.objects.order_by("ordinal")),
        Prefetch(
            "measures",
            StatedMeasure.objects.order_by("ordinal").prefetch_related("departments"),
        ),
    )
    return (
        ConfirmedReading.objects.filter(revision=revision)
        .select_related("confirmed_by")
        .prefetch_related(Prefetch("objectives", objectives))
        .order_by("-ordinal")
        .first()
    )


def as_confirmed(reading: ConfirmedReading) -> ReadingStated:
    """A confirmed reading in the shape of a proposed one."""
    return ReadingStated(
        year=reading.year,
        reports=tuple(reading.reports.split()),
        objectives=tuple(
            ObjectiveStated(
                number=one.number,
                text=one.text,
                group=one.group,
                method=one.method,
                clause_id=one.clause_id,
                targets=tuple(_confirmed_target(target) for target in one.targets.all()),
                measures=tuple(_confirmed_measure(measure) for measure in one.measures.all()),
            )
            for one in reading.objectives.all()
        ),
    )


def _confirmed_target(one: StatedTarget) -> TargetStated:
    return TargetStated(
        one.raw, one.text, one.comparator, one.value, one.upper, one.unit, one.baseline
    )


def _confirmed_measure(one: StatedMeasure) -> MeasureStated:
    return MeasureStated(
        text=one.text,
        responsible=one.responsible,
        resources=one.resources,
        deadline_raw=one.deadline_raw,
        deadline_kind=one.deadline_kind,
        due_on=one.due_on,
        every=one.every,
        day=one.day,
        next_period=one.next_period,
        departments=frozenset(department.pk for department in one.departments.all()),
    )


def stated_above(
    document: Document,
    *,
    cited: Sequence[Document],
    year: int | None,
    of_a_body: bool,
    on: date,
) -> list[Stated]:
    """The confirmed targets that a paper's own are not to be lower than, on a day; one query, or none.

    Those of papers it cites, issued here, in another office that works here, or recorded from a
    higher office's decision; of such a decision for the same year, cited or not; for the objectives
    of one body also those its office set for the same year. What has ceased binds nobody.
    """
    issued = Q(revision__stage=Stage.ISSUED.value)
    above = issued & Q(revision__document__in=[one.pk for one in cited])
    for one in cited:
        above |= Q(document=one.pk) | (issued & _published_elsewhere(one))
    if year is not None:
        above |= Q(document__office=document.office_id, year=year)
    if of_a_body and year is not None:
        above |= issued & Q(
            revision__document__office=document.office_id,
            revision__document__kind=Kind.DECISION.value,
            year=year,
        )
    elif not cited and year is None:
        return []
    # The few readings first: their targets are found by key.
    readings = ConfirmedReading.objects.filter(above).filter(
        ~Exists(_later_reading()), ~Exists(_ceased(on))
    )
    rows = (
        StatedTarget.objects.filter(
            objective__reading__in=readings.exclude(revision__document=document.pk),
            value__isnull=False,
        )
        .select_related("objective__reading__revision__document", "objective__reading__document")
        .order_by("-objective__reading__pk", "pk")[:MOST_ROWS]
    )
    return [
        Stated(
            text=row.objective.text if row.raw == row.text else row.text,
            comparator=row.comparator,
            value=row.value,
            unit=row.unit,
            paper=row.objective.reading.paper.cited_as,
            upper=row.upper,
            baseline=row.baseline,
            direct=not of_a_body or _is_direct(row.objective.reading, cited),
        )
        for row in rows
    ]


def _is_direct(reading: ConfirmedReading, cited: Sequence[Document]) -> bool:
    """Whether a body answers for what a reading says: its office's own, or what it cites itself."""
    return reading.document_id is None or reading.document_id in {one.pk for one in cited}


def recorded_above(office: Office) -> list[ConfirmedReading]:
    """What is recorded of the offices above, the latest of each decision, with its rows.

    Newest year first, at most fifty; four queries, one for none.
    """
    objectives = StatedObjective.objects.order_by("ordinal").prefetch_related(
        Prefetch("targets", StatedTarget.objects.order_by("ordinal"))
    )
    return list(
        ConfirmedReading.objects.filter(~Exists(_later_reading()), document__office=office)
        .select_related("document", "confirmed_by")
        .defer("text")
        .prefetch_related(Prefetch("objectives", objectives))
        .order_by("-year", "-pk")[:MOST_RECORDED]
    )


def _published_elsewhere(one: Document) -> Q:
    """Match the paper itself, in the office that issued it, of one this office knows by citation."""
    if one.origin != Origin.EXTERNAL or one.number_key is None or one.dated_on is None:
        return Q(pk__in=[])
    itself = "revision__document__"
    return Q(
        **{
            f"{itself}number_key": one.number_key,
            f"{itself}symbol": one.symbol,
            f"{itself}dated_on": one.dated_on,
            f"{itself}kind": one.kind,
            f"{itself}access_level": AccessLevel.PUBLIC.value,
        }
    ) & ~Q(**{f"{itself}office": one.office_id})


def _later_reading() -> QuerySet[ConfirmedReading]:
    """A reading that was confirmed after another, of the same paper."""
    same = Q(revision=OuterRef("revision")) | Q(document=OuterRef("document"))
    return ConfirmedReading.objects.filter(same, ordinal__gt=OuterRef("ordinal"))


def _ceased(on: date) -> QuerySet[Effect]:
    """The row by which the paper of a reading has ceased as a whole by a day."""
    paper = Q(target=OuterRef("revision__document")) | Q(target=OuterRef("document"))
    return Effect.objects.filter(
        paper, kind=EffectKind.CEASES.value, valid_from__lte=on, annulled_by__isnull=True
    )
