"""The procedure itself: its table of contents, held word by word.

A released flow is never changed in meaning. Where this file has to change, a second version of
the flow is due instead, unless only a title is put better.
"""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest

from offices.roles import CAPABILITIES, Capability, separation
from workflows.flows.issuance_v1 import IssuanceFlowV1
from workflows.nodes import Begin, Finish, Instance, MultiInstance, UserTask
from workflows.services.returning import WAYS_BACK

NODES = {node.name: node for node in IssuanceFlowV1.instance.nodes()}

# step: (lane, outcome -> step)
STEPS = {
    "propose": (
        "propose",
        {"proposed": "open_round", "returned": "rework", "put_urgently": "allow_urgent"},
    ),
    "allow_urgent": ("sign", {"allowed": "check_form", "declined": "open_round"}),
    "rework": ("draft", {"resubmitted": "propose"}),
    "open_round": ("open_round", {"opened": "collect_opinions", "returned": "receive_return"}),
    "conclude": ("conclude", {"endorsed": "check_form", "returned": "receive_return"}),
    "check_form": ("check_form", {"passed": "sign", "returned": "receive_return"}),
    "sign": ("sign", {"signed": "register", "returned": "receive_return", "referred": "sign"}),
    "register": ("register", {"registered": "issue", "refused": "receive_return"}),
    "issue": (
        "issue",
        {"issued": "finish", "abandoned": "register", "returned": "receive_return"},
    ),
    "receive_return": ("receive_return", {"assigned": "rework"}),
}
TITLES = {
    "begin": "Gửi trình",
    "propose": "Trình",
    "allow_urgent": "Cho đi trước khi lấy ý kiến",
    "rework": "Hoàn thiện dự thảo",
    "open_round": "Mở lượt lấy ý kiến",
    "collect_opinions": "Lấy ý kiến Ban Chỉ đạo ISO",
    "opinion": "Cho ý kiến",
    "conclude": "Kết luận",
    "check_form": "Thẩm tra, kiểm tra thể thức",
    "sign": "Ký ban hành",
    "register": "Cấp số, vào sổ",
    "issue": "Đóng dấu, phát hành",
    "receive_return": "Giao sửa lại",
    "finish": "Đã phát hành",
}
MAIN_PATH = [
    "begin", "propose", "open_round", "collect_opinions", "conclude", "check_form", "sign",
    "register", "issue", "finish",
]  # fmt: skip
BACKWARDS = {"returned", "refused"}


def edges() -> list[tuple[str, str, str]]:
    return [
        (node.name, edge.label or "", edge.dst.name)
        for node in NODES.values()
        for edge in node._outgoing()
    ]


def reached_from(start: str) -> set[str]:
    reached, queue = set(), [start]
    while queue:
        name = queue.pop()
        if name not in reached:
            reached.add(name)
            queue += [dst for src, _label, dst in edges() if src == name]
    return reached


def test_the_procedure_has_these_steps_and_no_other():
    special = {"begin": Begin, "finish": Finish, "collect_opinions": MultiInstance}
    kinds = {**special, "opinion": Instance, **dict.fromkeys(STEPS, UserTask)}
    assert {name: type(node) for name, node in NODES.items()} == kinds


@pytest.mark.parametrize("name", STEPS)
def test_each_step_is_for_one_lane_and_leads_where_its_outcomes_say(name):
    lane, ways = STEPS[name]
    node = NODES[name]
    assert node.lane == lane
    assert {outcome: target.name for outcome, target in node.outcomes.items()} == ways


def test_every_target_is_a_step_of_this_very_flow():
    for node in NODES.values():
        for edge in node._outgoing():
            assert edge.dst is NODES[edge.dst.name]
            assert edge.dst.flow_class is IssuanceFlowV1


def test_a_case_begins_with_a_submission_by_a_drafter_and_asks_the_head_first():
    begin = NODES["begin"]
    assert (begin.lane, begin.following("").name) == (Capability.DRAFT, "propose")
    assert begin.again is NODES["rework"]


def test_a_round_asks_committee_members_and_leads_to_the_conclusion():
    round_ = NODES["collect_opinions"]
    assert (round_.instance.name, round_.instance.lane) == ("opinion", Capability.GIVE_OPINION)
    assert round_.following("answered") is round_.following("closed") is NODES["conclude"]


def test_every_step_is_reached_and_leads_to_the_end():
    assert reached_from("begin") == set(NODES)
    assert all("finish" in reached_from(name) for name in set(NODES) - {"opinion"})


def test_the_main_path_needs_every_step_but_the_way_back():
    for here, there in pairwise(MAIN_PATH):
        assert there in {dst for src, _label, dst in edges() if src == here}
    assert set(NODES) - set(MAIN_PATH) == {"opinion", "rework", "receive_return", "allow_urgent"}


def ends_without(*skipped: str) -> bool:
    """Whether a case can come to its end past these steps."""
    without = [edge for edge in edges() if not {edge[0], edge[2]} & set(skipped)]
    reached, queue = set(), ["begin"]
    while queue:
        name = queue.pop()
        if name not in reached:
            reached.add(name)
            queue += [dst for src, _label, dst in without if src == name]
    return "finish" in reached


@pytest.mark.parametrize("skipped", MAIN_PATH[1:-1])
def test_no_step_of_the_main_path_can_be_skipped_unless_the_signatory_lets_the_paper_go(skipped):
    """Whoever is removed, the end is out of reach: nothing is issued that was not signed."""
    assert not ends_without(skipped, "allow_urgent")


def test_the_signatory_lets_a_paper_go_past_the_committee_and_past_nobody_else():
    past = {step for step in MAIN_PATH[1:-1] if ends_without(step)}
    assert past == {"open_round", "collect_opinions", "conclude"}
    assert NODES["allow_urgent"].lane is NODES["sign"].lane


def test_every_return_after_the_proposal_goes_to_the_head_of_the_drafting_department():
    """Decree 30/2020 art. 10.3; the head's own return goes straight to the drafter."""
    back = {(src, dst) for src, label, dst in edges() if label in BACKWARDS}
    assert back == {
        ("propose", "rework"),
        *((step, "receive_return") for step in ("open_round", "conclude", "check_form")),
        *((step, "receive_return") for step in ("sign", "register", "issue")),
    }


def test_a_paper_once_issued_does_not_go_back():
    """Decree 30/2020 art. 18.3: after the issue only another paper cures a mistake."""
    assert not list(NODES["finish"]._outgoing())
    assert {src for src, _label, dst in edges() if dst == "finish"} == {"issue"}


def test_a_number_taken_off_before_the_seal_is_followed_by_another_number():
    """Art. 15: no paper is sealed under no number, and none skips the register."""
    assert NODES["issue"].following("abandoned") is NODES["register"]


def test_every_step_with_a_way_back_is_returned_by_the_one_use_case_or_by_the_conclusion():
    back = {(src, label) for src, label, _dst in edges() if label in BACKWARDS}
    assert back == {*WAYS_BACK.items(), ("conclude", "returned")}


def test_the_lanes_keep_apart_who_must_not_be_one_person():
    lanes = {name: node.lane for name, node in NODES.items() if node.lane}
    assert separation(lanes["begin"], lanes["sign"])
    assert separation(lanes["rework"], lanes["sign"])
    assert separation(lanes["sign"], lanes["register"])
    assert separation(lanes["sign"], lanes["issue"])
    assert set(lanes.values()) <= set(CAPABILITIES)


def test_titles_are_what_an_official_reads():
    assert {name: node.title for name, node in NODES.items()} == TITLES
    assert str(IssuanceFlowV1.process_title) == "Ban hành văn bản"
    for title in TITLES.values():
        assert unicodedata.is_normalized("NFC", title)


@pytest.mark.parametrize("name", TITLES)
def test_names_are_stored_for_ever_and_so_plain(name):
    assert name.isascii()
    assert name.isidentifier()
    stored = IssuanceFlowV1.task_class._meta.get_field("flow_task")
    reference = f"workflows/flows.issuance_v1.IssuanceFlowV1.{name}"
    assert stored.get_prep_value(NODES[name]) == reference
    assert len(reference) < stored.max_length
