"""Decisions of many offices, newly worded, in many layouts: every field against a typed truth."""

from __future__ import annotations

import json
import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from documents.content.text import to_text
from documents.importing.findings import Unreadable
from documents.importing.text import read_text
from tests.fixtures.decisions import layouts
from tests.source import SHARED

FOLDER = Path(layouts.__file__).parent
TRUTH, BASES = FOLDER / "truth.json", FOLDER / "bases.tsv"
OBJECTIVES = FOLDER / "objectives.tsv"
RECORDS = json.loads(TRUTH.read_text(encoding="utf-8"))
READABLE = [record["file"] for record in RECORDS if not record.get("refused")]
SEEDS = SHARED / "seeds"


def scored(folder: Path, *options: object, truth: Path = TRUTH, bases: Path = BASES) -> str:
    said = StringIO()
    named = ("--truth", str(truth), "--bases", str(bases), "--objectives", str(OBJECTIVES))
    call_command("score_import", str(folder), *named, *map(str, options), stdout=said)
    return said.getvalue()


def misses(said: str) -> list[str]:
    return [line for line in said.splitlines() if ", truth" in line or ": truth " in line]


def test_every_paper_has_its_truth():
    files = {path.name for path in FOLDER.iterdir() if path.suffix in {".txt", ".md"}}
    assert files == {record["file"] for record in RECORDS}


def test_every_field_of_every_decision_is_read():
    assert misses(scored(FOLDER)) == []
    assert "all fields" in scored(FOLDER, "--fail-under", 1)


@pytest.mark.parametrize("layout", layouts.LAYOUTS)
def test_every_field_is_read_in_every_layout(layout, tmp_path):
    """What a paper says does not hang on where its lines were broken or what was printed bold."""
    for path in FOLDER.iterdir():
        if path.suffix in {".txt", ".md"}:
            changed = layouts.LAYOUTS[layout](path.read_text(encoding="utf-8"))
            (tmp_path / path.name).write_text(changed, encoding="utf-8")
    assert misses(scored(tmp_path)) == []


def test_lines_that_are_paragraphs_of_their_own_are_joined_again_but_for_few(tmp_path):
    """Copied from a PDF into Word nothing tells a wrap from a paragraph but the words."""
    for path in FOLDER.iterdir():
        if path.suffix in {".txt", ".md"}:
            text = layouts.lines_apart(path.read_text(encoding="utf-8"))
            (tmp_path / path.name).write_text(text, encoding="utf-8")
    assert "all fields" in scored(tmp_path, "--fail-under", 0.965)


@pytest.mark.parametrize("file", READABLE)
def test_what_was_read_reads_the_same_when_written_out(file):
    reading = read_text((FOLDER / file).read_bytes(), filename=file)
    assert read_text(to_text(reading.content)).content == reading.content


def test_a_wrong_truth_is_told_field_by_field_and_fails_below_the_bound(tmp_path):
    shutil.copy(FOLDER / READABLE[0], tmp_path)
    record = dict(next(one for one in RECORDS if one["file"] == READABLE[0]), place="Nơi khác")
    truth = tmp_path / "truth.json"
    truth.write_text(json.dumps([record]), encoding="utf-8")
    said = scored(tmp_path, truth=truth)
    assert f'{READABLE[0]}, place: truth "Nơi khác", read "Mẫu Giang"' in said
    with pytest.raises(CommandError, match=r"Below 1\.0: precision 0\.9"):
        scored(tmp_path, "--fail-under", 1, truth=truth)
    assert scored(tmp_path, "--fail-under", 0.9, truth=truth) == said


def test_a_paper_without_file_a_file_that_is_no_paper_and_a_file_without_truth_are_named(tmp_path):
    (tmp_path / "hai.tiff").write_bytes(b"II*\0")
    (tmp_path / "ba.txt").write_text("QUYẾT ĐỊNH", encoding="utf-8")
    truth = tmp_path / "truth.json"
    records = [{"file": "một.txt", "place": "A"}, {"file": "hai", "place": "B"}]
    truth.write_text(json.dumps(records), encoding="utf-8")
    said = scored(tmp_path, truth=truth)
    assert "một.txt: not read: no such file in the folder" in said
    assert "hai.tiff: not read: " in said
    assert "ba.txt: the truth has no record of it; not scored" in said


def test_a_paper_refused_though_the_truth_reads_it_is_told_with_the_reason(tmp_path):
    (tmp_path / "a.txt").write_text("KẾ HOẠCH\n\nNăm 2024", encoding="utf-8")
    truth = tmp_path / "truth.json"
    truth.write_text(json.dumps([{"file": "a.txt", "place": "A"}]), encoding="utf-8")
    assert "a.txt: not read: Line 1 says that this is Kế hoạch" in scored(tmp_path, truth=truth)


def test_objectives_are_scored_row_by_row(tmp_path):
    shutil.copy(FOLDER / "24_tables.txt", tmp_path)
    truth, table = tmp_path / "truth.json", tmp_path / "objectives.tsv"
    truth.write_text(json.dumps([{"file": "24_tables"}]), encoding="utf-8")
    table.write_text(
        "file\torder\ttarget_text\tvalue\tdeadline\n"
        "24_tables.txt\t1.1\t≥ 99% đúng hạn\t99\tThường xuyên\n"
        "24_tables.txt\t1.2\t≥ 99% đúng hạn\t99\tCuối mỗi tháng\n"
        "24_tables.txt\t2\tTừ 95% trở lên\t95\tTrước 20/12/2024\n",
        encoding="utf-8",
    )
    said = scored(tmp_path, "--objectives", table, truth=truth)
    assert misses(said)[-1] == (
        '24_tables.txt, objectives.deadline, row 2: truth "Cuối mỗi tháng", read "Cuối mỗi quý"'
    )


@pytest.mark.parametrize("text", ["[1]", "{}", "no"])
def test_a_truth_that_is_none_is_refused_with_a_sentence(text, tmp_path):
    truth = tmp_path / "truth.json"
    truth.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match="truth"):
        scored(tmp_path, truth=truth)
    with pytest.raises(CommandError, match="is not a folder"):
        scored(tmp_path / "none")


@pytest.mark.shared
@pytest.mark.skipif(not SEEDS.exists(), reason="../shared/seeds is absent")
def test_every_field_of_the_sample_papers_is_right():
    truth = SEEDS / "truth"
    said = scored(
        SEEDS, "--bases", truth / "legal_bases_extra.tsv", "--fail-under", 1,
        "--objectives", truth / "objectives.tsv",
        truth=truth / "decisions.json", bases=truth / "legal_bases.tsv",
    )  # fmt: skip
    assert misses(said) == []


def test_papers_of_another_type_are_refused_by_name():
    refused = [record for record in RECORDS if record.get("refused")]
    for record in refused:
        with pytest.raises(Unreadable):
            read_text((FOLDER / record["file"]).read_bytes(), filename=record["file"])


def doubts(file: str) -> set[str]:
    return {finding.code for finding in read_text((FOLDER / file).read_bytes()).findings}


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("10_normative.txt", "authority_missing"),  # the enacting sentence names it
        ("11_amending.txt", "effect_several"),  # the second stands in a quotation
        ("22_recipients.txt", "annex_reference_differs"),  # 05 and 5 are one number
        ("39_party.txt", "supersession_unnamed"),  # 120-QĐ/HU is a name
    ],
)
def test_what_was_understood_raises_no_doubt(file, code):
    assert code not in doubts(file)


@pytest.mark.parametrize(
    ("file", "code", "line"),
    [
        ("06_school.txt", "basis_not_understood", 21),
        ("17_article_words.txt", "recital_other", 23),
        ("19_dates.txt", "date_impossible", 23),
        ("25_delegated.txt", "authority_incomplete", 15),
        ("41_single_lines.txt", "effect_period", 23),
    ],
)
def test_what_was_not_understood_is_kept_and_named_on_its_line(file, code, line):
    raw = (FOLDER / file).read_text(encoding="utf-8")
    reading = read_text(raw)
    assert (code, line) in {(finding.code, finding.line) for finding in reading.findings}
    words = " ".join(raw.split("\n")[line - 1].split()[-4:])
    assert words in to_text(reading.content, reading.printed)


def test_one_decision_cited_twice_is_named_with_both_lines():
    raw = (FOLDER / "09_steering_committee.txt").read_text(encoding="utf-8")
    again = "Căn cứ Quyết định 331/QĐ-UBND ngày 05 tháng 02 năm 2024;\n\nTheo đề nghị"
    text = raw.replace("Theo đề nghị", again, 1)
    line = text[: text.index(again)].count("\n") + 1
    found = [f for f in read_text(text).findings if f.code == "basis_duplicate"]
    assert [(f.line, f.values["other"]) for f in found] == [(line, 17)]
