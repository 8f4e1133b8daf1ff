"""Number and date, seal and dispatch."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from workflows.forms.decisions import DecisionForm, text_field


class RegisterForm(DecisionForm):
    """The date the paper bears."""

    dated_on = forms.DateField(
        label=_("Date on the paper"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )


class IssueForm(DecisionForm):
    """How many copies go out, and that each was sealed and checked by hand."""

    copies = forms.IntegerField(label=_("Number of copies"), min_value=1, max_value=10_000)
    sealed = forms.BooleanField(
        label=_("Every copy is sealed over the signature, annexes on their first page"),
        error_messages={"required": _("A paper is not dispatched before it is sealed.")},
    )
    compared = forms.BooleanField(
        label=_("The recipients are compared with the list of the paper"),
        error_messages={"required": _("Compare the recipients before dispatch.")},
    )


class GiveUpForm(DecisionForm):
    """Why the number is taken off again before the seal."""

    reason = text_field(_("Reason for leaving the number unused"))
