"""What an amending paper quotes: it orders nothing there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.content.quoting import outside_quotations, unquoted


@pytest.mark.parametrize(
    ("texts", "outside"),
    [
        (["a", "“b", "c", "d”.", "e"], [True, False, False, False, True]),
        (["“a”", "b"], [False, True]),
        (['"a', 'b";', "c"], [False, False, True]),
        (["a", "“b", "c"], [True, True, True]),
        (["- “a", "b”./."], [False, False]),
        (["Theo “a” và", "b”"], [True, True]),
    ],
)
def test_a_quotation_runs_to_its_closing_mark(texts, outside):
    assert outside_quotations(texts) == outside


def test_words_quoted_after_a_colon_are_blanked_in_their_place():
    text = "Sửa như sau: “thay thế Quyết định số 1/QĐ-A” và “một cửa”."
    quoted = "“thay thế Quyết định số 1/QĐ-A”"
    assert unquoted(text) == text.replace(quoted, " " * len(quoted))


@given(st.lists(st.text('a“”"; ', max_size=4), max_size=12))
def test_every_paragraph_is_told_of_and_only_marks_open(texts):
    outside = outside_quotations(texts)
    assert len(outside) == len(texts)
    if not any(mark in text for text in texts for mark in '“"'):
        assert all(outside)
