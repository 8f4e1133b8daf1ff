"""The hearing of the committee after the issue: its table of contents, held word by word."""

from __future__ import annotations

from offices.roles import Capability
from workflows.flows.confirmation_v1 import ConfirmationFlowV1
from workflows.flows.detours import detours_at, taken_back_to
from workflows.flows.issuance_v1 import IssuanceFlowV1
from workflows.nodes import MultiInstance, UserTask

NODES = {node.name: node for node in ConfirmationFlowV1.instance.nodes()}
WAYS = {
    "open_round": ("open_round", {"opened": "collect_opinions"}),
    "conclude": ("conclude", {"confirmed": "finish", "unconfirmed": "answer_refusal"}),
    "answer_refusal": ("sign", {"settled": "finish"}),
}


def test_it_has_these_steps_lanes_and_ways_and_no_other():
    steps = {name: node for name, node in NODES.items() if isinstance(node, UserTask)}
    found = {
        name: (node.lane, {way: target.name for way, target in node.outcomes.items()})
        for name, node in steps.items()
    }
    assert found == WAYS
    assert set(NODES) - set(WAYS) == {"begin", "collect_opinions", "opinion", "finish"}


def test_it_begins_with_the_issue_and_asks_the_secretary():
    begin = NODES["begin"]
    assert (begin.lane, begin.following("").name) == (Capability.ISSUE, "open_round")
    assert NODES["collect_opinions"].following("").name == "conclude"


def test_what_is_issued_is_not_withdrawn_and_nothing_but_a_round_unanswered_is_taken_back():
    beside = {name: {one.name for one in detours_at(node)} for name, node in NODES.items()}
    rounds = {name for name, node in NODES.items() if isinstance(node, MultiInstance)}
    assert {name for name, acts in beside.items() if acts} == rounds
    assert "withdraw" not in beside["collect_opinions"]
    back = {name: [one.name for one in taken_back_to(node)] for name, node in NODES.items()}
    assert {name: to for name, to in back.items() if to} == {"collect_opinions": ["open_round"]}


def test_a_step_that_bears_a_name_of_the_issuance_is_for_the_same_people():
    issuance = {node.name: node.lane for node in IssuanceFlowV1.instance.nodes()}
    shared = (set(NODES) & set(issuance)) - {"begin"}
    assert shared == {"open_round", "collect_opinions", "opinion", "conclude", "finish"}
    assert all(NODES[name].lane == issuance[name] for name in shared)
