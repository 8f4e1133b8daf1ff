"""The Tờ trình and Phiếu trình of a paper, each with its words and its prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from documents.exceptions import NotFound
from documents.selectors import papers as found
from documents.services import printing
from workflows.selectors import slips as selected
from workflows.views.paper import follows, person, readable
from workflows.views.print_lines import records_of
from workflows.views.viewed import noted

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def slips(request: HttpRequest, reference: str) -> HttpResponse:
    """Show and print every Tờ trình and Phiếu trình of a paper, for whoever may follow it."""
    paper, user = found.one(readable(request), reference), person(request)
    if not follows(paper):
        raise NotFound(_("There is no such page, or this account may not read it."))
    noted(request, paper)
    read = [(one, one.wishes) for one in selected.of_document(paper)]
    orders = printing.found([wish for _slip, wishes in read for wish in wishes])
    shown = [
        (slip, records_of(paper, wishes, user, title=slip.prints_title, orders=orders))
        for slip, wishes in read
    ]
    return render(request, "papers/slips.html", {"paper": paper, "slips": shown})
