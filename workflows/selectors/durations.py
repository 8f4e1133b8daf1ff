"""How long each step takes, over the cases of a year: median and 90th percentile, in working time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING, Any

from offices import bodies
from offices.models import Office
from offices.workhours import working_time
from workflows import bpmn, engine
from workflows.bpmn import Note
from workflows.selectors.elapsed import in_words
from workflows.selectors.procedures import drawn

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from viewflow.workflow.base import Flow

    from workflows.bpmn import Picture

A_YEAR = timedelta(days=365)
# The newest passages of steps that are measured, some seven hundred cases: each is counted by the
# hour on a calendar, and a page is not to take longer than a second on that.
MOST = 8_000
LEVELS = 4


@dataclass(frozen=True, slots=True)
class Pace:
    """One step: how often it was done, and how long half and nine in ten of these took at most.

    `heat` is from 1 to 4: the median as a share of that of the slowest step, a quarter a level.
    """

    key: str
    title: str
    times: int
    median: timedelta
    ninth: timedelta
    heat: int

    @property
    def median_words(self) -> str:
        """The median in words."""
        return in_words(self.median)

    @property
    def ninth_words(self) -> str:
        """The 90th percentile in words."""
        return in_words(self.ninth)

    @property
    def heat_words(self) -> str:
        """The level in words, for who does not tell colours apart."""
        return f"mức {self.heat}/{LEVELS}"


def of_flow(flow_class: type[Flow], office_ids: Collection[int], *, at: datetime) -> list[Pace]:
    """Measure the steps of a procedure in cases of these offices that ended within a year.

    In the order of the diagram; a step nobody has done is left out. At most 8,000 passages, the
    newest. One query, and two an office for its calendar.
    """
    calendars = {
        office.pk: bodies.calendar(office) for office in Office.objects.filter(pk__in=office_ids)
    }
    spans: dict[str, list[timedelta]] = defaultdict(list)
    passages = engine.passages(flow_class, calendars, since=at - A_YEAR, most=MOST)
    for step, office_id, begun, done in passages:
        spans[step].append(working_time(calendars[office_id], begun, done))
    return paces({step: sorted(held) for step, held in spans.items()}, flow_class)


def paces(spans: dict[str, list[timedelta]], flow_class: type[Flow]) -> list[Pace]:
    """Give the pace of each step by its sorted spans."""
    medians = {step: percentile(held, 50) for step, held in spans.items()}
    slowest = max(medians.values(), default=timedelta())
    titles = {one.key: one.name for one in bpmn.read(flow_class).elements if one.key in spans}
    return [
        Pace(
            key=step,
            title=title,
            times=len(spans[step]),
            median=medians[step],
            ninth=percentile(spans[step], 90),
            heat=max(1, ceil(LEVELS * (medians[step] / slowest))) if slowest else 1,
        )
        for step, title in titles.items()
    ]


def percentile(ordered: list[Any], share: int) -> Any:
    """Give the smallest of some ordered values that so many in a hundred do not exceed."""
    return ordered[max(ceil(len(ordered) * share / 100), 1) - 1]


def picture(name: str, steps: list[Pace]) -> Picture:
    """Draw a procedure with the heat of each step."""
    notes = {
        one.key: Note(
            look=f"heat-{one.heat}",
            word=one.heat_words,
            who=f"Một nửa: {one.median_words}",
            when=f"9/10: {one.ninth_words}",
            sentence=(
                f"{one.heat_words}; một nửa số lần xong trong {one.median_words}, "
                f"chín phần mười trong {one.ninth_words}"
            ),
        )
        for one in steps
    }
    return bpmn.picture(drawn(name), notes=notes)
