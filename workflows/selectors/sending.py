"""Who sent a paper on to where it waits, and by which act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workflows.models import Act

if TYPE_CHECKING:
    from viewflow.workflow.models import Task


@dataclass(frozen=True, slots=True)
class Sending:
    """The step that was sent on (`task`), by whom and which use case; `node` waits now."""

    task: Any
    by_id: int | None
    act: str
    node: str


def sending_of(sent: Task | None, *, node: str) -> Sending | None:
    """Give the act of a person behind a finished step; `node` is what it offered. One query.

    None where no person sent anything, or what began the case is not taken back. The submission is a step that nobody was offered: its act
    names no task.
    """
    if sent is None or sent.owner_id is None:
        return None
    if sent.flow_task_type == "BEGIN":
        if sent.flow_task is None or sent.flow_task.again is None:
            return None
        return Sending(sent, sent.owner_id, "submit", node)
    act = Act.objects.filter(task_id=sent.pk).order_by("-pk").first()
    return Sending(sent, sent.owner_id, act.name, node) if act is not None else None
