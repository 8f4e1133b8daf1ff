"""Which rows name which kept files: every model with a `sha256` names files by it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from django.db.models import Model

# The field by which a row names a file. A model that keeps files has one of this very name, so
# that neither the sweep nor the verification can overlook it.
NAMES = "sha256"


@dataclass(frozen=True, slots=True)
class Named:
    """One row that names a file, and the size it says the file has."""

    model: str
    key: int
    sha256: str
    size: int


def keepers() -> list[type[Model]]:
    """Give the models whose rows name files, in the order of the apps."""
    return [
        model
        for model in apps.get_models()
        if any(field.name == NAMES for field in model._meta.concrete_fields)
    ]


def named_among(hashes: Collection[str]) -> set[str]:
    """Give those of some hashes that a row names: one query for each model."""
    found: set[str] = set()
    for model in keepers():
        rows: Any = model._default_manager.filter(sha256__in=hashes)
        found |= set(rows.values_list(NAMES, flat=True))
    return found


def named_in(folder: str) -> Iterator[Named]:
    """Give the rows that name a file of one of the 256 folders: one query for each model."""
    after = f"{int(folder, 16) + 1:02x}" if folder != "ff" else "g"
    for model in keepers():
        rows: Any = model._default_manager.filter(sha256__gte=folder, sha256__lt=after)
        for key, sha256, size in rows.order_by("pk").values_list("pk", NAMES, "size"):
            yield Named(model._meta.label_lower, key, sha256, size)
