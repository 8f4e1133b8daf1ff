"""The Bảng tổng hợp, tiếp thu, giải trình of a paper: every round, every remark, what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from documents.exceptions import NotFound
from documents.selectors import papers as found
from workflows.models import Opinion
from workflows.selectors import remarks
from workflows.views.paper import follows, readable
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
    rounds = [
        {
            "round": one,
            "remarks": remarks.of_round(one),
            "silent": [
                opinion.reviewer_title
                for opinion in one.opinions.all()
                if opinion.choice == Opinion.Choice.SILENT and not hasattr(opinion, "late")
            ],
        }
        for one in remarks.rounds_of(paper)
    ]
    return render(request, "papers/summary.html", {"paper": paper, "rounds": rounds})
