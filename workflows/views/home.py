"""The bare address: to the desk for who is signed in, to the public reading room for a visitor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """Send a person to the desk, a visitor to where papers are read without an account."""
    return redirect("desk" if request.user.is_authenticated else "reading_room")
