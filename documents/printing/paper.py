"""One paper as it will be printed: every word in its place, nothing left to decide for a printer.

PDF and DOCX are set from this one value, so that they say and look the same. Number, date,
signatory and the Tờ trình's reference are written into their slots here, annexes included; a slot
that is not filled yet stays blank, as on a paper form (Decree 30/2020, Appendix I).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

BlockKind = Literal[
    "addressee", "authority", "citation", "enact", "article", "heading", "motto", "notes", "paragraph",
    "point", "bullet", "table", "signature",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """One cell over `columns` and `rows`; one that is `kept` is not broken by the end of a page."""

    text: str
    columns: int = 1
    rows: int = 1
    kept: bool = True


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table with the width of each column in parts of the whole, and its size of letters.

    A cell that reaches over several rows stands in the first of them alone. `size` is in points;
    `ordinal` says that the first column numbers the rows.
    """

    heads: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[PrintedCell, ...], ...]
    size: float
    ordinal: bool = False


@dataclass(frozen=True, slots=True)
class PrintedSignature:
    """The lines above the name, the words in the place of the signature, the name."""

    lines: tuple[str, ...] = ()
    words: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class PrintedBlock:
    """One paragraph, table or signature; `head` is printed bold before the text ("Điều 1.").

    `beside` is a second signature on the left of the first, as minutes have it.
    """

    kind: BlockKind
    text: str = ""
    head: str = ""
    table: PrintedTable | None = None
    signature: PrintedSignature | None = None
    beside: PrintedSignature | None = None


@dataclass(frozen=True, slots=True)
class Foot:
    """What stands below the text: whom it goes to on the left, who signs on the right (or nobody).

    The `further` recipients of a long list stand below the signature's height and may go on to
    the next page; everything else of the foot stays together.
    """

    heading: str
    recipients: tuple[str, ...]
    signature: PrintedSignature | None
    further: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedSheet:
    """The decision or one annex: its own sheet of paper with its own count of pages.

    The first `governing` lines of `agency` name the superior body and are plain. `label` stands above the title ("QUYẾT ĐỊNH", "Phụ lục I"); `belongs` is the line
    "(Kèm theo …)" of an annex; `wide` sheets lie on their long side.
    """

    national: tuple[str, ...] = ()
    agency: tuple[str, ...] = ()
    governing: int = 0
    number: str = ""
    # What an official letter is about, below its number; other papers have a title.
    about: str = ""
    place_and_date: str = ""
    before: tuple[PrintedBlock, ...] = ()
    label: str = ""
    title: str = ""
    belongs: str = ""
    blocks: tuple[PrintedBlock, ...] = ()
    foot: Foot | None = None
    # The level of urgency in capitals, on the first sheet of an urgent paper alone.
    urgency: str = ""
    after: tuple[PrintedBlock, ...] = ()
    wide: bool = False

    @property
    def ends_in_signatures(self) -> bool:
        """Whether the text ends in two signatures beside each other."""
        return bool(self.blocks) and self.blocks[-1].beside is not None


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything a printer needs; the same value gives the same bytes.

    `ribbon` is printed above every page of a copy or a draft and `mark` across it; the paper
    itself has neither. `stamped` is the only time that goes into a file: the date on the paper,
    or the day a draft was saved.
    """

    title: str
    author: str
    number: str
    stamped: date
    sheets: tuple[PrintedSheet, ...]
    ribbon: str = ""
    mark: str = ""
