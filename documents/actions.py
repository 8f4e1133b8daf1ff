"""The audit's sentences for acts on paper alone; loaded when the app is ready."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from audit.actions import register
from documents.models import AccessLevel, AuthorityKind, Kind

register("draft.started", _("%(by)s began the draft “%(subject)s” (%(reference)s)."))
register(
    "draft.particulars_corrected",
    _(
        "%(by)s corrected the facts of “%(subject)s”: %(kind)s, %(authority_kind)s, %(access_level)s."
    ),
    words={
        "kind": dict(Kind.choices),
        "authority_kind": dict(AuthorityKind.choices),
        "access_level": dict(AccessLevel.choices),
    },
)
register("version.saved", _("%(by)s saved version %(ordinal)s of “%(subject)s”."))
register("intake.read", _("%(by)s read the file “%(name)s” in for %(subject)s."))
register("intake.put_aside", _("%(by)s put the file “%(name)s” of %(subject)s aside."))
register("attachment.added", _("%(by)s attached the file “%(name)s” to “%(subject)s”."))
register("attachment.removed", _("%(by)s took the file “%(name)s” off “%(subject)s”."))
register("paper.viewed", _("%(by)s read “%(subject)s”, which is not public."))
register(
    "document.cited",
    _(
        "%(by)s cited “%(subject)s”, which the office did not hold; it was entered as %(reference)s."
    ),
)
register(
    "document.completed",
    _("%(by)s completed “%(subject)s”, in force from %(effective_from)s."),
)
register(
    "document.completion_corrected",
    _(
        "%(by)s put “%(subject)s” right, in force from %(effective_from)s, not from "
        "%(was_effective_from)s; the reason: %(reason)s"
    ),
)
register("register.opened", _("%(by)s opened the register %(subject)s, after number %(after)s."))
register(
    "register.number_abandoned",
    _("%(by)s left number %(number)s of %(subject)s unused; the reason: %(reason)s"),
)
