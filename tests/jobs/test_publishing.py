"""The records clerk numbers and dates what is signed, then seals and issues it; or refuses."""

from __future__ import annotations

import pytest

from documents.models import Effect, RegisterEntry
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
from workflows.models import Duty, Return

CLERK = "vanthu"
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


def test_the_pages_ask_the_database_a_fixed_number_of_times(
    signed, cast, django_assert_max_num_queries
):
    browser = signed.browser(CLERK)
    with django_assert_max_num_queries(19):
        browser.get(f"/viec/{signed.task().pk}/")
    signed.sends(CLERK, "cap-so", **TODAY)
    with django_assert_max_num_queries(19):
        browser.get(f"/viec/{signed.task().pk}/")
