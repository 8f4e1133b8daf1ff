"""Every action of the audit has a short name of its own, by which it is chosen from a list."""

from __future__ import annotations

from collections import Counter

from django.utils.translation import override

from audit import actions

LONGEST = 40
# Tests register trials of their own.
PRODUCT = [code for code in sorted(actions.registered()) if not code.startswith("trial.")]


def test_no_two_actions_are_called_alike_and_none_by_its_code():
    with override("vi"):
        named = {code: str(actions.known(code).label) for code in PRODUCT}
    assert [code for code, label in named.items() if label == code] == []
    assert [label for label, many in Counter(named.values()).items() if many > 1] == []
    assert [label for label in named.values() if len(label) > LONGEST] == []


def test_the_names_are_vietnamese():
    with override(None):
        english = {code: str(actions.known(code).label) for code in PRODUCT}
    with override("vi"):
        assert [c for c in PRODUCT if str(actions.known(c).label) == english[c]] == []
