"""The table of workflow resource patterns is whole, and each test it names is there."""

from __future__ import annotations

import ast
import re
from collections import Counter

from tests.source import ROOT

PAGE = ROOT / "docs" / "explanation" / "workflow-patterns.md"
LINE = re.compile(r"^\| (\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|([^|]*)\|$", re.MULTILINE)
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
PATTERNS = 43


def lines() -> list[tuple[str, ...]]:
    return LINE.findall(PAGE.read_text(encoding="utf-8"))


def test_every_pattern_has_one_line_and_a_verdict():
    numbers = [int(number) for number, *_rest in lines()]
    assert numbers == list(range(1, PATTERNS + 1))
    assert max(Counter(name for _number, name, *_rest in lines()).values()) == 1
    assert {here for _number, _name, here, *_rest in lines()} == {"yes", "no", "otherwise"}


def test_what_is_said_to_be_there_names_a_test():
    silent = [
        name
        for _number, name, here, _how, tests in lines()
        if here != "no" and not NAMED.search(tests)
    ]
    assert silent == []


def test_every_test_that_is_named_exists():
    named = NAMED.findall(PAGE.read_text(encoding="utf-8"))
    assert len(named) > PATTERNS / 2
    missing = [f"{file}::{name}" for file, name in named if name not in _tests_of(file)]
    assert missing == []


def _tests_of(file: str) -> set[str]:
    path = ROOT / file
    if not path.is_file():
        return set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
