"""Beginning a letter about an issued paper: a correction of form, or a recall."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.models import Kind
from documents.services.letters import LONGEST, Wish
from workflows.forms.decisions import text_field


class CorrectionForm(forms.Form):
    """One slip of form: where it stands, the words as issued, the words meant."""

    place = forms.CharField(
        label=_("Where it stands"), help_text=_("For example: Điều 2"), max_length=200
    )
    wrong = forms.CharField(label=_("Words as issued"), max_length=LONGEST)
    right = forms.CharField(label=_("Words meant"), max_length=LONGEST)

    def wish(self) -> Wish:
        """Give what is asked for."""
        data = self.cleaned_data
        return Wish(Kind.OFFICIAL_LETTER, data["place"], data["wrong"], data["right"])


class RecallNoticeForm(forms.Form):
    """Why an issued paper is recalled."""

    reason = text_field(_("Reason for the recall; the notice gives it"))

    def wish(self) -> Wish:
        """Give what is asked for."""
        return Wish(Kind.NOTICE, reason=self.cleaned_data["reason"])
