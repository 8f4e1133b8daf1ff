"""The check before signing, the signature, and referring up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from workflows.checklists import CONTENT_POINTS, FORM_POINTS
from workflows.forms.decisions import DIGEST, UNREADABLE, DecisionForm, text_field
from workflows.selectors.sitting import MOST_IN_ONE_SITTING
from workflows.services.acts import Ticket

if TYPE_CHECKING:
    from django.forms import BoundField

LONGEST_KEY = 9
CONTENT, FORM = "content-", "form-"
NOT_CONFIRMED = _("Confirm this point, or return the paper if it does not hold.")


def password_field(help_text: Any) -> forms.CharField:
    """Make the field of a password typed again before a signature."""
    return forms.CharField(
        label=_("Password of this account"),
        help_text=help_text,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


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

    password = password_field(_("Used for this signature only, never kept."))


class SittingForm(forms.Form):
    """The papers checked in one sitting, each with the hidden part of its own form, and one password.

    The fields are made of the papers shown, or of what was sent: what is sent says which papers
    were checked, whatever waits by then.
    """

    TICK, KEY = "tick-", "key-"

    def __init__(
        self,
        data: Mapping[str, str] | None = None,
        *,
        shown: Mapping[int, str] | None = None,
    ) -> None:
        super().__init__(data, auto_id="ky-nhieu-%s")
        self.tasks = list(shown) if data is None and shown else self._sent(data)
        for task in self.tasks:
            hidden = {"required": UNREADABLE, "invalid": UNREADABLE}
            self.fields[f"{self.TICK}{task}"] = forms.BooleanField(
                label=_("Read; I sign this paper"), required=False
            )
            self.fields[f"digest-{task}"] = forms.RegexField(
                DIGEST,
                widget=forms.HiddenInput,
                initial=(shown or {}).get(task),
                error_messages=hidden,
            )
            self.fields[f"{self.KEY}{task}"] = forms.UUIDField(
                widget=forms.HiddenInput, initial=uuid4, error_messages=hidden
            )
        self.fields["password"] = password_field(
            _("One password for all the papers checked; never kept.")
        )

    def _sent(self, data: Mapping[str, str] | None) -> list[int]:
        named = [name.removeprefix(self.KEY) for name in data or () if name.startswith(self.KEY)]
        keys = {key for key in named if key.isascii() and key.isdigit() and len(key) <= LONGEST_KEY}
        # One more than may be signed is enough to refuse them all.
        return sorted(int(key) for key in keys)[: MOST_IN_ONE_SITTING + 1]

    def clean(self) -> dict[str, Any]:
        """Refuse a sitting of nothing or of too much before any paper is looked up."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        checked = sum(bool(data.get(f"{self.TICK}{task}")) for task in self.tasks)
        if not checked:
            raise forms.ValidationError(_("Check at least one paper."))
        if checked > MOST_IN_ONE_SITTING:
            raise forms.ValidationError(
                _("At most %(most)s papers are signed in one sitting."),
                params={"most": MOST_IN_ONE_SITTING},
            )
        return data

    def tickets(self) -> list[Ticket]:
        """Give the form of every paper checked, in the order of their tasks."""
        data = self.cleaned_data
        return [
            Ticket(task_id=task, digest=data[f"digest-{task}"], key=data[f"key-{task}"])
            for task in self.tasks
            if data[f"{self.TICK}{task}"]
        ]

    def tick_of(self, task: int) -> BoundField:
        """Give the check box of one paper."""
        return self[f"{self.TICK}{task}"]


class ReferForm(DecisionForm):
    """Why the Chairman decides."""

    reason = text_field(_("Reason for referring up"))
