"""The form every decision has: its task, the digest shown, its idempotency key; and a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from workflows.services.acts import Ticket

if TYPE_CHECKING:
    from django.utils.datastructures import MultiValueDict

DIGEST = r"^[0-9a-f]{64}$"
LONGEST_TEXT = 10_000
UNREADABLE = _("The hidden part of this form is damaged; open the page again.")


def text_field(
    label: Any, *, help_text: Any = "", required: bool = True, form_id: str = ""
) -> forms.CharField:
    """Make a field for a few sentences; `form_id` where it stands outside its form's element."""
    outside = {"form": form_id} if form_id else {}
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4, **outside}),
    )


class DecisionForm(forms.Form):
    """An act without words of its own; the others add fields to it."""

    task = forms.IntegerField(
        min_value=0,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid", "min_value"), UNREADABLE),
    )
    digest = forms.RegexField(
        DIGEST,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid"), UNREADABLE),
    )
    key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid"), UNREADABLE),
    )

    def ticket(self) -> Ticket:
        """Give what the use case asks of every decision."""
        data = self.cleaned_data
        return Ticket(task_id=data["task"], digest=data["digest"], key=data["key"])

    def reissue(self, *, task: int, digest: str) -> None:
        """Let a refused form be sent again, for the content its page shows now."""
        data = cast("MultiValueDict[str, Any]", self.data).copy()
        for name, value in (("task", str(task)), ("digest", digest), ("key", str(uuid4()))):
            data[name] = value
        self.data = data


class ReturnForm(DecisionForm):
    """The paper goes back, with its reason."""

    reason = text_field(_("Reason for returning"))


class AssignForm(DecisionForm):
    """Who reworks a returned paper: a specialist of the department."""

    drafter = forms.TypedChoiceField(
        label=_("Who reworks it"), coerce=int, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.TypedChoiceField", self.fields["drafter"]).choices = people
