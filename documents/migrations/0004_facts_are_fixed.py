"""The database refuses to change what was submitted, numbered or issued; the register keeps its facts.

A later migration that alters one of these tables on SQLite rebuilds it and must install the
triggers again (`tests/rules/test_facts_are_fixed.py` says so). PostgreSQL: ENABLE ALWAYS, so that
session_replication_role silences none.
"""

from django.db import migrations, models

SUBMITTED = (
    "documents: kind, authority, readers and field of work are fixed once a paper is submitted"
)
ISSUED = "documents: an issued paper keeps its number, date, subject and issuer"
ISSUED_REVISION = "documents: an issued revision keeps its stage and its digest"
LINE = "documents: a line of the register keeps its number, paper, date and facts"
GAP = "documents: a number left unused is never used again"

DECIDED = ("kind", "authority_kind", "access_level", "field_of_work")
PRINTED = (
    "number", "number_key", "symbol", "dated_on", "issued_at", "issuer_name", "subject",
    "type_name", "office_id", "drafting_department_id",
)  # fmt: skip
REVISION = ("stage", "issued_digest", "amendment", "cited_note")
ENTRY = (
    "register_id", "number", "document_id", "dated_on", "registered_by_id", "registered_at",
    "issued_facts",
)  # fmt: skip
UNDER_WAY = (
    "EXISTS (SELECT 1 FROM documents_revision r WHERE r.document_id = OLD.id "
    "AND r.amendment IS NOT NULL AND r.ended_at IS NULL AND r.stage <> 'withdrawn')"
)

# name, table, columns, when besides a change, refusal
KEPT = (
    ("documents_document_decided", "documents_document", DECIDED, UNDER_WAY, SUBMITTED),
    (
        "documents_document_issued",
        "documents_document",
        (*PRINTED, *DECIDED),
        "OLD.issued_at IS NOT NULL",
        ISSUED,
    ),
    (
        "documents_revision_issued",
        "documents_revision",
        REVISION,
        "OLD.stage = 'issued'",
        ISSUED_REVISION,
    ),
    ("documents_registerentry_kept", "documents_registerentry", ENTRY, "", LINE),
    (
        "documents_registerentry_gap",
        "documents_registerentry",
        ("abandoned_because",),
        "OLD.abandoned_because <> ''",
        GAP,
    ),
)
NO_DELETE = "documents_registerentry_no_delete"
NO_TRUNCATE = "documents_registerentry_no_truncate"


def _sqlite() -> list[str]:
    statements = []
    for name, table, columns, when, refusal in KEPT:
        changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)
        condition = f"({changed}) AND {when}" if when else f"({changed})"
        statements.append(
            f"CREATE TRIGGER {name} BEFORE UPDATE OF {', '.join(columns)} ON {table} "
            f"WHEN {condition} BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
        )
    return [
        *statements,
        f"CREATE TRIGGER {NO_DELETE} BEFORE DELETE ON documents_registerentry "
        f"BEGIN SELECT RAISE(ABORT, '{LINE}'); END",
    ]


def _sqlite_reverse() -> list[str]:
    return [f"DROP TRIGGER {name}" for name in (*(kept[0] for kept in KEPT), NO_DELETE)]


def _postgresql() -> list[str]:
    statements = []
    for name, table, columns, when, refusal in KEPT:
        old = ", ".join(f"OLD.{column}" for column in columns)
        new = ", ".join(f"NEW.{column}" for column in columns)
        condition = f"ROW({old}) IS DISTINCT FROM ROW({new})"
        if when:
            condition += f" AND {when}"
        # A function each, because the condition of a trigger may hold no query.
        statements.append(f"""
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF {condition} THEN
        RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $body$;
CREATE TRIGGER {name} BEFORE UPDATE OF {", ".join(columns)} ON {table}
    FOR EACH ROW EXECUTE FUNCTION {name}();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name};
""")
    for name, event, each in ((NO_DELETE, "DELETE", "ROW"), (NO_TRUNCATE, "TRUNCATE", "STATEMENT")):
        statements.append(f"""
CREATE TRIGGER {name} BEFORE {event} ON documents_registerentry
    FOR EACH {each} EXECUTE FUNCTION documents_refuse('{LINE}');
ALTER TABLE documents_registerentry ENABLE ALWAYS TRIGGER {name};
""")
    return statements


def _postgresql_reverse() -> list[str]:
    return [
        *(f"DROP FUNCTION {kept[0]}() CASCADE" for kept in KEPT),
        *(f"DROP TRIGGER {name} ON documents_registerentry" for name in (NO_DELETE, NO_TRUNCATE)),
    ]


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
    """Facts are fixed."""

    dependencies = [("documents", "0003_source_files")]

    operations = [
        migrations.AddField(
            model_name="registerentry",
            name="issued_facts",
            field=models.BinaryField(null=True),
        ),
        migrations.RunPython(install, remove),
    ]
