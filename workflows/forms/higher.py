"""What a higher office's decision is, and what its objectives are taken to say."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from documents.content.numbers import split_number
from documents.content.tree import Instrument
from offices.dates import vn_date
from workflows.forms.importing import BringForm
from workflows.forms.objectives import ReadingForm

if TYPE_CHECKING:
    from documents.content.facts import PrintedFacts
    from documents.content.tree import Content
    from documents.selectors.objectives import ReadingStated

# No register counts further in a year.
HIGHEST_NUMBER = 999_999
# Nothing of this State is older.
FIRST_DAY = date(1945, 9, 2)


class GivenTextForm(BringForm):
    """The decision as a file, or its text pasted; no department drafts from it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, departments=[], **kwargs)
        del self.fields["department"]


class HigherForm(ReadingForm):
    """Which decision it is, as its paper prints it, and every target with its fields."""

    text = forms.CharField(
        label="Nguyên văn",
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "readonly": True}),
    )
    type_name = forms.CharField(label="Tên loại", max_length=100, initial="Quyết định")
    reference = forms.CharField(label="Số, ký hiệu", max_length=60, help_text="Như 397/QĐ-UBND.")
    dated_on = forms.DateField(
        label="Ngày ban hành",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    issuer = forms.CharField(label="Cơ quan, người ban hành", max_length=300)
    subject = forms.CharField(
        label="Trích yếu", max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    field_order = ("type_name", "reference", "dated_on", "issuer", "subject", "year")

    def __init__(self, *args: Any, stated: ReadingStated, on: date, **kwargs: Any) -> None:
        super().__init__(*args, stated=stated, departments=(), **kwargs)
        self.on = on
        # Nobody here owes results under another office's decision.
        del self.fields["reports"]
        self.fields["year"].help_text = "Năm mà quyết định đặt mục tiêu."

    def clean_dated_on(self) -> date:
        """Take a day on which a paper of this State can have been signed: no later than today."""
        day: date = self.cleaned_data["dated_on"]
        if not FIRST_DAY <= day <= self.on:
            raise forms.ValidationError(
                _("The decision is dated %(day)s, which cannot be; look at its paper again.")
                % {"day": vn_date(day)}
            )
        return day

    def clean_reference(self) -> str:
        """Take a number with its symbol, as the paper prints them."""
        written = str(self.cleaned_data["reference"])
        number, _suffix, _year, symbol = split_number(written)
        if number is None or not symbol or not 0 < number <= HIGHEST_NUMBER:
            raise forms.ValidationError(
                _("Write number and symbol as they are printed, like 397/QĐ-UBND.")
            )
        return written

    @property
    def instrument(self) -> Instrument:
        """Give the decision as it would be cited."""
        number, suffix, year, symbol = split_number(self.cleaned_data["reference"])
        return Instrument(
            type=self.cleaned_data["type_name"].strip(),
            number_raw=self.cleaned_data["reference"],
            number=number,
            suffix=suffix,
            year=year,
            symbol=symbol,
            dated_on=self.cleaned_data["dated_on"],
            issuer=self.cleaned_data["issuer"].strip(),
            subject=self.cleaned_data["subject"].strip(),
        )


def printed_in(content: Content, printed: PrintedFacts | None) -> dict[str, Any]:
    """What a text prints of its own number, date, issuer and subject, for the fields."""
    known: dict[str, Any] = {
        "subject": content.preface.subject,
        "issuer": _issuer(content),
    }
    if content.preface.type_word:
        known["type_name"] = content.preface.type_word.strip().capitalize()
    if printed is not None:
        known["dated_on"] = printed.dated_on
        if printed.number is not None and printed.symbol:
            year = f"/{printed.number_year}" if printed.number_year else ""
            known["reference"] = f"{printed.number:02d}{printed.suffix}{year}/{printed.symbol}"
    return known


def _issuer(content: Content) -> str:
    """The body that issues, with its chairman where he decides, in letters of a sentence."""
    name = content.preface.agency_full or content.preface.authority
    if content.preface.authority_kind == "chairman" and name:
        return f"Chủ tịch {name}"
    return name
