"""Every "may I?" about offices, accounts and posts; raises a sentence with what to do."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from audit.services import Party
from offices import selectors
from offices.authority import Footing
from offices.exceptions import NotPermitted
from offices.roles import Capability
from offices.selectors import acting

if TYPE_CHECKING:
    from offices.models import Appointment, Office, User

# The installation itself, which sets up its first office before anybody can be signed in.
SYSTEM = "system"


def check_can_administer(by: User | Party, office: Office, *, at: datetime) -> None:
    """Posts and rules of an office are kept by its administrator, who decides nothing."""
    if _is_system(by):
        return
    if isinstance(by, Party) or not selectors.may(by, Capability.ADMINISTER, office, at=at):
        raise NotPermitted(
            _("Only the administrator of %(office)s keeps its posts, appointments and terms.")
            % {"office": office.short_name}
        )


def check_can_keep_accounts(by: User | Party, *, at: datetime) -> None:
    """Accounts serve every office of the installation: any administrator keeps them."""
    if _is_system(by):
        return
    if isinstance(by, Party) or not _administers_somewhere(by, at=at):
        raise NotPermitted(_("Only an administrator keeps accounts and offices."))


def check_is_not_oneself(by: User | Party, user: User) -> None:
    """Nobody appoints himself: a right always comes from another hand."""
    if not isinstance(by, Party) and by.pk == user.pk:
        raise NotPermitted(
            _("Nobody appoints himself to a post."),
            advice=_("Another administrator enters the appointment."),
        )


def check_can_delegate(
    by: User | Party,
    appointment: Appointment,
    *,
    at: datetime,
    footing: Footing = Footing.SUBSTITUTION,
) -> Appointment | None:
    """Give the appointment by which somebody hands on the rights of a post, or refuse.

    The holder does; of an absence the superior may record who stands in, by his own post. What
    was received is never delegated further, and the right to sign TL. or TUQ. comes from its
    holder alone (Decree 30/2020 art. 13). None for the installation.
    """
    if _is_system(by):
        return None
    held = [] if isinstance(by, Party) else selectors.appointments(by, at=at)
    own = next((one for one in held if one.pk == appointment.pk), None)
    if own is not None:
        return own
    if footing is Footing.SUBSTITUTION:
        above = next((one for one in held if acting.stands_over(one, appointment)), None)
        if above is not None:
            return above
    if not isinstance(by, Party) and by.pk == appointment.user_id:
        raise NotPermitted(_("Only rights that one holds today can be delegated."))
    raise NotPermitted(
        _("Only %(name)s may delegate the rights of this post; a delegation is not passed on.")
        % {"name": appointment.user.display_name},
        advice=_("Of an absence, the superior in post may record who stands in."),
    )


def _is_system(by: User | Party) -> bool:
    return isinstance(by, Party) and by.kind == SYSTEM


def _administers_somewhere(by: User, *, at: datetime) -> bool:
    return Capability.ADMINISTER in selectors.standings(by, at=at).capabilities
