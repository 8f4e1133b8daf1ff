"""Open work changes hands; an opinion says who gave it, where that is another than was asked."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0016_signatures_say_in_whose_place"),
        ("workflows", "0005_papers_taken_back"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Reassignment",
            fields=[
                (
                    "id",
                    models.AutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "work",
                    models.CharField(
                        choices=[
                            ("opinion", "An opinion that was asked"),
                            ("rework", "A returned paper to be reworked"),
                            ("draft", "A draft that nobody was asked about yet"),
                        ],
                        max_length=12,
                    ),
                ),
                ("task_id", models.PositiveIntegerField(null=True)),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                ("standing", models.JSONField()),
            ],
        ),
        migrations.AddField(
            model_name="opinion",
            name="given_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="opinion",
            name="choice",
            field=models.CharField(
                blank=True,
                choices=[
                    ("agree", "Agrees"),
                    ("remarks", "Agrees, with remarks"),
                    ("disagree", "Does not agree"),
                    ("silent", "No opinion"),
                    ("excused", "Asked no more"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="opinion",
            constraint=models.UniqueConstraint(
                fields=("round", "given_by"), name="nobody_answers_for_two_in_one_round"
            ),
        ),
        migrations.AddField(
            model_name="reassignment",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="reassignment",
            name="case",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reassignments",
                to="workflows.case",
            ),
        ),
        migrations.AddField(
            model_name="reassignment",
            name="document",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reassignments",
                to="documents.document",
            ),
        ),
        migrations.AddField(
            model_name="reassignment",
            name="from_user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="reassignment",
            name="to_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="reassignment",
            index=models.Index(fields=["document", "work", "-id"], name="work_by_document"),
        ),
        migrations.AddConstraint(
            model_name="reassignment",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="a_reassignment_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="reassignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("to_user__isnull", True),
                    models.Q(("to_user", models.F("from_user")), _negated=True),
                    _connector="OR",
                ),
                name="work_is_given_to_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="reassignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("to_user__isnull", False), ("work", "opinion"), _connector="OR"
                ),
                name="only_an_opinion_is_asked_no_more",
            ),
        ),
    ]
