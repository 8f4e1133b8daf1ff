"""Who may read a draft and for how long; and that reading a restricted paper is noted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from audit.models import Entry
from audit.selectors import sentence
from documents.models import AccessLevel, ReadGrant, Viewing
from documents.services import printing, wishes
from offices import clock
from tests.pages import MEMBERS, NEW_TEXT, NOW, PLAN, REASON, OnTheWay, said, the_office
from workflows import clock as ticking
from workflows.models import ReviewRound

HEAD, DRAFTER, SECRETARY = "tp-noivu", "cv-noivu", "thuky-iso"
SIGNATORY, CHAIRMAN, CLERK = "pct-kinhte", "chutich", "vanthu"
RESTRICTED = replace(PLAN, access_level=AccessLevel.INTERNAL)


@pytest.fixture
def cast(db, settings):
    return the_office(settings)


@pytest.fixture
def way(cast):
    return OnTheWay(cast)


def later(days: int = 2) -> None:
    clock.turn_to(clock.now() + timedelta(days=days))


def reads(way, who: str, part: str = "") -> bool:
    """Whether somebody is given the page of the paper, or a part of it."""
    answer = way.browser(who).get(f"/van-ban/{way.case.document.reference}/{part}")
    assert answer.status_code in {200, 404}, answer.status_code
    return answer.status_code == 200


def follows(way, who: str) -> bool:
    """Whether somebody may read how the paper came about."""
    return reads(way, who, "nhat-ky/")


# How long a draft is open


def test_what_went_back_closes_to_those_who_only_waited_and_stays_open_to_who_acted(way):
    way.brought_to("sign").carried_by_hand(SIGNATORY, "sign", "tra-lai", reason=REASON)
    assert reads(way, CHAIRMAN), "whoever has it open is told what happened"
    later()
    assert not reads(way, CHAIRMAN)
    for who in (SIGNATORY, SECRETARY, "cvp", HEAD, DRAFTER, *MEMBERS):
        assert reads(way, who), who


def test_the_next_time_round_the_step_opens_it_again_and_both_times_are_kept(way):
    way.brought_to("sign").carried_by_hand(SIGNATORY, "sign", "tra-lai", reason=REASON)
    later()
    at = clock.now()
    way.paper.assign(HEAD, DRAFTER, at=at)
    way.paper.rewrite(DRAFTER, NEW_TEXT, at=at)
    way.paper.resubmit(DRAFTER, at=at)
    way.at = at
    way.walks("sign")
    assert reads(way, CHAIRMAN)
    leave = ReadGrant.objects.filter(document=way.case.document, capability="sign").order_by("pk")
    assert [one.valid_until is None for one in leave] == [False, True]
    assert leave[0].valid_until < leave[1].valid_from


def test_how_an_issued_paper_came_about_stays_with_those_who_took_part(way):
    way.brought_to("issued")
    later()
    assert reads(way, CHAIRMAN)
    assert not follows(way, CHAIRMAN)
    for who in (SIGNATORY, HEAD, DRAFTER, SECRETARY, "cvp", CLERK, *MEMBERS):
        assert follows(way, who), who


def test_a_withdrawn_paper_closes_too(way):
    way.brought_to("sign")
    hidden = {**way.ticket("", "sign"), "task": "0", "reason": "Không ban hành nữa."}
    answer = way.browser(HEAD).post(f"/ho-so/{way.case.pk}/rut/", hidden)
    assert answer.status_code == 302
    later()
    assert not reads(way, CHAIRMAN)
    assert not reads(way, SIGNATORY)
    assert all(reads(way, who) for who in (HEAD, SECRETARY, *MEMBERS))


def test_a_reviewer_who_stayed_silent_reads_on_until_the_paper_goes_back(way):
    way.brought_to("opinion")
    way.paper.opinion(MEMBERS[0], at=way.at)
    due = ReviewRound.objects.get().due_at + timedelta(minutes=1)
    assert ticking.tick(at=due, real_at=due).expired_rounds == 1
    by_name = ReadGrant.objects.filter(source="procedure", user__isnull=False)
    assert set(by_name.values_list("valid_until", flat=True)) == {None}
    clock.turn_to(due)
    assert way.sends("pct-vanxa", "tra-lai", reason=REASON).status_code == 302
    # A day later: the reading the procedure gave has ended for all, who acted reads on.
    ends = set(by_name.values_list("valid_until", flat=True))
    assert len(ends) == 1
    assert due < ends.pop() <= due + timedelta(days=1, minutes=1)
    kept = ReadGrant.objects.filter(source="took_part").values_list("user__username", flat=True)
    assert MEMBERS[0] in kept
    assert MEMBERS[1] not in kept


def test_giving_a_number_up_ends_nothing(way):
    way.brought_to("issue").carried_by_hand(CLERK, "issue", "bo-so", reason="Nhầm ngày.")
    later()
    assert reads(way, CHAIRMAN)


# Reading that is noted


def noted() -> list[tuple[str, str]]:
    rows = Entry.objects.filter(action="paper.viewed").order_by("pk")
    return [(one.by_label, one.at.date().isoformat()) for one in rows]


@pytest.fixture
def restricted(cast):
    return OnTheWay(cast, plan=RESTRICTED).brought_to("sign")


def test_reading_a_restricted_paper_is_noted_once_a_person_and_a_day(restricted):
    assert noted() == []
    for _time in range(2):
        assert reads(restricted, SIGNATORY)
        assert restricted.opens(SIGNATORY).status_code == 200
        assert reads(restricted, SIGNATORY, "ban/1/")
    signatory = restricted.cast.people[SIGNATORY].display_name
    assert noted() == [(signatory, "2024-01-15")]
    assert reads(restricted, CHAIRMAN)
    later(1)
    assert reads(restricted, SIGNATORY)
    assert [name for name, _day in noted()] == [
        signatory, restricted.cast.people[CHAIRMAN].display_name, signatory,
    ]  # fmt: skip
    assert Viewing.objects.count() == 3


@pytest.mark.parametrize("part", ["", "ban/1/"])
def test_every_page_that_shows_its_text_notes_it(restricted, part):
    assert reads(restricted, SIGNATORY, part)
    assert len(noted()) == 1


def test_the_task_alone_notes_it_and_says_so_as_a_sentence(restricted):
    assert restricted.opens(SIGNATORY).status_code == 200
    entry = Entry.objects.get(action="paper.viewed")
    assert entry.head
    assert sentence(entry) == (
        f"Phó Chủ tịch kinh tế đọc “{restricted.case.document.title}”, văn bản không công khai."
    )


def test_who_may_not_read_it_leaves_no_entry(restricted):
    assert not reads(restricted, "cv-kinhte")
    assert restricted.opens("cv-kinhte").status_code == 404
    assert noted() == []


def test_a_public_paper_is_read_without_an_entry(cast):
    way = OnTheWay(cast).brought_to("sign")
    assert reads(way, SIGNATORY)
    assert way.opens(SIGNATORY).status_code == 200
    assert noted() == []
    assert not Viewing.objects.exists()


def test_its_pdf_is_answered_to_the_public_as_if_it_did_not_exist(cast, client):
    case = OnTheWay(cast, plan=RESTRICTED).brought_to("issued").case
    wish = wishes.of_issued(case.document, case.revision)
    placed = printing.order(wish=wish, by=cast.people[CLERK], at=NOW, real_at=NOW)
    printing.carry_out(placed.pk, at=NOW, real_at=NOW, told=lambda paper: None)
    assert printing.issued_pdf(case.document) is not None, "it is there, for who may read it"

    refused = client.get(f"/tra-cuu/{case.document.reference}/pdf/", headers={"If-None-Match": "*"})
    nowhere = client.get("/tra-cuu/BH-1999-9999/pdf/")

    assert (refused.status_code, nowhere.status_code) == (404, 404)
    assert said(refused) == said(nowhere)
    assert not {"ETag", "Content-Disposition"} & set(refused.headers)


def test_issued_for_the_office_alone_it_is_not_in_the_reading_room(cast):
    paper = OnTheWay(cast, plan=RESTRICTED).brought_to("issued").case.document
    assert paper.cited_as not in said(Client().get("/tra-cuu/"))
    assert Client().get(f"/tra-cuu/{paper.reference}/").status_code == 404


def test_the_kept_original_of_a_restricted_paper_is_noted_too(cast):
    way = OnTheWay(cast, plan=RESTRICTED).brought_to("issued")
    before = len(noted())
    assert reads(way, "cv-kinhte", "ban-goc/"), "issued, it is for the whole office"
    assert len(noted()) == before + 1
    assert NOW.date() == clock.now().date()


def test_a_rival_draft_is_named_to_those_alone_who_may_read_it(example):
    rival = example.paper("policy 2024").reference
    former = example.paper("1073/QĐ-CT").reference
    author = example.who("cv-noivu")
    own = author.opens(f"/soan/{author.begins(way='former', former=former)}/").words
    assert f"Dự thảo {rival} cũng thay thế 1073/QĐ-CT" in own
    elsewhere = example.who("cv-vanphong")
    told = elsewhere.opens(f"/soan/{elsewhere.begins(way='former', former=former)}/").words
    assert "Dự thảo khác (tài khoản này không được đọc) cũng thay thế 1073/QĐ-CT" in told
    assert rival not in told
