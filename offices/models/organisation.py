"""Offices, their departments and posts; they begin, end and succeed one another."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from offices.models.kept import Kept, KeptQuerySet, period_in_order
from offices.models.labels import role_choices
from offices.roles import CAPABILITIES, Scope


def _permissions(*scopes: Scope) -> list[tuple[str, Any]]:
    """Declare the capabilities of these scopes as permissions; labels are kept in English."""
    return [
        (capability.value, facts.label)
        for capability, facts in CAPABILITIES.items()
        if facts.scope in scopes
    ]


def _two_lines(lines: object) -> None:
    """The heading of a paper names the issuer in two lines (Decree 30/2020, Appendix I)."""
    if not (isinstance(lines, list) and len(lines) == 2 and all(isinstance(x, str) for x in lines)):
        raise ValidationError(_("The heading of an office has two lines."))


class Office(Kept):
    """A body that issues papers; no level of government is built in (`kind` is free)."""

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=100)
    authority_name = models.CharField(max_length=200)
    header_lines = models.JSONField(validators=[_two_lines])
    place = models.CharField(max_length=100)
    # How the references of this office's papers begin (BH-2024-0001); one office, one prefix.
    reference_prefix = models.SlugField(
        max_length=12, unique=True, default="BH", allow_unicode=False
    )
    kind = models.CharField(max_length=40, blank=True)
    begins_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = models.Manager.from_queryset(KeptQuerySet)()

    class Meta:
        default_permissions = ()
        permissions = _permissions(Scope.OFFICE)
        constraints = [
            period_in_order("an_office_begins_before_it_ends"),
            models.CheckConstraint(condition=~Q(place=""), name="an_office_has_a_place"),
        ]

    def __str__(self) -> str:
        return self.short_name


class Succession(Kept):
    """That an office takes over from another, whole or for a share of its territory."""

    class Kind(models.TextChoices):
        """How one office follows another."""

        MERGED = "merged", _("Merged into")
        SPLIT = "split", _("Split into")
        RENAMED = "renamed", _("Renamed")
        TRANSFERRED = "transferred", _("Functions transferred to")

    predecessor = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="inheritances")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    territory_note = models.TextField(blank=True)
    on = models.DateField()

    objects = models.Manager.from_queryset(KeptQuerySet)()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")), name="no_office_succeeds_itself"
            ),
            models.UniqueConstraint(
                fields=["predecessor", "successor"], name="an_office_succeeds_another_once"
            ),
        ]


class Department(Kept):
    """A part of an office; a committee is a department of its kind."""

    class Kind(models.TextChoices):
        """What the department is within its office."""

        DEPARTMENT = "department", _("Department")
        OFFICE_SECRETARIAT = "office_secretariat", _("Office secretariat")
        COMMITTEE = "committee", _("Committee")
        LEADERSHIP = "leadership", _("Leadership")

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="departments")
    name = models.CharField(max_length=200)
    code = models.CharField(max_length=20)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.DEPARTMENT)
    begins_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = models.Manager.from_queryset(KeptQuerySet)()

    class Meta:
        default_permissions = ()
        permissions = _permissions(Scope.DEPARTMENT, Scope.COMMITTEE)
        constraints = [
            period_in_order("a_department_begins_before_it_ends"),
            # A code may come back after a reorganisation, never twice at a time.
            models.UniqueConstraint(
                fields=["office", "code"],
                condition=Q(ends_on__isnull=True),
                name="a_department_code_is_used_once_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(code=""), name="a_department_has_a_code"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_committee(self) -> bool:
        """Tell whether rounds of opinions are held here."""
        return self.kind == self.Kind.COMMITTEE


class Post(Kept):
    """A place in a department that somebody may hold; its group carries the grants."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="posts")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=30, choices=role_choices())
    title = models.CharField(max_length=200)
    title_caps = models.CharField(max_length=200)
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="post")
    ordinal = models.PositiveIntegerField()

    objects = models.Manager.from_queryset(KeptQuerySet)()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["department", "ordinal"], name="posts_of_a_department_are_counted"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="a_post_has_a_title"),
        ]
        indexes = [models.Index(fields=["office", "role"], name="posts_by_role")]

    def __str__(self) -> str:
        return self.title
