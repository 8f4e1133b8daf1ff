"""The migrations say everything the models say, can be taken back, and stand alone."""

from __future__ import annotations

import ast

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.source import APPS, modules


@pytest.mark.django_db
def test_the_models_have_no_change_without_its_migration(capsys):
    try:
        call_command("makemigrations", check=True, dry_run=True)
    except SystemExit:
        pytest.fail(capsys.readouterr().out)


def own_migrations() -> dict[tuple[str, str], object]:
    loader = MigrationLoader(connection, ignore_no_migrations=True, load=False)
    loader.load_disk()
    return {key: one for key, one in loader.disk_migrations.items() if key[0] in APPS}


def test_every_migration_can_be_taken_back():
    found = own_migrations()
    assert {app for app, _name in found} == set(APPS) - {"config"}
    one_way = [
        f"{app}.{name}: {operation.describe()}"
        for (app, name), migration in found.items()
        for operation in migration.operations
        if not operation.reversible
    ]
    assert one_way == []


def test_no_migration_imports_what_will_have_changed_when_it_runs():
    borrowed = [
        module.at(node)
        for module in modules(migrations=True)
        if "/migrations/" in module.place
        for node in module.nodes()
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").endswith((".models", ".services"))
        and not (node.module or "").startswith("django")
    ]
    assert borrowed == [], "use apps.get_model"
