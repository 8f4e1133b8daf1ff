"""Refusals become pages: what happened, what was kept, what to do now."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db import OperationalError
from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseServerError, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from offices.exceptions import Refusal
from workflows import engine

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

logger = logging.getLogger(__name__)

# Never written back into a page, whatever else was typed.
SECRET_FIELDS = ("password", "pin", "csrfmiddlewaretoken")
# What a form of ours carries besides what was typed: the text that typing began from.
CARRIED_FIELDS = frozenset({"base", "before"})
# How the scripts of our pages say that they ask, and not the reader's browser by itself.
SCRIPT = "fetch"


@dataclass(frozen=True, slots=True)
class Look:
    """How refusals of one status are framed."""

    kind: str
    icon: str
    title: str


LOOKS = {
    400: Look("bad", "alert", "Chưa ghi được"),
    401: Look("warn", "lock", "Phiên đăng nhập đã hết"),
    403: Look("bad", "lock", "Không được phép"),
    404: Look("", "info", "Không tìm thấy"),
    405: Look("", "info", "Không có trang ở địa chỉ này"),
    409: Look("warn", "live", "Chưa ghi: có người làm trước, hoặc nội dung đã đổi"),
}


class SignedInMiddleware(LoginRequiredMiddleware):
    """Leads a visitor to the sign-in page, but never in the place of what somebody has typed.

    A script gets a 401 in the form it reads, a form with sentences its sentences back.
    """

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], *args: Any, **kwargs: Any
    ) -> HttpResponseBase | None:
        """Answer a request that needs somebody signed in; None lets it pass."""
        led_away = super().process_view(request, view_func, *args, **kwargs)
        asked_by_script = request.headers.get("X-Requested-With") == SCRIPT
        if led_away is None or not (asked_by_script or is_htmx(request) or typed(request)):
            return led_away
        sentence = _("The session has ended; nothing was recorded, and what was typed is not lost.")
        advice = _("Sign in again in another tab, come back here and send once more.")
        facts = {"sign_in": reverse("sign_in")}
        if asked_by_script:
            return JsonResponse({"sentence": sentence, "advice": advice, **facts}, status=401)
        return _page(request, status=401, sentence=sentence, advice=advice, facts=facts)


class RefusalMiddleware:
    """Turns a `Refusal` raised anywhere in a view into its page, and a lock timeout into a 409."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; refusals arrive in `process_exception`, a wrong method as an answer."""
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed):
            return _not_a_page(request, response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer what we know how to say; leave everything else to be a bug."""
        if isinstance(exception, Refusal):
            return refusal_page(request, exception)
        if isinstance(exception, OperationalError) and engine.is_lock_wait(exception):
            logger.warning("lock timeout at %s", request.path)
            return _page(
                request,
                status=409,
                look=Look("bad", "alert", "Chưa ghi được"),
                sentence=_("The server was busy for more than 5 seconds."),
                advice=_("Send it again; pressing twice does not act twice."),
            )
        return None


def _not_a_page(request: HttpRequest, refused: HttpResponse) -> HttpResponse:
    """Say that the address only takes what a button of a page sends, and lead to that page."""
    page = _page(
        request,
        status=405,
        sentence=_("This address takes what a form sends; it has no page of its own."),
        advice=_("Open the page with the form again; nothing was recorded by coming here."),
        back=_page_of(request),
    )
    page.headers["Allow"] = refused.headers["Allow"]
    return page


def _page_of(request: HttpRequest) -> str:
    """Give the address of the paper or register that a form's address names; else the first page."""
    match = request.resolver_match
    kwargs = match.kwargs if match else {}
    if "reference" in kwargs:
        return reverse("document", args=[kwargs["reference"]])
    if match is not None and match.url_name == "abandon_number":
        return reverse("register", args=[kwargs["key"]])
    return reverse("home")


def refusal_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Show one refusal as a page, or as a note alone where htmx asked."""
    return _page(
        request,
        status=refusal.status,
        sentence=refusal.sentence,
        advice=refusal.advice,
        facts=refusal.facts,
    )


def _page(
    request: HttpRequest,
    *,
    status: int,
    sentence: str,
    advice: str = "",
    facts: Any = None,
    look: Look | None = None,
    readable: bool = True,
    back: str = "",
) -> HttpResponse:
    """Render a refusal; `readable` is False where the request itself could not be read."""
    context = {
        "status": status,
        "look": look or LOOKS.get(status, LOOKS[400]),
        "sentence": sentence,
        "advice": advice,
        "facts": facts or {},
        "back": back,
        "nothing_was_written": request.method == "POST",
    }
    if is_htmx(request):
        return _noted(render(request, "errors/refusal_note.html", context, status=status))
    if readable:
        context |= {"typed": typed(request), "came_from": came_from(request)}
    return render(request, "errors/refusal.html", context, status=status)


def _noted(answer: HttpResponse) -> HttpResponse:
    """Have the note shown whole, whatever part of an answer the form that was sent waits for."""
    answer.headers["HX-Reselect"] = "section.note"
    return answer


def is_htmx(request: HttpRequest) -> bool:
    """Whether the answer is swapped into a page that stays."""
    return request.headers.get("HX-Request") == "true"


def typed(request: HttpRequest) -> list[str]:
    """Give the sentences the reader had typed, so that a refusal loses none of them.

    A value with a space in it is a sentence; ids, keys and choices have none. Secrets are left out.
    """
    return [
        value
        for name, values in request.POST.lists()
        if name not in CARRIED_FIELDS and not any(secret in name for secret in SECRET_FIELDS)
        for value in values
        if len(value.split()) > 1
    ]


def came_from(request: HttpRequest) -> str:
    """Give the page of this site where the reader was, or nothing."""
    address = request.headers.get("Referer", "")
    here = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if here else ""


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page, or that it may not be known of."""
    return _page(
        request,
        status=404,
        sentence=_("There is no such page, or this account may not read it."),
        advice=_("Look for the paper by its number or subject."),
    )


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that this account may not do this."""
    return _page(request, status=403, sentence=_("This account may not open this page."))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that what was sent could not be read."""
    return _page(
        request,
        status=400,
        sentence=_("What was sent could not be read."),
        advice=_("Open the page again and send once more."),
        readable=False,
    )


def forgotten(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form is too old or came from another site (cross-site request forgery)."""
    logger.warning("csrf refused at %s: %s", request.path, reason)
    return _page(
        request,
        status=403,
        sentence=_("The form came from an old page or from another site."),
        advice=_("Open the page again and send once more."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that the product failed; asks nothing of the database, which may be what failed."""
    if is_htmx(request):
        return _noted(HttpResponseServerError(render_to_string("errors/broken_note.html")))
    return HttpResponseServerError(render_to_string("errors/broken.html"))


def too_large(*, most: int) -> str:
    """Write the page for a request whose body was refused unread; `most` is in bytes."""
    return render_to_string("errors/too_large.html", {"most": most // (1024 * 1024)})
