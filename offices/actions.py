"""What the offices app records, and the sentence of each entry; loaded with the app."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from audit.actions import register
from offices.roles import CAPABILITIES

ALL = "all"
_CAPABILITY_WORDS = {capability.value: _(facts.label) for capability, facts in CAPABILITIES.items()}

register("office.founded", _("%(by)s entered the office %(subject)s, from %(begins_on)s."))
register(
    "office.succeeded",
    _("%(by)s recorded that %(successor)s takes over from %(subject)s on %(on)s."),
)
register(
    "department.added",
    _("%(by)s added the department %(subject)s (%(code)s), from %(begins_on)s."),
)
register("department.ended", _("%(by)s ended the department %(subject)s on %(ends_on)s."))
register("post.added", _("%(by)s added the post %(subject)s with the rights of its role."))
register("account.opened", _("%(by)s opened the account %(username)s for %(subject)s."))
register("account.closed", _("%(by)s closed the account of %(subject)s: %(reason)s"))
register(
    "appointment.made",
    _("%(by)s appointed %(person)s to the post %(subject)s, from %(begins_on)s."),
)
register(
    "appointment.ended",
    _("%(by)s ended the appointment of %(person)s to %(subject)s on %(ends_on)s."),
)
register(
    "delegation.made",
    _(
        "%(by)s let %(person)s act for the post %(subject)s (%(capability)s) from %(begins_on)s "
        "until before %(ends_on)s, by %(legal_basis)s."
    ),
    words={"capability": {ALL: _("all rights of the post"), **_CAPABILITY_WORDS}},
)
register(
    "delegation.ended",
    _("%(by)s ended the delegation of %(subject)s to %(person)s on %(ends_on)s."),
)
register("day.closed", _("%(by)s closed %(subject)s on %(day)s: %(reason)s"))
register("day.made_up", _("%(by)s made %(day)s a working day of %(subject)s: %(reason)s"))
register("clock.turned", _("%(by)s turned the demonstration's clock to %(day)s."))
