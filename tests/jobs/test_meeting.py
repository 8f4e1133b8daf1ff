"""The committee meets: it is called, the Biên bản is entered, and without quorum called once more."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest

from audit.models import Entry
from audit.selectors import sentence
from offices import clock, services
from offices.dates import ZONE, vn_moment
from offices.models import Appointment
from offices.parties import INSTALLATION
from offices.roles import Role
from tests.pages import (
    MEMBERS,
    NEW_TEXT,
    NOW,
    OnTheWay,
    recorded,
    refused_without_a_trace,
    said,
    the_office,
)
from workflows.models import Attendance, Minutes, Opinion, ReviewRound

SECRETARY, HEAD = "thuky-iso", "pct-vanxa"
HELD = datetime(2024, 1, 17, 14, 0, tzinfo=ZONE)
AFTER = datetime(2024, 1, 17, 16, 30, tzinfo=ZONE)


@pytest.fixture
def cast(db, settings):
    return the_office(settings)


@pytest.fixture
def proposed(cast):
    return OnTheWay(cast).brought_to("open_round")


def call(way, **more):
    fields = {
        "reviewers": [way.cast.people[name].pk for name in MEMBERS],
        "working_days": "5",
        "form": "meeting",
        "message": "",
        "meets_on": "2024-01-17",
        "meets_time": "14:00",
        "place": "Phòng họp số 2",
    }
    return way.sends(SECRETARY, "mo-luot", **(fields | more))


@pytest.fixture
def called(proposed):
    assert call(proposed).status_code == 302
    clock.turn_to(AFTER)
    return proposed


def opinion_of(name):
    return Opinion.objects.get(reviewer__username=name)


def enter(way, who=SECRETARY, *, words=None, more=None, **answers):
    """Enter the minutes; `answers` by account: absent, present or one of the three opinions."""
    round_ = ReviewRound.objects.get()
    fields = {
        **way.ticket("", task=round_.task_id),
        "held_on": "2024-01-17",
        "held_time": "14:05",
        "ended_time": "16:00",
        "place": "Phòng họp số 2",
        "chair": way.cast.people[HEAD].pk,
        "text": "Đọc dự thảo, thảo luận, biểu quyết.",
        **(more or {}),
    }
    for name, answer in answers.items():
        key = opinion_of(name.replace("_", "-")).pk
        fields[f"said-{key}"] = answer
        fields[f"words-{key}"] = (words or {}).get(name, "")
    return way.browser(who).post(f"/ho-so/{way.case.pk}/bien-ban/", fields)


ALL_THERE = {"tp_kinhte": "agree", "tp_tuphap": "disagree", "tp_taichinh": "absent"}


def test_a_meeting_is_called_to_a_time_and_place_and_its_minutes_have_a_term(called):
    round_ = ReviewRound.objects.get()
    assert (round_.form, round_.meets_at, round_.place) == ("meeting", HELD, "Phòng họp số 2")
    assert round_.due_at == datetime(2024, 1, 19, 17, 0, tzinfo=ZONE)
    page = said(called.opens(MEMBERS[0], owner=MEMBERS[0]))
    assert re.search("Mời họp 14:00 thứ Tư,? 17/01/2024, Phòng họp số 2", page), page


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ({"meets_on": ""}, 422, "Ghi ngày, giờ và địa điểm họp."),
        ({"place": ""}, 422, "Ghi ngày, giờ và địa điểm họp."),
        ({"meets_on": "2024-01-12"}, 400, "Giờ họp phải sau thời điểm triệu tập."),
        ({"meets_on": "2024-06-12"}, 400, "Cuộc họp diễn ra trong vòng 20 ngày làm việc."),
    ],
)
def test_a_meeting_that_cannot_be_is_not_called(proposed, change, status, words):
    before = recorded()
    answer = call(proposed, **change)
    assert words in refused_without_a_trace(proposed, answer, status, before=before)


def test_with_quorum_the_opinions_said_there_are_recorded_and_the_absent_are_silent(called):
    answer = enter(called, words={"tp_tuphap": "Trái thẩm quyền."}, **ALL_THERE)
    assert answer.status_code == 302, said(answer)
    kept = Minutes.objects.get()
    assert (kept.members, kept.members_present, kept.quorate) == (3, 2, True)
    assert kept.chair_title == "Trưởng Ban Chỉ đạo ISO"
    assert Attendance.objects.filter(present=True).count() == 2
    dissent = opinion_of("tp-tuphap")
    assert (dissent.choice, dissent.remarks, dissent.at_meeting) == (
        "disagree",
        "Trái thẩm quyền.",
        True,
    )
    assert dissent.standing["post_title"] == "Thư ký Ban Chỉ đạo ISO"
    assert opinion_of("tp-taichinh").choice == "silent"
    assert ReviewRound.objects.get().closed_how == "met"
    assert called.waits_at() == {"conclude"}
    page = said(called.opens(HEAD))
    assert "Trưởng phòng Tư pháp: Không đồng ý, tại cuộc họp" in page
    assert "1 người không có ý kiến tại cuộc họp." in page
    told = [sentence(one) for one in Entry.objects.filter(action="meeting.held")]
    assert told[0].endswith("lần triệu tập 1: 2/3 ủy viên có mặt.")


def test_when_all_are_present_the_round_is_over_at_the_meeting(called):
    answers = dict.fromkeys(("tp_kinhte", "tp_tuphap", "tp_taichinh"), "agree")
    assert enter(called, **answers).status_code == 302
    assert ReviewRound.objects.get().closed_how == "met"
    assert called.waits_at() == {"conclude"}


def test_an_opinion_sent_in_writing_before_stands(called):
    called.paper.opinion("tp-taichinh", choice="remarks", remarks="Gửi trước.", at=NOW)
    answer = enter(called, tp_kinhte="agree", tp_tuphap="agree", tp_taichinh="absent")
    assert answer.status_code == 302, said(answer)
    written = opinion_of("tp-taichinh")
    assert (written.choice, written.at_meeting) == ("remarks", False)
    shown = said(called.browser(SECRETARY).get(f"/ho-so/{called.case.pk}/bien-ban/"))
    assert "Vắng Đồng ý, có góp ý, bằng văn bản: Gửi trước." in shown


def test_without_quorum_nothing_said_counts_and_it_is_called_again_with_its_own_deadline(called):
    again = {"again_on": "2024-01-19", "again_time": "08:00", "again_place": "Hội trường"}
    round_ = ReviewRound.objects.get()
    key = opinion_of("tp-kinhte").pk
    fields = {
        **called.ticket("", task=round_.task_id),
        "held_on": "2024-01-17", "held_time": "14:05", "ended_time": "16:00", "place": "Phòng họp số 2",
        "chair": called.cast.people[HEAD].pk, "text": "Không đủ người.", **again,
        f"said-{key}": "agree",
        **{f"said-{opinion_of(name).pk}": "absent" for name in MEMBERS[1:]},
    }  # fmt: skip
    address = f"/ho-so/{called.case.pk}/bien-ban/"
    assert called.browser(SECRETARY).post(address, fields).status_code == 302
    round_.refresh_from_db()
    assert (round_.call, round_.place, round_.closed_at) == (2, "Hội trường", None)
    assert round_.meets_at == datetime(2024, 1, 19, 8, 0, tzinfo=ZONE)
    assert round_.due_at == datetime(2024, 1, 23, 17, 0, tzinfo=ZONE)
    assert opinion_of("tp-kinhte").given_at is None
    assert Minutes.objects.get().quorate is False
    assert "triệu tập lần 2" in said(called.opens("tp-kinhte", owner="tp-kinhte"))
    # The second time too: the round ends, the head concludes on what there is.
    clock.turn_to(round_.meets_at + timedelta(hours=2))
    second = fields | called.ticket("", task=round_.task_id) | {"held_on": "2024-01-19"}
    second |= {
        "held_time": "08:10",
        "ended_time": "09:00",
        "again_on": "",
        "again_time": "",
        "again_place": "",
    }
    assert called.browser(SECRETARY).post(address, second).status_code == 302
    round_.refresh_from_db()
    assert round_.closed_how == "no_quorum"
    assert Minutes.objects.count() == 2
    assert called.waits_at() == {"conclude"}
    assert "vì hai lần họp không đủ số người" in said(called.opens(HEAD))


@pytest.mark.parametrize(
    ("answers", "change", "status", "words"),
    [
        (ALL_THERE, {}, 422, "Nêu lý do không đồng ý"),
        ({**ALL_THERE, "tp_tuphap": "absent"}, {}, 400, "Ghi ngày, giờ và địa điểm họp."),
        ({**ALL_THERE, "tp_tuphap": "agree"}, {"held_on": "2024-01-20"}, 400, "không ở tương lai"),
        ({**ALL_THERE, "tp_tuphap": "agree"}, {"text": ""}, 422, "Diễn biến, kết luận"),
    ],
)
def test_minutes_that_do_not_hold_are_not_entered(called, answers, change, status, words):
    before = recorded()
    round_ = ReviewRound.objects.get()
    fields = {
        **called.ticket("", task=round_.task_id),
        "held_on": "2024-01-17", "held_time": "14:05", "ended_time": "16:00", "place": "Phòng họp số 2",
        "chair": called.cast.people[HEAD].pk, "text": "Biểu quyết.", **change,
        **{
            f"said-{opinion_of(name.replace('_', '-')).pk}": answer
            for name, answer in answers.items()
        },
    }  # fmt: skip
    answer = called.browser(SECRETARY).post(f"/ho-so/{called.case.pk}/bien-ban/", fields)
    assert words in refused_without_a_trace(called, answer, status, before=before)
    assert not Minutes.objects.exists()


def test_who_left_the_committee_before_the_meeting_was_not_there(called):
    """Nobody speaks who has no seat on the day, by the secretary's pen either."""
    seat = Appointment.objects.get(
        user__username="tp-tuphap", post__role=Role.COMMITTEE_MEMBER, ends_on=None
    )
    services.end_appointment(seat, ends_on=HELD.date(), by=INSTALLATION, at=NOW)
    before = recorded()
    answer = enter(called, words={"tp_tuphap": "Trái thẩm quyền."}, **ALL_THERE)
    words = refused_without_a_trace(called, answer, 400, before=before)
    assert "không còn là người được lấy ý kiến vào ngày họp" in words
    assert (
        enter(called, **{**ALL_THERE, "tp_tuphap": "absent", "tp_taichinh": "agree"}).status_code
        == 302
    )


def test_only_the_secretary_enters_minutes_and_a_round_in_writing_has_none(called, cast):
    before = recorded()
    answer = enter(called, who="tp-kinhte", **ALL_THERE)
    refused_without_a_trace(called, answer, 403, before=before)
    written = OnTheWay(cast).brought_to("opinion")
    address = f"/ho-so/{written.case.pk}/bien-ban/"
    assert written.browser(SECRETARY).get(address).status_code == 404


def minutes_page(way, who=SECRETARY):
    return said(way.browser(who).get(f"/ho-so/{way.case.pk}/bien-ban/"))


def test_the_minutes_are_a_numbered_sheet_with_everything_the_decree_asks_for(called):
    """Decree 30/2020, Appendix III: heading, issuer, number, hours, people, count, two signatures."""
    assert enter(called, words={"tp_tuphap": "Trái thẩm quyền."}, **ALL_THERE).status_code == 302
    page = minutes_page(called, HEAD)
    lines = [
        "ỦY BAN NHÂN DÂN QUẬN AN MẪU BAN CHỈ ĐẠO ISO Số: 01/BB-BCĐISO",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc",
        "BIÊN BẢN Họp lấy ý kiến về dự thảo",
        "Thời gian bắt đầu: 14 giờ 05 phút, ngày 17 tháng 01 năm 2024.",
        "Chủ trì (chủ tọa): Phó Chủ tịch văn xã, Trưởng Ban Chỉ đạo ISO.",
        "Thành phần tham dự: 2/3 ủy viên có mặt; đủ số người họp.",
        "Trưởng phòng Tư pháp Có mặt Không đồng ý, tại cuộc họp: Trái thẩm quyền.",
        "Kết quả lấy ý kiến ủy viên: Đồng ý: 1; Không đồng ý: 1; Không có ý kiến: 1.",
        "Đọc dự thảo, thảo luận, biểu quyết.",
        "Cuộc họp kết thúc vào 16 giờ 00 phút, ngày 17 tháng 01 năm 2024./.",
        "THƯ KÝ ký trên bản in Thư ký Ban Chỉ đạo ISO CHỦ TỌA ký trên bản in Phó Chủ tịch văn xã",
        "Nơi nhận: - Như thành phần tham dự;",
    ]
    places = [page.find(line) for line in lines]
    assert -1 not in places, [line for line, at in zip(lines, places, strict=True) if at == -1]
    assert places == sorted(places)


def test_the_minutes_of_a_first_meeting_say_nothing_of_what_was_said_at_the_second(called):
    again = {"again_on": "2024-01-19", "again_time": "08:00", "again_place": "Hội trường"}
    members = ("tp_kinhte", "tp_tuphap", "tp_taichinh")
    absent = dict.fromkeys(members, "absent")
    assert enter(called, more=again, **absent).status_code == 302
    clock.turn_to(datetime(2024, 1, 19, 11, 0, tzinfo=ZONE))
    second = {"held_on": "2024-01-19", "held_time": "08:05", "ended_time": "10:00"}
    agreed = dict.fromkeys(members, "agree")
    assert enter(called, more=second, **agreed).status_code == 302
    later, earlier = minutes_page(called).split("Số: 01/BB-BCĐISO")
    assert "Số: 02/BB-BCĐISO" in later
    assert "(triệu tập lần 2)" in later
    assert "Đồng ý: 3." in later
    assert "Kết quả lấy ý kiến ủy viên: Chưa có ý kiến: 3." in earlier


def test_the_minutes_stay_within_reach_when_the_paper_was_sent_on_anew(called):
    assert enter(called, **{**ALL_THERE, "tp_tuphap": "agree"}).status_code == 302
    assert called.sends(HEAD, "tra-lai", reason="Sửa Điều 1.").status_code == 302
    called.paper.assign("tp-noivu", "cv-noivu", at=AFTER)
    called.paper.rewrite("cv-noivu", NEW_TEXT, at=AFTER)
    called.paper.resubmit("cv-noivu", at=AFTER)
    assert "Số: 01/BB-BCĐISO" in minutes_page(called)
    assert "Biên bản họp" in said(
        called.browser(HEAD).get(f"/van-ban/{called.case.document.reference}/tong-hop-y-kien/")
    )


def test_from_its_hour_the_meeting_stands_on_the_secretary_s_desk_until_it_is_minuted(called):
    clock.turn_to(HELD - timedelta(minutes=1))
    assert "Ghi biên bản" not in said(called.browser(SECRETARY).get("/ban-lam-viec/"))
    clock.turn_to(HELD)
    desk = called.browser(SECRETARY).get("/ban-lam-viec/")
    assert f'href="/ho-so/{called.case.pk}/bien-ban/"' in desk.content.decode()
    assert f"Họp {vn_moment(HELD)}" in said(desk)
    assert "19/01" in said(desk)
    assert "Ghi biên bản" not in said(called.browser(MEMBERS[0]).get("/ban-lam-viec/"))
    clock.turn_to(AFTER)
    assert enter(called, words={"tp_tuphap": "Sai."}, **ALL_THERE).status_code == 302
    assert "Ghi biên bản" not in said(called.browser(SECRETARY).get("/ban-lam-viec/"))


@pytest.mark.parametrize("ended", ["14:05", "14:00", "23:59"])
def test_a_meeting_ends_after_it_began_and_not_later_than_now(called, ended):
    before = recorded()
    answer = enter(called, more={"ended_time": ended}, words={"tp_tuphap": "Sai."}, **ALL_THERE)
    sentence_ = "Cuộc họp kết thúc sau khi bắt đầu và không ở tương lai."
    assert sentence_ in refused_without_a_trace(called, answer, 400, before=before)
