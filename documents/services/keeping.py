"""Keeping what is typed: never over somebody else's words, never lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn, get_args

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from documents import papers
from documents.exceptions import Conflict, NotFound
from documents.models import SetAside, WorkingCopy
from documents.policies import check_can_edit
from documents.services.revisions import refuse_while_submitted
from documents.services.writers import note_writer
from documents.writing.merging import Choice, Merge, differ, merge, of_one_hand

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from documents.models import Document
    from offices.models import User

# Each try loses to somebody who was faster; autosaves are seconds apart.
TRIES = 5
CHOICES: tuple[Choice, ...] = get_args(Choice)


@dataclass(frozen=True, slots=True)
class Kept:
    """The working copy as it now stands; `joined_with` names whose words were newly joined in.

    `is_more` says that it holds words that were not in the text that came.
    """

    copy: WorkingCopy
    joined_with: str = ""
    is_more: bool = False


def keep_text(
    *,
    document: Document,
    text: str,
    lock_version: int,
    by: User,
    at: datetime,
    base: str | None = None,
    aside_id: int | None = None,
) -> Kept:
    """Keep the text being typed, joined with what somebody else kept since `base` was read.

    Text that cannot be read yet is kept all the same: only saving a version needs a reading.
    Where both changed one paragraph, and where no `base` is given, nothing is written over: a
    `Conflict` says so, and with a base the text waits as a `SetAside` (`facts["aside"]`). So it
    does while the paper is submitted. `aside_id` names the text that the same window set aside
    before: it is replaced.
    """
    check_can_edit(by, document, at=at)
    papers.check_keepable(text)
    for _try in range(TRIES):
        current = WorkingCopy.objects.select_related("updated_by").get(document=document)
        wanted, is_more = text, False
        if base is None and current.lock_version != lock_version:
            _refuse_over(current)
        # The version tells nothing here: a window goes on from what it sent, while the draft
        # holds under the same version what was joined to it.
        if base is not None and differ(current.text, base):
            whole = _joined(merge(base, text, current.text), is_own=current.updated_by_id == by.pk)
            if whole is None:
                aside = _set_aside(current, aside_id, base=base, text=text, by=by, at=at)
                _refuse_beside(current, aside)
            wanted = whole
            is_more = differ(wanted, text)
        try:
            kept = _replace(current, wanted, by=by, at=at)
        except Conflict as submitted:
            if base is None or not differ(text, base):
                raise
            aside = _set_aside(current, aside_id, base=base, text=text, by=by, at=at)
            _refuse_after_submission(submitted, aside)
        if kept is not None:
            is_new = is_more and current.lock_version != lock_version
            return Kept(kept, current.updated_by.display_name if is_new else "", is_more)
    raise Conflict(
        _("Others are changing this draft at this very moment; the text was not kept."),
        advice=_("The text typed is still here; try again in a moment."),
    )


def _joined(merged: Merge, *, is_own: bool) -> str | None:
    """Give the joined text; None where the writer has to choose."""
    if not merged.conflicts:
        return merged.text
    return of_one_hand(merged) if is_own else None


def waiting_for(document: Document, *, by: User) -> list[SetAside]:
    """Give the texts of a person that still wait to be joined into a draft, oldest first."""
    return list(
        SetAside.objects.filter(document=document, by=by, settled_at__isnull=True).order_by("pk")
    )


def joined(aside: SetAside, copy: WorkingCopy) -> Merge:
    """Join a text set aside with the draft as it stands; what is left to choose are conflicts."""
    return merge(aside.base, aside.text, copy.text)


def settle(
    *, aside: SetAside, choices: Sequence[Choice], lock_version: int, by: User, at: datetime
) -> WorkingCopy:
    """Write what the writer chose into the draft; `Conflict` if the draft has moved on meanwhile.

    Choosing "theirs" everywhere gives the text up.
    """
    document = aside.document
    check_can_edit(by, document, at=at)
    _check_own(aside, by)
    copy = WorkingCopy.objects.get(document=document)
    merged = joined(aside, copy)
    if copy.lock_version != lock_version or len(merged.conflicts) != len(choices):
        raise Conflict(
            _("The draft changed while you were choosing; nothing was written."),
            advice=_("Look at the places again and choose once more."),
        )
    text = merged.settled(choices)
    papers.check_keepable(text)
    with transaction.atomic():
        if not SetAside.objects.filter(pk=aside.pk, settled_at__isnull=True).update(settled_at=at):
            raise Conflict(_("This text has been joined already."))
        kept = _replace(copy, text, by=by, at=at)
        if kept is None:
            raise Conflict(
                _("The draft changed while you were choosing; nothing was written."),
                advice=_("Look at the places again and choose once more."),
            )
        return kept


def _replace(current: WorkingCopy, text: str, *, by: User, at: datetime) -> WorkingCopy | None:
    """Put a text in the place of the one that was read; None if that has changed since."""
    with transaction.atomic():
        refuse_while_submitted(current.document)
        updated = WorkingCopy.objects.filter(
            pk=current.pk, lock_version=current.lock_version
        ).update(text=text, lock_version=current.lock_version + 1, updated_by=by, updated_at=at)
        if not updated:
            return None
        note_writer(current.document, by)
        return WorkingCopy.objects.get(pk=current.pk)


def _refuse_over(current: WorkingCopy) -> NoReturn:
    raise Conflict(
        _("%(name)s changed this draft in another window; this text was not saved over it.")
        % {"name": current.updated_by.display_name},
        advice=_("Copy what was typed here, open the draft again, and join the two."),
    )


def _set_aside(
    current: WorkingCopy, aside_id: int | None, *, base: str, text: str, by: User, at: datetime
) -> SetAside:
    """Keep the text beside the draft; what the same window kept there before is replaced.

    Another window of the same person began from the same text, and keeps its own.
    """
    papers.check_keepable(base)
    with transaction.atomic():
        waiting = SetAside.objects.filter(document_id=current.pk, by=by, settled_at__isnull=True)
        held = waiting.filter(Q(pk=aside_id) | Q(text=text), base=base).first()
        if held is None:
            return SetAside.objects.create(
                document_id=current.pk, by=by, base=base, text=text, at=at
            )
        held.text, held.at = text, at
        held.save(update_fields=["text", "at"])
        return held


def _refuse_beside(current: WorkingCopy, aside: SetAside) -> NoReturn:
    raise Conflict(
        _("%(name)s changed the same paragraph; your text is kept beside the draft.")
        % {"name": current.updated_by.display_name},
        advice=_("Join the two: the page shows both, you choose."),
        facts={"aside": aside.pk},
    )


def _refuse_after_submission(submitted: Conflict, aside: SetAside) -> NoReturn:
    raise Conflict(
        submitted.sentence,
        advice=_("What was typed is kept beside the draft, and can be joined once it is returned."),
        facts={"aside": aside.pk},
    ) from submitted


def _check_own(aside: SetAside, by: User) -> None:
    if aside.by_id != by.pk:
        raise NotFound(_("There is no such text, or it is not yours."))
