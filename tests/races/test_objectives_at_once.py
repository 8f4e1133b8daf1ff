"""Two people record what an office above asks for at one moment: one paper, both readings kept."""

from __future__ import annotations

import pytest

from documents.models import ConfirmedReading, Document
from tests import objectives as owing

pytestmark = [pytest.mark.races, pytest.mark.usefixtures("again")]


@pytest.fixture(params=range(3))
def again(request):
    """Every race is run several times: who wins is not ours to say."""
    return request.param


def test_of_two_who_record_one_decision_above_both_are_kept_and_the_paper_is_one(example):
    results = example.database.at_once(owing.above(example), owing.above(example))
    assert sorted(one.ordinal for one in results) == [1, 2]
    assert len({one.document_id for one in results}) == 1
    assert Document.objects.filter(number="88", symbol="QĐ-UBND").count() == 1
    assert ConfirmedReading.objects.filter(document__number="88").count() == 2
