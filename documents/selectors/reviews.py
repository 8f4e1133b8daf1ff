"""The objectives of a year brought together for the management review (ISO 9001:2015, 9.3.2 c 2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q

from documents.effects import EffectKind
from documents.lifecycle import Stage
from documents.models import (
    ConfirmedReading,
    Document,
    Effect,
    MeasureResult,
    Origin,
    StatedObjective,
    StatedTarget,
)
from documents.models.objectives import Outcome
from offices.dates import ZONE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


# Objectives of one year on one page, and reported results that call for a word.
MOST_OBJECTIVES = 1000
MOST_TOLD = 300
MOST_UNCONFIRMED = 20
_RECENT = timedelta(days=730)
# How the subject of a paper that sets objectives reads in the folded index.
_SETS_OBJECTIVES = "muc tieu chat luong"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One objective of a year with what was asked for and how it came out, in results."""

    objective: StatedObjective
    departments: int
    asked: int
    reported: int
    met: int
    hardly_met: int
    unmet: int
    not_due: int
    late: int

    @property
    def targets(self) -> tuple[StatedTarget, ...]:
        """Its targets, in order."""
        return tuple(self.objective.targets.all())


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of the year with its objectives."""

    document: Document
    objectives: tuple[Reviewed, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """A year: its papers, and every result below its target or hardly above it, with the reasons."""

    year: int
    papers: tuple[Paper, ...]
    told: tuple[MeasureResult, ...]
    more: bool

    @property
    def all(self) -> tuple[Reviewed, ...]:
        """Every objective, in the order of the papers."""
        return tuple(one for paper in self.papers for one in paper.objectives)


def years(office_ids: Iterable[int]) -> list[int]:
    """The years for which results were asked for in some offices, newest first; one query.

    A reading is looked at once, however many results it asks for.
    """
    asked = MeasureResult.objects.filter(
        measure__objective__reading=OuterRef("pk"), document__office__in=list(office_ids)
    )
    found = ConfirmedReading.objects.filter(Exists(asked), year__isnull=False)
    return list(found.order_by("-year").values_list("year", flat=True).distinct())  # type: ignore[arg-type]


def of_year(office_ids: Iterable[int], year: int, *, on: date) -> Review:
    """Bring a year together; four queries however many papers there are.

    A result that was sent back counts by its next attempt, one that was lifted not at all. `on`
    tells what is late. At most a thousand objectives, and the first three hundred reasons.
    """
    offices = list(office_ids)
    owed = Q(measures__results__returned_at__isnull=True, measures__results__lifted_at__isnull=True)

    def results(**more: object) -> Count:
        said = {f"measures__results__{key}": value for key, value in more.items()}
        return Count("measures__results", filter=owed & Q(**said))

    rows = (
        StatedObjective.objects.filter(
            reading__year=year, measures__results__document__office__in=offices
        )
        .annotate(
            asked=results(),
            reported=results(reported_at__isnull=False),
            met=results(outcome=Outcome.MET.value),
            hardly_met=results(outcome=Outcome.HARDLY_MET.value),
            unmet=results(outcome=Outcome.UNMET.value),
            not_due=results(outcome=Outcome.OPEN.value),
            late=results(reported_at__isnull=True, due_on__lt=on),
            bodies=Count("measures__results__department", filter=owed, distinct=True),
        )
        .filter(asked__gt=0)
        .select_related("reading__revision__document")
        .prefetch_related(Prefetch("targets", StatedTarget.objects.order_by("ordinal")))
        .order_by("reading__revision__document_id", "ordinal")[:MOST_OBJECTIVES]
    )
    papers: dict[Document, list[Reviewed]] = {}
    for row in rows:
        papers.setdefault(row.reading.paper, []).append(_reviewed(row))
    told = list(_told(offices, year)[: MOST_TOLD + 1])
    return Review(
        year,
        tuple(Paper(paper, tuple(found)) for paper, found in papers.items()),
        tuple(told[:MOST_TOLD]),
        more=len(told) > MOST_TOLD,
    )


def _reviewed(row: Any) -> Reviewed:
    counted = ("asked", "reported", "met", "hardly_met", "unmet", "not_due", "late")
    return Reviewed(row, row.bodies, *(getattr(row, name) for name in counted))


def _told(offices: list[int], year: int):  # type: ignore[no-untyped-def]
    return (
        MeasureResult.objects.filter(
            document__office__in=offices,
            measure__objective__reading__year=year,
            outcome__in=[Outcome.UNMET.value, Outcome.HARDLY_MET.value],
            returned_at__isnull=True,
        )
        .select_related("document", "measure__objective", "department")
        .prefetch_related("values__target")
        .order_by("-outcome", "document_id", "measure__objective__ordinal", "until_on", "pk")
    )


def unconfirmed(office_ids: Iterable[int], *, on: date) -> list[Document]:
    """Issued papers that set objectives and ask for no results: nobody confirmed what they say.

    Of the last two years, newest first, at most twenty; what has ceased is not told. One query.
    """
    confirmed = ConfirmedReading.objects.filter(
        revision__document=OuterRef("pk"), revision__stage=Stage.ISSUED.value
    )
    ceased = Effect.objects.filter(
        target=OuterRef("pk"), kind=EffectKind.CEASES.value, valid_from__lte=on,
        annulled_by__isnull=True,
    )  # fmt: skip
    found = Document.objects.filter(
        ~Exists(confirmed),
        ~Exists(ceased),
        office__in=list(office_ids),
        origin=Origin.INTERNAL,
        issued_at__gte=datetime.combine(on - _RECENT, time(), tzinfo=ZONE),
        folded__contains=_SETS_OBJECTIVES,
    )
    return list(found.order_by("-issued_at")[:MOST_UNCONFIRMED])
