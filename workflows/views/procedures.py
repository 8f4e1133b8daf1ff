"""The procedure itself, for whoever works by it: drawn, told in a table, given as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from documents.exceptions import NotFound
from workflows import bpmn, policies
from workflows.selectors import durations
from workflows.selectors import procedures as drawings
from workflows.views.frame import frame_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from workflows.bpmn import Drawn


# A file that stands by itself has no stylesheet beside it: the day's colours, and no night.
STYLE = """
svg { background: #fff; fill: #14211f; font: 12px "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif; }
.pool, .lane { fill: none; stroke: #74827e; }
.poolt { text-anchor: middle; }
.poolt, .lanet, .title { font-size: 13px; font-weight: 650; }
.arrow, .sign { fill: none; stroke: #3f4f4b; stroke-width: 1.5; }
.tip { fill: #3f4f4b; }
.step rect, .gate, .event circle { fill: #fff; stroke: #3f4f4b; stroke-width: 1.5; }
.end circle { stroke-width: 3; }
"""


def svg(drawn: Drawn) -> bytes:
    """Write a drawn procedure as an SVG file that stands by itself, in UTF-8."""
    drawing = bpmn.picture(drawn)
    size = f'width="{drawing.width}" height="{drawing.height}"'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" lang="vi" viewBox="0 0 {drawing.width} '
        f'{drawing.height}" {size}>',
        f"<title>{escape(drawing.name)}</title>",
        f"<style>{STYLE}</style>",
        render_to_string("procedures/shapes.html", {"drawing": drawing, "leads": ""}),
        "</svg>",
    ]
    return "\n".join(lines).encode()


# How a procedure is given as a file, and what kind of file that is.
FORMATS: dict[str, tuple[Callable[[Drawn], bytes], str]] = {
    "bpmn": (bpmn.bpmn, "application/xml"),
    "svg": (svg, "image/svg+xml"),
}


def procedure(request: HttpRequest, name: str) -> HttpResponse:
    """Show a procedure: the drawing, and its steps with who does each and where it leads."""
    drawn = _drawn(name)
    held = {one.capability for one in frame_of(request).standings}
    context = {
        "name": name,
        "sees_pace": bool(held & policies.LOOK_BACK),
        "drawing": bpmn.picture(drawn),
        "says": drawn.diagram.says,
        "lines": bpmn.told(drawn.diagram),
        "place": "documents",
    }
    return render(request, "procedures/procedure.html", context)


@require_safe
def procedure_pace(request: HttpRequest, name: str) -> HttpResponse:
    """Show how long each step took in the cases that ended within a year, drawn and as a table."""
    frame = frame_of(request)
    office_ids = policies.check_can_see_pace(frame.standings)
    drawn = _drawn(name)
    steps = durations.of_flow(bpmn.procedure(name), office_ids, at=frame.now)
    context = {
        "name": name,
        "drawing": durations.picture(name, steps),
        "title": drawn.diagram.name,
        "steps": steps,
        "place": "documents",
    }
    return render(request, "procedures/pace.html", context)


def procedure_file(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """Give a procedure as BPMN 2.0 or as SVG, to be kept."""
    drawn = _drawn(name)
    write, media_type = FORMATS[form]
    response = HttpResponse(write(drawn), content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"{name}.{form}"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _drawn(name: str) -> Drawn:
    try:
        return drawings.drawn(name)
    except KeyError as unknown:
        raise NotFound(_("There is no such procedure.")) from unknown
