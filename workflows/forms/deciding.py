"""The check before signing, the signature, and referring up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from workflows.checklists import CONTENT_POINTS, FORM_POINTS
from workflows.forms.decisions import DecisionForm, text_field

if TYPE_CHECKING:
    from django.forms import BoundField

CONTENT, FORM = "content-", "form-"
NOT_CONFIRMED = _("Confirm this point, or return the paper if it does not hold.")


class CheckForm(DecisionForm):
    """Two lists of points, each to be confirmed, and the words of the routing slip."""

    text = text_field(_("Words of the routing slip to the signatory"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for prefix, points in ((CONTENT, CONTENT_POINTS), (FORM, FORM_POINTS)):
            for code, label in points.items():
                self.fields[f"{prefix}{code}"] = forms.BooleanField(
                    label=str(label), error_messages={"required": NOT_CONFIRMED}
                )

    def fields_of(self, prefix: str) -> list[BoundField]:
        """Give the check boxes of one list, in its order."""
        return [self[name] for name in self.fields if name.startswith(prefix)]

    def content_boxes(self) -> list[BoundField]:
        """Give the boxes of the check of content."""
        return self.fields_of(CONTENT)

    def form_boxes(self) -> list[BoundField]:
        """Give the boxes of the check of form."""
        return self.fields_of(FORM)

    def content_points(self) -> dict[str, bool]:
        """Give the answers on content by their codes."""
        return self._points(CONTENT, CONTENT_POINTS)

    def form_points(self) -> dict[str, bool]:
        """Give the answers on form by their codes."""
        return self._points(FORM, FORM_POINTS)

    def _points(self, prefix: str, points: Mapping[str, object]) -> dict[str, bool]:
        return {code: self.cleaned_data[f"{prefix}{code}"] for code in points}


class SignForm(DecisionForm):
    """The password, typed again; it lives in this request only."""

    password = forms.CharField(
        label=_("Password of this account"),
        help_text=_("Used for this signature only, never kept."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class ReferForm(DecisionForm):
    """Why the Chairman decides."""

    reason = text_field(_("Reason for referring up"))
