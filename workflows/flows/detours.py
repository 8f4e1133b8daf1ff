"""The acts beside the graph: what may happen at a step without being one of its outcomes.

A flow names its steps and their outcomes. Withdrawing a paper, ending a round early, its minutes
and the end of its time are use cases that move the engine past the graph; here they are data, so that
the diagram of a procedure shows them. Taking back what one sent on undoes an outcome, so the
outcomes that can be undone are named. `tests/contracts/test_detours.py` holds this list against
the use cases: one that is missing here, or allowed elsewhere than said here, fails it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from offices.roles import Capability
from workflows.nodes import Begin, MultiInstance, UserTask

if TYPE_CHECKING:
    from viewflow.workflow.base import Flow

    from workflows.nodes import Step


class Place(StrEnum):
    """At which steps an act beside the graph may happen."""

    BEFORE_THE_SIGNATURE = "before_the_signature"
    IN_A_ROUND = "in_a_round"


class Leads(StrEnum):
    """Where it leads: the case is over, or the round is, and its next step is offered."""

    TO_THE_END = "to_the_end"
    ONWARD = "onward"


@dataclass(frozen=True, slots=True)
class Detour:
    """One act beside the graph.

    `name` is the use case in `workflows.services`; `lane` is who does it, None for the clock;
    `ending` is how the case then stands, empty where it goes on.
    """

    name: str
    title: str
    lane: Capability | None
    place: Place
    leads: Leads
    ending: str = ""


WITHDRAW, WITHDRAW_TITLE = "withdraw", "Rút văn bản"
DETOURS = (
    Detour(
        name=WITHDRAW,
        title=WITHDRAW_TITLE,
        lane=Capability.WITHDRAW,
        place=Place.BEFORE_THE_SIGNATURE,
        leads=Leads.TO_THE_END,
        ending="Đã rút",
    ),
    Detour(
        name="expire_round",
        title="Hết hạn",
        lane=None,
        place=Place.IN_A_ROUND,
        leads=Leads.ONWARD,
    ),
    Detour(
        name="close_round",
        title="Kết thúc sớm",
        lane=Capability.OPEN_ROUND,
        place=Place.IN_A_ROUND,
        leads=Leads.ONWARD,
    ),
    Detour(
        name="record_minutes",
        title="Biên bản họp",
        lane=Capability.OPEN_ROUND,
        place=Place.IN_A_ROUND,
        leads=Leads.ONWARD,
    ),
)
# What can be taken back before anybody acts on it, by whoever brought it about.
TAKE_BACK = "take_back"
TAKE_BACK_TITLE = "Lấy lại"
TAKE_BACK_BY = "người vừa chuyển đi, khi chưa ai xử lý tiếp"
UNDONE = frozenset(
    {"proposed", "put_urgently", "resubmitted", "opened", "passed", "referred", "assigned"}
)
# The outcomes by which a paper is signed, and is let go before the committee is heard, at steps
# whose lane signs.
SIGNED, LET_GO = "signed", "allowed"


def detours_at(node: Step) -> list[Detour]:
    """Give the acts beside the graph that may happen while this step waits."""
    held = {
        Place.IN_A_ROUND: isinstance(node, MultiInstance),
        Place.BEFORE_THE_SIGNATURE: isinstance(node, UserTask | MultiInstance)
        and node.name in unsigned(node.flow_class),
    }
    return [detour for detour in DETOURS if held[detour.place]]


def taken_back_to(node: Step) -> list[Step]:
    """Give the steps that get a waiting paper back, where whoever sent it on takes it back."""
    found: list[Step] = []
    for sender in node.flow_class.instance.nodes():
        if isinstance(sender, Begin):
            sent = sender.again is not None and sender.following("") is node
        elif isinstance(sender, UserTask):
            ways = sender.outcomes.items()
            sent = any(outcome in UNDONE and target is node for outcome, target in ways)
        else:
            sent = False
        if sent and sender.again is not None and sender.again not in found:
            found.append(sender.again)
    return found


def unsigned(flow_class: type[Flow]) -> set[str]:
    """Name the steps that can wait without a signature in force: reached by no signing.

    None where the case is not begun by a submission: what is issued is not withdrawn.
    """
    (begin,) = (node for node in flow_class.instance.nodes() if isinstance(node, Begin))
    if begin.lane is not Capability.DRAFT:
        return set()
    reached: set[str] = set()
    queue: list[Step] = [begin]
    while queue:
        node = queue.pop()
        if node.name not in reached:
            reached.add(node.name)
            queue += [
                edge.dst
                for edge in node._outgoing()
                if not (node.lane is Capability.SIGN and edge.label == SIGNED)
            ]
    return reached
