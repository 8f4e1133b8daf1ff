"""The registers of outgoing documents, as the clerk keeps them and others read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from documents import policies
from documents.exceptions import BadInput, Conflict, NotFound
from documents.models import Register
from documents.selectors import registers as books
from documents.selectors.registers import SERIES
from documents.services import registers as keeping
from offices.dates import local_day
from workflows import policies as acts
from workflows.forms.reading import BookForm
from workflows.forms.registers import AbandonForm, OpenRegisterForm
from workflows.views.finding import page_key, question
from workflows.views.frame import frame_of
from workflows.views.paper import person

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from offices.exceptions import Refusal
    from offices.models import Office


def registers(request: HttpRequest) -> HttpResponse:
    """List the registers of the reader's offices, with what waits for a number."""
    return _list(request, OpenRegisterForm(initial={"year": _today(request).year, "after": 0}))


def _list(
    request: HttpRequest,
    form: OpenRegisterForm,
    *,
    refused: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    office_ids = _office_ids(request)
    waiting = books.waiting(office_ids)
    context = {
        "registers": books.of_office(office_ids),
        "counters": books.counters(office_ids),
        "numbering_words": _numbering_words(sum(waiting.values())),
        "open_form": form,
        "refused": refused,
        "barred": _barred(request, _own_office(request)),
        "place": "registers",
    }
    return render(request, "registers/list.html", context, status=status)


@require_POST
def open_register(request: HttpRequest) -> HttpResponse:
    """Open the register of a series after the last number of its paper book."""
    form = OpenRegisterForm(request.POST)
    office = _own_office(request)
    if office is None:
        raise NotFound(_("This account belongs to no office, so it has no registers."))
    if not form.is_valid():
        policies.check_can_keep_registers(person(request), office, at=frame_of(request).now)
        return _list(request, form, status=422)
    try:
        register = keeping.open_register(
            office=office, **form.cleaned_data, by=person(request), at=frame_of(request).now
        )
    except (BadInput, Conflict) as refused:
        return _list(request, form, refused=refused, status=refused.status)
    messages.success(request, _("The register %(name)s is open.") % {"name": register})
    return redirect("register", key=register.pk)


def register(request: HttpRequest, key: int) -> HttpResponse:
    """Show a register: ten columns and the effect on a day, as known on a day."""
    book = _one(request, key)
    chosen = request.GET.get("so", "")
    if chosen.isascii() and chosen.isdigit() and int(chosen) != book.pk:
        return redirect_to(request, int(chosen))
    return _page(request, book, AbandonForm(initial={"number": book.last_number + 1}))


def redirect_to(request: HttpRequest, key: int) -> HttpResponse:
    """Go on to another register with the same question."""
    _one(request, key)
    response = redirect("register", key=key)
    response["Location"] += f"?{question(request.GET, 'so', 'sau').removeprefix('&')}"
    return response


def _page(
    request: HttpRequest,
    register: Register,
    abandon: AbandonForm,
    *,
    refused: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    frame, today = frame_of(request), _today(request)
    choices = books.of_office(_office_ids(request))
    form = BookForm(
        {"so": str(register.pk)} | request.GET.dict() if request.GET else None,
        registers=[(str(one.pk), _title(one)) for one in choices],
        initial={"so": str(register.pk)},
    )
    asked = form.asked()
    wanted = books.Wanted(
        on=form.on(today),
        text=asked.get("tim", ""),
        state=asked.get("hieu_luc", ""),
        known_at=form.known_at(),
        after=page_key(request, "sau"),
        before=page_key(request),
    )
    waiting = books.waiting([register.office_id]).get(register.symbol, 0)
    context = {
        "register": register,
        "title": _title(register),
        "book": books.book(register, wanted),
        "form": form,
        "filtered": bool(asked.keys() - {"so"}),
        "on": wanted.on,
        "is_today": wanted.on == today,
        "known_on": asked.get("biet") or local_day(frame.now),
        "query": question(request.GET, "sau"),
        "numbering_words": _numbering_words(waiting),
        "barred": _barred(request, register.office),
        "next_words": str(abandon["number"].value() or "").zfill(2),
        "abandon": abandon if _is_current(register, today) else None,
        "refused": refused,
        "place": "registers",
    }
    if form.is_bound and form.errors:
        status = 422
    return render(request, "registers/register.html", context, status=status)


@require_POST
def abandon_number(request: HttpRequest, key: int) -> HttpResponse:
    """Leave the next number unused, with the reason; the line stays in the book."""
    register = _one(request, key)
    user, at = person(request), frame_of(request).now
    policies.check_can_keep_registers(user, register.office, at=at)
    form = AbandonForm(request.POST)
    if not form.is_valid():
        return _page(request, register, form, status=422)
    try:
        entry = keeping.abandon_number(
            office=register.office,
            series=SERIES[register.symbol],
            expected=form.cleaned_data["number"],
            because=form.cleaned_data["because"],
            by=user,
            at=at,
            on=local_day(at),
        )
    except (BadInput, Conflict) as refused:
        return _page(request, register, form, refused=refused, status=refused.status)
    messages.success(
        request,
        _("Number %(number)s is left unused; the reason stands in its line.")
        % {"number": f"{entry.number:02d}"},
    )
    return redirect("register", key=register.pk)


def _one(request: HttpRequest, key: int) -> Register:
    """Give a register of the reader's offices; 404 for any other, also for mere counters."""
    found = (
        Register.objects.filter(pk=key, office__in=_office_ids(request), symbol__in=SERIES)
        .select_related("office")
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such register in this office."))
    return found


def _office_ids(request: HttpRequest) -> Collection[int]:
    person(request)
    return frame_of(request).standings.reader.office_ids


def _own_office(request: HttpRequest) -> Office | None:
    posts = frame_of(request).standings.posts
    return posts[0].office if posts else None


def _today(request: HttpRequest) -> date:
    return local_day(frame_of(request).now)


def _barred(request: HttpRequest, office: Office | None) -> Any:
    """Give why the reader keeps no register here; None for the clerk."""
    if office is None:
        return _("This account belongs to no office, so it has no registers.")
    frame = frame_of(request)
    return acts.refusal(policies.check_can_keep_registers, person(request), office, at=frame.now)


def _is_current(register: Register, today: date) -> bool:
    """Whether the next number of the series would be taken here today."""
    return SERIES[register.symbol].year(today) == register.year


def _title(register: Register) -> str:
    """Name a register as its cover does: "QĐ-CT, năm 2023"."""
    return f"{register.symbol}, năm {register.year}" if register.year else register.symbol


def _numbering_words(waiting: int) -> str:
    """Word the button to what waits for a number; nothing where nothing waits."""
    return f"Cấp số ({waiting} đang chờ)" if waiting else ""
