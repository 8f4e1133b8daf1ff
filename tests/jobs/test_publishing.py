"""The records clerk numbers and dates what is signed, then seals and issues it; or refuses."""

from __future__ import annotations

from uuid import uuid4

import pytest

from audit.models import Entry
from audit.selectors import sentence
from documents.models import Effect, Kind, RegisterEntry
from documents.services.drafting import DraftPlan
from offices import clock
from tests.pages import (
    BEFORE,
    NEW_TEXT,
    NOW,
    REASON,
    OnTheWay,
    recorded,
    refused_without_a_trace,
    said,
    the_office,
)
from workflows.example.acts import moment
from workflows.models import Act, Duty, Opinion, Return

CLERK = "vanthu"
LATE = DraftPlan(kind=Kind.DECISION, subject="Kiện toàn Ban Chỉ đạo ISO", field_of_work="kinh_te")
TODAY = {"dated_on": "2024-01-15"}
SEALED = {"copies": "9", "sealed": "on", "compared": "on"}


@pytest.fixture
def cast(db, settings):
    return the_office(settings)


@pytest.fixture
def signed(cast):
    return OnTheWay(cast).brought_to("register")


@pytest.fixture
def numbered(cast):
    return OnTheWay(cast).brought_to("issue")


# Cấp số


def test_the_clerk_sees_the_next_number_and_who_signed(signed):
    page = signed.opens(CLERK)
    words = said(page)
    assert 'value="01/QĐ-CT"' in page.content.decode()
    assert 'value="2024-01-15"' in page.content.decode()
    assert "Người ký Phó Chủ tịch kinh tế" in words
    assert "Xác nhận bằng mật khẩu (chưa phải chữ ký số)" in words
    assert "Sổ năm nay chưa có số nào; số đầu tiên là 01." in words


def test_a_series_that_runs_over_the_years_is_not_said_to_begin_this_year(cast):
    plan = DraftPlan(kind=Kind.PROCEDURE, subject="Quy trình đánh giá", field_of_work="kinh_te")
    way = OnTheWay(cast, text="quy-trinh-danh-gia-noi-bo", plan=plan).brought_to("register")
    words = said(way.opens(CLERK))
    assert "Sổ chưa có số nào; số đầu tiên là 01, sổ chạy liên tục qua các năm." in words
    assert "Sổ năm nay" not in words


def test_a_number_asked_for_late_is_warned_about(cast):
    way = OnTheWay(cast, at=BEFORE.replace(day=10)).brought_to("register")
    assert "Ký ngày 10/01/2024; chậm nhất thứ Năm 11/01/2024 phải cấp số" in said(way.opens(CLERK))


def test_numbering_changes_no_content_and_offers_the_issue_to_the_same_clerk(signed):
    digest, task = signed.case.revision.content_digest, signed.task().pk
    answer = signed.sends(CLERK, "cap-so", **TODAY)
    assert answer.headers["Location"] == f"/viec/{task}/"
    case = signed.case
    assert (case.document.cited_as, case.document.dated_on) == ("01/QĐ-CT", NOW.date())
    assert case.revision.content_digest == digest
    done = signed.browser(CLERK).get(f"/viec/{task}/").content.decode()
    assert f'<a href="/viec/{signed.task("issue").pk}/">Đóng dấu, phát hành</a>' in done


@pytest.mark.parametrize(
    ("day", "status", "sentence"),
    [
        ("2024-01-11", 400, "Văn bản ký ngày 12/01/2024; không được ghi ngày sớm hơn."),
        ("2024-01-16", 400, "Hôm nay là 15/01/2024; không cấp số với ngày chưa tới."),
        ("hôm nay", 422, "Ngày ghi trên văn bản"),
        ("", 422, "Ngày ghi trên văn bản"),
    ],
)
def test_a_date_that_cannot_be_gives_no_number(signed, day, status, sentence):
    before = recorded()
    answer = signed.sends(CLERK, "cap-so", dated_on=day)
    assert sentence in refused_without_a_trace(signed, answer, status, before=before)
    assert 'value="01/QĐ-CT"' in answer.content.decode()


def test_no_number_for_a_paper_that_would_take_effect_before_its_own_date(cast):
    """The text names the day before; signed content is mended by a return alone."""
    way = OnTheWay(cast, text="kien-toan-ban-chi-dao", plan=LATE).brought_to("register")
    clock.turn_to(moment("2024-01-23", "09:00"))
    words = said(way.opens(CLERK))
    assert "Văn bản ghi có hiệu lực từ 22/01/2024, ngày đã qua" in words
    before = recorded()
    answer = way.sends(CLERK, "cap-so", dated_on="2024-01-23")
    told = refused_without_a_trace(way, answer, 400, before=before)
    assert "có hiệu lực từ 22/01/2024, trước ngày 23/01/2024 ghi trên chính nó" in told
    assert "Trả lại văn bản" in told
    # The working day before, on which it was signed already, is a date like any other.
    assert way.sends(CLERK, "cap-so", dated_on="2024-01-22").status_code == 302


def test_an_ill_formed_paper_is_refused_before_it_gets_a_number(signed):
    assert signed.sends(CLERK, "tu-choi", reason=REASON).status_code == 302
    assert Return.objects.get().from_step == "register"
    assert not RegisterEntry.objects.exists()
    assert signed.waits_at() == {"receive_return"}


@pytest.mark.parametrize("who", ["pct-kinhte", "cvp", "tp-noivu"])
def test_only_the_clerk_numbers(signed, who):
    sentence = "Chỉ văn thư cấp số, đóng dấu và phát hành."
    assert sentence in said(signed.opens(who))
    before = recorded()
    answer = signed.sends(who, "cap-so", **TODAY)
    assert sentence in refused_without_a_trace(signed, answer, 403, before=before)


def test_numbering_twice_is_one_number(signed):
    hidden = {**signed.ticket("cap-so"), **TODAY}
    address = f"/viec/{hidden['task']}/cap-so/"
    browser = signed.browser(CLERK)
    other_key = signed.ticket("")["key"]
    assert browser.post(address, hidden).status_code == 302
    before = recorded()
    same = refused_without_a_trace(signed, browser.post(address, hidden), 409, before=before)
    assert "Biểu mẫu này đã ghi lúc" in same
    late = browser.post(address, {**hidden, "key": other_key})
    assert "Văn thư đã làm trước" in refused_without_a_trace(signed, late, 409, before=before)


def test_a_number_for_another_content_is_refused(signed):
    before = recorded()
    answer = signed.sends(CLERK, "cap-so", **TODAY, digest="d" * 64)
    refused_without_a_trace(signed, answer, 409, before=before)


# Phát hành


def test_the_clerk_sees_whom_it_goes_to_and_what_it_does_to_others(numbered):
    page = numbered.opens(CLERK)
    words = said(page)
    assert "01/QĐ-CT có hiệu lực từ thứ Hai 15/01/2024." in words
    assert "1073/QĐ-CT: hết hiệu lực toàn bộ từ ngày đó, không phải từ lúc bấm." in words
    for one in page.context["addressees"]:
        assert one.recipient.raw in words
    expanded = [one for one in page.context["addressees"] if one.executors]
    assert expanded
    assert f"– {expanded[0].executors[0]}" in words


def test_issuing_gives_effect_and_ends_the_case(numbered):
    assert numbered.sends(CLERK, "phat-hanh", **SEALED).status_code == 302
    case = numbered.case
    assert (case.ended_how, case.revision.stage) == ("issued", "issued")
    assert numbered.waits_at() == set()
    ceased = Effect.objects.get(kind="ceases")
    assert (ceased.target.cited_as, ceased.valid_from) == ("1073/QĐ-CT", NOW.date())
    assert RegisterEntry.objects.get(document=case.document).copies == 9
    assert Duty.objects.filter(sort="complete_stub").exists()


def test_whoever_reads_the_issued_paper_does_not_read_how_it_came_about(numbered):
    task = numbered.task("issue").pk
    assert numbered.sends(CLERK, "phat-hanh", **SEALED).status_code == 302
    assert numbered.browser("tp-tuphap").get(f"/viec/{task}/").status_code == 200
    assert numbered.browser("cv-kinhte").get(f"/viec/{task}/").status_code == 404


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"copies": "0"}, "Số lượng bản"),
        ({"copies": "10001"}, "Số lượng bản"),
        ({"sealed": ""}, "Văn bản chưa đóng dấu thì chưa phát hành."),
        ({"compared": ""}, "Đối chiếu nơi nhận trước khi phát hành."),
    ],
)
def test_nothing_goes_out_unsealed_uncompared_or_uncounted(numbered, fields, words):
    sent = {name: value for name, value in (SEALED | fields).items() if value}
    before = recorded()
    answer = numbered.sends(CLERK, "phat-hanh", **sent)
    assert words in refused_without_a_trace(numbered, answer, 422, before=before)


def test_whoever_signed_does_not_seal(numbered):
    before = recorded()
    answer = numbered.sends("pct-kinhte", "phat-hanh", **SEALED)
    words = refused_without_a_trace(numbered, answer, 403, before=before)
    assert "Chỉ văn thư cấp số, đóng dấu và phát hành." in words


def test_issuing_twice_is_one_issue_and_the_case_says_it_is_over(numbered):
    hidden = {**numbered.ticket("phat-hanh"), **SEALED}
    address = f"/viec/{hidden['task']}/phat-hanh/"
    browser = numbered.browser(CLERK)
    other_key = numbered.ticket("")["key"]
    assert browser.post(address, hidden).status_code == 302
    before = recorded()
    refused_without_a_trace(numbered, browser.post(address, hidden), 409, before=before)
    late = browser.post(address, {**hidden, "key": other_key})
    words = refused_without_a_trace(numbered, late, 409, before=before)
    assert "Hồ sơ này đã kết thúc lúc 15/01/2024" in words


# Sai trước khi đóng dấu

WRONG_DAY = "Ghi nhầm ngày trên văn bản."


def the_book(way):
    page = way.browser(CLERK).get(f"/so/{RegisterEntry.objects.get(number=1).register_id}/")
    return said(page)


def test_the_clerk_is_told_what_each_way_back_costs(numbered):
    page = numbered.opens(CLERK)
    words = said(page)
    assert "số 01/QĐ-CT nằm lại trong sổ kèm lý do và không dùng lại" in words
    assert "Nội dung, chữ ký và ý kiến giữ nguyên." in words
    assert "Chữ ký và ý kiến không còn tính" in words


def test_a_wrong_number_is_given_up_and_the_same_signed_content_gets_the_next(numbered):
    revision, task = numbered.case.revision, numbered.task().pk
    answer = numbered.sends(CLERK, "bo-so", reason=WRONG_DAY)
    assert answer.headers["Location"] == f"/viec/{task}/"
    case = numbered.case
    assert numbered.waits_at() == {"register"}
    assert (case.document.cited_as, case.document.dated_on, case.revision.issued_digest) == (
        "", None, "",
    )  # fmt: skip
    assert case.revision.content_digest == revision.content_digest
    assert (case.revision.stage, case.revision.ended_at) == ("signed", None)
    done = said(numbered.browser(CLERK).get(f"/viec/{task}/"))
    assert "Đã bỏ số, chờ cấp số khác: Văn thư" in done

    assert 'value="02/QĐ-CT"' in numbered.opens(CLERK).content.decode()
    numbered.carried_by_hand(CLERK, "register", "cap-so", **TODAY)
    numbered.carried_by_hand(CLERK, "issue", "phat-hanh", **SEALED)
    assert numbered.case.document.cited_as == "02/QĐ-CT"
    assert Opinion.objects.filter(round__revision=revision).count() == 3
    assert Effect.objects.get(source=numbered.case.document, kind="commences")


def test_the_number_given_up_stands_struck_in_the_book_with_its_reason(numbered):
    numbered.sends(CLERK, "bo-so", reason=WRONG_DAY)
    words = the_book(numbered)
    assert f"01/QĐ-CT 15/01/2024 Số không sử dụng: {WRONG_DAY}" in words
    assert "bỏ trước khi đóng dấu" in words
    assert "1 đang chờ" in words


def test_giving_a_number_up_is_recorded_as_one_act_with_its_gap(numbered):
    numbered.sends(CLERK, "bo-so", reason=WRONG_DAY)
    act = Act.objects.get(name="give_number_up")
    told = {
        (entry.action, entry.head): sentence(entry)
        for entry in Entry.objects.filter(operation_id=act.operation_id)
    }
    assert set(told) == {("paper.number_given_up", True), ("register.number_abandoned", False)}
    said_of_paper = told["paper.number_given_up", True]
    assert "bỏ số 01/QĐ-CT" in said_of_paper
    assert WRONG_DAY in said_of_paper
    assert "để số 1 của sổ QĐ-CT 2024 không sử dụng" in told["register.number_abandoned", False]


def test_a_wrong_paper_goes_back_and_its_signature_and_opinions_no_longer_count(numbered):
    wrong = numbered.case.revision
    assert numbered.sends(CLERK, "tra-lai", reason=REASON).status_code == 302
    assert Return.objects.get().from_step == "issue"
    assert numbered.waits_at() == {"receive_return"}
    wrong.refresh_from_db()
    assert (wrong.ended_because, wrong.issued_digest) == (REASON, "")
    assert f"01/QĐ-CT 15/01/2024 Số không sử dụng: {REASON}" in the_book(numbered)
    assert "từ bước phát hành" in said(numbered.opens("tp-noivu"))

    paper = numbered.paper
    paper.assign("tp-noivu", "cv-noivu", at=NOW)
    paper.rewrite("cv-noivu", NEW_TEXT, at=NOW)
    paper.resubmit("cv-noivu", at=NOW)
    case = numbered.case
    assert numbered.waits_at() == {"propose"}
    assert not hasattr(case.revision, "signature")
    assert case.revision.rounds.count() == 0
    assert (case.document.cited_as, case.revision.stage) == ("", "draft")


def test_what_came_back_after_its_number_may_be_withdrawn(numbered):
    numbered.sends(CLERK, "tra-lai", reason=REASON)
    case = numbered.case
    hidden = {"task": "0", "digest": case.revision.content_digest, "key": str(uuid4())}
    answer = numbered.browser("tp-noivu").post(
        f"/ho-so/{case.pk}/rut/", {**hidden, "reason": "Không ban hành nữa."}
    )
    assert answer.status_code == 302, said(answer)
    assert numbered.case.ended_how == "withdrawn"


@pytest.mark.parametrize("act", ["bo-so", "tra-lai"])
def test_neither_way_back_is_open_without_a_reason_to_others_or_for_another_content(numbered, act):
    before = recorded()
    empty = numbered.sends(CLERK, act, reason="  ")
    refused_without_a_trace(numbered, empty, 422, before=before)
    other = numbered.sends("cvp", act, reason=REASON)
    words = refused_without_a_trace(numbered, other, 403, before=before)
    assert "Chỉ văn thư cấp số, đóng dấu và phát hành." in words
    strange = numbered.sends(CLERK, act, reason=REASON, digest="d" * 64)
    refused_without_a_trace(numbered, strange, 409, before=before)
    assert REASON in said(strange)
    assert numbered.case.document.cited_as == "01/QĐ-CT"


@pytest.mark.parametrize("act", ["bo-so", "tra-lai"])
def test_after_the_issue_no_number_is_given_up(numbered, act):
    task = numbered.task().pk
    hidden = numbered.ticket(act)
    numbered.carried_by_hand(CLERK, "issue", "phat-hanh", **SEALED)
    before = recorded()
    answer = numbered.browser(CLERK).post(f"/viec/{task}/{act}/", {**hidden, "reason": REASON})
    refused_without_a_trace(numbered, answer, 409, before=before)
    assert numbered.case.document.cited_as == "01/QĐ-CT"


def test_a_paper_that_waits_for_its_seal_gives_no_number_up_twice(numbered):
    """The second form names a task that is over, though the paper waits for a seal again."""
    stale = {**numbered.ticket("bo-so"), "reason": WRONG_DAY}
    numbered.sends(CLERK, "bo-so", reason=WRONG_DAY)
    numbered.carried_by_hand(CLERK, "register", "cap-so", **TODAY)
    before = recorded()
    answer = numbered.browser(CLERK).post(f"/viec/{stale['task']}/bo-so/", stale)
    refused_without_a_trace(numbered, answer, 409, before=before)
    assert numbered.case.document.cited_as == "02/QĐ-CT"


def test_the_pages_ask_the_database_a_fixed_number_of_times(
    signed, cast, django_assert_max_num_queries
):
    browser = signed.browser(CLERK)
    with django_assert_max_num_queries(19):
        browser.get(f"/viec/{signed.task().pk}/")
    signed.sends(CLERK, "cap-so", **TODAY)
    with django_assert_max_num_queries(16):
        browser.get(f"/viec/{signed.task().pk}/")
