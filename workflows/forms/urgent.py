"""The signatory's decision on the urgent path."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from workflows.forms.decisions import DecisionForm, text_field
from workflows.models import Confirmation
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


class AnswerRefusalForm(DecisionForm):
    """How a refusal of the committee is answered: by which paper, or why the paper stays."""

    way = forms.ChoiceField(
        label=_("How it is answered"),
        choices=Confirmation.Way.choices,
        widget=forms.RadioSelect,
    )
    answer = forms.TypedChoiceField(
        label=_("Paper by which it is answered"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Papers about this one that are open to this account."),
    )
    reason = text_field(_("Reason of the decision"))

    def __init__(self, *args: Any, papers: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.TypedChoiceField", self.fields["answer"])
        field.choices = [("", _("None: the paper is kept")), *papers]
