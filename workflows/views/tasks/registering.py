"""Step 9, Cấp số: the next number shown, the date, what the clerk should look at; or refuse."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from documents.effects import State
from documents.models import Register
from documents.numbering import Series, series_of
from documents.services.issuing import effective_day
from offices.dates import local_day, vn_date, vn_weekday
from workflows import policies
from workflows.forms.issuing import RegisterForm
from workflows.services import issuing
from workflows.views.tasks.returning import REFUSE
from workflows.views.tasks.steps import Act, Facts, Step, by_case

if TYPE_CHECKING:
    from workflows.views.tasks.turn import Turn


@dataclass(frozen=True, slots=True)
class NextNumber:
    """The number a paper would get now; another paper may still come first."""

    number: str
    symbol: str
    register: Register | None

    @property
    def words(self) -> str:
        """Number and symbol as they would be printed."""
        return f"{self.number}/{self.symbol}" if self.symbol else self.number


def next_number(turn: Turn, day: date) -> NextNumber:
    """Look what the register would give on a day, without taking it."""
    series: Series = series_of(turn.document.kind, turn.document.authority_kind)
    register = Register.objects.filter(
        office=turn.document.office, symbol=series.symbol, year=series.year(day)
    ).first()
    number, symbol = series.written((register.last_number if register else 0) + 1)
    return NextNumber(number=number, symbol=symbol, register=register)


def first_day(turn: Turn) -> Facts:
    """Propose today as the date on the paper."""
    return {"dated_on": local_day(turn.at)}


def shown(turn: Turn) -> Facts:
    """Give the number it would get, the signature, the sheets, and what to look at first."""
    coming = next_number(turn, local_day(turn.at))
    return {
        "coming": coming,
        "warnings": warnings(turn, coming),
        "signature": getattr(turn.revision, "signature", None),
        "sheets": turn.sheets(),
    }


def warnings(turn: Turn, coming: NextNumber) -> list[str]:
    """Say what a careful clerk would notice; nothing here bars the act."""
    today = local_day(turn.at)
    said = []
    signature = getattr(turn.revision, "signature", None)
    if signature is not None:
        last_day = turn.calendar.next_working_day(local_day(signature.signed_at))
        if today > last_day:
            said.append(
                _(
                    "Signed on %(signed)s; it was to be numbered by %(day)s (Decree 30/2020 art. 15)."
                )
                % {"signed": vn_date(signature.signed_at), "day": vn_weekday(last_day)}
            )
    if not turn.calendar.is_working_day(today):
        said.append(_("%(day)s is no working day of the office.") % {"day": vn_weekday(today)})
    begins = effective_day(turn.content, dated_on=today)
    if begins < today:
        said.append(
            _(
                "Its text names %(day)s as its day of effect, which is past: dated today, it is refused."
            )
            % {"day": vn_date(begins)}
        )
    if coming.register is None:
        series = series_of(turn.document.kind, turn.document.authority_kind)
        said.append(
            _("The register has no number of this year yet; the series begins at 01.")
            if series.yearly
            else _(
                "The register has no number yet; the series begins at 01 and runs over the years."
            )
        )
    said += [
        _("%(title)s, which this paper acts on, is out of force already.")
        % {"title": relation.target.title}
        for relation in turn.acts_on
        if turn.legal[relation.target_id].state in {State.CEASED, State.RECALLED}
    ]
    return said


def register(turn: Turn, form: RegisterForm) -> object:
    """Give the number and the date."""
    return issuing.register(
        case_id=turn.case.pk,
        ticket=form.ticket(),
        dated_on=form.cleaned_data["dated_on"],
        by=turn.by,
        at=turn.at,
    )


STEP = Step(
    node="register",
    template="tasks/register.html",
    check=by_case(policies.check_can_register),
    acts=(
        Act("cap-so", RegisterForm, register, initial=first_day),
        REFUSE,
    ),
    shown=shown,
)
