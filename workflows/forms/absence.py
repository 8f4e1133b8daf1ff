"""What is said of an absence or a right handed over: whose, by whom, what, until when, on what."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from offices.models import Delegation
from offices.models.labels import CAPABILITY_LABELS
from offices.roles import DECISIONS, Capability
from workflows.forms.drafting import FIELDS_OF_WORK
from workflows.forms.reading import EARLIEST, LATEST, NO_SUCH_DAY

if TYPE_CHECKING:
    from offices.models import Appointment

LONGEST_BASIS = 500
FOOTINGS = (
    (Delegation.Kind.SUBSTITUTION, _("Absent: another stands in")),
    (Delegation.Kind.UNDER_DELEGATION, _("TUQ.: the head of a unit signs by authorisation")),
    (Delegation.Kind.BY_ORDER, _("TL.: the head of a unit signs by the working regulation")),
)
WHOLE = ("", _("All that the post may do"))


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        validators=[
            MinValueValidator(EARLIEST, NO_SUCH_DAY),
            MaxValueValidator(LATEST, NO_SUCH_DAY),
        ],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class AbsenceForm(forms.Form):
    """Who acts for whom; the last day counts, as one says it in an office."""

    post = forms.TypedChoiceField(label=_("Whose post"), coerce=int)
    kind = forms.ChoiceField(label=_("On what footing"), choices=FOOTINGS)
    to_user = forms.TypedChoiceField(label=_("Who acts"), coerce=int)
    begins_on = _day(_("From the day"))
    last_day = _day(_("Until the end of"))
    capability = forms.ChoiceField(
        label=_("What for"),
        required=False,
        help_text=_("TL. and TUQ. are always for signing."),
        choices=[
            WHOLE,
            *((one.value, CAPABILITY_LABELS[one]) for one in Capability if one in DECISIONS),
        ],
    )
    fields_of_work = forms.MultipleChoiceField(
        label=_("Only in these fields of work"),
        required=False,
        choices=FIELDS_OF_WORK,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("For signing. None chosen: every field of the post."),
    )
    legal_basis = forms.CharField(
        label=_("Written basis"),
        max_length=LONGEST_BASIS,
        help_text=_("Number, date and issuer of the assignment, or the article of the regulation."),
    )

    def __init__(
        self, *args: Any, posts: list[Appointment], people: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **{"auto_id": "vang-mat-%s", **kwargs})
        held = cast("forms.TypedChoiceField", self.fields["post"])
        held.choices = [(one.pk, _of_whom(one)) for one in posts]
        cast("forms.TypedChoiceField", self.fields["to_user"]).choices = people

    def plan(self) -> dict[str, Any]:
        """Give what the use case asks, but whose post it is."""
        data = self.cleaned_data
        kind = Delegation.Kind(data["kind"])
        signs = kind is not Delegation.Kind.SUBSTITUTION
        code = Capability.SIGN.value if signs else data["capability"]
        return {
            "kind": kind,
            "capability": Capability(code) if code else None,
            "fields_of_work": data["fields_of_work"],
            "begins_on": data["begins_on"],
            "ends_on": after(data["last_day"]),
            "legal_basis": data["legal_basis"],
        }


class EndForm(forms.Form):
    """The last day on which somebody still acts for another."""

    last_day = _day(_("Last day"))


def after(last_day: date) -> date:
    """Give the day on which what lasted until the end of another has ended."""
    return last_day + timedelta(days=1)


def _of_whom(held: Appointment) -> str:
    name, title = held.user.display_name, held.post.title
    return name if name == title else f"{title} ({name})"
