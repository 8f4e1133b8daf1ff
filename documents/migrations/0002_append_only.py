"""The database refuses to change the ledger of effects, a signature, or the content of a revision.

A later migration that alters one of these tables on SQLite rebuilds it and must install the
triggers again. PostgreSQL: ENABLE ALWAYS, so that session_replication_role silences none.
"""

from django.db import migrations

LEDGER = "documents: the ledger of effects is append-only; a wrong row is annulled by a later one"
SIGNED = "documents: a signature is never changed"
CONTENT = "documents: the content of a revision is never changed; save a new version"
FIXED = "document_id, ordinal, text, canonical, content_digest"

KEPT = (("documents_effect", LEDGER), ("documents_signature", SIGNED))


def _sqlite() -> list[str]:
    statements = []
    for table, refusal in KEPT:
        abort = f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
        statements += [
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {abort}",
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {abort}",
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) {abort}",
        ]
    abort = f"BEGIN SELECT RAISE(ABORT, '{CONTENT}'); END"
    return [
        *statements,
        f"CREATE TRIGGER documents_revision_content BEFORE UPDATE OF {FIXED} "
        f"ON documents_revision {abort}",
        f"CREATE TRIGGER documents_revision_no_delete BEFORE DELETE ON documents_revision {abort}",
    ]


def _sqlite_reverse() -> list[str]:
    names = [
        f"{table}_{way}" for table, _ in KEPT for way in ("no_update", "no_delete", "no_replace")
    ]
    names += ["documents_revision_content", "documents_revision_no_delete"]
    return [f"DROP TRIGGER {name}" for name in names]


def _postgresql() -> list[str]:
    statements = [
        """
CREATE FUNCTION documents_refuse() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
END $body$;
"""
    ]
    for table, refusal in KEPT:
        statements += [
            _trigger(table, "no_update", "UPDATE", "ROW", refusal),
            _trigger(table, "no_delete", "DELETE", "ROW", refusal),
            _trigger(table, "no_truncate", "TRUNCATE", "STATEMENT", refusal),
        ]
    revision = "documents_revision"
    return [
        *statements,
        _trigger(revision, "content", f"UPDATE OF {FIXED}", "ROW", CONTENT),
        _trigger(revision, "no_delete", "DELETE", "ROW", CONTENT),
    ]


def _trigger(table: str, name: str, event: str, each: str, refusal: str) -> str:
    return f"""
CREATE TRIGGER {table}_{name} BEFORE {event} ON {table}
    FOR EACH {each} EXECUTE FUNCTION documents_refuse('{refusal}');
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_{name};
"""


def _postgresql_reverse() -> list[str]:
    return ["DROP FUNCTION documents_refuse() CASCADE"]


def install(apps, schema_editor):
    """Install the triggers of the engine at hand."""
    _run(schema_editor, {"sqlite": _sqlite, "postgresql": _postgresql})


def remove(apps, schema_editor):
    """Take the triggers away again."""
    _run(schema_editor, {"sqlite": _sqlite_reverse, "postgresql": _postgresql_reverse})


def _run(schema_editor, statements):
    for statement in statements[schema_editor.connection.vendor]():
        # No parameters: a percent sign in a function's body stays as it is.
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    """Append-only."""

    dependencies = [("documents", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
