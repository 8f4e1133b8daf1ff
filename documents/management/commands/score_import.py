"""`manage.py score_import FOLDER --truth FILE`: how well are these papers read, field by field?"""

from __future__ import annotations

import csv
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from documents.content.objectives import objectives_of
from documents.importing.described import bases, decision
from documents.importing.described_objectives import bare, rows
from documents.importing.files import read_file
from documents.importing.findings import Unreadable
from documents.importing.scoring import Miss, Score, Tally
from documents.importing.text import Reading, read_text

Record = dict[str, Any]
Table = list[Record]

# Beside the papers may lie their truth and what makes them.
_NO_PAPERS = {".json", ".tsv", ".py", ""}


class Command(BaseCommand):
    """Read every file of a folder and hold it against the truth; leave with 1 below a bound."""

    help = "Score a folder of papers against a hand-typed truth, field by field."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the folder, the truth, and when the score is too low."""
        parser.add_argument("folder", type=Path, help="papers, one a file")
        parser.add_argument("--truth", type=Path, required=True, help="JSON, one record a paper")
        parser.add_argument(
            "--bases",
            type=Path,
            action="append",
            default=[],
            help="legal bases, tab-separated, one a row; may be given again for more columns",
        )
        parser.add_argument(
            "--objectives",
            type=Path,
            help="objectives, tab-separated, one row a target and measure",
        )
        parser.add_argument(
            "--fail-under",
            type=float,
            metavar="SHARE",
            help="leave with 1 if precision or recall over all fields is below this, 0 to 1",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Score, print the table and every miss, and leave with 1 when asked to."""
        folder: Path = options["folder"]
        if not folder.is_dir():
            raise CommandError(f"{folder} is not a folder.")
        truth = _json(options["truth"])
        tables = {"bases": [_table(path) for path in options["bases"]], "objectives": []}
        if options["objectives"]:
            tables["objectives"] = [_table(options["objectives"])]
        score = Score()
        papers, unknown = _matched(folder, truth)
        for record, files in papers:
            for path in files:
                _score(score, path, record, tables)
            if not files:
                score.unread(_name(record), record, "no such file in the folder")
        self._print(score, unknown)
        bound = options["fail_under"]
        total = score.total
        if bound is not None and min(total.precision, total.recall) < bound:
            raise CommandError(
                f"Below {bound}: precision {total.precision:.4f}, recall {total.recall:.4f}."
            )

    def _print(self, score: Score, unknown: list[Path]) -> None:
        self.stdout.write(_HEAD)
        for name, tally in [*score.tallies.items(), ("all fields", score.total)]:
            self.stdout.write(_line(name, tally))
        for miss in score.misses:
            self.stdout.write(_miss(miss))
        for path in unknown:
            self.stdout.write(f"{path.name}: the truth has no record of it; not scored")


_HEAD = (
    f"{'field':32}{'truth':>7}{'right':>7}{'wrong':>7}{'missing':>9}{'extra':>7}"
    f"{'precision':>11}{'recall':>8}"
)


def _line(name: str, tally: Tally) -> str:
    return (
        f"{name:32}{tally.wanted:7}{tally.right:7}{tally.wrong:7}{tally.missing:9}{tally.extra:7}"
        f"{tally.precision:11.4f}{tally.recall:8.4f}"
    )


def _miss(miss: Miss) -> str:
    if not miss.field:
        return f"{miss.paper}: not read: {miss.found}"
    row = f", row {miss.row}" if miss.row else ""
    wanted = json.dumps(miss.wanted, ensure_ascii=False)
    found = json.dumps(miss.found, ensure_ascii=False)
    return f"{miss.paper}, {miss.field}{row}: truth {wanted}, read {found}"


def _score(score: Score, path: Path, record: Record, tables: dict[str, list[Table]]) -> None:
    """Read one file and compare what the record and the tables say of it."""
    told = {key: value for key, value in record.items() if key != "refused"}
    if "attachments" in told:
        told["attachments"] = [
            {key: value for key, value in one.items() if key != "present_in_seed"}
            for one in told["attachments"]
            if one.get("present_in_seed", True)
        ]
    try:
        reading = _reading(path)
    except Unreadable as refused:
        if record.get("refused"):
            code = {"code": refused.code, "found": refused.values.get("found", "")}
            score.record(path.name, {"refused": record["refused"]}, {"refused": code})
        else:
            score.unread(path.name, told, str(refused))
        return
    if record.get("refused"):
        score.record(path.name, {"refused": record["refused"]}, {})
    score.record(path.name, told, decision(reading))
    for table in tables["bases"]:
        score.rows(path.name, "bases", _rows_of(table, path), bases(reading))
    for table in tables["objectives"]:
        wanted = [bare(row) for row in _rows_of(table, path)]
        found = [bare(row) for row in rows(objectives_of(reading.content))]
        score.rows(path.name, "objectives", wanted, found)


def _reading(path: Path) -> Reading:
    return read_text(read_file(path.read_bytes(), filename=path.name).text)


def _rows_of(table: Table, path: Path) -> Table:
    return [row for row in table if _is_of(row, path)]


def _matched(
    folder: Path, truth: list[Record]
) -> tuple[list[tuple[Record, list[Path]]], list[Path]]:
    """Each record with its files, and the files that no record names."""
    files = sorted(path for path in folder.iterdir() if path.is_file())
    papers = [(record, [path for path in files if _is_of(record, path)]) for record in truth]
    known = {path for _, matched in papers for path in matched}
    return papers, [path for path in files if path not in known and _is_paper(path)]


def _is_paper(path: Path) -> bool:
    return path.suffix.lower() not in _NO_PAPERS


def _name(record: Record) -> str:
    return str(record.get("file") or record.get("seed") or "?")


def _is_of(record: Record, path: Path) -> bool:
    """By the file's name without its ending, else by the number before the first "_"."""
    if record.get("file"):
        return _is_paper(path) and path.stem == Path(record["file"]).stem
    return _is_paper(path) and path.stem.partition("_")[0] == record.get("seed")


def _json(path: Path) -> list[Record]:
    try:
        records = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"{path} cannot be read as a truth: {error}") from error
    if not isinstance(records, list) or not all(isinstance(one, dict) for one in records):
        raise CommandError(f"{path} must hold a list of records, one a paper.")
    return records


def _table(path: Path) -> list[Record]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file, delimiter="\t"))
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error}") from error
