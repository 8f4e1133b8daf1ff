"""What print of which version is asked for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.models import PrintOrder
from documents.services.wishes import RECORDS
from workflows.forms.reading import DAYS

MOST_VERSIONS = 1_000_000


class VersionForm(forms.Form):
    """One version of a paper, and the day its state is told for (none: today)."""

    ban = forms.IntegerField(min_value=1, max_value=MOST_VERSIONS)
    ngay = forms.DateField(required=False, input_formats=DAYS)
    rieng = forms.BooleanField(label=_("The page of this version alone"), required=False)


class PrintForm(VersionForm):
    """One print of it."""

    loai = forms.ChoiceField(
        choices=[one for one in PrintOrder.What.choices if one[0] not in RECORDS]
    )
    dang = forms.ChoiceField(choices=PrintOrder.Form.choices)


class RecordForm(forms.Form):
    """One print of what the procedure wrote about a paper; `so` names which of several."""

    loai = forms.ChoiceField(choices=[(one.value, one.label) for one in RECORDS])
    so = forms.IntegerField(min_value=1, max_value=2**62, required=False)
    dang = forms.ChoiceField(choices=PrintOrder.Form.choices, required=False)
