"""Accounts."""

from __future__ import annotations

from typing import Any, NoReturn

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from offices.exceptions import NotPermitted
from offices.models.kept import Kept, KeptQuerySet


class UserManager(BaseUserManager.from_queryset(KeptQuerySet)):  # type: ignore[misc]
    """Makes accounts; none of them above the rules."""

    def create_user(
        self,
        username: str,
        password: str | None = None,
        *,
        display_name: str,
        email: str = "",
        **others: Any,
    ) -> User:
        """Make an account that may do nothing until it is appointed to a post."""
        user = self.model(
            username=self.model.normalize_username(username),
            display_name=display_name,
            email=self.normalize_email(email),
            **others,
        )
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def create_superuser(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: nobody stands above the procedure."""
        raise NotPermitted(
            _("No account stands above the procedure: there are no superusers here."),
            advice=_("Appoint the account to a post; an administrator's post keeps accounts."),
        )


class User(AbstractBaseUser, PermissionsMixin, Kept):
    """A person's account. What it may do follows from its appointments alone.

    Membership of a Django group gives nothing; deactivating the account ends every right at once.
    """

    username = models.CharField(
        max_length=150, unique=True, validators=[UnicodeUsernameValidator()]
    )
    display_name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]

    objects = UserManager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(is_superuser=False), name="nobody_is_a_superuser"),
            models.CheckConstraint(condition=~Q(display_name=""), name="an_account_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.display_name
