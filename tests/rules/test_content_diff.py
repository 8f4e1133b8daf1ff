"""What became of a paper as data: it makes the new paper of the old one and the old of the new."""

from __future__ import annotations

import json
from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.content.changes import (
    Changes,
    Delete,
    DoesNotFit,
    Edit,
    Insert,
    Keep,
    PartsChange,
    ValueChange,
    apply,
    invert,
)
from documents.content.codec import from_json, to_json
from documents.content.diff import diff, longest_rise
from documents.content.identity import assign_ids
from documents.content.lines import HELD, Line, Node, content_of, head_of, lines_of
from documents.content.tree import Clause, Content, Preface, Row, Table
from documents.content.words import new_text
from documents.importing.text import read_text
from tests.fixtures.papers.generated import Made, papers
from tests.fixtures.papers.trees import contents, revised

OLD = """QUYẾT ĐỊNH

Về việc ban hành Mục tiêu chất lượng năm 2023

CHỦ TỊCH ỦY BAN NHÂN DÂN QUẬN AN MẪU

Căn cứ Luật Lưu trữ ngày 11/11/2011;

Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư;

Theo đề nghị của Trưởng phòng Nội vụ.

QUYẾT ĐỊNH:

Điều 1. Ban hành kèm theo Quyết định này Mục tiêu chất lượng năm 2023.

Điều 2. Các phòng lập sổ theo dõi:

1. Ghi việc nhận hồ sơ trong ngày;

2. Ghi việc trả hồ sơ và lý do trả muộn.

Điều 3. Bộ phận một cửa niêm yết kết quả mỗi quý một lần.

Điều 4. Quyết định này có hiệu lực kể từ ngày ký.

Điều 5. Chánh Văn phòng chịu trách nhiệm thi hành Quyết định này./.

Nơi nhận:

- Như Điều 5;
- Lưu: VT.

MỤC TIÊU CHẤT LƯỢNG

(Ban hành kèm theo Quyết định số /QĐ-CT ngày /2023 của Chủ tịch UBND quận)

STT	Mục tiêu	Chỉ tiêu	Bộ phận
1	Hồ sơ trả đúng hạn	≥ 90 %	Một cửa
2	Người dân hài lòng khi được hỏi	95 %	Văn phòng
3	Đơn thư được trả lời trong mười ngày	100 %	Thanh tra
"""


def of(text: str) -> Content:
    return read_text(text).content


def between(new: str, old: str = OLD) -> Changes:
    """The changes from one text to another of the same paper; they are seen to hold both ways."""
    before = of(old)
    after = assign_ids(of(new), before)
    changes = diff(before, after)
    assert apply(changes, before) == after
    assert apply(invert(changes), after) == before
    return changes


def told(changes: Changes) -> list[str]:
    """What is not kept in its place, in short."""
    return [
        f"moved {step.at}" if getattr(step, "moved", False) else type(step).__name__
        for step in changes.steps
        if not isinstance(step, Keep) or step.moved
    ]


# ---------------------------------------------------------------- the whole truth


@given(revised)
def test_the_changes_make_the_new_paper_of_the_old_and_back(pair: tuple[Content, Content]):
    old, new = pair
    for by_id in (True, False):
        changes = diff(old, new, by_id=by_id)
        assert apply(changes, old) == new
        assert apply(invert(changes), new) == old
        assert invert(invert(changes)).head == changes.head
        assert apply(invert(invert(changes)), old) == new


@given(contents, contents)
def test_papers_with_nothing_in_common_are_changed_into_each_other(old: Content, new: Content):
    assert apply(diff(old, new), old) == new


@settings(max_examples=25)  # a whole paper is slow to make up
@given(papers(), papers())
def test_papers_as_offices_write_them_are_changed_into_each_other(old: Made, new: Made):
    between(new.text, old.text)


@given(revised)
def test_changes_are_json_and_come_back_the_same(pair: tuple[Content, Content]):
    changes = diff(*pair)
    assert from_json(Changes, json.loads(json.dumps(to_json(changes)))) == changes


@given(contents)
def test_a_paper_does_not_differ_from_itself(content: Content):
    changes = diff(content, content)
    assert changes.is_none
    assert changes.steps == (Keep(0, len(lines_of(content))),)


@given(contents)
def test_lines_are_the_whole_paper(content: Content):
    assert content_of(head_of(content), lines_of(content)) == content


def test_every_part_of_the_tree_hangs_in_a_line():
    nodes = {kind.__name__ for kind in Node.__args__}
    for kind in (Content, *Node.__args__):
        holding = {
            one.name
            for one in fields(kind)
            if set(str(one.type).replace("|", " ").replace("[", " ").replace(",", " ").split())
            & {*nodes, "Block", "Preamble"}
        }
        assert holding == set(HELD.get(kind, ())), kind.__name__


# ---------------------------------------------------------------- what a reader would say


def test_an_article_put_elsewhere_has_moved_and_nothing_is_added_or_removed():
    start, end = OLD.index("Điều 3."), OLD.index("Điều 4.")
    article = OLD[start:end].replace("Điều 3.", "Điều 2.")
    rest = OLD[:start].replace("Điều 2.", article + "Điều 3.")
    changes = between(rest + OLD[end:])
    assert not [step for step in changes.steps if isinstance(step, Insert | Delete)]
    moved = [step for step in changes.steps if getattr(step, "moved", False)]
    assert len(moved) == 1
    assert lines_of(of(OLD))[moved[0].at].node.number == 3


def clause(text: str) -> Clause:
    below = tuple(Clause("point", f"{text} {n}") for n in ("x", "y"))
    return Clause("item", text, "1.", below)


def test_what_hangs_below_a_moved_piece_is_not_said_to_have_moved():
    body = tuple(clause(text) for text in ("aaa bbb", "ccc ddd", "eee fff"))
    old = Content("decision", Preface(), body=body)
    new = replace(old, body=(*body[1:], body[0]))
    assert told(diff(old, new)) == ["moved 1"]


def test_a_clause_put_below_another_one_has_moved():
    body = tuple(clause(text) for text in ("aaa bbb", "ccc ddd", "eee fff"))
    old = Content("decision", Preface(), body=body)
    new = replace(old, body=(replace(body[0], children=(*body[0].children, body[2])), body[1]))
    changes = diff(old, new)
    assert told(changes) == ["moved 7", "Edit", "Edit"]
    deeper = [step for step in changes.steps if isinstance(step, Edit) and not step.moved]
    assert [(step.was_depth, step.depth, step.fields) for step in deeper] == [(1, 2, ())] * 2


def test_what_is_gone_stands_where_it_stood_even_where_its_neighbour_moved():
    body = tuple(clause(text) for text in ("aaa bbb", "ccc ddd", "eee fff", "ggg hhh", "iii"))
    old = Content("decision", Preface(), body=body)
    without = replace(body[1], children=body[1].children[:1])
    new = replace(old, body=(body[0], *body[3:], without))
    assert told(diff(old, new)) == ["Delete"] * 3 + ["moved 4", "Delete"]


def test_a_share_in_a_table_is_one_change_in_one_cell():
    changes = between(OLD.replace("≥ 90 %", "≥ 92 %"))
    (step,) = (step for step in changes.steps if isinstance(step, Edit))
    (cells,) = step.fields
    assert isinstance(cells, PartsChange)
    assert [[(run.kind, run.text) for run in part.runs] for part in cells.parts] == [
        [("equal", "1")],
        [("equal", "Hồ sơ trả đúng hạn")],
        [("equal", "≥ "), ("del", "90 %"), ("ins", "92 %")],
        [("equal", "Một cửa")],
    ]


def test_rows_are_found_again_by_what_they_say_and_not_by_their_number():
    rows = OLD.index("1\tHồ sơ")
    new = OLD[:rows] + "1\tSổ góp ý được đọc mỗi tuần\t1 lần\tVăn phòng\n" + OLD[rows:]
    for number in (3, 2, 1):
        place = new.rindex(f"\n{number}\t")
        new = f"{new[:place]}\n{number + 1}\t{new[place + 3 :]}"
    changes = between(new.replace("95 %", "96 %"))
    kinds = [step for step in changes.steps if not isinstance(step, Keep)]
    assert [type(step).__name__ for step in kinds] == ["Insert", "Edit", "Edit", "Edit"]
    assert [new_text(part.runs) for part in kinds[2].fields[0].parts][:3] == [
        "3",
        "Người dân hài lòng khi được hỏi",
        "96 %",
    ]


def test_a_column_put_between_is_added_in_every_row_and_changes_no_other_cell():
    old = Table(("STT", "Mục tiêu", "Chỉ tiêu"), (Row(("1", "Đúng hạn", "90 %")),))
    columns = ("STT", "Mục tiêu", "Bộ phận", "Chỉ tiêu")
    new = Table(columns, (Row(("1", "Đúng hạn", "Một cửa", "90 %")),))
    papers = [Content("decision", Preface(), body=(table,)) for table in (old, new)]
    edits = [step for step in diff(*papers).steps if isinstance(step, Edit)]
    assert [[part.kind for part in edit.fields[0].parts] for edit in edits] == [
        ["kept", "kept", "added", "kept"]
    ] * 2


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("chất lượng năm 2023\n\nCHỦ", "chất lượng năm 2024\n\nCHỦ", "subject"),
        ("05/3/2020 của Chính", "06/3/2020 của Chính", "instruments"),
        ("Luật Lưu trữ", "Luật Thanh tra", "instruments"),
        ("Trưởng phòng Nội vụ", "Chánh Văn phòng", "who"),
        ("Như Điều 5", "Như Điều 6", "article_ref"),
        ("QUẬN AN MẪU", "QUẬN ỨNG HÒA", "agency_full"),
    ],
)
def test_what_was_read_in_a_text_changes_with_it(old: str, new: str, field: str):
    assert OLD.count(old) == 1
    changed = [
        change.field
        for step in between(OLD.replace(old, new)).steps
        if isinstance(step, Edit)
        for change in step.fields
    ]
    assert field in changed


def test_the_day_of_effect_is_a_change_of_the_whole_paper():
    changes = between(OLD.replace("kể từ ngày ký", "kể từ ngày 01/02/2024"))
    (effect,) = (change for change in changes.head if change.field == "effectivity")
    assert isinstance(effect, ValueChange)
    assert effect.before.rule == "from_signing_date"
    assert str(effect.after.on_date) == "2024-02-01"


def test_papers_that_share_no_line_of_revisions_are_not_paired_by_their_ids():
    old = Content("decision", Preface(), body=(Clause("item", "Hồ sơ trả đúng hạn", id="c1"),))
    other = Clause("item", "Hồ sơ lưu trong kho một năm", id="c1")
    same = Clause("item", "Hồ sơ trả đúng hạn", id="c2")
    new = replace(old, body=(other, same))
    assert told(diff(old, new, by_id=False)) == ["Insert", "Edit"]
    assert told(diff(old, new, by_id=True)) == ["Edit", "Insert"]


def test_the_same_sentence_said_twice_is_never_paired_crosswise():
    said = tuple(Clause("bullet", text) for text in ("x", "như trên", "y", "như trên", "z"))
    old = Content("decision", Preface(), body=said)
    new = replace(old, body=(Clause("bullet", "mới"), Clause("bullet", "nữa"), *said))
    assert told(diff(old, new)) == ["Insert", "Insert"]


# ---------------------------------------------------------------- other papers


def test_changes_are_not_applied_to_another_paper():
    changes = between(OLD.replace("≥ 90 %", "≥ 92 %"))
    other = of(OLD.replace("≥ 90 %", "≥ 91 %"))
    with pytest.raises(DoesNotFit, match="cells of Row"):
        apply(changes, other)
    shorter = of(OLD.replace("- Như Điều 5;\n", ""))
    with pytest.raises(DoesNotFit):
        apply(changes, shorter)
    removed = between(OLD.replace("- Như Điều 5;\n", ""))
    with pytest.raises(DoesNotFit, match="not the one that was removed"):
        apply(removed, of(OLD.replace("Như Điều 5", "Như Điều 6")))


def test_changes_that_make_no_paper_are_refused():
    line = Line(3, "children", Clause("item", "treo"))
    with pytest.raises(ValueError, match="hangs below nothing"):
        apply(Changes((), (Keep(0), Insert(line))), Content("decision", Preface()))
    with pytest.raises(ValueError, match="holds nothing in rows"):
        content_of(Content("decision", Preface()), [Line(0, "rows", Row(()))])
    twice = [Line(0, "preface", Preface(subject="a")), Line(0, "preface", Preface(subject="b"))]
    with pytest.raises(ValueError, match="one preface"):
        content_of(Content("decision", Preface()), twice)


@given(st.lists(st.integers(0, 30), unique=True, max_size=8))
def test_the_longest_rise_is_as_long_as_any(numbers: list[int]):
    found = sorted(longest_rise(numbers))
    rise = [numbers[place] for place in found]
    assert rise == sorted(rise)
    lengths = [0]
    for number in numbers:
        below = [length for n, length in zip(numbers, lengths[1:], strict=False) if n < number]
        lengths.append(max(below, default=0) + 1)
    assert len(rise) == max(lengths)
