"""The signatory's decision on the urgent path."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from workflows.forms.decisions import DecisionForm, text_field
from workflows.services.urgent import LONGEST_BASIS


class AllowUrgentForm(DecisionForm):
    """Why it cannot wait, and the clause that permits it."""

    legal_basis = forms.CharField(
        label=_("Clause that permits it"),
        max_length=LONGEST_BASIS,
        help_text=_("Article and paragraph of the office's working regulation."),
    )
    reason = text_field(_("Reason of the decision"))


class DeclineUrgentForm(DecisionForm):
    """Why the committee is heard first."""

    reason = text_field(_("Why the committee is heard first"))
