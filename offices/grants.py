"""The only module that speaks to guardian: what a post's group may do, on which object.

A grant alone permits nothing; `offices.selectors.may` joins it with who holds the post.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.db.models import F, Value
from guardian.shortcuts import assign_perm, remove_perm

from offices.models import (
    Department,
    DepartmentGroupPermission,
    Office,
    OfficeGroupPermission,
    Post,
)
from offices.roles import Capability, Role, Scope, granted_to, scope_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from offices.models import Appointment

GrantRow = DepartmentGroupPermission | OfficeGroupPermission
GrantModel = type[DepartmentGroupPermission] | type[OfficeGroupPermission]


@dataclass(frozen=True, slots=True)
class Grant:
    """One grant: its row, the group that has it, and what for."""

    id: int
    group_id: int
    capability: Capability
    object_id: int


@dataclass(frozen=True, slots=True)
class Exercised:
    """That somebody in a post may do something on an object, in their own right."""

    capability: Capability
    object_id: int
    user_id: int
    post_title: str
    role: Role
    fields_of_work: tuple[str, ...]


def grant(post: Post, capability: Capability, obj: Department | Office) -> int:
    """Let the holders of a post do something on an object; give the grant's key.

    Granting twice changes nothing. Raises `ValueError` when the capability is not one for this
    kind of object.
    """
    _check_fits(capability, obj)
    row = cast("GrantRow", assign_perm(capability.value, post.group, obj))
    return row.pk


def revoke(post: Post, capability: Capability, obj: Department | Office) -> None:
    """End a grant; acts that rested on it keep its key in their records."""
    _check_fits(capability, obj)
    remove_perm(capability.value, post.group, obj)


def grant_by_role(post: Post) -> list[Grant]:
    """Give a new post what its role may do, on its department, committee or office."""
    made = []
    for capability in granted_to(Role(post.role)):
        obj = object_of(post, capability)
        made.append(Grant(grant(post, capability, obj), post.group_id, capability, obj.pk))
    return made


def object_of(post: Post, capability: Capability) -> Department | Office:
    """Give the object on which a post's role exercises a capability."""
    return post.office if scope_of(capability) is Scope.OFFICE else post.department


def grants_of(
    group_ids: Collection[int], capability: Capability, obj: Department | Office
) -> dict[int, int]:
    """Give the grant's key for each of these groups that may do this on the object. One query."""
    return dict(
        _model_of(obj)
        .objects.filter(
            group__in=group_ids,
            permission__codename=capability.value,
            content_object=obj.pk,
        )
        .values_list("group_id", "pk")
    )


def groups_granted(capability: Capability, obj: Department | Office) -> QuerySet[Any]:
    """Find the keys of every group that may do this on the object; part of a larger query."""
    return (
        _model_of(obj)
        .objects.filter(permission__codename=capability.value, content_object=obj.pk)
        .values("group_id")
    )


def objects_granted(
    group_ids: Collection[int], capability: Capability, model: type[Department] | type[Office]
) -> set[int]:
    """Give the keys of the objects on which any of these groups may do this. One query."""
    return set(
        _model_of(model)
        .objects.filter(group__in=group_ids, permission__codename=capability.value)
        .values_list("content_object_id", flat=True)
    )


def all_grants(group_ids: Collection[int]) -> list[Grant]:
    """Give everything these groups may do, on departments first. One query."""
    on_departments, on_offices = (
        model.objects.filter(group__in=group_ids)
        .annotate(part=Value(part))
        .values_list("part", "pk", "group_id", "permission__codename", "content_object_id")
        for part, model in enumerate((DepartmentGroupPermission, OfficeGroupPermission))
    )
    return [
        Grant(pk, group_id, Capability(codename), object_id)
        for _part, pk, group_id, codename, object_id in on_departments.union(
            on_offices, all=True
        ).order_by("part", "pk")
    ]


def exercised(
    appointments: QuerySet[Appointment], capabilities: Collection[Capability]
) -> list[Exercised]:
    """Give who of these appointments may do what, on which object. One query."""
    codenames = [capability.value for capability in capabilities]
    by_department, by_office = (
        appointments.filter(**{f"post__group__{grants}__permission__codename__in": codenames})
        .annotate(
            codename=F(f"post__group__{grants}__permission__codename"),
            object_id=F(f"post__group__{grants}__content_object_id"),
        )
        .values_list(
            "codename",
            "object_id",
            "user_id",
            "post__title",
            "post__role",
            "fields_of_work",
            "post__department_id",
            "post__ordinal",
        )
        for grants in ("department_grants", "office_grants")
    )
    rows = by_department.union(by_office, all=True).order_by("post__department_id", "post__ordinal")
    return [
        Exercised(Capability(codename), object_id, user_id, title, Role(role), tuple(fields))
        for codename, object_id, user_id, title, role, fields, _body, _place in rows
    ]


def _model_of(obj: Department | Office | type[Department] | type[Office]) -> GrantModel:
    kind = obj if isinstance(obj, type) else type(obj)
    return DepartmentGroupPermission if issubclass(kind, Department) else OfficeGroupPermission


def _check_fits(capability: Capability, obj: Department | Office) -> None:
    scope = scope_of(capability)
    if isinstance(obj, Office):
        fits = scope is Scope.OFFICE
    elif obj.is_committee:
        fits = scope is not Scope.OFFICE
    else:
        fits = scope is Scope.DEPARTMENT
    if not fits:
        raise ValueError(f"{capability} is granted on a {scope}, not on {obj}")
