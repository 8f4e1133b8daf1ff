"""The head of department proposes a paper with its Tờ trình, or returns it with a reason."""

from __future__ import annotations

import pytest

from tests.pages import NOW, REASON, OnTheWay, recorded, refused_without_a_trace, said, the_office
from workflows.models import Act, Return, SubmissionNote

WORDS = "Kính trình ban hành Chính sách và Mục tiêu chất lượng năm 2024."


@pytest.fixture
def way(db, settings):
    return OnTheWay(the_office(settings)).brought_to("propose")


def test_the_head_sees_the_paper_and_a_suggested_submission_note(way):
    page = way.opens("tp-noivu")
    words = said(page)
    assert page.status_code == 200
    assert "Chính sách chất lượng và Mục tiêu chất lượng năm 2024" in words
    assert "Còn 1 ngày làm việc hạn 16/01 17:00" in words
    assert "Thay thế Quyết định 1073/QĐ-CT ngày 04/7/2023, toàn bộ" in words
    suggested = page.context["forms"]["trinh"]["text"].value()
    # The paper is the chairman's own, not the body's.
    office = way.case.document.office.authority_name
    assert suggested.startswith(f"Kính gửi: Chủ tịch {office}\n")
    assert f"Phòng Nội vụ kính trình Chủ tịch {office} xem xét" in suggested


def test_proposing_numbers_the_note_and_hands_the_paper_to_the_secretary(way):
    task = way.task().pk
    answer = way.sends("tp-noivu", "trinh", text=WORDS)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/viec/{task}/")
    note = SubmissionNote.objects.get()
    assert (note.cited_as, note.text, note.dated_on) == ("01/TTr-NV", WORDS, NOW.date())
    assert way.waits_at() == {"open_round"}
    assert way.case.revision.stage == "proposed"


def test_the_page_of_a_done_step_says_by_whom_and_when_and_what_waits(way):
    task = way.task().pk
    way.sends("tp-noivu", "trinh", text=WORDS)
    words = said(way.browser("cv-noivu").get(f"/viec/{task}/"))
    assert "Đã trình: Trưởng phòng Nội vụ, lúc 15/01/2024 09:0" in words
    assert "Đang chờ: Mở lượt lấy ý kiến" in words
    assert "01/TTr-NV" in words


def test_returning_needs_a_reason_and_gives_the_paper_back_to_the_specialist(way):
    before = recorded()
    empty = way.sends("tp-noivu", "tra-lai", reason="  ")
    assert "1 chỗ cần sửa" in refused_without_a_trace(way, empty, 422, before=before)
    assert way.sends("tp-noivu", "tra-lai", reason=REASON).status_code == 302
    assert Return.objects.get().reason == REASON
    assert way.waits_at() == {"rework"}


def test_a_note_without_words_is_not_sent_and_the_form_keeps_its_key(way):
    before = recorded()
    hidden = way.ticket("trinh")
    address = f"/viec/{hidden['task']}/trinh/"
    empty = way.browser("tp-noivu").post(address, {**hidden, "text": ""})
    refused_without_a_trace(way, empty, 422, before=before)
    assert empty.context["forms"]["trinh"]["key"].value() == hidden["key"]


def test_a_specialist_reads_the_page_with_the_act_barred_and_its_reason(way):
    page = way.opens("cv-noivu")
    words = said(page)
    assert 'aria-disabled="true"' in page.content.decode()
    assert "Chỉ người đứng đầu đơn vị soạn thảo trình văn bản này." in words
    assert "Người được làm: Trưởng phòng Nội vụ." in words


def test_a_specialist_who_sends_the_form_is_refused_with_the_same_sentence(way):
    before = recorded()
    answer = way.sends("cv-noivu", "trinh", text=WORDS)
    words = refused_without_a_trace(way, answer, 403, before=before)
    assert "Chỉ người đứng đầu đơn vị soạn thảo trình văn bản này." in words
    assert WORDS in answer.content.decode()


@pytest.mark.parametrize("stranger", ["tp-kinhte", "thuky-iso", "quantri", "chutich"])
def test_who_may_not_read_the_paper_does_not_learn_of_its_task(way, stranger):
    before = recorded()
    assert way.opens(stranger).status_code == 404
    answer = way.sends(stranger, "trinh", text=WORDS)
    refused_without_a_trace(way, answer, 404, before=before)


def test_the_same_form_twice_is_one_act(way):
    hidden = {**way.ticket("trinh"), "text": WORDS}
    address = f"/viec/{hidden['task']}/trinh/"
    browser = way.browser("tp-noivu")
    assert browser.post(address, hidden).status_code == 302
    before = recorded()
    words = refused_without_a_trace(way, browser.post(address, hidden), 409, before=before)
    assert "Biểu mẫu này đã ghi lúc 15/01/2024 09:0" in words


def test_a_second_form_for_the_same_task_names_who_was_first_and_keeps_the_words(way):
    task = way.task().pk
    way.sends("tp-noivu", "trinh", text=WORDS)
    before = recorded()
    late = way.sends("tp-noivu", "tra-lai", task=task, reason=REASON)
    words = refused_without_a_trace(way, late, 409, before=before)
    assert "Trưởng phòng Nội vụ đã làm trước, lúc 15/01/2024 09:0" in words
    assert REASON in words
    assert Act.objects.filter(task_id=task).count() == 1


def test_a_form_with_a_fault_for_a_step_that_is_over_is_told_so_first(way):
    task = way.task().pk
    way.sends("tp-noivu", "trinh", text=WORDS)
    before = recorded()
    late = way.sends("tp-noivu", "tra-lai", task=task, reason="")
    words = refused_without_a_trace(way, late, 409, before=before)
    assert "Trưởng phòng Nội vụ đã làm trước" in words


def test_a_form_about_another_content_is_refused_and_can_be_sent_again(way):
    before = recorded()
    answer = way.sends("tp-noivu", "trinh", text=WORDS, digest="0" * 64)
    words = refused_without_a_trace(way, answer, 409, before=before)
    assert "Văn bản đã đổi sau khi mở trang này; chưa ghi gì." in words
    form = answer.context["forms"]["trinh"]
    assert form["text"].value() == WORDS
    assert form["digest"].value() == way.case.revision.content_digest


def test_a_form_without_its_hidden_part_is_not_carried_out(way):
    before = recorded()
    answer = way.sends("tp-noivu", "trinh", text=WORDS, key="")
    words = refused_without_a_trace(way, answer, 422, before=before)
    assert "Phần ẩn của biểu mẫu bị hỏng" in words


def test_a_form_of_one_task_sent_to_another_task_is_refused(way):
    other = OnTheWay(way.cast).brought_to("propose")
    before = recorded()
    hidden = {**other.ticket("trinh"), "text": WORDS}
    answer = way.browser("tp-noivu").post(f"/viec/{way.task().pk}/trinh/", hidden)
    refused_without_a_trace(way, answer, 409, before=before)


def test_opening_the_address_of_an_act_changes_nothing(way):
    before = recorded()
    task = way.task().pk
    answer = way.browser("tp-noivu").get(f"/viec/{task}/trinh/")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/viec/{task}/")
    assert way.browser("tp-noivu").get(f"/viec/{task}/khong-co/").status_code == 404
    assert recorded() == before


def test_the_page_asks_the_database_a_fixed_number_of_times(way, django_assert_max_num_queries):
    browser = way.browser("tp-noivu")
    address = f"/viec/{way.task().pk}/"
    with django_assert_max_num_queries(17):
        browser.get(address)
