"""Anybody asks the office what is in force, without an account."""

from __future__ import annotations

import pytest

from tests import databases
from tests.reading import Page

COMMITTEE = "Kiện toàn Ban Chỉ đạo ISO"


@pytest.fixture
def visit(example, client):
    """Open a page of the reading room as a stranger; gives its words."""

    def go(address, status=200):
        answer = client.get(address)
        assert answer.status_code == status, answer.status_code
        return Page(answer.content.decode(), address)

    return go


def at(example, name, query=""):
    return f"/tra-cuu/{example.paper(name).reference}/{query}"


def test_issued_papers_are_listed_with_their_effect_today(visit):
    words = visit("/tra-cuu/").words

    assert "1073/QĐ-CT 04/7/2023" in words
    assert "812/QĐ-CT" in words
    assert "Hết hiệu lực toàn bộ" in words


def test_no_draft_is_listed_found_or_shown(example, visit):
    for query in ("", "?tim=2024", "?tim=kien+toan", "?tim=BH-2024-0001"):
        words = visit(f"/tra-cuu/{query}").words
        assert "Kiện toàn" not in words, query
        assert "năm 2024" not in words, query
    for name in ("policy 2024", "committee", "audit plan"):
        visit(at(example, name), status=404)


@pytest.mark.parametrize("asked", ["1073", "1073/QĐ-CT", "chinh sach chat luong", "CHÍNH SÁCH"])
def test_a_paper_is_found_by_number_or_by_subject(visit, asked):
    words = visit(f"/tra-cuu/?tim={asked}").words

    assert "1073/QĐ-CT 04/7/2023" in words
    assert "1 văn bản" in words


def test_the_effect_is_that_of_the_day_asked(example, visit):
    replaced = visit(at(example, "812/QĐ-CT"))
    assert "Hết hiệu lực toàn bộ từ 04/7/2023; bị thay thế bởi" in replaced.words
    assert example.paper("1073/QĐ-CT").reference in "".join(link.href for link in replaced.links)
    assert (
        "Còn hiệu lực ngày 31/12/2022" in visit(at(example, "812/QĐ-CT", "?ngay=2022-12-31")).words
    )
    assert "812/QĐ-CT 18/5/2022" in visit("/tra-cuu/?ngay=2022-12-31").words


def test_what_a_draft_will_replace_is_nobody_elses_business(example, visit):
    words = visit(at(example, "1073/QĐ-CT")).words

    assert "Dự thảo" not in words
    assert example.paper("policy 2024").reference not in words


def test_the_sheet_is_the_issued_one_and_names_nobody_but_the_signatory(example, visit):
    words = visit(at(example, "1073/QĐ-CT")).words

    assert "Số: 1073/QĐ-CT" in words
    assert "Điều 1." in words
    for said in ("Ý kiến", "Diễn biến", "Phiên bản", "Tải", "Chuyên viên Phòng Nội vụ"):
        assert said not in words


def test_once_issued_a_paper_is_in_the_reading_room(example, visit):
    example.who("vanthu").numbers(COMMITTEE)
    visit(at(example, "committee"), status=404)
    example.who("vanthu").issues(COMMITTEE)

    assert "Chưa có hiệu lực ngày 15/01/2024" in visit(at(example, "committee")).words
    assert (
        "Còn hiệu lực ngày 22/01/2024" in visit(at(example, "committee", "?ngay=2024-01-22")).words
    )


def test_a_day_that_cannot_be_read_is_said(visit):
    words = visit("/tra-cuu/?ngay=hom-qua", status=422).words

    assert "Ghi ngày theo thứ tự ngày/tháng/năm." in words


def test_everything_else_asks_who_one_is(example, client):
    paper = example.paper("1073/QĐ-CT").reference
    for address in (f"/van-ban/{paper}/", "/van-ban/", "/so/", "/chuoi/", "/nhat-ky/"):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Location"][:5]) == (302, "/vao/")


def test_a_visit_costs_few_queries(example, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(6 + databases.keeping_plans_plain()):
        client.get("/tra-cuu/?tim=1073")
    with django_assert_max_num_queries(7):
        client.get(at(example, "1073/QĐ-CT"))
