"""The exported diagram runs in another engine, unchanged, and goes the same ways as ours.

Both engines are walked together from the submission on. In every state each act of the alphabet is
tried on both: both must do it and then stand at the same place, or both must refuse it. States
are told apart by where the case stands and how often it was returned, up to twice; the same
state is not walked again, for what both engines do next hangs on nothing else. That this is so
is what the long walks at the end try, which forget nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from SpiffWorkflow.bpmn.specs.event_definitions import timer as spiff_timer

from tests.engines import (
    ASKED,
    OVER,
    WITHDRAWN,
    Marking,
    Ours,
    Spiff,
    StandingClock,
    alphabet,
    exported,
)
from tests.playing import Play, a_person, people
from workflows.flows.confirmation_v1 import ConfirmationFlowV1
from workflows.flows.issuance_v1 import IssuanceFlowV1
from workflows.flows.letter_v1 import LetterFlowV1
from workflows.nodes import UserTask

# Whose turn it is, is decided in Python; the acts themselves run on both databases elsewhere.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

ACTS = alphabet(IssuanceFlowV1)
RETURNS = {"returned", "refused", "abandoned"}
MOST_RETURNS = 2
State = tuple[int, Marking]


@pytest.fixture
def both(db, monkeypatch):
    """The two engines, each with a case just submitted."""
    monkeypatch.setattr(spiff_timer, "datetime", StandingClock)
    ours = Ours(Play.begin(a_person()), people(ASKED))
    return ours, Spiff.begin(*exported(IssuanceFlowV1))


@dataclass
class Walk:
    """What was walked: every state, and where each act that both did leads from it."""

    ways: dict[State, dict[str, State]] = field(default_factory=dict)
    acts: list[str] = field(default_factory=lambda: ACTS)

    def on(self, ours: Ours, spiff: Spiff, returns: int) -> State:
        """Walk on from where both stand, and come back there."""
        standing = ours.standing()
        marking = ours.marking(standing)
        assert spiff.marking() == marking
        state = (returns, marking)
        if state in self.ways:
            return state
        self.ways[state] = {}
        for act in self.acts if standing else ():
            there = self._after(act, ours, spiff, standing, returns)
            if there is not None:
                self.ways[state][act] = there
        return state

    def _after(
        self, act: str, ours: Ours, spiff: Spiff, standing: list[Any], returns: int
    ) -> State | None:
        """Do an act in both and walk on; None where both refuse it, or a third return begins."""
        other = spiff.after(act)
        with transaction.atomic():
            did = ours.does(act, standing)
            assert did is (other is not None), act
            there = None
            if other is not None:
                again = returns + (act.partition(":")[2] in RETURNS)
                there = self.on(ours, other, again) if again <= MOST_RETURNS else None
            transaction.set_rollback(True)
        return there


def traces(ways: dict[State, dict[str, State]], start: State) -> Counter[Marking]:
    """Count the traces from a state by how they end, up to two returns; a referral is taken once."""

    @cache
    def ends(state: State) -> Counter[Marking]:
        if state[1] in {OVER, WITHDRAWN}:
            return Counter([state[1]])
        return sum((ends(there) for there in ways[state].values() if there != state), Counter())

    return ends(start)


def test_both_engines_do_the_same_acts_in_every_state_to_two_returns(both):
    walk = Walk()
    start = walk.on(*both, 0)
    steps = {node.name for node in IssuanceFlowV1.instance.nodes() if isinstance(node, UserTask)}
    assert {marking[0] for _returns, marking in walk.ways} >= steps | {"over", "withdrawn"}
    # Nothing of the alphabet was left untried by both: each act was done somewhere.
    assert {act for ways in walk.ways.values() for act in ways} == set(ACTS)
    # Three opinions in any order: every set of those who have answered was a state.
    sets = {marking[1] for _returns, marking in walk.ways if marking[0] == "collect_opinions"}
    assert len(sets) == 2**ASKED - 1
    assert walk.ways[0, OVER] == {} == walk.ways[0, WITHDRAWN]
    assert start == (0, ("propose", frozenset()))
    # What this stands for, were every trace walked by itself.
    assert sum(traces(walk.ways, start).values()) > 2_000_000


def test_both_engines_hear_the_committee_after_the_issue_alike(db, monkeypatch):
    monkeypatch.setattr(spiff_timer, "datetime", StandingClock)
    begun = Play.begin(a_person(), flow_class=ConfirmationFlowV1)
    ours, spiff = Ours(begun, people(ASKED)), Spiff.begin(*exported(ConfirmationFlowV1))
    walk = Walk(acts=alphabet(ConfirmationFlowV1))
    start = walk.on(ours, spiff, 0)
    assert start == (0, ("open_round", frozenset()))
    # An issued paper is neither returned nor withdrawn: nothing is walked but this.
    met = {marking[0] for _returns, marking in walk.ways}
    assert met == {"open_round", "collect_opinions", "conclude", "answer_refusal", "over"}
    done = {act for ways in walk.ways.values() for act in ways}
    assert set(walk.acts) - done == {"withdraw"}
    assert traces(walk.ways, start).keys() == {OVER}


def test_both_engines_carry_a_letter_alike_to_two_returns(db, monkeypatch):
    monkeypatch.setattr(spiff_timer, "datetime", StandingClock)
    begun = Play.begin(a_person(), flow_class=LetterFlowV1)
    ours, spiff = Ours(begun, people(ASKED)), Spiff.begin(*exported(LetterFlowV1))
    walk = Walk(acts=alphabet(LetterFlowV1))
    start = walk.on(ours, spiff, 0)
    assert start == (0, ("propose", frozenset()))
    steps = {node.name for node in LetterFlowV1.instance.nodes() if isinstance(node, UserTask)}
    assert {marking[0] for _returns, marking in walk.ways} == steps | {"over", "withdrawn"}
    # A letter asks no committee: nothing of a round can be done, and all else was.
    done = {act for ways in walk.ways.values() for act in ways}
    of_a_round = {"expire_round", "close_round", "record_minutes"}
    assert set(walk.acts) - done == of_a_round | {f"opinion:{one}" for one in range(ASKED)}
    assert traces(walk.ways, start).keys() == {OVER, WITHDRAWN}


def test_the_engines_are_told_apart_when_the_file_says_something_else(both, monkeypatch):
    """The comparison can fail: one condition changed, and the walk finds it."""
    data, key = exported(IssuanceFlowV1)
    ours, _spiff = both
    changed = data.replace(b'outcome == "refused"', b'outcome == "returned"')
    assert changed != data
    with pytest.raises(AssertionError, match="register:refused"):
        Walk().on(ours, Spiff.begin(changed, key), 0)


def test_a_round_that_would_end_before_all_were_heard_is_found(both):
    """The condition that ends a round counts for both: ended one earlier, and the walk finds it."""
    data, key = exported(IssuanceFlowV1)
    changed = data.replace(b"awaited_count == 0", b"awaited_count == 1")
    assert changed != data
    ours, _spiff = both
    with pytest.raises(AssertionError):
        Walk().on(ours, Spiff.begin(changed, key), 0)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25
)
@given(draws=st.lists(st.integers(min_value=0, max_value=59), min_size=5, max_size=60))
def test_long_walks_end_alike_in_both(both, draws):
    ours, spiff = both
    with transaction.atomic():
        for draw in draws:
            standing = ours.standing()
            marking = ours.marking(standing)
            assert spiff.marking() == marking
            if marking in {OVER, WITHDRAWN}:
                break
            open_to = [one for one in ACTS if belongs(one, marking)]
            act = open_to[draw % len(open_to)]
            other = spiff.after(act)
            assert ours.does(act, standing) is (other is not None)
            spiff = other or spiff
        transaction.set_rollback(True)


def belongs(act: str, marking: Marking) -> bool:
    """Whether an act is worth a draw: it is of the step that waits, or of no step."""
    step = act.partition(":")[0]
    if step == "opinion":
        return marking[0] == "collect_opinions"
    return step == marking[0] or (step != "withdraw" and ":" not in act)
