"""Where guardian keeps what a post's group may do: with real keys, so that lists stay fast.

Only `offices.grants` reads or writes these rows.
"""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db import models
from guardian.models import GroupObjectPermissionBase

from offices.models.organisation import Department, Office


class DepartmentGroupPermission(GroupObjectPermissionBase):
    """What a group may do on one department or committee."""

    permission = models.ForeignKey(Permission, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="department_grants")
    content_object = models.ForeignKey(Department, on_delete=models.PROTECT)

    class Meta(GroupObjectPermissionBase.Meta):
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["content_object", "permission"], name="department_grants_by_object"
            )
        ]


class OfficeGroupPermission(GroupObjectPermissionBase):
    """What a group may do on one office, its registers included."""

    permission = models.ForeignKey(Permission, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="office_grants")
    content_object = models.ForeignKey(Office, on_delete=models.PROTECT)

    class Meta(GroupObjectPermissionBase.Meta):
        default_permissions = ()
        indexes = [
            models.Index(fields=["content_object", "permission"], name="office_grants_by_object")
        ]
