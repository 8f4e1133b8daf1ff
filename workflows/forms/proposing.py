"""The Tờ trình of the head of department."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.models import Urgency
from workflows.forms.decisions import DecisionForm, text_field


class ProposeForm(DecisionForm):
    """What is proposed, and why."""

    text = text_field(
        _("Text of the submission note"),
        help_text=_("Number and date are given by the department's register on proposing."),
    )

    urgency = forms.ChoiceField(
        label=_("Urgency"),
        choices=[("", _("Ordinary")), *Urgency.choices],
        required=False,
        help_text=_(
            "Shortens the terms of the steps that follow; the signatory decides by signing."
        ),
    )

    goes_first = forms.BooleanField(
        label=_("Ask the signatory to let it go before the committee is heard"),
        required=False,
    )
    urgent_because = text_field(
        _("Why it cannot wait for the committee"),
        required=False,
        help_text=_("Only for an urgent paper; the committee is asked after the issue."),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the reason where the urgent path is asked for, and for the wish where one is given."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        because = data.get("urgent_because", "").strip()
        if data.get("goes_first") and not because:
            self.add_error("urgent_because", _("Say why it cannot wait for the committee."))
        if because and not data.get("goes_first"):
            self.add_error(
                "goes_first", _("A reason is given; check this box, or take the reason out.")
            )
        return data

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["text"].widget = forms.Textarea(attrs={"rows": 12})
