"""How papers stand to one another: every verb with its inverse, no circle of replacement."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from documents.models import Relation
from documents.relations import (
    EXECUTED_ON_ISSUE,
    VERBS,
    WITHOUT_EFFECT,
    WORDINGS,
    RelationKind,
    would_loop,
)
from documents.selectors.relations import WORDS
from documents.services.issuing import WHOLE_EFFECT

EDGES = st.sets(st.tuples(st.integers(1, 7), st.integers(1, 7)).filter(lambda e: e[0] != e[1]))


def test_every_verb_has_words_for_both_sides():
    assert set(WORDINGS) == set(WORDS) == set(RelationKind)
    for table in (
        {(one.forward, one.backward) for one in WORDINGS.values()},
        set(WORDS.values()),
    ):
        assert len(table) == len(RelationKind)
        assert all(forward != backward for forward, backward in table)


def test_the_stored_verbs_are_those_of_the_rules():
    assert set(Relation.Verb.values) == {kind.value for kind in RelationKind}


def test_every_verb_that_acts_on_issue_has_its_effect_and_no_other_has_one():
    assert set(WHOLE_EFFECT) == EXECUTED_ON_ISSUE - WITHOUT_EFFECT
    assert WITHOUT_EFFECT <= EXECUTED_ON_ISSUE
    assert not {RelationKind.BASED_ON, RelationKind.CITES} & EXECUTED_ON_ISSUE


def test_the_verbs_of_decisions_are_read_as_what_they_do():
    assert VERBS["thay thế"] is RelationKind.REPLACES
    assert VERBS["bãi bỏ"] is VERBS["hủy bỏ"] is RelationKind.REPEALS
    assert set(VERBS.values()) <= EXECUTED_ON_ISSUE


def reaches(edges: set[tuple[int, int]], start: int, goal: int) -> bool:
    """The oracle: whether a walk along replacements leads from one paper to the other."""
    reached = {start}
    for _ in range(len(edges) + 1):
        reached |= {target for source, target in edges if source in reached}
    return goal in reached


@given(EDGES, st.integers(1, 7), st.integers(1, 7))
def test_a_replacement_that_would_close_a_circle_is_seen(edges, source, target):
    assert would_loop(edges, source, target) is reaches(edges, target, source)


def test_a_chain_may_branch_but_not_turn_back():
    chain = {(812, 455), (1073, 812), (1080, 1073)}

    assert not would_loop(chain, 1081, 1080)
    assert not would_loop(chain, 1080, 455)
    assert would_loop(chain, 455, 1080)
    assert would_loop(chain, 812, 812)
