"""A case is held against its procedure: what it did right is silent, each wrong turn is named."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.mining import LAWFUL, OUT, a_trace, mutated, on_the_net
from workflows import mining
from workflows.flows.confirmation_v1 import ConfirmationFlowV1
from workflows.flows.issuance_v1 import IssuanceFlowV1
from workflows.mining import Event, Fault, Trace, UnreadableLog

NET = mining.unfolded(IssuanceFlowV1, asked=[3])


def faults(*names: str, asked: int | None = 3) -> list[tuple[Fault, int]]:
    found = mining.deviations(a_trace(*names, asked=asked), IssuanceFlowV1)
    return [(one.fault, one.event) for one in found]


def without(*names: str, of: tuple[str, ...] = LAWFUL["straight"]) -> list[str]:
    return [name for name in of if name not in names]


@pytest.mark.parametrize("names", LAWFUL.values(), ids=LAWFUL)
def test_a_lawful_case_is_silent(names):
    assert faults(*names) == []


def test_a_reviewer_who_was_skipped_is_found():
    names = list(LAWFUL["straight"])
    names.remove("opinion:given")
    (found,) = mining.deviations(a_trace(*names, asked=3), IssuanceFlowV1)
    assert found.fault is Fault.SKIPPED_REVIEWER
    assert found.event == names.index("collect_opinions:answered")
    assert "còn 1 trên 3 người được hỏi chưa trả lời" in found.sentence


def test_a_signature_before_the_check_is_found():
    names = without("check_form:passed")
    (found,) = mining.deviations(a_trace(*names), IssuanceFlowV1)
    assert (found.fault, found.event) == (Fault.SIGNED_BEFORE_CHECK, names.index("sign:signed"))
    assert "được ký khi chưa qua thẩm tra" in found.sentence


def test_a_paper_issued_unsigned_is_found_where_it_was_numbered_and_where_it_went_out():
    names = without("sign:signed")
    found = mining.deviations(a_trace(*names), IssuanceFlowV1)
    assert [one.fault for one in found] == [Fault.NOT_ITS_TURN, Fault.ISSUED_UNSIGNED]
    assert "đang chờ ở bước “Ký ban hành”" in found[0].sentence
    assert "phát hành khi chưa có chữ ký" in found[1].sentence


def test_a_signature_from_before_a_return_is_none():
    """What was returned after the signature is another text; the old signature carries nothing."""
    names = [*LAWFUL["returned after the signature"]]
    again = len(names) - 1 - names[::-1].index("sign:signed")
    del names[again]
    assert (Fault.ISSUED_UNSIGNED, len(names) - 1) in faults(*names)


def test_a_check_that_was_taken_back_carries_no_signature():
    names = ["check_form:passed", "take_back:check_form", "sign:signed"]
    straight = LAWFUL["straight"]
    at = straight.index("check_form:passed")
    wrong = [*straight[:at], *names, *straight[at + 2 :]]
    assert faults(*wrong) == [(Fault.SIGNED_BEFORE_CHECK, at + 2)]


def test_what_happens_after_the_end_and_what_nobody_knows_is_named():
    straight = LAWFUL["straight"]
    assert faults(*straight, "sign:signed") == [(Fault.AFTER_THE_END, len(straight))]
    assert faults(*straight[:3], "approve:done", *straight[3:]) == [(Fault.UNKNOWN_ACT, 3)]


def test_a_paper_checked_unheard_is_found_unless_the_signatory_let_it_go():
    begun = ["begin:submitted", "propose:put_urgently", "allow_urgent:allowed"]
    assert faults(*begun, "check_form:passed", *OUT) == []
    unheard = (Fault.SKIPPED_COMMITTEE, 2)
    assert unheard in faults("begin:submitted", "propose:proposed", "check_form:passed", *OUT)
    assert unheard in faults("begin:submitted", "propose:put_urgently", "check_form:passed", *OUT)
    # What was let go was one content: after a rework it is asked for anew.
    again = ["check_form:returned", "receive_return:assigned", "rework:resubmitted"]
    found = faults(*begun, *again, "propose:proposed", "check_form:passed", *OUT)
    assert (Fault.SKIPPED_COMMITTEE, len(begun) + len(again) + 1) in found


HEARD = (
    "begin:submitted",
    "open_round:opened",
    *["opinion:given"] * 3,
    "collect_opinions:answered",
)


@pytest.mark.parametrize(
    ("names", "fault"),
    [
        ((*HEARD, "conclude:confirmed"), None),
        ((*HEARD, "conclude:unconfirmed", "answer_refusal:settled"), None),
        ((*HEARD[:2], "expire_round", "conclude:confirmed"), None),
        (("begin:submitted", "conclude:confirmed"), Fault.NOT_ITS_TURN),
        ((*HEARD[:4], HEARD[-1], "conclude:confirmed"), Fault.SKIPPED_REVIEWER),
        ((*HEARD, "conclude:unconfirmed"), Fault.NOT_ENDED),
        (
            ("begin:submitted", "take_back:begin", *HEARD[1:], "conclude:confirmed"),
            Fault.UNKNOWN_ACT,
        ),
        ((*HEARD, "conclude:confirmed", "withdraw"), Fault.UNKNOWN_ACT),
    ],
)
def test_a_hearing_after_the_issue_is_held_against_its_own_procedure(names, fault):
    found = mining.deviations(a_trace(*names, flow="confirmation_v1"), ConfirmationFlowV1)
    assert [one.fault for one in found][:1] == ([fault] if fault else [])
    assert on_the_net(mining.unfolded(ConfirmationFlowV1, asked=[3]), names) is (fault is None)


def test_a_log_that_stops_says_where_the_case_waits():
    found = mining.deviations(a_trace(*LAWFUL["straight"][:2]), IssuanceFlowV1)
    assert [one.fault for one in found] == [Fault.NOT_ENDED]
    assert "đang chờ ở bước “Mở lượt lấy ý kiến”" in found[0].sentence


def test_a_round_of_unknown_size_is_not_counted():
    names = list(LAWFUL["straight"])
    names.remove("opinion:given")
    assert faults(*names, asked=None) == []


def test_only_the_latest_act_is_taken_back():
    names = ["begin:submitted", "propose:proposed", "take_back:begin"]
    assert (Fault.NOT_ITS_TURN, 2) in faults(*names)


@given(mutated())
def test_replay_and_net_judge_alike(names):
    """Two readings of one class, written apart: the replay's rules, and the unfolded net."""
    kept = mining.deviations(a_trace(*names, asked=3), IssuanceFlowV1) == []
    assert kept == on_the_net(NET, names)


def test_a_net_is_of_people():
    for sizes in ([], [0], [3, -1]):
        with pytest.raises(ValueError, match="at least one person"):
            mining.unfolded(IssuanceFlowV1, asked=sizes)


def test_every_place_of_the_net_is_left_and_reached():
    entered = {move.target for move in NET.moves} | {"start"}
    left = {move.source for move in NET.moves} | {"end"}
    assert entered == left == set(NET.places)


BEGAN = datetime(2024, 1, 15, 1, 0, tzinfo=UTC)
WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs", "S")), max_size=40)
EVENTS = st.builds(
    Event,
    name=WORDS,
    at=st.datetimes(timezones=st.just(UTC)),
    resource=WORDS,
    role=WORDS,
    title=WORDS,
    asked=st.none() | st.integers(0, 99),
)


@given(
    st.lists(
        st.builds(
            Trace,
            case=WORDS.filter(bool),
            flow=WORDS,
            events=st.lists(EVENTS, max_size=5).map(tuple),
        ),
        max_size=4,
    )
)
def test_a_log_reads_back_as_it_was_written(traces):
    file = io.BytesIO()
    assert mining.write_log(traces, file) == len(traces)
    file.seek(0)
    assert list(mining.read_log(file)) == traces


def read(text: str) -> list[Trace]:
    return list(mining.read_log(io.BytesIO(text.encode())))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no well-formed XES"),
        ("<log><trace></log>", "no well-formed XES"),
        ("<pnml/>", "root is pnml"),
        ('<!DOCTYPE log [<!ENTITY a "b">]><log>&a;</log>', "no well-formed XES"),
        ("<log><trace><event/></trace></log>", "no name or no time"),
        (
            '<log><trace><event><string key="concept:name" value="a"/>'
            '<date key="time:timestamp" value="2024-01-15T08:00:00"/></event></trace></log>',
            "no zone",
        ),
        (
            f'<log><trace><string key="concept:name" value="{"a" * 2001}"/></trace></log>',
            "longer than 2000 characters",
        ),
        (f"<log><trace>{'<event/>' * 5001}</trace></log>", "more than 5000 events"),
    ],
)
def test_a_file_that_is_no_log_is_refused_with_its_reason(text, why):
    with pytest.raises(UnreadableLog, match=why):
        read(text)


def test_what_other_tools_add_is_passed_over():
    event = replace(a_trace("begin:submitted").events[0], at=BEGAN + timedelta(hours=1))
    file = io.BytesIO()
    mining.write_log([Trace("26-0001/1", "issuance_v1", (event,))], file)
    text = file.getvalue().decode()
    more = '<list key="cost"><values><float key="a" value="1.0"/></values></list>'
    added = text.replace("<event>", f'<event><boolean key="x" value="true"/>{more}')
    assert read(added) == [Trace("26-0001/1", "issuance_v1", (event,))]
