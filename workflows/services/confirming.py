"""The password typed again before a signature, and the end of guessing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.hashers import check_password
from django.core.cache import cache
from django.utils.translation import gettext as _

from workflows.exceptions import BadInput

if TYPE_CHECKING:
    from offices.models import User

# An open session must not become a way to try passwords that the sign-in page no longer takes.
MOST_FAILURES = 5
WINDOW_SECONDS = 15 * 60


def confirm(by: User, *, password: str) -> None:
    """Verify a re-entered password; after too many wrong ones none is looked at for a while.

    Slow, so done before any lock. Raises `BadInput`. Failures are counted for the account in the
    cache: with the default one, for each serving process.
    """
    counter = f"confirmation-failures:{by.pk}"
    if cache.get(counter, 0) >= MOST_FAILURES:
        raise BadInput(
            _("The password was wrong %(most)s times; nothing can be signed for 15 minutes.")
            % {"most": MOST_FAILURES},
            advice=_("If somebody else typed it, tell the administrator of the office."),
            facts={"field": "password"},
        )
    if not check_password(password, by.password):
        _count(counter)
        raise BadInput(
            _("The password does not match; nothing was signed."),
            advice=_("Type the password of this account again."),
            facts={"field": "password"},
        )
    cache.delete(counter)


def _count(counter: str) -> None:
    cache.add(counter, 0, WINDOW_SECONDS)
    try:
        cache.incr(counter)
    except ValueError:
        # The window closed between the two calls: this failure opens the next one.
        cache.add(counter, 1, WINDOW_SECONDS)
