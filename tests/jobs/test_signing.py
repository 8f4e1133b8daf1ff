"""The vice-chairman of the field signs, returns or refers up; the chairman decides what came up."""

from __future__ import annotations

import pytest

from documents.models import Signature
from tests.pages import (
    NEW_TEXT,
    PASSWORD,
    REASON,
    OnTheWay,
    recorded,
    refused_without_a_trace,
    said,
    the_office,
)
from workflows.models import Opinion, Referral, Return

DISSENT = "99% hồ sơ đúng hạn vượt khả năng nhân lực hiện có."
SIGNED = {"password": PASSWORD}


@pytest.fixture
def cast(db, settings):
    return the_office(settings)


@pytest.fixture
def way(cast):
    against = {"tp-taichinh": (Opinion.Choice.DISAGREE, DISSENT)}
    return OnTheWay(cast).brought_to("sign", opinions=against)


def test_the_first_screen_says_what_is_signed_until_when_and_what_it_replaces(way):
    words = said(way.opens("pct-kinhte"))
    subject = words.index("Ban hành Chính sách chất lượng và Mục tiêu chất lượng năm 2024")
    due = words.index("Còn 1 ngày làm việc hạn 16/01 17:00")
    replaces = words.index("Thay thế Quyết định 1073/QĐ-CT ngày 04/7/2023, toàn bộ")
    assert max(due, subject, replaces) < words.index("Tóm tắt")


def test_the_summary_tells_proposal_committee_check_and_bases(way):
    words = said(way.opens("pct-kinhte"))
    assert "Trưởng phòng Nội vụ, Tờ trình 01/TTr-NV" in words
    assert "Thống nhất. 2 đồng ý, 1 không đồng ý" in words
    assert "Chánh Văn phòng: đủ điều kiện ký. Nội dung 6/6, thể thức 9/9." in words
    assert "văn bản, " in words


def test_dissent_stands_in_full_with_its_answer(way):
    words = said(way.opens("pct-kinhte"))
    assert DISSENT in words
    assert "Giải trình của Trưởng Ban Giải trình ý kiến của tp-taichinh." in words


def test_the_block_is_generated_and_the_confirmation_says_what_it_is(way):
    words = said(way.opens("pct-kinhte"))
    assert "KT. CHỦ TỊCH PHÓ CHỦ TỊCH" in words
    assert "chưa phải chữ ký số" in words
    assert "Sau khi ký" in words


def test_what_changed_against_a_replaced_text_that_is_held_here(cast):
    OnTheWay(cast, text="chinh-sach-muc-tieu-2023").brought_to("issued")
    way = OnTheWay(cast, text=NEW_TEXT)
    way.brought_to("sign")
    replaced = way.case.revision.relations.get(verb="replaces").target
    if replaced.revisions.filter(stage="issued").exists():
        assert "Nội dung thay đổi so với văn bản bị thay thế" in said(way.opens("pct-kinhte"))
    else:
        assert "Chưa so sánh được" in said(way.opens("pct-kinhte"))


def test_signing_binds_to_the_content_and_hands_over_to_the_clerk(way):
    digest = way.case.revision.content_digest
    assert way.sends("pct-kinhte", "ky", **SIGNED).status_code == 302
    signature = Signature.objects.get()
    assert signature.content_digest == digest
    assert signature.block == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
    assert way.waits_at() == {"register"}


def test_a_wrong_password_signs_nothing_and_is_not_written_back(way):
    before = recorded()
    answer = way.sends("pct-kinhte", "ky", password="khong-phai-mat-khau")
    words = refused_without_a_trace(way, answer, 400, before=before)
    assert "Mật khẩu không đúng; chưa ký." in words
    assert "khong-phai-mat-khau" not in answer.content.decode()
    assert 'id="d-ky" aria-labelledby="d-ky-cau-hoi" open' in answer.content.decode()
    # The dialog stands open in the page: the button leads to it instead of opening it again.
    assert 'href="#d-ky"' in answer.content.decode()
    assert 'data-open="d-ky"' not in answer.content.decode()
    assert way.sends("pct-kinhte", "ky", **SIGNED).status_code == 302


def test_returning_goes_to_the_head_of_the_drafting_department(way):
    assert way.sends("pct-kinhte", "tra-lai", reason=REASON).status_code == 302
    assert Return.objects.get().from_step == "sign"
    assert way.waits_at() == {"receive_return"}


def test_referring_up_voids_nothing_and_leaves_the_decision_to_the_chairman(way):
    digest = way.case.revision.content_digest
    assert (
        way.sends("pct-kinhte", "trinh-chu-tich", reason="Liên quan nhiều lĩnh vực.").status_code
        == 302
    )
    assert Referral.objects.get().reason == "Liên quan nhiều lĩnh vực."
    assert (way.case.revision.content_digest, way.case.revision.stage) == (digest, "checked")
    page = said(way.opens("chutich"))
    assert "Liên quan nhiều lĩnh vực." in page
    assert "CHỦ TỊCH chữ ký" in page
    before = recorded()
    again = way.sends("pct-kinhte", "ky", **SIGNED)
    words = refused_without_a_trace(way, again, 403, before=before)
    assert "Văn bản này đã trình Chủ tịch: Chủ tịch quyết định." in words
    assert way.sends("chutich", "ky", **SIGNED).status_code == 302
    assert Signature.objects.get().block == ["CHỦ TỊCH"]


def test_who_may_sign_is_named_for_this_paper_and_only_the_chairman_once_it_is_referred(way):
    """The clerk reads every paper, so the barred button tells whom to ask."""
    before = said(way.opens("vanthu"))
    assert "Người được làm: Chủ tịch; Phó Chủ tịch kinh tế." in before
    way.sends("pct-kinhte", "trinh-chu-tich", reason="Liên quan nhiều lĩnh vực.")
    after = said(way.opens("vanthu"))
    assert "Người được làm: Chủ tịch." in after
    assert "Phó Chủ tịch văn xã" not in after.partition("Người được làm")[2][:60]


def test_a_second_press_on_refer_does_not_find_the_next_task(way):
    hidden = {**way.ticket("trinh-chu-tich"), "reason": "Liên quan nhiều lĩnh vực."}
    address = f"/viec/{hidden['task']}/trinh-chu-tich/"
    browser = way.browser("chutich")
    assert way.browser("pct-kinhte").post(address, hidden).status_code == 302
    before = recorded()
    late = browser.post(f"/viec/{hidden['task']}/ky/", {**hidden, **SIGNED})
    words = refused_without_a_trace(way, late, 409, before=before)
    assert "Biểu mẫu này đã ghi lúc" in words


def test_the_chairman_has_nobody_to_refer_to(way):
    page = way.opens("chutich")
    assert "Chủ tịch trực tiếp quyết định: ký, hoặc trả lại kèm lý do." in said(page)
    before = recorded()
    answer = way.sends("chutich", "trinh-chu-tich", reason=REASON)
    refused_without_a_trace(way, answer, 403, before=before)


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("pct-vanxa", "Lĩnh vực này do Phó Chủ tịch khác phụ trách."),
        ("tp-noivu", "Chỉ Chủ tịch hoặc Phó Chủ tịch phụ trách lĩnh vực ký văn bản của cơ quan."),
        ("cv-noivu", "Chỉ Chủ tịch hoặc Phó Chủ tịch phụ trách lĩnh vực ký văn bản của cơ quan."),
        ("danhgia", "Chỉ Chủ tịch hoặc Phó Chủ tịch phụ trách lĩnh vực ký văn bản của cơ quan."),
    ],
)
def test_whoever_may_read_but_not_sign_is_told_why_on_the_page_and_on_sending(way, who, sentence):
    page = way.opens(who)
    assert sentence in said(page)
    assert "d-ky-cau-hoi" not in page.content.decode()
    before = recorded()
    answer = way.sends(who, "ky", **SIGNED)
    assert sentence in refused_without_a_trace(way, answer, 403, before=before)


def test_two_signatories_one_signature(way):
    first = way.ticket("ky")
    second = {**first, "key": way.ticket("ky")["key"]}
    address = f"/viec/{first['task']}/ky/"
    assert way.browser("chutich").post(address, {**first, **SIGNED}).status_code == 302
    before = recorded()
    late = way.browser("pct-kinhte").post(address, {**second, **SIGNED})
    words = refused_without_a_trace(way, late, 409, before=before)
    assert "Chủ tịch đã làm trước, lúc 15/01/2024" in words
    assert PASSWORD not in late.content.decode()


def test_a_signature_on_another_content_is_refused(way):
    before = recorded()
    answer = way.sends("pct-kinhte", "ky", digest="f" * 64, **SIGNED)
    words = refused_without_a_trace(way, answer, 409, before=before)
    assert "Mở nội dung mới, so sánh rồi quyết định lại." in words


def test_signing_out_of_turn_is_refused(cast):
    way = OnTheWay(cast).brought_to("check_form")
    before = recorded()
    task = way.task().pk
    answer = way.sends("pct-kinhte", "ky", task=task, **SIGNED)
    refused_without_a_trace(way, answer, 404, before=before)


def test_the_page_asks_the_database_a_fixed_number_of_times(way, django_assert_max_num_queries):
    browser = way.browser("pct-kinhte")
    address = f"/viec/{way.task().pk}/"
    with django_assert_max_num_queries(27):
        browser.get(address)
