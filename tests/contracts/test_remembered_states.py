"""A state that is put back is, to the last column, the state that acts had reached."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection, transaction

from tests import remembering
from tests.pages import PLAN, OnTheWay, the_office


@pytest.mark.django_db
@pytest.mark.parametrize("node", ["sign", "issued"])
def test_what_is_put_back_is_what_was_reached(node, settings, monkeypatch):
    monkeypatch.setattr(remembering, "_remembered", {})

    def brought() -> tuple[object, ...]:
        with transaction.atomic():
            way = OnTheWay(the_office(settings)).brought_to(node)
            tables = remembering.everything()
            del tables["offices_democlock"]  # it runs
            found = tables, way.case.revision.content_digest, way.waits_at()
            transaction.set_rollback(True)
        return found

    reached = brought()
    played = dict(remembering._remembered)
    assert brought() == reached
    assert remembering._remembered == played, "it was played again"


@pytest.mark.django_db
def test_after_another_paper_nothing_is_put_back_that_leads_nowhere(settings, monkeypatch):
    monkeypatch.setattr(remembering, "_remembered", {})
    for subject in ("Việc một", "Việc hai"):
        with transaction.atomic():
            cast = the_office(settings)
            OnTheWay(cast, plan=replace(PLAN, subject=subject)).brought_to("propose")
            OnTheWay(cast).brought_to("propose")
            connection.check_constraints()
            transaction.set_rollback(True)


@pytest.mark.django_db
def test_from_another_beginning_it_is_played(settings, monkeypatch):
    monkeypatch.setattr(remembering, "_remembered", {})
    cast = the_office(settings)
    OnTheWay(cast).brought_to("propose")
    first = len(remembering._remembered)
    OnTheWay(cast).brought_to("propose")
    assert len(remembering._remembered) == first + 1
