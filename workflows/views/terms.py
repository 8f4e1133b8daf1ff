"""The page of an office's terms: how long each step may take, by what, and who sets it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from offices import services
from offices.dates import local_day
from offices.models import Office, StepTerms
from offices.policies import check_can_administer
from offices.roles import Capability
from workflows.deadlines import CONFIRM, LEVELS, MINUTES, ROUND, WITH_TERM, levels_of
from workflows.exceptions import BadInput, Conflict, Refusal
from workflows.forms.terms import TermsForm, level_in_words
from workflows.policies import refusal
from workflows.selectors.terms import Terms, in_words, terms_of
from workflows.views.frame import frame_of
from workflows.views.paper import person

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

TITLES = {
    "propose": "Trình",
    "allow_urgent": "Cho đi trước khi lấy ý kiến",
    "answer_refusal": "Xử lý khi không được xác nhận",
    "open_round": "Mở lượt lấy ý kiến",
    ROUND: "Lượt lấy ý kiến, do người mở chọn; đề xuất",
    MINUTES: "Ghi biên bản, kể từ giờ họp",
    "conclude": "Kết luận",
    "check_form": "Thẩm tra, kiểm tra thể thức",
    "sign": "Ký ban hành",
    "register": "Cấp số, vào sổ",
    "issue": "Đóng dấu, phát hành",
    CONFIRM: "Xác nhận sau khi phát hành, từ lúc phát hành đến kết luận",
    "receive_return": "Giao sửa lại",
    "rework": "Hoàn thiện dự thảo",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One step: its term at each level it has, named, and the sentences that say by what these count.

    A step with one term has it at every level.
    """

    title: str
    terms: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]


@require_http_methods(["GET", "HEAD", "POST"])
def office_terms(request: HttpRequest) -> HttpResponse:
    """Show the terms that count in the reader's office; set or withdraw them, as its administrator.

    `?thay=` names by its day what has not begun and is to be replaced; `rut` what is withdrawn.
    """
    frame, by = frame_of(request), person(request)
    office = _office(request)
    barred = refusal(check_can_administer, by, office, at=frame.now)
    if request.method == "POST":
        check_can_administer(by, office, at=frame.now)
    terms, coming = terms_of(office, at=frame.now), _coming(request, office)
    replaces = _day(request.GET.get("thay", ""))
    withdraws = _day(request.POST.get("rut", ""))
    # A change rests on the terms set last: those that have not begun would else be lost by it.
    before = next((one for one in coming if one.begins_on == replaces), None)
    latest = Terms(before or coming[-1]) if coming else terms
    form = TermsForm(
        None if withdraws else request.POST or None,
        terms=latest,
        titles=TITLES,
        replaces=replaces,
        citation=before.citation if before is not None else "",
    )
    refused: Refusal | None = None
    if request.method == "POST" and (withdraws or form.is_valid()):
        given: dict[str, Any] = {"office": office, "by": by, "at": frame.now}
        try:
            said = _withdrawn(withdraws, given) if withdraws else _set(form, latest, given)
        except (BadInput, Conflict) as error:
            refused = error
        else:
            messages.success(request, said)
            return redirect(_address(request))
    context = {
        "office": office,
        "terms": terms,
        "lines": [_line(node, terms) for node in WITH_TERM],
        "levels": [level_in_words(level) for level in LEVELS],
        "coming": coming,
        "form": form if barred is None else None,
        "replaces": replaces,
        "address": _address(request),
        "refused": refused,
    }
    status = refused.status if refused is not None else (422 if form.errors else 200)
    return render(request, "terms/terms.html", context, status=status)


def _set(form: TermsForm, latest: Terms, given: dict[str, Any]) -> str:
    """Set the terms of the form, in the place of others where it says so."""
    services.set_terms(
        lengths=form.lengths(latest),
        citation=form.cleaned_data["citation"],
        begins_on=form.cleaned_data["begins_on"],
        instead=form.replaces is not None,
        **given,
    )
    return _("The terms are kept; they count for what begins then.")


def _withdrawn(begins_on: date, given: dict[str, Any]) -> str:
    services.withdraw_terms(begins_on=begins_on, **given)
    return _("The terms are withdrawn; those before them go on.")


def _coming(request: HttpRequest, office: Office) -> list[StepTerms]:
    """Give the terms that have not begun, in the order in which they will."""
    rows = StepTerms.objects.counting().filter(office=office)
    return list(rows.filter(begins_on__gt=local_day(frame_of(request).now)).order_by("begins_on"))


def _day(written: str) -> date | None:
    """Read a day of an address or a button; nothing there is no day, and 404 what is none."""
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError as unread:
        raise Http404 from unread


def _address(request: HttpRequest) -> str:
    """Give the page of the same office, without what was to be replaced."""
    key = request.GET.get("co_quan", "")
    query = f"?{urlencode({'co_quan': key})}" if key else ""
    return f"{reverse('office_terms')}{query}"


def _office(request: HttpRequest) -> Office:
    """Give the office asked for where the reader serves it; that of the first post otherwise."""
    standings = frame_of(request).standings
    kept = standings.object_ids(Capability.ADMINISTER)
    served = {one.office.pk for one in standings.posts}
    asked = Office.objects.filter(pk__in={*kept, *served})
    key = request.GET.get("co_quan", "")
    found = asked.filter(key=key).first() if key else asked.order_by("pk").first()
    if found is None:
        raise Http404
    return found


def _line(node: str, terms: Terms) -> Line:
    levels = levels_of(node)
    found = [(level_in_words(level), terms.of(node, level)) for level in levels]
    return Line(
        title=TITLES[node],
        terms=tuple((level, in_words(one)) for level, one in found if one is not None),
        sources=tuple(dict.fromkeys(terms.source(node, level) for level in levels)),
    )
