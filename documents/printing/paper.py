"""One paper as it will be printed: every word in its place, nothing left to decide for a printer.

PDF and DOCX are set from this one value, so that they say and look the same. Number, date,
signatory and the Tờ trình's reference are written into their slots here, annexes included; a slot
that is not filled yet stays blank, as on a paper form (Decree 30/2020, Appendix I).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from documents.printing.faces import width

if TYPE_CHECKING:
    from datetime import date

BlockKind = Literal[
    "addressee", "authority", "citation", "enact", "article", "heading", "motto", "notes", "paragraph",
    "point", "bullet", "table", "signature",
]  # fmt: skip

# What never stands last on a page, and what may lead in what follows.
HEADING: frozenset[BlockKind] = frozenset({"addressee", "authority", "enact", "heading", "notes"})
LEADING: frozenset[BlockKind] = frozenset({"article", "paragraph", "point", "bullet"})
# The widths in millimetres of the stamps of urgency (Decree 30/2020, Appendix I, II.1.10b).
FRAMES = {"HỎA TỐC": 30.0, "THƯỢNG KHẨN": 40.0, "KHẨN": 20.0}
# The width in ems of a first line of the text.
LINE = 30.0


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
    # The level of urgency in capitals, on the first sheet of an urgent paper alone, and how wide
    # its frame is in millimetres (0: as wide as the words).
    urgency: str = ""
    frame: float = 0.0
    after: tuple[PrintedBlock, ...] = ()
    wide: bool = False

    @property
    def held(self) -> tuple[bool, ...]:
        """For each block whether it stays on the page of what follows it.

        A heading and a line that leads in do, and what stands before a signature: nobody signs
        on a page without a word of what is signed.
        """
        return tuple(map(_is_held, self.blocks, self._following))

    @property
    def signs_below_a_table(self) -> bool:
        """Whether a table stands right above a signature."""
        below = zip(self.blocks, self._following, strict=True)
        return any(one.kind == "table" and kind == "signature" for one, kind in below)

    @property
    def _following(self) -> list[str]:
        after = [one.kind for one in self.blocks[1:]]
        return [*after, "signature" if self.foot is not None else ""] if self.blocks else []


def _is_held(block: PrintedBlock, following: str) -> bool:
    if following == "signature" or block.kind in HEADING:
        return bool(following)
    return bool(following) and block.kind in LEADING and _leads_in(block)


def _leads_in(block: PrintedBlock) -> bool:
    """Whether a block is one line that announces what follows: "Điều 2. Trách nhiệm", "…, gồm:"."""
    words = f"{block.head} {block.text}".rstrip()
    titled = block.kind == "article" and words[-1:].isalnum()
    return (titled or words.endswith(":")) and "\n" not in words and width(words) <= LINE


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
