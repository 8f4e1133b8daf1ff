"""The objectives of the sample papers against the thirty-two rows typed by hand."""

from __future__ import annotations

import csv

import pytest

from documents.content.objectives import objectives_of
from documents.importing.text import read_text
from tests.fixtures.papers.objectives import bare, rows
from tests.source import SHARED

SEEDS = SHARED / "seeds"
NAMES = ("001", "002", "003", "004")
# (seed, row, field): reason. Nothing is excused.
EXCUSED: dict[tuple[str, str, str], str] = {}

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SEEDS.exists(), reason="../shared/seeds is absent"),
]


def reading_of(name):
    path = next(SEEDS.glob(f"{name}_*.txt"))
    return objectives_of(read_text(path.read_bytes(), filename=path.name, kind="decision").content)


def truth_of(name):
    with (SEEDS / "truth" / "objectives.tsv").open(encoding="utf-8", newline="") as table:
        return [row for row in csv.DictReader(table, delimiter="\t") if row["seed"] == name]


@pytest.mark.parametrize("name", NAMES)
def test_every_field_of_every_row_is_read(name):
    expected, read = truth_of(name), rows(reading_of(name))
    assert [row["order"] for row in read] == [row["order"] for row in expected]
    differing = {
        (name, wanted["order"], column)
        for found, wanted in zip(read, expected, strict=True)
        for column, value in bare(wanted).items()
        if bare(found)[column] != value
    }
    assert differing == {one for one in EXCUSED if one[0] == name}


def test_all_thirty_two_rows_are_held_against_the_truth():
    assert sum(len(truth_of(name)) for name in NAMES) == 32


def test_what_a_person_must_decide_is_said():
    doubts = {
        (name, one.order, doubt)
        for name in NAMES
        for one in reading_of(name).objectives
        for doubt in (*one.doubts, *(d for target in one.targets for d in target.doubts))
        if doubt != "qualitative"
    }
    assert doubts == {
        ("001", "4", "subject_inherited"),
        ("002", "1", "change_unit"),
        ("002", "2", "grade"),
        ("002", "6", "hard_to_measure"),
        ("003", "2", "change_unit"),
        ("004", "1", "cells_merged"),
        ("004", "2", "cells_merged"),
    }


def test_periods_owners_and_the_cascade_are_read():
    assert [reading_of(name).year for name in NAMES] == [2024, 2019, 2024, 2022]
    assert reading_of("004").reports == (
        "month", "quarter", "half_year", "nine_months", "year", "ad_hoc",
    )  # fmt: skip
    assert reading_of("004").mandatory_cause
    assert reading_of("004").advised_cause
    assert reading_of("002").cascade
    assert not any(reading_of(name).cascade for name in ("001", "003", "004"))


def test_the_method_of_a_merged_cell_is_whole_in_both_rows():
    first, second = reading_of("004").objectives[:2]
    assert first.method == second.method
    assert first.method.endswith("hồ sơ liên quan.")
