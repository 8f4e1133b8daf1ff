"""Rows that stay: what ended says when it ended, and is never deleted."""

from __future__ import annotations

from typing import Any, NoReturn, TypeVar

from django.db import models
from django.db.models import Q

from offices.exceptions import NeverDeleted

ModelT = TypeVar("ModelT", bound=models.Model)


class KeptQuerySet(models.QuerySet[ModelT]):
    """Rows of which none is ever deleted."""

    def delete(self) -> NoReturn:
        """Refuse: raises `NeverDeleted`."""
        raise NeverDeleted(self.model.__name__)


class Kept(models.Model):
    """A row that is ended, never deleted; each model's manager comes from `KeptQuerySet`."""

    class Meta:
        abstract = True

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: raises `NeverDeleted`."""
        raise NeverDeleted(type(self).__name__)


def period_in_order(name: str) -> models.CheckConstraint:
    """Give the constraint that a half-open period of days holds at least one day."""
    return models.CheckConstraint(
        condition=Q(ends_on__isnull=True) | Q(ends_on__gt=models.F("begins_on")), name=name
    )
