"""The house stays the one that was designed: what stands where, how large, under which name."""

from __future__ import annotations

import ast
import subprocess

import pytest
from django.apps import apps
from django.conf import settings

from tests.source import APPS, ROOT, Module, dotted, modules

TOP_LEVEL = {
    # the card's own
    "manage.py", "workflows", "documents", "audit", "templates", "tests", "requirements.txt",
    # architecture.md §2
    "config", "offices", "static", "locale", "docs", "benchmarks", "pyproject.toml", "Makefile",
    "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE",
    # what those need
    "requirements", "tools", ".ci", ".gitignore", ".gitattributes", ".editorconfig",
}  # fmt: skip
SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "shared", "lib"}
LINES, CONFTEST_LINES = 400, 150


def test_nothing_stands_at_the_top_that_was_not_designed():
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    tops = {line.split("/")[0] for line in listed.splitlines()}
    assert tops
    assert tops <= TOP_LEVEL, f"move it, or write an ADR: {sorted(tops - TOP_LEVEL)}"


def test_no_module_has_a_name_that_says_nothing():
    vague = [
        module.place
        for module in modules()
        if SAY_NOTHING & set(module.place.removesuffix(".py").split("/"))
    ]
    assert vague == [], "name the thing"


def test_no_module_is_longer_than_a_person_reads():
    files = [*(module.path for module in modules()), *(ROOT / "tests").rglob("*.py")]
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    too_long = {str(path): length for path, length in lengths.items() if length > LINES}
    assert too_long == {}, "split it by noun into a package"
    assert lengths[ROOT / "tests" / "conftest.py"] <= CONFTEST_LINES


def test_every_module_and_public_function_says_what_it_promises():
    silent = [
        module.at(node)
        for module in modules()
        for node in _public(module)
        if ast.get_docstring(node) is None and not _is_empty(node)
    ]
    assert silent == [], "one sentence of promise"


def _public(module: Module) -> list[ast.Module | ast.ClassDef | ast.FunctionDef]:
    """The module, its public classes and functions; methods are judged by their class."""
    kinds = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    inside = [node for node in module.tree.body if isinstance(node, kinds)]
    return [module.tree, *(node for node in inside if not node.name.startswith("_"))]


def _is_empty(node: ast.AST) -> bool:
    return isinstance(node, ast.Module) and not node.body


def test_nothing_listens_to_signals():
    heard = [
        module.at(node)
        for module in modules()
        for node in module.nodes()
        if isinstance(node, ast.ImportFrom | ast.Attribute)
        and ("signals" in (getattr(node, "module", "") or "") or _connects(node))
    ]
    assert heard == [], "call the service; signals hide who does what (ADR 0007)"


def _connects(node: ast.AST) -> bool:
    name = dotted(node)
    return name.endswith((".connect", ".receiver")) and "save" in name


def test_no_model_orders_itself():
    ordered = [model for model in _own_models() if model._meta.ordering]
    assert ordered == [], "say the order where it is asked for"


def test_nothing_that_is_recorded_falls_with_what_it_points_at():
    cascading = [
        f"{model._meta.label}.{field.name}"
        for model in _own_models()
        for field in model._meta.get_fields()
        if getattr(field, "remote_field", None) is not None
        and field.concrete
        and not field.many_to_many
        and field.remote_field.on_delete.__name__ != "PROTECT"
    ]
    assert cascading == [], "foreign keys out of records are PROTECT (ADR 0008)"


def test_constraints_are_named_as_sentences():
    named = [
        (model._meta.label, constraint.name)
        for model in _own_models()
        for constraint in model._meta.constraints
    ]
    assert named
    mute = [pair for pair in named if pair[1].count("_") < 2 or pair[1] != pair[1].lower()]
    assert mute == [], "a constraint's name says what it promises"


def _own_models() -> list:
    return [
        model for app in APPS if app != "config" for model in apps.get_app_config(app).get_models()
    ]


def test_nobody_reaches_up_by_a_reverse_accessor():
    """A lower app that follows `document.cases` knows its upper neighbour without importing it."""
    height = {app: place for place, app in enumerate(APPS)}
    upward = {
        (target._meta.app_label, relation.get_accessor_name())
        for target in _own_models()
        for relation in target._meta.related_objects
        if height.get(relation.related_model._meta.app_label, -1) > height[target._meta.app_label]
    }
    reached = [
        module.at(node)
        for module in modules()
        for node in module.nodes()
        if isinstance(node, ast.Attribute)
        and any(node.attr == name and height[module.app] <= height[app] for app, name in upward)
    ]
    assert reached == []


def test_only_grants_speak_to_guardian_and_only_the_audit_reads_its_tables():
    reached = [
        module.at(node)
        for module in modules()
        for node, name in module.imports()
        if (name.startswith("guardian") and module.place not in GUARDIAN_DOORS)
        or (name.startswith("audit.models") and module.app != "audit")
    ]
    assert reached == []


GUARDIAN_DOORS = {
    "offices/grants.py",
    # the tables of grants are declared on guardian's own base
    "offices/models/granted.py",
}


@pytest.mark.parametrize("app", ["django.contrib.admin", "rest_framework"])
def test_there_is_no_second_door(app):
    assert app not in settings.INSTALLED_APPS


def test_guardian_makes_no_anonymous_user():
    assert settings.ANONYMOUS_USER_NAME is None
