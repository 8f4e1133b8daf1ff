"""What the offices app records, and the sentence of each entry; loaded with the app."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.actions import register
from offices.roles import CAPABILITIES

ALL = "all"
_CAPABILITY_WORDS = {capability.value: _(facts.label) for capability, facts in CAPABILITIES.items()}

register(
    "office.founded",
    _("%(by)s entered the office %(subject)s, from %(begins_on)s."),
    label=pgettext_lazy("act", "Entering an office"),
)
register(
    "office.succeeded",
    _("%(by)s recorded that %(successor)s takes over from %(subject)s on %(on)s."),
    label=pgettext_lazy("act", "Succession of an office"),
)
register(
    "department.added",
    _("%(by)s added the department %(subject)s (%(code)s), from %(begins_on)s."),
    label=pgettext_lazy("act", "Adding a department"),
)
register(
    "department.ended",
    _("%(by)s ended the department %(subject)s on %(ends_on)s."),
    label=pgettext_lazy("act", "End of a department"),
)
register(
    "post.added",
    _("%(by)s added the post %(subject)s with the rights of its role."),
    label=pgettext_lazy("act", "Adding a post"),
)
register(
    "account.opened",
    _("%(by)s opened the account %(username)s for %(subject)s."),
    label=pgettext_lazy("act", "Opening an account"),
)
register(
    "account.closed",
    _("%(by)s closed the account of %(subject)s: %(reason)s"),
    label=pgettext_lazy("act", "Closing an account"),
)
register(
    "appointment.made",
    _("%(by)s appointed %(person)s to the post %(subject)s, from %(begins_on)s."),
    label=pgettext_lazy("act", "Appointment"),
)
register(
    "appointment.ended",
    _("%(by)s ended the appointment of %(person)s to %(subject)s on %(ends_on)s."),
    label=pgettext_lazy("act", "End of an appointment"),
)
register(
    "delegation.made",
    _(
        "%(by)s let %(person)s act for the post %(subject)s (%(capability)s) from %(begins_on)s "
        "until before %(ends_on)s, by %(legal_basis)s."
    ),
    label=pgettext_lazy("act", "Delegation"),
    words={"capability": {ALL: _("all rights of the post"), **_CAPABILITY_WORDS}},
)
register(
    "delegation.ended",
    _("%(by)s ended the delegation of %(subject)s to %(person)s on %(ends_on)s."),
    label=pgettext_lazy("act", "End of a delegation"),
)
register(
    "day.closed",
    _("%(by)s closed %(subject)s on %(day)s: %(reason)s"),
    label=pgettext_lazy("act", "Day off"),
)
register(
    "day.made_up",
    _("%(by)s made %(day)s a working day of %(subject)s: %(reason)s"),
    label=pgettext_lazy("act", "Day made up"),
)
register(
    "silence.cited",
    _("%(by)s cited for %(subject)s, from %(day)s, that silence is agreement: %(citation)s."),
    label=pgettext_lazy("act", "Citing the rule on silence"),
)
register(
    "terms.set",
    _("%(by)s set the terms of the steps for %(subject)s, from %(day)s, by %(citation)s."),
    label=pgettext_lazy("act", "Setting the terms of the steps"),
)
register(
    "silence.no_longer_cited",
    _("%(by)s ended for %(subject)s on %(day)s that silence is agreement (%(citation)s)."),
    label=pgettext_lazy("act", "Ending the rule on silence"),
)
register(
    "terms.withdrawn",
    _(
        "%(by)s withdrew the terms of the steps for %(subject)s that were to count from %(day)s, "
        "by %(citation)s."
    ),
    label=pgettext_lazy("act", "Withdrawing terms before they count"),
)
register(
    "silence.withdrawn",
    _(
        "%(by)s withdrew for %(subject)s the rule on silence that was to count from %(day)s: "
        "%(citation)s."
    ),
    label=pgettext_lazy("act", "Withdrawing a rule on silence before it counts"),
)
register(
    "clock.turned",
    _("%(by)s turned the demonstration's clock to %(day)s."),
    label=pgettext_lazy("act", "Turning the demonstration clock"),
)
