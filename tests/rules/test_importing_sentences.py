"""Every code of the readers has a sentence, and every sentence its Vietnamese."""

from __future__ import annotations

import ast
import re
import runpy
import string

import pytest

from documents.importing.codes import FINDINGS, REFUSALS, SENTENCES, severity_of
from documents.importing.findings import Finding, Findings, Unreadable
from tests.source import ROOT

PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def translations() -> dict[str, str]:
    script = runpy.run_path(str(ROOT / "locale" / "compile.py"))
    return {one.singular: one.translation for one in script["catalogue"]().values()}


def codes_raised() -> set[str]:
    """The codes that the readers name in `add("…")` and `Unreadable("…")`."""
    named = set()
    for path in (ROOT / "documents" / "importing").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and node.value in SENTENCES:
                named |= {node.value} if path.name != "codes.py" else set()
    return named


def test_every_sentence_is_said_in_vietnamese_with_the_same_facts():
    known = translations()
    assert set(SENTENCES.values()) <= set(known)
    for sentence in SENTENCES.values():
        assert set(PLACEHOLDER.findall(known[sentence])) == set(PLACEHOLDER.findall(sentence))
        assert set(known[sentence]) - set(string.printable), "an English sentence stands there"


def test_no_code_is_named_twice_and_every_code_is_raised_somewhere():
    assert not set(FINDINGS) & set(REFUSALS)
    assert codes_raised() == set(SENTENCES)


def test_severities_are_the_three():
    assert {code.severity for code in FINDINGS.values()} == {"stop", "warn", "note"}
    with pytest.raises(KeyError):
        severity_of("no_such_code")


def test_a_finding_carries_its_line_among_its_values():
    findings = Findings()
    findings.add("number_blank", 7)
    findings.add("archive_missing")
    missing, blank = findings.in_order()
    assert missing.line is None
    assert blank == Finding("number_blank", "note", 7, None, {"line": 7})
    assert "7" in blank.sentence % blank.values


def test_a_refusal_without_a_line_points_to_the_first():
    assert Unreadable("empty").values["line"] == 1
