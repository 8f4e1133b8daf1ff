"""One procedure in two engines: ours on its rows, SpiffWorkflow on the exported file.

Both are asked to do the same labels: `step:outcome`, `opinion:0` to `opinion:2`, and the acts
beside the graph by their names. Each answers whether it did, and tells where it then stands.
"""

from __future__ import annotations

import logging
import pickle
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import transaction
from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.specs.event_definitions import timer as spiff_timer
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.util import BpmnEvent
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.exceptions import WorkflowException
from SpiffWorkflow.util.task import TaskState

from offices.exceptions import Conflict
from workflows import bpmn
from workflows.flows.detours import DETOURS, Leads, detours_at
from workflows.nodes import Instance, MultiInstance, UserTask

if TYPE_CHECKING:
    from viewflow.workflow.base import Flow

    from offices.models import User
    from tests.playing import Play

# It tells of every change of every task, which pytest would keep.
logging.getLogger("spiff").setLevel(logging.WARNING)

ASKED = 3
ROUND_LASTS = timedelta(days=7)
BEGAN = datetime(2024, 1, 15, 1, 0, tzinfo=UTC)
# Where a case stands: the step that waits, and which of those asked have answered.
Marking = tuple[str, frozenset[int]]
OVER: Marking = ("over", frozenset())
WITHDRAWN: Marking = ("withdrawn", frozenset())
MESSAGES = {detour.name: detour.title for detour in DETOURS if detour.lane is not None}


def alphabet(flow_class: type[Flow]) -> list[str]:
    """Every act there is in a procedure, whether or not it can be done just now."""
    nodes = flow_class.instance.nodes()
    steps = [node for node in nodes if isinstance(node, UserTask)]
    acts = [f"{node.name}:{outcome}" for node in steps for outcome in node.outcomes]
    acts += [f"opinion:{place}" for place in range(ASKED)]
    return acts + [detour.name for detour in DETOURS]


@dataclass
class Ours:
    """Our engine on real rows; put back by rolling back to a savepoint."""

    play: Play
    asked: list[User]

    def does(self, act: str, standing: list[Any]) -> bool:
        """Do an act on one of the rows that stand open; what the engine refuses is undone, and said."""
        try:
            with transaction.atomic():
                self._do(act, standing)
        except (Conflict, ValueError, LookupError):
            return False
        return True

    def _do(self, act: str, standing: list[Any]) -> None:
        step, _colon, way = act.partition(":")
        if step == "opinion":
            owner = self.asked[int(way)]
            self.play.answer(_row(standing, Instance, owner_id=owner.pk))
        elif not way:
            self._leave_the_graph(step, standing[0])
        else:
            row = _row(standing, UserTask, name=step)
            opens = isinstance(row.flow_task.outcomes.get(way), MultiInstance)
            self.play.act(row, way, owners=self.asked if opens else ())

    def _leave_the_graph(self, name: str, head: Any) -> None:
        beside = {detour.name: detour for detour in detours_at(head.flow_task)}
        if name not in beside:
            raise LookupError(name)  # what a use case refuses: tests/contracts/test_detours.py
        if beside[name].leads is Leads.TO_THE_END:
            self.play.withdraw()
        else:
            self.play.close(head, by=self.play.by if beside[name].lane else None)

    def standing(self) -> list[Any]:
        """Give the rows that stand open, the round before its instances; none when all is over."""
        return [row for row in self.play.rows() if row.finished is None]

    def marking(self, standing: list[Any]) -> Marking:
        """Tell where the case stands."""
        if not standing:
            return OVER if self.play.process.status == "DONE" else WITHDRAWN
        head, *rest = standing
        waiting = {row.owner_id for row in rest}
        answered = {place for place, one in enumerate(self.asked) if one.pk not in waiting}
        return head.flow_task.name, frozenset(answered if rest else ())


def _row(standing: list[Any], kind: type, *, name: str = "", owner_id: int | None = None) -> Any:
    for row in standing:
        named = not name or row.flow_task.name == name
        if isinstance(row.flow_task, kind) and named and owner_id in (None, row.owner_id):
            return row
    raise LookupError(name)


@dataclass
class Spiff:
    """SpiffWorkflow on the file as it was exported, and the clock its timers read."""

    workflow: BpmnWorkflow
    now: datetime = field(default=BEGAN)

    @classmethod
    def begin(cls, exported: bytes, key: str) -> Self:
        """Parse the file and start its process."""
        parser = BpmnParser()
        parser.add_bpmn_xml(etree.fromstring(exported))
        engine = cls(BpmnWorkflow(parser.get_spec(key)))
        engine._go_on()
        return engine

    def after(self, act: str) -> Self | None:
        """Give the engine as it stands after an act; None where it refuses. This one stays as it is."""
        if not self._waits_for(act):
            return None
        other = pickle.loads(pickle.dumps(self))
        try:
            other._do(act)
            other._go_on()
        except WorkflowException:
            return None
        return other

    def _go_on(self) -> None:
        """Let it do all that waits for nobody, its timers included."""
        StandingClock.stands_at = self.now
        self.workflow.refresh_timers()
        self.workflow.do_engine_steps()

    def _waits_for(self, act: str) -> bool:
        step, _colon, way = act.partition(":")
        if step == "opinion":
            return int(way) in self._unanswered()
        if way:
            return bool(self._ready(step))
        kind, name = spiff_timer.TimeDateEventDefinition, ""
        if step in MESSAGES:
            kind, name = MessageEventDefinition, MESSAGES[step]
        waiting = self.workflow.get_tasks(state=TaskState.WAITING)
        held = [getattr(task.task_spec, "event_definition", None) for task in waiting]
        return any(isinstance(one, kind) and name in ("", one.name) for one in held)

    def _do(self, act: str) -> None:
        step, _colon, way = act.partition(":")
        if step == "opinion":
            waiting = self._unanswered()
            waiting[int(way)].data["awaited_count"] = len(waiting) - 1
            waiting[int(way)].run()
        elif way:
            (task,) = self._ready(step)
            due = (self.now + ROUND_LASTS).isoformat()
            task.data.update(outcome=way, reviewer_count=ASKED, round_due_at=due)
            task.run()
        elif step in MESSAGES:
            self.workflow.send_event(BpmnEvent(MessageEventDefinition(MESSAGES[step])))
        else:
            self.now += ROUND_LASTS + timedelta(seconds=1)

    def _ready(self, step: str = "") -> list[Any]:
        ready = self.workflow.get_tasks(state=TaskState.READY, manual=True)
        return [task for task in ready if step in ("", task.task_spec.bpmn_id)]

    def _unanswered(self) -> dict[int, Any]:
        """Give the instances of the round that wait, each by its place; none where no round runs."""
        return {
            task.internal_data["key_or_index"]: task
            for task in self._ready()
            if task.parent.task_spec.description == "Parallel MultiInstance"
        }

    def marking(self) -> Marking:
        """Tell where the case stands."""
        ready = self._ready()
        if not ready:
            assert self.workflow.completed
            done = self.workflow.get_tasks(state=TaskState.COMPLETED, spec_name="finish")
            return OVER if done else WITHDRAWN
        (step,) = {task.task_spec.bpmn_id for task in ready}
        waiting = self._unanswered()
        assert waiting or len(ready) == 1, "one step waits for several"
        return step, frozenset(range(ASKED)) - set(waiting) if waiting else frozenset()


class StandingClock(datetime):
    """The time SpiffWorkflow's timers read: it stands until it is moved."""

    stands_at = BEGAN

    @classmethod
    def now(cls, tz: Any = None) -> datetime:
        """Give the time it stands at."""
        return cls.stands_at


def exported(flow_class: type[Flow]) -> tuple[bytes, str]:
    """The BPMN file of a procedure, and the key of its process."""
    diagram = bpmn.read(flow_class)
    return bpmn.bpmn(bpmn.drawn(diagram)), diagram.key
