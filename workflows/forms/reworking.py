"""Sending a reworked paper on, with the Bảng tổng hợp, tiếp thu, giải trình of what was remarked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflows.forms.decisions import DecisionForm, text_field
from workflows.models import Response
from workflows.services.uptaking import TakenUp

if TYPE_CHECKING:
    from workflows.models import KeptUptakes
    from workflows.selectors.remarks import Remarked

# The table stands in the middle of the page, outside the element of the form.
FORM_ID = "f-lai"
HOW, PLACE, TEXT = "how-", "place-", "what-"


class ResubmitForm(DecisionForm):
    """A line for every remark: taken up, and where; or explained, and why."""

    def __init__(
        self,
        *args: Any,
        remarks: list[Remarked],
        places: dict[str, str],
        kept: KeptUptakes | None = None,
        **kwargs: Any,
    ) -> None:
        """`remarks` are those without an answer yet; `places` the pieces of the new text.

        `kept` is the table as it was left; a place that the new text lost is to be chosen again.
        """
        super().__init__(*args, **kwargs)
        self.remarks, self.kept = remarks, kept
        lines = {line["key"]: line for line in kept.lines} if kept is not None else {}
        for one in remarks:
            left = lines.get(one.key, {"sort": "", "place_id": "", "text": ""})
            place = left["place_id"] or one.clause_id
            self.fields[f"{HOW}{one.key}"] = forms.ChoiceField(
                label=gettext_lazy("How the opinion is taken"),
                choices=Response.Sort.choices,
                widget=forms.RadioSelect(attrs={"form": FORM_ID}),
                required=False,
                initial=left["sort"],
            )
            self.fields[f"{PLACE}{one.key}"] = forms.ChoiceField(
                label=gettext_lazy("Place in the new text"),
                choices=[("", _("choose a place")), *places.items()],
                widget=forms.Select(attrs={"form": FORM_ID}),
                required=False,
                initial=place if place in places else "",
            )
            self.fields[f"{TEXT}{one.key}"] = text_field(
                gettext_lazy("What was changed, or why it was not"),
                required=False,
                form_id=FORM_ID,
            )
            self.fields[f"{TEXT}{one.key}"].initial = left["text"]

    def clean(self) -> dict[str, Any]:
        """Name each remark without an answer, and each answer without its place or reason."""
        data = super().clean() or {}
        for one in self.remarks:
            how = data.get(f"{HOW}{one.key}")
            if not how and one.must:
                self.add_error(
                    f"{HOW}{one.key}",
                    _("Say for each opinion whether it is accepted or explained."),
                )
            if how == Response.Sort.ACCEPTED and not data.get(f"{PLACE}{one.key}"):
                self.add_error(
                    f"{PLACE}{one.key}",
                    _("Name the place in the new text where the remark was taken up."),
                )
            if how == Response.Sort.EXPLAINED and not data.get(f"{TEXT}{one.key}"):
                self.add_error(f"{TEXT}{one.key}", _("Write why the remark was not taken up."))
        return data

    def rows(self) -> list[dict[str, Any]]:
        """Give each remark with its three fields."""
        return [
            {
                "remark": one,
                "how": self[f"{HOW}{one.key}"],
                "place": self[f"{PLACE}{one.key}"],
                "text": self[f"{TEXT}{one.key}"],
            }
            for one in self.remarks
        ]

    def uptakes(self) -> list[TakenUp]:
        """Give the lines that were filled."""
        data = self.cleaned_data
        return [
            TakenUp(
                key=one.key,
                sort=data[f"{HOW}{one.key}"],
                place_id=data[f"{PLACE}{one.key}"]
                if data[f"{HOW}{one.key}"] == Response.Sort.ACCEPTED
                else "",
                text=data[f"{TEXT}{one.key}"],
            )
            for one in self.remarks
            if data[f"{HOW}{one.key}"]
        ]


class KeepForm(ResubmitForm):
    """The same table, kept as far as it is filled: nothing in it is required."""

    def clean(self) -> dict[str, Any]:
        """Ask nothing of a table that is not sent yet."""
        return DecisionForm.clean(self) or {}

    def uptakes(self) -> list[TakenUp]:
        """Give every line in which something was filled."""
        data = self.cleaned_data
        lines = [
            TakenUp(
                key=one.key,
                sort=data[f"{HOW}{one.key}"],
                place_id=data[f"{PLACE}{one.key}"],
                text=data[f"{TEXT}{one.key}"],
            )
            for one in self.remarks
        ]
        return [one for one in lines if one.sort or one.place_id or one.text]
