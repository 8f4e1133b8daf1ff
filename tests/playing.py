"""The procedure played without a paper: the engine alone, its rows, and every statement it sends.

For tests of the engine. Behaviour of the product is tested through the pages instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from viewflow.workflow.models import Process, Task

from offices.models import User
from workflows import engine
from workflows.flows.issuance_v1 import IssuanceFlowV1

if TYPE_CHECKING:
    from viewflow.workflow.base import Flow

# A Monday long before any clock these tests run under.
BEGAN = datetime(2024, 1, 15, 1, 0, tzinfo=UTC)
TO_THE_END = ("endorsed", "passed", "signed", "registered", "issued")
_people = count(1)


def a_person() -> User:
    """An account like any other."""
    number = next(_people)
    return User.objects.create_user(f"person-{number}", display_name=f"Công chức {number}")


def people(number: int) -> list[User]:
    """So many accounts."""
    return [a_person() for _ in range(number)]


@dataclass
class Play:
    """One process, the person who acts unless another is named, and its clock: a minute an act."""

    process_id: int
    by: User
    at: datetime
    first: Task

    @classmethod
    def begin(
        cls, by: User, at: datetime = BEGAN, *, flow_class: type[Flow] = IssuanceFlowV1
    ) -> Play:
        """Submit a paper that does not exist."""
        with transaction.atomic():
            process, first = engine.start(flow_class, by=by, at=at, make_case=lambda process: None)
        return cls(process.pk, by, at, first)

    def tick(self) -> datetime:
        """The time of the next act."""
        self.at += timedelta(minutes=1)
        return self.at

    def act(self, task: Task, outcome: str, *, by: User | None = None, **more: Any) -> list[Task]:
        """Do a step as a use case does it: hold, read, complete."""
        at = self.tick()
        with engine.hold(self.process_id):
            held = engine.open_task(task.pk, process_id=self.process_id, node=task.flow_task.name)
            return engine.complete(held, outcome, by=by or self.by, at=at, **more)

    def answer(self, task: Task, *, by: User | None = None) -> engine.Answer:
        """Give an opinion, as the one who was asked unless another is named."""
        at = self.tick()
        with engine.hold(self.process_id):
            held = engine.open_task(task.pk, process_id=self.process_id, node="opinion")
            return engine.complete_instance(held, by=by or task.owner, at=at)

    def close(self, round_: Task, *, by: User | None = None) -> engine.Answer:
        """Close a round, as the clock unless somebody is named."""
        at = self.tick()
        with engine.hold(self.process_id):
            held = engine.open_task(round_.pk, process_id=self.process_id, node="collect_opinions")
            return engine.close_round(held, by=by, at=at)

    def take_back(self, sent: Task, *, by: User | None = None) -> Task:
        """Take back what an act offered."""
        at = self.tick()
        with engine.hold(self.process_id):
            return engine.take_back(self.process_id, sent, by=by or self.by, at=at)

    def withdraw(self) -> int:
        """Withdraw the paper."""
        at = self.tick()
        with engine.hold(self.process_id):
            return engine.withdraw(self.process_id, at=at)

    def to_round(self, reviewers: list[User]) -> tuple[Task, list[Task]]:
        """Go on from the start to an open round: its row, and one a reviewer."""
        (step,) = self.act(self.first, "proposed")
        round_, *asked = self.act(step, "opened", owners=reviewers)
        return round_, asked

    def to(self, node: str) -> Task:
        """Go on from the start to the first open task of a node after the round."""
        _round, asked = self.to_round(people(2))
        self.answer(asked[0])
        (step,) = self.answer(asked[1]).offered
        for outcome in TO_THE_END:
            if step.flow_task.name == node:
                return step
            (step,) = self.act(step, outcome)
        raise LookupError(node)

    def to_the_end(self) -> None:
        """Play the whole procedure without a return."""
        assert self.act(self.to("issue"), "issued") == []

    @property
    def process(self) -> Process:
        """The process as it is stored."""
        return Process.objects.get(pk=self.process_id)

    def rows(self) -> list[Task]:
        """All its tasks as they are stored."""
        return engine.trail(self.process_id)

    def open_names(self) -> list[str]:
        """The nodes at which something stands open, rounds too."""
        return [row.flow_task.name for row in self.rows() if row.finished is None]


@contextmanager
def statements() -> Iterator[list[str]]:
    """What the engine sends to the database meanwhile; transaction control left out."""
    sent: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        yield sent
    control = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
    sent += [query["sql"] for query in captured if not query["sql"].startswith(control)]


def stored() -> dict[str, list[tuple[Any, ...]]]:
    """Every engine row of the database, to compare before and after."""
    links = Task.previous.through.objects.order_by("pk")
    return {
        "processes": list(Process.objects.order_by("pk").values_list()),
        "tasks": list(Task.objects.order_by("pk").values_list()),
        "links": list(links.values_list("pk", "from_task_id", "to_task_id")),
    }


def failing_at(number: int) -> Callable[..., Any]:
    """A wrapper for `connection.execute_wrapper` under which that statement fails."""
    serial = count(1)

    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if next(serial) == number:
            raise PowerCut(sql)
        return execute(sql, params, many, context)

    return wrapper


class PowerCut(Exception):
    """What happens at the worst moment."""
