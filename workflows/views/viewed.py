"""What a page shows of a restricted paper is noted once a day for each reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documents.services import viewing
from workflows.views.frame import frame_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from documents.models import Document


def noted(request: HttpRequest, *shown: Document) -> None:
    """Note that the person signed in reads these papers; called before any of their text leaves."""
    frame = frame_of(request)
    if frame.user is None:
        return
    for paper in shown:
        viewing.note_view(document=paper, by=frame.user, at=frame.now)
