"""A table of objectives edited row by row: ordinals follow, torn rows are joined, nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.importing.text import read_text
from documents.writing import tables
from documents.writing.pieces import pieces_of

ROWS = (
    ("TT", "Mục tiêu", "Mức"),
    ("1", "Hài lòng", "90 %"),
    ("", "trong đó qua mạng", "92 %"),
    (),
    ("2", "Đúng hẹn", "95 %"),
)
cell = st.text("ab1 %.", max_size=5).map(str.strip)
grids = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.tuples(*[cell] * width), min_size=2, max_size=6).map(tuple)
)


def column(rows, at=0):
    return [row[at] for row in rows if row]


def test_a_new_row_is_counted_and_the_others_follow():
    rows = tables.add_row(ROWS, 1)
    assert column(rows) == ["TT", "1", "2", "", "3"]
    assert rows[2] == ("2", tables.PLACE, "")


def test_a_row_that_continues_another_has_no_ordinal_of_its_own():
    assert column(tables.move_row(ROWS, 2, "up")) == ["TT", "", "1", "2"]


def test_a_row_taken_out_lets_the_others_follow():
    assert column(tables.remove_row(ROWS, 1)) == ["TT", "", "1"]


def test_the_head_stays():
    with pytest.raises(ValueError, match="head"):
        tables.remove_row(ROWS, 0)
    with pytest.raises(ValueError, match="cannot move"):
        tables.move_row(ROWS, 1, "up")
    with pytest.raises(ValueError, match="no row above"):
        tables.join_up(ROWS, 1)


def test_a_row_torn_by_a_page_break_is_joined_to_the_one_above():
    torn = (*ROWS[:2], (), ("", "của người dân", ""), ("2", "Đúng hẹn", "95 %"))
    joined = tables.join_up(torn, 3)
    assert joined == (
        ROWS[0], ("1", "Hài lòng của người dân", "90 %"), ("2", "Đúng hẹn", "95 %"),
    )  # fmt: skip


def test_ordinals_that_were_not_counted_are_left_alone():
    rows = (("Mã", "Tên"), ("7", "a"), ("3", "b"))
    assert column(tables.move_row(rows, 1, "down")) == ["Mã", "3", "7"]


def test_columns_are_put_in_moved_and_taken_out():
    wider = tables.add_column(ROWS, 1)
    assert wider[0] == ("TT", "Mục tiêu", tables.PLACE, "Mức")
    assert wider[3] == ()
    assert tables.remove_column(wider, 2) == ROWS
    assert tables.move_column(ROWS, 1, "right")[1] == ("1", "90 %", "Hài lòng")
    with pytest.raises(ValueError, match="two columns"):
        tables.remove_column((("a", "b"),), 0)
    with pytest.raises(ValueError, match="cannot move"):
        tables.move_column(ROWS, 2, "right")
    with pytest.raises(ValueError, match="at most"):
        tables.add_column((("x",) * tables.MOST_COLUMNS,), 0)


def test_cells_hold_one_line_and_empty_rows_are_left_out():
    text = tables.text_of_rows([("A", "B"), (" x\ny\tz ", ""), ("", ""), (), ("1", "2"), ()])
    assert text == "A\tB\nx y z\t\n\n1\t2"


@given(grids, st.integers(1, 5), st.integers(0, 4))
def test_up_and_down_left_and_right_again_change_nothing(rows, at, side):
    if at + 1 < len(rows):
        there = tables.move_row(rows, at, "down")
        back = tables.move_row(there, at + 1, "up")
        assert [row[1:] for row in back] == [row[1:] for row in rows]
    if side + 1 < len(rows[0]):
        there = tables.move_column(rows, side, "right")
        assert tables.move_column(there, side + 1, "left") == rows


@given(grids)
def test_a_table_written_into_a_draft_is_cut_out_of_it_again(rows):
    grid = (("TT", "Nội dung", *rows[0][2:]), *(("x", *row[1:]) for row in rows[1:]))
    text = f"QUYẾT ĐỊNH\n\nĐiều 1. Mục tiêu:\n\n{tables.text_of_rows(grid)}\n"
    reading = read_text(text, kind="decision", drafting=True)
    (table,) = [one for one in pieces_of(reading) if one.kind == "table"]
    assert table.rows == tuple(tuple(" ".join(c.split()) for c in row) for row in grid)
