"""The power fails at any statement of any act: then nothing happened, and the form can be sent again."""

from __future__ import annotations

import pytest
from django.db import connection

from tests.acting import ACTS
from tests.databases import every_row
from tests.playing import PowerCut, failing_at

pytestmark = pytest.mark.races

MOST_STATEMENTS = 200


@pytest.mark.parametrize("name", sorted(ACTS))
def test_an_act_cut_off_at_any_statement_leaves_nothing(example, name):
    act = ACTS[name](example)
    before, cuts = every_row(), 0
    for number in range(1, MOST_STATEMENTS):
        try:
            with connection.execute_wrapper(failing_at(number)):
                act()
        except PowerCut:
            cuts += 1
            assert every_row() == before, f"statement {number} of {name}"
        else:
            break
    assert cuts == number - 1 > 0
    assert every_row() != before
