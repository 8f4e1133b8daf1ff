"""What a text prints already that is given later, or by the office: number, symbol, date, place."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy

from documents.content.folding import fold
from documents.numbering import series_of
from documents.rules.base import NOTE, Breach, Draft, Rule
from offices.dates import vn_date


class NumberIsGivenOnRegistration(Rule):
    """Number and date are given when a signed paper is registered, not written into a draft."""

    code = "ND30_15_NUMBER"
    severity = NOTE
    source = "Nghị định 30/2020/NĐ-CP, Điều 15"
    sentence = gettext_lazy(
        "“%(written)s” stands in the text; number and date are given on registration instead."
    )

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Look at the lines of number and of place and date."""
        printed = draft.printed
        if printed is None:
            return
        if printed.number is not None:
            yield "", {"written": printed.number_raw}
        elif printed.dated_on is not None:
            yield "", {"written": vn_date(printed.dated_on)}


class SymbolFollowsTheAuthority(Rule):
    """The symbol is that of the register the paper is numbered in."""

    code = "ND30_II3_SYMBOL"
    severity = NOTE
    source = "Nghị định 30/2020/NĐ-CP, Phụ lục I, II.3"
    sentence = gettext_lazy(
        "The symbol written is %(written)s; the paper will bear %(given)s, by its kind and authority."
    )

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Compare the line of the number with the register."""
        written = draft.printed.symbol if draft.printed is not None else ""
        given = series_of(draft.document.kind, draft.document.authority_kind).symbol
        if written and written != given:
            yield "", {"written": written, "given": given}


class PlaceIsTheOffices(Rule):
    """A paper names the place where its office sits."""

    code = "ND30_II4_PLACE"
    source = "Nghị định 30/2020/NĐ-CP, Phụ lục I, II.4"
    sentence = gettext_lazy("The place written is %(written)s; the office sits in %(place)s.")

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Compare the line of place and date with the office."""
        written = draft.printed.place if draft.printed is not None else ""
        place = draft.document.office.place
        if written and fold(written) != fold(place):
            yield "", {"written": written, "place": place}


RULES: tuple[Rule, ...] = (
    NumberIsGivenOnRegistration(),
    SymbolFollowsTheAuthority(),
    PlaceIsTheOffices(),
)
