"""Two letters about one issued paper at the same moment: two numbers, and no slip corrected twice."""

from __future__ import annotations

from datetime import date

import pytest
from django.conf import settings

from documents.models import Effect, Kind, Register, RegisterEntry
from documents.services import letters, revisions
from documents.services.letters import Wish
from offices.models import Department, Office
from tests.forms import WHY
from workflows.example.acts import Paper
from workflows.example.office import Cast
from workflows.exceptions import Conflict
from workflows.models import Case
from workflows.services import issuing

pytestmark = [pytest.mark.races, pytest.mark.usefixtures("again")]
PAPER, ON = "1073/QĐ-CT", date(2024, 1, 15)


@pytest.fixture(params=range(3))
def again(request):
    """Every race is run several times: who wins is not ours to say."""
    return request.param


def signed(example, wish):
    """A letter about 1073/QĐ-CT on its own road, up to the signature."""
    cast = Cast(
        office=Office.objects.get(),
        departments={row.code: row for row in Department.objects.all()},
        people=example.people,
    )
    way, at = Paper(cast, settings.DEMO_PASSWORD), example.now
    by = example.people["cv-noivu"]
    way.document = letters.begin_letter(about=example.paper(PAPER), wish=wish, by=by, at=at)
    revisions.save_version(document=way.document, by=by, at=at)
    way.submit("cv-noivu", at=at)
    way.propose("tp-noivu", "Kính trình.", at=at)
    way.check("cvp", "Đủ điều kiện ký.", at=at)
    way.sign("pct-kinhte", at=at)
    return way


def correction(example, *, right, place="Điều 1"):
    """Correct one word of the paper's first article."""
    word = example.plain(PAPER).split("Điều 1")[1].split()[1]
    return signed(example, Wish(Kind.OFFICIAL_LETTER, place, word, right))


def numbers(way, example):
    by, at, ticket = example.people["vanthu"], example.now, way.ticket("register")
    case_id = way.case.pk
    return lambda: issuing.register(case_id=case_id, ticket=ticket, dated_on=ON, by=by, at=at)


def issues(way, example):
    numbers(way, example)()
    by, at, ticket = example.people["vanthu"], example.now, way.ticket("issue")
    case_id = way.case.pk
    return lambda: issuing.seal_and_issue(case_id=case_id, ticket=ticket, copies=3, by=by, at=at)


def one_won(results):
    refused = [one for one in results if isinstance(one, Exception)]
    assert len(refused) == 1, results
    assert isinstance(refused[0], Conflict), refused[0]
    return refused[0]


def test_two_corrections_numbered_at_once_get_two_numbers_without_a_gap(example):
    ways = [correction(example, right="Một"), correction(example, right="Hai", place="Điều 2")]
    entries = example.database.at_once(*(numbers(way, example) for way in ways))
    assert sorted(entry.number for entry in entries) == [1, 2]
    register = Register.objects.get(symbol="UBND-VP", year=2024)
    assert register.last_number == 2
    assert RegisterEntry.objects.filter(register=register).count() == 2


def test_of_two_letters_that_correct_one_slip_at_once_one_is_issued(example):
    acts = [issues(correction(example, right=word), example) for word in ("Một", "Hai")]
    refused = one_won(example.database.at_once(*acts))
    assert "đã được đính chính tại" in refused.sentence
    letters_ = Case.objects.filter(document__kind=Kind.OFFICIAL_LETTER)
    assert sorted(letters_.values_list("ended_how", flat=True)) == ["", "issued"]


def test_two_letters_that_correct_two_slips_at_once_are_both_issued(example):
    acts = [
        issues(correction(example, right="Một", place=one), example) for one in ("Điều 1", "Điều 2")
    ]
    results = example.database.at_once(*acts)
    assert not [one for one in results if isinstance(one, Exception)], results


def test_of_two_notices_that_recall_one_paper_at_once_one_is_issued(example):
    acts = [issues(signed(example, Wish(Kind.NOTICE, reason=WHY)), example) for _ in range(2)]
    refused = one_won(example.database.at_once(*acts))
    assert refused.sentence == "Văn bản này đã bị thu hồi."
    assert Effect.objects.filter(target=example.paper(PAPER), kind="recalls").count() == 1
