"""The records clerk keeps the book: numbers without gaps but with their reasons, ten columns."""

from __future__ import annotations

from datetime import date

import pytest

from documents.models import Register, RegisterEntry
from tests.cast import Refused

COMMITTEE = "Kiện toàn Ban Chỉ đạo ISO"
COLUMNS = (
    "Số, ký hiệu", "Ngày", "Tên loại và trích yếu", "Người ký", "Nơi nhận", "Bản lưu", "Số bản",
    "Chuyển", "Ký nhận", "Ghi chú",
)  # fmt: skip


def book(year, symbol="QĐ-CT"):
    return Register.objects.get(symbol=symbol, year=year)


def address(year):
    return f"/so/{book(year).pk}/"


@pytest.fixture
def clerk(example):
    return example.who("vanthu")


@pytest.fixture
def numbered(example, clerk):
    """The first number of 2024 is given."""
    clerk.numbers(COMMITTEE)
    clerk.issues(COMMITTEE)
    return example


def test_the_book_shows_its_ten_columns_and_the_effect_on_a_day(example, clerk):
    words = clerk.opens(address(2023)).words

    for column in COLUMNS:
        assert column in words
    assert "Hiệu lực ngày 15/01/2024" in words
    assert "1073/QĐ-CT 04/7/2023" in words
    assert "sau số 1072 của sổ giấy" in words


def test_the_effect_is_that_of_the_day_asked_as_known_on_the_day_asked(example, clerk):
    def shown(query):
        return clerk.opens(f"{address(2022)}?{query}").words

    assert "Hết hiệu lực toàn bộ" in shown("")
    assert "Hết hiệu lực từ 04/7/2023 theo 1073/QĐ-CT" in shown("")
    assert shown("ngay=2023-07-03").count("Còn hiệu lực") > shown("").count("Còn hiệu lực")
    then = shown("ngay=2024-01-15&biet=2023-07-03")
    assert "theo dữ liệu đến 03/7/2023" in then
    assert "Hết hiệu lực từ" not in then


def test_lines_are_found_by_number_by_words_and_by_effect(example, clerk):
    def count(query):
        return clerk.opens(f"{address(2023)}?{query}").words

    for query in ("tim=1073", "tim=1073/QĐ-CT", "tim=muc+tieu+chat+luong", "hieu_luc=in_force"):
        assert "1073/QĐ-CT 04/7/2023" in count(query), query
    for query in ("tim=1074", "tim=kien+toan", "hieu_luc=ceased"):
        assert "Không có dòng nào như đã tìm" in count(query), query


def test_another_book_is_chosen_with_the_same_question(example, clerk):
    page = clerk.opens(f"{address(2023)}?so={book(2022).pk}&tim=812")

    assert page.address == address(2022)
    assert "812/QĐ-CT" in page.words


def test_what_waits_for_a_number_is_counted_and_only_the_clerk_may_give_it(example, clerk):
    assert "Cấp số (1 đang chờ)" in clerk.opens("/so/").words
    page = example.who("cv-noivu").opens("/so/")
    assert "Cấp số (1 đang chờ)" in page.barred
    assert "Chỉ văn thư" in page.words


def test_a_number_left_unused_is_hatched_with_its_reason_and_the_next_one_follows(numbered, clerk):
    form = clerk.opens(address(2024)).form("/bo-so/")
    assert "Bỏ số 02" in clerk.opens(address(2024)).words
    page = clerk.sends(form, because="Đóng dấu nhầm bản chưa soát.")

    assert "02/QĐ-CT 15/01/2024 Số không sử dụng: Đóng dấu nhầm bản chưa soát." in page.words
    html = clerk.client.get(page.address).content.decode()
    assert '<tr class="gap"' in html
    assert book(2024).last_number == 2


def test_the_same_form_sent_twice_burns_one_number(numbered, clerk):
    form = clerk.opens(address(2024)).form("/bo-so/")
    clerk.sends(form, because="Đóng dấu nhầm.")
    told = clerk.is_told(form, because="Đóng dấu nhầm.")

    assert told.status == 409
    assert "Số 2 vừa được dùng." in told.words
    assert [entry.number for entry in RegisterEntry.objects.filter(register=book(2024))] == [1, 2]


def test_a_gap_without_a_reason_is_not_recorded_and_says_so(numbered, clerk):
    told = clerk.is_told(clerk.opens(address(2024)).form("/bo-so/"), because="")

    assert told.status == 422
    assert "1 chỗ cần sửa" in told.words
    assert book(2024).last_number == 1


def test_numbers_of_a_year_that_is_over_are_not_touched(example, clerk):
    with pytest.raises(LookupError):
        clerk.opens(address(2023)).form("/bo-so/")
    assert (
        clerk.client.post(f"{address(2023)}bo-so/", {"number": 1074, "because": "x"}).status_code
        == 409
    )
    assert book(2023).last_number == 1073


def test_nobody_else_leaves_a_number_unused_or_opens_a_book(numbered):
    for who in ("cv-noivu", "chutich", "quantri", "danhgia"):
        client = numbered.who(who).client
        gap = {"number": 2, "because": "x"}
        assert client.post(f"{address(2024)}bo-so/", gap).status_code == 403
        opened = {"symbol": "QĐ-UBND", "year": 2024, "after": 5}
        assert client.post("/so/mo/", opened).status_code == 403
    assert book(2024).last_number == 1
    assert not Register.objects.filter(symbol="QĐ-UBND").exists()


def test_a_book_is_opened_after_the_last_number_of_the_paper_one(example, clerk):
    page = clerk.sends(clerk.opens("/so/").form("/so/mo/"), symbol="QĐ-UBND", year=2024, after=57)

    assert "sau số 57 của sổ giấy" in page.words
    again = clerk.opens("/so/").form("/so/mo/")
    told = clerk.is_told(again, symbol="QĐ-UBND", year=2024, after=60)
    assert told.status == 409
    assert book(2024, "QĐ-UBND").opened_after == 57


def test_the_first_paper_numbered_by_hand_is_dated_in_its_order(numbered, clerk):
    entry = RegisterEntry.objects.get(register=book(2024))

    assert (entry.number, entry.dated_on) == (1, date(2024, 1, 15))
    assert entry.dispatched_on == date(2024, 1, 15)
    assert entry.signatory == "Chủ tịch"


def test_a_number_is_not_dated_before_the_signature(example, clerk):
    with pytest.raises(Refused) as refused:
        clerk.numbers(COMMITTEE, dated_on="2024-01-11")
    assert refused.value.status in {400, 422}
    assert not Register.objects.filter(symbol="QĐ-CT", year=2024, last_number__gt=0).exists()


def test_counters_of_the_procedure_are_no_books(example, clerk):
    counter = Register.objects.filter(symbol="BH").first()

    assert clerk.is_refused(f"/so/{counter.pk}/") == 404
    assert "TTr-NV" in clerk.opens("/so/").words
