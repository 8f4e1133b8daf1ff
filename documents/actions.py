"""The audit's sentences for acts on paper alone; loaded when the app is ready."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.actions import register
from documents.models import AccessLevel, AuthorityKind, Kind

register(
    "draft.started",
    _("%(by)s began the draft “%(subject)s” (%(reference)s)."),
    label=pgettext_lazy("act", "Beginning a draft"),
)
register(
    "draft.particulars_corrected",
    _(
        "%(by)s corrected the facts of “%(subject)s”: %(kind)s, %(authority_kind)s, %(access_level)s."
    ),
    label=pgettext_lazy("act", "Correcting the facts of a draft"),
    words={
        "kind": dict(Kind.choices),
        "authority_kind": dict(AuthorityKind.choices),
        "access_level": dict(AccessLevel.choices),
    },
)
register(
    "version.saved",
    _("%(by)s saved version %(ordinal)s of “%(subject)s”."),
    label=pgettext_lazy("act", "Saving a version"),
)
register(
    "attachment.added",
    _("%(by)s attached the file “%(name)s” to “%(subject)s”."),
    label=pgettext_lazy("act", "Attaching a file"),
)
register(
    "attachment.removed",
    _("%(by)s took the file “%(name)s” off “%(subject)s”."),
    label=pgettext_lazy("act", "Taking a file off"),
)
register(
    "paper.viewed",
    _("%(by)s read “%(subject)s”, which is not public."),
    label=pgettext_lazy("act", "Reading what is not public"),
)
register(
    "intake.read",
    _("%(by)s read the file “%(name)s” in for %(subject)s."),
    label=pgettext_lazy("act", "Reading a file in"),
)
register(
    "intake.put_aside",
    _("%(by)s put the file “%(name)s” of %(subject)s aside."),
    label=pgettext_lazy("act", "Putting a file aside"),
)
register(
    "document.cited",
    _(
        "%(by)s cited “%(subject)s”, which the office did not hold; it was entered as %(reference)s."
    ),
    label=pgettext_lazy("act", "Entering a cited paper"),
)
register(
    "document.completed",
    _("%(by)s completed “%(subject)s”, in force from %(effective_from)s."),
    label=pgettext_lazy("act", "Completing a paper known by citation"),
)
register(
    "document.completion_corrected",
    _(
        "%(by)s put “%(subject)s” right, in force from %(effective_from)s, not from "
        "%(was_effective_from)s; the reason: %(reason)s"
    ),
    label=pgettext_lazy("act", "Putting completed facts right"),
)
register(
    "register.opened",
    _("%(by)s opened the register %(subject)s, after number %(after)s."),
    label=pgettext_lazy("act", "Opening a register"),
)
register(
    "register.number_abandoned",
    _("%(by)s left number %(number)s of %(subject)s unused; the reason: %(reason)s"),
    label=pgettext_lazy("act", "Leaving a number unused"),
)
