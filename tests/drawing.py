"""Procedures made for a test, and BPMN files as a reader of the schema sees them."""

from __future__ import annotations

from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import SpiffWorkflow.bpmn.parser
from lxml import etree
from viewflow import this
from viewflow.workflow.base import Flow

from offices.roles import Capability
from workflows import bpmn
from workflows.bpmn.interchange import BPMN, BPMNDI, DC, DI
from workflows.flows.issuance_v1 import IssuanceFlowV1
from workflows.nodes import Begin, Finish, Instance, MultiInstance, Procedure, UserTask

if TYPE_CHECKING:
    from collections.abc import Sequence

SPACES = {"bpmn": BPMN, "bpmndi": BPMNDI, "dc": DC, "di": DI}
# The schema of the standard itself, as the second engine ships it.
SCHEMA = Path(SpiffWorkflow.bpmn.parser.__file__).parent / "schema" / "BPMN20.xsd"
_serial = count(1)


@cache
def schema() -> etree.XMLSchema:
    """The OMG schema of BPMN 2.0."""
    return etree.XMLSchema(etree.parse(str(SCHEMA)))


def issuance() -> bpmn.Drawn:
    """The first procedure, drawn."""
    return bpmn.drawn(bpmn.read(IssuanceFlowV1))


def parsed(data: bytes) -> Any:
    """A BPMN file as a tree; whatever the schema does not allow fails the test."""
    tree = etree.fromstring(data)
    checked = schema()
    assert checked.validate(tree), checked.error_log
    return tree


def a_flow(ways: Sequence[tuple[Capability, Sequence[int]]], *, rounds: bool = False) -> type[Flow]:
    """A procedure of as many steps as given, each with its lane and the steps it may lead to.

    Steps count from 0; the number after the last stands for the end, which the first way out of
    the last step is. With `rounds`, the first step opens a round before it goes on.
    """
    names = [*(f"step_{number}" for number in range(len(ways))), "finish"]
    nodes: dict[str, Any] = {
        "begin": Begin(lane=Capability.DRAFT)
        .Annotation(title="Gửi trình")
        .TakenBackTo(this.step_0)
        .Next(this.step_0),
        "finish": Finish().Annotation(title="Xong"),
    }
    for number, (lane, targets) in enumerate(ways):
        task = UserTask(lane=lane).Annotation(title=f"Bước {number}")
        for place, target in enumerate(targets):
            after = "round" if rounds and number == 0 and place == 0 else names[target]
            task = task.On(f"way_{place}", getattr(this, after))
        nodes[names[number]] = task
    if rounds:
        onward = getattr(this, names[ways[0][1][0]])
        nodes["round"] = MultiInstance(of=this.opinion).Annotation(title="Lượt").Next(onward)
        nodes["opinion"] = Instance(lane=Capability.GIVE_OPINION).Annotation(title="Ý kiến")
    return type(
        f"TrialFlow{next(_serial)}",
        (Procedure, Flow),
        {"__module__": "workflows.flows.trial", "process_title": "Thử", **nodes},
    )
