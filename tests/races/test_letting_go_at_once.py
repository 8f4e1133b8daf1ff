"""Two who decide on the urgent path at once, on two database connections: one decision, one refusal."""

from __future__ import annotations

import pytest

from tests.acting_on_detours import PUT_FIRST, allow_urgent
from workflows.exceptions import AlreadyDone
from workflows.models import Waiver
from workflows.services import urgent

pytestmark = pytest.mark.races


def test_letting_a_paper_go_against_having_the_committee_heard_is_one_of_the_two(example):
    let_go = allow_urgent(example)
    name, at = PUT_FIRST, example.now
    ticket, case = example.ticket(name), example.case(name).pk
    heard = {"case_id": case, "ticket": ticket, "reason": "Còn kịp.", "at": at}
    by = example.people["chutich"]
    results = example.database.at_once(let_go, lambda: urgent.decline_urgent(by=by, **heard))
    (refused,) = [one for one in results if isinstance(one, AlreadyDone)]
    waiver = Waiver.objects.get()
    assert waiver.by.display_name in refused.sentence
    assert example.waits_at(name) == ["check_form" if waiver.allowed else "open_round"]
