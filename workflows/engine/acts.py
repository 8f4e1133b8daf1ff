"""What moves a process: each call is the engine's part of one act, under its lock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from viewflow.workflow.models import Task
from viewflow.workflow.status import PROCESS, STATUS

from workflows.engine.holding import held, require_transaction
from workflows.engine.reads import instances, open_rows, round_of
from workflows.engine.refusals import NothingToTakeBack, NotThisTask, StepDone, case_ended
from workflows.nodes import (
    OPEN_STATUSES,
    Begin,
    Deed,
    Instance,
    LostRace,
    MultiInstance,
    UserTask,
    end_process,
    move,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from viewflow.workflow.base import Flow
    from viewflow.workflow.models import Process

    from offices.models import User
    from workflows.models import Case
    from workflows.nodes import Step


@dataclass(frozen=True, slots=True)
class Answer:
    """What an opinion, or the closing of a round, did to the round.

    `round_closed` says whether it ended; `silent` counts those who had not answered; `offered`
    are the rows that wait afterwards.
    """

    round_closed: bool
    silent: int = 0
    offered: tuple[Task, ...] = ()


def start(
    flow_class: type[Flow], *, by: User, at: datetime, make_case: Callable[[Process], Case]
) -> tuple[Process, Task]:
    """Start a process and its case; give the process and the first task that waits.

    `make_case` is called once, with the saved process and before any task exists, so that its
    constraints (one running case per document) refuse before anything is offered. Four
    statements besides its own.
    """
    require_transaction()
    deed = Deed(by_id=by.pk, at=at)
    process = flow_class.process_class(flow_class=flow_class, created=at)
    process.save(force_insert=True)
    make_case(process)
    (first,) = _begin(flow_class).run(process, deed)
    return process, first


def open_task(task_id: int, *, process_id: int, node: str) -> Task:
    """Read the open task an act names, in one statement; its process is the held one.

    Raises `NotThisTask` for a task of another node or process, `CaseEnded` when the case is
    over, `StepDone` when somebody was first. The process must be held, and stays so.
    """
    task = _read(task_id, held(process_id))
    if task.flow_task is None or task.flow_task.name != node:
        raise NotThisTask
    _require_open(task)
    return task


def complete(
    task: Task,
    outcome: str,
    *,
    by: User,
    at: datetime,
    owners: Sequence[User] = (),
    data: Mapping[str, Any] | None = None,
) -> list[Task]:
    """Take and do a step in one save; give the tasks that wait afterwards.

    Five statements with lock and read. Where the next step is a round, `owners` names whom it
    asks, and the answer is the round's row, then one a person in the order given; the end of a
    case gives an empty list. `data` is kept on the row. Raises `ValueError` for an outcome the
    step does not have, or owners where none are asked.
    """
    held(task.process_id)
    node = _node(task, UserTask)
    if isinstance(node.following(outcome), MultiInstance) is not bool(owners):
        raise ValueError("A round names whom it asks, and nothing else does.")
    deed = Deed(by.pk, at, outcome, tuple(owner.pk for owner in owners), data or {})
    return _done(task, deed).activate_next()


def complete_instance(
    task: Task, *, by: User, at: datetime, data: Mapping[str, Any] | None = None
) -> Answer:
    """Do one person's part of a round; the last one closes the round and offers the next step.

    Four statements with lock and read, eight for the last. `by` may act for the one who was
    asked: then the row keeps who was asked as `asked` in its data.
    """
    process = held(task.process_id)
    _node(task, Instance)
    kept = dict(data or {})
    if task.owner_id != by.pk:
        kept["asked"] = task.owner_id
    _done(task, Deed(by.pk, at, "answered", data=kept))
    round_id = round_of(task)
    if instances(round_id, task.process_id).filter(finished__isnull=True).exists():
        return Answer(round_closed=False)
    round_ = _read(round_id, process)
    return _end_round(round_, Deed(None, at, "answered"), silent=0)


def reassign_instance(task: Task, *, to: User) -> None:
    """Ask somebody else instead of the one an open part of a round was asked of.

    One statement. The caller read the row with `open_task` under the same hold.
    """
    held(task.process_id)
    _node(task, Instance)
    _require_open(task)
    move(task, was=task.status, owner_id=to.pk)


def excuse_instance(task: Task, *, at: datetime) -> Answer:
    """Ask one person of a round no more; the last open part closes the round like an answer.

    Two statements, six for the last. The row is cancelled, its owner did nothing.
    """
    process = held(task.process_id)
    _node(task, Instance)
    _require_open(task)
    move(task, was=task.status, status=STATUS.CANCELED, finished=at)
    round_id = round_of(task)
    if instances(round_id, task.process_id).filter(finished__isnull=True).exists():
        return Answer(round_closed=False)
    return _end_round(_read(round_id, process), Deed(None, at, "answered"), silent=0)


def close_round(round_: Task, *, at: datetime, by: User | None = None) -> Answer:
    """End a round with silent reviewers: their rows are cancelled in one UPDATE.

    `by` is the secretary who closes early, None for the clock at the deadline. Works with
    nobody having answered. The caller read the row with `open_task` under the same hold.
    """
    held(round_.process_id)
    _node(round_, MultiInstance)
    _require_open(round_)
    deed = Deed(by.pk if by else None, at, "closed")
    unanswered = instances(round_.pk, round_.process_id).filter(finished__isnull=True)
    return _end_round(round_, deed, silent=unanswered.update(status=STATUS.CANCELED, finished=at))


def take_back(process_id: int, sent_task: Task, *, by: User, at: datetime) -> Task:
    """Cancel what an act of `by` offered, and offer that step to the sender's lane again.

    Only while nobody has acted since: a round must be without an answer. The finished row stays
    as it is; the new one is linked to the cancelled one. A submission is taken back into the
    step its `Begin` names. Raises `StepDone` with the row of whoever acted since, and
    `NothingToTakeBack`.
    """
    process, deed = held(process_id), Deed(by.pk, at)
    sent = _read(sent_task.pk, process)
    _require_running(sent)
    node = sent.flow_task
    if not isinstance(node, UserTask | Begin) or (sent.status, sent.owner_id) != (
        STATUS.DONE,
        by.pk,
    ):
        raise NothingToTakeBack
    if node.again is None:
        raise NothingToTakeBack
    offered = _only_offer_of(sent)
    open_rows(process_id).update(status=STATUS.CANCELED, finished=at)
    cancelled = offered.flow_task.activation_class(offered, deed=deed)
    return node.again._create(cancelled, sent.token, data={"taken_back": sent.pk}).task


def withdraw(process_id: int, *, at: datetime) -> int:
    """End a process before its end: cancel all that stands open, a round too; give how many.

    Raises `CaseEnded`. Two statements.
    """
    process = held(process_id)
    try:
        end_process(process, status=PROCESS.CANCELED, at=Deed(None, at).at)
    except LostRace as error:
        raise case_ended() from error
    return open_rows(process_id).update(status=STATUS.CANCELED, finished=at)


def _read(task_id: int, process: Process) -> Task:
    """Read a task of a held process; its process is the row that was locked, not read again."""
    try:
        task = Task.objects.get(pk=task_id, process_id=process.pk)
    except Task.DoesNotExist as error:
        raise NotThisTask from error
    task.process = process
    return task


def _node(task: Task, kind: type[Step]) -> Any:
    if not isinstance(task.flow_task, kind):
        raise NotThisTask
    return task.flow_task


def _begin(flow_class: type[Flow]) -> Begin:
    (begin,) = (node for node in flow_class.instance.nodes() if isinstance(node, Begin))
    return begin


def _done(task: Task, deed: Deed) -> Any:
    _require_open(task)
    activation = task.flow_task.activation_class(task)
    try:
        activation.start(deed)
        activation.execute()
    except LostRace as error:
        task.refresh_from_db()
        raise StepDone(task) from error
    return activation


def _end_round(round_: Task, deed: Deed, *, silent: int) -> Answer:
    activation = round_.flow_task.activation_class(round_)
    activation.close(deed)
    return Answer(round_closed=True, silent=silent, offered=tuple(activation.activate_next()))


def _only_offer_of(sent: Task) -> Task:
    """Give the one open row an act offered, when nothing else stands open and nobody acted."""
    offered = list(Task.objects.filter(previous=sent.pk).order_by("pk"))
    for row in offered:
        if row.status == STATUS.DONE:
            raise StepDone(row)
    if len(offered) != 1 or offered[0].status == STATUS.CANCELED:
        raise NothingToTakeBack
    if isinstance(offered[0].flow_task, MultiInstance):
        answered = instances(offered[0].pk, sent.process_id).filter(status=STATUS.DONE)
        for row in answered.order_by("pk")[:1]:
            raise StepDone(row)
    offered[0].process = sent.process
    return offered[0]


def _require_running(task: Task) -> None:
    if task.process.status != PROCESS.NEW:
        raise case_ended()


def _require_open(task: Task) -> None:
    _require_running(task)
    if task.status not in OPEN_STATUSES:
        raise StepDone(task)
