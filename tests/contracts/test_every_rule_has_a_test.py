"""Every rule, every finding, doubt and refusal of the readers is named by a test of the suite."""

from __future__ import annotations

import re
from functools import cache

import pytest

from documents.importing.codes import ON_THE_WAY, REFUSALS
from documents.rules import RULES
from documents.rules.doubts import DOUBTS
from tests.source import ROOT

# What the reader notes of a paper itself is tried code by code in tests/rules/test_reader_doubts.py.
CODES = [*(rule.code for rule in RULES), *ON_THE_WAY, *REFUSALS, *DOUBTS]


@cache
def words_of_tests() -> str:
    """Every test and every typed truth beside the fixtures, this file and the lists apart."""
    kept = [
        path
        for path in (ROOT / "tests").rglob("*")
        if path.suffix in {".py", ".json", ".tsv"} and path.name != "test_every_rule_has_a_test.py"
    ]
    return "\n".join(path.read_text(encoding="utf-8") for path in kept)


@pytest.mark.parametrize("code", CODES)
def test_a_test_names_it(code):
    assert re.search(rf"[\"' |,]{code}[\"' |,]", words_of_tests())


def test_no_code_means_two_things():
    assert len(set(CODES)) == len(CODES) - len(set(DOUBTS) & {*ON_THE_WAY, *REFUSALS})
