"""A flow class read as a diagram: its steps, the choices after them, the acts beside them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from offices.models.labels import CAPABILITY_LABELS, ROLE_LABELS
from offices.roles import ROLES, Capability
from workflows.bpmn.model import Diagram, Element, Flow, Kind, Lane
from workflows.deadlines import LONGEST_ROUND, SHORTEST_ROUND, WORKING_DAYS
from workflows.flows.detours import (
    TAKE_BACK,
    TAKE_BACK_BY,
    TAKE_BACK_TITLE,
    Detour,
    Leads,
    detours_at,
    taken_back_to,
)
from workflows.flows.words import outcome_words
from workflows.nodes import Begin, Finish, Instance, MultiInstance, UserTask

if TYPE_CHECKING:
    from collections.abc import Iterator

    from viewflow.workflow.base import Flow as FlowClass

    from workflows.nodes import Step

KINDS: dict[type, Kind] = {
    Begin: Kind.START,
    UserTask: Kind.TASK,
    MultiInstance: Kind.ROUND,
    Finish: Kind.END,
}
QUESTION = "Kết quả?"
CLOCK = "hệ thống, khi đến hạn"
# A hyphen cannot stand in the name of a step, so no key made here is one.
FORK, MEET, END = "-ways", "-meets", "-ends"


def read(flow_class: type[FlowClass]) -> Diagram:
    """Read a flow as a diagram; raise `TypeError` for a node of a kind nobody has drawn yet.

    Steps come in the order of the main way, which is the first outcome of each, then the others.
    """
    nodes = _in_order(flow_class)
    lane_of = _lanes_of(nodes)
    ways = [way for node in nodes for way in _ways(node)]
    entries = Counter(way.target for way in ways)
    met = {key for key, many in entries.items() if many > 1}
    elements = [element for node in nodes for element in _elements(node, lane_of, met)]
    flows = [flow for node in nodes for flow in _inner_flows(node, met)]
    flows += [
        Flow(way.key, way.source, _entry(way.target, met), way.name, way.outcome) for way in ways
    ]
    lanes = {lane.key: lane for lane in (lane_of[node.name] for node in nodes)}
    return Diagram(
        key=flow_class.__module__.rpartition(".")[2],
        name=str(flow_class.process_title),
        says=str(flow_class.process_description),
        lanes=tuple(lanes.values()),
        elements=tuple(elements),
        flows=tuple(flows),
    )


def _in_order(flow_class: type[FlowClass]) -> list[Step]:
    """Give the steps, the main way first; an instance stands within its round."""
    nodes = [node for node in flow_class.instance.nodes() if not isinstance(node, Instance)]
    for node in nodes:
        if type(node) not in KINDS:
            raise TypeError(f"{node.name}: nobody has said how a {type(node).__name__} is drawn.")
    (begin,) = (node for node in nodes if isinstance(node, Begin))
    main = main_way(begin)
    return main + [node for node in nodes if node not in main]


def main_way(begin: Step) -> list[Step]:
    """Follow the first way out of each step until the end, or until a step comes again."""
    way: list[Step] = []
    node: Step | None = begin
    while node is not None and node not in way:
        way.append(node)
        following = _following(node)
        node = following[0][1] if following else None
    return way


def _following(node: Step) -> list[tuple[str, Step]]:
    """Give the outcomes and the steps they lead to; a single way on has no outcome."""
    if isinstance(node, UserTask):
        return list(node.outcomes.items())
    return [] if isinstance(node, Finish) else [("", node.following(""))]


def _lanes_of(nodes: list[Step]) -> dict[str, Lane]:
    """Give each step its lane; the end stands in that of the step which leads to it."""
    lanes: dict[str, Lane] = {}
    for node in nodes:
        asks = _asks(node)
        if asks is not None:
            lanes[node.name] = lane_for(asks)
    for node in nodes:
        for _outcome, target in _following(node):
            lanes.setdefault(target.name, lanes[node.name])
    return lanes


def _asks(node: Step) -> Capability | None:
    return node.instance.lane if isinstance(node, MultiInstance) else node.lane


def lane_for(capability: Capability) -> Lane:
    """Name the lane of a capability by the roles that have it: "Phó Chủ tịch, Chủ tịch"."""
    roles = [role for role, facts in ROLES.items() if capability in facts.capabilities]
    if not roles:
        return Lane(f"lane-{capability}", str(CAPABILITY_LABELS[capability]))
    words = ", ".join(str(ROLE_LABELS[role]) for role in roles)
    return Lane("lane-" + "-".join(roles), words)


def _elements(node: Step, lane_of: dict[str, Lane], met: set[str]) -> Iterator[Element]:
    """Give what a step is drawn with: where ways meet, itself, its choice, what interrupts it."""
    lane, step = lane_of[node.name].key, node.name
    if step in met:
        yield Element(step + MEET, Kind.MEET, "", lane, step)
    asks = _asks(node)
    yield Element(
        key=step,
        kind=KINDS[type(node)],
        name=node.title,
        lane=lane,
        step=step,
        asks=(asks.value, str(CAPABILITY_LABELS[asks])) if asks else None,
        deadline=_deadline(node),
    )
    if len(_following(node)) > 1:
        yield Element(step + FORK, Kind.FORK, QUESTION, lane, step)
    for detour in detours_at(node):
        kind = Kind.TIMER if detour.lane is None else Kind.MESSAGE
        by = lane_for(detour.lane).name if detour.lane else CLOCK
        key = f"{step}-{detour.name}"
        yield Element(key, kind, detour.title, lane, step, host=step, by=by)
        if detour.leads is Leads.TO_THE_END:
            yield Element(key + END, Kind.END, detour.ending, lane, step)
    for sender in taken_back_to(node):
        key = _back_to(node, sender)
        yield Element(key, Kind.MESSAGE, TAKE_BACK_TITLE, lane, step, host=step, by=TAKE_BACK_BY)


def _back_to(node: Step, sender: Step) -> str:
    return f"{node.name}-{TAKE_BACK}-{sender.name}"


def _deadline(node: Step) -> str:
    """Say how long a step may take; whoever opens a round chooses its days."""
    if isinstance(node, MultiInstance):
        return f"{SHORTEST_ROUND} đến {LONGEST_ROUND} ngày làm việc, do người mở lượt chọn"
    days = WORKING_DAYS.get(node.name)
    return f"{days} ngày làm việc" if days else ""


def _inner_flows(node: Step, met: set[str]) -> Iterator[Flow]:
    """Give the flows inside a step's own drawing."""
    step = node.name
    if step in met:
        yield Flow(f"{step}-begins", step + MEET, step)
    if len(_following(node)) > 1:
        yield Flow(f"{step}-decided", step, step + FORK)
    for detour in detours_at(node):
        if detour.leads is Leads.TO_THE_END:
            key = f"{step}-{detour.name}"
            yield Flow(f"{key}-over", key, key + END)


def _ways(node: Step) -> Iterator[Flow]:
    """Give the flows from a step to others; `target` is a step here, not yet where ways meet."""
    following = _following(node)
    forked = len(following) > 1
    for outcome, target in following:
        yield Flow(
            key=f"{node.name}--{outcome or 'done'}",
            source=node.name + FORK if forked else node.name,
            target=target.name,
            name=outcome_words(outcome) if forked else "",
            outcome=outcome if forked else "",
        )
    for detour in detours_at(node):
        if detour.leads is Leads.ONWARD:
            yield _onward(node, detour)
    for sender in taken_back_to(node):
        key = _back_to(node, sender)
        yield Flow(f"{key}--done", key, sender.name)


def _onward(node: Step, detour: Detour) -> Flow:
    key = f"{node.name}-{detour.name}"
    return Flow(f"{key}--done", key, node.following("").name)


def _entry(step: str, met: set[str]) -> str:
    return step + MEET if step in met else step
