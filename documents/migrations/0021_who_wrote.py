"""Everybody who wrote on a paper is known, not only who saved its versions: none of them signs it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def name_known_writers(apps, schema_editor):
    """Take over who began, saved and last kept each paper; who typed between is not stored."""
    writer = apps.get_model("documents", "Writer")
    pairs = {
        *apps.get_model("documents", "Revision").objects.values_list("document_id", "saved_by_id"),
        *apps.get_model("documents", "WorkingCopy").objects.values_list("pk", "updated_by_id"),
    }
    rows = [writer(document_id=document, user_id=user) for document, user in sorted(pairs)]
    writer.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0020_revisions_by_stage"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Writer",
            fields=[
                (
                    "id",
                    models.AutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="writers",
                        to="documents.document",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("document", "user"), name="a_writer_of_a_paper_is_named_once"
                    )
                ],
            },
        ),
        migrations.RunPython(name_known_writers, migrations.RunPython.noop),
    ]
