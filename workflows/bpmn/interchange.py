"""A drawn procedure as a BPMN 2.0 file: what runs, and where it stands on the page.

Namespaces and the order of children are those of the OMG schema (BPMN 2.0, formal/2011-01-03).
Expressions are Python's, over four variables: `outcome`, the outcome of the task just done;
`reviewer_count`, how many a round asks; `awaited_count`, how many of them are awaited still, after
each part of it; `round_due_at`, when a round's time is up, in ISO 8601.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from workflows.bpmn.model import BOUNDARY, Kind

if TYPE_CHECKING:
    from workflows.bpmn.layout import Drawn
    from workflows.bpmn.measures import Box
    from workflows.bpmn.model import Diagram, Element, Flow

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
PREFIXES = {"bpmn": BPMN, "bpmndi": BPMNDI, "dc": DC, "di": DI, "xsi": XSI}
TARGET = "urn:ban-hanh:procedure"
PYTHON = "https://docs.python.org/3/reference/expressions.html"
TAGS = {
    Kind.START: "startEvent",
    Kind.TASK: "userTask",
    Kind.ROUND: "userTask",
    Kind.FORK: "exclusiveGateway",
    Kind.MEET: "exclusiveGateway",
    Kind.TIMER: "boundaryEvent",
    Kind.MESSAGE: "boundaryEvent",
    Kind.END: "endEvent",
}
OUTCOME, ASKED, DUE = "outcome", "reviewer_count", "round_due_at"
AWAITED = "awaited_count"


def bpmn(drawn: Drawn) -> bytes:
    """Write a procedure as BPMN 2.0 in UTF-8; the same class gives the same bytes."""
    for prefix, uri in PREFIXES.items():
        ET.register_namespace(prefix, uri)
    diagram = drawn.diagram
    root = ET.Element(
        _name("bpmn", "definitions"),
        {
            "id": f"{diagram.key}-definitions",
            "name": diagram.name,
            "targetNamespace": TARGET,
            "expressionLanguage": PYTHON,
            "exporter": "Ban Hành",
        },
    )
    for key, name in _messages(diagram).items():
        _add(root, "bpmn:message", id=key, name=name)
    for key, name in _resources(diagram).items():
        _add(root, "bpmn:resource", id=key, name=name)
    _collaboration(root, diagram)
    _process(root, diagram)
    _pages(root, drawn)
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written + b"\n"


def _name(prefix: str, local: str) -> str:
    return f"{{{PREFIXES[prefix]}}}{local}"


def _add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    """Add a child; `tag` is written with its prefix."""
    child = ET.SubElement(parent, _name(*tag.split(":")), attributes)
    if text:
        child.text = text
    return child


def _messages(diagram: Diagram) -> dict[str, str]:
    """Name a message for each act beside the graph, once, whatever number of steps it may reach.

    What is taken back to several senders is a message for each, told apart by where it leads.
    """
    events = {
        _message_of(element): element
        for element in diagram.elements
        if element.kind is Kind.MESSAGE
    }
    shared = Counter(event.name for event in events.values())
    return {
        key: f"{event.name}: {_led_to(diagram, event)}" if shared[event.name] > 1 else event.name
        for key, event in events.items()
    }


def _led_to(diagram: Diagram, event: Element) -> str:
    target = diagram.element(diagram.outgoing(event.key)[0].target)
    return diagram.element(target.step).name


def _message_of(event: Element) -> str:
    return "message" + event.key.removeprefix(event.host)


def _resources(diagram: Diagram) -> dict[str, str]:
    """Name a resource for each capability a task asks for."""
    asked = [element.asks for element in diagram.elements if element.asks and _is_task(element)]
    return {f"capability-{code}": words for code, words in asked}


def _is_task(element: Element) -> bool:
    return element.kind in {Kind.TASK, Kind.ROUND}


def _collaboration(root: ET.Element, diagram: Diagram) -> None:
    held = _add(root, "bpmn:collaboration", id=f"{diagram.key}-collaboration")
    _add(
        held,
        "bpmn:participant",
        id=f"{diagram.key}-pool",
        name=diagram.name,
        processRef=diagram.key,
    )


def _process(root: ET.Element, diagram: Diagram) -> None:
    process = _add(root, "bpmn:process", id=diagram.key, name=diagram.name, isExecutable="true")
    if diagram.says:
        _add(process, "bpmn:documentation", diagram.says)
    lanes = _add(process, "bpmn:laneSet", id=f"{diagram.key}-lanes")
    for lane in diagram.lanes:
        held = _add(lanes, "bpmn:lane", id=lane.key, name=lane.name)
        for element in diagram.elements:
            if element.lane == lane.key:
                _add(held, "bpmn:flowNodeRef", element.key)
    for element in diagram.elements:
        _flow_node(process, diagram, element)
    for flow in diagram.flows:
        _sequence_flow(process, flow)


def _flow_node(process: ET.Element, diagram: Diagram, element: Element) -> None:
    node = _add(process, f"bpmn:{TAGS[element.kind]}", id=element.key)
    if element.name:
        node.set("name", element.name)
    if element.kind in BOUNDARY:
        node.set("attachedToRef", element.host)
    if element.kind in {Kind.FORK, Kind.MEET}:
        node.set("gatewayDirection", "Diverging" if element.kind is Kind.FORK else "Converging")
    for said in _documentation(element):
        _add(node, "bpmn:documentation", said)
    for flow in diagram.incoming(element.key):
        _add(node, "bpmn:incoming", flow.key)
    for flow in diagram.outgoing(element.key):
        _add(node, "bpmn:outgoing", flow.key)
    _particulars(node, element)


def _documentation(element: Element) -> list[str]:
    """Say what a process has no symbol for: deadlines, and who brings an event about."""
    said = []
    if element.deadline:
        said.append(f"Hạn: {element.deadline}.")
    if element.by:
        said.append(f"Do: {element.by}.")
    return said


def _particulars(node: ET.Element, element: Element) -> None:
    """Add what one kind alone has: who may, how many at once, what the event waits for."""
    if element.asks and _is_task(element):
        owner = _add(node, "bpmn:potentialOwner", id=f"{element.key}-owner")
        _add(owner, "bpmn:resourceRef", f"capability-{element.asks[0]}")
    if element.kind is Kind.ROUND:
        many = _add(node, "bpmn:multiInstanceLoopCharacteristics", isSequential="false")
        _expression(many, "bpmn:loopCardinality", ASKED)
        # Whoever is asked no more answers nothing: the round is over when nobody is awaited.
        _expression(many, "bpmn:completionCondition", f"{AWAITED} == 0")
    if element.kind is Kind.MESSAGE:
        _add(
            node,
            "bpmn:messageEventDefinition",
            id=f"{element.key}-event",
            messageRef=_message_of(element),
        )
    if element.kind is Kind.TIMER:
        timer = _add(node, "bpmn:timerEventDefinition", id=f"{element.key}-event")
        _expression(timer, "bpmn:timeDate", DUE)


def _expression(parent: ET.Element, tag: str, text: str) -> None:
    _add(parent, tag, text).set(_name("xsi", "type"), "bpmn:tFormalExpression")


def _sequence_flow(process: ET.Element, flow: Flow) -> None:
    node = _add(
        process, "bpmn:sequenceFlow", id=flow.key, sourceRef=flow.source, targetRef=flow.target
    )
    if flow.name:
        node.set("name", flow.name)
    if flow.outcome:
        _expression(node, "bpmn:conditionExpression", f'{OUTCOME} == "{flow.outcome}"')


def _pages(root: ET.Element, drawn: Drawn) -> None:
    """Write the diagram interchange: a shape an element, an edge a flow, with their labels."""
    key = drawn.diagram.key
    page = _add(root, "bpmndi:BPMNDiagram", id=f"{key}-diagram")
    plane = _add(page, "bpmndi:BPMNPlane", id=f"{key}-plane", bpmnElement=f"{key}-collaboration")
    _shape(plane, f"{key}-pool", drawn.pool, isHorizontal="true")
    for lane in drawn.diagram.lanes:
        _shape(plane, lane.key, drawn.lanes[lane.key], isHorizontal="true")
    for element in drawn.diagram.elements:
        more = {"isMarkerVisible": "true"} if TAGS[element.kind] == "exclusiveGateway" else {}
        shape = _shape(plane, element.key, drawn.boxes[element.key], **more)
        _label(shape, drawn, element.key)
    for flow in drawn.diagram.flows:
        edge = _add(plane, "bpmndi:BPMNEdge", id=f"{flow.key}-edge", bpmnElement=flow.key)
        for x, y in drawn.arrows[flow.key]:
            _add(edge, "di:waypoint", x=str(x), y=str(y))
        _label(edge, drawn, flow.key)


def _shape(plane: ET.Element, key: str, box: Box, **more: str) -> ET.Element:
    shape = _add(plane, "bpmndi:BPMNShape", id=f"{key}-shape", bpmnElement=key, **more)
    _bounds(shape, box)
    return shape


def _label(parent: ET.Element, drawn: Drawn, key: str) -> None:
    label = drawn.labels.get(key)
    if label is not None:
        _bounds(_add(parent, "bpmndi:BPMNLabel"), label.box)


def _bounds(parent: ET.Element, box: Box) -> None:
    _add(
        parent,
        "dc:Bounds",
        x=str(box.x),
        y=str(box.y),
        width=str(box.width),
        height=str(box.height),
    )
