"""The acts declared beside the graph are those the use cases allow, where they allow them.

The diagram of a procedure is drawn from `workflows.flows.detours`; this keeps it from lying.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from uuid import uuid4

from django.db import transaction

from tests.pages import NEW_TEXT, NOW, OnTheWay, the_office
from tests.source import modules
from workflows.exceptions import Conflict, NotPermitted
from workflows.flows.detours import DETOURS, TAKE_BACK, detours_at, taken_back_to
from workflows.flows.issuance_v1 import IssuanceFlowV1
from workflows.models import Opinion
from workflows.nodes import MultiInstance, UserTask
from workflows.policies import rules
from workflows.services import detours, taking_back
from workflows.services.acts import Ticket

# What of the engine moves a case past its graph.
PAST_THE_GRAPH = {"engine.withdraw", "engine.close_round", "engine.take_back"}
NODES = {node.name: node for node in IssuanceFlowV1.instance.nodes()}
ASKED = ["tp-tuphap"]
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
    assert acts_past_the_graph() == {TAKE_BACK, *(detour.name for detour in DETOURS)}


def test_a_round_can_be_ended_before_all_have_answered_and_nothing_else_can():
    at = defaultdict(set)
    for node in NODES.values():
        for detour in detours_at(node):
            at[detour.name].add(node.name)
    ends = {detour.name for detour in DETOURS} - {"withdraw"}
    assert {name: at[name] for name in ends} == dict.fromkeys(ends, ROUNDS)


def names_at(node) -> set[str]:
    return {detour.name for detour in detours_at(node)}


def waits(node) -> bool:
    return isinstance(node, UserTask | MultiInstance)


def test_who_is_said_to_act_is_whom_the_rule_of_the_act_names():
    lanes = {detour.name: detour.lane for detour in DETOURS}
    assert lanes == {
        "withdraw": rules.WITHDRAW.capability,
        "close_round": rules.OPEN_ROUND.capability,
        "record_minutes": rules.OPEN_ROUND.capability,
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


def taken_back(way: OnTheWay, sender: str) -> str:
    """The step that whoever sent the paper on gets back now, empty where it is refused; undone."""
    ticket = Ticket(way.task().pk, way.case.revision.content_digest, uuid4())
    by = way.cast.people[sender]
    try:
        with transaction.atomic():
            taking_back.take_back(case_id=way.case.pk, ticket=ticket, by=by, at=way.at)
            (step,) = way.waits_at()
            transaction.set_rollback(True)
    except (Conflict, NotPermitted):
        return ""
    return step


def put_first(way: OnTheWay) -> None:
    """Send the reworked paper on, and ask the signatory to let it go before the committee."""
    way.at = NOW
    way.paper.rewrite("cv-noivu", NEW_TEXT, at=NOW)
    way.paper.resubmit("cv-noivu", at=NOW)
    asks = {"urgency": "urgent", "goes_first": "on", "urgent_because": "Đoàn đến ngày mai."}
    way.carried_by_hand("tp-noivu", "propose", "trinh", text="Kính trình.", **asks)


def test_a_paper_is_withdrawn_and_taken_back_at_the_steps_declared_and_at_no_other(db, settings):
    way = OnTheWay(the_office(settings)).brought_to("propose")
    paper, at, agrees = way.paper, way.at, Opinion.Choice.AGREE
    numbered = {"dated_on": NOW.date().isoformat()}
    # step: who does it, and how it goes on; a signature given before a return counts no more
    road = {
        "propose": ("tp-noivu", lambda: paper.propose("tp-noivu", "Kính trình.", at=at)),
        "open_round": ("thuky-iso", lambda: paper.open_round("thuky-iso", ASKED, 5, at=at)),
        "opinion": (
            "tp-tuphap",
            lambda: paper.opinion("tp-tuphap", choice=agrees, remarks="", at=at),
        ),
        "conclude": (
            "pct-vanxa",
            lambda: paper.conclude("pct-vanxa", "Thống nhất.", answers={}, at=at),
        ),
        "check_form": ("cvp", lambda: paper.check("cvp", "Đủ điều kiện.", at=at)),
        "sign": ("pct-kinhte", lambda: paper.sign("pct-kinhte", at=at)),
        "register": (
            "vanthu",
            lambda: way.carried_by_hand("vanthu", "register", "cap-so", **numbered),
        ),
        "issue": (
            "vanthu",
            lambda: way.carried_by_hand("vanthu", "issue", "tra-lai", reason="Sai tên."),
        ),
        "receive_return": ("tp-noivu", lambda: paper.assign("tp-noivu", "cv-noivu", at=at)),
        # handed in again, and put to the signatory first
        "rework": ("tp-noivu", lambda: put_first(way)),
        "allow_urgent": ("pct-kinhte", lambda: None),
    }
    sender, stopped, sent_back = "cv-noivu", {}, {}
    for node, (who, onward) in road.items():
        assert way.waits_at() == {node}
        stopped[node] = withdrawn(way)
        sent_back[node] = taken_back(way, sender)
        onward()
        sender = who
    may_stop = {node.name for node in NODES.values() if "withdraw" in names_at(node)}
    assert {node for node, may in stopped.items() if may} == {*may_stop - ROUNDS, "opinion"}
    assert set(stopped) - {"opinion"} | ROUNDS == {n.name for n in NODES.values() if waits(n)}
    for node, again in sent_back.items():
        declared = {step.name for step in taken_back_to(NODES[node])}
        assert bool(again) is bool(declared), node
        assert again in declared | {""}, node
