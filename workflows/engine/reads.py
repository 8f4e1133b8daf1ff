"""What stands open, for whom, and how it came to this: reads of viewflow's rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from workflows.nodes import OPEN_STATUSES, MultiInstance, UserTask

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from viewflow.workflow.base import Flow


def open_tasks(process_ids: Iterable[int]) -> list[Task]:
    """Give what waits for somebody in these processes, oldest first: no rounds, their instances.

    One statement, with process and case.
    """
    offered = Q(process_id__in=list(process_ids), status__in=(STATUS.NEW, STATUS.ASSIGNED))
    return list(_with_case().filter(offered).order_by("pk"))


def waiting(
    flow_classes: Iterable[type[Flow]],
    *,
    lanes: Collection[str] = (),
    owner_ids: Collection[int] = (),
) -> list[Task]:
    """Give the open tasks offered to any of these lanes or asked of any of these people.

    One statement, with process and case. Whether a person may act on the case's document is
    asked besides: a lane says which capability, not on what.
    """
    nodes = [
        node
        for flow_class in flow_classes
        for node in flow_class.instance.nodes()
        if isinstance(node, UserTask) and node.lane in lanes
    ]
    offered = Q(status=STATUS.NEW, flow_task__in=nodes)
    asked = Q(status=STATUS.ASSIGNED, owner_id__in=list(owner_ids))
    return list(_with_case().filter(offered | asked).order_by("pk"))


def open_instances(round_: Task) -> list[Task]:
    """Give the rows of a round whose people have not answered, in the order they were asked."""
    rows = instances(round_.pk, round_.process_id).filter(finished__isnull=True)
    return list(rows.order_by("pk"))


def trail(process_id: int) -> list[Task]:
    """Give every row of a process as it came to be, with who acted: one statement."""
    return list(Task.objects.filter(process_id=process_id).select_related("owner").order_by("pk"))


def trails(process_ids: Iterable[int]) -> list[Task]:
    """Give every row of these processes as it came to be: one statement."""
    rows = Task.objects.filter(process_id__in=list(process_ids))
    return list(rows.order_by("process_id", "pk"))


def round_of(instance: Task) -> int:
    """Give the key of the round that one person's part belongs to; it stands in its token."""
    return int(instance.token.token.rpartition("/")[2].partition("_")[0])


def passages(
    flow_class: type[Flow], office_ids: Iterable[int], *, since: datetime, most: int
) -> list[tuple[str, int, datetime, datetime]]:
    """Give the steps done in cases of these offices that ended since then, the newest cases first.

    Each as its name, the office, when it was offered and when it was done; a round is one passage,
    its parts are none. One statement.
    """
    nodes = flow_class.instance.nodes()
    steps = [node for node in nodes if isinstance(node, UserTask | MultiInstance)]
    rows = Task.objects.filter(
        flow_task__in=steps,
        status=STATUS.DONE,
        process__case__ended_at__gte=since,
        process__case__document__office_id__in=list(office_ids),
    ).order_by("-process_id", "pk")
    found = rows.values_list(
        "flow_task", "process__case__document__office_id", "created", "finished"
    )[:most]
    return [(node.name, office_id, begun, done) for node, office_id, begun, done in found]


def find(task_id: int) -> Task | None:
    """Read a task by its key alone, with process and case, for its page; None where there is none."""
    return _with_case().filter(pk=task_id).order_by().first()


def sent_by(task_id: int) -> Task | None:
    """Read the finished step whose act offered this one, with process and case.

    None where none did: the step was offered again after a take back.
    """
    return _with_case().filter(leading=task_id, status=STATUS.DONE).order_by("-pk").first()


def waits_at(task_id: int, *, process_id: int) -> str:
    """Name the step at which a task waits in a process; empty where it waits no longer."""
    task = Task.objects.filter(pk=task_id, process_id=process_id).first()
    if task is None or task.flow_task is None or task.status not in OPEN_STATUSES:
        return ""
    return str(task.flow_task.name)


def is_open(task: Task) -> bool:
    """Tell whether a task still waits for somebody."""
    return task.status in OPEN_STATUSES


def waits(task: Task) -> bool:
    """Tell whether a task waits for one person or for whoever may: open, and not a round."""
    return task.status in (STATUS.NEW, STATUS.ASSIGNED)


def _with_case() -> Any:
    """Read tasks with process and case in one statement."""
    return Task.objects.select_related("process__case")


def open_rows(process_id: int) -> Any:
    """Find all that stands open in a process, rounds too."""
    return Task.objects.filter(process_id=process_id, finished__isnull=True)


def instances(round_id: int, process_id: int) -> Any:
    """Find the rows of one round: its key stands in their tokens, and keeps rounds of a case apart."""
    return Task.objects.filter(process_id=process_id, token__startswith=f"start/{round_id}_")
