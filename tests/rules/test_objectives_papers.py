"""Objectives out of whole papers: every trap of real tables and lists, in words of our own."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.content.objectives import objectives_of, reading
from documents.content.objectives.columns import columns
from documents.content.objectives.tables import objectives_in
from documents.content.tree import Row, Table
from documents.importing.text import read_text
from tests.fixtures.papers import objectives as flat
from workflows.example.acts import text_of

PAPERS = Path(flat.__file__).parent
KINDS = {"objectives_alone.md": "quality_objectives"}


def truths():
    with (PAPERS / "objectives.tsv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t"))
    return {name: [r for r in rows if r["paper"] == name] for name in {r["paper"] for r in rows}}


TRUTHS = truths()


def reading_of(name):
    kind = KINDS.get(name, "decision")
    return objectives_of(read_text((PAPERS / name).read_bytes(), filename=name, kind=kind).content)


def a_table(*lines, breaks=()):
    head, *rows = [tuple(cell.strip() for cell in line.split("|")) for line in lines]
    return Table(head, tuple(Row(cells, f"r{n}") for n, cells in enumerate(rows)), breaks, "t")


@pytest.mark.parametrize("name", sorted(TRUTHS))
def test_every_target_and_measure_of_a_paper_is_read(name):
    expected = [flat.bare(row) for row in TRUTHS[name]]
    assert [flat.bare(row) for row in flat.rows(reading_of(name))] == expected


def test_papers_that_set_no_objectives_have_none():
    for name in ("amending.txt", "replacing.txt", "pasted.txt"):
        assert reading_of(name).objectives == ()


def test_what_stands_around_the_objectives_is_read_too():
    old = reading_of("old_style.txt")
    assert "không thấp hơn" in old.cascade[0].raw
    assert old.cascade[0].clause_id
    many = reading_of("document_set.txt")
    assert many.reports == ("month", "quarter", "half_year", "nine_months", "year", "ad_hoc")
    assert many.mandatory_cause
    assert not many.advised_cause
    assert reading_of("wrapped.txt").owner == "Chánh Văn phòng - Đại diện chất lượng của quận"


def test_the_example_reports_by_the_ninth_of_the_next_quarter():
    kind = "quality_objectives"
    read = objectives_of(read_text(text_of("muc-tieu-phong-kinh-te-2024"), kind=kind).content)
    assert read.owner == "Trưởng phòng Kinh tế"
    assert read.reports == ("quarter",)
    assert (read.report_by.day, read.report_by.next_period) == (9, True)


# ---------------------------------------------------------------- columns


@pytest.mark.parametrize(
    ("headers", "roles"),
    [
        ("TT|Mục tiêu|Chỉ tiêu|Biện pháp|Thời hạn", "ordinal objective target measure deadline"),
        ("STT|Nội dung|Mục tiêu đề ra|Biện pháp", "ordinal objective target measure"),
        ("STT|Mục tiêu|Mục tiêu cần đạt|Người thực hiện", "ordinal objective target responsible"),
        ("TT|Mục tiêu|Chỉ tiêu|Nội dung|Hạn", "ordinal objective target measure deadline"),
        ("TT|Mục tiêu|Biện pháp|Nguồn lực|Kỳ báo cáo", "ordinal objective measure resources every"),
        ("TT|Nội dung|Kết quả năm 2022|Chỉ tiêu 2023", "ordinal objective baseline target"),
        ("Mục tiêu|Mức|Cách tính|Ghi chú", "objective target method note"),
    ],
)
def test_columns_are_told_by_all_headers_together(headers, roles):
    assert columns(tuple(headers.split("|"))) == tuple(roles.split())


@pytest.mark.parametrize(
    "headers",
    [
        "STT|Họ và tên|Chức vụ",
        "TT|Tên thủ tục|Lĩnh vực",
        "Ngày|Nội dung",
        "STT|Mục tiêu",
        "TT|Nội dung|Biện pháp|Đơn vị|Thời gian",
    ],
)
def test_a_table_of_something_else_is_none_of_objectives(headers):
    assert columns(tuple(headers.split("|"))) is None


# ---------------------------------------------------------------- rows


def test_an_empty_first_cell_is_a_further_measure():
    (one,) = objectives_in(
        a_table("TT|Mục tiêu|Chỉ tiêu|Biện pháp", "1|Đúng hạn|≥ 95%|Nhắc hạn", "|||Đổi ca trực")
    )
    assert [measure.text for measure in one.measures] == ["Nhắc hạn", "Đổi ca trực"]
    assert len(one.targets) == 1


def test_after_a_page_break_an_empty_first_cell_may_be_the_rest_of_a_sentence():
    lines = (
        "TT|Mục tiêu|Chỉ tiêu|Biện pháp",
        "1|Hồ sơ được|≥ 95%|Nhắc hạn trước",
        "|trả sớm||hai ngày.",
    )
    (cut,) = objectives_in(a_table(*lines, breaks=(1,)))
    assert cut.text == "Hồ sơ được trả sớm"
    assert [measure.text for measure in cut.measures] == ["Nhắc hạn trước hai ngày."]
    (whole,) = objectives_in(a_table(*lines))
    assert len(whole.measures) == 2


def test_a_capital_after_a_break_is_a_new_measure_unless_the_sentence_cannot_end_there():
    head, first = "TT|Mục tiêu|Chỉ tiêu|Biện pháp", "1|Đúng hạn|≥ 95%|Nhắc hạn"
    (new,) = objectives_in(a_table(head, first, "|||Đổi ca trực", breaks=(1,)))
    assert len(new.measures) == 2
    (rest,) = objectives_in(a_table(head, f"{first} của", "|||Văn phòng", breaks=(1,)))
    assert [measure.text for measure in rest.measures] == ["Nhắc hạn của Văn phòng"]
    assert "break_unsure" in rest.doubts


def test_a_cell_printed_over_two_rows_is_whole_in_both_and_said():
    first, second, third = objectives_in(
        a_table(
            "TT|Mục tiêu|Chỉ tiêu|Biện pháp|Trách nhiệm",
            "1|Đúng hạn|100%|Bố trí đủ người;|Các phòng",
            "2.|Trước hạn|40%|theo dõi hằng tuần.|",
            "3|Hài lòng|90%|Phát phiếu.|Văn phòng",
        )
    )
    assert (
        first.measures[0].text == second.measures[0].text == "Bố trí đủ người; theo dõi hằng tuần."
    )
    assert second.measures[0].responsible == "Các phòng"
    assert "cells_merged" in first.doubts
    assert "cells_merged" in second.doubts
    assert third.doubts == ()


def test_small_letters_throughout_are_a_habit_and_no_cut_sentence():
    first, second = objectives_in(
        a_table("TT|Mục tiêu|Chỉ tiêu|Biện pháp", "1|A|1%|nhắc hạn", "2|B|2%|phát phiếu")
    )
    assert (first.measures[0].text, second.measures[0].text) == ("nhắc hạn", "phát phiếu")


def test_a_repeated_header_is_no_row_and_a_heading_is_a_group():
    read = objectives_in(
        a_table(
            "TT|Mục tiêu|Chỉ tiêu",
            "I|Cải cách hành chính|",
            "1|Đúng hạn|≥ 95%",
            "TT|Mục tiêu|Chỉ tiêu",
            "2|Trước hạn|≥ 40%",
            breaks=(2,),
        )
    )
    assert [(one.order, one.group) for one in read] == [
        ("1", "Cải cách hành chính"),
        ("2", "Cải cách hành chính"),
    ]


def test_rows_may_lose_their_last_cell_but_not_gain_one_unsaid():
    short, long = objectives_in(a_table("TT|Mục tiêu|Chỉ tiêu|Ghi chú", "1|A|90%", "2|B|90%||thừa"))
    assert short.doubts == ()
    assert "row_ragged" in long.doubts


def test_a_row_of_measures_without_an_objective_above_it_is_flagged():
    (first, *_rest) = objectives_in(
        a_table("TT|Mục tiêu|Chỉ tiêu|Biện pháp", "1||90%|Họp giao ban", "2|B|90%|Họp")
    )
    assert "objective_missing" in first.doubts


def test_more_objectives_than_are_read_at_once_are_said_to_be_too_many(monkeypatch):
    assert reading_of("objectives_alone.md").doubts == ()
    monkeypatch.setattr(reading, "MOST_READ", 1)
    read = reading_of("objectives_alone.md")
    assert (len(read.objectives), read.doubts) == (1, ("too_many",))


def test_a_target_said_twice_with_two_figures_is_flagged():
    (one,) = objectives_in(a_table("TT|Mục tiêu|Chỉ tiêu", "1|Đúng hạn đạt 95%|≥ 97%"))
    assert one.doubts == ("target_differs",)
    (same,) = objectives_in(a_table("TT|Mục tiêu|Chỉ tiêu", "1|Tăng 2% so với năm 2022|Tăng 2%"))
    assert same.doubts == ()


def test_the_deadline_over_a_table_is_that_of_rows_without_one():
    above = "tính đến cuối năm 2021"
    table = a_table(
        "TT|Mục tiêu|Chỉ tiêu|Thời hạn|Trách nhiệm", "1|A|1%||Các phòng", "2|B|2%|Quý I|X"
    )
    first, second = objectives_in(table, year=2021, above=above)
    assert first.measures[0].deadline.raw == above
    assert second.measures[0].deadline.raw == "Quý I"


def test_points_below_an_item_are_its_targets_or_its_labelled_measure():
    text = (
        "MỤC TIÊU CHẤT LƯỢNG NĂM 2024\n\n1. Giải quyết thủ tục hành chính:\n\na) 98% đúng hạn;\n\n"
        "b) Trên 40% trước hạn.\n\n2. Người dân hài lòng từ 95% trở lên.\n\n"
        "a) Biện pháp: Phát phiếu khảo sát.\n\nb) Thời hạn: Quý IV\n\nc) Trách nhiệm: Văn phòng\n\n"
        "d) Bố trí ghế ngồi chờ.\n\nII. Tổ chức thực hiện\n\n1. Các phòng báo cáo hằng quý."
    )
    first, second = objectives_of(read_text(text, kind="quality_objectives").content).objectives
    assert [one.comparator for one in first.targets] == ["eq", "gt"]
    named, unsure = second.measures
    assert (named.text, named.responsible) == ("Phát phiếu khảo sát.", "Văn phòng")
    assert named.deadline.on.isoformat() == "2024-12-31"
    assert "measure_unsure" in unsure.doubts


# ---------------------------------------------------------------- any table at all

_CELLS = st.sampled_from(["", "1", "2.", "I", "Đúng hạn", "đúng hạn", "≥ 95%", "của", "Quý II"])
_TABLES = st.lists(st.lists(_CELLS, min_size=1, max_size=6), max_size=8)


@given(_TABLES, st.sets(st.integers(0, 8)))
def test_no_cell_of_any_table_is_lost(rows, breaks):
    head = ("TT", "Mục tiêu", "Chỉ tiêu", "Biện pháp", "Thời hạn", "Trách nhiệm")
    table = Table(head, tuple(Row(tuple(row)) for row in rows), tuple(sorted(breaks)), "t")
    read = objectives_in(table)
    said = " ".join(
        " ".join(
            [one.order, one.text, one.group, *(t.text for t in one.targets)]
            + [
                f"{m.text} {m.responsible} {m.deadline.raw if m.deadline else ''}"
                for m in one.measures
            ]
        )
        for one in read
    )
    groups = {row[1] for row in rows if len(row) > 1 and row[0] == "I"}
    for row in rows:
        for cell in row[1:6]:
            assert cell in said or cell in groups
