"""What a reader asks for: a day, words, a sort of paper. Nothing here acts."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from documents.effects import State
from documents.exceptions import BadInput
from documents.finding.days import BINDING
from documents.finding.find import Cursor, Wanted, question
from documents.lifecycle import Stage
from documents.models import Kind
from documents.selectors.state import end_of_day

LONGEST_SEARCH = 200
# What a person asks for first; the rest follows in the order of the glossary.
STATE_WORDS = (
    (State.IN_FORCE.value, _("In force")),
    (State.NOT_YET.value, _("Not yet in force")),
    (State.PARTLY_CEASED.value, _("Partly out of force")),
    (State.SUSPENDED.value, _("Suspended")),
    (State.CEASED.value, _("Out of force")),
    (State.RECALLED.value, _("Recalled")),
    (State.UNKNOWN.value, _("Effect unknown")),
    (State.UNISSUED.value, _("Not issued")),
)
STAGE_WORDS = (
    (Stage.DRAFT.value, _("Draft")),
    (Stage.PROPOSED.value, _("Proposed")),
    (Stage.ENDORSED.value, _("Endorsed by the committee")),
    (Stage.CHECKED.value, _("Checked")),
    (Stage.SIGNED.value, _("Signed")),
    (Stage.ISSUED.value, _("Issued")),
    (Stage.WITHDRAWN.value, _("Withdrawn")),
)


# No paper of an office lies outside; days have a day before and after, in every time zone.
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 31)
NO_SUCH_DAY = _("Choose a day from 01/01/1900 to 31/12/2200.")
# As the browser's control writes a day, and as a person or a link does.
DAYS = ("%Y-%m-%d", "%d/%m/%Y")


class DayInput(forms.DateInput):
    """The browser's own control for a day: it is given the one form it takes, however asked."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format=DAYS[0])

    def format_value(self, value: Any) -> str | None:
        """Write a day that was asked in words as the control wants it."""
        with suppress(forms.ValidationError):
            value = forms.DateField(input_formats=DAYS).to_python(value)
        return super().format_value(value)


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        validators=[
            MinValueValidator(EARLIEST, NO_SUCH_DAY),
            MaxValueValidator(LATEST, NO_SUCH_DAY),
        ],
        label=label,
        required=False,
        widget=DayInput(),
        input_formats=DAYS,
        error_messages={"invalid": _("Write the day as day/month/year.")},
    )


def _search(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST_SEARCH,
        widget=forms.TextInput(attrs={"type": "search"}),
    )


def _choice(label: Any, choices: Sequence[tuple[str, Any]], every: Any = "") -> forms.ChoiceField:
    first = [("", every)] if every else []
    return forms.ChoiceField(label=label, required=False, choices=[*first, *choices])


class AskForm(forms.Form):
    """A form of a page that only reads: sent by GET, kept in the address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # An id of its own: two forms of one page may ask for a day each.
        self.auto_id = "xem_%s"

    def asked(self) -> dict[str, Any]:
        """Give what was asked and could be read; what could not is as if not asked."""
        if not self.is_bound:
            return {}
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}


class DayForm(AskForm):
    """On which day, and as known on which day."""

    ngay = _day(_("In force on"))
    biet = _day(_("As recorded until"))

    def on(self, today: date) -> date:
        """Give the day asked for, or today."""
        day: date = self.asked().get("ngay", today)
        return day

    def known_at(self) -> datetime | None:
        """Give the moment until which records count; None for all of them."""
        day = self.asked().get("biet")
        return end_of_day(day) if day else None


class FindForm(DayForm):
    """What is searched for: words, and facts to filter by; those of a facet alone are hidden."""

    tim = _search(_("Words, “phrase”, number"))
    loai = _choice(_("Kind of paper"), Kind.choices, _("Every kind"))
    nam = forms.IntegerField(
        label=_("Year"),
        required=False,
        min_value=1900,
        max_value=2199,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("Write the year in four digits.")},
    )
    hieu_luc = _choice(
        _("Legal effect"),
        ((BINDING, _("In force, in full or in part")), *STATE_WORDS),
        _("Every state"),
    )
    noi = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput())
    nguoi_ky = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["biet"]

    def clean_tim(self) -> str:
        """Refuse with its sentence what the language of the search box does not know."""
        typed: str = self.cleaned_data["tim"]
        try:
            question(typed)
        except BadInput as refused:
            raise forms.ValidationError(str(refused)) from refused
        return typed

    def wanted(self, today: date, *, after: Cursor | None) -> Wanted:
        """Give what was asked and could be read, as the index is asked."""
        asked = self.asked()
        return Wanted(
            on=self.on(today),
            text=asked.get("tim", ""),
            kind=asked.get("loai", ""),
            year=asked.get("nam"),
            issuer=asked.get("noi", ""),
            department_id=int(asked["don_vi"]) if "don_vi" in asked else None,
            signatory=asked.get("nguoi_ky", ""),
            stage=asked.get("buoc", ""),
            state=asked.get("hieu_luc", ""),
            after=after,
        )


class PapersForm(FindForm):
    """Which papers a list shows."""

    buoc = _choice(_("Stage"), STAGE_WORDS, _("Every stage"))
    field_order = ("tim", "loai", "nam", "don_vi", "buoc", "hieu_luc", "ngay")

    def __init__(self, *args: Any, departments: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["don_vi"] = _choice(
            _("Drafting department"), departments, _("Every department")
        )
        self.order_fields(self.field_order)


class BookForm(DayForm):
    """What a register is asked for."""

    tim = _search(_("Number or subject"))
    hieu_luc = _choice(_("Legal effect"), STATE_WORDS[:-1], _("Every state"))
    field_order = ("so", "tim", "ngay", "biet", "hieu_luc")

    def __init__(self, *args: Any, registers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["so"] = _choice(_("Register"), registers)
        self.order_fields(self.field_order)


class PublicForm(FindForm):
    """What the public looks for."""

    field_order = ("tim", "loai", "nam", "hieu_luc", "ngay")


class LogForm(AskForm):
    """Which entries of the audit are shown."""

    van_ban = _search(_("Paper: number or reference"))
    tu = _day(_("From day"))
    den = _day(_("Until day"))

    def __init__(
        self,
        *args: Any,
        actions: list[tuple[str, Any]],
        people: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["viec"] = _choice(_("Act"), actions, _("Every act"))
        self.fields["nguoi"] = _choice(_("Person"), people, _("Everybody"))
        self.order_fields(("viec", "nguoi", "van_ban", "tu", "den"))
