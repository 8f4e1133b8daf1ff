"""The kept rendition of an issued paper, as the very bytes that were stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from documents import files, policies
from documents.models import Rendition
from documents.selectors.papers import one
from workflows.views.frame import frame_of
from workflows.views.paper import person
from workflows.views.viewed import noted

if TYPE_CHECKING:
    from django.http import HttpRequest


@require_safe
def rendition(request: HttpRequest, reference: str) -> HttpResponse:
    """Give the original rendition to whoever may read the paper; damaged bytes are not given."""
    frame = frame_of(request)
    document = one(policies.readable(person(request), at=frame.now), reference)
    kept = get_object_or_404(Rendition, revision__document=document, sort=Rendition.Sort.ORIGINAL)
    noted(request, document)
    response = HttpResponse(files.load(kept.sha256), content_type=kept.media_type)
    response["Content-Disposition"] = f'attachment; filename="{document.reference}.html"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
