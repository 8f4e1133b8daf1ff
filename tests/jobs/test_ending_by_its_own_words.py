"""What a decision says of its own effect, and does to others without replacing them, is kept."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from documents.models import Effect, Kind, Relation
from documents.selectors import state
from documents.services.drafting import DraftPlan
from tests.pages import OnTheWay, recorded, refused_without_a_trace, said, the_office
from workflows.example import acts

PLAN = DraftPlan(kind=Kind.DECISION, subject="Kiện toàn Ban Chỉ đạo ISO", field_of_work="kinh_te")
WRITTEN = "kể từ ngày 22 tháng 01 năm 2024 và thay"
TEXTS = {
    "ends": "kể từ ngày 22 tháng 01 năm 2024 đến hết ngày 31 tháng 12 năm 2024 và thay",
    "published": "sau 10 ngày, kể từ ngày đăng báo và thay",
    "corrects": "kể từ ngày 22 tháng 01 năm 2024, đình chỉ thi hành khoản 2 Điều 1 Quyết định số 88/QĐ-UBND ngày 03/5/2022, đính chính lỗi kỹ thuật tại Quyết định số 91/QĐ-UBND ngày 04/5/2022, đình chỉ thi hành Quyết định số 95/QĐ-UBND ngày 05/5/2022 và thay",
    "ends too early": "kể từ ngày 22 tháng 01 năm 2024 đến hết ngày 19 tháng 01 năm 2024 và thay",
}


@pytest.fixture
def cast(db, settings, monkeypatch):
    text = acts.text_of("kien-toan-ban-chi-dao")
    assert WRITTEN in text
    monkeypatch.setattr(acts, "text_of", lambda name: text.replace(WRITTEN, TEXTS[name]))
    return the_office(settings)


def test_who_signs_sees_the_last_day(cast):
    way = OnTheWay(cast, text="ends", plan=PLAN).brought_to("sign")
    assert "Có hiệu lực đến hết ngày 31/12/2024" in said(way.opens("pct-kinhte"))


def test_the_ledger_ends_it_on_the_day_after_its_last(cast):
    way = OnTheWay(cast, text="ends", plan=PLAN).brought_to("issue")
    assert "đến hết ngày 31/12/2024, sau đó tự hết hiệu lực" in said(way.opens("vanthu"))
    way.carried_by_hand("vanthu", "issue", "phat-hanh", copies="9", sealed="on", compared="on")
    paper = way.case.document
    assert set(Effect.objects.filter(target=paper).values_list("kind", "valid_from")) == {
        ("commences", date(2024, 1, 22)),
        ("ceases", date(2025, 1, 1)),
    }
    last = state.legal([paper], on=date(2024, 12, 31))[paper.pk]
    after = state.legal([paper], on=date(2025, 1, 1))[paper.pk]
    assert (last.state, after.state) == (state.State.IN_FORCE, state.State.CEASED)
    assert (after.ends_on, after.ended_by) == (date(2025, 1, 1), None)
    page = way.browser("vanthu").get(f"/van-ban/{paper.reference}/?ngay=2024-06-03")
    assert "Còn hiệu lực đến hết ngày 31/12/2024." in said(page)


def test_a_paper_that_would_end_before_it_begins_gets_no_number(cast):
    way = OnTheWay(cast, text="ends too early", plan=PLAN).brought_to("register")
    before = recorded()
    answer = way.sends("vanthu", "cap-so", dated_on="2024-01-15")
    told = refused_without_a_trace(way, answer, 400, before=before)
    assert "đến hết ngày 19/01/2024, trước ngày bắt đầu có hiệu lực 22/01/2024" in told
    assert "Hãy trả lại văn bản để ghi ngày hết hiệu lực khác" in told


def test_a_paper_that_waits_for_its_publication_is_not_submitted(cast):
    """Nobody may sign what could never be numbered: the drafter is told, and it stays a draft."""
    way = OnTheWay(cast, text="published", plan=PLAN)
    way.paper.draft("cv-noivu", "NV", PLAN, "published", at=way.at)
    paper = way.paper.document
    before = recorded()
    sent = {"digest": paper.revisions.newest_first().first().content_digest, "key": str(uuid4())}
    answer = way.browser("cv-noivu").post(f"/soan/{paper.reference}/gui/", sent)
    told = refused_without_a_trace(way, answer, 400, before=before)
    assert "có hiệu lực theo ngày đăng hoặc công bố, không nêu ngày cụ thể" in told
    assert "Hãy ghi ngày có hiệu lực cụ thể" in told
    assert not paper.revisions.filter(amendment__isnull=False).exists()


def test_a_correction_and_a_part_suspended_leave_the_other_paper_in_force(cast):
    way = OnTheWay(cast, text="corrects", plan=PLAN).brought_to("issue")
    way.carried_by_hand("vanthu", "issue", "phat-hanh", copies="9", sealed="on", compared="on")
    paper = way.case.document
    acted = Relation.objects.filter(source=paper).exclude(verb__in=["based_on", "cites"])
    assert [(one.verb, one.scope) for one in acted.order_by("ordinal")] == [
        ("suspends", "khoản 2 Điều 1"),
        ("corrects", ""),
        ("suspends", ""),
        ("replaces", ""),
    ]
    done = Effect.objects.filter(source=paper).exclude(target=paper)
    assert sorted(done.values_list("kind", flat=True)) == ["ceases", "suspends"]
    assert done.get(kind="suspends").target.number_key == 95
