"""A draft cut into its pieces and edited piece by piece: no letter is lost, numbers follow."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.importing.text import read_text
from documents.writing import edits
from documents.writing.pieces import KINDS, Piece, pieces_of, text_of
from tests.fixtures.papers.generated import Made, papers
from workflows.example import acts

PAPERS = sorted((Path(__file__).parents[1] / "fixtures" / "papers").glob("*.txt"))
PLAN = """ỦY BAN NHÂN DÂN
QUẬN AN MẪU

Số: /QĐ-CT

QUYẾT ĐỊNH

Giao nhiệm vụ đo lường sự hài lòng

CHỦ TỊCH ỦY BAN NHÂN DÂN QUẬN AN MẪU

Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;

Theo đề nghị của Trưởng phòng Nội vụ.

QUYẾT ĐỊNH:

Điều 1. Giao nhiệm vụ như sau:

1. Phòng Nội vụ khảo sát.

2. Văn phòng tổng hợp:

a) Theo quý;

b) Theo năm.

Điều 2. Việc khảo sát tại khoản 1 Điều 1 của Quyết định này xong trước ngày 15 hằng tháng.

Điều 3. Quyết định này có hiệu lực kể từ ngày ký.

Điều 4. Trưởng phòng Nội vụ chịu trách nhiệm thi hành Quyết định này./.

Nơi nhận:

- Như Điều 4;
- Sở Nội vụ (b/c);
- Lưu: VT, NV.

Phụ lục
CHỈ TIÊU

TT\tChỉ tiêu\tMức
1\tHài lòng\t90 %
2\tĐúng hẹn\t95 %
"""


def pieces(text: str = PLAN) -> tuple[Piece, ...]:
    return pieces_of(read_text(text, kind="decision", drafting=True))


def at(words: str, among: tuple[Piece, ...] | None = None) -> int:
    """The place of the piece that begins with these words."""
    return next(place for place, one in enumerate(among or pieces()) if one.text.startswith(words))


def text_after(edited: edits.Edited) -> str:
    return text_of(edited.pieces)


def markers(text: str, pattern: str) -> list[str]:
    return re.findall(pattern, text, re.MULTILINE)


# Pieces


@pytest.mark.parametrize("path", PAPERS, ids=lambda one: one.stem)
def test_the_pieces_of_a_paper_are_its_text_letter_by_letter(path):
    reading = read_text(path.read_bytes(), filename=path.name)
    cut = pieces_of(reading)
    assert text_of(cut).strip("\n") == reading.text.strip("\n")
    lines = reading.text.split("\n")
    assert all(lines[one.line - 1 : one.last_line] == one.text.split("\n") for one in cut)


@given(papers())
def test_the_pieces_of_any_paper_are_its_text_and_read_the_same(made: Made):
    reading = read_text(made.text)
    cut = pieces_of(reading)
    assert text_of(cut).strip("\n") == reading.text.strip("\n")
    assert read_text(text_of(cut)).content == reading.content


def test_every_piece_is_called_what_an_official_calls_it():
    called = [(one.kind, one.section, one.label) for one in pieces()]
    assert called[:6] == [
        ("form", "form", "Tên cơ quan"),
        ("form", "form", "Số, ký hiệu"),
        ("form", "form", "Tên loại văn bản"),
        ("form", "form", "Trích yếu"),
        ("form", "form", "Thẩm quyền ban hành"),
        ("citation", "basis", "Căn cứ 1"),
    ]
    assert {one.kind for one in pieces()} <= KINDS
    assert [one.label for one in pieces() if one.section == "recipients"] == [
        "Nơi nhận", "Nơi nhận 1", "Nơi nhận 2", "Lưu",
    ]  # fmt: skip
    assert pieces()[-1].rows == (
        ("TT", "Chỉ tiêu", "Mức"), ("1", "Hài lòng", "90 %"), ("2", "Đúng hẹn", "95 %"),
    )  # fmt: skip


def test_what_hangs_below_a_piece_belongs_to_it():
    cut = pieces()
    article = edits.unit(cut, at("Điều 1."))
    assert [cut[place].text[:2] for place in article] == ["Đi", "1.", "2.", "a)", "b)"]
    assert len(edits.unit(cut, at("2. Văn phòng"))) == 3
    assert len(edits.unit(cut, at("Căn cứ"))) == 1
    assert len(edits.unit(cut, at("Phụ lục"))) == 2


# Moving


def test_an_article_moves_with_its_items_and_all_are_counted_anew():
    moved = edits.move(pieces(), at("Điều 2."), "up")
    text = text_after(moved)
    assert markers(text, r"^Điều \d\. \w+") == [
        "Điều 1. Việc", "Điều 2. Giao", "Điều 3. Quyết", "Điều 4. Trưởng",
    ]  # fmt: skip
    assert text.index("Điều 2. Giao") < text.index("1. Phòng Nội vụ") < text.index("Điều 3.")
    assert moved.pieces[moved.at].text.startswith("Điều 1. Việc")


def test_what_the_paper_says_of_its_own_articles_follows():
    text = text_after(edits.move(pieces(), at("Điều 1."), "down"))
    assert "tại khoản 1 Điều 2 của Quyết định này" in text
    assert "Như Điều 4" in text
    text = text_after(edits.remove(pieces(), at("Điều 3.")))
    assert "- Như Điều 3;" in text
    assert "khoản 1 Điều 1 của Quyết định này" in text


def test_the_articles_of_a_cited_law_do_not_follow():
    law = PLAN.replace("trước ngày 15 hằng tháng", "theo Điều 3 Luật Thống kê")
    text = text_after(edits.remove(pieces(law), at("Điều 1.", pieces(law))))
    assert "theo Điều 3 Luật Thống kê" in text


def test_the_end_mark_stays_at_the_end_of_the_last_article():
    text = text_after(edits.move(pieces(), at("Điều 4."), "up"))
    assert text.count("./.") == 1
    assert "Điều 4. Quyết định này có hiệu lực kể từ ngày ký./." in text
    assert "Điều 3. Trưởng phòng Nội vụ chịu trách nhiệm thi hành Quyết định này.\n" in text


def test_items_and_points_change_places_and_are_counted():
    text = text_after(edits.move(pieces(), at("2. Văn phòng"), "up"))
    assert text.index("1. Văn phòng") < text.index("a) Theo quý") < text.index("2. Phòng Nội vụ")
    text = text_after(edits.move(pieces(), at("b) Theo năm"), "up"))
    assert markers(text, r"^[ab]\) .*") == ["a) Theo năm.", "b) Theo quý;"]


def test_the_first_and_the_form_do_not_move():
    assert not edits.can_move(pieces(), at("Điều 1."), "up")
    assert not edits.can_move(pieces(), at("Điều 4."), "down")
    assert not edits.can_move(pieces(), at("QUYẾT ĐỊNH:"), "up")
    assert not edits.can_move(pieces(), at("- Lưu"), "up")
    with pytest.raises(ValueError, match="cannot move"):
        edits.move(pieces(), at("Điều 1."), "up")


# Putting in and taking out


def test_a_new_article_takes_the_next_number_and_the_others_follow():
    added = edits.insert(pieces(), at("Điều 1."), "article")
    text = text_after(added)
    assert markers(text, r"^Điều \d\. \S+") == [
        "Điều 1. Giao", "Điều 2. […].", "Điều 3. Việc", "Điều 4. Quyết", "Điều 5. Trưởng",
    ]  # fmt: skip
    assert "- Như Điều 5;" in text
    assert text.index("b) Theo năm") < text.index("Điều 2. […]")
    assert added.pieces[added.at].text == "Điều 2. […]."


def test_a_new_item_stands_below_the_points_of_the_one_above():
    text = text_after(edits.insert(pieces(), at("2. Văn phòng"), "item"))
    assert text.index("b) Theo năm.") < text.index("3. […].") < text.index("Điều 2.")


def test_a_new_recipient_stands_in_the_list_without_a_blank_line():
    text = text_after(edits.insert(pieces(), at("- Như Điều 4"), "recipient"))
    assert "- Như Điều 4;\n- […];\n- Sở Nội vụ (b/c);\n" in text


def test_a_legal_basis_is_put_below_the_last_one():
    text = text_after(edits.put_citation(pieces(), "Căn cứ Nghị định số 1/2024/NĐ-CP;"))
    assert text.index("năm 2015;") < text.index("Căn cứ Nghị định") < text.index("Theo đề nghị")


def test_a_legal_basis_finds_its_place_where_there_is_none_yet():
    bare = PLAN.replace(
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;\n\n", ""
    )
    text = text_after(edits.put_citation(pieces(bare), "Căn cứ Nghị định số 1/2024/NĐ-CP;"))
    assert text.index("CHỦ TỊCH ỦY BAN") < text.index("Căn cứ Nghị định")
    assert text.index("Căn cứ Nghị định") < text.index("Theo đề nghị")


def test_the_recital_is_set_not_doubled():
    text = text_after(edits.put_recital(pieces(), "Theo đề nghị của Chánh Văn phòng."))
    assert markers(text, r"^Theo đề nghị.*") == ["Theo đề nghị của Chánh Văn phòng."]
    bare = PLAN.replace("Theo đề nghị của Trưởng phòng Nội vụ.\n\n", "")
    text = text_after(edits.put_recital(pieces(bare), "Theo đề nghị của Chánh Văn phòng."))
    assert text.index("Căn cứ Luật") < text.index("Theo đề nghị") < text.index("QUYẾT ĐỊNH:")


def test_an_article_is_taken_out_with_its_items():
    text = text_after(edits.remove(pieces(), at("Điều 1.")))
    assert "khảo sát." not in text.split("Điều 1.")[0]
    assert "a) Theo quý" not in text
    assert markers(text, r"^Điều \d\. \w+") == ["Điều 1. Việc", "Điều 2. Quyết", "Điều 3. Trưởng"]


def test_the_form_is_not_taken_out():
    with pytest.raises(ValueError, match="belongs to the form"):
        edits.remove(pieces(), at("QUYẾT ĐỊNH:"))


edit = st.tuples(st.integers(0, 60), st.sampled_from(["up", "down", "remove", *sorted(edits.NEW)]))


@given(papers(), st.lists(edit, max_size=3))
def test_whatever_is_edited_can_be_read_and_articles_are_counted(made: Made, asked):
    text = made.text
    for place, what in asked:
        cut = pieces_of(read_text(text, kind="decision", drafting=True))
        place %= len(cut)
        if what in {"up", "down"}:
            if not edits.can_move(cut, place, what):
                continue
            text = text_of(edits.move(cut, place, what).pieces)
        elif what == "remove":
            if cut[place].kind in {"form", "enacting"}:
                continue
            text = text_of(edits.remove(cut, place).pieces)
        else:
            text = text_of(edits.insert(cut, place, what).pieces)
    if not text.strip():
        return
    read = read_text(text, kind="decision", drafting=True)
    cut = pieces_of(read)
    assert text_of(cut).strip("\n") == read.text.strip("\n")


@given(papers(), st.integers(0, 60))
def test_up_and_down_again_changes_nothing(made: Made, place: int):
    cut = pieces_of(read_text(made.text))
    place %= len(cut)
    if not edits.can_move(cut, place, "down"):
        return
    there = edits.move(cut, place, "down")
    back = edits.move(there.pieces, there.at, "up")
    assert text_of(back.pieces) == text_of(cut)
    assert back.at == place


@pytest.mark.parametrize("name", ["chinh-sach-muc-tieu-2024-lan-2", "quy-trinh-danh-gia-noi-bo"])
def test_pieces_made_and_taken_out_again_leave_the_text(name):
    reading = read_text(acts.text_of(name))
    cut = pieces_of(reading)
    for place, one in enumerate(cut):
        added = edits.insert(cut, place, "paragraph")
        if added.pieces[added.at].section == one.section:
            left = edits.remove(added.pieces, added.at)
            assert text_of(left.pieces) == text_of(cut)


def test_a_piece_keeps_its_gap():
    cut = pieces()
    changed = [*cut]
    changed[3] = replace(cut[3], text="Trích yếu khác")
    assert text_of(changed) == PLAN.replace("Giao nhiệm vụ đo lường sự hài lòng", "Trích yếu khác")
