"""How a reading is held against a truth: what counts as right, wrong, missing and extra."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.importing.scoring import Miss, Score, Tally, aligned


def score(wanted: dict, found: dict) -> Score:
    made = Score()
    made.record("a.txt", wanted, found)
    return made


def test_a_field_is_right_wrong_missing_or_extra():
    made = score(
        {"place": "An Mẫu", "number": "12", "symbol": "QĐ-CT", "title_prefix": None},
        {"place": "An Mẫu", "number": "13", "symbol": None, "title_prefix": "V/v"},
    )
    assert made.tallies == {
        "place": Tally(right=1),
        "number": Tally(wrong=1),
        "symbol": Tally(missing=1),
        "title_prefix": Tally(extra=1),
    }
    assert made.misses == [
        Miss("a.txt", "number", 0, "12", "13"),
        Miss("a.txt", "symbol", 0, "QĐ-CT", None),
        Miss("a.txt", "title_prefix", 0, None, "V/v"),
    ]


def test_precision_is_of_what_was_read_and_recall_of_the_truth():
    tally = Tally(right=6, wrong=1, missing=2, extra=3)
    assert (tally.precision, tally.recall) == (0.6, 6 / 9)
    assert (Tally().precision, Tally().recall) == (1.0, 1.0)


def test_what_the_truth_leaves_out_is_not_compared_and_what_it_gives_as_null_must_be_absent():
    assert score({}, {"place": "An Mẫu"}).total == Tally()
    assert score({"place": None}, {"place": ""}).total == Tally()
    assert score({"effectivity": None}, {"effectivity": {"raw": "x"}}).total == Tally(extra=1)


def test_a_missing_line_of_a_list_spoils_no_other():
    made = score(
        {"recipients": [{"raw": "A"}, {"raw": "B", "annotation": "b/c"}, {"raw": "C"}]},
        {"recipients": [{"raw": "A"}, {"raw": "C"}]},
    )
    assert made.tallies["recipients.raw"] == Tally(right=2, missing=1)
    assert made.tallies["recipients.annotation"] == Tally(missing=1)
    assert made.misses == [Miss("a.txt", "recipients", 2, {"raw": "B", "annotation": "b/c"}, None)]


def test_a_line_too_many_is_counted_once_and_a_changed_one_by_its_fields():
    made = score(
        {"articles": [{"no": 1, "text": "Một"}, {"no": 2, "text": "Hai"}]},
        {"articles": [{"no": 1, "text": "Mốt"}, {"no": 2, "text": "Hai"}, {"no": 3, "text": "Ba"}]},
    )
    assert made.tallies["articles.no"] == Tally(right=2)
    assert made.tallies["articles.text"] == Tally(right=1, wrong=1)
    assert made.tallies["articles"] == Tally(extra=1)


def test_rows_of_a_table_are_compared_by_the_columns_both_sides_have():
    made = Score()
    wanted = [{"seed": "000", "order": "1", "number": "", "line": "14", "anomaly": "x"}]
    made.rows("a.txt", "bases", wanted, [{"number": "", "line": 14}])
    assert made.tallies == {"bases.number": Tally(), "bases.line": Tally(right=1)}
    made.rows("b.txt", "bases", [{"number": "5/QĐ"}], [])
    assert made.tallies["bases.number"] == Tally(missing=1)


def test_a_paper_that_cannot_be_read_misses_every_field_of_its_truth():
    made = Score()
    made.unread("a.pdf", {"file": "a", "place": "X", "archive": {"units": ["VT", "NC"]}}, "no")
    assert made.total == Tally(missing=3)
    assert made.misses == [Miss("a.pdf", "", 0, None, "no")]


@given(st.lists(st.integers(0, 5), max_size=8), st.lists(st.integers(0, 5), max_size=8))
def test_alignment_keeps_every_item_of_both_sides_in_order(wanted, found):
    pairs = aligned(wanted, found)
    assert [one for one, _ in pairs if isinstance(one, int)] == wanted
    assert [other for _, other in pairs if isinstance(other, int)] == found


@given(st.lists(st.integers(0, 9), max_size=8), st.data())
def test_a_list_with_one_item_dropped_has_that_one_miss(items, data):
    if not items:
        return
    place = data.draw(st.integers(0, len(items) - 1))
    made = score({"items": items}, {"items": items[:place] + items[place + 1 :]})
    assert made.total == Tally(right=len(items) - 1, missing=1)


@pytest.mark.parametrize(("name", "same"), [("agency_full", True), ("title", False)])
def test_only_names_printed_in_capitals_are_compared_in_any_case(name, same):
    assert (score({name: "Sở Nội vụ"}, {name: "sở nội vụ"}).total.right == 1) is same
