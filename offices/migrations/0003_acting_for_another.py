"""Who acts for another: by order too, within fields of work, and given as whom; heads in charge."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("offices", "0002_reference_prefix"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="delegation",
            name="an_authorisation_names_its_content",
        ),
        migrations.AddField(
            model_name="appointment",
            name="in_charge",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="delegation",
            name="fields_of_work",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="delegation",
            name="given_as",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="given_delegations",
                to="offices.appointment",
            ),
        ),
        migrations.AlterField(
            model_name="delegation",
            name="kind",
            field=models.CharField(
                choices=[
                    ("substitution", "Substitution"),
                    ("by_order", "By order"),
                    ("under_delegation", "Under delegation"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(("acting", True), ("in_charge", True), _negated=True),
                name="one_is_acting_head_or_in_charge_not_both",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", "substitution"),
                    models.Q(("capability", ""), _negated=True),
                    _connector="OR",
                ),
                name="an_authorisation_names_its_content",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", "substitution"), ("capability", "sign"), _connector="OR"
                ),
                name="by_order_and_by_authorisation_one_signs",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", "substitution"),
                    ("given_as__isnull", True),
                    ("given_as", models.F("from_appointment")),
                    _connector="OR",
                ),
                name="the_right_to_sign_is_given_by_its_holder_alone",
            ),
        ),
    ]
