"""What a specialist says of a new paper, and the text of a draft."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.blanks import BLANKS, BY_CODE
from documents.importing.archive import MAX_FILE
from documents.importing.decode import MAX_BYTES
from documents.models import AccessLevel, AuthorityKind, Kind
from documents.models.papers import DRAFTABLE
from documents.services.drafting import DraftPlan
from workflows.forms.writing import BaseForm

FIELDS_OF_WORK = (
    ("kinh_te", _("Economy")),
    ("van_xa", _("Culture and society")),
    ("noi_chinh", _("Internal affairs")),
    ("tong_hop", _("General affairs")),
)
BLANK, FORMER, TEXT = "blank", "former", "text"
WAYS = (
    (BLANK, _("From a blank")),
    (FORMER, _("From a former decision")),
    (TEXT, _("From a text: paste or upload")),
)


class NewDraftForm(forms.Form):
    """Three ways to begin; what is not asked by the way chosen is left alone."""

    way = forms.ChoiceField(label=_("Begin"), choices=WAYS, widget=forms.RadioSelect)
    department = forms.TypedChoiceField(label=_("Drafting department"), coerce=int)
    blank = forms.ChoiceField(
        label=_("Blank"), required=False, choices=[(one.code, one.words) for one in BLANKS]
    )
    former = forms.TypedChoiceField(label=_("Former decision"), required=False, coerce=str)
    kind = forms.ChoiceField(
        label=_("Kind of paper"),
        required=False,
        choices=[(kind.value, kind.label) for kind in DRAFTABLE],
    )
    pasted = forms.CharField(
        label=_("Pasted text"),
        required=False,
        strip=False,
        max_length=MAX_BYTES,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=_("File (.docx, .pdf, .txt or .md)"), required=False, allow_empty_file=True
    )
    authority_kind = forms.ChoiceField(label=_("Issuing authority"), choices=AuthorityKind.choices)
    field_of_work = forms.ChoiceField(label=_("Field of work"), choices=FIELDS_OF_WORK)
    access_level = forms.ChoiceField(
        label=_("Who may read it once issued"), choices=AccessLevel.choices
    )
    year = forms.IntegerField(
        label=_("Year of the targets"), required=False, min_value=1990, max_value=2100
    )

    def __init__(
        self,
        *args: Any,
        departments: list[tuple[int, str]],
        formers: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["department"], departments)
        _offer(self.fields["former"], [("", "—"), *formers])

    def clean(self) -> dict[str, Any]:
        """Ask for what the chosen way needs."""
        data = super().clean() or {}
        way = data.get("way")
        if way == FORMER and not data.get("former"):
            self.add_error("former", _("Choose the former decision."))
        if way == TEXT and not (data.get("pasted") or "").strip() and not data.get("file"):
            self.add_error("pasted", _("Paste the text, or choose a file."))
        upload = data.get("file")
        if way == TEXT and upload is not None and upload.size > largest(upload.name):
            self.add_error(
                "file",
                _("The file is larger than %(most)s MB. Nothing was stored.")
                % {"most": round(largest(upload.name) / 1_000_000)},
            )
        return data

    @property
    def chosen_kind(self) -> str:
        """The kind that follows from the way chosen."""
        data = self.cleaned_data
        if data["way"] == BLANK:
            return BY_CODE[data["blank"]].kind.value
        return Kind.DECISION.value if data["way"] == FORMER else str(data["kind"])

    def plan(self) -> DraftPlan:
        """Give what the use case asks."""
        data = self.cleaned_data
        year = data.get("year")
        return DraftPlan(
            kind=self.chosen_kind,
            subject="",
            authority_kind=data["authority_kind"],
            field_of_work=data["field_of_work"],
            access_level=data["access_level"],
            target_from=date_of(year),
            target_until=date_of(year + 1 if year else None),
        )


class TextForm(BaseForm):
    """The text of a draft as it was typed."""

    text = forms.CharField(required=False, strip=False, widget=forms.Textarea)


class FileForm(forms.Form):
    """One file to attach."""

    file = forms.FileField(label=_("File to attach"), allow_empty_file=True)


class SubmitForm(forms.Form):
    """Sends the version whose digest the page showed, once."""

    digest = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)


def largest(name: str) -> int:
    """Give the most bytes a file of this name may have: text is all words, a Word file is not."""
    return MAX_BYTES if name.lower().endswith((".txt", ".md", ".markdown")) else MAX_FILE


def _offer(field: forms.Field, choices: Sequence[tuple[object, str]]) -> None:
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{field} offers no choices")
    field.choices = list(choices)


def date_of(year: int | None) -> date | None:
    """Give the first day of a year, if there is one."""
    return date(year, 1, 1) if year else None
