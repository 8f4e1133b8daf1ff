"""One writer a fact, one reader of the clock, one shape of a use case."""

from __future__ import annotations

import ast

import pytest

from tests.source import Module, dotted, modules

STAGE_WRITER = "documents/services/stages.py"
ROUND_WRITER = "workflows/services/rounds.py"
ENTRY_WRITER = "documents/services/recording.py"
# It has no rows: its exceptions carry the stage they speak of.
PURE_MACHINE = "documents/lifecycle.py"
CLOCK = "offices/clock.py"
# Views, consumers, commands and the queue's tasks stand at the edge: only they may ask the time.
MAY_ASK_THE_TIME = ("/views/", "/management/commands/", "/consumers.py", "/views.py", "/tasks.py")
WALL_CLOCKS = {
    "timezone.now", "timezone.localtime", "timezone.localdate", "datetime.now", "datetime.today",
    "datetime.utcnow", "date.today", "datetime.datetime.now", "datetime.date.today", "time.time",
}  # fmt: skip


def test_a_stage_is_written_in_one_place():
    writers = {
        module.place
        for module in modules()
        if module.place != PURE_MACHINE
        for node in module.nodes()
        if _writes(node, "stage")
    }
    assert writers == {STAGE_WRITER}


def _writes(node: ast.AST, fact: str) -> bool:
    """An assignment to the attribute, or the keyword in a write through the database."""
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return any(isinstance(target, ast.Attribute) and target.attr == fact for target in targets)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        written = node.func.attr in {"update", "create", "get_or_create", "update_or_create"}
        return written and any(keyword.arg == fact for keyword in node.keywords)
    if isinstance(node, ast.Call) and dotted(node.func) == "setattr":
        return isinstance(node.args[1], ast.Constant) and node.args[1].value == fact
    return False


@pytest.mark.parametrize(
    "line",
    [
        "revision.stage = Stage.SIGNED",
        "Revision.objects.filter(pk=1).update(stage='signed')",
        "Revision.objects.create(stage='signed')",
        "setattr(revision, 'stage', 'signed')",
    ],
)
def test_a_second_writer_of_the_stage_would_be_seen(line):
    assert any(_writes(node, "stage") for node in ast.walk(ast.parse(line)))


def test_a_round_is_ended_in_one_place():
    writers = {
        module.place
        for module in modules()
        for node in module.nodes()
        for fact in ("closed_at", "closed_how")
        if _writes(node, fact)
    }
    assert writers == {ROUND_WRITER}


def test_an_act_on_a_paper_is_recorded_in_one_place():
    """Whoever words the subject "document" of an entry is the one writer of it."""
    writers = {
        module.place
        for module in modules()
        for call in module.calls()
        if dotted(call.func) == "audit.Subject"
        and isinstance(call.args[0], ast.Constant)
        and call.args[0].value == "document"
    }
    assert writers == {ENTRY_WRITER}


def test_the_wall_clock_is_read_in_one_place():
    readers = {
        module.at(call)
        for module in modules()
        for call in module.calls()
        if dotted(call.func) in WALL_CLOCKS and module.place != CLOCK
    }
    assert readers == set(), "take the time as an argument"


def test_only_views_consumers_and_commands_ask_what_time_it_is():
    asking = [
        module.at(call)
        for module in modules()
        for call in module.calls()
        if _asks_the_time(module, call)
        and not any(part in f"/{module.place}" for part in MAY_ASK_THE_TIME)
    ]
    assert asking == [], "take the time as an argument"


def _asks_the_time(module: Module, call: ast.Call) -> bool:
    name = dotted(call.func)
    imported = {
        alias.asname or alias.name
        for node in module.tree.body
        if isinstance(node, ast.ImportFrom) and node.module in {"offices.clock", "offices"}
        for alias in node.names
        if (node.module, alias.name) in {("offices.clock", "now"), ("offices", "clock")}
    }
    return name in imported or any(name == f"{door}.now" for door in imported)


def test_a_use_case_names_who_acts_and_when():
    """Whatever writes into the audit takes `by` and `at` as keywords, and reads neither itself."""
    acts = [
        (module.at(function), _keyword_only(function))
        for module in modules()
        if _is_service(module)
        for function in module.tree.body
        if isinstance(function, ast.FunctionDef) and not function.name.startswith("_")
        if any(
            dotted(call.func) in RECORDING
            for call in ast.walk(function)
            if isinstance(call, ast.Call)
        )
    ]
    assert acts
    assert [place for place, keywords in acts if not {"by", "at"} <= keywords] == []


RECORDING = {"audit.record", "record", "services.record", "record_on_post"}


def _is_service(module: Module) -> bool:
    inside = module.place.split("/")[1:]
    return module.app in {"offices", "documents", "workflows"} and inside[0].startswith("services")


def _keyword_only(function: ast.FunctionDef) -> set[str]:
    return {argument.arg for argument in function.args.kwonlyargs}


def test_nobody_asks_django_for_a_permission():
    """A superuser passes has_perm; `may()` asks for the post held on the day (ADR 0005)."""
    asked = [
        module.at(node)
        for module in modules()
        for node in module.nodes()
        if isinstance(node, ast.Attribute)
        and node.attr in {"has_perm", "has_perms", "has_module_perms", "user_permissions"}
    ]
    assert asked == []
