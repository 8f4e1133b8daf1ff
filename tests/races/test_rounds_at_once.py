"""What comes after a round at the moment of its conclusion; and two clocks that tell at once."""

from __future__ import annotations

import pytest

from tests import acting
from tests.acting import on
from workflows.exceptions import Conflict
from workflows.models import Act, Chase, LateOpinion, Opinion, ReviewRound
from workflows.services import concluding, reviewing

pytestmark = [pytest.mark.races, pytest.mark.usefixtures("again")]


@pytest.fixture(params=range(3))
def again(request):
    """Every race is run several times: who wins is not ours to say."""
    return request.param


def refused_of(results):
    """What was refused; anything else that was raised fails the test."""
    refused = [one for one in results if isinstance(one, Exception)]
    assert all(isinstance(one, Conflict) for one in refused), results
    return refused


def test_a_late_opinion_against_the_conclusion_is_attached_and_changes_nothing(example):
    late = acting.late_opinion(example)
    conclude = on(
        example, "economy objectives", "pct-vanxa", concluding.conclude,
        outcome=concluding.ENDORSED, text="Thống nhất.",
        answers=[
            concluding.Answer(one.pk, "explained", "Đã nêu rõ.")
            for one in Opinion.objects.filter(round__case=example.case("economy objectives"))
            if concluding.needs_answer(one)
        ],
    )  # fmt: skip
    assert refused_of(example.database.at_once(late, conclude)) == []
    round_ = ReviewRound.objects.get(case=example.case("economy objectives"))
    assert round_.conclusion.outcome == "endorsed"
    assert LateOpinion.objects.get(opinion__round=round_).opinion.choice == "silent"
    assert example.waits_at("economy objectives") == ["check_form"]


def test_of_two_late_opinions_on_one_form_one_is_kept(example):
    late = acting.late_opinion(example)
    case = example.case("economy objectives")
    assert len(refused_of(example.database.at_once(late, late))) == 1
    assert LateOpinion.objects.filter(opinion__round__case=case).count() == 1
    assert Act.objects.filter(name="give_late_opinion", case=case).count() == 1


@pytest.mark.parametrize("name", ["remind", "remind_round", "escalate"])
def test_two_clocks_that_tell_at_once_tell_once(example, name):
    told = Chase.objects.count()
    act = acting.ACTS[name](example)
    twice = acting.ACTS[name](example)
    assert sorted(example.database.at_once(act, twice)) == [False, True]
    fresh = list(Chase.objects.order_by("pk")[told:])
    assert len({(one.task_id, one.told_id) for one in fresh}) == len(fresh) > 0
    assert Act.objects.filter(name__startswith="task_", at=fresh[0].at).count() == 1


def test_the_person_against_the_superior_leaves_no_word_of_a_task_that_is_done(example):
    escalate = acting.ACTS["escalate"](example)
    proposed, told = example.database.at_once(acting.ACTS["propose"](example), escalate)
    assert not isinstance(proposed, Exception), proposed
    assert told in (True, False)
    assert Chase.objects.filter(sort="escalated", node="propose").exists() is told


def test_taking_a_round_back_against_the_first_opinion_is_one_of_the_two(example):
    back = acting.ACTS["take_back.open_round"](example)
    round_ = ReviewRound.objects.latest("pk")
    answer = on(
        example, "reception objectives", "cvp", reviewing.give_opinion,
        choice=Opinion.Choice.AGREE, remarks="",
    )  # fmt: skip
    assert len(refused_of(example.database.at_once(back, answer))) == 1
    round_.refresh_from_db()
    answered = round_.opinions.filter(choice="agree").exists()
    assert answered is (round_.closed_how != "taken_back")
    waits = example.waits_at("reception objectives")
    assert set(waits) == ({"opinion"} if answered else {"open_round"})
