"""Whether a paper can be completed by who there is: the search agrees with trying everything."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from workflows.feasibility import APART, BARRED, NOBODY, SHARED, Need, assignment, obstacles

STEPS = ("propose", "opinion", "conclude", "sign", "register", "issue")
one_pair = st.frozensets(st.integers(1, 4), min_size=1, max_size=2)
some = st.lists(one_pair, max_size=3).map(tuple)
barring = st.frozensets(st.integers(1, 4), max_size=2)
needs_of = st.fixed_dictionaries({step: st.tuples(some, barring) for step in STEPS}).map(
    lambda found: [Need(step, *found[step]) for step in STEPS]
)


def by_trying_everything(needs):
    """Whether any choice of hands does: every combination, held against the rules as written."""
    for hands in product(*(need.hands for need in needs)):
        chosen = dict(zip((need.step for need in needs), hands, strict=True))
        barred = any(chosen[need.step] & need.barred for need in needs)
        shared = any(chosen[first] & chosen[second] for first, second in APART)
        if not barred and not shared:
            return True
    return False


@given(needs_of)
def test_there_is_an_obstacle_exactly_where_no_combination_does(needs):
    possible = by_trying_everything(needs)
    assert (obstacles(needs) == ()) is possible
    assert (assignment(needs) is not None) is possible


@given(needs_of)
def test_what_is_found_keeps_every_rule(needs):
    found = assignment(needs)
    if found is None:
        return
    for need in needs:
        assert found[need.step] in need.hands
        assert not found[need.step] & need.barred
    assert not any(found[first] & found[second] for first, second in APART)


@given(needs_of)
def test_taking_an_obstacle_away_from_each_step_named_makes_it_possible(needs):
    """Whoever is told the steps and staffs them with fresh people can go on."""
    named = {step for one in obstacles(needs) for step in one.steps}
    fresh = {step: frozenset({100 + number}) for number, step in enumerate(STEPS)}
    staffed = [
        Need(one.step, (*one.hands, fresh[one.step]), one.barred) if one.step in named else one
        for one in needs
    ]
    again = {step for one in obstacles(staffed) for step in one.steps}
    # What remains was hidden behind what was named, and is another step.
    assert not again & named


def hands(*people):
    return tuple(frozenset({one}) for one in people)


def test_a_vacancy_a_bar_and_one_person_for_two_steps_are_told_apart():
    ann, ben = 1, 2
    assert obstacles([Need("sign", ())])[0].kind == NOBODY
    assert obstacles([Need("sign", hands(ann), frozenset({ann}))])[0].kind == BARRED
    (both,) = obstacles([Need("sign", hands(ann)), Need("register", hands(ann))])
    assert (both.kind, both.steps) == (SHARED, ("sign", "register"))
    assert obstacles([Need("sign", hands(ann, ben)), Need("register", hands(ann))]) == ()


def test_standing_in_does_not_make_two_people_of_one():
    """The clerk's stand-in is the signatory himself: the seal needs another hand."""
    signatory, clerk = 1, 2
    needs = [
        Need("sign", hands(signatory)),
        Need("issue", (frozenset({signatory, clerk}),)),
    ]
    assert obstacles(needs)[0].steps == ("sign", "issue")
