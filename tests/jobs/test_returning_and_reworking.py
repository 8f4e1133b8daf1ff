"""What comes back goes to the head of department, who gives it to a specialist, who sends it on."""

from __future__ import annotations

import pytest

from tests.pages import (
    NEW_TEXT,
    NOW,
    REASON,
    OnTheWay,
    recorded,
    refused_without_a_trace,
    said,
    the_office,
)

HEAD, DRAFTER = "tp-noivu", "cv-noivu"


@pytest.fixture
def returned(db, settings):
    way = OnTheWay(the_office(settings)).brought_to("open_round")
    way.paper.return_unopened("thuky-iso", REASON, at=way.at)
    return way


@pytest.fixture
def given(returned):
    returned.paper.assign(HEAD, DRAFTER, at=returned.at)
    return returned


def to_drafter(way):
    return {"drafter": way.cast.people[DRAFTER].pk}


def send_on(way, who=DRAFTER, **fields):
    """Send the newest version on, with the hidden fields the page shows."""
    page = way.opens(who)
    hidden = page.context["forms"]["trinh_lai"].initial
    sent = {name: str(value) for name, value in hidden.items()}
    return way.browser(who).post(f"/viec/{sent['task']}/trinh-lai/", sent | fields)


# Giao sửa lại


def test_the_head_reads_the_reason_and_finds_the_author_proposed(returned):
    page = returned.opens(HEAD)
    words = said(page)
    assert REASON in words
    assert "Thư ký Ban Chỉ đạo ISO, 12/01/2024 08:30, từ bước mở lượt lấy ý kiến" in words
    form = page.context["forms"]["giao_sua"]
    assert [label for _key, label in form.fields["drafter"].choices] == ["Chuyên viên Phòng Nội vụ"]
    assert form["drafter"].value() == returned.cast.people[DRAFTER].pk


def test_the_paper_is_given_to_a_specialist(returned):
    assert returned.sends(HEAD, "giao-sua", **to_drafter(returned)).status_code == 302
    assert returned.waits_at() == {"rework"}


@pytest.mark.parametrize("drafter", ["", "nobody", "999999"])
def test_it_is_given_to_nobody_else(returned, drafter):
    before = recorded()
    answer = returned.sends(HEAD, "giao-sua", drafter=drafter)
    refused_without_a_trace(returned, answer, 422, before=before)


@pytest.mark.parametrize("who", [DRAFTER, "thuky-iso"])
def test_only_the_head_hands_it_on(returned, who):
    sentence = "Văn bản bị trả lại do người đứng đầu đơn vị soạn thảo giao sửa."
    assert sentence in said(returned.opens(who))
    before = recorded()
    answer = returned.sends(who, "giao-sua", **to_drafter(returned))
    assert sentence in refused_without_a_trace(returned, answer, 403, before=before)


def test_handing_on_twice_is_one_act(returned):
    hidden = {**returned.ticket("giao-sua"), **to_drafter(returned)}
    address = f"/viec/{hidden['task']}/giao-sua/"
    browser = returned.browser(HEAD)
    other_key = returned.ticket("")["key"]
    assert browser.post(address, hidden).status_code == 302
    before = recorded()
    refused_without_a_trace(returned, browser.post(address, hidden), 409, before=before)
    late = browser.post(address, {**hidden, "key": other_key})
    words = refused_without_a_trace(returned, late, 409, before=before)
    assert "Trưởng phòng Nội vụ đã làm trước" in words


# Hoàn thiện dự thảo, trình lại


def test_before_a_new_version_is_saved_sending_on_is_barred_with_its_reason(given):
    page = given.opens(DRAFTER)
    words = said(page)
    assert REASON in words
    assert "Chưa có phiên bản mới để trình; cần lưu phiên bản trước." in words
    assert 'aria-disabled="true"' in page.content.decode()
    before = recorded()
    answer = send_on(given)
    refused_without_a_trace(given, answer, 409, before=before)


def test_text_that_no_version_holds_bars_it_too(given):
    given.paper.rewrite(DRAFTER, NEW_TEXT, at=NOW)
    copy = given.case.document.working_copy
    copy.text += "\nThêm một dòng."
    copy.save(update_fields=["text"])
    words = said(given.opens(DRAFTER))
    assert "Dự thảo có chỗ đã sửa mà chưa lưu thành phiên bản." in words


def test_the_specialist_sees_what_was_mended_and_sends_it_on(given):
    given.paper.rewrite(DRAFTER, NEW_TEXT, at=NOW)
    page = given.opens(DRAFTER)
    assert "Đã sửa gì so với bản bị trả lại" in said(page)
    assert "<ins>" in page.content.decode()
    assert send_on(given).status_code == 302
    case = given.case
    assert (case.revision.amendment, case.revision.stage) == (2, "draft")
    assert given.waits_at() == {"propose"}
    assert "Nội dung thay đổi so với bản trình trước" in said(given.opens(HEAD))


def test_a_decision_on_the_revision_that_came_back_is_offered_the_comparison(given):
    shown = given.case.revision.content_digest
    given.paper.rewrite(DRAFTER, NEW_TEXT, at=NOW)
    given.paper.resubmit(DRAFTER, at=NOW)
    before = recorded()
    answer = given.sends(HEAD, "trinh", text="Kính trình.", digest=shown)
    refused_without_a_trace(given, answer, 409, before=before)
    reference = given.case.document.reference
    assert f"/van-ban/{reference}/so-sanh/?tu=1&amp;den=2" in answer.content.decode()


def test_a_version_saved_meanwhile_is_not_sent_unseen(given):
    given.paper.rewrite(DRAFTER, NEW_TEXT, at=NOW)
    page = given.opens(DRAFTER)
    sent = {name: str(v) for name, v in page.context["forms"]["trinh_lai"].initial.items()}
    given.paper.rewrite(DRAFTER, "chinh-sach-muc-tieu-2023", at=NOW)
    before = recorded()
    answer = given.browser(DRAFTER).post(f"/viec/{sent['task']}/trinh-lai/", sent)
    words = refused_without_a_trace(given, answer, 409, before=before)
    assert "Đã có phiên bản mới hơn được lưu sau khi mở trang này." in words


def test_sending_on_twice_is_one_submission(given):
    given.paper.rewrite(DRAFTER, NEW_TEXT, at=NOW)
    page = given.opens(DRAFTER)
    sent = {name: str(v) for name, v in page.context["forms"]["trinh_lai"].initial.items()}
    address = f"/viec/{sent['task']}/trinh-lai/"
    browser = given.browser(DRAFTER)
    assert browser.post(address, sent).status_code == 302
    before = recorded()
    words = refused_without_a_trace(given, browser.post(address, sent), 409, before=before)
    assert "Biểu mẫu này đã ghi lúc" in words


def test_a_colleague_of_another_department_does_not_even_see_it(given):
    before = recorded()
    assert given.opens("cv-kinhte").status_code == 404
    answer = given.sends("cv-kinhte", "trinh-lai")
    refused_without_a_trace(given, answer, 404, before=before)


def test_the_head_reads_the_page_of_the_specialist_with_the_act_barred(given):
    sentence = "Chỉ chuyên viên của đơn vị soạn thảo gửi trình văn bản này."
    assert sentence in said(given.opens(HEAD))
    before = recorded()
    answer = given.sends(HEAD, "trinh-lai")
    assert sentence in refused_without_a_trace(given, answer, 403, before=before)


def test_the_pages_ask_the_database_a_fixed_number_of_times(given, django_assert_max_num_queries):
    browser = given.browser(DRAFTER)
    with django_assert_max_num_queries(18):
        browser.get(f"/viec/{given.task().pk}/")
