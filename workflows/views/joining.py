"""Joining what two people wrote in one paragraph: both texts side by side, the writer chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents.exceptions import BadInput, Conflict, Refusal
from documents.services import keeping, revisions
from workflows.forms.writing import damaged
from workflows.views.drafting import editable
from workflows.views.frame import frame_of
from workflows.views.paper import person

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from documents.models import Document
    from documents.writing.merging import Choice, Clash


@require_http_methods(["GET", "HEAD", "POST"])
def join_text(request: HttpRequest, reference: str, aside_id: int) -> HttpResponse:
    """Show the places that two people changed, both ways; a POST writes what was chosen."""
    document = editable(request, reference)
    waiting = keeping.waiting_for(document, by=person(request))
    aside = next((one for one in waiting if one.pk == aside_id), None)
    if aside is None:
        return redirect("draft", reference=reference)
    copy = document.working_copy
    merged = keeping.joined(aside, copy)
    refused: Refusal | None = None
    if request.method == "POST":
        try:
            keeping.settle(
                aside=aside,
                choices=_choices(request, len(merged.conflicts)),
                lock_version=_version(request),
                by=person(request),
                at=frame_of(request).now,
            )
        except (BadInput, Conflict) as error:
            refused = error
            copy.refresh_from_db()
            merged = keeping.joined(aside, copy)
        else:
            return redirect("draft", reference=reference)
    context = {
        "document": document,
        "aside": aside,
        "copy": copy,
        "conflicts": [_ways(one, other=copy.updated_by.display_name) for one in merged.conflicts],
        "refused": refused,
        "barred": _barred(document),
    }
    status = refused.status if refused else 200
    return render(request, "drafting/join.html", context, status=status)


def _barred(document: Document) -> Refusal | None:
    """Say why nothing can be joined now; the words typed are shown all the same."""
    try:
        revisions.refuse_while_submitted(document)
    except Conflict as submitted:
        return submitted
    return None


def _ways(clash: Clash, *, other: str) -> dict[str, object]:
    """One place as the page shows it: how it was, and the texts to choose from."""
    mine, theirs = clash.mine.strip("\n"), clash.theirs.strip("\n")
    ways = [("mine", _("Your text"), mine), ("theirs", other, theirs)]
    if mine and theirs:
        ways.append(("both", _("Both, yours first"), f"{mine}\n{theirs}"))
    return {"base": clash.base.strip("\n"), "ways": ways}


def _choices(request: HttpRequest, count: int) -> list[Choice]:
    chosen: list[Choice] = []
    for number in range(count):
        value = request.POST.get(f"choice-{number}", "")
        choice = next((one for one in keeping.CHOICES if one == value), None)
        if choice is None:
            raise BadInput(
                _("Choose one of the texts for place %(number)s.") % {"number": number + 1}
            )
        chosen.append(choice)
    return chosen


def _version(request: HttpRequest) -> int:
    given = request.POST.get("lock_version", "")
    if not (given.isascii() and given.isdecimal() and len(given) < 10):
        raise damaged()
    return int(given)
