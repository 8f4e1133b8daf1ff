"""Work asked of one person by name: answered by who stands in, given to another, or asked no more."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from audit.models import Entry
from audit.selectors import sentence
from documents.services import drafting
from offices import services
from offices.models import Appointment, Delegation
from offices.parties import INSTALLATION
from offices.roles import Role
from tests.pages import (
    BEFORE,
    NOW,
    PLAN,
    REASON,
    OnTheWay,
    recorded,
    refused_without_a_trace,
    said,
    the_office,
)
from workflows.example.acts import text_of
from workflows.exceptions import Conflict
from workflows.models import Opinion, Reassignment
from workflows.services import reassigning
from workflows.services.acts import Ticket

AWAY = "Nghỉ ốm dài ngày."
TODAY = NOW.date()


@pytest.fixture
def cast(db, settings):
    return the_office(settings)


@pytest.fixture
def asked(cast):
    """A paper whose round waits for three members."""
    return OnTheWay(cast).brought_to("opinion")


def stands_in(cast, away, taker, role=None):
    """Somebody stands in for a post of the absent one this week."""
    held = Appointment.objects.filter(user=cast.people[away]).order_by("pk")
    post = held.filter(post__role=role)[0] if role else held[0]
    return services.delegate(
        from_appointment=post, to_user=cast.people[taker], kind=Delegation.Kind.SUBSTITUTION,
        begins_on=TODAY, ends_on=TODAY + timedelta(days=5), legal_basis="08/TB-BCĐISO",
        by=cast.people[away], at=NOW,
    )  # fmt: skip


def leaves(cast, who):
    """Somebody holds no post any more from today."""
    for held in Appointment.objects.filter(user=cast.people[who]):
        services.end_appointment(held, ends_on=TODAY, by=INSTALLATION, at=NOW)


def opinion_of(way, who):
    return Opinion.objects.get(round__case=way.case, reviewer=way.cast.people[who])


def hands_over(way, by, whose, to, **more):
    """Send the page of somebody's open work, with every piece given to one person."""
    browser = way.browser(by)
    address = f"/ban-giao/{way.cast.people[whose].pk}/"
    page = browser.get(address)
    assert page.status_code == 200, said(page)
    form = page.context["form"]
    given = {one.html_name: one.value() for one in form if one.name.startswith("key-")}
    key = to if to == "excused" else str(way.cast.people[to].pk)
    given |= {name: key for name in form.fields if name.startswith("to-")}
    return browser.post(address, {**given, "reason": AWAY, **more})


def test_who_stands_in_for_a_member_answers_that_members_form_under_both_names(asked, cast):
    stands_in(cast, "tp-tuphap", "cv-tuphap", Role.COMMITTEE_MEMBER)
    desk = said(asked.browser("cv-tuphap").get("/ban-lam-viec/"))
    assert "Làm thay Ủy viên Ban Chỉ đạo ISO, Trưởng phòng Tư pháp" in desk
    page = said(asked.opens("cv-tuphap", "opinion", owner="tp-tuphap"))
    assert "với tư cách người làm thay Ủy viên Ban Chỉ đạo ISO, Trưởng phòng Tư pháp" in page
    answer = asked.sends(
        "cv-tuphap", "cho-y-kien", node="opinion", owner="tp-tuphap", choice="agree"
    )
    assert answer.status_code == 302, said(answer)
    given = opinion_of(asked, "tp-tuphap")
    assert (given.given_by, given.choice) == (cast.people["cv-tuphap"], "agree")
    assert given.standing["on_behalf_of"] == "Trưởng phòng Tư pháp"
    told = sentence(Entry.objects.get(action="opinion.given"))
    assert told.startswith("Chuyên viên Phòng Tư pháp, làm thay Trưởng phòng Tư pháp,")
    shown = said(asked.browser("thuky-iso").get(f"/van-ban/{asked.case.document.reference}/"))
    assert "Chuyên viên Phòng Tư pháp, thay Ủy viên Ban Chỉ đạo ISO" in shown


def test_nobody_has_two_voices_in_one_round_not_even_another_mans(asked, cast):
    """Hard separation: one capacity a round, by substitution too."""
    stands_in(cast, "tp-tuphap", "tp-kinhte", Role.COMMITTEE_MEMBER)
    answer = asked.sends(
        "tp-kinhte", "cho-y-kien", node="opinion", owner="tp-tuphap", choice="agree"
    )
    assert answer.status_code == 403
    stands_in(cast, "tp-tuphap", "cv-tuphap", Role.COMMITTEE_MEMBER)
    stands_in(cast, "tp-taichinh", "cv-tuphap", Role.COMMITTEE_MEMBER)
    first = asked.sends(
        "cv-tuphap", "cho-y-kien", node="opinion", owner="tp-tuphap", choice="agree"
    )
    assert first.status_code == 302, said(first)
    second = asked.sends(
        "cv-tuphap", "cho-y-kien", node="opinion", owner="tp-taichinh", choice="agree"
    )
    assert second.status_code == 403
    assert "đã có tiếng nói riêng trong lượt này" in said(second)
    taken = Opinion.objects.filter(round__case=asked.case, given_by__isnull=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        taken.filter(reviewer=cast.people["tp-taichinh"]).update(given_by=cast.people["cv-tuphap"])


def test_who_answered_for_a_member_does_not_conclude_that_round(cast):
    way = OnTheWay(cast).brought_to("opinion")
    stands_in(cast, "tp-tuphap", "cvp", Role.COMMITTEE_MEMBER)
    way.sends("cvp", "cho-y-kien", node="opinion", owner="tp-tuphap", choice="agree")
    for member in ("tp-kinhte", "tp-taichinh"):
        way.sends(member, "cho-y-kien", node="opinion", owner=member, choice="agree")
    assert way.waits_at() == {"conclude"}
    stands_in(cast, "pct-vanxa", "cvp", Role.COMMITTEE_HEAD)
    answer = way.sends("cvp", "thong-nhat", text="Thống nhất.")
    assert answer.status_code == 403
    assert "Không ai quyết định hai lần" in said(answer), said(answer)


def test_the_secretary_gives_the_form_of_who_is_away_to_another_member(asked, cast):
    answer = hands_over(asked, "thuky-iso", "tp-tuphap", "tbp-tiepnhan")
    assert answer.status_code == 200, said(answer)
    assert "Đã giao Trưởng Bộ phận Tiếp nhận" in said(answer)
    moved = opinion_of(asked, "tbp-tiepnhan")
    assert "Trưởng Bộ phận Tiếp nhận" in moved.reviewer_title
    told = sentence(Entry.objects.get(action="work.reassigned"))
    assert "từ Trưởng phòng Tư pháp sang Trưởng Bộ phận Tiếp nhận" in told
    assert AWAY in told
    sent = asked.sends(
        "tbp-tiepnhan", "cho-y-kien", node="opinion", owner="tbp-tiepnhan", choice="agree"
    )
    assert sent.status_code == 302, said(sent)


def test_who_left_is_asked_no_more_and_the_round_ends_without_them(asked, cast):
    for member in ("tp-kinhte", "tp-taichinh"):
        asked.sends(member, "cho-y-kien", node="opinion", owner=member, choice="agree")
    leaves(cast, "tp-tuphap")
    answer = hands_over(asked, "thuky-iso", "tp-tuphap", "excused")
    assert "Thôi lấy ý kiến" in said(answer)
    assert asked.waits_at() == {"conclude"}
    tally = asked.opens("pct-vanxa").context["tally"]
    assert (tally.asked, tally.agree, tally.silent) == (2, 2, 0)
    told = sentence(Entry.objects.get(action="opinion.excused"))
    assert "thôi lấy ý kiến Trưởng phòng Tư pháp" in told


def test_who_may_still_answer_is_not_passed_over(asked, cast):
    """Asking fewer would end a round on one voice, where closing it early takes a quorum."""
    page = asked.browser("thuky-iso").get(f"/ban-giao/{cast.people['tp-tuphap'].pk}/")
    assert "Thôi lấy ý kiến" not in said(page)
    before = recorded()
    refused = hands_over(asked, "thuky-iso", "tp-tuphap", "excused")
    refused_without_a_trace(asked, refused, 422, before=before)
    ticket = Ticket(
        opinion_of(asked, "tp-tuphap").task_id, asked.case.revision.content_digest, uuid4()
    )
    with pytest.raises(Conflict, match="còn được cho ý kiến"):
        reassigning.excuse_reviewer(
            case_id=asked.case.pk, ticket=ticket, reason=AWAY, by=cast.people["thuky-iso"], at=NOW
        )
    assert recorded() == before


def test_the_last_voice_of_a_round_is_not_silenced(cast):
    way = OnTheWay(cast).brought_to("opinion")
    for member in ("tp-kinhte", "tp-taichinh", "tp-tuphap"):
        leaves(cast, member)
    for member in ("tp-kinhte", "tp-taichinh"):
        assert "Thôi lấy ý kiến" in said(hands_over(way, "thuky-iso", member, "excused"))
    refused = hands_over(way, "thuky-iso", "tp-tuphap", "excused")
    assert refused.status_code == 409
    assert "Đây là người cuối cùng được lấy ý kiến trong lượt" in said(refused)
    assert way.waits_at() == {"opinion"}


@pytest.mark.parametrize("taker", ["tp-kinhte", "cv-noivu", "cv-kinhte"])
def test_a_form_goes_neither_to_a_voice_nor_to_the_drafter_nor_to_a_stranger(asked, cast, taker):
    browser = asked.browser("thuky-iso")
    address = f"/ban-giao/{cast.people['tp-tuphap'].pk}/"
    form = browser.get(address).context["form"]
    (field,) = [name for name in form.fields if name.startswith("to-")]
    assert str(cast.people[taker].pk) not in dict(form.fields[field].choices)


def test_a_member_cannot_pass_on_the_form_himself(asked, cast):
    page = said(asked.browser("tp-tuphap").get(f"/ban-giao/{cast.people['tp-tuphap'].pk}/"))
    assert "Chỉ Thư ký Ban Chỉ đạo ISO mở và đóng lượt lấy ý kiến" in page
    assert "Bàn giao</button>" not in page
    assert not Reassignment.objects.exists()


@pytest.mark.parametrize("who", ["tp-kinhte", "cv-noivu", "vanthu", "quantri"])
def test_the_open_work_of_another_is_no_concern_of_the_rest_of_the_house(asked, cast, who):
    assert asked.browser(who).get(f"/ban-giao/{cast.people['tp-tuphap'].pk}/").status_code == 403


def test_the_head_assigns_anew_when_the_drafter_has_left(cast):
    way = OnTheWay(cast).brought_to("propose")
    way.sends("tp-noivu", "tra-lai", reason=REASON)
    second = services.open_account(
        username="cv-noivu-2", display_name="Chuyên viên thứ hai", password=None,
        by=INSTALLATION, at=NOW,
    )  # fmt: skip
    cast.people["cv-noivu-2"] = second
    held = Appointment.objects.get(user=cast.people["cv-noivu"])
    services.appoint(user=second, post=held.post, begins_on=TODAY, by=INSTALLATION, at=NOW)
    leaves(cast, "cv-noivu")
    listed = said(way.browser("tp-noivu").get("/vang-mat/"))
    assert "Chuyên viên Phòng Nội vụ (đã thôi giữ chức vụ)" in listed
    answer = hands_over(way, "tp-noivu", "cv-noivu", "cv-noivu-2")
    assert "Đã giao Chuyên viên thứ hai" in said(answer)
    assert way.case.drafter == second
    assert "sửa" in said(way.browser("cv-noivu-2").get("/ban-lam-viec/")).lower()


def test_a_draft_goes_from_desk_to_desk_and_keeps_its_author(cast):
    second = services.open_account(
        username="cv-noivu-2", display_name="Chuyên viên thứ hai", password=None,
        by=INSTALLATION, at=NOW,
    )  # fmt: skip
    cast.people["cv-noivu-2"] = second
    post = Appointment.objects.get(user=cast.people["cv-noivu"]).post
    services.appoint(user=second, post=post, begins_on=TODAY, by=INSTALLATION, at=NOW)
    paper = drafting.start_draft(
        department=cast.departments["NV"], plan=PLAN, text=text_of("chinh-sach-muc-tieu-2024-lan-1"),
        by=cast.people["cv-noivu"], at=BEFORE,
    )  # fmt: skip
    way = OnTheWay(cast)
    for by, whose, to in (
        ("cv-noivu", "cv-noivu", "cv-noivu-2"),
        ("tp-noivu", "cv-noivu-2", "cv-noivu"),
        ("cv-noivu", "cv-noivu", "cv-noivu-2"),
    ):
        answer = hands_over(way, by, whose, to)
        assert f"Đã giao {cast.people[to].display_name}" in said(answer)
    paper.refresh_from_db()
    assert paper.author == cast.people["cv-noivu"]
    link = f"/soan/{paper.reference}/"
    assert link in way.browser("cv-noivu-2").get("/ban-lam-viec/").content.decode()
    assert link not in way.browser("cv-noivu").get("/ban-lam-viec/").content.decode()


def test_each_piece_has_its_own_result(asked, cast):
    """One was answered meanwhile: that one is told, the other is handed over."""
    other = OnTheWay(cast).brought_to("opinion")
    browser, address = asked.browser("thuky-iso"), f"/ban-giao/{cast.people['tp-tuphap'].pk}/"
    form = browser.get(address).context["form"]
    given = {one.html_name: one.value() for one in form if one.name.startswith("key-")}
    taker = str(cast.people["tbp-tiepnhan"].pk)
    given |= {name: taker for name in form.fields if name.startswith("to-")}
    asked.sends("tp-tuphap", "cho-y-kien", node="opinion", owner="tp-tuphap", choice="agree")
    answer = browser.post(address, {**given, "reason": AWAY})
    assert "Đã giao Trưởng Bộ phận Tiếp nhận" in said(answer)
    assert opinion_of(other, "tbp-tiepnhan").choice == ""
    assert Reassignment.objects.count() == 1


def test_who_drafts_for_an_absent_colleague_does_so_under_both_names(cast):
    """Not only the steps of the procedure: a version saved for another tells whose right it was."""
    stands_in(cast, "cv-kinhte", "cv-noivu")
    drafting.start_draft(
        department=cast.departments["KT"], plan=PLAN, text=text_of("chinh-sach-muc-tieu-2024-lan-1"),
        by=cast.people["cv-noivu"], at=NOW,
    )  # fmt: skip
    entry = Entry.objects.get(action="draft.started")
    assert sentence(entry).startswith(
        "Chuyên viên Phòng Nội vụ, làm thay Chuyên viên Phòng Kinh tế,"
    )
    assert entry.details["principal"] == cast.people["cv-kinhte"].pk
