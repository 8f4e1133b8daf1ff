"""A signatory signs several papers in one sitting: each is checked, signed and answered by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audit.models import Entry
from documents.models import Signature
from tests.pages import MEMBERS, NOW, PASSWORD, PLAN, REASON, OnTheWay, recorded, said, the_office
from workflows.models import Act

ADDRESS = "/ky-nhieu/"
WHO = "pct-kinhte"
DISSENT = {MEMBERS[0]: ("disagree", "Chưa rõ nguồn lực thực hiện.")}


@pytest.fixture
def cast(db, settings):
    return the_office(settings)


@pytest.fixture
def two(cast):
    """Two papers that wait for the same signature."""
    other = replace(PLAN, subject="Chính sách chất lượng")
    return [OnTheWay(cast).brought_to("sign"), OnTheWay(cast, plan=other).brought_to("sign")]


def form(*ways, ticked=None, password=PASSWORD):
    """What the page of these papers would send, with some of them checked."""
    sent = {"password": password}
    for way in ways:
        hidden = way.ticket("ky", "sign")
        sent |= {f"{name}-{hidden['task']}": hidden[name] for name in ("digest", "key")}
        if ticked is None or way in ticked:
            sent[f"tick-{hidden['task']}"] = "on"
    return sent


def sends(way, sent, who=WHO):
    return way.browser(who).post(ADDRESS, sent)


def test_the_page_says_of_each_paper_what_is_signed_and_in_which_capacity(two):
    words = said(two[0].browser(WHO).get(ADDRESS))
    for way in two:
        assert f"Tờ trình {way.case.revision.submission_note.cited_as}" in words
        assert way.case.revision.content_digest[:4] in words
    assert words.count("3 đồng ý") == 2
    assert words.count("KT. CHỦ TỊCH, PHÓ CHỦ TỊCH") == 2
    assert words.count("Đã đọc, ký văn bản này") == 2


def test_each_is_an_act_of_its_own_with_one_password(two):
    before = Act.objects.filter(name="sign").count()
    answer = sends(two[0], form(*two))
    assert "Đã ký 2/2 văn bản" in said(answer)
    assert [way.waits_at() for way in two] == [{"register"}, {"register"}]
    heads = Entry.objects.filter(action="paper.signed", head=True)
    assert heads.values("operation_id").distinct().count() == 2
    assert Act.objects.filter(name="sign").count() == before + 2


def test_only_what_is_checked_is_signed(two):
    answer = sends(two[0], form(*two, ticked=[two[1]]))
    assert "Đã ký 1/1 văn bản" in said(answer)
    assert [way.waits_at() for way in two] == [{"sign"}, {"register"}]


def test_one_that_changed_meanwhile_keeps_no_other_back_and_says_why(two):
    sent = form(*two)
    two[0].carried_by_hand("pct-kinhte", "sign", "tra-lai", reason=REASON)
    words = said(sends(two[1], sent))
    assert "Đã ký 1/2 văn bản" in words
    assert "đã làm trước" in words
    assert [way.waits_at() for way in two] == [{"receive_return"}, {"register"}]


def test_the_same_form_twice_signs_once(two):
    sent = form(*two)
    sends(two[0], sent)
    before = recorded()
    words = said(sends(two[0], sent))
    assert "Đã ký 0/2 văn bản" in words
    assert words.count("gửi lại không thay đổi gì") == 2
    assert recorded() == before


def test_a_wrong_password_signs_nothing_and_keeps_what_was_checked(two):
    before = recorded()
    answer = sends(two[0], form(*two, ticked=[two[1]], password="sai"))
    assert answer.status_code == 400
    assert "Mật khẩu không đúng" in said(answer)
    assert answer.content.decode().count(" checked") == 1
    assert recorded() == before


@pytest.mark.parametrize(
    ("ticked", "words"), [([], "Đánh dấu ít nhất một văn bản."), (None, "bị hỏng")]
)
def test_nothing_checked_or_a_damaged_form_signs_nothing(two, ticked, words):
    sent = form(*two, ticked=ticked)
    if ticked is None:
        sent |= {name: "x" for name in sent if name.startswith("digest-")}
    before = recorded()
    answer = sends(two[0], sent)
    assert answer.status_code in {400, 422}
    assert ticked is None or words in said(answer)
    assert recorded() == before


def test_more_than_twenty_are_refused_whole(two):
    sent = form(*two)
    sent |= {
        f"{name}-{key}": value
        for key in range(10_000, 10_020)
        for name, value in (
            ("tick", "on"),
            ("digest", "a" * 64),
            ("key", f"00000000-0000-4000-8000-0000000{key}"),
        )
    }
    before = recorded()
    answer = sends(two[0], sent)
    assert "Mỗi lần ký nhiều nhất 20 văn bản." in said(answer)
    assert recorded() == before


def test_a_dissent_is_read_and_signed_on_its_own_page(cast):
    way = OnTheWay(cast).brought_to("sign", opinions=DISSENT)
    words = said(way.browser(WHO).get(ADDRESS))
    assert "Phải mở để ký riêng" in words
    assert "Có ủy viên không đồng ý; đọc lý do và phần giải trình." in words
    assert "Đã đọc, ký văn bản này" not in words
    forced = said(sends(way, form(way)))
    assert "Chưa ký" in forced
    assert "Mở văn bản và ký trên trang riêng." in forced
    assert way.waits_at() == {"sign"}
    way.paper.sign(WHO, at=NOW)
    assert way.waits_at() == {"register"}


def test_another_persons_paper_is_not_signed_and_a_strangers_not_named(cast):
    way = OnTheWay(cast).brought_to("sign")
    words = said(sends(way, form(way), who="pct-vanxa"))
    assert "Đã ký 0/1 văn bản" in words
    assert not Signature.objects.exists()
    early = OnTheWay(cast).brought_to("propose")
    hidden = early.ticket("", "propose")
    sent = {"password": PASSWORD, f"tick-{hidden['task']}": "on"}
    sent |= {f"{name}-{hidden['task']}": hidden[name] for name in ("digest", "key")}
    words = said(sends(early, sent))
    assert "Không có văn bản này, hoặc tài khoản này không được đọc." in words


def test_only_signatories_have_the_page_and_the_desk_leads_to_it(two):
    assert two[0].browser("cvp").get(ADDRESS).status_code == 403
    desk = two[0].browser(WHO).get("/ban-lam-viec/").content.decode()
    assert f'href="{ADDRESS}"' in desk
    assert ADDRESS not in two[0].browser("cvp").get("/ban-lam-viec/").content.decode()


def test_the_page_costs_the_same_for_any_number_of_papers(cast, django_assert_max_num_queries):
    counts = []
    for extra in range(2):
        plan = replace(PLAN, subject=f"Chính sách {extra}")
        way = OnTheWay(cast, plan=plan).brought_to("sign")
        client = way.browser(WHO)
        client.get(ADDRESS)
        with django_assert_max_num_queries(15) as counted:
            client.get(ADDRESS)
        counts.append(len(counted.captured_queries))
    assert counts[0] == counts[1]
