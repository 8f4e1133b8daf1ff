"""What an act costs the database, engine and audit included: pinned, the same on both engines.

A number that grows is a decision: change it here, and say why in the commit.
"""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.acting import ACTS
from tests.builders import sent

PINNED = {
    "accept_intake": 21,
    "begin_letter": 21,
    "bring": 9,
    "keep_intake": 4,
    "put_aside": 7,
    "abandon_number": 13,
    "ask_for_results": 18,
    "ask_comment": 19,
    "give_comment": 11,
    "allow_urgent": 23,
    "answer_refusal": 25,
    "assign_rework": 22,
    "attach": 13,
    "check_form": 27,
    "close_round": 26,
    "complete_stub": 26,
    "correct_completion": 17,
    "conclude": 30,
    "conclude.confirmed": 33,
    "conclude.unconfirmed": 30,
    "conclude.returned": 32,
    "confirm_objectives": 18,
    "correct_particulars": 11,
    "decline_urgent": 24,
    "detach": 9,
    "effect_begins": 6,
    "effect_begins.ceases": 11,
    "expire_round": 22,
    "expire_round.put_off": 10,
    "give_number_up": 33,
    "give_late_opinion": 16,
    "give_opinion": 20,
    "give_opinion.by_name": 17,
    "give_opinion.last": 33,
    "keep_uptakes": 9,
    "keep_text": 10,
    "note_view": 6,
    "open_register": 8,
    "open_round": 35,
    "open_round.others": 34,
    "order_print": 4,
    "propose": 28,
    "propose.urgently": 36,
    "put_on_portal": 10,
    "reassign_opinion": 23,
    "reassign_rework": 17,
    "excuse_reviewer": 26,
    "hand_over_draft": 18,
    "remind": 14,
    "remind_round": 12,
    "escalate": 21,
    "escalate.put_off": 12,
    "record_minutes": 46,
    "record_minutes.without_quorum": 33,
    "refer": 22,
    "register": 36,
    "record_higher_objectives": 30,
    "report_result": 16,
    "resubmit": 27,
    "return_paper.check_form": 23,
    "return_paper.issue": 38,
    "return_paper.open_round": 24,
    "return_paper.propose": 23,
    "return_paper.register": 23,
    "return_paper.sign": 24,
    "return_result": 16,
    "save_version": 29,
    "save_version.unknown": 45,
    "seal_and_issue": 59,
    "seal_and_issue.first": 67,
    "settle": 12,
    "sign_each": 26,
    "sign": 22,
    "start_draft": 17,
    "take_back.assign_rework": 25,
    "take_back.check_form": 27,
    "take_back.open_round": 32,
    "take_back.propose": 29,
    "take_back.refer": 25,
    "take_back.resubmit": 24,
    "take_back.submit": 25,
    "recall_signature": 23,
    "submit": 27,
    "withdraw": 21,
}


@pytest.mark.parametrize("name", sorted(ACTS))
def test_an_act_sends_as_many_statements_as_is_pinned(example, name):
    act = ACTS[name](example)
    with CaptureQueriesContext(connection) as captured:
        act()
    told = "\n".join(one[:160] for one in sent(captured))
    assert len(sent(captured)) == PINNED[name], told


def test_every_act_is_pinned():
    assert set(PINNED) == set(ACTS)
