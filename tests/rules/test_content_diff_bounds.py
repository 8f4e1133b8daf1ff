"""How much work it takes to find what became of a large paper: counted, not timed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from documents.content import matching
from documents.content.changes import Edit, Keep, TextChange, apply
from documents.content.diff import diff
from documents.content.tree import Clause, Content, Preface, Row, Table
from documents.content.words import Effort


@pytest.fixture
def weighed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many likenesses were worked out."""
    count = [0]
    share = matching._share

    def counted(*pair):
        count[0] += 1
        return share(*pair)

    monkeypatch.setattr(matching, "_share", counted)
    return count


WORDS = ("hồ sơ", "phòng", "đúng hạn", "báo cáo", "một cửa", "quý", "người dân", "văn thư")


def long_paper(paragraphs: int, year: int) -> Content:
    """Paragraphs that all differ from those of another year, and from each other a little."""
    body = tuple(
        Clause("item", f"{' '.join(WORDS[n % 8 :])} số {n} năm {year} {' '.join(WORDS[: n % 7])}")
        for n in range(paragraphs)
    )
    return Content("decision", Preface(), body=body)


def test_two_thousand_changed_paragraphs_cost_a_stated_amount_of_work(weighed: list[int]):
    old, new = long_paper(2_000, 2023), long_paper(2_000, 2024)
    effort = Effort()
    changes = diff(old, replace(new, body=(*new.body[1000:], *new.body[:1000])), effort=effort)
    assert weighed[0] <= 2_000 * (matching.WEIGHED + 2)
    assert effort.spent < 1_000_000
    assert [type(step).__name__ for step in changes.steps if not isinstance(step, Keep)] == [
        "Edit"
    ] * 2_000
    assert sum(step.moved for step in changes.steps if isinstance(step, Edit)) == 1_000


def test_a_table_of_ten_thousand_cells_costs_a_stated_amount_of_work(weighed: list[int]):
    def table(share: int) -> Content:
        rows = tuple(
            Row((str(n), f"Mục tiêu của phòng {n % 50}", f"≥ {share} %", "Một cửa", f"quý {n % 4}"))
            for n in range(2_000)
        )
        whole = Table(("STT", "Mục tiêu", "Chỉ tiêu", "Bộ phận", "Kỳ"), rows)
        return Content("decision", Preface(), body=(whole,))

    effort = Effort()
    changes = diff(table(90), table(92), effort=effort)
    assert weighed[0] <= 2_000 * (matching.WEIGHED + 2)
    assert effort.spent < 100_000
    edits = [step for step in changes.steps if isinstance(step, Edit)]
    assert len(edits) == 2_000
    assert not any(step.moved for step in edits)


def test_when_the_effort_is_used_up_the_changes_still_make_the_paper():
    old, new = long_paper(50, 2023), long_paper(50, 2024)
    changes = diff(old, new, effort=Effort(most=0))
    assert apply(changes, old) == new
    texts = [step.fields[0] for step in changes.steps if isinstance(step, Edit)]
    assert len(texts) == 50
    assert all(isinstance(text, TextChange) and len(text.runs) == 4 for text in texts)
