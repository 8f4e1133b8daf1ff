"""When two citations name one instrument, and what looks wrong among those a paper cites."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.content.citations import instruments, parse_instrument
from documents.content.dates import DATE, read_date
from documents.content.folding import agency_key, fold
from documents.content.plausibility import implausible
from documents.content.sameness import same_instrument, same_issuer


def test_one_instrument_is_recognised_with_and_without_its_year():
    with_year = parse_instrument("Quyết định số 19/2014/QĐ-TTg ngày 05 tháng 3 năm 2014")
    without = parse_instrument("Quyết định số 19/QĐ-TTg ngày 05/3/2014 của Thủ tướng")
    assert same_instrument(with_year, without)


@pytest.mark.parametrize(
    "other",
    [
        "Quyết định số 20/QĐ-TTg ngày 05/3/2014",
        "Quyết định số 19/QĐ-UBND ngày 05/3/2014",
        "Quyết định số 19/QĐ-TTg ngày 06/3/2014",
        "Quyết định số 19a/QĐ-TTg ngày 05/3/2014",
        "Quyết định số 19/2013/QĐ-TTg ngày 05/3/2014",
        "Chỉ thị số 19/QĐ-TTg ngày 05/3/2014",
    ],
)
def test_what_differs_in_type_number_agency_or_date_is_another(other):
    one = parse_instrument("Quyết định số 19/2014/QĐ-TTg ngày 05/3/2014")
    assert not same_instrument(one, parse_instrument(other))


def test_laws_are_the_same_by_name_and_date():
    first, second, third = instruments(
        "Căn cứ Luật Tổ chức Chính quyền ngày 19/6/2015; Luật tổ chức chính quyền ngày 19/6/2015; "
        "Luật Thanh tra ngày 19/6/2015;"
    )
    assert same_instrument(first, second)
    assert not same_instrument(first, third)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Luật A năm 2015", "Luật A ngày 25/6/2015", True),
        ("Luật a năm 2015", "Luật A số 8/2015/QH13", True),
        ("Luật A số 8/2015/QH13", "Luật A ngày 25/6/2015", True),
        ("Luật A năm 2015", "Luật A ngày 25/6/2020", False),
        ("Luật A số 8/2015/QH13", "Luật A số 9/2015/QH13", False),
        ("Luật A ngày 25/6/2015", "Luật A ngày 26/6/2015", False),
        ("Luật A", "Luật A năm 2015", False),
        ("Luật A năm 2015", "Bộ luật A năm 2015", False),
        ("Luật A năm 2015", "Luật B năm 2015", False),
    ],
)
def test_a_law_is_the_same_by_its_number_its_day_or_its_year(one, other, same):
    first, second = cited(one, other)
    assert same_instrument(first, second) is same_instrument(second, first) is same
    assert doubts(one, other) == ([("duplicate", 1, 0)] if same else [])


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("UBND tỉnh", "Chủ tịch Ủy ban nhân dân tỉnh Mẫu Giang", True),
        ("Uỷ ban nhân dân quận An Mẫu", "UBND quận An Mẫu", True),
        ("UBND tỉnh", "UBND quận An Mẫu", False),
        ("UBND quận An", "UBND quận An Mẫu", True),
        ("", "UBND quận", False),
    ],
)
def test_issuers_are_matched_through_their_spellings(a, b, same):
    assert same_issuer(a, b) is same


def cited(*texts: str):
    return [one for text in texts for one in instruments(f"Căn cứ {text};")]


def doubts(*texts: str) -> list[tuple[str, int, int | None]]:
    return [(one.doubt, one.index, one.other) for one in implausible(cited(*texts))]


def test_the_same_instrument_twice_is_a_duplicate_once():
    twice = "Quyết định số 8/QĐ-UBND ngày 12/6/2023 của UBND tỉnh"
    again = "Quyết định số 8/QĐ-UBND, ngày 12/6/2023 của Chủ tịch UBND tỉnh X"
    assert doubts(twice, again) == [("duplicate", 1, 0)]


def test_a_higher_number_with_an_earlier_date_is_an_inversion_within_one_register():
    low = "Quyết định số 5/QĐ-UBND ngày 12/6/2023 của UBND tỉnh"
    high = "Quyết định số 9/QĐ-UBND ngày 09/5/2023 của Chủ tịch UBND tỉnh X"
    assert doubts(low, high) == [("inversion", 1, 0)]
    assert doubts(low, high.replace("tỉnh X", "huyện Y")) == []
    assert doubts(low, high.replace("2023", "2022")) == []
    assert doubts(low, high.replace("QĐ-UBND", "QĐ-CT")) == []


def test_normative_papers_are_numbered_in_a_register_of_their_own():
    """Decree 30/2020, art. 15: number 150 of February is no later than number 05/2023 of March."""
    normative = "Quyết định số 05/2023/QĐ-UBND ngày 10/3/2023 của UBND tỉnh"
    ordinary = "Quyết định số 150/QĐ-UBND ngày 09/02/2023 của UBND tỉnh"
    assert doubts(normative, ordinary) == []
    later = normative.replace("05/2023", "04/2023").replace("10/3", "13/3")
    assert doubts(normative, later) == [("inversion", 0, 1)]


def test_a_saturday_that_was_made_a_working_day_is_no_weekend():
    assert doubts("Quyết định số 1/QĐ-A ngày 04/5/2024") == []
    assert doubts("Quyết định số 1/QĐ-A ngày 11/5/2024") == [("weekend", 0, None)]


def test_weekends_impossible_days_and_missing_zeros_are_named():
    assert doubts("Quyết định số 1/QĐ-A ngày 20/6/2021") == [("weekend", 0, None)]
    assert doubts("Quyết định số 1/QĐ-A ngày 31/11/2021") == [("no_such_day", 0, None)]
    assert doubts("Quyết định số 1/QĐ-A ngày 08/08/2019") == [("padding", 0, None)]
    assert doubts("Luật A ngày 20/6/2021") == []


@pytest.mark.parametrize(
    ("raw", "well"),
    [
        ("05/3/2014", True), ("5/3/2014", False), ("05/03/2014", False), ("25/02/2019", True),
        ("25/2/2019", False), ("12/12/2020", True), ("2 tháng 01 năm 2019", False),
        ("02 tháng 01 năm 2019", True),
    ],
)  # fmt: skip
def test_zeros_stand_before_days_below_ten_and_the_first_two_months_only(raw, well):
    assert read_date(raw).is_well_padded is well


@given(st.dates(min_value=date(1945, 9, 2), max_value=date(2100, 1, 1)), st.booleans())
def test_every_day_written_is_read_back(day: date, in_words: bool):
    text = (
        f"ngày {day.day:02} tháng {day.month} năm {day.year}"
        if in_words
        else f"ngày {day.day}/{day.month:02}/{day.year}"
    )
    (found,) = re.finditer(DATE, f"Họp {text}.")
    assert read_date(found.group()).value == day


def test_spellings_fold_together_and_keys_keep_bodies_apart():
    assert fold("UỶ  BAN Hoà") == fold("Ủy ban Hòa")
    assert agency_key("Chủ tịch UBND quận A") == agency_key("Uỷ ban nhân dân quận A")
    assert agency_key("UBND quận A") != agency_key("UBND quận B")
