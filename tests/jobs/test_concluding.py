"""The head of the committee answers every dissent and every remark, and endorses; or returns."""

from __future__ import annotations

import pytest

from tests.pages import REASON, OnTheWay, recorded, refused_without_a_trace, said, the_office
from workflows.models import Conclusion, Opinion, Response, Return

HEAD = "pct-vanxa"
DISSENT = "99% hồ sơ đúng hạn vượt khả năng nhân lực hiện có."
REMARK = "Mục tiêu 2: ghi rõ kỳ khảo sát là quý."
ANSWER = "Quý IV năm 2023 đã đạt 99,2%."
TAKEN = "Đã ghi là hằng quý."


@pytest.fixture
def way(db, settings):
    given = {
        "tp-taichinh": (Opinion.Choice.DISAGREE, DISSENT),
        "tp-tuphap": (Opinion.Choice.AGREE_WITH_REMARKS, REMARK),
    }
    return OnTheWay(the_office(settings)).brought_to("conclude", opinions=given)


def answers(**more):
    """Fields that answer the dissent and the remark; some may be changed."""
    against = Opinion.objects.get(choice="disagree").pk
    remark = Opinion.objects.get(choice="remarks").pk
    return {
        f"sort-{against}": "explained",
        f"text-{against}": ANSWER,
        f"sort-{remark}": "accepted",
        f"text-{remark}": TAKEN,
        "text": "Thống nhất.",
        **more,
    }


def test_the_head_sees_the_tally_and_dissent_first_and_in_full(way):
    words = said(way.opens(HEAD))
    assert "1 Đồng ý 1 Có góp ý 1 Không đồng ý" in words
    against = words.index(DISSENT)
    assert against < words.index(REMARK) < words.index("Trưởng phòng Kinh tế: Đồng ý")
    assert "1 ý kiến khác" in words


def test_endorsing_keeps_dissent_and_its_answer_and_goes_to_the_check(way):
    assert way.sends(HEAD, "thong-nhat", **answers()).status_code == 302
    concluded = Conclusion.objects.get()
    assert (concluded.outcome, concluded.text) == ("endorsed", "Thống nhất.")
    told = {row.opinion.choice: (row.sort, row.text) for row in Response.objects.all()}
    assert told == {"disagree": ("explained", ANSWER), "remarks": ("accepted", TAKEN)}
    assert way.case.revision.stage == "endorsed"
    assert way.waits_at() == {"check_form"}


def test_an_opinion_left_without_an_answer_holds_the_conclusion_back(way):
    before = recorded()
    against = Opinion.objects.get(choice="disagree").pk
    silent = way.sends(HEAD, "thong-nhat", **answers(**{f"text-{against}": ""}))
    words = refused_without_a_trace(way, silent, 422, before=before)
    assert "Ghi nội dung tiếp thu hoặc giải trình ý kiến này." in words
    assert TAKEN in words
    unsorted = way.sends(HEAD, "thong-nhat", **answers(**{f"sort-{against}": ""}))
    words = refused_without_a_trace(way, unsorted, 422, before=before)
    assert "Ghi rõ từng ý kiến được tiếp thu hay giải trình." in words


def test_returning_says_why_and_goes_to_the_head_of_the_drafting_department(way):
    assert way.sends(HEAD, "tra-lai", reason=REASON).status_code == 302
    assert Conclusion.objects.get().outcome == "returned"
    assert Return.objects.get().reason == REASON
    assert way.waits_at() == {"receive_return"}


@pytest.mark.parametrize("who", ["tp-noivu", "thuky-iso", "tp-taichinh"])
def test_only_the_head_of_the_committee_concludes(way, who):
    sentence = "Chỉ Trưởng Ban Chỉ đạo ISO kết luận."
    assert sentence in said(way.opens(who))
    before = recorded()
    answer = way.sends(who, "thong-nhat", **answers())
    words = refused_without_a_trace(way, answer, 403, before=before)
    assert sentence in words
    assert ANSWER in words


def test_concluding_twice_is_one_conclusion(way):
    hidden = {**way.ticket("thong-nhat"), **answers()}
    address = f"/viec/{hidden['task']}/thong-nhat/"
    browser = way.browser(HEAD)
    other_key = way.ticket("")["key"]
    assert browser.post(address, hidden).status_code == 302
    before = recorded()
    same = refused_without_a_trace(way, browser.post(address, hidden), 409, before=before)
    assert "Biểu mẫu này đã ghi lúc 15/01/2024" in same
    late = browser.post(address, {**hidden, "key": other_key})
    words = refused_without_a_trace(way, late, 409, before=before)
    assert "Phó Chủ tịch văn xã đã làm trước, lúc 15/01/2024" in words
    assert ANSWER in words


def test_a_conclusion_on_another_content_is_refused(way):
    before = recorded()
    answer = way.sends(HEAD, "thong-nhat", **answers(digest="b" * 64))
    words = refused_without_a_trace(way, answer, 409, before=before)
    assert "Văn bản đã đổi sau khi mở trang này" in words
    assert ANSWER in answer.content.decode()


def test_the_page_asks_the_database_a_fixed_number_of_times(way, django_assert_max_num_queries):
    browser = way.browser(HEAD)
    with django_assert_max_num_queries(26):
        browser.get(f"/viec/{way.task().pk}/")
