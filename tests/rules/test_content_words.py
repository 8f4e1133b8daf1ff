"""Two texts word by word, as a reader would mark them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.content.words import MOST_EDITS, Effort, new_text, old_text, tokens, word_runs
from tests.fixtures.papers.generated import sentence


@given(st.text(alphabet="ab 9%.,/", max_size=40), st.text(alphabet="ab 9%.,/", max_size=40))
def test_runs_make_both_texts_and_never_stand_twice(old: str, new: str):
    runs = word_runs(old, new)
    assert (old_text(runs), new_text(runs)) == (old, new)
    assert all(run.text for run in runs)
    assert all(a.kind != b.kind for a, b in pairwise(runs))


@pytest.mark.parametrize(
    "text",
    ["90 %", "99,5%", "1.250.000", "30/6/2024", "hạn"],
)
def test_a_number_a_date_and_a_syllable_are_one_word(text: str):
    assert tokens(text) == [text]


@given(sentence, sentence)
def test_words_are_the_whole_text(a: str, b: str):
    assert "".join(tokens(f"{a}\n{b}\u00a0")) == f"{a}\n{b}\u00a0"


def test_two_changes_with_only_signs_between_are_one():
    runs = word_runs("do Phòng Nội vụ, Văn phòng lập", "do Thanh tra, Công an lập")
    assert [run.kind for run in runs] == ["equal", "del", "ins", "equal"]


def test_texts_with_nothing_in_common_are_given_up_after_a_stated_number_of_steps():
    old = " ".join(f"a{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}" for n in range(5_000))
    new = " ".join(f"b{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}" for n in range(5_000))
    effort = Effort()
    runs = word_runs(old, new, effort)
    assert [run.kind for run in runs] == ["del", "ins"]
    assert effort.spent <= 20_000 + (2 * MOST_EDITS + 1) * 10_000
