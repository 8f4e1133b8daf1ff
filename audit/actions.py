"""The register of actions: no act is recorded that nobody could read back as a sentence.

The audit knows nobody, so each app registers its own codes while it is loaded:

    actions.register("revision.signed", _("%(by)s signed %(subject)s as %(capacity)s."),
                     label=pgettext_lazy("act", "Signature"),
                     words={"capacity": {"for_superior": _("deputy")}})
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from audit.exceptions import AuditError, UnknownAction

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Promise

    Sentence = str | Promise

_CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
_PLACEHOLDER = re.compile(r"%\((\w+)\)s")

ERASED = "disclosure.erased"


@dataclass(frozen=True, slots=True)
class Action:
    """A registered action: its code, its sentence, its short name, and the words for coded values in it."""

    code: str
    template: Sentence
    label: Sentence
    words: Mapping[str, Mapping[str, Sentence]]

    def placeholders(self) -> frozenset[str]:
        """Name what the sentence needs; read from the untranslated sentence."""
        with override(None):
            return frozenset(_PLACEHOLDER.findall(str(self.template)))


_actions: dict[str, Action] = {}


def register(
    code: str,
    template: Sentence,
    *,
    label: Sentence = "",
    words: Mapping[str, Mapping[str, Sentence]] | None = None,
) -> None:
    """Make an action known by its `noun.past_participle` code and its lazy English sentence.

    Placeholders are `%(by)s`, `%(subject)s` and the names of details and disclosures that every
    entry of this action carries. `label` names the act in a few words where one is chosen from a
    list; no two of the product are alike. `words` gives, for a detail, the words that stand for its codes.
    Registering the same code twice raises `AuditError`.
    """
    if not _CODE.fullmatch(code):
        raise AuditError(f"An action code reads noun.past_participle, not {code!r}.")
    if code in _actions:
        raise AuditError(f"The action {code!r} is registered already.")
    frozen = {field: MappingProxyType(dict(by_code)) for field, by_code in (words or {}).items()}
    _actions[code] = Action(
        code=code, template=template, label=label or code, words=MappingProxyType(frozen)
    )


def known(code: str) -> Action:
    """Give the registered action or raise `UnknownAction`."""
    try:
        return _actions[code]
    except KeyError:
        raise UnknownAction(f"No app has registered the audit action {code!r}.") from None


def registered() -> Mapping[str, Action]:
    """Show every registered action by its code, read-only."""
    return MappingProxyType(_actions)


register(
    ERASED,
    _("%(by)s erased the text “%(field)s” of the entry %(entry)s; the reason: %(reason)s"),
    label=pgettext_lazy("act", "Erasing a text of an entry"),
)
