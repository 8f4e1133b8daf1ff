"""The finished cases as a log: the engine's rows as events, posts in the place of names."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from offices.dates import local_day
from offices.models import Appointment
from workflows import engine
from workflows.flows.detours import TAKE_BACK, TAKE_BACK_TITLE, WITHDRAW, WITHDRAW_TITLE
from workflows.mining import Event, Trace
from workflows.mining.log import ANSWERED, EXCUSED, GIVEN, SUBMITTED
from workflows.models import Case
from workflows.nodes import Begin, Finish, Instance, MultiInstance, UserTask

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

# So many cases are read at once: four statements a batch, and no more than that in memory.
BATCH = 500
UNTOLD = "—"


def finished(
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    case_ids: Iterable[int] | None = None,
) -> Iterator[Trace]:
    """Give the cases that ended from `since` until before `until`, by key, each as its trace.

    Three statements a batch of 500 cases.
    """
    ended = Q(ended_at__isnull=False)
    if since is not None:
        ended &= Q(ended_at__gte=since)
    if until is not None:
        ended &= Q(ended_at__lt=until)
    if case_ids is not None:
        ended &= Q(pk__in=list(case_ids))
    after = 0
    while batch := list(
        Case.objects.filter(ended, pk__gt=after).select_related("document").order_by("pk")[:BATCH]
    ):
        after = batch[-1].pk
        yield from _traces(batch)


def _traces(cases: list[Case]) -> Iterator[Trace]:
    rows = rows_of(cases)
    owners = {row.owner_id for held in rows.values() for row in held if row.owner_id}
    posts = Posts(owners)
    for case in cases:
        yield of_case(case, rows[case.pk], posts)


def rows_of(cases: Iterable[Case]) -> dict[int, list[Any]]:
    """Give the engine's rows of these cases, by the key of the case: one statement."""
    rows: dict[int, list[Any]] = defaultdict(list)
    for row in engine.trails(case.pk for case in cases):
        rows[row.process_id].append(row)
    return rows


def of_case(case: Case, rows: list[Any], posts: Posts) -> Trace:
    """Tell a case by its rows, as far as it has come; its document was read with it. No query."""
    flow = next((one.flow_task.flow_class for one in rows if one.flow_task), None)
    return Trace(
        # A paper that was withdrawn and sent again has several cases.
        case=f"{case.document.reference}/{case.pk}",
        flow=flow.__module__.rpartition(".")[2] if flow is not None else "",
        events=tuple(_events(rows, case, posts)),
    )


def _events(rows: list[Any], case: Case, posts: Posts) -> list[Event]:
    """Order what happened by time; within one moment a round ends after its last answer."""
    instances: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        if isinstance(row.flow_task, Instance):
            instances[engine.round_of(row)].append(row)
    by_key = {row.pk: row for row in rows}
    found: list[tuple[datetime, float, Event]] = []
    for row in rows:
        if row.data.get("taken_back"):
            found.append((row.created, row.pk - 0.5, _taken_back(row, by_key, posts)))
        name = _name(row, by_key)
        if name:
            asked = _asked(row, instances)
            last = max((one.pk + 0.25 for one in instances.get(row.pk, ())), default=row.pk)
            found.append((row.finished, last, _event(name, row, posts, asked=asked)))
    events = [event for _at, _place, event in sorted(found, key=lambda one: one[:2])]
    if case.ended_how == Case.EndedHow.WITHDRAWN and case.ended_at is not None:
        events.append(Event(WITHDRAW, case.ended_at, title=WITHDRAW_TITLE))
    return events


def _name(row: Any, by_key: dict[int, Any]) -> str:
    """Name what a row tells of; empty where nobody did anything, or has not yet."""
    node = row.flow_task
    if node is None or isinstance(node, Finish) or row.finished is None:
        return ""
    if isinstance(node, MultiInstance):
        return _round_ended(row)
    if isinstance(node, Instance):
        return _answered(row, by_key[engine.round_of(row)])
    if row.status != "DONE":
        return ""
    return f"{node.name}:{SUBMITTED if isinstance(node, Begin) else row.data.get('outcome', '')}"


def _asked(row: Any, instances: dict[int, list[Any]]) -> int | None:
    """Give how many the round asked that a step opened; None for a step that opened none."""
    if not isinstance(row.flow_task, UserTask):
        return None
    if not isinstance(row.flow_task.following(row.data["outcome"]), MultiInstance):
        return None
    opened = min((key for key in instances if key > row.pk), default=None)
    return len(instances[opened]) if opened is not None else None


def _round_ended(row: Any) -> str:
    """Name how a round ended: everybody answered, closed by somebody, or by the clock."""
    if row.status != "DONE":
        return ""
    if row.data.get("outcome") == "closed":
        return "close_round" if row.owner_id else "expire_round"
    return f"{row.flow_task.name}:{ANSWERED}"


def _answered(row: Any, round_: Any) -> str:
    """Name what became of one part of a round; silence and a withdrawal are no act of its own."""
    if row.status == "DONE":
        return f"{row.flow_task.name}:{GIVEN}"
    closed = round_.data.get("outcome") == "closed" or round_.status != "DONE"
    if closed and row.finished == round_.finished:
        return ""
    return f"{row.flow_task.name}:{EXCUSED}"


def _taken_back(row: Any, by_key: dict[int, Any], posts: Posts) -> Event:
    sent = by_key[row.data["taken_back"]]
    return Event(
        name=f"{TAKE_BACK}:{sent.flow_task.name}",
        at=row.created,
        resource=posts.title(sent.owner_id, row.created),
        role=str(sent.flow_task.lane or ""),
        title=TAKE_BACK_TITLE,
    )


def _event(name: str, row: Any, posts: Posts, *, asked: int | None) -> Event:
    excused = name.endswith(f":{EXCUSED}")
    return Event(
        name=name,
        at=row.finished,
        resource="" if excused else posts.title(row.owner_id, row.finished),
        role=str(row.flow_task.lane or ""),
        title=str(row.flow_task.task_title),
        asked=asked,
    )


class Posts:
    """Which post each of these people held on a day: the first of them, by its period."""

    def __init__(self, user_ids: Iterable[int]) -> None:
        self._held: dict[int, list[Appointment]] = defaultdict(list)
        found = Appointment.objects.filter(user_id__in=list(user_ids)).select_related("post")
        for one in found.order_by("begins_on", "pk"):
            self._held[one.user_id].append(one)

    def title(self, user_id: int | None, at: datetime) -> str:
        """Give the title of the post on that day; a dash where none is known, nothing for nobody."""
        if user_id is None:
            return ""
        day = local_day(at)
        for one in self._held[user_id]:
            if one.begins_on <= day and (one.ends_on is None or day < one.ends_on):
                return one.post.title
        return UNTOLD
