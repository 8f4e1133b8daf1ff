"""Files and pastes that were read and wait for the one who brought them to accept them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q


class Intake(models.Model):
    """What one specialist brought and is looking through; accepted, it becomes a draft and goes.

    `read` is the text as it was read, `text` the one being corrected; `places` are
    [line of `read`, what, number, inside] of `documents.importing.plain.Place`, `notes` are
    [code, values] of the reader. A paste has no file.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="intakes"
    )
    department = models.ForeignKey("offices.Department", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)
    read = models.TextField()
    text = models.TextField()
    places: models.JSONField[list[list[Any]], list[list[Any]]] = models.JSONField(default=list)
    notes: models.JSONField[list[list[Any]], list[list[Any]]] = models.JSONField(default=list)
    brought_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(name="", sha256="") | (~Q(name="") & ~Q(sha256="")),
                name="an_intake_has_a_file_with_its_name_or_none",
            )
        ]
        indexes = [
            models.Index(fields=["owner", "-brought_at"], name="intakes_of_a_person"),
            models.Index(fields=["sha256"], name="intakes_by_file"),
        ]
