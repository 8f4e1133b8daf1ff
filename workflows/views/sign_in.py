"""Signing in: by name and password; in the demonstration also by pressing a role."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from offices.dates import local_day
from offices.models import Appointment
from workflows.views.frame import frame_of

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

# A wrong name and a wrong password are answered alike: neither tells whether an account exists.
MOST_FAILURES = 10
WINDOW_SECONDS = 15 * 60


# The people of the path of three minutes, in its order: their cards stand first.
PATH = ("pct-kinhte", "vanthu", "luutru", "danhgia", "quantri")


class SignInForm(AuthenticationForm):
    """Name and password of a post."""

    error_messages = {
        "invalid_login": _("The name or the password is not right."),
        "inactive": _("The name or the password is not right."),
    }

    def __init__(self, request: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        # The focus stays where the reader left it; on a phone it would open the keyboard.
        self.fields["username"].widget.attrs.pop("autofocus", None)
        self.fields["username"].label = _("Account name")
        self.fields["password"].label = _("Password")


class SignIn(LoginView):
    """The sign-in page; the demonstration shows role cards and the three-minute path beside it."""

    form_class = SignInForm
    template_name = "sign_in.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse to look at a password after too many failures of this name from this address."""
        self.counter = failure_counter(request)
        if failures(self.counter) >= MOST_FAILURES:
            form = self.get_form_class()(request)
            context = self.get_context_data(form=form, too_many=MOST_FAILURES)
            return self.render_to_response(context, status=429)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Sign in, and forget the failures before it."""
        cache.delete(self.counter)
        return super().form_valid(form)

    def form_invalid(self, form: Form) -> HttpResponse:
        """Count the failure and show the form again."""
        count_failure(self.counter)
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the role cards of the demonstration."""
        context = super().get_context_data(**kwargs)
        shown = frame_of(self.request)
        if shown.demo:
            context["accounts"] = demo_accounts(on=local_day(shown.now))
            context["demo_password"] = settings.DEMO_PASSWORD
        return context


@dataclass(slots=True)
class Account:
    """One card of the demonstration: an account and the posts it holds."""

    username: str
    name: str
    department: str
    other_posts: list[str]

    @property
    def step(self) -> int:
        """Which step of the path of three minutes is this account's; 0 for none."""
        return PATH.index(self.username) + 1 if self.username in PATH else 0


def demo_accounts(*, on: date) -> list[Account]:
    """Give everybody who holds a post on a day: the path's people first, then by department."""
    cards: dict[int, Account] = {}
    held = (
        Appointment.objects.live_on(on)
        .filter(user__is_active=True)
        .select_related("user", "post__department")
        .order_by("post__department_id", "post__ordinal", "pk")
    )
    for appointment in held:
        user, post = appointment.user, appointment.post
        card = cards.get(user.pk)
        if card is None:
            card = Account(user.username, user.display_name, post.department.name, [])
            cards[user.pk] = card
        if post.title != user.display_name:
            card.other_posts.append(post.title)
    return sorted(cards.values(), key=lambda card: card.step or len(PATH) + 1)


def failure_counter(request: HttpRequest) -> str:
    """Name the counter of one account name from one address; names are kept as hashes only."""
    who = f"{request.POST.get('username', '').casefold()}\n{request.META.get('REMOTE_ADDR', '')}"
    return f"sign-in-failures:{hashlib.sha256(who.encode()).hexdigest()}"


def failures(counter: str) -> int:
    """Count the failures within the window."""
    return int(cache.get(counter, 0))


def count_failure(counter: str) -> None:
    """Add one failure; the window begins with the first."""
    cache.add(counter, 0, WINDOW_SECONDS)
    try:
        cache.incr(counter)
    except ValueError:
        # The window closed between the two calls: this failure opens the next one.
        cache.add(counter, 1, WINDOW_SECONDS)
