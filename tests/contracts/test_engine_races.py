"""Two at once, on real connections: one wins, nobody is lost, and the loser is told politely."""

from __future__ import annotations

import threading
import time
from datetime import timedelta

import pytest
from django.db import OperationalError, connection, transaction
from viewflow.workflow.models import Process, Task

from tests.playing import BEGAN, Play, a_person, people
from workflows import engine
from workflows.engine import holding
from workflows.exceptions import CaseEnded
from workflows.flows.issuance_v1 import IssuanceFlowV1

pytestmark = pytest.mark.races
ROUNDS = 5


def outcomes(results):
    """The results as words: what was done, or the refusal's name."""
    return sorted(
        type(result).__name__ if isinstance(result, Exception) else "done" for result in results
    )


def doing(play, task, outcome, by, **more):
    """The same act as `play.act`, with a time of its own: a play is not for two threads."""
    return lambda: Play(play.process_id, by, play.at, task).act(task, outcome, **more)


@pytest.mark.parametrize("second", ["proposed", "returned"])
def test_of_two_people_at_one_step_one_wins(committed_db, second):
    for _round in range(ROUNDS):
        play, other = Play.begin(a_person()), a_person()
        results = committed_db.at_once(
            doing(play, play.first, "proposed", play.by),
            doing(play, play.first, second, other),
        )
        assert outcomes(results) == ["StepDone", "done"]
        (refused,) = [result for result in results if isinstance(result, engine.StepDone)]
        winner = Task.objects.get(pk=play.first.pk).owner
        assert refused.task.owner_id == winner.pk
        assert len(play.open_names()) == 1


def test_refer_pressed_twice_refers_once(committed_db):
    for _round in range(ROUNDS):
        play = Play.begin(a_person())
        sign = play.to("sign")
        results = committed_db.at_once(*(2 * [doing(play, sign, "referred", play.by)]))
        assert outcomes(results) == ["StepDone", "done"]
        assert play.open_names() == ["sign"]


def test_three_last_opinions_at_once_close_the_round_once(committed_db):
    for _round in range(ROUNDS):
        play = Play.begin(a_person())
        _row, asked = play.to_round(people(3))
        owners = [task.owner for task in asked]
        results = committed_db.at_once(
            *(
                lambda task=task, by=by: Play(play.process_id, by, play.at, task).answer(task)  # noqa: B023
                for task, by in zip(asked, owners, strict=True)
            )
        )
        assert [result.round_closed for result in results].count(True) == 1
        assert play.open_names() == ["conclude"]


def test_the_deadline_against_the_last_opinion(committed_db):
    for _round in range(ROUNDS):
        play = Play.begin(a_person())
        round_, (task,) = play.to_round(people(1))
        by = task.owner
        results = committed_db.at_once(
            lambda: Play(play.process_id, by, play.at, task).answer(task, by=by),  # noqa: B023
            lambda: Play(play.process_id, by, play.at, round_).close(round_),  # noqa: B023
        )
        assert outcomes(results) == ["StepDone", "done"]
        assert play.open_names() == ["conclude"]


def test_withdrawing_against_the_signature(committed_db):
    for _round in range(ROUNDS):
        play = Play.begin(a_person())
        sign = play.to("sign")
        results = committed_db.at_once(
            doing(play, sign, "signed", play.by),
            lambda: Play(play.process_id, play.by, play.at, sign).withdraw(),  # noqa: B023
        )
        # Signed first, the engine lets the case be withdrawn; the use case does not.
        assert outcomes(results) in (["CaseEnded", "done"], ["done", "done"])
        assert play.open_names() == []
        assert play.process.status == "CANCELED"


def test_taking_back_against_the_next_act(committed_db):
    for _round in range(ROUNDS):
        play, other = Play.begin(a_person()), a_person()
        (step,) = play.act(play.first, "proposed")
        results = committed_db.at_once(
            lambda: Play(play.process_id, play.by, play.at, step).take_back(play.first),  # noqa: B023
            doing(play, step, "returned", other),
        )
        assert outcomes(results) == ["StepDone", "done"]
        assert len(play.open_names()) == 1


def test_an_ended_case_refuses_whoever_waited_for_it(committed_db):
    play = Play.begin(a_person())
    results = committed_db.at_once(*(2 * [Play(play.process_id, play.by, play.at, None).withdraw]))
    assert outcomes(results) == ["CaseEnded", "done"]
    assert any(isinstance(result, CaseEnded) for result in results)


def test_the_lock_is_the_row_that_viewflow_locks(committed_db):
    """An act of ours and `Flow.lock` exclude each other."""
    play = Play.begin(a_person())
    inside = []

    def through_the_engine():
        with engine.hold(play.process_id):
            inside.append("in")
            time.sleep(0.2)
            inside.append("out")

    def through_viewflow():
        with IssuanceFlowV1.lock(play.process_id):
            inside.append("in")
            time.sleep(0.2)
            inside.append("out")

    results = committed_db.at_once(through_the_engine, through_viewflow)
    assert results == [None, None]
    assert inside == ["in", "out"] * 2


def test_whoever_waits_longer_than_the_timeout_is_told_so_and_nothing_is_written(
    committed_db, monkeypatch
):
    play = Play.begin(a_person())
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", _impatient())
    connection.close()
    held, done = threading.Event(), threading.Event()

    def slow():
        with engine.hold(play.process_id):
            held.set()
            done.wait(20)

    def impatient():
        held.wait(20)
        began = time.monotonic()
        try:
            Play(play.process_id, play.by, play.at, play.first).act(play.first, "proposed")
        finally:
            done.set()
            waited.append(time.monotonic() - began)

    waited = []
    results = committed_db.at_once(slow, impatient)
    assert outcomes(results) == ["Busy", "done"]
    busy = results[1]
    assert (busy.status, bool(busy.sentence), bool(busy.advice)) == (409, True, True)
    assert 0.3 < waited[0] < 5
    assert play.open_names() == ["propose"]


def _impatient():
    options = dict(connection.settings_dict["OPTIONS"])
    if connection.vendor == "sqlite":
        return {**options, "timeout": 0.5}
    return {**options, "options": "-c lock_timeout=500ms"}


def test_an_installation_waits_five_seconds_for_a_lock(committed_db):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA busy_timeout")
            assert cursor.fetchone() == (5000,)
        else:
            cursor.execute("SHOW lock_timeout")
            assert cursor.fetchone() == ("5s",)


def test_another_database_error_is_not_called_busy(committed_db):
    play = Play.begin(a_person())
    with pytest.raises(OperationalError, match="no such disk"), engine.hold(play.process_id):
        raise OperationalError("no such disk")
    assert not holding.is_lock_wait(OperationalError("no such disk"))


def test_the_engine_does_nothing_outside_a_transaction(committed_db):
    by = a_person()
    with pytest.raises(engine.NotHeld, match="one transaction"):
        engine.start(IssuanceFlowV1, by=by, at=BEGAN, make_case=lambda process: None)
    assert not Process.objects.exists()
    play = Play.begin(by)
    with transaction.atomic(), pytest.raises(engine.NotHeld, match="not held"):
        engine.withdraw(play.process_id, at=play.tick())
    with pytest.raises(engine.NotHeld, match="one transaction"):
        engine.withdraw(play.process_id, at=play.tick())


def test_an_act_that_fails_releases_the_process_and_leaves_nothing(committed_db):
    play = Play.begin(a_person())
    with pytest.raises(ZeroDivisionError), engine.hold(play.process_id):  # noqa: PT012
        held = engine.open_task(play.first.pk, process_id=play.process_id, node="propose")
        engine.complete(held, "proposed", by=play.by, at=play.at + timedelta(minutes=1))
        _ = 1 / 0
    assert play.open_names() == ["propose"]
    assert committed_db.at_once(doing(play, play.first, "proposed", play.by))[0]
