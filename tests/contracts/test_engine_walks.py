"""Whatever people do in whatever order, one thing stands open, or the case is over.

Random walks over the procedure with refused, repeated and late acts among them, and a power cut
at every statement of every act.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from viewflow.workflow.models import Process, Task

from offices.exceptions import Conflict
from tests.playing import BEGAN, Play, PowerCut, a_person, failing_at, people, stored
from workflows.nodes import Instance, MultiInstance, UserTask

if TYPE_CHECKING:
    from offices.models import User

pytestmark = pytest.mark.django_db

MOVES = ("act", "act", "act", "answer", "answer", "close", "take_back", "withdraw", "repeat")
FINAL = ("DONE", "CANCELED")


@dataclass
class Walk:
    """A play under way, with what is known of it from outside."""

    play: Play
    crowd: list[User]
    over: bool = False
    seen: dict[int, tuple[Any, ...]] = field(default_factory=dict)

    def step(self, move: str, draw: int) -> None:
        """Try one move on some row; the engine may refuse it, and then nothing changes."""
        before = stored()
        try:
            with transaction.atomic():
                getattr(self, f"_{move}")(draw)
        except (Conflict, ValueError):
            assert stored() == before
        self.check()

    def _row(self, draw: int, kind: type, *, is_open: bool) -> Task:
        rows = [
            row
            for row in self.play.rows()
            if isinstance(row.flow_task, kind) and (row.finished is None) is is_open
        ]
        if not rows:
            raise ValueError("no such row")
        return rows[draw % len(rows)]

    def _act(self, draw: int, *, is_open: bool = True) -> None:
        task = self._row(draw, UserTask, is_open=is_open)
        outcome = list(task.flow_task.outcomes)[draw % len(task.flow_task.outcomes)]
        asked = self.crowd[: 1 + draw % len(self.crowd)]
        is_round = isinstance(task.flow_task.following(outcome), MultiInstance)
        by = self.crowd[draw % len(self.crowd)]
        self.play.act(task, outcome, by=by, owners=asked if is_round else ())
        self.over = self.over or outcome == "issued"

    def _repeat(self, draw: int) -> None:
        assert not self.over or self.play.open_names() == []
        task = self._row(draw, UserTask, is_open=False)
        self.play.act(task, next(iter(task.flow_task.outcomes)), owners=self.crowd[:1])
        raise AssertionError(f"{task} was done twice")

    def _answer(self, draw: int) -> None:
        self.play.answer(self._row(draw, Instance, is_open=bool(draw % 4)))

    def _close(self, draw: int) -> None:
        self.play.close(self._row(draw, MultiInstance, is_open=bool(draw % 4)))

    def _take_back(self, draw: int) -> None:
        sent = self.play.rows()[draw % len(self.play.rows())]
        self.play.take_back(sent, by=sent.owner or self.crowd[0])

    def _withdraw(self, draw: int) -> None:
        if draw % 5:
            raise ValueError("seldom")
        self.play.withdraw()
        self.over = True

    def check(self) -> None:
        """Hold the rows against what must be true after any act."""
        rows, process = self.play.rows(), self.play.process
        standing = [row for row in rows if row.finished is None]
        assert (process.status != "NEW") is self.over
        self._check_what_stands_open(standing)
        for row in rows:
            times = [t for t in (row.created, row.assigned, row.started, row.finished) if t]
            assert BEGAN <= min(times) <= max(times) <= self.play.at
            assert (row.finished is not None) == (row.status in FINAL)
            if row.finished:
                facts = (row.status, row.owner_id, row.finished, row.data)
                assert self.seen.setdefault(row.pk, facts) == facts, "a finished row was rewritten"
        self._check_links(rows)

    def _check_what_stands_open(self, standing: list[Task]) -> None:
        if self.over:
            assert standing == []
            return
        (head, *rest) = standing
        if isinstance(head.flow_task, MultiInstance):
            assert rest, "a round waits for nobody"
            assert all(isinstance(row.flow_task, Instance) for row in rest)
            assert {row.previous.get().pk for row in rest} == {head.pk}
            assert len({row.owner_id for row in rest}) == len(rest)
        else:
            assert (isinstance(head.flow_task, UserTask), rest) == (True, [])

    def _check_links(self, rows: list[Task]) -> None:
        known = {row.pk: row for row in rows}
        linked = {
            (link.from_task_id, link.to_task_id)
            for link in Task.previous.through.objects.filter(from_task__in=rows)
        }
        assert {child for child, _parent in linked} == set(known) - {rows[0].pk}
        for child, parent in linked:
            assert known[parent].created <= known[child].created


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    moves=st.lists(
        st.tuples(st.sampled_from(MOVES), st.integers(min_value=0, max_value=59)), max_size=40
    )
)
def test_no_walk_leaves_an_orphan(db, moves):
    with transaction.atomic():
        walk = Walk(Play.begin(a_person()), people(3))
        walk.check()
        for move, draw in moves:
            walk.step(move, draw)
        transaction.set_rollback(True)


def test_the_walks_reach_what_they_are_meant_to_try(db):
    """A fixed walk through every kind of move, so that the property is not about empty lists."""
    walk = Walk(Play.begin(a_person()), people(3))
    for move, draw in [
        ("act", 0), ("take_back", 1), ("act", 0), ("repeat", 0), ("act", 2), ("answer", 1),
        ("close", 1), ("act", 0), ("act", 0), ("act", 2), ("act", 0), ("act", 0), ("act", 0),
        ("withdraw", 0),
    ]:  # fmt: skip
        walk.step(move, draw)
    assert walk.over
    assert walk.play.process.status == "DONE"
    names = {row.flow_task.name for row in walk.play.rows()}
    assert names >= {"propose", "collect_opinions", "opinion", "sign", "issue", "finish"}


# --- power cuts -----------------------------------------------------------------------------


def acts() -> dict[str, Any]:
    """Every kind of act, each as a preparation that answers the act itself."""

    def prepared(prepare):
        play = Play.begin(a_person())
        return prepare(play)

    def opening(play):
        (step,) = play.act(play.first, "proposed")
        asked = people(3)
        return lambda: play.act(step, "opened", owners=asked)

    def opinion(play, *, others=1):
        _round, asked = play.to_round(people(1 + others))
        return lambda: play.answer(asked[0])

    def closing(play):
        round_, _asked = play.to_round(people(2))
        return lambda: play.close(round_)

    def taking_back(play):
        (step,) = play.act(play.first, "proposed")
        play.act(step, "opened", owners=people(2))
        return lambda: play.take_back(step)

    return {
        "start": lambda: prepared(lambda play: lambda: Play.begin(play.by)),
        "plain": lambda: prepared(lambda play: lambda: play.act(play.first, "proposed")),
        "opening": lambda: prepared(opening),
        "opinion": lambda: prepared(opinion),
        "last opinion": lambda: prepared(lambda play: opinion(play, others=0)),
        "closing": lambda: prepared(closing),
        "taking back": lambda: prepared(taking_back),
        "withdrawing": lambda: prepared(lambda play: play.withdraw),
        "the end": lambda: prepared(lambda play: _issuing(play)),
    }


def _issuing(play: Play) -> Any:
    step = play.to("issue")
    return lambda: play.act(step, "issued")


@pytest.mark.parametrize("kind", acts())
def test_a_power_cut_at_any_statement_leaves_nothing_half_done(kind):
    act = acts()[kind]()
    before = stored()
    for number in count(1):
        wrapper = failing_at(number)
        try:
            with transaction.atomic(), connection.execute_wrapper(wrapper):
                act()
        except PowerCut:
            assert stored() == before
        else:
            break
    assert number > 3
    assert stored() != before
    assert Process.objects.exists()
