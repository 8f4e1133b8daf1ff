"""The five sample papers against the truth typed by hand: every field, every legal basis."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from documents.content.plausibility import implausible
from documents.content.text import to_text
from documents.content.tree import Table
from documents.importing.text import Reading, read_text
from tests.fixtures.papers import truth
from tests.source import SHARED

SEEDS = SHARED / "seeds"
NAMES = ("000", "001", "002", "003", "004")
# Facts about the world that no text tells, and words of whoever typed the truth.
UNTOLD = {"seed", "file", "level", "parent", "anomalies", "note"}
# (seed, field): reason. Nothing is excused.
EXCUSED: dict[tuple[str, str], str] = {}

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SEEDS.exists(), reason="../shared/seeds is absent"),
]


def seed_file(name: str) -> Path:
    return next(SEEDS.glob(f"{name}_*.txt"))


def reading_of(name: str) -> Reading:
    path = seed_file(name)
    return read_text(path.read_bytes(), filename=path.name, kind="decision")


def told(value: Any) -> Any:
    """The truth without what no text tells."""
    if isinstance(value, dict):
        return {key: told(inner) for key, inner in value.items() if key not in UNTOLD}
    return [told(inner) for inner in value] if isinstance(value, list) else value


def decision_truth(name: str) -> dict[str, Any]:
    rows = json.loads((SEEDS / "truth" / "decisions.json").read_text(encoding="utf-8"))
    row = told(next(row for row in rows if row["seed"] == name))
    row["agency_full"] = row["agency_full"].casefold()
    row["attachments"] = [one for one in row["attachments"] if one.pop("present_in_seed")]
    return row


def rows_of(file: str, name: str) -> list[dict[str, str]]:
    with (SEEDS / "truth" / file).open(encoding="utf-8", newline="") as table:
        return [row for row in csv.DictReader(table, delimiter="\t") if row["seed"] == name]


@pytest.mark.parametrize("name", NAMES)
def test_every_field_of_the_decision_is_read(name):
    expected = decision_truth(name)
    read = truth.decision(reading_of(name))
    attachments, found = expected.pop("attachments"), read.pop("attachments")

    differing = {key for key in expected if expected[key] != read[key]}
    assert {(name, key) for key in differing} == {one for one in EXCUSED if one[0] == name}
    assert len(found) == len(attachments)
    for wanted, annex in zip(attachments, found, strict=True):
        table = wanted.pop("table", {})
        assert {key: annex[key] for key in wanted} == wanted
        assert {key: annex["table"][key] for key in table} == table


def test_the_truth_names_no_field_that_is_not_compared():
    compared = set(truth.decision(reading_of("004")))
    for name in NAMES:
        assert compared - set(decision_truth(name)) == {"proposers"}


@pytest.mark.parametrize("name", NAMES)
def test_every_legal_basis_is_read_as_written(name):
    columns = ("doc_type", "number", "date_iso", "issuer", "subject")
    read = [tuple(row[key] for key in columns) for row in truth.bases(reading_of(name))]
    assert read == [tuple(row[key] for key in columns) for row in rows_of("legal_bases.tsv", name)]


def test_all_sixty_one_bases_of_forty_nine_instruments_are_counted():
    cited = [one for name in NAMES for one in reading_of(name).content.instruments]
    assert len(cited) == 61
    # 19/QĐ-TTg of one paper is 19/2014/QĐ-TTg of the others; a district's own 1117 is cited twice
    distinct = len(cited) - sum(one.doubt == "duplicate" for one in implausible(cited))
    assert distinct == 49


@pytest.mark.parametrize("name", NAMES)
def test_every_legal_basis_stands_on_its_line_with_its_terminator(name):
    read = [
        (str(row["line"]), row["terminator"], str(row["is_duplicate"]))
        for row in truth.bases(reading_of(name))
    ]
    extra = rows_of("legal_bases_extra.tsv", name)
    assert read == [(row["line"], row["terminator"], row["is_duplicate"]) for row in extra]


@pytest.mark.parametrize("name", NAMES)
def test_every_legal_basis_is_kept_verbatim(name):
    reading = reading_of(name)
    texts = [citation.text for citation in reading.content.citations for _ in citation.instruments]
    extra = rows_of("legal_bases_extra.tsv", name)
    for text, row in zip(texts, extra, strict=True):
        assert row["verbatim"].removesuffix(" và").rstrip(" ;") in text


@pytest.mark.parametrize(("name", "breaks"), [("003", (4,)), ("004", (2, 7))])
def test_objective_tables_are_kept_row_by_row_and_cell_by_cell(name, breaks):
    raw = seed_file(name).read_text(encoding="utf-8").split("\n")
    printed = [tuple(cell.strip() for cell in line.split("\t")) for line in raw if "\t" in line]
    annex = reading_of(name).content.annexes[-1]
    table = next(block for block in annex.blocks if isinstance(block, Table))
    assert [table.columns, *(row.cells for row in table.rows)] == printed
    assert table.breaks == breaks


@pytest.mark.parametrize("name", NAMES)
def test_every_character_comes_back_in_its_place(name):
    reading = reading_of(name)
    source = seed_file(name).read_text(encoding="utf-8")
    written = to_text(reading.content, reading.printed)
    assert truth.squeezed(written) == truth.squeezed(source)


@pytest.mark.parametrize("name", NAMES)
def test_the_text_written_out_reads_the_same(name):
    reading = reading_of(name)
    assert read_text(to_text(reading.content)).content == reading.content
    again = read_text(to_text(reading.content, reading.printed))
    assert (again.content, again.printed) == (reading.content, reading.printed)


def test_numbers_and_dates_out_of_step_are_found_and_nothing_else():
    cited = reading_of("004").content.instruments
    found = {
        (
            one.doubt,
            cited[one.index].number_raw,
            "" if one.other is None else cited[one.other].number_raw,
        )
        for one in implausible(cited)
        if one.doubt in {"inversion", "weekend", "duplicate"}
    }
    assert found == {
        ("inversion", "2072/QĐ-UBND", "1182/QĐ-UBND"),
        ("inversion", "2049/QĐ-UBND", "1993/QĐ-UBND"),
        ("inversion", "3651/QĐ-UBND", "3650/QĐ-UBND"),
        ("weekend", "1230/QĐ-UBND", ""),
        ("weekend", "1720/QĐ-UBND", ""),
        ("duplicate", "1117/QĐ-UBND", "1117/QĐ-UBND"),
    }


def test_nothing_of_the_samples_is_left_ununderstood():
    for name in NAMES:
        codes = {finding.code for finding in reading_of(name).findings}
        assert not codes & {"not_understood", "basis_not_understood", "annex_without_title"}
