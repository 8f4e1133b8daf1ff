"""Words for people: the pure enums of `offices.roles` in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from offices.roles import CAPABILITIES, ROLES, Capability, Role

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# The sentences are marked for the catalogue where they stand, in `offices.roles`.
ROLE_LABELS: dict[Role, _StrPromise] = {
    role: gettext_lazy(facts.label) for role, facts in ROLES.items()
}
ROLE_SENTENCES: dict[Role, _StrPromise] = {
    role: gettext_lazy(facts.sentence) for role, facts in ROLES.items()
}
CAPABILITY_LABELS: dict[Capability, _StrPromise] = {
    capability: gettext_lazy(facts.label) for capability, facts in CAPABILITIES.items()
}


def role_choices() -> list[tuple[str, _StrPromise]]:
    """Give the roles as choices of a field."""
    return [(role.value, label) for role, label in ROLE_LABELS.items()]


def capability_choices() -> list[tuple[str, _StrPromise]]:
    """Give the capabilities as choices of a field."""
    return [(capability.value, label) for capability, label in CAPABILITY_LABELS.items()]
