"""What is printed on a paper but decided after its content: numbers, dates, signatories.

These are the slots of Decree 30/2020 art. 13 and 15; filling or changing them never touches
the content digest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """A signature block as printed; `tm`, `kt`, `tl`, `tuq`, `acting` hold what follows the mark."""

    lines: tuple[str, ...]
    tm: str = ""
    kt: str = ""
    tl: str = ""
    tuq: str = ""
    acting: str = ""
    role: str = ""
    name: str = ""

    @property
    def signed_by_deputy(self) -> bool:
        """Whether the post printed above the name is a deputy's."""
        return self.role.upper().startswith(("PHÓ ", "THỨ TRƯỞNG"))


@dataclass(frozen=True, slots=True)
class SubmissionNoteFacts:
    """The reference of a Tờ trình in a recital; `recital` is the recital's index."""

    recital: int
    raw: str
    number_raw: str = ""
    dated_on: date | None = None


@dataclass(frozen=True, slots=True)
class AnnexFacts:
    """What an annex prints of the decision it belongs to; one per annex, in order."""

    number_line: str = ""
    date_line: str = ""
    reference_raw: str = ""
    reference_number: str = ""
    reference_date: date | None = None
    signatures: tuple[SignatureBlock, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedFacts:
    """The slots as found in a text; day, month and year stand apart, for drafts leave some blank.

    `body_signatures` are the blocks inside a paper that is no decision, or those below the first
    of a joint decision.

    `number_raw` and `date_raw` are the whole lines, empty where the text has none.
    """

    number_raw: str = ""
    number: int | None = None
    suffix: str = ""
    number_year: int | None = None
    symbol: str = ""
    date_raw: str = ""
    place: str = ""
    day: int | None = None
    month: int | None = None
    year: int | None = None
    signature: SignatureBlock | None = None
    submission_notes: tuple[SubmissionNoteFacts, ...] = ()
    annexes: tuple[AnnexFacts, ...] = ()
    body_signatures: tuple[SignatureBlock, ...] = ()

    @property
    def dated_on(self) -> date | None:
        """The date of the paper where all three parts are printed and make a date."""
        if self.day is None or self.month is None or self.year is None:
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class IssuanceFacts:
    """The facts that issuing fills in; while some are missing the paper shows their slots.

    `signature_lines` is the generated block above the name, top to bottom;
    `submission_notes` are the references printed in the recitals ("Tờ trình số …").
    """

    number: int | None = None
    suffix: str = ""
    symbol: str = ""
    # Procedures and policies carry a code ("QT.05") in the place of number and symbol.
    coded: bool = False
    place: str = ""
    dated_on: date | None = None
    signature_lines: tuple[str, ...] = ()
    signatory: str = ""
    submission_notes: tuple[str, ...] = ()

    @property
    def reference(self) -> str:
        """Number and symbol as the register writes them: below ten with a zero, "03/QĐ-UBND"."""
        if self.number is None:
            return ""
        if self.coded:
            return f"{self.symbol}.{self.number:02d}{self.suffix}"
        return f"{self.number:02d}{self.suffix}/{self.symbol}"


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What the office decides of a paper besides its words, fixed from submission on.

    Codes: its kind, whose authority it exercises, who may read it once issued, and the field of
    work, on which its signatory depends.
    """

    kind: str
    authority_kind: str
    access_level: str
    field_of_work: str
