"""Every act is recorded by exactly one head entry, in the same operation, readable as a sentence."""

from __future__ import annotations

import inspect
import pkgutil
import re
from importlib import import_module

import pytest

import documents.services
import workflows.services
from audit.models import Entry
from audit.selectors import sentence
from tests.acting import ACTS
from workflows.models import Act


def modules_of(package):
    """Every module of a package of use cases."""
    return [
        import_module(f"{package.__name__}.{found.name}")
        for found in pkgutil.iter_modules(package.__path__)
    ]


OF_CASES, OF_PAPER = modules_of(workflows.services), modules_of(documents.services)
# Keeping what is being typed is no act: nobody relies on it, and the next key replaces it.
# A print is no fact: it can be made again, byte for byte, from what is stored (ADR 0019).
NOT_RECORDED = {"keep_text", "keep_intake", "keep_uptakes", "order_print", "settle"}
# Parts of an act, under its operation: the frame of all, a refusal before it, the number given, a number burnt, a
# reading, a result and a print as rows, a paper known by its citation alone, a round or a leave
# ended, what a take back undoes, results owed no longer; and the writer of all entries.
PART_OF_AN_ACT = {
    "acting", "refuse_impossible", "sign_confirmed", "number", "unnumber", "abandon_entry", "store_reading", "write_result", "order",
    "find_or_record", "keep", "end_round", "end_reading", "record_on", "lift_results", "undo",
}  # fmt: skip
# The clock's own, which is no use case of a person.
OF_THE_CLOCK = {"effect_begins"}
# Acts of the procedure carry a form; those on paper alone do not.
WITH_FORM = {name for module in OF_CASES for name in vars(module)}


def use_cases() -> set[str]:
    """Every function that somebody (`by`) or the clock does at a moment (`at`)."""
    found = set()
    for module in OF_CASES + OF_PAPER:
        for name, function in inspect.getmembers(module, inspect.isfunction):
            asked = inspect.signature(function).parameters
            if function.__module__ == module.__name__ and not name.startswith("_"):
                acts = "at" in asked and ("by" in asked or "key" in asked)
                found |= {name} if acts else set()
    return found


def test_every_use_case_is_walked():
    walked = {name.partition(".")[0] for name in ACTS}
    assert walked - OF_THE_CLOCK == use_cases() - PART_OF_AN_ACT


@pytest.mark.parametrize("name", sorted(set(ACTS) - NOT_RECORDED))
def test_an_act_leaves_one_head_entry_and_says_who_did_what(example, name):
    act = ACTS[name](example)
    entries, acts = _keys(Entry), _keys(Act)
    act()
    written = list(Entry.objects.exclude(pk__in=entries).prefetch_related("disclosures"))
    (head,) = [entry for entry in written if entry.head]
    assert {entry.operation_id for entry in written} == {head.operation_id}
    done = list(Act.objects.exclude(pk__in=acts))
    if name.partition(".")[0] in WITH_FORM:
        assert [one.operation_id for one in done] == [head.operation_id]
        assert head.at == done[0].at
    else:
        assert done == []
    for entry in written:
        said = sentence(entry)
        assert said.startswith(entry.by_label) or "," in said
        assert not re.search(r"%\(|\b(the|of|by|was)\b|None", said), said


@pytest.mark.parametrize("name", sorted(NOT_RECORDED))
def test_what_is_only_kept_or_printed_is_not_recorded(example, name):
    act = ACTS[name](example)
    before = _keys(Entry), _keys(Act)
    act()
    assert (_keys(Entry), _keys(Act)) == before


def test_in_the_whole_history_acts_and_head_entries_answer_one_another(example):
    heads = list(Entry.objects.filter(head=True).values_list("operation_id", flat=True))
    assert len(heads) == len(set(heads))
    assert set(Entry.objects.values_list("operation_id", flat=True)) == set(heads)
    acts = set(Act.objects.values_list("operation_id", flat=True))
    assert acts <= set(heads)


def _keys(model):
    return set(model.objects.values_list("pk", flat=True))
