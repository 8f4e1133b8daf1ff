"""A signature says in which mode and on whose behalf it was given (Decree 30/2020 art. 13).

SQLite rebuilds the table, which loses the triggers that keep signatures unchanged: they are
installed again, whichever way the migration goes. PostgreSQL keeps them.
"""

from django.conf import settings
from django.db import migrations, models

TABLE = "documents_signature"
SIGNED = "documents: a signature is never changed"
MODES = [
    ("head", "Head of the office"),
    ("acting", "Acting head (Q.)"),
    ("deputy", "Deputy, in the head's place (KT.)"),
    ("by_order", "By order (TL.)"),
    ("authorised", "By authorisation (TUQ.)"),
]


def keep_unchanged(apps, schema_editor):
    """Install the triggers of SQLite's table where the rebuilding has dropped them."""
    if schema_editor.connection.vendor != "sqlite":
        return
    abort = f"BEGIN SELECT RAISE(ABORT, '{SIGNED}'); END"
    for statement in (
        f"CREATE TRIGGER IF NOT EXISTS {TABLE}_no_update BEFORE UPDATE ON {TABLE} {abort}",
        f"CREATE TRIGGER IF NOT EXISTS {TABLE}_no_delete BEFORE DELETE ON {TABLE} {abort}",
        f"CREATE TRIGGER IF NOT EXISTS {TABLE}_no_replace BEFORE INSERT ON {TABLE} "
        f"WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id) {abort}",
    ):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    """In whose place, and whose right it was."""

    dependencies = [
        ("documents", "0015_a_grant_names_one_reader"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Backwards this one runs last, after the table has been rebuilt.
        migrations.RunPython(migrations.RunPython.noop, keep_unchanged),
        migrations.AddField(
            model_name="signature",
            name="mode",
            field=models.CharField(blank=True, choices=MODES, max_length=12),
        ),
        migrations.AddField(
            model_name="signature",
            name="on_behalf_of",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("mode__in", ["by_order", "authorised"]), _negated=True),
                    models.Q(("on_behalf_of", ""), _negated=True),
                    _connector="OR",
                ),
                name="who_signs_tl_or_tuq_names_whose_right_it_is",
            ),
        ),
        migrations.RunPython(keep_unchanged, migrations.RunPython.noop),
    ]
