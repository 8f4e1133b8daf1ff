"""A specialist begins this year's paper from last year's decision."""

from __future__ import annotations

import pytest

from documents.models import Document
from workflows.views import beginning


@pytest.fixture
def author(example):
    return example.who("cv-noivu")


def test_last_years_decision_moves_on_by_a_year_and_replaces_it(example, author):
    former = example.paper("1073/QĐ-CT")
    reference = author.begins(way="former", former=former.reference)
    text = author.text_of(reference)
    assert "Mục tiêu chất lượng năm 2024" in text
    assert "thay thế Quyết định số 1073/QĐ-CT ngày 04 tháng 7 năm 2023" in text
    assert "812/QĐ-CT" not in text
    # years of citations are facts
    assert "ngày 19 tháng 6 năm 2015" in text
    assert "Thay thế" in author.opens(f"/soan/{reference}/").words or "thay thế" in text
    author.writes(reference, text)
    verbs = Document.objects.get(reference=reference).relations_out.filter(verb="replaces")
    assert [one.target for one in verbs] == [former]


def test_only_issued_decisions_that_one_may_read_are_offered_as_former(example, author):
    offered = author.opens("/soan/").form("/soan/").choices["former"]
    assert offered == [
        "", example.paper("1073/QĐ-CT").reference, example.paper("812/QĐ-CT").reference,
    ]  # fmt: skip


def test_a_decision_too_old_for_the_list_is_begun_from_its_page(example, author, monkeypatch):
    monkeypatch.setattr(beginning, "MOST_FORMERS", 0)
    former = example.paper("812/QĐ-CT")
    page = f"/van-ban/{former.reference}/"
    assert "Soạn từ quyết định này" in author.opens(page).words
    assert "Soạn từ quyết định này" not in example.who("luutru").opens(page).words
    address = f"/soan/?tu={former.reference}"
    reference = author.sends(author.opens(address).form("/soan/")).address.split("/")[2]
    assert "thay thế Quyết định số 812/QĐ-CT" in author.text_of(reference)


def test_an_address_that_names_no_paper_begins_a_blank_one(author):
    """PostgreSQL keeps no NUL and refuses to look for one."""
    for named in ("BH-1999-0001", "%00", "a" * 3000):
        assert author.client.get(f"/soan/?tu={named}").status_code == 200, named


def test_no_draft_is_begun_from_what_is_not_issued(example, author):
    address = f"/soan/?tu={example.paper('policy 2024').reference}"
    assert (
        author.opens(address).form("/soan/").choices["former"]
        == (author.opens("/soan/").form("/soan/").choices["former"])
    )
