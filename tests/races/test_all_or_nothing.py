"""The power fails at any statement of any act: then nothing happened, and the form can be sent again."""

from __future__ import annotations

import pytest
from django.db import connection

from tests.acting import ACTS
from tests.playing import PowerCut, failing_at

pytestmark = pytest.mark.races

MOST_STATEMENTS = 200
OURS = ("audit_", "documents_", "offices_", "workflows_", "viewflow_", "django_tasks_")


@pytest.mark.parametrize("name", sorted(ACTS))
def test_an_act_cut_off_at_any_statement_leaves_nothing(example, name):
    act = ACTS[name](example)
    before, cuts = stored(), 0
    for number in range(1, MOST_STATEMENTS):
        try:
            with connection.execute_wrapper(failing_at(number)):
                act()
        except PowerCut:
            cuts += 1
            assert stored() == before, f"statement {number} of {name}"
        else:
            break
    assert cuts == number - 1 > 0
    assert stored() != before


def stored():
    """Every row of every table, in the order of the engine."""
    tables = [
        table
        for table in connection.introspection.table_names()
        if table.startswith(OURS)
        # On SQLite the index cannot be read through; the tables it is made of are read instead.
        if not (connection.vendor == "sqlite" and table == "documents_words")
    ]
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found
