"""Chains of replacement in time: which paper is in force on a day, and who follows whom."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.shortcuts import render

from documents.effects import State
from documents.selectors import chains as chained
from documents.selectors import papers
from offices.dates import local_day
from workflows.forms.reading import DayForm
from workflows.selectors import chains as drawn
from workflows.views.frame import frame_of
from workflows.views.paper import readable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from documents.selectors.chains import Chain
    from workflows.selectors.chains import Row

PLANS = "du-kien"


def chains(request: HttpRequest) -> HttpResponse:
    """List the chains the reader may see, with what is in force on a day."""
    today = local_day(frame_of(request).now)
    form = DayForm(request.GET if "ngay" in request.GET else None)
    on = form.on(today)
    context = {
        "chains": chained.every(readable(request), on=on),
        "form": form,
        "on": on,
        "is_today": on == today,
        "place": "chains",
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "chains/list.html", context, status=status)


def chain(request: HttpRequest, reference: str) -> HttpResponse:
    """Draw the chain of one paper on a day; without a script the day is chosen by the form."""
    papers_open = readable(request)
    paper = papers.one(papers_open, reference)
    today = local_day(frame_of(request).now)
    form = DayForm(request.GET if {"ngay", PLANS} & set(request.GET) else None)
    on = form.on(today)
    of_paper = chained.of(paper, papers_open, on=on)
    with_plans = PLANS in request.GET
    context = {
        "paper": paper,
        "chain": of_paper,
        "form": form,
        "has_plans": any(link.is_planned for link in of_paper.links),
        "states": list(State),
        "place": "chains",
        **drawing(of_paper, on=on, today=today, with_plans=with_plans),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "chains/chain.html", context, status=status)


def drawing(of_paper: Chain, *, on: date, today: date, with_plans: bool) -> dict[str, Any]:
    """Give the drawings, the table and the days of the slider."""
    axis = drawn.axis_of(of_paper, on=on, today=today)
    table = drawn.rows(of_paper, on=on, today=today, with_plans=with_plans)
    return {
        "on": on,
        "today": today,
        "with_plans": with_plans,
        "axis": axis,
        "day_number": axis.place(on),
        "wide": drawn.draw_wide(table, axis, on=on, today=today),
        "tall": drawn.draw_tall(table, axis, on=on, today=today),
        "table": [{"row": row, "states": states_of(row)} for row in table],
        "in_force": [row for row in table if row.state in {State.IN_FORCE, State.PARTLY_CEASED}],
        "days": _days(table, today=today),
    }


def states_of(row: Row) -> dict[str, str]:
    """Give what the slider reads from a line: its states by day, and those that are planned."""
    return {
        "first": row.first.value,
        "changes": _written(row.changes),
        "planned": _written(row.planned_changes),
    }


def _written(changes: Iterable[tuple[date, State]]) -> str:
    return json.dumps([[day.isoformat(), state.value] for day, state in changes])


def _days(table: Iterable[Row], *, today: date) -> list[date]:
    """Give the days worth a button: each change, the last day of the year before, today."""
    days = {day for row in table for day, _state in (*row.changes, *row.planned_changes)}
    days |= {today, today.replace(year=today.year - 1, month=12, day=31)}
    return sorted(days)[-8:]
