"""Why could this person do that on that day, and why does a paper not move: asked of its page."""

from __future__ import annotations

from datetime import timedelta

import pytest

from offices import clock, grants, services
from offices.dates import vn_moment
from offices.models import Appointment, Delegation
from offices.parties import INSTALLATION
from offices.roles import Capability
from tests.pages import NOW, PASSWORD, OnTheWay, said, the_office
from workflows.clock import tick
from workflows.models import Chase

TODAY = NOW.date()
RIGHT, DOUBTFUL = "đúng thẩm quyền ngày đó", "cần kiểm tra"


@pytest.fixture
def cast(db, settings):
    return the_office(settings)


def stands_in(cast, away, taker, place=0):
    by = cast.people[away]
    return services.delegate(
        from_appointment=Appointment.objects.filter(user=by).order_by("pk")[place],
        to_user=cast.people[taker], kind=Delegation.Kind.SUBSTITUTION, begins_on=TODAY,
        ends_on=TODAY + timedelta(days=5), legal_basis="08/TB-UBND", by=by, at=NOW,
    )  # fmt: skip


def asked(way, who="danhgia"):
    """The words of the page, as an inspector reads them."""
    return said(way.browser(who).get(f"/van-ban/{way.case.document.reference}/vi-sao/"))


def act_of(words, verb):
    """What the page says of the newest act with that verb."""
    return words.partition(verb)[2][:700]


def test_an_act_tells_appointment_grant_and_periods_with_their_papers(cast):
    words = asked(OnTheWay(cast).brought_to("open_round"))
    told = act_of(words, "trình văn bản theo")
    assert "Chức vụ: Trưởng phòng Nội vụ (Phòng Nội vụ)" in told
    assert "giữ từ 04/01/2021, đến nay, theo Quyết định phân công nhiệm vụ đầu nhiệm kỳ" in told
    assert "Quyền của chức vụ: Trình văn bản (mã" in told
    assert RIGHT in told


def test_a_signature_for_another_tells_the_delegation_even_after_it_ended(cast):
    way = OnTheWay(cast).brought_to("sign")
    given = stands_in(cast, "pct-kinhte", "pct-vanxa")
    assert way.sends("pct-vanxa", "ky", password=PASSWORD).status_code == 302
    tomorrow = NOW + timedelta(days=1)
    services.end_delegation(given, ends_on=tomorrow.date(), by=cast.people["pct-kinhte"], at=NOW)
    clock.turn_to(tomorrow)
    told = act_of(asked(way), "làm thay Phó Chủ tịch kinh tế, ký văn bản")
    assert "Làm thay: Phó Chủ tịch văn xã, làm thay, từ 15/01/2024 đến hết 15/01/2024" in told
    assert "theo 08/TB-UBND" in told
    assert RIGHT in told


def test_rows_that_no_longer_carry_an_act_are_told_apart(cast):
    """Somebody with the database in hand moved a period: the page says so."""
    way = OnTheWay(cast).brought_to("open_round")
    assert DOUBTFUL not in asked(way)
    head = Appointment.objects.filter(user=cast.people["tp-noivu"]).order_by("pk")[0]
    Appointment.objects.filter(pk=head.pk).update(ends_on=TODAY - timedelta(days=100))
    told = act_of(asked(way), "trình văn bản theo")
    assert DOUBTFUL in told
    assert "không xác nhận được căn cứ này" in told


def test_no_right_that_is_still_given_is_said_to_be_gone(example):
    """Rights on departments and on offices are numbered each for themselves."""
    for name in ("policy 2024", "economy objectives", "committee"):
        reference = example.paper(name).reference
        assert (
            "nay không còn"
            not in example.who("danhgia").opens(f"/van-ban/{reference}/vi-sao/").words
        )


def test_a_grant_revoked_since_is_said_and_changes_nothing_of_then(cast):
    way = OnTheWay(cast).brought_to("open_round")
    post = Appointment.objects.filter(user=cast.people["tp-noivu"]).order_by("pk")[0].post
    grants.revoke(post, Capability.PROPOSE, cast.departments["NV"])
    told = act_of(asked(way), "trình văn bản theo")
    assert "nay không còn" in told
    assert RIGHT in told


def test_who_holds_it_is_named_with_who_is_away_and_who_acts_instead(cast):
    way = OnTheWay(cast).brought_to("sign")
    stands_in(cast, "pct-kinhte", "pct-vanxa")
    words = asked(way)
    assert "Đang chờ Phó Chủ tịch kinh tế" in words
    assert "vắng mặt đến hết 19/01/2024, Phó Chủ tịch văn xã làm thay" in words
    assert "làm thay Phó Chủ tịch kinh tế" in words
    assert "còn 1 ngày làm việc (hạn 16/01/2024)" in words
    assert "Hạn được tính thế nào" in words
    assert "Nếu quá hạn: đề nghị Chủ tịch xem xét." in words


def test_members_not_heard_are_named_and_who_has_left_is_marked(cast):
    way = OnTheWay(cast).brought_to("opinion")
    for held in Appointment.objects.filter(user=cast.people["tp-tuphap"]):
        services.end_appointment(held, ends_on=TODAY, by=INSTALLATION, at=NOW)
    stands_in(cast, "tp-kinhte", "cv-kinhte", 1)
    words = asked(way)
    assert "Trưởng phòng Tư pháp" in words
    assert "đã thôi giữ chức vụ; thư ký giao phiếu cho người khác" in words
    assert "vắng mặt đến hết 19/01/2024, Chuyên viên Phòng Kinh tế làm thay" in words


def test_a_step_that_nobody_holds_is_said_to_be_so(cast):
    way = OnTheWay(cast).brought_to("check_form")
    for held in Appointment.objects.filter(user=cast.people["cvp"], post__role="chief_of_office"):
        services.end_appointment(held, ends_on=TODAY, by=INSTALLATION, at=NOW)
    words = asked(way)
    assert "Hôm nay chưa có người giữ chức vụ này." in words
    assert "không thể hoàn tất vì" in words


@pytest.mark.parametrize("who", ["congtt", "cv-kinhte"])
def test_the_way_of_a_paper_is_closed_to_who_may_not_follow_it(cast, who):
    way = OnTheWay(cast).brought_to("sign")
    answer = way.browser(who).get(f"/van-ban/{way.case.document.reference}/vi-sao/")
    assert answer.status_code == 404


def test_the_page_asks_a_fixed_number_of_times(cast, django_assert_max_num_queries):
    way = OnTheWay(cast).brought_to("register")
    browser = way.browser("danhgia")
    address = f"/van-ban/{way.case.document.reference}/vi-sao/"
    browser.get(address)
    with django_assert_max_num_queries(30):
        browser.get(address)


def test_whom_the_clock_reminded_and_told_is_said_with_the_moment(cast):
    way = OnTheWay(cast).brought_to("sign")
    late = NOW + timedelta(days=7)
    clock.turn_to(late)
    tick(at=late)
    words = asked(way)
    told = Chase.objects.filter(case=way.case)
    assert {one.sort for one in told} >= {"escalated"}
    for one in told.filter(task_id=way.task().pk):
        assert f"{one.get_sort_display()}: {one.told_title}, {vn_moment(one.at)}" in words
