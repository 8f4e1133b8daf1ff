"""The objectives of a year for the management review, as a page and as a table."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from documents.exceptions import NotFound
from documents.selectors import reviews
from offices.dates import local_day
from workflows.views.frame import frame_of
from workflows.views.results_table import as_csv, lines_of_year

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

# Until so long into a year people speak of the year before.
_LOOKING_BACK = timedelta(days=90)
_YEAR = re.compile(r"[0-9]{4}")


@require_safe
def year_review(request: HttpRequest) -> HttpResponse:
    """Show how the objectives of a year came out, paper by paper, and why where they did not."""
    office_ids = frame_of(request).standings.reader.office_ids
    known = reviews.years(office_ids)
    context = {"review": _review(request, known), "years": known}
    return render(request, "objectives/year.html", context)


@require_safe
def year_review_csv(request: HttpRequest) -> HttpResponse:
    """Give the review as a table for a spreadsheet, a line for each objective."""
    office_ids = frame_of(request).standings.reader.office_ids
    review = _review(request, reviews.years(office_ids))
    return as_csv(lines_of_year(review), filename=f"muc-tieu-nam-{review.year}.csv")


def _review(request: HttpRequest, known: list[int]) -> reviews.Review:
    """The year asked for; else the one people speak of, or the newest that has results."""
    frame = frame_of(request)
    today = local_day(frame.now)
    given = request.GET.get("nam", "")
    spoken_of = (today - _LOOKING_BACK).year
    year = spoken_of if spoken_of in known else next(iter(known), spoken_of)
    if given:
        if not (_YEAR.fullmatch(given) and 1990 <= int(given) <= 2200):
            raise NotFound(_("There is no such year."), advice=_("Choose a year from the list."))
        year = int(given)
    return reviews.of_year(frame.standings.reader.office_ids, year, on=today)
