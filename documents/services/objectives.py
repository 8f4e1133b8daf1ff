"""A confirmed reading and the results it owes, as rows; the acts are those of the procedure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from documents.content.objectives.due import Terms, owed
from documents.content.objectives.figures import with_unit
from documents.content.objectives.judging import Doubtful, Outcome, doubtful, judge, worst
from documents.exceptions import BadInput
from documents.models import (
    ConfirmedReading,
    Evidence,
    MeasureResult,
    ResultValue,
    StatedMeasure,
    StatedObjective,
    StatedTarget,
)
from documents.selectors.objectives import MOST_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime
    from decimal import Decimal
    from uuid import UUID

    from documents.content.objectives.due import Calendar
    from documents.models import Document, Revision
    from documents.selectors.objectives import MeasureStated, ObjectiveStated, ReadingStated
    from offices.models import User

# The results of one paper: measures times departments times periods.
MOST_RESULTS = 5000
LONGEST_WORDS = 4000


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of evidence that the store holds already."""

    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Given:
    """What a department reports: a figure or a verdict for each target by key, words, why, what next.

    `beyond_whole` tells that a share above the whole is meant, as one of a plan can be.
    """

    values: Mapping[int, Decimal]
    verdicts: Mapping[int, Outcome]
    words: str = ""
    cause: str = ""
    action: str = ""
    action_due_on: date | None = None
    beyond_whole: bool = False


def store_reading(
    *,
    stated: ReadingStated,
    corrected: int,
    operation_id: UUID,
    by: User,
    at: datetime,
    revision: Revision | None = None,
    document: Document | None = None,
    text: str = "",
) -> ConfirmedReading:
    """Keep a reading as the one that counts for a revision; nothing of the revision changes.

    Of a higher office's decision it is kept for the `document`, with the `text` it was read from.
    """
    if stated.rows > MOST_ROWS:
        raise BadInput(
            _("A paper with more than %(most)s targets and measures is not confirmed at once.")
            % {"most": MOST_ROWS},
            advice=_("Set the objectives of each department in a paper of its own."),
        )
    before = ConfirmedReading.objects.filter(revision=revision, document=document).count()
    reading = ConfirmedReading.objects.create(
        revision=revision,
        document=document,
        text=text,
        ordinal=before + 1,
        year=stated.year,
        reports=" ".join(stated.reports),
        corrected=corrected,
        confirmed_by=by,
        confirmed_at=at,
        operation_id=operation_id,
    )
    objectives = StatedObjective.objects.bulk_create(
        StatedObjective(
            reading=reading,
            ordinal=place,
            number=one.number,
            text=one.text,
            group=one.group,
            method=one.method,
            clause_id=one.clause_id,
        )
        for place, one in enumerate(stated.objectives, start=1)
    )
    pairs = list(zip(objectives, stated.objectives, strict=True))
    StatedTarget.objects.bulk_create(row for pair in pairs for row in _targets(*pair))
    _store_measures([row for pair in pairs for row in _measures(*pair)])
    return reading


def _targets(objective: StatedObjective, stated: ObjectiveStated) -> Iterable[StatedTarget]:
    for place, one in enumerate(stated.targets, start=1):
        yield StatedTarget(
            objective=objective,
            ordinal=place,
            raw=one.raw,
            text=one.text,
            comparator=one.comparator,
            value=one.value,
            upper=one.upper,
            unit=one.unit,
            baseline=one.baseline,
        )


def _measures(
    objective: StatedObjective, stated: ObjectiveStated
) -> Iterable[tuple[StatedMeasure, MeasureStated]]:
    for place, one in enumerate(stated.measures, start=1):
        yield (
            StatedMeasure(
                objective=objective,
                ordinal=place,
                text=one.text,
                responsible=one.responsible,
                resources=one.resources,
                deadline_raw=one.deadline_raw,
                deadline_kind=one.deadline_kind,
                due_on=one.due_on,
                every=one.every,
                day=one.day,
                next_period=one.next_period,
            ),
            one,
        )


def _store_measures(rows: Sequence[tuple[StatedMeasure, MeasureStated]]) -> None:
    measures = StatedMeasure.objects.bulk_create(measure for measure, _ in rows)
    through = StatedMeasure.departments.through
    through.objects.bulk_create(
        through(statedmeasure_id=measure.pk, department_id=key)
        for measure, (_, stated) in zip(measures, rows, strict=True)
        for key in sorted(stated.departments)
    )


def plan(
    document: Document,
    reading: ConfirmedReading,
    *,
    calendar: Calendar,
    at: datetime,
    until: date | None = None,
) -> list[tuple[MeasureResult, date]]:
    """Ask for every result of a confirmed reading; each with the day it is asked for from.

    `reading` comes with its rows (`selectors.objectives.latest`). Periods that were over before
    the paper's own date are not asked for, nor those not over by the day `until`. Refuses with `BadInput` more than 5,000 results.
    """
    since = document.dated_on or at.date()
    year = reading.year or since.year
    planned: list[tuple[MeasureResult, date]] = []
    for objective in reading.objectives.all():
        for measure in objective.measures.all():
            terms = _terms(measure, reading)
            for one in owed(terms, year=year, since=since, calendar=calendar):
                if until is not None and one.period.until_on >= until:
                    continue
                planned += [
                    (
                        MeasureResult(
                            document=document,
                            measure=measure,
                            department=department,
                            period=one.period.every,
                            from_on=one.period.from_on,
                            until_on=one.period.until_on,
                            due_on=one.due_on,
                            asked_at=at,
                        ),
                        one.ask_on,
                    )
                    for department in measure.departments.all()
                ]
    if len(planned) > MOST_RESULTS:
        raise BadInput(
            _("This would ask for %(count)s results; at most %(most)s are asked for one paper.")
            % {"count": len(planned), "most": MOST_RESULTS},
            advice=_("Choose longer periods, or fewer departments for each measure."),
        )
    stored = MeasureResult.objects.bulk_create(result for result, _ in planned)
    return [(result, ask_on) for result, (_, ask_on) in zip(stored, planned, strict=True)]


def _terms(measure: StatedMeasure, reading: ConfirmedReading) -> Terms:
    return Terms(
        deadline_kind=measure.deadline_kind,
        due_on=measure.due_on,
        every=measure.every or None,  # type: ignore[arg-type]
        day=measure.day,
        next_period=measure.next_period,
        reports=tuple(reading.reports.split()),  # type: ignore[arg-type]
    )


def judged(
    result: MeasureResult, targets: Sequence[StatedTarget], given: Given
) -> dict[int, Outcome]:
    """What each target's result is worth; a target without a figure takes the reporter's verdict."""
    is_last = (result.until_on.month, result.until_on.day) == (12, 31)
    return {one.pk: _judged(one, given, is_last=is_last) for one in targets}


def _judged(target: StatedTarget, given: Given, *, is_last: bool) -> Outcome:
    value = given.values.get(target.pk)
    if target.value is None or value is None:
        return given.verdicts.get(target.pk, Outcome.OPEN)
    return judge(
        target.comparator,  # type: ignore[arg-type]
        target.value,
        value,
        unit=target.unit,
        is_last=is_last,
    )


def beyond_whole(targets: Iterable[StatedTarget], given: Given) -> bool:
    """Whether a share of more than the whole is reported, so that somebody is to be asked."""
    return any(_doubtful(one, given) is Doubtful.BEYOND_WHOLE for one in targets)


def refuse_doubtful(targets: Iterable[StatedTarget], given: Given) -> None:
    """Refuse a figure that cannot be, and a share above the whole that nobody said is meant."""
    for one in targets:
        why = _doubtful(one, given)
        if why is None or (why is Doubtful.BEYOND_WHOLE and given.beyond_whole):
            continue
        sentence, advice = _DOUBTFUL[why]
        said = with_unit(given.values[one.pk], one.unit)
        raise BadInput(str(sentence) % {"figure": said, "target": one.text}, advice=str(advice))


def _doubtful(target: StatedTarget, given: Given) -> Doubtful | None:
    value = given.values.get(target.pk)
    if target.value is None or value is None:
        return None
    return doubtful(target.comparator, target.value, value, unit=target.unit)  # type: ignore[arg-type]


_DOUBTFUL = {
    Doubtful.NEGATIVE: (
        _lazy("%(figure)s is reported for “%(target)s”, and nothing is less than none."),
        _lazy("Give the figure without a minus. Nothing was recorded."),
    ),
    Doubtful.BEYOND_SCALE: (
        _lazy("%(figure)s is reported for “%(target)s”, which is more than there can be."),
        _lazy("Look at the figure and its unit again. Nothing was recorded."),
    ),
    Doubtful.BEYOND_WHOLE: (
        _lazy("%(figure)s is reported for “%(target)s”, which is more than the whole."),
        _lazy("Mend the figure, or tick that it is one of a plan. Nothing was recorded."),
    ),
}


def write_result(
    *, result: MeasureResult, given: Given, files: Sequence[Kept], by: User, at: datetime
) -> MeasureResult:
    """Write what was reached, judged; below the target it says why and what is done about it.

    ISO 9001:2015, 10.2: without cause and corrective action an unmet result is refused.
    """
    targets = list(StatedTarget.objects.filter(objective__measures=result.measure_id))
    refuse_doubtful(targets, given)
    outcomes = judged(result, targets, given)
    outcome = worst(outcomes.values())
    if outcome is Outcome.UNMET and not (given.cause.strip() and given.action.strip()):
        raise BadInput(
            _("The result is below the target: give the root cause and the corrective action."),
            advice=_("Both are mandatory (ISO 9001, 10.2); nothing was recorded."),
        )
    if any(len(text) > LONGEST_WORDS for text in (given.words, given.cause, given.action)):
        raise BadInput(
            _("A text of a result has at most %(most)s letters.") % {"most": LONGEST_WORDS}
        )
    result.reported_by = by
    result.reported_at = at
    result.outcome = outcome.value
    result.words = given.words.strip()
    result.cause = given.cause.strip()
    result.action = given.action.strip()
    result.action_due_on = given.action_due_on
    result.save(
        update_fields=[
            "reported_by", "reported_at", "outcome", "words", "cause", "action", "action_due_on",
        ]
    )  # fmt: skip
    ResultValue.objects.bulk_create(
        ResultValue(
            result=result,
            target=one,
            value=given.values.get(one.pk) if one.value is not None else None,
            outcome=outcomes[one.pk].value,
        )
        for one in targets
    )
    Evidence.objects.bulk_create(
        Evidence(
            result=result,
            name=file.name,
            media_type=file.media_type,
            size=file.size,
            sha256=file.sha256,
        )
        for file in files
    )
    return result
