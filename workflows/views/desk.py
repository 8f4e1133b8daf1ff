"""The desk: what waits for the person signed in, due when, on whose behalf."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from workflows.selectors import desk as selector
from workflows.views.frame import frame_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Show everything that waits."""
    frame = frame_of(request)
    rows = selector.waiting(frame.user, at=frame.now, standings=frame.standings)
    return render(request, "desk/desk.html", {"rows": rows})
