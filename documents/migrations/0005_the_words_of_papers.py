"""The index of what papers say; filled by the use cases, and by `manage.py reindex` for old rows."""

import django.db.models.deletion
from django.db import migrations, models

# ascii: every character beyond ASCII belongs to a token, and nothing is folded a second time.
TOKENIZE = "ascii tokenchars '@#=._/:-~'"
SQLITE = [
    "CREATE VIRTUAL TABLE documents_words USING fts5("
    f"tokens, content='', detail=none, columnsize=0, tokenize=\"{TOKENIZE}\")",
    "CREATE TABLE documents_words_kept "
    "(place INTEGER NOT NULL PRIMARY KEY, said TEXT NOT NULL, tokens BLOB NOT NULL)",
]
SQLITE_REVERSE = ["DROP TABLE documents_words", "DROP TABLE documents_words_kept"]
POSTGRESQL = [
    "CREATE TABLE documents_words (place bigint NOT NULL PRIMARY KEY, tokens tsvector NOT NULL)",
    "CREATE TABLE documents_words_kept (place bigint NOT NULL PRIMARY KEY, said text NOT NULL)",
    # No list of pending entries: every search would read it through.
    "CREATE INDEX documents_words_tokens ON documents_words USING gin (tokens) "
    "WITH (fastupdate = off)",
]
POSTGRESQL_REVERSE = SQLITE_REVERSE


def _run(sqlite, postgresql):
    def run(apps, editor):
        for statement in sqlite if editor.connection.vendor == "sqlite" else postgresql:
            editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0004_facts_are_fixed"),
        ("offices", "0002_reference_prefix"),
    ]

    operations = [
        migrations.CreateModel(
            name="IndexedPaper",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="indexed",
                        serialize=False,
                        to="documents.document",
                    ),
                ),
                ("place", models.BigIntegerField(unique=True)),
                ("kind", models.CharField(max_length=32)),
                ("year", models.PositiveIntegerField()),
                ("issuer", models.CharField(blank=True, max_length=300)),
                ("signatory", models.CharField(blank=True, max_length=200)),
                ("digest", models.CharField(max_length=64)),
                (
                    "department",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="offices.department",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.revision",
                    ),
                ),
            ],
        ),
        migrations.RunPython(_run(SQLITE, POSTGRESQL), _run(SQLITE_REVERSE, POSTGRESQL_REVERSE)),
    ]
