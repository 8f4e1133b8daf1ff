"""What would become of every running case under the flow classes as they stand in the code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workflows import engine, mining
from workflows.flows.detours import detours_at
from workflows.flows.words import outcome_words
from workflows.mining import Fault
from workflows.models import Case
from workflows.nodes import Instance, MultiInstance, UserTask
from workflows.selectors import traces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workflows.nodes import Step

BATCH = 500


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One running case: its flow class, the step it waits at, its ways on, and what is amiss.

    `case` is the public reference and the case's number; `ways` are "outcome → step", then what
    may interrupt the step; `amiss` are sentences, none where the case goes on as it began.
    """

    case: str
    flow_class: Any
    waits: str
    ways: tuple[str, ...]
    amiss: tuple[str, ...]


def live() -> Iterator[Foreseen]:
    """Foresee every running case, by key; two statements a batch of 500, and none that writes."""
    nobody = traces.Posts(())
    after = 0
    running = Case.objects.filter(ended_at__isnull=True).select_related("document").order_by("pk")
    while batch := list(running.filter(pk__gt=after)[:BATCH]):
        after = batch[-1].pk
        rows = traces.rows_of(batch)
        for case in batch:
            yield _foreseen(case, rows[case.pk], nobody)


def _foreseen(case: Case, rows: list[Any], nobody: traces.Posts) -> Foreseen:
    trace = traces.of_case(case, rows, nobody)
    open_ = [row.flow_task for row in rows if engine.is_open(row) and row.flow_task is not None]
    waiting = [node for node in open_ if not isinstance(node, Instance)]
    if not waiting:
        sentence = "Không còn bước nào mở: hồ sơ không thể đi tiếp."
        return Foreseen(trace.case, None, "", (), (sentence,))
    node, flow_class = waiting[0], waiting[0].flow_class
    amiss = [
        one.sentence
        for one in mining.deviations(trace, flow_class)
        if one.fault is not Fault.NOT_ENDED
    ]
    expected = mining.stands_at(trace, flow_class)
    if expected != node.name:
        title = next(
            (str(one.title) for one in flow_class.instance.nodes() if one.name == expected), ""
        )
        amiss.append(
            f"Hồ sơ đang chờ ở “{node.title}”, nhưng theo mã nguồn này thì các việc đã làm dẫn đến "
            f"“{title}”."
        )
    return Foreseen(trace.case, flow_class, node.title, tuple(_ways(node)), tuple(amiss))


def _ways(node: Step) -> Iterator[str]:
    if isinstance(node, UserTask):
        for outcome, target in node.outcomes.items():
            yield f"{outcome_words(outcome)} → {target.title}"
    elif isinstance(node, MultiInstance):
        yield f"đủ ý kiến → {node.following('').title}"
    for detour in detours_at(node):
        yield f"{detour.title} → {detour.ending or node.following('').title}"
