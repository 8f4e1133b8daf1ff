"""On papers of the People's Committee all its members vote; it takes more than half of them all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.models import AuthorityKind
from offices import services as offices
from offices.parties import INSTALLATION
from tests.jobs.test_handing_over import hands_over, leaves
from tests.pages import NOW, PLAN, OnTheWay, recorded, refused_without_a_trace, said, the_office
from workflows.models import Opinion
from workflows.quorum import Vote
from workflows.services import reviewing

SECRETARY, HEAD = "thuky-iso", "pct-vanxa"
BODY = ("chutich", "pct-vanxa", "pct-kinhte", "tp-noivu", "tp-taichinh")
OF_THE_BODY = replace(PLAN, authority_kind=AuthorityKind.COMMITTEE)


@pytest.fixture
def cast(db, settings):
    return the_office(settings)


@pytest.fixture
def proposed(cast):
    return OnTheWay(cast, plan=OF_THE_BODY).brought_to("open_round")


def ask(way, *members):
    fields = {
        "reviewers": [way.cast.people[name].pk for name in members],
        "the_body": "on",
        "working_days": "5",
        "form": "written",
        "message": "",
    }
    return way.sends(SECRETARY, "mo-luot", **fields)


def vote(way, **answers):
    for name, answer in answers.items():
        who = name.replace("_", "-")
        reason = {"reason": "Chưa đủ căn cứ."} if answer == "disagree" else {}
        sent = way.sends(who, "cho-y-kien", owner=who, choice=answer, **reason)
        assert sent.status_code == 302, said(sent)


def test_all_members_are_asked_in_the_capacity_of_the_body(proposed):
    assert ask(proposed, "tp-tuphap", "tp-taichinh").status_code == 302
    asked = {one.reviewer.username: one.capacity for one in Opinion.objects.all()}
    # Who sits in both bodies votes once, in the higher one.
    assert asked == {**dict.fromkeys(BODY, "body"), "tp-tuphap": "member"}
    page = said(proposed.opens("chutich", owner="chutich"))
    assert "Chủ tịch (thành viên Ủy ban nhân dân biểu quyết)" in page
    seat = Opinion.objects.get(reviewer__username="tp-taichinh")
    assert seat.reviewer_title.startswith("Ủy viên Ủy ban nhân dân quận")
    assert (
        f"/viec/{seat.task_id}/"
        in proposed.browser("tp-taichinh").get("/ban-lam-viec/").content.decode()
    )


def test_a_vote_is_carried_by_more_than_half_of_all_and_the_head_who_voted_concludes(proposed):
    ask(proposed)
    agree = dict.fromkeys(("chutich", "pct_vanxa", "tp_noivu"), "agree")
    vote(proposed, **agree, pct_kinhte="disagree", tp_taichinh="agree")
    page = said(proposed.opens(HEAD))
    assert "Thành viên Ủy ban nhân dân: 4/5 tán thành. Quá nửa" in page
    key = Opinion.objects.get(choice="disagree").pk
    answer = proposed.sends(
        HEAD, "thong-nhat", text="Thông qua.",
        **{f"sort-{key}": "explained", f"text-{key}": "Đã có căn cứ."},
    )  # fmt: skip
    assert answer.status_code == 302, said(answer)
    assert proposed.waits_at() == {"check_form"}


def test_without_more_than_half_of_all_members_it_is_not_endorsed(proposed):
    ask(proposed)
    vote(proposed, chutich="agree", pct_vanxa="agree")
    held = proposed.case.rounds.get()
    reviewing.expire_round(round=held, key=proposed.paper.key(), at=held.due_at)
    assert "2/5 tán thành. Chưa quá nửa" in said(proposed.opens(HEAD))
    before = recorded()
    answer = proposed.sends(HEAD, "thong-nhat", text="Thông qua.")
    words = refused_without_a_trace(proposed, answer, 409, before=before)
    assert "Mới có 2/5 thành viên Ủy ban nhân dân tán thành" in words


def test_a_seat_that_was_left_is_no_vote_and_a_seat_that_is_held_is_not_passed_over(proposed):
    """Five seats, two of them left: two who agree are more than half of the three members."""
    ask(proposed, "tp-tuphap")
    refused = hands_over(proposed, SECRETARY, "tp-noivu", "excused")
    assert refused.status_code == 422
    for gone in ("tp-noivu", "tp-taichinh"):
        leaves(proposed.cast, gone)
        assert hands_over(proposed, SECRETARY, gone, "excused").status_code == 200
    vote(proposed, chutich="agree", pct_kinhte="agree", pct_vanxa="disagree", tp_tuphap="agree")
    dissent = Opinion.objects.get(choice="disagree")
    answers = {f"sort-{dissent.pk}": "explained", f"text-{dissent.pk}": "Đã giải trình."}
    answer = proposed.sends(HEAD, "thong-nhat", text="Thống nhất.", **answers)
    assert answer.status_code == 302, said(answer)


def test_silence_votes_for_it_only_by_the_clause_cited(cast):
    offices.cite_silence_rule(
        office=cast.office, citation="Điều 9 Quy chế làm việc", begins_on=date(2024, 1, 2),
        by=INSTALLATION, at=NOW,
    )  # fmt: skip
    way = OnTheWay(cast, plan=OF_THE_BODY).brought_to("open_round")
    ask(way)
    held = way.case.rounds.get()
    reviewing.expire_round(round=held, key=way.paper.key(), at=held.due_at)
    assert "5/5 tán thành. Quá nửa" in said(way.opens(HEAD))


def test_a_paper_of_the_chairman_is_not_put_to_the_vote(cast):
    way = OnTheWay(cast).brought_to("open_round")
    assert "Lấy ý kiến toàn thể thành viên" not in said(way.opens(SECRETARY))
    plan = reviewing.RoundPlan((), 5, "written", the_body=True)
    with pytest.raises(reviewing.BadInput, match="chỉ biểu quyết văn bản thuộc thẩm quyền"):
        reviewing.open_round(
            case_id=way.case.pk, ticket=way.paper.ticket("open_round"), plan=plan,
            by=cast.people[SECRETARY], at=NOW,
        )  # fmt: skip


def test_nobody_at_all_is_not_asked(proposed):
    before = recorded()
    fields = {"working_days": "5", "form": "written", "message": ""}
    answer = proposed.sends(SECRETARY, "mo-luot", **fields)
    refused_without_a_trace(proposed, answer, 422, before=before)


@given(st.integers(1, 40), st.data())
def test_one_more_who_agrees_never_loses_a_vote_and_half_is_not_enough(members, data):
    agree = data.draw(st.integers(0, members - 1))
    assert Vote(members, agree).carried <= Vote(members, agree + 1).carried
    assert Vote(members, members).carried
    assert not Vote(members * 2, members).carried
