"""Accounts are opened and closed, never deleted."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit import services as audit
from offices.exceptions import BadInput, Conflict
from offices.models import User
from offices.parties import actor
from offices.policies import check_can_keep_accounts

if TYPE_CHECKING:
    from audit.services import Party


def open_account(
    *,
    username: str,
    display_name: str,
    password: str | None,
    by: User | Party,
    at: datetime,
    email: str = "",
) -> User:
    """Open an account that may do nothing until it is appointed; without password none signs in."""
    check_can_keep_accounts(by, at=at)
    if User.objects.filter(username=User.normalize_username(username)).exists():
        raise Conflict(_("The account name %(name)s is taken.") % {"name": username})
    with transaction.atomic():
        try:
            user = User.objects.create_user(
                username, password, display_name=display_name, email=email
            )
        except ValidationError as error:
            raise BadInput(" ".join(error.messages)) from error
        audit.record(
            "account.opened",
            operation_id=uuid4(),
            head=True,
            subject=audit.Subject("user", str(user.pk), user.display_name),
            by=actor(by),
            at=at,
            disclose={"username": user.username},
        )
    return user


def close_account(user: User, *, reason: str, by: User | Party, at: datetime) -> None:
    """Close an account: from this moment it may do nothing, by appointment or delegation."""
    check_can_keep_accounts(by, at=at)
    if not reason.strip():
        raise BadInput(_("Say why the account is closed."))
    with transaction.atomic():
        held = User.objects.select_for_update().get(pk=user.pk)
        if not held.is_active:
            raise Conflict(_("The account of %(name)s is closed.") % {"name": held.display_name})
        held.is_active = False
        held.save(update_fields=["is_active"])
        audit.record(
            "account.closed",
            operation_id=uuid4(),
            head=True,
            subject=audit.Subject("user", str(held.pk), held.display_name),
            by=actor(by),
            at=at,
            disclose={"reason": reason.strip()},
        )
    user.is_active = False
