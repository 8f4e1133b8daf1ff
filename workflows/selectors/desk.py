"""What waits for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from offices import selectors as offices
from workflows import engine, policies
from workflows.flows.issuance_v1 import IssuanceFlowV1
from workflows.models import Case

if TYPE_CHECKING:
    from datetime import datetime

    from offices.models import User


def waiting(by: User, *, at: datetime, standings: offices.Standings) -> list[dict[str, object]]:
    """Give the tasks the person may do."""
    tasks = engine.waiting(
        (IssuanceFlowV1,), lanes=standings.capabilities, owner_ids=(by.pk,)
    )
    cases = Case.objects.select_related(
        "document__office", "document__drafting_department", "drafter", "revision__signature"
    ).in_bulk({task.process_id for task in tasks})
    found = []
    with offices.asked_often(by, at=at, known=standings):
        for task in tasks:
            node, case = task.flow_task.name, cases[task.process_id]
            mine = node == "opinion" or not policies.refusal(
                policies.OF_NODE[node], by, case, at=at
            )
            if mine:
                found.append({"task": task, "document": case.document})
    return found
