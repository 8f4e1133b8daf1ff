"""The nodes of a procedure: each step is one row, moved once, at the time of the act.

Nothing here has a view, a URL, an owner permission, a timer or a signal. The stock nodes have:
`docs/adr` says why none of them is used, `workflows/checks.py` refuses them in a flow, and
`tests/contracts/test_viewflow_*.py` holds each of their known holes against these nodes.

A step knows its lane (the capability it asks for) but decides nothing about people: whether
somebody may act is asked in `workflows/policies.py` before the engine is called.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn

from viewflow import this
from viewflow.workflow.activation import Activation
from viewflow.workflow.base import Edge, Node
from viewflow.workflow.lock import SelectForUpdateLock
from viewflow.workflow.status import PROCESS, STATUS
from viewflow.workflow.token import Token

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from viewflow.workflow.models import Process, Task

    from offices.roles import Capability

OPEN_STATUSES = (STATUS.NEW, STATUS.ASSIGNED, STATUS.STARTED)


class LostRace(Exception):
    """A row had left the status it was moved from: the process was not held."""


class OrphanedTask(Exception):
    """A process would end, or go on, while another of its rows stays open."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What one act hands to the engine: who, when, which way, and whom the next step asks.

    `by_id` is None where the clock acts. `owners` are users' keys, only for a step that asks
    several people. `at` must be aware; it is the only time that is written.
    """

    by_id: int | None
    at: datetime
    outcome: str = ""
    owners: tuple[int, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("An act has an aware time.")
        if len(set(self.owners)) != len(self.owners):
            raise ValueError("Nobody is asked twice in one round.")

    def record(self) -> dict[str, Any]:
        """Give what the row keeps of the act, for the picture of the procedure."""
        return {**self.data, "outcome": self.outcome} if self.outcome else dict(self.data)


def move(task: Task, *, was: str, **columns: Any) -> None:
    """Write these columns of a row that still has status `was`, in one UPDATE.

    Raises `LostRace` where it has not: the lock makes that impossible, and a caller who forgot
    the lock must not win.
    """
    rows = type(task)._default_manager.filter(pk=task.pk, status=was)
    if rows.update(**columns) != 1:
        raise LostRace(f"task {task.pk} is no longer {was}")
    for name, value in columns.items():
        setattr(task, name, value)


class StepActivation(Activation):
    """A step's row in the hand of one act.

    `undo` and `revive` rewrite finished rows and forget who may act, the stock `complete` stamps
    wall time: none exists here. There is no `cancel` either, so that viewflow's own
    `Flow.cancel` refuses; take back and withdraw are in the engine.
    """

    undo = None
    revive = None
    complete = None
    born = STATUS.NEW

    def __init__(self, task: Task, *, deed: Deed | None = None) -> None:
        super().__init__(task)
        self.deed = deed

    @classmethod
    def birth(cls, deed: Deed) -> dict[str, Any]:
        """Give the columns a new row starts with besides its place in the process."""
        return {"created": deed.at, "status": cls.born}

    @classmethod
    def create(
        cls,
        flow_task: Step,
        prev_activation: StepActivation,
        token: Token | str,
        data: dict[str, Any] | None = None,
        seed: Any = None,
    ) -> StepActivation:
        """Insert the step's row and its link to the one before: two statements."""
        deed = prev_activation.deed
        if deed is None:
            raise TypeError("A step follows from an act of the engine only.")
        task = flow_task.flow_class.task_class(
            process=prev_activation.process,
            flow_task=flow_task,
            token=token,
            data=data or {},
            **cls.birth(deed),
        )
        task.save(force_insert=True)
        task.previous.add(prev_activation.task)
        return cls(task, deed=deed)

    @Activation.status.super()
    def activate(self) -> None:
        """Offer the step: it waits for somebody, nothing is written."""

    @Activation.status.super()
    def create_next(self) -> Iterator[StepActivation]:
        """Insert the rows of the steps that follow."""
        node = self.flow_task.following(self.task.data.get("outcome", ""))
        yield node._create(self, self.task.token)

    @Activation.status.super()
    def activate_next(self) -> list[Task]:
        """Insert and activate what follows; give the rows that now stand open."""
        offered: list[Task] = []
        for activation in self.create_next():
            activation.activate()
            offered += activation.standing_open()
        return offered

    def standing_open(self) -> list[Task]:
        """Give the rows that wait for somebody after this step was activated."""
        return [self.task]


class UserTaskActivation(StepActivation):
    """Somebody's step: offered to all who may, done by one of them, saved once."""

    @Activation.status.transition(source=STATUS.NEW, target=STATUS.STARTED)
    def start(self, deed: Deed) -> None:
        """Take the task, in memory."""
        self.deed = deed

    @Activation.status.transition(source=STATUS.STARTED, target=STATUS.DONE)
    def execute(self) -> None:
        """Write who did it, when and with what outcome: one UPDATE of five columns."""
        deed = self.deed
        move(
            self.task,
            was=self.born,
            owner_id=deed.by_id,
            started=deed.at,
            finished=deed.at,
            status=STATUS.DONE,
            data=deed.record(),
        )


class InstanceActivation(UserTaskActivation):
    """One reviewer's part of a round: born assigned, and followed by nothing of its own."""

    born = STATUS.ASSIGNED
    create_next = None
    activate_next = None

    @Activation.status.transition(source=STATUS.ASSIGNED, target=STATUS.STARTED)
    def start(self, deed: Deed) -> None:
        """Take the task, in memory."""
        self.deed = deed


class MultiInstanceActivation(StepActivation):
    """A round: one row that stands open while its instances do."""

    born = STATUS.STARTED

    @classmethod
    def birth(cls, deed: Deed) -> dict[str, Any]:
        """Give the columns of a round, which runs from the act that opens it."""
        return {"created": deed.at, "started": deed.at, "status": cls.born}

    @classmethod
    def create(
        cls,
        flow_task: MultiInstance,
        prev_activation: StepActivation,
        token: Token | str,
        data: dict[str, Any] | None = None,
        seed: Any = None,
    ) -> StepActivation:
        """Insert the round, one row a reviewer and their links: four statements in all."""
        deed = prev_activation.deed
        if deed is None or not deed.owners:
            raise ValueError("A round asks at least one person.")
        activation = super().create(flow_task, prev_activation, token, data, seed)
        activation.instances = flow_task.ask(activation.task, deed)
        return activation

    @Activation.status.transition(source=STATUS.STARTED)
    def activate(self) -> None:
        """Stand open: the instances are what waits."""

    @Activation.status.transition(source=STATUS.STARTED, target=STATUS.DONE)
    def close(self, deed: Deed) -> None:
        """End the round. Named so that no stock loop over `complete` ends it unasked."""
        self.deed = deed
        columns = {"finished": deed.at, "status": STATUS.DONE, "data": deed.record()}
        move(self.task, was=self.born, owner_id=deed.by_id, **columns)

    def standing_open(self) -> list[Task]:
        """Give the round's row, then those of its instances."""
        return [self.task, *self.instances]


class BeginActivation(StepActivation):
    """The act that opened the case: a row that is born done."""


class FinishActivation(StepActivation):
    """The end of the case: a row that is born done and ends the process at the same time."""

    born = STATUS.DONE
    create_next = None
    activate_next = None

    @classmethod
    def birth(cls, deed: Deed) -> dict[str, Any]:
        """Give the columns of a row that begins and ends with the act."""
        return {"created": deed.at, "started": deed.at, "finished": deed.at, "status": cls.born}

    @Activation.status.transition(source=STATUS.DONE)
    def activate(self) -> None:
        """End the process at the act's time; refuse where another row still stands open."""
        if (
            type(self.task)
            ._default_manager.filter(process_id=self.process.pk, finished__isnull=True)
            .exists()
        ):
            raise OrphanedTask(f"process {self.process.pk} would end with an open task")
        end_process(self.process, status=PROCESS.DONE, at=self.deed.at)

    def standing_open(self) -> list[Task]:
        """Give nothing: nobody is waited for."""
        return []


def end_process(process: Process, *, status: str, at: datetime) -> None:
    """Write that a running process is over, in one UPDATE; raise `LostRace` if it was already."""
    running = type(process)._default_manager.filter(pk=process.pk, status=PROCESS.NEW)
    if running.update(status=status, finished=at) != 1:
        raise LostRace(f"process {process.pk} is over already")
    process.status, process.finished = status, at


class Step(Node):
    """What our nodes share: a title in Vietnamese, a lane, and no way to hang anything else on."""

    activation_class: type[StepActivation] = StepActivation

    def __init__(self, *, lane: Capability | None = None) -> None:
        super().__init__()
        self.lane = lane

    @property
    def title(self) -> str:
        """The step as an official reads it."""
        return str(self.task_title)

    def following(self, outcome: str) -> Step:
        """Give the step an outcome leads to; raise `ValueError` for an unknown outcome."""
        raise ValueError(f"Nothing follows {self.name}.")

    def _refused(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError(
            "A deadline is the clock calling a use case; nothing is attached to a step."
        )

    OnTimeout = OnError = OnEscalation = CompensateWith = _refused


class _Sequential(Step):
    """A step with one way out."""

    def __init__(self, *, lane: Capability | None = None) -> None:
        super().__init__(lane=lane)
        self._next: Any = None

    def Next(self, node: Any) -> _Sequential:
        """Name the step that follows."""
        self._next = node
        return self

    def following(self, outcome: str) -> Step:
        """Give the one step that follows, whatever the outcome recorded."""
        return self._next

    def _resolve(self, instance: Any) -> None:
        self._next = this.resolve(instance, self._next)

    def _outgoing(self) -> Iterator[Edge]:
        yield Edge(src=self, dst=self._next, edge_class="next")


class Begin(_Sequential):
    """Where a case starts: the submission, recorded as a step that is already done."""

    activation_class = BeginActivation
    task_type = "BEGIN"
    bpmn_element = "startEvent"

    def __init__(self, *, lane: Capability | None = None) -> None:
        super().__init__(lane=lane)
        self._again: Any = None

    def TakenBackTo(self, node: Any) -> Begin:
        """Name the step offered to the sender who takes the submission back."""
        self._again = node
        return self

    @property
    def again(self) -> Step:
        """The step offered to a sender who takes the submission back."""
        return self._again

    def _resolve(self, instance: Any) -> None:
        super()._resolve(instance)
        self._again = this.resolve(instance, self._again)

    def run(self, process: Process, deed: Deed) -> list[Task]:
        """Insert the submission and the first step that waits: three statements."""
        task = self.flow_class.task_class(
            process=process,
            flow_task=self,
            status=STATUS.DONE,
            owner_id=deed.by_id,
            created=deed.at,
            started=deed.at,
            finished=deed.at,
            data=deed.record(),
        )
        task.save(force_insert=True)
        return self.activation_class(task, deed=deed).activate_next()


class Finish(Step):
    """Where a case ends, at the time of the act that ended it."""

    activation_class = FinishActivation
    task_type = "FINISH"
    bpmn_element = "endEvent"

    def _outgoing(self) -> Iterator[Edge]:
        return iter(())


class UserTask(Step):
    """A step somebody of the lane does, with named outcomes as its edges.

    A return is an edge like any other; no gateway row follows a decision.
    """

    activation_class = UserTaskActivation
    task_type = "USER"
    bpmn_element = "userTask"

    def __init__(self, *, lane: Capability) -> None:
        super().__init__(lane=lane)
        self._ways: dict[str, Any] = {}

    def On(self, outcome: str, node: Any) -> UserTask:
        """Name an outcome and the step it leads to; each outcome once."""
        if outcome in self._ways:
            raise ValueError(f"The outcome {outcome!r} is named twice.")
        self._ways[outcome] = node
        return self

    @property
    def outcomes(self) -> Mapping[str, Step]:
        """The named outcomes and where each leads, in the order they were named."""
        return dict(self._ways)

    @property
    def again(self) -> Step:
        """The step offered to a sender who takes it back: the same."""
        return self

    def following(self, outcome: str) -> Step:
        """Give the step an outcome leads to; raise `ValueError` for an unknown outcome."""
        if outcome not in self._ways:
            raise ValueError(f"{self.name} has no outcome {outcome!r}.")
        return self._ways[outcome]

    def _resolve(self, instance: Any) -> None:
        # A new dict: viewflow copies nodes shallowly, the declared one is shared by the copies.
        self._ways = {name: this.resolve(instance, node) for name, node in self._ways.items()}

    def _outgoing(self) -> Iterator[Edge]:
        for outcome, node in self._ways.items():
            yield Edge(src=self, dst=node, edge_class="next", label=outcome)


class Instance(Step):
    """One person's part of a round."""

    activation_class = InstanceActivation
    task_type = "INSTANCE"
    bpmn_element = "userTask"

    def __init__(self, *, lane: Capability) -> None:
        super().__init__(lane=lane)

    def _outgoing(self) -> Iterator[Edge]:
        return iter(())


class MultiInstance(_Sequential):
    """A round: several people are asked in parallel, each by an `Instance`.

    It ends with the last answer or with the act that closes it; nothing is counted here, and a
    majority silences nobody.
    """

    activation_class = MultiInstanceActivation
    task_type = "ROUND"
    bpmn_element = "userTask"

    def __init__(self, *, of: Any) -> None:
        super().__init__()
        self._of = of

    @property
    def instance(self) -> Instance:
        """The step each person asked gets."""
        return self._of

    def ask(self, round_: Task, deed: Deed) -> Sequence[Task]:
        """Insert one assigned row a person and their links to the round: two statements."""
        task_class = type(round_)
        tokens = Token.split_token_source(str(round_.token.token), round_.pk)
        rows = [
            task_class(
                process_id=round_.process_id,
                flow_task=self.instance,
                flow_task_type=self.instance.task_type,
                token=next(tokens),
                status=self.instance.activation_class.born,
                owner_id=owner_id,
                created=deed.at,
                assigned=deed.at,
            )
            for owner_id in deed.owners
        ]
        task_class._default_manager.bulk_create(rows)
        link = task_class.previous.through
        link._default_manager.bulk_create(
            link(from_task_id=row.pk, to_task_id=round_.pk) for row in rows
        )
        return rows

    def _resolve(self, instance: Any) -> None:
        super()._resolve(instance)
        self._of = this.resolve(instance, self._of)

    def _outgoing(self) -> Iterator[Edge]:
        yield Edge(src=self, dst=self._of, edge_class="instance")
        yield from super()._outgoing()


class Procedure:
    """What every flow has before it has nodes: a real lock, and viewflow's own doors shut.

    To be named before `Flow` among the bases. It holds no node and is no flow itself, because
    nodes shared by inheritance get edges across flows. The lock waits; the database bounds it.
    """

    lock_impl = SelectForUpdateLock(nowait=False, attempts=1)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        inherited = [base for base in cls.__mro__[1:] if _holds_nodes(base)]
        if inherited:
            raise TypeError(f"{cls.__name__} would share nodes with {inherited[0].__name__}.")
        super().__init_subclass__(**kwargs)

    def has_view_permission(self, user: Any, obj: Any = None) -> bool:
        """Refuse everybody: who may read a case is asked of its document."""
        return False

    def has_manage_permission(self, user: Any, obj: Any = None) -> bool:
        """Refuse everybody: nobody manages a process past the use cases."""
        return False

    def cancel(self, process: Any) -> NoReturn:
        """Refuse: viewflow's cancel stamps wall time and writes no record."""
        raise TypeError("A case ends by the use case `withdraw`.")


def _holds_nodes(cls: type) -> bool:
    return any(isinstance(value, Node) for value in vars(cls).values())
