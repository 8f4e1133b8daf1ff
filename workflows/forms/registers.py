"""What the records clerk types: a number left unused, a register opened after the paper book."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.selectors.registers import SERIES

LARGEST_NUMBER = 999_999
LONGEST_REASON = 1000


class AbandonForm(forms.Form):
    """Leave the next number unused; the form names that number, so that it is burnt once."""

    number = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    because = forms.CharField(
        label=_("Why the number is not used"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The line stays in the register with this reason; the number is not reused."),
    )


class OpenRegisterForm(forms.Form):
    """Continue a paper book: the series, its year, and the last number written in it."""

    symbol = forms.ChoiceField(label=_("Series"))
    year = forms.IntegerField(label=_("Year"), min_value=1945, max_value=2200)
    after = forms.IntegerField(
        label=_("Last number of the paper book"),
        min_value=0,
        max_value=LARGEST_NUMBER,
        help_text=_("0 where there is no paper book."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["symbol"] = forms.ChoiceField(
            label=_("Series"), choices=[(one, one) for one in SERIES]
        )
        self.order_fields(("symbol", "year", "after"))

    def clean(self) -> dict[str, Any]:
        """A series that never starts anew has no year of its own."""
        data: dict[str, Any] = super().clean() or {}
        series = SERIES.get(data.get("symbol", ""))
        if series is not None and not series.yearly:
            data["year"] = 0
        return data
