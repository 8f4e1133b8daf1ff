"""The acts declared beside the graph are those the use cases allow, where they allow them.

The diagram of a procedure is drawn from `workflows.flows.detours`; this keeps it from lying.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from uuid import uuid4

from django.db import transaction

from tests.pages import NOW, OnTheWay, the_office
from tests.source import modules
from workflows.exceptions import Conflict
from workflows.flows.detours import DETOURS, detours_at
from workflows.flows.issuance_v1 import IssuanceFlowV1
from workflows.models import Opinion
from workflows.nodes import MultiInstance, UserTask
from workflows.policies import rules
from workflows.services import detours
from workflows.services.acts import Ticket

# What of the engine moves a case past its graph.
PAST_THE_GRAPH = {"engine.withdraw", "engine.close_round", "engine.take_back"}
NODES = {node.name: node for node in IssuanceFlowV1.instance.nodes()}
ROUNDS = {node.name for node in NODES.values() if isinstance(node, MultiInstance)}


def acts_past_the_graph() -> set[str]:
    """The use cases that reach such a call, directly or through a function of their module."""
    found = set()
    for module in modules():
        if not module.place.startswith("workflows/services/"):
            continue
        functions = {one.name: one for one in module.tree.body if isinstance(one, ast.FunctionDef)}
        calls = {name: called(node) for name, node in functions.items()}
        found |= {name for name in functions if not name.startswith("_") and reaches(name, calls)}
    return found


def called(node: ast.AST) -> set[str]:
    """The names called in a function, with one dot at most."""
    names = set()
    for one in ast.walk(node):
        if isinstance(one, ast.Call):
            names.add(ast.unparse(one.func))
    return names


def reaches(name: str, calls: dict[str, set[str]], seen: frozenset[str] = frozenset()) -> bool:
    inner = calls.get(name, set())
    if inner & PAST_THE_GRAPH:
        return True
    return any(
        reaches(other, calls, seen | {name})
        for other in inner
        if other in calls and other not in seen
    )


def test_every_use_case_that_leaves_the_graph_is_declared_and_no_other():
    assert acts_past_the_graph() == {detour.name for detour in DETOURS}


def test_a_round_can_be_ended_early_or_by_the_clock_and_nothing_else_can():
    at = defaultdict(set)
    for node in NODES.values():
        for detour in detours_at(node):
            at[detour.name].add(node.name)
    assert at["close_round"] == at["expire_round"] == ROUNDS


def names_at(node) -> set[str]:
    return {detour.name for detour in detours_at(node)}


def waits(node) -> bool:
    return isinstance(node, UserTask | MultiInstance)


def test_who_is_said_to_act_is_whom_the_rule_of_the_act_names():
    lanes = {detour.name: detour.lane for detour in DETOURS}
    assert lanes == {
        "withdraw": rules.WITHDRAW.capability,
        "close_round": rules.OPEN_ROUND.capability,
        "expire_round": None,
    }


def withdrawn(way: OnTheWay) -> bool:
    """Whether the use case lets the head of the department withdraw now; nothing is kept of it."""
    ticket = Ticket(0, way.case.revision.content_digest, uuid4())
    head = way.cast.people["tp-noivu"]
    try:
        with transaction.atomic():
            detours.withdraw(
                case_id=way.case.pk, ticket=ticket, reason="Chưa cần.", by=head, at=way.at
            )
            transaction.set_rollback(True)
    except Conflict:
        return False
    return True


def test_a_paper_can_be_withdrawn_at_the_steps_the_diagram_says_and_at_no_other(db, settings):
    way = OnTheWay(the_office(settings)).brought_to("propose")
    paper, at, agrees = way.paper, way.at, Opinion.Choice.AGREE
    road = {
        "propose": lambda: paper.propose("tp-noivu", "Kính trình.", at=at),
        "open_round": lambda: paper.open_round("thuky-iso", ["tp-tuphap"], 5, at=at),
        "opinion": lambda: paper.opinion("tp-tuphap", choice=agrees, remarks="", at=at),
        "conclude": lambda: paper.conclude("pct-vanxa", "Thống nhất.", answers={}, at=at),
        "check_form": lambda: paper.check("cvp", "Đủ điều kiện.", at=at),
        "sign": lambda: paper.sign("pct-kinhte", at=at),
        "register": lambda: way.carried_by_hand(
            "vanthu", "register", "cap-so", dated_on=NOW.date().isoformat()
        ),
        "issue": lambda: way.carried_by_hand("vanthu", "issue", "tra-lai", reason="Sai tên."),
        # The signature that was given counts for nothing any more.
        "receive_return": lambda: paper.assign("tp-noivu", "cv-noivu", at=at),
        "rework": lambda: None,
    }
    seen = {}
    for node, onward in road.items():
        assert way.waits_at() == {node}
        seen[node] = withdrawn(way)
        onward()
    declared = {node.name for node in NODES.values() if "withdraw" in names_at(node)}
    assert {node for node, may in seen.items() if may} == {*declared - ROUNDS, "opinion"}
    assert set(seen) - {"opinion"} | ROUNDS == {n.name for n in NODES.values() if waits(n)}
