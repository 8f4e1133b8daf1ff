"""The five kinds of step a procedure is made of: a title, a lane, and named ways on.

Nothing can be attached to a step: no view, no permission, no timer, no compensation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn, Self

from viewflow import this
from viewflow.workflow.base import Edge, Node
from viewflow.workflow.status import STATUS
from viewflow.workflow.token import Token

from workflows.nodes.rows import (
    BeginActivation,
    FinishActivation,
    InstanceActivation,
    MultiInstanceActivation,
    StepActivation,
    UserTaskActivation,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from viewflow.workflow.models import Process, Task

    from offices.roles import Capability
    from workflows.nodes.rows import Deed


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

    def Next(self, node: Any) -> Self:  # noqa: N802 - in the manner of viewflow's nodes
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

    def TakenBackTo(self, node: Any) -> Self:  # noqa: N802
        """Name the step offered to the sender who takes the submission back; without, nobody does."""
        self._again = node
        return self

    @property
    def again(self) -> Step | None:
        """The step offered to a sender who takes the submission back; None where nobody does."""
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

    def On(self, outcome: str, node: Any) -> Self:  # noqa: N802
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
