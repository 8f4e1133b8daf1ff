"""The pieces of a draft as a page sends them back, and what is asked to be done with them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast, get_args

from django import forms
from django.utils.translation import gettext as _

from documents.exceptions import BadInput
from documents.writing.pieces import KINDS, Piece, PieceKind, Section
from documents.writing.tables import text_of_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.datastructures import MultiValueDict

# A larger paper is written as text: a page of so many fields helps nobody.
MOST_PIECES = 600
MOST_CELLS = 4000
SECTIONS = frozenset(get_args(Section))
_DO = re.compile(r"(?P<verb>[a-z-]{2,20})(?::(?P<at>\d{1,4}))?(?::(?P<more>[A-Za-z0-9-]{1,24}))?")


class BaseForm(forms.Form):
    """What somebody began to type from: the text and the version of the working copy.

    `aside` names what this window could not join before.
    """

    base = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    lock_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    aside = forms.IntegerField(
        required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput
    )

    @property
    def began_from(self) -> str | None:
        """The text that was changed; None where the page does not say."""
        return self.plain("base") if "base" in self.data else None

    def plain(self, name: str) -> str:
        """A text with the line ends we keep."""
        return str(self.cleaned_data[name]).replace("\r\n", "\n")


@dataclass(frozen=True, slots=True)
class Do:
    """What a button asks: a verb, the piece it stands at, and a row or a kind."""

    verb: str
    at: int
    more: str

    @property
    def row(self) -> int:
        """The row or column named; `BadInput` where there is none."""
        if not self.more.isdecimal():
            raise damaged()
        return int(self.more)


def asked(value: str) -> Do:
    """Read the value of a button; `BadInput` for what no button of ours sends."""
    found = _DO.fullmatch(value)
    if found is None:
        raise damaged()
    return Do(found["verb"], int(found["at"] or 0), found["more"] or "")


def is_too_large(pieces: Sequence[Piece]) -> bool:
    """Whether a paper is too large to be shown piece by piece."""
    cells = sum(len(row) for piece in pieces for row in piece.rows)
    return len(pieces) > MOST_PIECES or cells > MOST_CELLS


def shape_of(pieces: Sequence[Piece]) -> str:
    """Say how the fields of a page make up the pieces again."""
    return json.dumps(
        [
            [piece.kind, piece.gap, piece.section, [len(row) for row in piece.rows]]
            for piece in pieces
        ],
        separators=(",", ":"),
    )


def posted(data: MultiValueDict[str, Any]) -> tuple[Piece, ...]:
    """Put the pieces together from the fields of the page; `BadInput` where they do not fit."""
    texts = iter(data.getlist("piece"))
    cells = iter(data.getlist("cell"))
    try:
        shape = json.loads(data.get("shape", ""))
        pieces = tuple(_piece(one, texts, cells) for one in shape)
    except (ValueError, TypeError, StopIteration, RuntimeError) as error:
        raise damaged() from error
    if next(texts, None) is not None or next(cells, None) is not None:
        raise damaged()
    return pieces


def _piece(shape: Any, texts: Iterator[str], cells: Iterator[str]) -> Piece:
    kind, gap, section, widths = shape
    if kind not in KINDS or section not in SECTIONS or gap not in range(1000):
        raise ValueError("no piece of ours")
    if kind == "table":
        rows = [[_line(next(cells)) for _cell in range(int(width))] for width in widths]
        text = text_of_rows(rows)
    else:
        text = next(texts).replace("\r\n", "\n").strip("\n")
    return Piece(cast("PieceKind", kind), text, gap, cast("Section", section))


def _line(cell: str) -> str:
    return " ".join(cell.split())


def damaged() -> BadInput:
    """What is said when the hidden part of the form cannot be used."""
    return BadInput(_("The hidden part of this form is damaged; open the page again."))
