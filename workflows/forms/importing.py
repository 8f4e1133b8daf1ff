"""What somebody brings, and what they say of it when they accept it as a draft."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.importing.decode import MAX_BYTES
from documents.models import AccessLevel, AuthorityKind
from documents.models.papers import DRAFTABLE
from documents.services.drafting import DraftPlan
from workflows.forms.drafting import FIELDS_OF_WORK, date_of, largest


class BringForm(forms.Form):
    """A file, or a text pasted into the pane; the file counts where both are there."""

    department = forms.TypedChoiceField(label=_("Drafting department"), coerce=int)
    file = forms.FileField(
        label=_("File (.docx, .pdf, .txt or .md)"),
        required=False,
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.pdf,.txt,.md"}),
    )
    pasted = forms.CharField(
        label=_("Or paste the text"),
        required=False,
        strip=False,
        max_length=MAX_BYTES,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, departments: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["department"]
        if not isinstance(field, forms.ChoiceField):
            raise TypeError("the department is chosen from a list")
        field.choices = list(departments)

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two, and refuse a file for its size before it is read."""
        data = super().clean() or {}
        upload = data.get("file")
        if upload is None and not (data.get("pasted") or "").strip():
            self.add_error("file", _("Choose a file, or paste the text."))
        if upload is not None and upload.size > largest(upload.name):
            self.add_error(
                "file",
                _("The file is larger than %(most)s MB. Nothing was stored.")
                % {"most": round(largest(upload.name) / 1_000_000)},
            )
        return data


class AcceptForm(forms.Form):
    """The corrected text, and what the text does not say of the paper."""

    text = forms.CharField(required=False, strip=False, widget=forms.Textarea)
    kind = forms.ChoiceField(
        label=_("Kind of paper"),
        choices=[(kind.value, kind.label) for kind in DRAFTABLE],
        initial=DRAFTABLE[0].value,
    )
    authority_kind = forms.ChoiceField(
        label=_("Issuing authority"),
        choices=AuthorityKind.choices,
        initial=AuthorityKind.CHAIRMAN.value,
    )
    field_of_work = forms.ChoiceField(label=_("Field of work"), choices=FIELDS_OF_WORK)
    access_level = forms.ChoiceField(
        label=_("Who may read it once issued"),
        choices=AccessLevel.choices,
        initial=AccessLevel.PUBLIC.value,
    )
    year = forms.IntegerField(
        label=_("Year of the targets"), required=False, min_value=1990, max_value=2100
    )

    def plan(self) -> DraftPlan:
        """Give what the use case asks: as chosen, and where that is amiss, as the form began."""
        data = {name: self.get_initial_for_field(one, name) for name, one in self.fields.items()}
        if self.is_bound:
            self.full_clean()
            data |= self.cleaned_data
        year = data["year"]
        return DraftPlan(
            kind=data["kind"],
            subject="",
            authority_kind=data["authority_kind"],
            field_of_work=data["field_of_work"],
            access_level=data["access_level"],
            target_from=date_of(year),
            target_until=date_of(year + 1 if year else None),
        )


class MarkupForm(forms.Form):
    """HTML from the clipboard."""

    html = forms.CharField(strip=False)
