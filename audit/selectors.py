"""The only way out of the audit: entries to read, and the sentence each of them says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from audit import actions
from audit.exceptions import UnknownAction
from audit.models import Entry

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from audit.leaf import Scalar

PAGE_SIZE = 50
HISTORY_SIZE = 500


@dataclass(frozen=True, slots=True)
class EntryPage:
    """A page of entries, newest first; `before` asks for the next page, None on the last."""

    entries: tuple[Entry, ...]
    before: int | None


def _readable() -> QuerySet[Entry]:
    """Entries with their disclosures, so that a sentence costs no further query."""
    return Entry.objects.prefetch_related("disclosures")


def history(subject_kind: str, subject_key: str, *, size: int = HISTORY_SIZE) -> list[Entry]:
    """Tell what happened to one subject, oldest first; at most the last `size` entries."""
    of_subject = _readable().filter(subject_kind=subject_kind, subject_key=subject_key)
    return list(of_subject.order_by("-id")[:size])[::-1]


def operation(operation_id: UUID) -> list[Entry]:
    """Give the entries of one act: its head entry first, then what it brought about."""
    return list(_readable().filter(operation_id=operation_id).order_by("-head", "id"))


def entry(uuid: UUID) -> Entry | None:
    """Find one entry by the id that its leaf binds."""
    return _readable().filter(uuid=uuid).first()


def recorded(*, subject_kind: str, subject_key: str, detail: str, value: str) -> bool:
    """Tell whether an act on a subject recorded this very value under a detail."""
    of_subject = Entry.objects.filter(subject_kind=subject_kind, subject_key=subject_key)
    return of_subject.filter(**{f"details__{detail}": value}).exists()


def entries(
    *,
    office: str,
    action: str = "",
    by_key: str = "",
    subject_kind: str = "",
    subject_key: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
    before: int | None = None,
    size: int = PAGE_SIZE,
) -> EntryPage:
    """Page through the entries of one office, newest first; `until` is exclusive.

    Pages follow one another by `before` (the page's own answer), so that the hundredth page
    costs no more than the first and new entries shift nothing.
    """
    wanted = {
        "action": action,
        "by_key": by_key,
        "subject_kind": subject_kind,
        "subject_key": subject_key,
        "at__gte": since,
        "at__lt": until,
        "id__lt": before,
    }
    asked = {name: value for name, value in wanted.items() if value not in {"", None}}
    found = list(_readable().filter(office=office, **asked).order_by("-id")[: size + 1])
    page = tuple(found[:size])
    return EntryPage(entries=page, before=page[-1].pk if len(found) > size else None)


def disclosed(entry: Entry) -> dict[str, str | None]:
    """Give the texts an entry disclosed, by field; None where one has been erased."""
    return {disclosure.field: disclosure.text for disclosure in entry.disclosures.all()}


def sentence(entry: Entry) -> str:
    """Say an entry in the reader's language.

    An action that a later release no longer registers is told by its code: history outlives
    the program that wrote it.
    """
    texts = disclosed(entry)
    by = entry.by_label
    if "on_behalf_of" in texts:
        other = _shown(texts["on_behalf_of"])
        by = _("%(by)s, acting for %(other)s,") % {"by": by, "other": other}
    subject = texts.pop("subject", f"{entry.subject_kind} {entry.subject_key}")
    values: dict[str, str] = {
        "by": by,
        "subject": _shown(subject),
        **{field: _shown(text) for field, text in texts.items()},
    }
    try:
        action = actions.known(entry.action)
    except UnknownAction:
        return _("%(by)s: %(action)s – %(subject)s") % {**values, "action": entry.action}
    for field, value in entry.details.items():
        values[field] = _worded(action.words.get(field, {}), value)
    return str(action.template) % _Values(values)


class _Values(dict[str, str]):
    """The values of a sentence; one that entries of an earlier release do not carry is a dash."""

    def __missing__(self, field: str) -> str:
        return "–"


def _worded(words: Mapping[str, object], value: Scalar) -> str:
    if isinstance(value, bool):
        return str(
            words.get(
                "true" if value else "false",
                pgettext("audit", "yes") if value else pgettext("audit", "no"),
            )
        )
    if value is None:
        return str(words.get("", "–"))
    return str(words.get(str(value), value))


def _shown(text: str | None) -> str:
    return _("[text erased]") if text is None else text
