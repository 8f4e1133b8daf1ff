"""How each thing ends: a round, a step taken back, a paper withdrawn; and what waits for whom."""

from __future__ import annotations

import pytest
from django.db import transaction
from viewflow.workflow.models import Task
from viewflow.workflow.token import Token

from offices.roles import Capability
from tests.playing import BEGAN, Play, a_person, people, stored
from workflows import engine
from workflows.exceptions import CaseEnded
from workflows.flows.issuance_v1 import IssuanceFlowV1

pytestmark = pytest.mark.django_db


@pytest.fixture
def play() -> Play:
    return Play.begin(a_person())


# --- steps --------------------------------------------------------------------------------


def test_a_submission_offers_the_first_step_and_records_who_submitted(play):
    begin, propose = play.rows()
    assert (begin.flow_task.name, begin.owner, begin.status) == ("begin", play.by, "DONE")
    assert {begin.created, begin.started, begin.finished} == {BEGAN}
    assert (propose.pk, propose.status, propose.owner) == (play.first.pk, "NEW", None)
    assert list(propose.previous.all()) == [begin]


def test_a_case_that_cannot_be_made_starts_nothing(play):
    before = stored()

    def refuse(process):
        raise LookupError(process)

    with pytest.raises(LookupError), transaction.atomic():
        engine.start(IssuanceFlowV1, by=play.by, at=play.tick(), make_case=refuse)
    assert stored() == before


def test_an_act_keeps_who_when_which_way_and_what_it_was_told_to_keep(play):
    somebody = a_person()
    (offered,) = play.act(play.first, "returned", by=somebody, data={"returns": 1})
    row = play.rows()[1]
    assert (row.owner, row.status, row.finished) == (somebody, "DONE", play.at)
    assert row.data == {"outcome": "returned", "returns": 1}
    assert (offered.flow_task.name, offered.created) == ("rework", play.at)


def test_an_outcome_the_step_does_not_have_does_nothing(play):
    before = stored()
    with pytest.raises(ValueError, match="no outcome 'signed'"):
        play.act(play.first, "signed")
    assert stored() == before


def test_a_refusal_does_not_say_who_was_first(play):
    play.act(play.first, "proposed")
    with pytest.raises(engine.StepDone) as refused:
        play.act(play.first, "proposed")
    said = f"{refused.value.sentence} {refused.value.advice} {refused.value.facts}"
    assert play.by.display_name not in said
    assert (refused.value.status, refused.value.task.owner) == (409, play.by)


# --- rounds -------------------------------------------------------------------------------


def test_a_round_asks_each_reviewer_and_stands_open_itself(play):
    reviewers = people(3)
    round_, asked = play.to_round(reviewers)
    assert [task.owner_id for task in asked] == [person.pk for person in reviewers]
    assert {task.assigned for task in asked} == {play.at}
    assert play.open_names() == ["collect_opinions", "opinion", "opinion", "opinion"]
    assert [task.pk for task in engine.open_instances(round_)] == [task.pk for task in asked]
    assert all(list(task.previous.all()) == [round_] for task in asked)


@pytest.mark.parametrize("asked", [[], "the same person twice"])
def test_a_round_asks_somebody_and_nobody_twice(play, asked):
    (step,) = play.act(play.first, "proposed")
    before = stored()
    with pytest.raises(ValueError, match="round"):
        play.act(step, "opened", owners=[play.by, play.by] if asked else [])
    assert stored() == before


def test_only_a_round_asks_people_by_name(play):
    with pytest.raises(ValueError, match="nothing else does"):
        play.act(play.first, "proposed", owners=[play.by])


def test_the_round_ends_with_the_last_answer_whatever_the_order(play):
    _round, asked = play.to_round(people(3))
    for task in (asked[2], asked[0]):
        assert play.answer(task) == engine.Answer(round_closed=False)
    last = play.answer(asked[1])
    (offered,) = last.offered
    assert (last.round_closed, last.silent) == (True, 0)
    assert (play.open_names(), offered.flow_task.name) == (["conclude"], "conclude")


def test_a_majority_ends_nothing(play):
    _round, asked = play.to_round(people(5))
    for task in asked[:4]:
        play.answer(task)
    assert play.open_names() == ["collect_opinions", "opinion"]


def test_a_delegate_answers_and_the_row_keeps_who_was_asked(play):
    _round, (task,) = play.to_round(people(1))
    delegate = a_person()
    play.answer(task, by=delegate)
    row = Task.objects.get(pk=task.pk)
    assert (row.owner, row.data["asked"]) == (delegate, task.owner_id)


@pytest.mark.parametrize("answered", [0, 1, 2])
def test_a_deadline_closes_the_round_with_whoever_has_not_answered(play, answered):
    round_, asked = play.to_round(people(3))
    for task in asked[:answered]:
        play.answer(task)
    closed = play.close(round_)
    assert (closed.round_closed, closed.silent) == (True, 3 - answered)
    assert play.open_names() == ["conclude"]
    silent = Task.objects.filter(pk__in=[task.pk for task in asked[answered:]])
    assert {(row.status, row.finished) for row in silent} == {("CANCELED", play.at)}
    assert Task.objects.get(pk=round_.pk).owner is None


def test_a_round_closed_early_keeps_who_closed_it(play):
    round_, _asked = play.to_round(people(2))
    play.close(round_, by=play.by)
    row = Task.objects.get(pk=round_.pk)
    assert (row.owner, row.data) == (play.by, {"outcome": "closed"})


def test_a_late_opinion_is_refused(play):
    round_, asked = play.to_round(people(2))
    play.close(round_)
    with pytest.raises(engine.StepDone):
        play.answer(asked[0])
    assert play.open_names() == ["conclude"]


def test_a_round_is_closed_once(play):
    round_, asked = play.to_round(people(1))
    play.answer(asked[0])
    with pytest.raises(engine.StepDone):
        play.close(round_)
    assert play.open_names() == ["conclude"]


def test_the_rounds_of_a_case_are_kept_apart(play):
    """Three rounds in one case; an answer to one touches no other."""
    step = play.first
    for _again in range(3):
        (opening,) = play.act(step, "proposed")
        _round, *asked = play.act(opening, "opened", owners=people(2))
        assert play.answer(asked[0]) == engine.Answer(round_closed=False)
        (conclude,) = play.answer(asked[1]).offered
        (received,) = play.act(conclude, "returned")
        (rework,) = play.act(received, "assigned")
        (step,) = play.act(rework, "resubmitted")
    assert play.open_names() == ["propose"]
    assert len([row for row in play.rows() if row.flow_task.name == "opinion"]) == 6


def test_a_round_whose_number_begins_like_anothers_is_not_touched(play):
    """Token `start/1_…` is no prefix of `start/12_…`."""
    round_, asked = play.to_round(people(1))
    stranger = Task.objects.create(
        process_id=play.process_id,
        flow_task=IssuanceFlowV1.opinion,
        status="ASSIGNED",
        owner=play.by,
        token=Token(f"start/{round_.pk}2_1"),
        created=play.at,
    )
    assert [task.pk for task in engine.open_instances(round_)] == [asked[0].pk]
    assert play.close(round_).silent == 1
    assert play.open_names() == ["opinion", "conclude"]
    assert Task.objects.get(pk=stranger.pk).finished is None


# --- taking back --------------------------------------------------------------------------


def test_what_was_sent_can_be_taken_back_until_somebody_acts(play):
    play.act(play.first, "proposed")
    again = play.take_back(play.first)
    sent, cancelled = play.rows()[1:3]
    assert (sent.pk, sent.status, sent.data) == (play.first.pk, "DONE", {"outcome": "proposed"})
    assert (cancelled.status, cancelled.finished) == ("CANCELED", play.at)
    assert (again.flow_task.name, again.created) == ("propose", play.at)
    assert list(again.previous.all()) == [cancelled]
    play.act(again, "proposed")
    assert play.rows()[3].data == {"outcome": "proposed", "taken_back": sent.pk}
    assert play.open_names() == ["open_round"]


def test_a_submission_taken_back_is_reworked(play):
    begin = play.rows()[0]
    rework = play.take_back(begin)
    assert (rework.flow_task.name, play.open_names()) == ("rework", ["rework"])
    play.act(rework, "resubmitted")
    assert play.open_names() == ["propose"]


def test_a_round_without_an_answer_can_be_taken_back(play):
    (opening,) = play.act(play.first, "proposed")
    _round, *asked = play.act(opening, "opened", owners=people(3))
    play.take_back(opening)
    assert play.open_names() == ["open_round"]
    with pytest.raises(engine.StepDone):
        play.answer(asked[0])


def test_a_round_with_an_answer_cannot_be_taken_back(play):
    (opening,) = play.act(play.first, "proposed")
    _round, *asked = play.act(opening, "opened", owners=people(3))
    play.answer(asked[1])
    with pytest.raises(engine.StepDone) as refused:
        play.take_back(opening)
    assert refused.value.task.pk == asked[1].pk
    assert len(play.open_names()) == 3


def test_what_somebody_acted_on_cannot_be_taken_back(play):
    other = a_person()
    (step,) = play.act(play.first, "proposed")
    play.act(step, "returned", by=other)
    with pytest.raises(engine.StepDone) as refused:
        play.take_back(play.first)
    assert refused.value.task.owner == other
    assert play.open_names() == ["receive_return"]


def test_only_the_sender_takes_back_and_only_once(play):
    play.act(play.first, "proposed")
    with pytest.raises(engine.NothingToTakeBack):
        play.take_back(play.first, by=a_person())
    play.take_back(play.first)
    with pytest.raises(engine.NothingToTakeBack):
        play.take_back(play.first)


def test_an_open_step_or_an_opinion_is_nothing_to_take_back(play):
    with pytest.raises(engine.NothingToTakeBack):
        play.take_back(play.first)
    _round, asked = play.to_round([play.by, a_person()])
    play.answer(asked[0])
    with pytest.raises(engine.NothingToTakeBack):
        play.take_back(asked[0])


def test_a_task_of_another_case_is_nothing_to_take_back_here(play):
    other = Play.begin(play.by)
    other.act(other.first, "proposed")
    with pytest.raises(engine.NotThisTask):
        play.take_back(other.first)


# --- withdrawing --------------------------------------------------------------------------


def test_a_withdrawn_case_has_nothing_open_and_takes_no_act(play):
    round_, asked = play.to_round(people(2))
    play.answer(asked[0])
    assert play.withdraw() == 2
    assert play.open_names() == []
    assert play.process.status == "CANCELED"
    for act in (
        lambda: play.answer(asked[1]),
        lambda: play.close(round_),
        lambda: play.take_back(play.first),
        play.withdraw,
    ):
        with pytest.raises(CaseEnded):
            act()


def test_what_one_act_ends_is_over_for_another_under_the_same_hold(play):
    with engine.hold(play.process_id) as process:
        play.withdraw()
        assert process.status == "CANCELED"
        with pytest.raises(CaseEnded):
            engine.open_task(play.first.pk, process_id=play.process_id, node="propose")


# --- reads --------------------------------------------------------------------------------


def test_what_waits_in_some_cases_is_read_at_once(play, django_assert_num_queries):
    other = Play.begin(play.by)
    _round, asked = other.to_round(people(2))
    with django_assert_num_queries(1):
        found = engine.open_tasks([play.process_id, other.process_id])
        assert [task.process.pk for task in found] == [play.process_id] + 2 * [other.process_id]
    assert [task.pk for task in found] == [play.first.pk, *(task.pk for task in asked)]


def test_what_waits_for_a_lane_or_a_person_is_read_at_once(play, django_assert_num_queries):
    other = Play.begin(play.by)
    _round, (mine, _theirs) = other.to_round(people(2))
    with django_assert_num_queries(1):
        found = engine.waiting(
            [IssuanceFlowV1], lanes={Capability.PROPOSE}, owner_ids=[mine.owner_id]
        )
    assert [task.pk for task in found] == [play.first.pk, mine.pk]
    assert engine.waiting([IssuanceFlowV1], lanes={Capability.SIGN}) == []
    assert engine.waiting([IssuanceFlowV1]) == []


def test_a_page_finds_its_task_by_the_key_alone(play, django_assert_num_queries):
    play.act(play.first, "proposed")
    with django_assert_num_queries(1):
        found = engine.find(play.first.pk)
        assert found.process.pk == play.process_id
    assert not engine.is_open(found)
    assert [engine.is_open(task) for task in engine.open_tasks([play.process_id])] == [True]
    assert engine.find(0) is None


def test_a_trail_names_who_acted_without_more_reads(play, django_assert_num_queries):
    play.to_the_end()
    with django_assert_num_queries(1):
        trail = [(row.flow_task.title, row.owner and row.owner.username) for row in play.rows()]
    assert trail[0] == ("Gửi trình", play.by.username)
    assert trail[-1] == ("Đã phát hành", None)
