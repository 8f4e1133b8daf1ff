"""The stages of a revision: nothing issued that was not signed, nothing withdrawn that was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.lifecycle import MOVES, ORDER, UNDONE, IllegalMove, Stage, place
from documents.models import StageLabel

BY_NAME = {move.name: move for move in MOVES}
ALLOWED = {
    (Stage.DRAFT, "propose"): Stage.PROPOSED,
    (Stage.PROPOSED, "endorse"): Stage.ENDORSED,
    (Stage.ENDORSED, "check"): Stage.CHECKED,
    (Stage.CHECKED, "sign"): Stage.SIGNED,
    (Stage.SIGNED, "issue"): Stage.ISSUED,
    (Stage.DRAFT, "withdraw"): Stage.WITHDRAWN,
    (Stage.PROPOSED, "withdraw"): Stage.WITHDRAWN,
    (Stage.ENDORSED, "withdraw"): Stage.WITHDRAWN,
    (Stage.CHECKED, "withdraw"): Stage.WITHDRAWN,
}


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("name", BY_NAME)
def test_every_move_from_every_stage_is_in_the_table(stage, name):
    move = BY_NAME[name]
    if (stage, name) in ALLOWED:
        assert move.from_(stage) is ALLOWED[stage, name]
        return
    with pytest.raises(IllegalMove) as refused:
        move.from_(stage)
    assert (refused.value.move, refused.value.stage) == (name, stage)


def walk(moves):
    """Try the moves in turn; what is illegal is refused and skipped."""
    seen = [Stage.DRAFT]
    for move in moves:
        try:
            seen.append(move.from_(seen[-1]))
        except IllegalMove:
            continue
    return seen


@given(st.lists(st.sampled_from(MOVES)))
def test_nothing_is_issued_that_did_not_pass_every_stage_in_its_order(moves):
    seen = walk(moves)
    if Stage.ISSUED in seen:
        assert seen == list(ORDER)


@given(st.lists(st.sampled_from(MOVES)))
def test_a_paper_only_goes_forward_and_what_is_withdrawn_stays_so(moves):
    seen = walk(moves)
    places = [place(stage) for stage in seen if stage is not Stage.WITHDRAWN]

    assert places == sorted(set(places))
    assert Stage.WITHDRAWN not in seen[:-1]


@given(st.lists(st.sampled_from(MOVES)))
def test_what_is_signed_is_never_withdrawn(moves):
    """After the signature only the signatory or the clerk stops a paper."""
    seen = walk(moves)
    if Stage.SIGNED in seen:
        assert Stage.WITHDRAWN not in seen


def test_every_stage_can_be_reached():
    reached = {Stage.DRAFT} | {move.target for move in MOVES}

    assert reached == set(Stage)


def test_the_stages_people_read_are_the_stages_of_the_rules():
    assert {label.value for label in StageLabel} == {stage.value for stage in Stage}
    assert [place(stage) for stage in ORDER] == [1, 2, 3, 4, 5, 6]
    assert place(Stage.WITHDRAWN) is None


@pytest.mark.parametrize(("move", "undoing"), UNDONE.items())
def test_what_a_sender_undoes_is_exactly_what_the_sender_did(move, undoing):
    (source,) = move.sources
    assert undoing.from_(move.from_(source)) is source
    for stage in set(Stage) - {move.target}:
        with pytest.raises(IllegalMove):
            undoing.from_(stage)
