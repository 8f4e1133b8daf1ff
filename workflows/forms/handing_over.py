"""Which pieces of open work go to whom, and why: one choice a piece, one reason for all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from workflows.forms.decisions import text_field
from workflows.models import Reassignment

if TYPE_CHECKING:
    from workflows.selectors.handing_over import Piece

LEFT, EXCUSED = "", "excused"


class HandOverForm(forms.Form):
    """A choice for each piece: leave it, give it to somebody, or ask nobody any more."""

    def __init__(self, *args: Any, pieces: list[Piece], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "ban-giao-%s", **kwargs})
        self._pieces = pieces
        for piece in pieces:
            self.fields[f"to-{piece.code}"] = forms.ChoiceField(
                label=_("Give to"), required=False, choices=_choices(piece)
            )
            self.fields[f"key-{piece.code}"] = forms.UUIDField(
                widget=forms.HiddenInput, initial=uuid4
            )
        self.fields["reason"] = text_field(_("Reason"))

    def of(self, piece: Piece) -> Any:
        """Give the choice of one piece as the page draws it."""
        return self[f"to-{piece.code}"]

    def chosen(self) -> Iterator[tuple[Piece, str, UUID]]:
        """Give each piece that changes hands, what was chosen for it, and its key."""
        for piece in self._pieces:
            to = self.cleaned_data[f"to-{piece.code}"]
            if to != LEFT:
                yield piece, to, self.cleaned_data[f"key-{piece.code}"]


def _choices(piece: Piece) -> list[tuple[str, Any]]:
    given: list[tuple[str, Any]] = [(str(key), name) for key, name in piece.takers]
    if piece.work == Reassignment.Work.OPINION and piece.left:
        given.append((EXCUSED, _("Ask nobody any more")))
    return [(LEFT, _("Leave it")), *given]
