"""What an act costs the database: pinned, the same on SQLite and PostgreSQL.

A number that grows is a decision; the budgets of the design are beside it.
"""

from __future__ import annotations

import pytest

from tests.playing import Play, a_person, people, statements
from workflows import engine

pytestmark = pytest.mark.django_db

PLAIN_ACT, OPINION, LAST_OPINION, WHOLE_CASE = 5, 4, 8, 64
BUDGET = {PLAIN_ACT: 10, OPINION: 9, LAST_OPINION: 14, WHOLE_CASE: 125}


def verbs(sent: list[str]) -> list[str]:
    return [sql.split()[0] for sql in sent]


def test_what_is_pinned_is_within_the_budget():
    assert all(pinned <= budget for pinned, budget in BUDGET.items())


def test_a_case_starts_with_four_statements():
    by = a_person()
    with statements() as sent:
        Play.begin(by)
    assert verbs(sent) == ["INSERT"] * 4


def test_a_plain_act_locks_reads_saves_once_and_offers_the_next_step():
    play = Play.begin(a_person())
    with statements() as sent:
        play.act(play.first, "proposed")
    assert verbs(sent) == ["SELECT", "SELECT", "UPDATE", "INSERT", "INSERT"]
    assert len(sent) == PLAIN_ACT


def test_an_act_writes_five_columns_of_its_task():
    play = Play.begin(a_person())
    with statements() as sent:
        play.act(play.first, "proposed")
    (update,) = [sql for sql in sent if sql.startswith("UPDATE")]
    assert update.partition(" WHERE ")[0].count(" = ") == 5


@pytest.mark.parametrize("reviewers", [1, 3, 30])
def test_opening_a_round_costs_the_same_for_any_number_of_reviewers(reviewers):
    play = Play.begin(a_person())
    (step,) = play.act(play.first, "proposed")
    asked = people(reviewers)
    with statements() as sent:
        play.act(step, "opened", owners=asked)
    assert verbs(sent) == ["SELECT", "SELECT", "UPDATE"] + ["INSERT"] * 4


def test_an_opinion_and_the_last_opinion():
    play = Play.begin(a_person())
    _round, (first, last) = play.to_round(people(2))
    owners = {first.pk: first.owner, last.pk: last.owner}
    with statements() as sent:
        play.answer(first, by=owners[first.pk])
    assert verbs(sent) == ["SELECT", "SELECT", "UPDATE", "SELECT"]
    assert len(sent) == OPINION
    with statements() as sent:
        play.answer(last, by=owners[last.pk])
    assert len(sent) == LAST_OPINION


@pytest.mark.parametrize("reviewers", [2, 20])
def test_closing_a_round_costs_the_same_for_any_number_of_silent_reviewers(reviewers):
    play = Play.begin(a_person())
    round_, _asked = play.to_round(people(reviewers))
    with statements() as sent:
        play.close(round_)
    assert verbs(sent) == ["SELECT", "SELECT", "UPDATE", "UPDATE", "INSERT", "INSERT"]


def test_the_last_act_ends_the_process_with_it():
    play = Play.begin(a_person())
    step = play.to("issue")
    with statements() as sent:
        play.act(step, "issued")
    assert verbs(sent) == ["SELECT", "SELECT", "UPDATE", "INSERT", "INSERT", "SELECT", "UPDATE"]


def test_taking_back_and_withdrawing():
    play = Play.begin(a_person())
    play.act(play.first, "proposed")
    with statements() as sent:
        play.take_back(play.first)
    assert verbs(sent) == ["SELECT", "SELECT", "SELECT", "UPDATE", "INSERT", "INSERT"]
    with statements() as sent:
        play.withdraw()
    assert verbs(sent) == ["SELECT", "UPDATE", "UPDATE"]


def test_a_refused_act_writes_nothing():
    play = Play.begin(a_person())
    play.act(play.first, "proposed")
    with statements() as sent, pytest.raises(engine.StepDone):
        play.act(play.first, "proposed")
    assert verbs(sent) == ["SELECT", "SELECT"]


def test_a_whole_case_of_twelve_acts_with_three_reviewers():
    by, reviewers = a_person(), people(3)
    with statements() as sent:
        play = Play.begin(by)
        _round, asked = play.to_round(reviewers)
        answers = [play.answer(task, by=by) for task in asked]
        (step,) = answers[-1].offered
        for outcome in ("endorsed", "passed", "referred", "signed", "registered"):
            (step,) = play.act(step, outcome)
        play.act(step, "issued")
    assert len(sent) == WHOLE_CASE
