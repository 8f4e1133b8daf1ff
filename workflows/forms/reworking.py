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
    from workflows.selectors.remarks import Remarked

# The table stands in the middle of the page, outside the element of the form.
FORM_ID = "f-lai"
HOW, PLACE, TEXT = "how-", "place-", "what-"


class ResubmitForm(DecisionForm):
    """A line for every remark: taken up, and where; or explained, and why."""

    def __init__(
        self, *args: Any, remarks: list[Remarked], places: dict[str, str], **kwargs: Any
    ) -> None:
        """`remarks` are those without an answer yet; `places` the pieces of the new text."""
        super().__init__(*args, **kwargs)
        self.remarks = remarks
        for one in remarks:
            self.fields[f"{HOW}{one.key}"] = forms.ChoiceField(
                label=gettext_lazy("How the opinion is taken"),
                choices=Response.Sort.choices,
                widget=forms.RadioSelect(attrs={"form": FORM_ID}),
                required=False,
            )
            self.fields[f"{PLACE}{one.key}"] = forms.ChoiceField(
                label=gettext_lazy("Place in the new text"),
                choices=[("", _("choose a place")), *places.items()],
                widget=forms.Select(attrs={"form": FORM_ID}),
                required=False,
                initial=one.clause_id if one.clause_id in places else "",
            )
            self.fields[f"{TEXT}{one.key}"] = text_field(
                gettext_lazy("What was changed, or why it was not"),
                required=False,
                form_id=FORM_ID,
            )

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
