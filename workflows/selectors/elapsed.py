"""How long each had a paper, in working hours; the office's clock stands while it is being mended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from offices.workhours import DAY_OF_WORK, NOTHING, working_time
from workflows.selectors.progress import WORK

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from offices.workdays import WorkCalendar
    from workflows.selectors.dossiers import Dossier

# What went back is with the drafting department: the case's own clock stands meanwhile.
STANDS = frozenset({"rework", "receive_return"})
TITLES = {"collect_opinions": "lấy ý kiến"} | {node: work.verb for node, work in WORK.items()}
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Span:
    """One step of the way: what, who did it, from when to when, how much of it was working time.

    `until` is None while the step waits; `counts` is false while the paper was being mended.
    """

    what: str
    who: str
    since: datetime
    until: datetime | None
    worked: timedelta
    counts: bool

    @property
    def words(self) -> str:
        """The working time in words."""
        return in_words(self.worked)


@dataclass(frozen=True, slots=True)
class Elapsed:
    """The way of a case in time: its steps, what they took, and what was spent on mending."""

    spans: tuple[Span, ...]
    counted: timedelta
    stood: timedelta

    @property
    def counted_words(self) -> str:
        """The time that counts, in words."""
        return in_words(self.counted)

    @property
    def stood_words(self) -> str:
        """The time the clock stood, in words; nothing where it never did."""
        return in_words(self.stood) if self.stood else ""


def of_dossier(dossier: Dossier, *, at: datetime) -> Elapsed | None:
    """Measure the case of a dossier; None where the paper has none. The calendar is the dossier's."""
    if dossier.case is None:
        return None
    return of_trail(dossier.rows, calendar=dossier.calendar, at=at)


def of_trail(trail: Iterable[Any], *, calendar: WorkCalendar, at: datetime) -> Elapsed:
    """Measure a case by the rows of its engine; `trail` comes with who acted. No query."""
    spans = tuple(
        _span(row, calendar, at)
        for row in trail
        if row.flow_task is not None and row.flow_task.name in TITLES and not _of_a_round(row)
    )
    return Elapsed(
        spans=spans,
        counted=sum((one.worked for one in spans if one.counts), NOTHING),
        stood=sum((one.worked for one in spans if not one.counts), NOTHING),
    )


def in_words(span: timedelta) -> str:
    """Say a span of working time in days of eight hours and hours."""
    days, rest = divmod(timedelta(minutes=round(span / MINUTE)), DAY_OF_WORK)
    hours = rest // HOUR
    parts = [f"{days} ngày" if days else "", f"{hours} giờ" if hours else ""]
    return " ".join(part for part in parts if part) or "dưới 1 giờ"


def _of_a_round(row: Any) -> bool:
    """The parts of a round run beside one another: the round itself is measured."""
    return bool(row.flow_task.name == "opinion")


def _span(row: Any, calendar: WorkCalendar, at: datetime) -> Span:
    node = row.flow_task.name
    return Span(
        what=TITLES[node],
        who=row.owner.display_name if row.owner is not None and row.finished else "",
        since=row.created,
        until=row.finished,
        worked=working_time(calendar, row.created, row.finished or at),
        counts=node not in STANDS,
    )
