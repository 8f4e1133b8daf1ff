"""Absence and authority: who acts for whom, recorded by whose right it is or by the superior."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from documents.exceptions import BadInput, Conflict, NotFound
from offices import policies, services
from offices.dates import local_day
from offices.models import Delegation, User
from offices.models.labels import CAPABILITY_LABELS
from offices.roles import Capability
from offices.selectors import acting
from workflows.exceptions import NotPermitted, Refusal
from workflows.forms.absence import AbsenceForm, EndForm, after
from workflows.forms.drafting import FIELDS_OF_WORK
from workflows.views.frame import frame_of
from workflows.views.paper import person

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from offices.selectors.acting import Staffing

WORDS = {
    Delegation.Kind.SUBSTITUTION: "làm thay",
    Delegation.Kind.BY_ORDER: "ký thừa lệnh (TL.)",
    Delegation.Kind.UNDER_DELEGATION: "ký thừa ủy quyền (TUQ.)",
}
FIELD_WORDS = dict(FIELDS_OF_WORK)


@dataclass(frozen=True, slots=True)
class Line:
    """One delegation as the list reads it; `ends` says that this reader may end it early."""

    row: Delegation
    words: str
    what: str
    last_day: date
    given: str
    today: bool
    mine: bool
    ends: EndForm | None


def absences(request: HttpRequest) -> HttpResponse:
    """Show who acts for whom in the reader's offices, and the form of a new absence."""
    return _page(request)


def _page(
    request: HttpRequest,
    *,
    form: AbsenceForm | None = None,
    ending: tuple[int, EndForm] | None = None,
    refused: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    frame, user = frame_of(request), person(request)
    office_ids = frame.standings.reader.office_ids
    staffing = acting.staffing(office_ids, at=frame.now)
    lines = [
        _line(row, user, staffing, today=local_day(frame.now), ending=ending)
        for row in acting.not_over(office_ids, at=frame.now)
    ]
    context = {
        "today": [one for one in lines if one.today],
        "soon": [one for one in lines if not one.today],
        "over": [
            _line(row, user, staffing, today=local_day(frame.now), ending=None)
            for row in acting.over(office_ids, at=frame.now)
        ],
        "form": form or _form(request, staffing),
        "hand_over": _whose_work(request, staffing),
        "may_record": bool(staffing.may_be_recorded_by(user)),
        "refused": refused,
        "place": "absences",
    }
    return render(request, "absence/list.html", context, status=status)


def _whose_work(request: HttpRequest, staffing: Staffing) -> list[tuple[int, str]]:
    """Give whose open work the reader may look through: his own, of those below, of who left."""
    frame, user = frame_of(request), person(request)
    own = staffing.of(user.pk)
    below = staffing.may_be_recorded_by(user)
    left = [
        one
        for one in acting.who_left(frame.standings.reader.office_ids, at=frame.now)
        if any(acting.stands_over(above, one) for above in own)
    ]
    named = {user.pk: "Việc của tôi"}
    named |= {one.user_id: one.user.display_name for one in below if one.user_id != user.pk}
    named |= {one.user_id: f"{one.user.display_name} (đã thôi giữ chức vụ)" for one in left}
    return list(named.items()) if own else []


def _form(request: HttpRequest, staffing: Staffing) -> AbsenceForm:
    frame = frame_of(request)
    today, own = local_day(frame.now), staffing.of(person(request).pk)
    return AbsenceForm(
        request.POST if request.method == "POST" else None,
        posts=staffing.may_be_recorded_by(person(request)),
        people=staffing.people(),
        initial={"begins_on": today, "last_day": today, "post": own[0].pk if own else None},
    )


def _line(
    row: Delegation,
    user: User,
    staffing: Staffing,
    *,
    today: date,
    ending: tuple[int, EndForm] | None,
) -> Line:
    given = row.given_as
    by_another = given is not None and given.pk != row.from_appointment_id
    lasts = row.ends_on > today
    return Line(
        row=row,
        words=WORDS[Delegation.Kind(row.kind)],
        what=_what(row),
        last_day=row.ends_on - timedelta(days=1),
        given=f"{given.post.title} ghi nhận" if given is not None and by_another else "",
        today=row.begins_on <= today,
        mine=user.pk in {row.to_user_id, row.from_appointment.user_id},
        ends=_end_form(row, today, ending) if lasts and _may_end(row, user, staffing) else None,
    )


def _end_form(row: Delegation, today: date, ending: tuple[int, EndForm] | None) -> EndForm:
    if ending is not None and ending[0] == row.pk:
        return ending[1]
    earliest = max(row.begins_on, today)
    return EndForm(initial={"last_day": earliest}, auto_id=f"cham-dut-{row.pk}-%s")


def _may_end(row: Delegation, user: User, staffing: Staffing) -> bool:
    """Whether the policy would let this reader end it: asked of what was read for the page."""
    own = staffing.of(user.pk)
    if any(one.pk == row.from_appointment_id for one in own):
        return True
    if row.kind != Delegation.Kind.SUBSTITUTION:
        return False
    return any(acting.stands_over(one, row.from_appointment) for one in own)


def _what(row: Delegation) -> str:
    said = str(CAPABILITY_LABELS[Capability(row.capability)]) if row.capability else ""
    fields = ", ".join(str(FIELD_WORDS.get(code, code)) for code in row.fields_of_work)
    return "; ".join(part for part in (said, fields and f"lĩnh vực: {fields}") if part)


@require_POST
def record_absence(request: HttpRequest) -> HttpResponse:
    """Record who acts for whom, within which days and on which written basis."""
    frame, user = frame_of(request), person(request)
    staffing = acting.staffing(frame.standings.reader.office_ids, at=frame.now)
    posts = {one.pk: one for one in staffing.may_be_recorded_by(user)}
    if not posts:
        raise NotPermitted(
            _("This account holds no post that another could stand in for."),
            advice=_("An absence is recorded by whoever is away, or by the superior in post."),
        )
    form = _form(request, staffing)
    if not form.is_valid():
        return _page(request, form=form, status=422)
    try:
        made = services.delegate(
            from_appointment=posts[form.cleaned_data["post"]],
            to_user=User.objects.get(pk=form.cleaned_data["to_user"]),
            **form.plan(),
            by=user,
            at=frame.now,
        )
    except (BadInput, Conflict, NotPermitted) as refused:
        return _page(request, form=form, refused=refused, status=refused.status)
    messages.success(
        request,
        _("Recorded: %(name)s acts for %(post)s.")
        % {"name": made.to_user.display_name, "post": made.from_appointment.post.title},
    )
    return redirect("absences")


@require_POST
def end_absence(request: HttpRequest, key: int) -> HttpResponse:
    """End an absence or a right handed over earlier than it says."""
    frame, user = frame_of(request), person(request)
    row = (
        Delegation.objects.filter(
            pk=key, from_appointment__post__office__in=frame.standings.reader.office_ids
        )
        .select_related("to_user", "from_appointment__user", "from_appointment__post__office")
        .first()
    )
    if row is None:
        raise NotFound(_("There is no such absence in this office."))
    policies.check_can_delegate(
        user, row.from_appointment, at=frame.now, footing=Delegation.Kind(row.kind).footing
    )
    form = EndForm(request.POST, auto_id=f"cham-dut-{row.pk}-%s")
    if not form.is_valid():
        return _page(request, ending=(row.pk, form), status=422)
    try:
        services.end_delegation(
            row, ends_on=after(form.cleaned_data["last_day"]), by=user, at=frame.now
        )
    except (BadInput, Conflict) as refused:
        return _page(request, ending=(row.pk, form), refused=refused, status=refused.status)
    messages.success(
        request,
        _("%(name)s acts for another until the end of %(day)s.")
        % {
            "name": row.to_user.display_name,
            "day": form.cleaned_data["last_day"].strftime("%d/%m/%Y"),
        },
    )
    return redirect("absences")
