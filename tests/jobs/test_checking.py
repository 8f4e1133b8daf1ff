"""The Chief of Office confirms every point of content and of form, or returns the paper."""

from __future__ import annotations

import pytest

from audit.models import Entry
from tests.pages import (
    BEFORE,
    NOW,
    REASON,
    OnTheWay,
    recorded,
    refused_without_a_trace,
    said,
    the_office,
)
from workflows.checklists import CONTENT_POINTS, FORM_POINTS
from workflows.models import FormCheck, Return

CHIEF = "cvp"
WORDS = "Đủ điều kiện ký; còn một ý kiến khác đã được giải trình."


@pytest.fixture
def way(db, settings):
    return OnTheWay(the_office(settings)).brought_to("check_form")


def points(*, without=()):
    """Every point confirmed but these, and the words of the slip."""
    names = [f"content-{code}" for code in CONTENT_POINTS]
    names += [f"form-{code}" for code in FORM_POINTS]
    return {"text": WORDS, **{name: "on" for name in names if name not in without}}


def test_the_chief_sees_both_lists_the_block_and_a_suggested_slip(way):
    page = way.opens(CHIEF)
    words = said(page)
    assert "Thẩm tra nội dung 6 điểm" in words
    assert "Kiểm tra thể thức 9 điểm" in words
    assert "Căn cứ ban hành còn hiệu lực vào ngày thẩm tra" in words
    assert "KT. CHỦ TỊCH PHÓ CHỦ TỊCH" in words
    suggested = page.context["forms"]["du_dieu_kien"]["text"].value()
    assert "theo Tờ trình số 01/TTr-NV" in suggested
    assert "3 đồng ý, 0 đồng ý có góp ý, 0 không đồng ý" in suggested


def test_confirming_every_point_numbers_the_slip_and_goes_to_the_signatory(way):
    assert way.sends(CHIEF, "du-dieu-kien", **points()).status_code == 302
    checked = FormCheck.objects.get()
    assert (checked.cited_as, checked.text) == ("01/PTr-VP", WORDS)
    assert checked.content_points == dict.fromkeys(CONTENT_POINTS, True)
    assert checked.form_points == dict.fromkeys(FORM_POINTS, True)
    assert way.case.revision.stage == "checked"
    assert way.waits_at() == {"sign"}


@pytest.mark.parametrize("point", ["content-bases", "form-signature_block"])
def test_one_point_left_open_holds_the_paper_back_and_is_named(way, point):
    before = recorded()
    answer = way.sends(CHIEF, "du-dieu-kien", **points(without=(point,)))
    words = refused_without_a_trace(way, answer, 422, before=before)
    assert "1 chỗ cần sửa" in words
    assert "Xác nhận điểm này, hoặc trả lại văn bản nếu không đạt." in words
    assert answer.content.decode().count(" checked") == len(points()) - 2


def test_a_paper_that_does_not_pass_goes_back_with_the_reason(way):
    assert way.sends(CHIEF, "tra-lai", reason=REASON).status_code == 302
    assert Return.objects.get().from_step == "check_form"
    assert way.waits_at() == {"receive_return"}


@pytest.mark.parametrize("who", ["tp-noivu", "vanthu", "thuky-iso"])
def test_only_the_chief_of_office_checks(way, who):
    sentence = "Chỉ Chánh Văn phòng thẩm tra, kiểm tra thể thức trước khi ký."
    assert sentence in said(way.opens(who))
    before = recorded()
    answer = way.sends(who, "du-dieu-kien", **points())
    assert sentence in refused_without_a_trace(way, answer, 403, before=before)


def test_checking_twice_is_one_slip(way):
    hidden = {**way.ticket("du-dieu-kien"), **points()}
    address = f"/viec/{hidden['task']}/du-dieu-kien/"
    browser = way.browser(CHIEF)
    other_key = way.ticket("")["key"]
    assert browser.post(address, hidden).status_code == 302
    before = recorded()
    same = refused_without_a_trace(way, browser.post(address, hidden), 409, before=before)
    assert "Biểu mẫu này đã ghi lúc" in same
    late = browser.post(address, {**hidden, "key": other_key})
    words = refused_without_a_trace(way, late, 409, before=before)
    assert "Chánh Văn phòng đã làm trước" in words
    assert "Phiếu trình 01/PTr-VP" in words


def test_a_check_of_another_content_is_refused(way):
    before = recorded()
    answer = way.sends(CHIEF, "du-dieu-kien", **points(), digest="c" * 64)
    refused_without_a_trace(way, answer, 409, before=before)


def test_the_page_asks_the_database_a_fixed_number_of_times(way, django_assert_max_num_queries):
    browser = way.browser(CHIEF)
    with django_assert_max_num_queries(24):
        browser.get(f"/viec/{way.task().pk}/")


# One person, two hats


@pytest.fixture
def answered_by_the_checker(db, settings):
    """The Chief of Office sits on the committee too, and gave an opinion in the round."""
    way = OnTheWay(the_office(settings)).brought_to("open_round")
    members = ("tp-kinhte", "tp-tuphap", "cvp")
    way.paper.open_round("thuky-iso", members, 5, at=BEFORE)
    for name in members:
        way.paper.opinion(name, at=BEFORE)
    way.paper.conclude("pct-vanxa", "Thống nhất.", at=BEFORE)
    return way


def test_a_second_hat_is_told_before_the_act_and_recorded_with_it(answered_by_the_checker):
    """Architecture §4: allowed, warned about, and recorded in which capacity."""
    way = answered_by_the_checker
    assert "Tài khoản này đã cho ý kiến trong hồ sơ này." in said(way.opens("cvp"))
    assert "Tài khoản này đã" not in said(way.opens("vanthu")), "who may not act is not warned"
    way.paper.check("cvp", "Đủ điều kiện ký.", at=NOW)
    entry = Entry.objects.get(action="paper.checked")
    assert entry.details["also"] == "gave_opinion"
    others = Entry.objects.filter(head=True).exclude(pk=entry.pk)
    assert [one.action for one in others if "also" in one.details] == []


def test_the_clerk_who_numbers_and_seals_wears_one_hat(db, settings):
    way = OnTheWay(the_office(settings)).brought_to("issue")
    assert "Tài khoản này đã" not in said(way.opens("vanthu"))
