"""A right that ends while it is used, and work that changes hands while it is done."""

from __future__ import annotations

from datetime import timedelta

import pytest

from documents.models import Signature
from offices import services
from offices.dates import local_day
from offices.exceptions import NotPermitted
from offices.models import Appointment, Delegation
from tests import acting, acting_on_open_work
from workflows.exceptions import AlreadyDone
from workflows.models import Opinion, Reassignment

pytestmark = [pytest.mark.races, pytest.mark.usefixtures("again")]


@pytest.fixture(params=range(3))
def again(request):
    """Every race is run several times: who wins is not ours to say."""
    return request.param


def test_a_delegation_ended_while_the_delegate_signs_is_before_or_after_and_nothing_between(
    example,
):
    by, before = example.people["pct-kinhte"], example.now - timedelta(days=3)
    given = services.delegate(
        from_appointment=Appointment.objects.filter(user=by).order_by("pk")[0],
        to_user=example.people["pct-vanxa"],
        kind=Delegation.Kind.SUBSTITUTION,
        begins_on=local_day(before),
        ends_on=example.today + timedelta(days=5),
        legal_basis="08/TB-UBND",
        by=by,
        at=before,
    )
    signed, ended = example.database.at_once(
        acting.sign(example, "pct-vanxa"),
        lambda: services.end_delegation(given, ends_on=example.today, by=by, at=example.now),
    )
    assert ended is None
    done = Signature.objects.filter(revision=example.newest("policy 2024"))
    if isinstance(signed, Exception):
        assert isinstance(signed, NotPermitted), signed
        assert not done.exists()
        assert example.waits_at("policy 2024") == ["sign"]
    else:
        assert done.get().standing["delegation_id"] == given.pk
    given.refresh_from_db()
    assert given.ends_on == example.today


def test_an_opinion_and_its_reassignment_are_one_of_the_two(example):
    answered, moved = example.database.at_once(
        acting.opinion(example), acting_on_open_work.reassign_opinion(example)
    )
    asked = Opinion.objects.filter(round__case=example.case("economy objectives"))
    if isinstance(answered, Exception):
        assert isinstance(answered, NotPermitted), answered
        assert moved.choice == ""
        assert not asked.filter(reviewer=example.people["tp-tuphap"]).exists()
    else:
        assert isinstance(moved, AlreadyDone), moved
        assert "Trưởng phòng Tư pháp" in moved.sentence
        assert not Reassignment.objects.exists()


def test_one_form_goes_to_one_of_two_people(example):
    results = example.database.at_once(
        acting_on_open_work.reassign_opinion(example),
        acting_on_open_work.reassign_opinion(example, "tp-kinhte"),
    )
    made = [one for one in results if not isinstance(one, Exception)]
    # The second may move it on again; the row and the paper agree on who has it in the end.
    last = Reassignment.objects.order_by("-pk")[0]
    assert Opinion.objects.get(task_id=last.task_id).reviewer_id == last.to_user_id
    assert Reassignment.objects.count() == len(made)
