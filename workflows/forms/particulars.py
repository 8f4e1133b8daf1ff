"""What is decided of a draft besides its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.models import AccessLevel, AuthorityKind
from documents.models.papers import DRAFTABLE, LETTERS
from documents.services.particulars import FIELDS, Particulars
from workflows.forms.drafting import FIELDS_OF_WORK

if TYPE_CHECKING:
    from django.utils.datastructures import MultiValueDict

    from documents.models import Document


class ParticularsForm(forms.Form):
    """Kind, authority, field of work and readers of a draft, as they are recorded until corrected."""

    kind = forms.ChoiceField(
        label=_("Kind of paper"), choices=[(kind.value, kind.label) for kind in DRAFTABLE]
    )
    authority_kind = forms.ChoiceField(label=_("Issuing authority"), choices=AuthorityKind.choices)
    field_of_work = forms.ChoiceField(label=_("Field of work"), choices=FIELDS_OF_WORK)
    access_level = forms.ChoiceField(
        label=_("Who may read it once issued"), choices=AccessLevel.choices
    )

    def __init__(
        self, data: MultiValueDict[str, Any] | None = None, *, document: Document, **kwargs: Any
    ) -> None:
        recorded = {name: getattr(document, name) for name in FIELDS}
        super().__init__(data, initial=recorded, auto_id="thong-tin-%s", **kwargs)
        if document.kind in LETTERS:
            # A letter answers an issued paper: another kind of paper is begun elsewhere.
            kept = (document.kind, document.get_kind_display())
            self.fields["kind"] = forms.ChoiceField(label=_("Kind of paper"), choices=[kept])

    def particulars(self) -> Particulars:
        """Give what the use case asks."""
        return Particulars(**{name: self.cleaned_data[name] for name in FIELDS})
