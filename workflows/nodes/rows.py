"""A step's row in the hand of one act: inserted, moved once, followed by the next.

Every time written is the act's own. viewflow's `Activation` and its state machine carry this;
what they offer besides (undo, revive, the stock completion, signals) is taken away.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from viewflow.workflow.activation import Activation
from viewflow.workflow.status import PROCESS, STATUS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from viewflow.workflow.models import Process, Task
    from viewflow.workflow.token import Token

    from workflows.nodes.steps import MultiInstance, Step

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
        self._deed = deed

    @property
    def deed(self) -> Deed:
        """The act that moves this row; raises `TypeError` outside one."""
        if self._deed is None:
            raise TypeError("A step is moved by an act of the engine only.")
        return self._deed

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
        self._deed = deed

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
            data={**self.task.data, **deed.record()},
        )


class InstanceActivation(UserTaskActivation):
    """One reviewer's part of a round: born assigned, and followed by nothing of its own."""

    born = STATUS.ASSIGNED
    create_next = None
    activate_next = None

    @Activation.status.transition(source=STATUS.ASSIGNED, target=STATUS.STARTED)
    def start(self, deed: Deed) -> None:
        """Take the task, in memory."""
        self._deed = deed


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
        if not deed.owners:
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
        self._deed = deed
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
