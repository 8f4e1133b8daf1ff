"""Two papers as one: what stands, what is new, what is gone, and both places of what moved."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from documents.content.facts import IssuanceFacts
from documents.content.identity import assign_ids
from documents.content.passages import NEW_SIDE, OLD_SIDE, Passage
from documents.content.redline import front_matter, redline
from documents.content.tree import Content
from documents.content.words import new_text, old_text
from tests.accepting import pieces
from tests.fixtures.papers.trees import contents, revised
from tests.rules.test_content_diff import OLD, of


def swapped() -> str:
    """The paper with its third article put before the second, and one word of it changed."""
    start, end = OLD.index("Điều 3."), OLD.index("Điều 4.")
    article = OLD[start:end].replace("Điều 3.", "Điều 2.").replace("mỗi quý", "mỗi tháng")
    return OLD[:start].replace("Điều 2.", article + "Điều 3.") + OLD[end:]


def marked(new: str, old: str = OLD) -> list[Passage]:
    before = of(old)
    return redline(before, assign_ids(of(new), before))


def said(content: Content) -> str:
    """Every letter of a paper's outline in order."""
    return "".join("".join(f"{e.marker}{e.text}".split()) for e in pieces(content))


def letters(texts: list[str]) -> str:
    return "".join("".join(text.split()) for text in texts)


@given(revised)
def test_without_what_is_new_it_is_the_old_paper_and_without_what_is_gone_the_new(pair):
    old, new = pair
    passages = redline(old, new)
    was = [old_text(one.marked_runs) for one in passages if one.kind not in NEW_SIDE]
    now = [new_text(one.marked_runs) for one in passages if one.kind not in OLD_SIDE]
    assert letters(now) == said(new)
    assert letters(was) == said(old)


@given(revised)
def test_every_move_has_two_places_and_says_what_moved_in_both(pair):
    passages = redline(*pair)
    places = Counter((one.move, one.kind) for one in passages if one.move and one.is_head)
    moves = {move for move, _ in places}
    assert places == Counter((move, kind) for move in moves for kind in ("moved", "left"))


@given(contents)
def test_a_paper_beside_itself_has_only_what_is_kept(content: Content):
    assert {one.kind for one in redline(content, content)} <= {"kept"}


def test_a_moved_article_is_one_change_told_in_two_places():
    passages = marked(swapped())
    told = [(one.kind, one.label, one.is_change) for one in passages if one.kind != "kept"]
    assert told == [
        ("moved", "Điều 2", True),
        ("renumbered", "Điều 3", True),
        ("left", "Điều 3", False),
    ]
    moved = next(one for one in passages if one.kind == "moved")
    assert moved.is_changed_inside
    assert old_text(moved.marked_runs).startswith("Điều 3. Bộ phận")
    assert new_text(moved.marked_runs).startswith("Điều 2. Bộ phận")


def test_an_article_stands_in_one_passage_with_its_first_paragraph():
    labels = [one.label for one in marked(OLD)]
    assert labels.count("Điều 2") == 1
    assert next(one for one in marked(OLD) if one.label == "Điều 2").marker == "Điều 2."


def test_a_row_of_a_table_names_its_columns():
    passages = marked(OLD.replace("≥ 90 %", "≥ 92 %"))
    (row,) = (one for one in passages if one.is_change)
    assert row.columns == ("STT", "Mục tiêu", "Chỉ tiêu", "Bộ phận")
    assert [(run.kind, run.text) for run in row.parts[2].runs] == [
        ("equal", "≥ "),
        ("del", "90 %"),
        ("ins", "92 %"),
    ]


def test_a_row_that_only_counts_on_is_renumbered():
    place = OLD.index("1\tHồ sơ")
    new = OLD[:place] + "1\tSổ góp ý được đọc\tmỗi tuần\tVăn phòng\n" + OLD[place:]
    for number in (3, 2, 1):
        at = new.rindex(f"\n{number}\t")
        new = f"{new[:at]}\n{number + 1}\t{new[at + 3 :]}"
    kinds = [one.kind for one in marked(new) if one.is_change]
    assert kinds == ["added", "renumbered", "renumbered", "renumbered"]


def test_what_is_read_again_under_another_column_keeps_the_name_it_has_now():
    passages = marked(OLD.replace("Chỉ tiêu\tBộ phận", "Chỉ tiêu năm\tBộ phận"))
    assert [one.columns[2] for one in passages if one.role == "row"] == ["Chỉ tiêu năm"] * 3


@pytest.mark.parametrize("by_id", [True, False])
def test_the_first_of_two_papers_may_be_empty(by_id: bool):
    new = of(OLD)
    empty = replace(Content("decision", new.preface), preface=type(new.preface)())
    assert {one.kind for one in redline(empty, new, by_id=by_id)} == {"added"}


def test_number_day_and_signatory_stand_before_the_text():
    old = IssuanceFacts(number=93, symbol="QĐ-CT", dated_on=date(2023, 7, 4), signatory="Đỗ Ổn")
    new = replace(old, number=105, dated_on=date(2024, 1, 2))
    told = {one.label: (one.kind, new_text(one.runs)) for one in front_matter(old, new)}
    assert told == {
        "Số, ký hiệu": ("changed", "105/QĐ-CT"),
        "Ngày ban hành": ("changed", "ngày 02 tháng 01 năm 2024"),
        "Người ký": ("kept", "Đỗ Ổn"),
    }
    assert front_matter(old, IssuanceFacts(symbol="QĐ-CT")) == [], "not decided yet is no change"
    assert {one.kind for one in front_matter(None, new)} == {"added"}
