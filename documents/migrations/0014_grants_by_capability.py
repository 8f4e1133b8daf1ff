"""Read grants of the check and of the signature go to who holds the post, not to a whole department."""

from django.db import migrations, models

# What a department was granted for; the records clerk reads every paper of the office anyway.
CAPABILITY_OF = {"office_secretariat": "check_form", "leadership": "sign"}


def narrow(apps, editor):
    grants = apps.get_model("documents", "ReadGrant").objects.using(editor.connection.alias)
    for kind, capability in CAPABILITY_OF.items():
        of_kind = grants.filter(source="procedure", department__kind=kind)
        alive = set()
        for grant in of_kind.filter(valid_until__isnull=True).order_by("-pk"):
            # An office that had two such bodies may have granted a paper to both.
            if grant.document_id in alive:
                grants.filter(pk=grant.pk).update(valid_until=grant.valid_from)
            alive.add(grant.document_id)
        of_kind.update(department=None, capability=capability)


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0013_the_end_of_targets"),
        ("offices", "0002_reference_prefix"),
    ]

    operations = [
        migrations.AddField(
            model_name="readgrant",
            name="capability",
            field=models.CharField(blank=True, default="", max_length=40),
            preserve_default=False,
        ),
        migrations.RemoveConstraint(model_name="readgrant", name="a_read_grant_names_one_reader"),
        migrations.RunPython(narrow, migrations.RunPython.noop),
    ]
