"""Asking for advice, and giving it."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from workflows.forms.decisions import DecisionForm, text_field


class AskForm(DecisionForm):
    """Whom one asks, and what."""

    of = forms.TypedChoiceField(label=_("Whom to ask"), coerce=int)
    question = text_field(_("What advice is asked for"))

    def __init__(
        self, *args: Any, people: list[tuple[str, list[tuple[int, str]]]], **kwargs: Any
    ) -> None:
        """`people` are those of the office by their keys, grouped by department."""
        super().__init__(*args, **kwargs)
        cast("forms.TypedChoiceField", self.fields["of"]).choices = people


class CommentForm(DecisionForm):
    """The advice in words."""

    text = text_field(_("Advice"))
