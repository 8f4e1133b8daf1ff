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
    "abandon_number": 13,
    "assign_rework": 21,
    "ask_for_results": 17,
    "attach": 12,
    "check_form": 26,
    "close_round": 25,
    "complete_stub": 25,
    "conclude": 29,
    "conclude.returned": 27,
    "confirm_objectives": 18,
    "correct_particulars": 9,
    "correct_particulars": 11,
    "detach": 9,
    "effect_begins": 6,
    "expire_round": 20,
    "give_number_up": 34,
    "give_opinion": 19,
    "give_opinion.last": 31,
    "keep_text": 7,
    "open_register": 8,
    "open_round": 32,
    "order_print": 4,
    "propose": 26,
    "put_on_portal": 10,
    "refer": 22,
    "register": 36,
    "report_result": 15,
    "resubmit": 24,
    "return_paper.check_form": 19,
    "return_paper.issue": 34,
    "return_paper.open_round": 20,
    "return_paper.propose": 19,
    "return_paper.register": 19,
    "return_paper.sign": 20,
    "return_result": 16,
    "save_version": 28,
    "seal_and_issue": 53,
    "save_version.unknown": 44,
    "seal_and_issue": 52,
    "sign": 22,
    "start_draft": 17,
    "submit": 21,
    "withdraw": 18,
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
