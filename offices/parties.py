"""How people and offices are named in the audit, which knows nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.services import Party

if TYPE_CHECKING:
    from offices.models import Office, User

CLOCK = Party("system", "clock", "Đồng hồ")
# Sets up the first office, before anybody can be signed in.
INSTALLATION = Party("system", "installation", "Cài đặt hệ thống")


def party(user: User) -> Party:
    """Name a person as the audit keeps it: names of officials in office are not erased."""
    return Party("user", str(user.pk), user.display_name)


def office_key(office: Office) -> str:
    """Name an office by its stable key."""
    return office.key


def actor(by: User | Party) -> Party:
    """Name whoever acts: a person by name, the installation or the clock as they are."""
    return by if isinstance(by, Party) else party(by)
