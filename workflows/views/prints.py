"""The prints of a paper: what may be printed, how far it is, and the file when it is ready."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents.exceptions import BadInput, Conflict, NotFound
from documents.models import PrintOrder, Revision
from documents.selectors import papers as found
from documents.selectors import state
from documents.services import wishes
from offices import clock
from offices.dates import local_day
from workflows.forms.prints import PrintForm, RecordForm, VersionForm
from workflows.selectors import minutes, printed, remarks, slips
from workflows.services import printing as prints
from workflows.views.frame import frame_of
from workflows.views.handing_out import hand_out, saved_as
from workflows.views.paper import follows, person, readable
from workflows.views.print_lines import prints_of, records_of
from workflows.views.viewed import noted

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from documents.models import Document
    from documents.services.wishes import Wish

ENDINGS = {PrintOrder.Form.PDF: "pdf", PrintOrder.Form.DOCX: "docx"}


@require_http_methods(["GET", "HEAD", "POST"])
def paper_prints(request: HttpRequest, reference: str) -> HttpResponse:
    """Show how far the prints are, for a page that asks again; a POST orders one."""
    paper = found.one(readable(request), reference)
    if request.method == "POST":
        return _order(request, paper)
    form = VersionForm(request.GET)
    if not request.headers.get("HX-Request") or not form.is_valid():
        return HttpResponseRedirect(_back(paper, None, form))
    revision = _revision(paper, form.cleaned_data["ban"])
    on = form.cleaned_data["ngay"] or local_day(frame_of(request).now)
    legal = state.legal([paper], on=on)[paper.pk]
    context = {
        "paper": paper,
        "prints": prints_of(paper, revision, person(request), legal=legal, on=on),
        "one_version": form.cleaned_data["rieng"],
    }
    return render(request, "papers/prints.html", context)


def _order(request: HttpRequest, paper: Document) -> HttpResponse:
    frame, user = frame_of(request), person(request)
    form = PrintForm(request.POST)
    if not form.is_valid():
        raise BadInput(
            _("This form does not say what to print; nothing was ordered."),
            advice=_("Open the paper again and choose a print there."),
        )
    asked = form.cleaned_data
    on = asked["ngay"] or local_day(frame.now)
    revision = _revision(paper, asked["ban"])
    legal = state.legal([paper], on=on)[paper.pk]
    wanted = wishes.of_version(paper, revision, legal=legal, on=on)
    wish = next((w for w in wanted if (w.what, w.form) == (asked["loai"], asked["dang"])), None)
    if wish is None:
        raise Conflict(
            _("This version is not printed this way any more: its stage has changed."),
            advice=_("Open the paper again and choose a print there."),
        )
    prints.order_print(document=paper, wish=wish, by=user, at=frame.now, real_at=clock.real_now())
    return HttpResponseRedirect(_back(paper, revision, form))


def _revision(paper: Document, ordinal: int) -> Revision:
    """One version the person may read: of a paper they do not follow the issued one alone."""
    revision = (
        Revision.objects.filter(document=paper, ordinal=ordinal)
        .select_related("signature")
        .without_bytes()
        .first()
    )
    if revision is None or not (follows(paper) or wishes.is_issued(revision)):
        raise NotFound(_("This paper has no such version."))
    return revision


def _back(paper: Document, revision: Revision | None, form: VersionForm) -> str:
    """The address of the page the form stood on, at its prints."""
    asked = getattr(form, "cleaned_data", {})
    own_page = revision is not None and asked.get("rieng")
    address = (
        reverse("revision", args=[paper.reference, revision.ordinal])
        if own_page and revision is not None
        else reverse("document", args=[paper.reference])
    )
    day = asked.get("ngay")
    query = f"?{urlencode({'ngay': day.isoformat()})}" if day else ""
    return f"{address}{query}#ban-in"


@require_POST
def cancel_print(request: HttpRequest, reference: str, key: int) -> HttpResponse:
    """Cancel a print that is under way."""
    paper = found.one(readable(request), reference)
    placed = _placed(paper, key)
    prints.cancel_print(document=paper, placed=placed, by=person(request), real_at=clock.real_now())
    if placed.what in wishes.RECORDS:
        return redirect(_record(paper, placed.what, placed.about).page)
    return redirect(f"{reverse('document', args=[paper.reference])}#ban-in")


@require_safe
def print_file(request: HttpRequest, reference: str, key: int) -> HttpResponse:
    """Give a print to whoever may read the paper; its bytes are proved before they leave."""
    paper = found.one(readable(request), reference)
    placed = _placed(paper, key)
    if placed.rendition is None:
        raise NotFound(_("This print is not ready."), advice=_("Look again in a moment."))
    name = _file_name(paper, placed)
    response = hand_out(placed.rendition, disposition=saved_as(name, plain=name))
    noted(request, paper)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def record_prints(request: HttpRequest, reference: str) -> HttpResponse:
    """Show how far the prints of a record are, for a page that asks again; a POST orders one."""
    paper, user = found.one(readable(request), reference), person(request)
    if not follows(paper):
        raise NotFound(_("There is no such page, or this account may not read it."))
    form = RecordForm(request.POST if request.method == "POST" else request.GET)
    if not form.is_valid():
        if request.method != "POST":
            return redirect("document", paper.reference)
        raise BadInput(
            _("This form does not say what to print; nothing was ordered."),
            advice=_("Open the paper again and choose a print there."),
        )
    record = _record(paper, form.cleaned_data["loai"], form.cleaned_data["so"])
    if request.method != "POST":
        if not request.headers.get("HX-Request"):
            return HttpResponseRedirect(record.page)
        shown = records_of(paper, record.wishes, user, title=record.title)
        return render(request, "papers/record_prints.html", {"records": shown})
    wish = next((one for one in record.wishes if one.form == form.cleaned_data["dang"]), None)
    if wish is None:
        raise BadInput(_("This form does not say what to print; nothing was ordered."))
    prints.order_print(
        document=paper, wish=wish, by=user, at=frame_of(request).now, real_at=clock.real_now()
    )
    return HttpResponseRedirect(record.page)


@dataclass(frozen=True, slots=True)
class _Record:
    """What the procedure wrote about a paper, with the page on which it stands."""

    title: str
    page: str
    wishes: list[Wish]


def _record(paper: Document, what: str, about: int | None) -> _Record:
    """Find the minutes of a meeting about a paper, its note, slip or table of remarks; 404 for none."""
    if what == PrintOrder.What.MINUTES:
        sheet = minutes.sheet_of(about or 0)
        if sheet is not None and sheet.minutes.round.case.document_id == paper.pk:
            page = (
                f"{reverse('minutes', args=[sheet.minutes.round.case_id])}#ban-in-minutes-{about}"
            )
            return _Record(sheet.prints_title, page, printed.wishes_of_minutes(sheet))
    elif what in slips.SLIPS:
        slip = slips.one_of(paper, what, about or 0)
        if slip is not None:
            page = f"{reverse('slips', args=[paper.reference])}#ban-in-{what}-{about}"
            return _Record(slip.prints_title, page, slip.wishes)
    else:
        wanted = printed.wishes_of_remarks(paper, list(remarks.rounds_of(paper)))
        if wanted:
            page = f"{reverse('summary_of_remarks', args=[paper.reference])}#ban-in-remarks"
            return _Record(printed.PRINTS, page, wanted)
    raise NotFound(_("This paper has no such print."))


def _placed(paper: Document, key: int) -> PrintOrder:
    placed = (
        PrintOrder.objects.filter(pk=key, revision__document=paper)
        .select_related("rendition", "revision")
        .first()
    )
    if placed is None or not (follows(paper) or _is_of_the_issued(placed)):
        raise NotFound(_("This paper has no such print."))
    return placed


def _is_of_the_issued(placed: PrintOrder) -> bool:
    """Whether a print is of the issued paper itself, not of how it came about."""
    return wishes.is_issued(placed.revision) and placed.what not in wishes.RECORDS


def _file_name(paper: Document, placed: PrintOrder) -> str:
    """The reference of the paper, what the print counts as, and its day: "BH-2024-0001 ban-sao …"."""
    words = {
        PrintOrder.What.PAPER: "",
        PrintOrder.What.COPY: f"-ban-sao-{placed.on}",
        PrintOrder.What.DRAFT: f"-du-thao-{placed.revision.ordinal}",
        PrintOrder.What.MINUTES: f"-bien-ban-{placed.about}",
        PrintOrder.What.REMARKS: "-tong-hop-y-kien",
        PrintOrder.What.NOTE: f"-to-trinh-{placed.about}",
        PrintOrder.What.SLIP: f"-phieu-trinh-{placed.about}",
    }
    ending = ENDINGS[PrintOrder.Form(placed.form)]
    return f"{paper.reference}{words[PrintOrder.What(placed.what)]}.{ending}"
