"""Papers of an invented office that carry every trap of real ones, against what a person reads."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from documents.content.text import to_text
from documents.content.tree import Table
from documents.importing.text import read_text
from tests.fixtures.papers import truth

PAPERS = Path(truth.__file__).parent
DECISIONS = (
    "amending", "annex_table", "document_set", "old_style", "pasted", "replacing", "wrapped",
)  # fmt: skip
ALONE = {"objectives_alone.md": "quality_objectives", "procedure_alone.txt": "procedure"}


def source(name: str) -> bytes:
    return (PAPERS / f"{name}.txt").read_bytes()


def expected(name: str) -> dict:
    return json.loads((PAPERS / f"{name}.expected.json").read_text(encoding="utf-8"))


def test_every_paper_has_its_truth():
    papers = {path.stem for path in PAPERS.iterdir() if path.suffix in {".txt", ".md"}}
    assert papers == set(DECISIONS) | {Path(name).stem for name in ALONE}


@pytest.mark.parametrize("name", DECISIONS)
def test_every_field_of_the_decision_is_read(name):
    read = truth.decision(read_text(source(name), kind="decision"))
    wanted = expected(name)["decision"]
    assert {key: read[key] for key in wanted} == wanted
    assert set(read) - set(wanted) == {"proposers"}


@pytest.mark.parametrize("name", DECISIONS)
def test_every_legal_basis_is_read_with_its_place(name):
    assert truth.bases(read_text(source(name))) == expected(name)["bases"]


@pytest.mark.parametrize("name", DECISIONS)
def test_every_doubt_is_named_on_its_line_and_no_other(name):
    assert truth.doubts(read_text(source(name))) == expected(name)["findings"]


@pytest.mark.parametrize(("name", "kind"), ALONE.items())
def test_papers_that_stand_alone_are_read_piece_by_piece(name, kind):
    reading = read_text((PAPERS / name).read_bytes(), filename=name, kind=kind)
    assert truth.outline(reading) == expected(Path(name).stem)


@pytest.mark.parametrize(("name", "breaks"), [("annex_table", (3,)), ("document_set", (2, 6))])
def test_tables_are_kept_row_by_row_and_cell_by_cell(name, breaks):
    lines = source(name).decode().split("\n")
    printed = [tuple(cell.strip() for cell in line.split("\t")) for line in lines if "\t" in line]
    annex = read_text(source(name)).content.annexes[-1]
    table = next(block for block in annex.blocks if isinstance(block, Table))
    assert [table.columns, *(row.cells for row in table.rows)] == printed
    assert table.breaks == breaks


@pytest.mark.parametrize("name", [name for name in DECISIONS if name != "pasted"])
def test_every_character_comes_back_in_its_place(name):
    reading = read_text(source(name))
    written = to_text(reading.content, reading.printed)
    assert truth.squeezed(written) == truth.squeezed(source(name).decode())


def test_columns_of_a_pasted_page_come_back_one_after_the_other():
    reading = read_text(source("pasted"))
    written = to_text(reading.content, reading.printed)
    assert sorted(truth.squeezed(written)) == sorted(truth.squeezed(source("pasted").decode()))
    assert reading.content.preface.agency_header == ("ỦY BAN NHÂN DÂN", "QUẬN AN MẪU")
    assert reading.printed.signature.lines == ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Đặng Thùy Vân")


@pytest.mark.parametrize("name", DECISIONS)
def test_the_text_written_out_reads_the_same(name):
    reading = read_text(source(name))
    assert read_text(to_text(reading.content)).content == reading.content
    again = read_text(to_text(reading.content, reading.printed))
    assert (again.content, again.printed) == (reading.content, reading.printed)


@pytest.mark.parametrize("name", DECISIONS)
def test_letters_in_parts_are_joined_and_noted(name):
    apart = unicodedata.normalize("NFD", source(name).decode())
    reading = read_text(apart)
    whole = read_text(source(name))
    assert reading.content == whole.content
    assert reading.printed == whole.printed
    assert [f.code for f in reading.findings if f not in whole.findings] == ["text_normalised"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_marked_encodings_and_line_ends_of_other_systems_read_the_same(encoding, ending):
    text = source("document_set").decode()
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    raw = mark + text.replace("\n", ending).encode(encoding)
    reading = read_text(raw)
    assert reading.content == read_text(text).content
    told = "read_as_utf16" in {one.code for one in reading.findings}
    assert told is encoding.startswith("utf-16")


def test_clauses_know_the_line_they_begin_on():
    reading = read_text(source("old_style"))
    lines = dict(reading.lines)
    text = source("old_style").decode().split("\n")
    article = reading.content.articles[1]
    assert "Điều 2." in text[lines[article.id] - 1]
    assert all(1 <= line <= len(text) for line in lines.values())


def test_a_new_reading_of_the_next_revision_keeps_the_clause_ids():
    first = read_text(source("wrapped")).content
    changed = source("wrapped").decode().replace("85%", "88%")
    second = read_text(changed, previous=first).content
    item = first.articles[0].blocks[4]
    assert "85%" in item.text
    assert second.articles[0].blocks[4].id == item.id
    assert second != first
