"""The Tờ trình of the head of department."""

from __future__ import annotations

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

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["text"].widget = forms.Textarea(attrs={"rows": 12})
