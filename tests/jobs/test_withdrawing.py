"""Before the signature the head of the drafting department may withdraw a paper, and says why."""

from __future__ import annotations

import pytest

from tests.pages import MEMBERS, OnTheWay, recorded, refused_without_a_trace, said, the_office
from workflows.models import Opinion, ReviewRound

HEAD = "tp-noivu"
WHY = "Chờ văn bản hướng dẫn mới của cấp trên."


@pytest.fixture
def cast(db, settings):
    return the_office(settings)


def address(way):
    return f"/ho-so/{way.case.pk}/rut/"


def withdraw(way, who=HEAD, **fields):
    hidden = {"task": "0", "digest": way.case.revision.content_digest}
    key = way.ticket("", task=1)["key"]
    return way.browser(who).post(address(way), {**hidden, "key": key, "reason": WHY, **fields})


def test_the_page_says_what_withdrawing_does_and_what_waits(cast):
    way = OnTheWay(cast).brought_to("open_round")
    words = said(way.browser(HEAD).get(address(way)))
    assert "Hồ sơ dừng tại đây." in words
    assert "Đang chờ: Mở lượt lấy ý kiến" in words
    assert "Muốn trình lại phải lưu phiên bản mới và đi lại từ đầu." in words


@pytest.mark.parametrize("node", ["propose", "open_round", "conclude", "check_form", "sign"])
def test_a_paper_is_withdrawn_from_any_step_before_the_signature(cast, node):
    way = OnTheWay(cast).brought_to(node)
    assert withdraw(way).status_code == 302
    assert (way.case.ended_how, way.case.revision.stage) == ("withdrawn", "withdrawn")
    assert way.waits_at() == set()


def test_a_running_round_ends_with_it_and_opinions_given_are_kept(cast):
    way = OnTheWay(cast).brought_to("opinion")
    task = way.task(owner=MEMBERS[1]).pk
    way.paper.opinion(MEMBERS[0], at=way.at)
    assert withdraw(way).status_code == 302
    assert ReviewRound.objects.get().closed_how == "withdrawn"
    assert sorted(Opinion.objects.values_list("choice", flat=True)) == ["agree", "silent", "silent"]
    before = recorded()
    late = way.sends(MEMBERS[1], "cho-y-kien", task=task, choice="agree")
    words = refused_without_a_trace(way, late, 409, before=before)
    assert "Hồ sơ này đã kết thúc lúc 15/01/2024" in words


def test_withdrawing_says_why(cast):
    way = OnTheWay(cast).brought_to("propose")
    before = recorded()
    refused_without_a_trace(way, withdraw(way, reason=" "), 422, before=before)


@pytest.mark.parametrize("who", ["cv-noivu", "thuky-iso"])
def test_only_the_head_of_the_drafting_department_withdraws(cast, who):
    way = OnTheWay(cast).brought_to("open_round")
    sentence = "Chỉ người đứng đầu đơn vị soạn thảo rút văn bản này."
    assert sentence in said(way.browser(who).get(address(way)))
    before = recorded()
    words = refused_without_a_trace(way, withdraw(way, who), 403, before=before)
    assert sentence in words
    assert WHY in words


def test_a_stranger_does_not_learn_of_the_case(cast):
    way = OnTheWay(cast).brought_to("open_round")
    before = recorded()
    refused_without_a_trace(way, withdraw(way, "cv-kinhte"), 404, before=before)


def test_a_signed_paper_is_not_withdrawn(cast):
    way = OnTheWay(cast).brought_to("register")
    assert "Văn bản đã ký, không rút được nữa." in said(way.browser(HEAD).get(address(way)))
    before = recorded()
    words = refused_without_a_trace(way, withdraw(way), 409, before=before)
    assert "Văn bản đã ký, không rút được nữa." in words
    assert WHY in words


def test_withdrawing_twice_is_one_withdrawal(cast):
    way = OnTheWay(cast).brought_to("open_round")
    key = way.ticket("", task=1)["key"]
    assert withdraw(way, key=key).status_code == 302
    before = recorded()
    same = refused_without_a_trace(way, withdraw(way, key=key), 409, before=before)
    assert "Biểu mẫu này đã ghi lúc" in same
    late = refused_without_a_trace(way, withdraw(way), 409, before=before)
    assert "Hồ sơ này đã kết thúc lúc 15/01/2024" in late
    assert WHY in late


def test_withdrawing_another_content_is_refused(cast):
    way = OnTheWay(cast).brought_to("open_round")
    before = recorded()
    refused_without_a_trace(way, withdraw(way, digest="e" * 64), 409, before=before)


def test_a_withdrawn_paper_is_written_on_saved_and_submitted_again(cast):
    way = OnTheWay(cast).brought_to("open_round")
    assert withdraw(way).status_code == 302
    paper, drafter = way.paper.document, way.browser("cv-noivu")
    address = f"/soan/{paper.reference}/"
    page = drafter.get(address)
    assert "đang được xử lý" not in said(page)
    assert "readonly" not in page.content.decode()
    copy = paper.working_copy
    given = {"base": copy.text, "text": copy.text, "lock_version": copy.lock_version}
    assert drafter.post(address, {**given, "act": "save"}).status_code == 302
    newest = paper.revisions.newest_first().first()
    form = {"digest": newest.content_digest, "key": way.ticket("", task=1)["key"]}
    assert drafter.post(f"{address}gui/", form).status_code == 302
    again = paper.revisions.newest_first().first()
    assert (again.stage, again.amendment) == ("draft", 2)
