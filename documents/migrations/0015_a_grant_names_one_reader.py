"""What a read grant names, and that a capability is granted once for a reason.

Apart from the migration before: PostgreSQL alters no table in a transaction that changed its rows.
"""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("documents", "0014_grants_by_capability")]

    operations = [
        migrations.AddConstraint(
            model_name="readgrant",
            constraint=models.CheckConstraint(
                condition=Q(user__isnull=False, department__isnull=True, capability="")
                | Q(user__isnull=True, department__isnull=False, capability="")
                | (Q(user__isnull=True, department__isnull=True) & ~Q(capability="")),
                name="a_read_grant_names_one_reader",
            ),
        ),
        migrations.AddConstraint(
            model_name="readgrant",
            constraint=models.UniqueConstraint(
                fields=["document", "capability", "source"],
                condition=Q(valid_until__isnull=True) & ~Q(capability=""),
                name="a_capability_is_granted_once_for_a_reason",
            ),
        ),
    ]
