"""Kept files as answers: proved before they leave, named so that every browser can save them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _

from documents import files
from documents.exceptions import Conflict

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from documents.models import Rendition

# Anybody may keep it, but asks each time whether it is still to be had: a paper can be recalled.
ASK_AGAIN = "public, no-cache"


def saved_as(name: str, *, plain: str) -> str:
    """A Content-Disposition that saves a file under its Vietnamese name (RFC 6266, RFC 5987).

    `plain` is the same file's name in ASCII without quotes, for whoever does not read the other.
    """
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def hand_out(kept: Rendition, *, disposition: str) -> HttpResponse:
    """Answer with a kept rendition, byte for byte; a damaged one is refused."""
    try:
        data = files.load(kept.sha256)
    except (FileNotFoundError, ValueError) as damaged:
        raise Conflict(
            _("The kept print is damaged; it is not handed out."),
            advice=_("Tell the administrator: the store of files must be restored."),
        ) from damaged
    response = HttpResponse(data, content_type=kept.media_type)
    response["Content-Disposition"] = disposition
    response["X-Content-Type-Options"] = "nosniff"
    return response


def hand_to_anybody(request: HttpRequest, kept: Rendition, *, disposition: str) -> HttpResponseBase:
    """Answer a visitor: whoever names the bytes they have already is told that they still hold."""
    etag = quote_etag(kept.sha256)
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = hand_out(kept, disposition=disposition)
    response["ETag"] = etag
    response["Cache-Control"] = ASK_AGAIN
    return response
