"""The Bảng tổng hợp, tiếp thu, giải trình of a paper: every round, every remark, what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from documents.exceptions import NotFound
from documents.selectors import papers as found
from workflows.selectors import remarks
from workflows.selectors.printed import PRINTS, wishes_of_remarks
from workflows.views.paper import follows, person, readable
from workflows.views.print_lines import records_of
from workflows.views.viewed import noted

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def summary(request: HttpRequest, reference: str) -> HttpResponse:
    """Show and print the remarks of every round on a paper, for whoever may follow it."""
    paper = found.one(readable(request), reference)
    if not follows(paper):
        raise NotFound(_("There is no such page, or this account may not read it."))
    noted(request, paper)
    read = list(remarks.rounds_of(paper))
    rounds = [
        {
            "round": one,
            "remarks": remarks.of_round(one),
            "silent": remarks.silent_of(one),
        }
        for one in read
    ]
    wanted = wishes_of_remarks(paper, read)
    records = records_of(paper, wanted, person(request), title=PRINTS) if wanted else None
    context = {"paper": paper, "rounds": rounds, "records": records}
    return render(request, "papers/summary.html", context)
