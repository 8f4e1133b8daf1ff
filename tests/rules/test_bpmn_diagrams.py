"""The diagram of a procedure says what its class says, and nothing in it lies upon another.

Held for the procedure the office runs, and for procedures made up at random: whatever steps and
outcomes a flow has, it can be drawn.
"""

from __future__ import annotations

import unicodedata
from itertools import combinations, pairwise

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from hypothesis import given
from hypothesis import strategies as st
from viewflow import this

from offices.roles import Capability
from tests.drawing import SPACES, a_flow, issuance, parsed
from workflows import bpmn
from workflows.bpmn.model import BOUNDARY, Kind
from workflows.bpmn.procedures import procedures
from workflows.deadlines import WORKING_DAYS
from workflows.flows.issuance_v1 import IssuanceFlowV1
from workflows.flows.words import OUTCOMES
from workflows.nodes import Begin, Finish, Instance, MultiInstance, UserTask

NODES = {node.name: node for node in IssuanceFlowV1.instance.nodes()}
# Who does what, as the office calls them, in the order in which a paper comes to them.
LANES = [
    "Chuyên viên", "Trưởng phòng", "Thư ký Ban Chỉ đạo ISO", "Ủy viên Ban Chỉ đạo ISO",
    "Trưởng Ban Chỉ đạo ISO", "Chánh Văn phòng", "Phó Chủ tịch, Chủ tịch", "Văn thư",
]  # fmt: skip


@st.composite
def flows(draw):
    """A procedure of a few steps whose first ways lead to the end, and whose others lead anywhere."""
    size = draw(st.integers(min_value=1, max_value=7))
    lanes = st.sampled_from([Capability.PROPOSE, Capability.SIGN, Capability.REGISTER])
    others = st.lists(st.integers(min_value=0, max_value=size - 1), max_size=3)
    ways = [(draw(lanes), [number + 1, *draw(others)]) for number in range(size)]
    return a_flow(ways, rounds=draw(st.booleans()))


@pytest.fixture(scope="module")
def tree():
    return parsed(bpmn.bpmn(issuance()))


def texts(tree, path):
    return [node.text for node in tree.iterfind(path, SPACES)]


# --- the procedure of the office ------------------------------------------------------------


def test_the_pool_and_its_lanes_are_named_in_the_words_of_the_office(tree):
    (pool,) = tree.iterfind(".//bpmn:participant", SPACES)
    assert pool.get("name") == "Ban hành văn bản"
    assert [lane.get("name") for lane in tree.iterfind(".//bpmn:lane", SPACES)] == LANES


def test_every_element_stands_in_exactly_one_lane(tree):
    held = texts(tree, ".//bpmn:flowNodeRef")
    assert sorted(held) == sorted(set(held))
    drawn = {element.key for element in issuance().diagram.elements}
    assert set(held) == drawn


def test_every_step_is_a_task_with_its_title_and_the_capability_it_asks_for(tree):
    tasks = {task.get("id"): task for task in tree.iterfind(".//bpmn:userTask", SPACES)}
    steps = {n.name: n for n in NODES.values() if isinstance(n, UserTask | MultiInstance)}
    assert {key: task.get("name") for key, task in tasks.items()} == {
        name: node.title for name, node in steps.items()
    }
    for name, node in steps.items():
        lane = node.instance.lane if isinstance(node, MultiInstance) else node.lane
        assert texts(tasks[name], ".//bpmn:resourceRef") == [f"capability-{lane}"]


def test_every_outcome_is_a_flow_with_its_condition_and_its_words(tree):
    conditions = {
        flow.get("id"): (flow.get("name"), texts(flow, "bpmn:conditionExpression"))
        for flow in tree.iterfind(".//bpmn:sequenceFlow", SPACES)
        if flow.find("bpmn:conditionExpression", SPACES) is not None
    }
    chosen = {
        f"{node.name}--{outcome}": (OUTCOMES[outcome], [f'outcome == "{outcome}"'])
        for node in NODES.values()
        if isinstance(node, UserTask) and len(node.outcomes) > 1
        for outcome in node.outcomes
    }
    assert conditions == chosen


def test_the_round_asks_several_at_once_and_its_time_is_an_event(tree):
    (round_,) = (
        task
        for task in tree.iterfind(".//bpmn:userTask", SPACES)
        if task.find("bpmn:multiInstanceLoopCharacteristics", SPACES) is not None
    )
    assert round_.get("id") == "collect_opinions"
    assert texts(round_, ".//bpmn:loopCardinality") == ["reviewer_count"]
    assert texts(round_, ".//bpmn:completionCondition") == ["awaited_count == 0"]
    (timer,) = tree.iterfind(".//bpmn:timerEventDefinition", SPACES)
    assert timer.getparent().get("attachedToRef") == "collect_opinions"
    assert texts(timer, "bpmn:timeDate") == ["round_due_at"]


def test_every_deadline_of_a_step_stands_in_its_documentation():
    said = {
        task.get("id"): texts(task, "bpmn:documentation")
        for flow_class in procedures().values()
        for task in parsed(bpmn.bpmn(bpmn.drawn(bpmn.read(flow_class)))).iterfind(
            ".//bpmn:userTask", SPACES
        )
    }
    for name, days in WORKING_DAYS.items():
        assert said[name][0] == f"Hạn: {days} ngày làm việc."


def test_what_a_sender_may_take_back_interrupts_the_step_and_leads_to_the_sender(tree):
    events = {
        node.get("id"): node
        for node in tree.iterfind(".//bpmn:boundaryEvent", SPACES)
        if node.get("name") == "Lấy lại"
    }
    flows = {
        flow.get("sourceRef"): flow.get("targetRef").removesuffix("-meets")
        for flow in tree.iterfind(".//bpmn:sequenceFlow", SPACES)
    }
    back = {(node.get("attachedToRef"), flows[key]) for key, node in events.items()}
    assert back == {
        ("propose", "rework"),
        ("allow_urgent", "propose"),
        ("open_round", "propose"),
        ("collect_opinions", "open_round"),
        ("sign", "check_form"),
        ("sign", "sign"),
        ("rework", "receive_return"),
    }
    assert all(
        texts(node, "bpmn:documentation")[0].startswith("Do: người vừa") for node in events.values()
    )


def test_every_word_is_composed_vietnamese(tree):
    words = [node.get("name") for node in tree.iter() if node.get("name")]
    assert len(words) > 60
    assert [one for one in words if not unicodedata.is_normalized("NFC", one)] == []


@pytest.mark.parametrize("name", sorted(procedures()))
def test_every_outcome_of_every_procedure_has_words(name):
    nodes = procedures()[name].instance.nodes()
    named = {one for node in nodes if isinstance(node, UserTask) for one in node.outcomes}
    assert sorted(named - set(OUTCOMES)) == [], "say it in workflows/flows/words.py"


@pytest.mark.parametrize("name", sorted(procedures()))
def test_every_procedure_is_drawn_and_valid(name):
    drawn = bpmn.drawn(bpmn.read(procedures()[name]))
    parsed(bpmn.bpmn(drawn))
    well_laid_out(drawn)


# --- any procedure --------------------------------------------------------------------------


def test_an_outcome_that_is_added_is_drawn_by_itself():
    before = bpmn.read(a_flow([(Capability.PROPOSE, [1]), (Capability.SIGN, [2, 0])]))
    after = bpmn.read(a_flow([(Capability.PROPOSE, [1]), (Capability.SIGN, [2, 0, 1])]))
    added = {flow.key for flow in after.flows} - {flow.key for flow in before.flows}
    assert "step_1--way_2" in added
    # What now has two ways into it is entered where they meet.
    assert {element.key for element in after.elements} - {
        element.key for element in before.elements
    } == {"step_1-meets"}


def test_a_node_of_a_kind_nobody_draws_is_refused():
    class Odd(UserTask):
        """Something new."""

    flow = a_flow([(Capability.PROPOSE, [1])])
    node = Odd(lane=Capability.SIGN).On("done", this.finish)
    odd = type("OddFlow", flow.__bases__, {
        "__module__": flow.__module__,
        "begin": Begin(lane=Capability.DRAFT).TakenBackTo(this.odd).Next(this.odd),
        "odd": node,
        "finish": Finish(),
    })  # fmt: skip
    with pytest.raises(TypeError, match="odd: nobody has said how a Odd is drawn"):
        bpmn.read(odd)


@given(flows())
def test_any_procedure_has_the_steps_and_ways_of_its_class(flow):
    diagram = bpmn.read(flow)
    nodes = [node for node in flow.instance.nodes() if not isinstance(node, Instance)]
    steps = {element.step: element for element in diagram.elements if element.key == element.step}
    assert set(steps) == {node.name for node in nodes}
    for node in nodes:
        if isinstance(node, UserTask):
            assert leads(diagram, node.name) == {o: t.name for o, t in node.outcomes.items()}


def leads(diagram, step):
    """Where each outcome of a step leads, read off the drawing."""
    found = {}
    for flow in diagram.flows:
        source, target = diagram.element(flow.source), diagram.element(flow.target)
        if source.step == step and flow.key.startswith(f"{step}--"):
            found[flow.key.removeprefix(f"{step}--")] = target.step
    return found if len(found) > 1 else {"way_0": next(iter(found.values()))}


@given(flows())
def test_any_procedure_is_drawn_with_nothing_upon_another(flow):
    drawn = bpmn.drawn(bpmn.read(flow))
    well_laid_out(drawn)
    data = bpmn.bpmn(drawn)
    parsed(data)
    assert data == bpmn.bpmn(bpmn.drawn(bpmn.read(flow))), "the same class, the same bytes"


def well_laid_out(drawn):
    """Hold a drawing against what a reader expects of one."""
    inside_their_lanes(drawn)
    for one, two in combinations(drawn.boxes, 2):
        if not on_one_edge(drawn, one, two):
            assert not drawn.boxes[one].meets(drawn.boxes[two]), (one, two)
    for one, two in combinations(drawn.labels, 2):
        assert not drawn.labels[one].box.meets(drawn.labels[two].box), (one, two)
    for flow in drawn.diagram.flows:
        for here, there in pairwise(drawn.arrows[flow.key]):
            assert here != there
            assert here[0] == there[0] or here[1] == there[1], f"{flow.key} slants"
            passes_by(drawn, flow, here, there)


def inside_their_lanes(drawn):
    for element in drawn.diagram.elements:
        lane, box = drawn.lanes[element.lane], drawn.boxes[element.key]
        assert lane.x < box.x
        assert box.right < lane.right
        assert lane.y < box.y
        assert box.bottom < lane.bottom
    tops = [drawn.lanes[lane.key] for lane in drawn.diagram.lanes]
    assert all(upper.bottom == lower.y for upper, lower in pairwise(tops))


def on_one_edge(drawn, one, two):
    """Whether one is an event on the edge of the other, where it belongs."""
    held = {one: drawn.diagram.element(one), two: drawn.diagram.element(two)}
    return held[one].host == two or held[two].host == one


def passes_by(drawn, flow, here, there):
    """No stretch of an arrow runs through a box that is not its beginning or its end."""
    low = (min(here[0], there[0]), min(here[1], there[1]))
    high = (max(here[0], there[0]), max(here[1], there[1]))
    own = {flow.source, flow.target, drawn.diagram.element(flow.source).host}
    for key, box in drawn.boxes.items():
        if key not in own:
            apart = (
                high[0] <= box.x or low[0] >= box.right or high[1] <= box.y or low[1] >= box.bottom
            )
            assert apart, f"{flow.key} runs through {key}"


def test_an_event_sits_on_the_edge_of_its_host():
    drawn = issuance()
    events = [element for element in drawn.diagram.elements if element.kind in BOUNDARY]
    assert {Kind.TIMER, Kind.MESSAGE} == {event.kind for event in events}
    for event in events:
        box, host = drawn.boxes[event.key], drawn.boxes[event.host]
        assert box.middle in {host.y, host.bottom}
        assert host.x < box.x < box.right < host.right


# --- the command ----------------------------------------------------------------------------


def test_the_command_writes_the_file(tmp_path):
    file = tmp_path / "issuance.bpmn"
    call_command("draw_flow", "issuance_v1", "--format", "bpmn", "--output", str(file))
    assert file.read_bytes() == bpmn.bpmn(issuance())


def test_the_command_refuses_what_it_cannot_do_with_a_sentence(tmp_path):
    with pytest.raises(CommandError, match=r"Không có quy trình “không-có”.*issuance_v1"):
        call_command("draw_flow", "không-có")
    nowhere = tmp_path / "không" / "có.bpmn"
    with pytest.raises(CommandError, match="Không ghi được sơ đồ"):
        call_command("draw_flow", "issuance_v1", "--output", str(nowhere))
