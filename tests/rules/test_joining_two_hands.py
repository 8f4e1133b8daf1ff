"""Two people on one draft: what one hand changed is taken, what both changed is never chosen for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.writing import merging
from documents.writing.merging import Clash, differ, merge, of_one_hand

BASE = "Căn cứ A;\n\nĐiều 1. Một.\n\nĐiều 2. Hai.\n\nĐiều 3. Ba.\n"
paragraph = st.sampled_from(["Một.", "Hai.", "Ba.", "Bốn.", "- Năm;", "a) Sáu;", "1\tx\ty"])
text = st.lists(st.tuples(paragraph, st.sampled_from(["\n", "\n\n", "\n\n\n"])), max_size=12).map(
    lambda parts: "".join(f"{words}{gap}" for words, gap in parts)
)


def words(whole: str) -> set[str]:
    return {line for line in whole.split("\n") if line}


def closed(whole: str) -> str:
    return whole.strip("\n") + "\n"


def test_changes_in_different_paragraphs_are_both_kept():
    mine = BASE.replace("Một.", "Một, sửa.")
    theirs = BASE.replace("Ba.", "Ba, sửa.")
    joined = merge(BASE, mine, theirs)
    assert joined.text == BASE.replace("Một.", "Một, sửa.").replace("Ba.", "Ba, sửa.")


def test_changes_in_neighbouring_paragraphs_are_no_conflict():
    mine = BASE.replace("Một.", "Một, sửa.")
    theirs = BASE.replace("Hai.", "Hai, sửa.")
    assert merge(BASE, mine, theirs).text == BASE.replace("Một.", "Một, sửa.").replace(
        "Hai.", "Hai, sửa."
    )


def test_a_paragraph_put_in_does_not_disturb_a_change_of_the_one_above():
    mine = BASE.replace("Điều 3.", "Điều 2a. Mới.\n\nĐiều 3.")
    theirs = BASE.replace("Hai.", "Hai, sửa.")
    assert merge(BASE, mine, theirs).text == mine.replace("Hai.", "Hai, sửa.")


def test_one_paragraph_changed_in_two_ways_is_given_back_with_all_three_texts():
    mine = BASE.replace("Hai.", "Hai, theo tôi.")
    theirs = BASE.replace("Hai.", "Hai, theo bạn.")
    joined = merge(BASE, mine, theirs)
    assert joined.conflicts == (
        Clash("\n\nĐiều 2. Hai.", "\n\nĐiều 2. Hai, theo tôi.", "\n\nĐiều 2. Hai, theo bạn."),
    )
    assert joined.settled(["mine"]) == mine
    assert joined.settled(["theirs"]) == theirs
    assert "theo tôi.\n\nĐiều 2. Hai, theo bạn." in joined.settled(["both"])


def test_a_paragraph_removed_by_one_and_changed_by_the_other_is_a_conflict():
    mine = BASE.replace("Điều 2. Hai.\n\n", "")
    theirs = BASE.replace("Hai.", "Hai, sửa.")
    (conflict,) = merge(BASE, mine, theirs).conflicts
    assert (conflict.mine, conflict.theirs) == ("", "\n\nĐiều 2. Hai, sửa.")


def test_the_same_change_by_both_is_made_once():
    changed = BASE.replace("Hai.", "Hai, sửa.")
    assert merge(BASE, changed, changed).text == changed


def test_rows_of_a_table_are_joined_row_by_row():
    table = "TT\tViệc\n1\tMột\n2\tHai\n3\tBa\n"
    joined = merge(table, table.replace("Một", "90 %"), table.replace("Ba", "92 %"))
    assert joined.text == "TT\tViệc\n1\t90 %\n2\tHai\n3\t92 %\n"


def test_a_text_of_very_many_lines_is_joined_as_a_whole_or_not_at_all(monkeypatch):
    monkeypatch.setattr(merging, "_JOINED_UP_TO", 3)
    assert len(merge(BASE, BASE + "x\n", BASE.replace("Hai", "hai")).conflicts) == 1
    assert merge(BASE, BASE, BASE + "x\n").text == BASE + "x\n"


@given(text, text)
def test_a_hand_that_changed_nothing_takes_what_the_other_wrote(base, other):
    assert merge(base, other, base).text == closed(other)
    assert merge(base, base, other).text == closed(other)


@given(text, text)
def test_two_hands_that_wrote_the_same_agree(base, other):
    assert merge(base, other, other).text == closed(other)


@given(text, text, text)
def test_every_word_either_hand_put_in_is_in_the_text_or_in_a_conflict(base, mine, theirs):
    joined = merge(base, mine, theirs)
    held = words(joined.settled(["both"] * len(joined.conflicts)))
    assert (words(mine) | words(theirs)) - words(base) <= held


@given(text, text, text)
def test_who_of_the_two_is_first_makes_no_difference(base, mine, theirs):
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)
    assert len(one.conflicts) == len(other.conflicts)
    assert one.settled(["mine"] * len(one.conflicts)) == other.settled(
        ["theirs"] * len(other.conflicts)
    )


@given(text, text)
def test_texts_differ_by_more_than_the_blank_lines_around_them(first, second):
    assert differ(first, second) is (first.strip("\n") != second.strip("\n"))
    assert not differ(first, f"\n{first}\n\n")


def test_a_choice_is_asked_for_every_conflict():
    joined = merge("a\n", "b\n", "c\n")
    with pytest.raises(ValueError, match="1 conflicts, 0 choices"):
        joined.settled([])


def test_no_choice_loses_a_paragraph_that_one_hand_moved():
    mine = BASE.replace("Điều 1. Một.\n\nĐiều 2. Hai.", "Điều 2. Hai.\n\nĐiều 1. Một.")
    theirs = BASE.replace("Một.", "Một, sửa.").replace("Hai.", "Hai, sửa.")
    joined = merge(BASE, mine, theirs)
    number = len(joined.conflicts)
    assert joined.settled(["mine"] * number) == mine
    assert joined.settled(["theirs"] * number) == theirs


def test_an_article_taken_out_counts_those_behind_it_anew_whoever_writes_there():
    mine = "Căn cứ A;\n\nĐiều 1. Một.\n\nĐiều 2. Ba.\n"
    theirs = BASE.replace("Một.", "Một, sửa.").replace("Ba.", "Ba, sửa.")
    joined = "Căn cứ A;\n\nĐiều 1. Một, sửa.\n\nĐiều 2. Ba, sửa.\n"
    assert merge(BASE, mine, theirs).text == joined
    assert merge(BASE, theirs, mine).text == joined


def test_an_article_put_in_counts_those_behind_it_anew_whoever_writes_there():
    mine = BASE.replace("Điều 2. Hai.\n\nĐiều 3.", "Điều 2. Mới.\n\nĐiều 3. Hai.\n\nĐiều 4.")
    theirs = BASE.replace("Hai.", "Hai, sửa.").replace("Ba.", "Ba, sửa.")
    joined = mine.replace("Hai.", "Hai, sửa.").replace("Ba.", "Ba, sửa.")
    assert merge(BASE, mine, theirs).text == joined


def test_a_paragraph_taken_out_beside_one_that_is_changed_is_no_conflict():
    mine = BASE.replace("Điều 2. Hai.\n\n", "")
    theirs = BASE.replace("Một.", "Một, sửa.")
    assert merge(BASE, mine, theirs).text == mine.replace("Một.", "Một, sửa.")


def test_who_went_on_from_what_they_kept_has_all_words():
    kept, mine = BASE.replace("Hai.", "Hai, rồi."), BASE.replace("Hai.", "Hai, rồi ba.")
    assert of_one_hand(merge(BASE, mine, kept)) == mine
    assert of_one_hand(merge(BASE, kept, mine)) == mine
    assert of_one_hand(merge(BASE, BASE.replace("Hai.", "Hai, bốn."), kept)) is None


def test_more_changed_paragraphs_than_can_be_lined_up_in_time_are_one_place(monkeypatch):
    base, mine, anew = (
        "1. Một.\n2. Hai.\n3. Ba.\n",
        "1. Mốt.\n2. Hái.\n3. Bá.\n",
        "2. Một.\n3. Hai.\n4. Ba.\n",
    )
    assert merge(base, mine, anew).conflicts == ()
    monkeypatch.setattr(merging, "_CAREFUL_UP_TO", 2)
    (place,) = merge(base, mine, anew).conflicts
    assert (closed(place.mine), closed(place.theirs)) == (mine, anew)


def test_no_word_taken_out_comes_back_because_the_other_text_is_longer():
    kept, mine = BASE.replace("Điều 2. Hai.", "Điều 2."), BASE.replace("Hai.", "Hai, sửa.")
    assert of_one_hand(merge(BASE, mine, kept)) is None


def test_two_numbers_for_one_paragraph_are_a_conflict():
    mine, theirs = BASE.replace("Điều 3", "Điều 4"), BASE.replace("Điều 3. Ba", "Điều 5. Bốn")
    assert len(merge(BASE, mine, theirs).conflicts) == 1


numbered = st.lists(
    st.tuples(st.sampled_from(["Điều 1. ", "Điều 2. ", "1. ", "2. ", "a) ", ""]), paragraph),
    max_size=8,
).map(lambda parts: "".join(f"{number}{body}\n\n" for number, body in parts))


@given(numbered, numbered, numbered)
def test_whatever_is_counted_anew_no_body_either_hand_put_in_is_lost(base, mine, theirs):
    joined = merge(base, mine, theirs)
    held = words_alone(joined.settled(["both"] * len(joined.conflicts)))
    assert (words_alone(mine) | words_alone(theirs)) - words_alone(base) <= held
    other = merge(base, theirs, mine)
    assert len(joined.conflicts) == len(other.conflicts)


def words_alone(whole: str) -> set[str]:
    return {word for word in whole.split() if word.strip(".)").isalpha() and len(word) > 2}
