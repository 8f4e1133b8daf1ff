"""The database itself refuses to change or delete what was recorded.

A later migration that alters one of these tables on SQLite rebuilds it, and the triggers go
with the old table: such a migration installs them again (`audit.guards` notices when one is
missing). PostgreSQL: ENABLE ALWAYS, so that session_replication_role silences none of them.
"""

from django.db import migrations

REFUSAL = "audit: entries are append-only"
ERASURE = "audit: a disclosure changes once, to erased, by the entry of the act that erased it"

# What BEFORE INSERT refuses: INSERT OR REPLACE would delete the row in the way, and SQLite
# calls the DELETE trigger for it only where recursive_triggers is on.
SQLITE = f"""
CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry
BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END;

CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry
BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END;

CREATE TRIGGER audit_entry_no_replace BEFORE INSERT ON audit_entry
WHEN EXISTS (
    SELECT 1 FROM audit_entry WHERE id = NEW.id
    UNION ALL SELECT 1 FROM audit_entry WHERE uuid = NEW.uuid
    UNION ALL
    SELECT 1 FROM audit_entry WHERE NEW.head AND head AND operation_id = NEW.operation_id
)
BEGIN SELECT RAISE(ABORT, '{REFUSAL}; UNIQUE an_operation_has_one_head_entry'); END;

CREATE TRIGGER audit_disclosure_erase_only BEFORE UPDATE ON audit_disclosure
WHEN NOT (
    OLD.text IS NOT NULL AND NEW.text IS NULL AND NEW.salt IS NULL
    AND OLD.erased_by_id IS NULL AND NEW.erased_by_id IS NOT NULL
    AND NEW.id = OLD.id AND NEW.entry_id = OLD.entry_id AND NEW.field = OLD.field
    AND EXISTS (
        SELECT 1 FROM audit_entry AS act, audit_entry AS told
        WHERE act.id = NEW.erased_by_id AND told.id = OLD.entry_id
        AND act.action = 'disclosure.erased' AND act.subject_kind = 'audit.entry'
        AND replace(act.subject_key, '-', '') = told.uuid
        AND json_extract(act.details, '$.field') = OLD.field
    )
)
BEGIN SELECT RAISE(ABORT, '{ERASURE}'); END;

CREATE TRIGGER audit_disclosure_no_delete BEFORE DELETE ON audit_disclosure
BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END;

CREATE TRIGGER audit_disclosure_no_replace BEFORE INSERT ON audit_disclosure
WHEN EXISTS (
    SELECT 1 FROM audit_disclosure WHERE id = NEW.id
    UNION ALL
    SELECT 1 FROM audit_disclosure WHERE entry_id = NEW.entry_id AND field = NEW.field
)
BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END;
"""

SQLITE_TRIGGERS = (
    "audit_entry_no_update",
    "audit_entry_no_delete",
    "audit_entry_no_replace",
    "audit_disclosure_erase_only",
    "audit_disclosure_no_delete",
    "audit_disclosure_no_replace",
)

POSTGRESQL = f"""
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
END $body$;

CREATE FUNCTION audit_erase_only() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF OLD.text IS NOT NULL AND NEW.text IS NULL AND NEW.salt IS NULL
        AND OLD.erased_by_id IS NULL AND NEW.erased_by_id IS NOT NULL
        AND NEW.id = OLD.id AND NEW.entry_id = OLD.entry_id AND NEW.field = OLD.field
        AND EXISTS (
            SELECT 1 FROM audit_entry AS act, audit_entry AS told
            WHERE act.id = NEW.erased_by_id AND told.id = OLD.entry_id
            AND act.action = 'disclosure.erased' AND act.subject_kind = 'audit.entry'
            AND act.subject_key = told.uuid::text
            AND act.details ->> 'field' = OLD.field
        )
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '{ERASURE}' USING ERRCODE = 'integrity_constraint_violation';
END $body$;

CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_disclosure_erase_only BEFORE UPDATE ON audit_disclosure
    FOR EACH ROW EXECUTE FUNCTION audit_erase_only();
CREATE TRIGGER audit_disclosure_no_delete BEFORE DELETE ON audit_disclosure
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_disclosure_no_truncate BEFORE TRUNCATE ON audit_disclosure
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER audit_entry_no_update;
ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER audit_entry_no_delete;
ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER audit_entry_no_truncate;
ALTER TABLE audit_disclosure ENABLE ALWAYS TRIGGER audit_disclosure_erase_only;
ALTER TABLE audit_disclosure ENABLE ALWAYS TRIGGER audit_disclosure_no_delete;
ALTER TABLE audit_disclosure ENABLE ALWAYS TRIGGER audit_disclosure_no_truncate;
"""

POSTGRESQL_REVERSE = """
DROP TRIGGER audit_entry_no_update ON audit_entry;
DROP TRIGGER audit_entry_no_delete ON audit_entry;
DROP TRIGGER audit_entry_no_truncate ON audit_entry;
DROP TRIGGER audit_disclosure_erase_only ON audit_disclosure;
DROP TRIGGER audit_disclosure_no_delete ON audit_disclosure;
DROP TRIGGER audit_disclosure_no_truncate ON audit_disclosure;
DROP FUNCTION audit_refuse();
DROP FUNCTION audit_erase_only();
"""


def install(apps, schema_editor):
    """Create the triggers of the engine at hand."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
        return
    for statement in SQLITE.strip().split("\n\n"):
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    """Drop them again, for a migration that goes back before there was an audit."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_REVERSE)
        return
    for name in SQLITE_TRIGGERS:
        schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    """Install the append-only triggers."""

    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
