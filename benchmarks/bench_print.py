"""PDF, milliseconds a page: the press beside LibreOffice headless, converting our Word file.

    .venv/bin/python -m benchmarks.bench_print [--runs 5]

Both set the same paper in the same run, each in a process of its own, start included: a short
decision, and one with a table of objectives over many pages. Read the ratio, not the absolutes.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django  # noqa: E402

django.setup()

import pypdfium2  # noqa: E402

from documents.content.canonical import canonical_bytes  # noqa: E402
from documents.content.facts import IssuanceFacts  # noqa: E402
from documents.content.tree import (  # noqa: E402
    Annex,
    Article,
    Citation,
    Clause,
    Content,
    Preface,
    Row,
    Table,
)
from documents.printing.compose import compose  # noqa: E402
from documents.printing.docx import docx_of  # noqa: E402
from documents.printing.pdf import pdf_of  # noqa: E402

FACTS = IssuanceFacts(
    number=7,
    symbol="QĐ-UBND",
    place="An Mẫu",
    dated_on=date(2024, 3, 5),
    signature_lines=("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    signatory="Phó Chủ tịch",
)
SENTENCE = "Các phòng thực hiện đúng kế hoạch, đo lường kết quả theo quý và báo cáo đúng hạn. "


def paper(rows: int) -> Content:
    """A decision of three articles; with rows, an annex whose table has so many."""
    heads = ("TT", "Mục tiêu", "Chỉ tiêu", "Biện pháp", "Thời hạn")
    cells = (
        Row((str(n), f"Mục tiêu thứ {n}. {SENTENCE}", "≥ 98%", SENTENCE * 2, "Hằng quý"))
        for n in range(1, rows + 1)
    )
    annex = Annex("MỤC TIÊU CHẤT LƯỢNG NĂM 2024", blocks=(Table(heads, tuple(cells)),))
    return Content(
        kind="decision",
        preface=Preface(type_word="QUYẾT ĐỊNH", subject="Ban hành Mục tiêu chất lượng năm 2024"),
        preamble=tuple(Citation(f"Căn cứ văn bản thứ {n}. {SENTENCE}") for n in range(6)),
        enacting_word="QUYẾT ĐỊNH:",
        articles=tuple(
            Article(n, f"Điều {n}.", (Clause("paragraph", SENTENCE * 3),)) for n in (1, 2, 3)
        ),
        annexes=(annex,) if rows else (),
    )


def measured(act: Callable[[], object], runs: int) -> float:
    """The median of several runs in milliseconds, after one that is not counted."""
    act()
    taken = []
    for _ in range(runs):
        begun = time.perf_counter()
        act()
        taken.append(1000 * (time.perf_counter() - begun))
    return statistics.median(taken)


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF has."""
    with pypdfium2.PdfDocument(pdf) as opened:
        return len(opened)


def by_office(office: str, word: bytes, folder: Path) -> bytes:
    """Convert a Word file with LibreOffice, as a person without a screen would."""
    source = folder / "paper.docx"
    source.write_bytes(word)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return (folder / "paper.pdf").read_bytes()


def main() -> None:
    """Print one line for each paper and printer."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--runs", type=int, default=5)
    runs = asked.parse_args().runs
    office = shutil.which("soffice")
    print(f"{'paper':<10}{'printer':<14}{'pages':>6}{'ms':>9}{'ms a page':>11}")
    for name, rows in (("short", 0), ("long", 400)):
        content = paper(rows)
        canonical = canonical_bytes(content)
        lines = [("press", lambda c=content, j=canonical: pdf_of(compose(c, FACTS), j).data)]
        with tempfile.TemporaryDirectory() as folder:
            if office:
                word = docx_of(compose(content, FACTS))
                place = Path(folder)
                lines.append(("LibreOffice", lambda w=word, p=place: by_office(office, w, p)))
            took = {}
            for printer, act in lines:
                pages = pages_of(act())
                took[printer] = measured(act, runs) / pages
                whole = took[printer] * pages
                print(f"{name:<10}{printer:<14}{pages:>6}{whole:>9.0f}{took[printer]:>11.1f}")
            if office:
                print(f"{name:<10}ratio {took['LibreOffice'] / took['press']:.1f}")
    if not office:
        print("LibreOffice is not installed: only the press was measured.")


if __name__ == "__main__":
    main()
