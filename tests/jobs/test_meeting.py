"""The committee meets: it is called, the Biên bản is entered, and without quorum called once more."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest

from audit.models import Entry
from audit.selectors import sentence
from offices import clock
from offices.dates import ZONE
from tests.pages import (
    MEMBERS,
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


def enter(way, who=SECRETARY, *, words=None, **answers):
    """Enter the minutes; `answers` by account: absent, present or one of the three opinions."""
    round_ = ReviewRound.objects.get()
    fields = {
        **way.ticket("", task=round_.task_id),
        "held_on": "2024-01-17",
        "held_time": "14:05",
        "place": "Phòng họp số 2",
        "chair": way.cast.people[HEAD].pk,
        "text": "Đọc dự thảo, thảo luận, biểu quyết.",
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
        "held_on": "2024-01-17", "held_time": "14:05", "place": "Phòng họp số 2",
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
    second |= {"held_time": "08:10", "again_on": "", "again_time": "", "again_place": ""}
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
        "held_on": "2024-01-17", "held_time": "14:05", "place": "Phòng họp số 2",
        "chair": called.cast.people[HEAD].pk, "text": "Biểu quyết.", **change,
        **{
            f"said-{opinion_of(name.replace('_', '-')).pk}": answer
            for name, answer in answers.items()
        },
    }  # fmt: skip
    answer = called.browser(SECRETARY).post(f"/ho-so/{called.case.pk}/bien-ban/", fields)
    assert words in refused_without_a_trace(called, answer, status, before=before)
    assert not Minutes.objects.exists()


def test_only_the_secretary_enters_minutes_and_a_round_in_writing_has_none(called, cast):
    before = recorded()
    answer = enter(called, who="tp-kinhte", **ALL_THERE)
    refused_without_a_trace(called, answer, 403, before=before)
    written = OnTheWay(cast).brought_to("opinion")
    address = f"/ho-so/{written.case.pk}/bien-ban/"
    assert written.browser(SECRETARY).get(address).status_code == 404
