"""The ids that clauses keep from revision to revision, and the names a reader gives their changes."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given

from documents.content.identity import assign_ids, ids
from documents.content.matching import likeness
from documents.content.outline import entries, label_text
from documents.content.redline import redline
from documents.importing.text import read_text
from tests.fixtures.papers.generated import Made, papers, sentence

OLD = """QUYẾT ĐỊNH

Về việc ban hành Mục tiêu chất lượng năm 2023

CHỦ TỊCH ỦY BAN NHÂN DÂN QUẬN AN MẪU

Căn cứ Luật Thanh tra ngày 14/11/2022;

Theo đề nghị của Trưởng phòng Nội vụ.

QUYẾT ĐỊNH:

Điều 1. Ban hành các mục tiêu sau:

1. Hồ sơ trả đúng hạn đạt 95%.

2. Đánh giá nội bộ ít nhất một lần.

3. Công chức được tập huấn đầy đủ:

a) Về nghiệp vụ một cửa;

b) Về kỹ năng giao tiếp.

Điều 2. Quyết định này có hiệu lực kể từ ngày ký.

Điều 3. Chánh Văn phòng chịu trách nhiệm thi hành Quyết định này./.

Nơi nhận:

- Như Điều 3;
- Lưu: VT.

MỤC TIÊU CHẤT LƯỢNG

(Ban hành kèm theo Quyết định số /QĐ-CT ngày /2023 của Chủ tịch UBND quận)

STT	Mục tiêu	Chỉ tiêu
1	Đúng hạn	95%
2	Hài lòng	90%
"""


def of(text: str):
    return read_text(text).content


def changes(new: str, old: str = OLD) -> list[tuple[str, str]]:
    before = of(old)
    after = assign_ids(of(new), before)
    return [(one.kind, one.label) for one in redline(before, after) if one.is_change]


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("năm 2023\n", "năm 2024\n", [("changed", "Trích yếu")]),
        ("Luật Thanh tra ngày", "Luật Lưu trữ ngày", [("changed", "Căn cứ 1")]),
        ("Trưởng phòng Nội vụ", "Chánh Văn phòng", [("changed", "Đề nghị")]),
        ("giao tiếp", "ứng xử", [("changed", "Điều 1 khoản 3 điểm b")]),
        ("kể từ ngày ký", "kể từ ngày ban hành", [("changed", "Điều 2")]),
        ("- Như Điều 3;\n", "- Như Điều 3;\n- Sở Nội vụ;\n", [("added", "Nơi nhận 2")]),
        (
            "2\tHài lòng\t90%",
            "2\tHài lòng\t92%",
            [("changed", "MỤC TIÊU CHẤT LƯỢNG bảng 1 dòng 2")],
        ),
        (
            "2. Đánh giá nội bộ ít nhất một lần.\n\n3.",
            "2.",
            [("removed", "Điều 1 khoản 2"), ("renumbered", "Điều 1 khoản 2")],
        ),
        ("QUẬN AN MẪU", "QUẬN ỨNG HÒA", [("changed", "Thẩm quyền ban hành")]),
    ],
)
def test_each_change_is_named_by_its_place(old, new, wanted):
    assert old in OLD
    assert changes(OLD.replace(old, new, 1)) == wanted


def test_a_clause_put_in_front_renumbers_the_others_and_changes_none():
    new = (
        OLD.replace("3. Công chức", "4. Công chức")
        .replace("2. Đánh giá", "3. Đánh giá")
        .replace("1. Hồ sơ", "1. Sổ tay được phát cho mọi phòng.\n\n2. Hồ sơ")
    )
    before = of(OLD)
    after = assign_ids(of(new), before)
    found = [(one.kind, one.label) for one in redline(before, after) if one.is_change]
    assert found == [
        ("added", "Điều 1 khoản 1"),
        ("renumbered", "Điều 1 khoản 2"),
        ("renumbered", "Điều 1 khoản 3"),
        ("renumbered", "Điều 1 khoản 4"),
    ]


def test_an_article_put_between_keeps_the_ids_of_those_behind_it():
    new = OLD.replace("Điều 3.", "Điều 4.").replace("Điều 2.", "Điều 3.")
    new = new.replace(
        "Điều 3. Quyết định", "Điều 2. Giao Phòng Nội vụ theo dõi.\n\nĐiều 3. Quyết định"
    )
    before = of(OLD)
    after = assign_ids(of(new), before)
    was = {article.text: article.id for article in before.articles}
    assert [was.get(article.text) for article in after.articles] == [
        before.articles[0].id,
        None,
        before.articles[1].id,
        before.articles[2].id,
    ]
    assert after.articles[1].id not in ids(before)


def test_a_clause_put_elsewhere_has_moved():
    new = OLD.replace("2. Đánh giá nội bộ ít nhất một lần.\n\n", "").replace("3. Công", "2. Công")
    new = new.replace(
        "b) Về kỹ năng giao tiếp.",
        "b) Về kỹ năng giao tiếp.\n\n3. Đánh giá nội bộ ít nhất một lần.",
    )
    # one of the two that changed places is told as moved, the other as counted anew
    assert sorted(changes(new)) == [
        ("moved", "Điều 1 khoản 2"),
        ("renumbered", "Điều 1 khoản 3"),
    ]


def test_papers_of_two_years_that_share_no_ids_are_compared_by_their_words():
    last_year = of(OLD)
    this_year = replace(of(OLD.replace("95%", "97%").replace("2023", "2024")), ids_given=99)
    kinds = {one.label: one.kind for one in redline(last_year, this_year, by_id=False)}
    assert kinds["Điều 1 khoản 1"] == "changed"
    assert kinds["Điều 1 khoản 2"] == "kept"
    assert "removed" not in kinds.values()


def test_ids_are_given_once_and_never_again():
    first = of(OLD)
    without = assign_ids(of(OLD.replace("2. Đánh giá nội bộ ít nhất một lần.\n\n3.", "2.")), first)
    again = assign_ids(
        of(OLD.replace("2. Đánh giá nội bộ ít nhất một lần.", "2. Sổ góp ý đặt ở cửa.")), without
    )
    gone = next(i for i in ids(first) if i not in ids(without))
    assert gone not in ids(again)
    assert len(set(ids(again))) == len(ids(again))
    assert again.ids_given == first.ids_given + 1


def test_reading_the_same_text_again_changes_no_byte():
    first = of(OLD)
    assert assign_ids(of(OLD), first) == first


def test_labels_go_from_the_larger_part_to_the_smaller():
    labels = [label_text(entry.label) for entry in entries(of(OLD))]
    assert "Điều 1 khoản 3 điểm b" in labels
    assert labels[0] == "Tên loại"
    assert labels[-1] == "MỤC TIÊU CHẤT LƯỢNG bảng 1 dòng 2"


@given(papers(), papers())
def test_no_id_is_given_twice_in_any_pair_of_versions(old: Made, new: Made):
    before = of(old.text)
    after = assign_ids(of(new.text), before)
    assert len(set(ids(after))) == len(ids(after))


@given(sentence, sentence)
def test_likeness_is_between_none_and_all(a: str, b: str):
    assert 0 <= likeness(a, b) <= 1
    assert likeness(a, a) == 1
    assert likeness(a, b) == likeness(b, a)


def test_texts_without_a_word_in_common_are_not_alike():
    assert likeness("một hai", "ba bốn") == 0
    assert likeness("", "") == 1
    assert re.fullmatch(r"0\.\d+", str(likeness("một hai ba", "một hai bốn")))
