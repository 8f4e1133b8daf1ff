"""Anybody asks the office what is in force, without an account."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import transaction

from documents import files
from documents.models import Effect, Rendition
from documents.services import printing, wishes
from offices import clock
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


def the_pdf(example, name="1073/QĐ-CT"):
    """Have the paper printed as its clerk would; gives what was kept."""
    wish = wishes.of_issued(example.paper(name), example.newest(name))
    by, real = example.people["vanthu"], clock.real_now()
    with transaction.atomic():
        placed = printing.order(wish=wish, by=by, at=example.now, real_at=real)
    printing.carry_out(placed.pk, at=example.now, real_at=real, told=lambda paper: None)
    return Rendition.objects.get(made_from=wish.made_from)


def test_anybody_takes_the_issued_paper_as_the_pdf_that_was_kept(example, visit, client):
    assert client.get(at(example, "1073/QĐ-CT", "pdf/")).status_code == 404
    kept = the_pdf(example)
    page = visit(at(example, "1073/QĐ-CT"))
    (link,) = [one for one in page.links if one.words == "Tải PDF"]
    assert f"{kept.pages} trang" in page.words

    answer = client.get(link.href)

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert answer.content == files.load(kept.sha256)
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    reference = example.paper("1073/QĐ-CT").reference
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="{reference}.pdf"; '
        "filename*=UTF-8''Quy%E1%BA%BFt%20%C4%91%E1%BB%8Bnh%201073-Q%C4%90-CT.pdf"
    )


def test_a_visitor_who_has_the_pdf_is_told_that_it_still_holds(example, client):
    the_pdf(example)
    address = at(example, "1073/QĐ-CT", "pdf/")
    etag = client.get(address).headers["ETag"]

    again = client.get(address, headers={"If-None-Match": etag})

    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)
    assert client.get(address, headers={"If-None-Match": '"another"'}).status_code == 200
    assert client.head(address).headers["ETag"] == etag


def test_a_copy_or_a_draft_is_never_the_publics_pdf(example, client):
    paper = example.paper("1073/QĐ-CT")
    kept = the_pdf(example)
    for sort in ("copy", "draft"):
        Rendition.objects.filter(pk=kept.pk).update(sort=sort)
        assert client.get(f"/tra-cuu/{paper.reference}/pdf/").status_code == 404


def test_a_recalled_paper_is_not_given_out_as_a_file(example, visit, client):
    the_pdf(example)
    Effect.objects.create(
        target=example.paper("1073/QĐ-CT"),
        source=None,
        kind="recalls",
        valid_from=example.today,
        recorded_at=example.now,
        operation_id=uuid4(),
    )

    assert "Đã thu hồi" in visit(at(example, "1073/QĐ-CT")).words
    assert "Tải PDF" not in visit(at(example, "1073/QĐ-CT")).words
    words = visit(at(example, "1073/QĐ-CT", "pdf/"), status=404).words
    assert "Ở đây không có bản PDF của văn bản này." in words


def test_a_damaged_pdf_is_not_given_out(example, client):
    kept = the_pdf(example)
    files._place(kept.sha256).write_bytes(b"something else")
    answer = client.get(at(example, "1073/QĐ-CT", "pdf/"))
    files._place(kept.sha256).unlink()

    assert answer.status_code == 409


def test_a_day_that_cannot_be_read_is_said(visit):
    words = visit("/tra-cuu/?ngay=hom-qua", status=422).words

    assert "Ghi ngày theo thứ tự ngày/tháng/năm." in words


def test_everything_else_asks_who_one_is(example, client):
    paper = example.paper("1073/QĐ-CT").reference
    for address in (f"/van-ban/{paper}/", "/van-ban/", "/so/", "/chuoi/", "/nhat-ky/"):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Location"][:5]) == (302, "/vao/")


def test_a_visit_costs_few_queries(
    example, client, django_assert_max_num_queries, django_assert_num_queries
):
    with django_assert_max_num_queries(6 + databases.keeping_plans_plain()):
        client.get("/tra-cuu/?tim=1073")
    with django_assert_max_num_queries(8):
        client.get(at(example, "1073/QĐ-CT"))
    the_pdf(example)
    address = at(example, "1073/QĐ-CT", "pdf/")
    with django_assert_num_queries(4):
        assert client.get(address).status_code == 200
