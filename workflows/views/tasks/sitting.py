"""The page on which a signatory signs several papers, each with its own check and its own answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents.policies import check_can_follow
from documents.signing import signature_block
from offices import selectors as offices
from offices.dates import local_day
from offices.roles import Capability
from workflows import engine
from workflows.exceptions import BadInput, NotPermitted, Refusal
from workflows.forms.deciding import SittingForm
from workflows.policies import RULE_OF_NODE
from workflows.selectors.desk import Desk
from workflows.selectors.sitting import MOST_IN_ONE_SITTING, Summary, summaries
from workflows.services import sitting
from workflows.services.sitting import Result, Sheet
from workflows.views.desk import sorted_work
from workflows.views.frame import frame_of
from workflows.views.paper import person
from workflows.views.viewed import noted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse
    from viewflow.workflow.models import Task

    from workflows.selectors.desk import Item
    from workflows.services.acts import Ticket


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of the sitting: its summary, the line it has on the desk, the block it would bear."""

    summary: Summary
    item: Item
    block: tuple[str, ...]

    @property
    def task_id(self) -> int:
        """The key of its open task."""
        return self.item.task_id


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one paper: its task, its words, and the refusal or nothing."""

    task_id: int
    title: str
    refused: Refusal | None


@require_http_methods(["GET", "HEAD", "POST"])
def sign_many(request: HttpRequest) -> HttpResponse:
    """Show what waits for the signatory; sign what was checked, and say of each what became of it."""
    frame = frame_of(request)
    if Capability.SIGN not in frame.standings.capabilities:
        raise NotPermitted(str(RULE_OF_NODE["sign"].sentence))
    if request.method != "POST":
        return _page(request)
    form = SittingForm(request.POST)
    if not form.is_valid():
        return _page(request, form=form, status=422)
    found = [_found(request, ticket) for ticket in form.tickets()]
    sheets = [Sheet(task.process_id, ticket) for ticket, task, _refused in found if task]
    try:
        results = (
            sitting.sign_each(
                sheets=sheets,
                password=form.cleaned_data["password"],
                by=person(request),
                at=frame.now,
            )
            if sheets
            else []
        )
    except BadInput as refused:
        form.add_error(refused.facts.get("field"), refused.sentence)
        return _page(request, form=form, status=refused.status)
    unknown = [Line(ticket.task_id, "", refused) for ticket, _task, refused in found if refused]
    return _page(request, lines=[*_lines(results), *unknown])


def _found(request: HttpRequest, ticket: Ticket) -> tuple[Ticket, Task | None, Refusal | None]:
    """Read a task the form names; who may not follow its paper does not learn that it exists."""
    frame = frame_of(request)
    task = engine.find(ticket.task_id)
    try:
        if task is None:
            raise NotPermitted(_("There is no such paper, or it is not open to this account."))
        check_can_follow(
            person(request),
            task.process.case.document,
            at=frame.now,
            reader=frame.standings.reader,
        )
    except Refusal as refused:
        return ticket, None, refused
    return ticket, task, None


def _lines(results: Sequence[Result]) -> list[Line]:
    lines = []
    for result in results:
        task = engine.find(result.sheet.ticket.task_id)
        title = task.process.case.document.subject if task is not None else ""
        lines.append(Line(result.sheet.ticket.task_id, title, result.refused))
    return lines


def _page(
    request: HttpRequest,
    *,
    form: SittingForm | None = None,
    lines: Sequence[Line] = (),
    status: int = 200,
) -> HttpResponse:
    frame, user = frame_of(request), person(request)
    with offices.asked_once(user, at=frame.now):
        papers = _papers(request)
    noted(request, *(paper.item.document for paper in papers))
    open_to_it = [paper for paper in papers if not paper.summary.alone]
    together = open_to_it[:MOST_IN_ONE_SITTING]
    if form is None:
        digests = {one.task_id: one.summary.case.revision.content_digest for one in together}
        form = SittingForm(shown=digests)
    else:
        # What came meanwhile was not shown when the boxes were checked.
        together = [one for one in open_to_it if one.task_id in form.tasks]
    context = {
        "form": form,
        "together": [(paper, form.tick_of(paper.task_id)) for paper in together],
        "alone": [paper for paper in papers if paper.summary.alone],
        "left": len(open_to_it) - len(together),
        "most": MOST_IN_ONE_SITTING,
        "lines": lines,
        "signed": sum(line.refused is None for line in lines),
        "place": "desk",
    }
    return render(request, "tasks/sign_many.html", context, status=status)


def _papers(request: HttpRequest) -> list[Paper]:
    """Give what waits for the signatory's own decision, the most urgent first."""
    frame = frame_of(request)
    one = Desk(person(request), frame.now, frame.standings)
    items = [item for item in sorted_work(one).mine if item.node == "sign" and not item.second]
    items.sort(key=lambda item: (item.due is None, item.due and item.due.due_at, item.task_id))
    found = summaries([item.case for item in items], on=local_day(frame.now))
    return [Paper(summary, item, _block(item)) for summary, item in zip(found, items, strict=True)]


def _block(item: Item) -> tuple[str, ...]:
    mode = item.standing.signing_mode
    if mode is None:
        return ()
    return signature_block(item.document.authority_kind, mode, item.standing.own_lines)
