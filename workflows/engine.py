"""The only door to viewflow's rows: start, complete, close, take back, withdraw, and reads.

Below the use cases and blind to people: it asks no policy, reads no clock, opens no page. Every
act holds its process first, names its task, and writes the one time it is given; times are aware.
An act is `with hold(case_id): task = open_task(…); …; complete(task, …)` in one transaction.

Refusals here say that something was done, not by whom: only the use case knows whether the
reader may learn it, and finds who and when on `StepDone.task`.
"""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import OperationalError, connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from viewflow.workflow.models import Process, Task
from viewflow.workflow.status import PROCESS, STATUS

from workflows.exceptions import AlreadyDone, CaseEnded, Conflict
from workflows.nodes import (
    OPEN_STATUSES,
    Begin,
    Deed,
    Instance,
    LostRace,
    MultiInstance,
    UserTask,
    end_process,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime

    from viewflow.workflow.base import Flow

    from offices.models import User
    from workflows.models import Case
    from workflows.nodes import Step

_held: ContextVar[frozenset[int]] = ContextVar("held_processes", default=frozenset())

_LOCK_WAIT_ENDED = frozenset({"55P03", "40P01"})
_SQLITE_BUSY = frozenset({5, 6})


class StepDone(AlreadyDone):
    """The task named was done, or cancelled, before; `task` is its row."""

    def __init__(self, task: Task) -> None:
        super().__init__(_("This step was done already."), advice=_("Open the paper again."))
        self.task = task


class NotThisTask(Conflict):
    """The form names a task of another step or another case."""

    def __init__(self) -> None:
        super().__init__(_("This form belongs to another step."), advice=_("Open the paper again."))


class NothingToTakeBack(Conflict):
    """Somebody has acted since, or what was sent was not sent by the one who asks."""

    def __init__(self) -> None:
        super().__init__(
            _("This step can no longer be taken back."), advice=_("Open the paper again.")
        )


class Busy(Conflict):
    """Another act held the case longer than the lock timeout; nothing was written."""

    def __init__(self) -> None:
        super().__init__(
            _("Another act on this paper is being recorded."), advice=_("Try again in a moment.")
        )


class NotHeld(RuntimeError):
    """The engine was called for a process that the caller does not hold: a fault in the code."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an opinion, or the closing of a round, did to the round.

    `round_closed` says whether it ended; `silent` counts those who had not answered; `offered`
    are the rows that wait afterwards.
    """

    round_closed: bool
    silent: int = 0
    offered: tuple[Task, ...] = ()


# --- holding ------------------------------------------------------------------------------


@contextmanager
def hold(process_id: int) -> Iterator[Process]:
    """Hold a process for one act: one statement, which locks and reads its row.

    Opens a transaction where none is open; inside one, the row stays locked until that ends. It
    is the row viewflow's own lock takes. The first of the locks of an act: process, documents
    by key, register, audit. Raises `Busy` when a lock is not had within the database's timeout,
    and `Process.DoesNotExist`.
    """
    try:
        with _transaction():
            process = Process.objects.select_for_update().get(pk=process_id)
            before = _held.set(_held.get() | {process_id})
            try:
                yield process
            finally:
                _held.reset(before)
    except OperationalError as error:
        if is_lock_wait(error):
            raise Busy from error
        raise


def is_lock_wait(error: OperationalError) -> bool:
    """Say whether a database error means that a lock was not had in time."""
    cause = error.__cause__
    return (
        getattr(cause, "sqlstate", None) in _LOCK_WAIT_ENDED
        or (getattr(cause, "sqlite_errorcode", 0) & 0xFF) in _SQLITE_BUSY
    )


def _transaction() -> AbstractContextManager[Any]:
    return nullcontext() if connection.in_atomic_block else transaction.atomic()


def _require_held(process_id: int) -> None:
    assert connection.in_atomic_block
    if process_id not in _held.get():
        raise NotHeld(f"process {process_id} is not held")


# --- acts ---------------------------------------------------------------------------------


def start(
    flow_class: type[Flow], *, by: User, at: datetime, make_case: Callable[[Process], Case]
) -> tuple[Process, Task]:
    """Start a process and its case; give the process and the first task that waits.

    `make_case` is called once, with the saved process and before any task exists, so that its
    constraints (one running case per document) refuse before anything is offered. Four
    statements besides its own.
    """
    assert connection.in_atomic_block
    deed = Deed(by_id=by.pk, at=at)
    process = flow_class.process_class(flow_class=flow_class, created=at)
    process.save(force_insert=True)
    make_case(process)
    (first,) = _begin(flow_class).run(process, deed)
    return process, first


def open_task(task_id: int, *, process_id: int, node: str) -> Task:
    """Read the open task an act names, with its process and case, in one statement.

    Raises `NotThisTask` for a task of another node or process, `CaseEnded` when the case is
    over, `StepDone` when somebody was first. The process must be held, and stays so.
    """
    _require_held(process_id)
    task = _read(task_id, process_id)
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
    _require_held(task.process_id)
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
    _require_held(task.process_id)
    _node(task, Instance)
    kept = dict(data or {})
    if task.owner_id != by.pk:
        kept["asked"] = task.owner_id
    _done(task, Deed(by.pk, at, "answered", data=kept))
    round_id = _round_of(task)
    if _instances(round_id, task.process_id).filter(finished__isnull=True).exists():
        return Answer(round_closed=False)
    round_ = _read(round_id, task.process_id)
    return _end_round(round_, Deed(None, at, "answered"), silent=0)


def close_round(round_: Task, *, at: datetime, by: User | None = None) -> Answer:
    """End a round with silent reviewers: their rows are cancelled in one UPDATE.

    `by` is the secretary who closes early, None for the clock at the deadline. Works with
    nobody having answered. The caller read the row with `open_task` under the same hold.
    """
    _require_held(round_.process_id)
    _node(round_, MultiInstance)
    _require_open(round_)
    deed = Deed(by.pk if by else None, at, "closed")
    open_rows = _instances(round_.pk, round_.process_id).filter(finished__isnull=True)
    return _end_round(round_, deed, silent=open_rows.update(status=STATUS.CANCELED, finished=at))


def take_back(process_id: int, sent_task: Task, *, by: User, at: datetime) -> Task:
    """Cancel what an act of `by` offered, and offer that step to the sender's lane again.

    Only while nobody has acted since: a round must be without an answer. The finished row stays
    as it is; the new one is linked to the cancelled one. A submission is taken back into the
    step its `Begin` names. Raises `StepDone` with the row of whoever acted since, and
    `NothingToTakeBack`.
    """
    _require_held(process_id)
    sent = _read(sent_task.pk, process_id)
    _require_running(sent)
    node = sent.flow_task
    if not isinstance(node, UserTask | Begin) or (sent.status, sent.owner_id) != (
        STATUS.DONE,
        by.pk,
    ):
        raise NothingToTakeBack
    offered = _only_offer_of(sent)
    _open(process_id).update(status=STATUS.CANCELED, finished=at)
    cancelled = offered.flow_task.activation_class(offered, deed=Deed(by.pk, at))
    return node.again._create(cancelled, sent.token, data={"taken_back": sent.pk}).task


def withdraw(process_id: int, *, at: datetime) -> int:
    """End a process before its end: cancel all that stands open, a round too; give how many.

    Raises `CaseEnded`. Two statements.
    """
    _require_held(process_id)
    try:
        end_process(Process(pk=process_id), status=PROCESS.CANCELED, at=_aware(at))
    except LostRace as error:
        raise CaseEnded(_("This case is over; nothing more can be done in it.")) from error
    return _open(process_id).update(status=STATUS.CANCELED, finished=at)


# --- reads --------------------------------------------------------------------------------


def open_tasks(process_ids: Iterable[int]) -> list[Task]:
    """Give what waits for somebody in these processes, oldest first: no rounds, their instances.

    One statement, with process and case.
    """
    waiting = Q(process_id__in=list(process_ids), status__in=(STATUS.NEW, STATUS.ASSIGNED))
    return list(_with_case().filter(waiting).order_by("pk"))


def waiting(
    flow_classes: Iterable[type[Flow]],
    *,
    lanes: Collection[str] = (),
    owner_ids: Collection[int] = (),
) -> list[Task]:
    """Give the open tasks offered to any of these lanes or asked of any of these people.

    One statement, with process and case. Whether a person may act on the case's document is
    asked besides: a lane says which capability, not on what.
    """
    nodes = [
        node
        for flow_class in flow_classes
        for node in flow_class.instance.nodes()
        if isinstance(node, UserTask) and node.lane in lanes
    ]
    offered = Q(status=STATUS.NEW, flow_task__in=nodes)
    asked = Q(status=STATUS.ASSIGNED, owner_id__in=list(owner_ids))
    return list(_with_case().filter(offered | asked).order_by("pk"))


def open_instances(round_: Task) -> list[Task]:
    """Give the rows of a round whose people have not answered, in the order they were asked."""
    rows = _instances(round_.pk, round_.process_id).filter(finished__isnull=True)
    return list(rows.order_by("pk"))


def trail(process_id: int) -> list[Task]:
    """Give every row of a process as it came to be, with who acted: one statement."""
    return list(Task.objects.filter(process_id=process_id).select_related("owner").order_by("pk"))


# --- within -------------------------------------------------------------------------------


def _with_case() -> Any:
    return Task.objects.select_related("process__case")


def _read(task_id: int, process_id: int) -> Task:
    try:
        return _with_case().get(pk=task_id, process_id=process_id)
    except Task.DoesNotExist as error:
        raise NotThisTask from error


def _require_running(task: Task) -> None:
    if task.process.status != PROCESS.NEW:
        raise CaseEnded(_("This case is over; nothing more can be done in it."))


def _require_open(task: Task) -> None:
    _require_running(task)
    if task.status not in OPEN_STATUSES:
        raise StepDone(task)


def _node(task: Task, kind: type[Step]) -> Any:
    if not isinstance(task.flow_task, kind):
        raise NotThisTask
    return task.flow_task


def _begin(flow_class: type[Flow]) -> Begin:
    (begin,) = (node for node in flow_class.instance.nodes() if isinstance(node, Begin))
    return begin


def _aware(at: datetime) -> datetime:
    return Deed(None, at).at


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


def _open(process_id: int) -> Any:
    return Task.objects.filter(process_id=process_id, finished__isnull=True)


def _instances(round_id: int, process_id: int) -> Any:
    """The rows of one round: its key stands in their tokens, and keeps rounds of a case apart."""
    return Task.objects.filter(process_id=process_id, token__startswith=f"start/{round_id}_")


def _round_of(task: Task) -> int:
    return int(task.token.token.rpartition("/")[2].partition("_")[0])


def _end_round(round_: Task, deed: Deed, *, silent: int) -> Answer:
    activation = round_.flow_task.activation_class(round_)
    activation.close(deed)
    return Answer(round_closed=True, silent=silent, offered=tuple(activation.activate_next()))


def _only_offer_of(sent: Task) -> Task:
    """Give the one open row an act offered, when nothing else stands open and nobody acted."""
    offered = list(_with_case().filter(previous=sent.pk).order_by("pk"))
    for row in offered:
        if row.status == STATUS.DONE:
            raise StepDone(row)
    if len(offered) != 1 or offered[0].status == STATUS.CANCELED:
        raise NothingToTakeBack
    if isinstance(offered[0].flow_task, MultiInstance):
        answered = _instances(offered[0].pk, sent.process_id).filter(status=STATUS.DONE)
        for row in answered.order_by("pk")[:1]:
            raise StepDone(row)
    return offered[0]
