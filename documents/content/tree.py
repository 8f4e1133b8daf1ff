"""The content tree of one paper: every word that decisions bind to, and nothing else.

What is printed but decided later (number, date, signatory, the Tờ trình's number) lies in
`documents.content.facts`, outside this tree and outside the digest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from documents.content.titles import sentence_case

Kind = Literal[
    "decision", "quality_objectives", "quality_policy", "procedure", "official_letter", "notice"
]
AuthorityKind = Literal["chairman", "committee", "other"]
ClauseKind = Literal[
    "paragraph", "item", "point", "bullet", "heading", "motto", "notes", "signature"
]
EffectivityRule = Literal[
    "from_signing_date", "from_issue_date", "on_date", "after_days", "from_publication"
]
Verb = Literal["replaces", "repeals", "annuls", "amends", "suspends", "corrects", "recalls"]
Scope = Literal["whole", "part"]
RecipientKind = Literal["report", "act", "know", "coordinate", "publish", "executors", "other"]

KINDS: tuple[Kind, ...] = (
    "decision",
    "quality_objectives",
    "quality_policy",
    "procedure",
    "official_letter",
    "notice",
)
# Papers that answer an issued one without deciding anew: a correction, a recall. They have no
# articles and no legal bases (Decree 30/2020 art. 18).
LETTERS: frozenset[Kind] = frozenset({"official_letter", "notice"})


@dataclass(frozen=True, slots=True)
class Instrument:
    """One instrument of law or administration as a paper cites it; empty text where not written.

    `number` and `suffix` are read from `number_raw` ("93a/QĐ-UBND" is 93 and "a"); `year` is the
    year inside the number and stands only in normative instruments (Decree 30/2020, app. I).
    `start` and `end` are offsets in the paragraph; `terminator` is "mid" inside a paragraph.
    """

    type: str
    number_raw: str = ""
    number: int | None = None
    suffix: str = ""
    year: int | None = None
    symbol: str = ""
    agency: str = ""
    dated_on: date | None = None
    date_raw: str = ""
    issuer: str = ""
    subject: str = ""
    name: str = ""
    raw: str = ""
    start: int = 0
    end: int = 0
    terminator: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of running text with its marker as written ("1.", "a)", "-") and what hangs below it.

    A clause of kind "signature" is the place of a signature block inside an annex; its lines
    are facts of issuance, so its text is empty.
    """

    kind: ClauseKind
    text: str
    marker: str = ""
    children: tuple[Block, ...] = ()
    id: str = ""

    @property
    def number(self) -> str:
        """The marker without its punctuation: "1." is "1", "a)" is "a"."""
        return self.marker.strip(" .):(")


@dataclass(frozen=True, slots=True)
class Row:
    """One printed row of a table, cell by cell."""

    cells: tuple[str, ...]
    id: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table exactly as printed: nothing joined, repeated headers kept.

    `breaks` are the indexes of the rows that follow a page break.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    breaks: tuple[int, ...] = ()
    id: str = ""

    @property
    def kind(self) -> Literal["table"]:
        """Lets a table stand in one loop with clauses."""
        return "table"

    @property
    def repeated_headers(self) -> tuple[int, ...]:
        """Indexes of the rows that only print the header again."""
        return tuple(i for i, row in enumerate(self.rows) if row.cells == self.columns)

    @property
    def numbered_rows(self) -> tuple[int, ...]:
        """Indexes of the rows whose first cell is an ordinal ("1" or "1.")."""
        return tuple(
            i
            for i, row in enumerate(self.rows)
            if row.cells and row.cells[0].rstrip(".").isdecimal()
        )


Block = Clause | Table


@dataclass(frozen=True, slots=True)
class Preface:
    """What stands above the preamble.

    `authority` is the line of the issuing authority as written, possibly cut short;
    `agency_full` is its completed name without the chairman's title.
    """

    national_heading: tuple[str, ...] = ()
    agency_header: tuple[str, ...] = ()
    type_word: str = ""
    subject_prefix: str = ""
    subject: str = ""
    authority: str = ""
    authority_kind: AuthorityKind = "other"
    agency_full: str = ""
    standard: str = ""
    period_year: int | None = None
    verbatim: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """One "Căn cứ" paragraph, verbatim, with the instruments read in it."""

    text: str
    instruments: tuple[Instrument, ...] = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class Recital:
    """On whose proposal the paper is issued; the Tờ trình's reference is a printed fact."""

    opening: str
    who: str
    terminator: str = ""
    id: str = ""

    @property
    def text(self) -> str:
        """The recital without the reference of the submission note."""
        return f"{self.opening} {self.who}{self.terminator}"


Preamble = Citation | Recital | Clause


@dataclass(frozen=True, slots=True)
class Article:
    """One Điều with every paragraph, khoản and điểm that belongs to it."""

    number: int
    marker: str
    blocks: tuple[Block, ...]
    suffix: str = ""
    id: str = ""

    @property
    def text(self) -> str:
        """The first paragraph of the article."""
        first = self.blocks[0] if self.blocks else None
        return first.text if isinstance(first, Clause) and first.kind == "paragraph" else ""


@dataclass(frozen=True, slots=True)
class Effectivity:
    """When the paper takes effect, as its text says.

    `from_signing_date` and `from_issue_date` both resolve to the date on the document when it
    is numbered (Decree 30/2020 art. 15); `days` counts calendar days for `after_days`. Of
    `from_publication` the text does not tell the day; `days` are those after it, where named.
    """

    raw: str
    article: int | None
    rule: EffectivityRule
    on_date: date | None = None
    days: int | None = None
    clause_id: str = ""


@dataclass(frozen=True, slots=True)
class Supersession:
    """What the paper does to an earlier instrument."""

    verb: Verb
    verb_raw: str
    scope: Scope
    scope_raw: str
    target: Instrument
    raw: str
    article: int | None = None
    clause_id: str = ""


@dataclass(frozen=True, slots=True)
class Recipient:
    """One line of the distribution list without its dash; `end` is its closing mark."""

    raw: str
    annotation: str = ""
    kind: RecipientKind = "other"
    article_ref: int | None = None
    end: str = ";"
    id: str = ""


@dataclass(frozen=True, slots=True)
class Archive:
    """The archive line: the first unit keeps the original, the person in brackets drafted it."""

    raw: str
    units: tuple[str, ...]
    drafter: str = ""


@dataclass(frozen=True, slots=True)
class AnnexReference:
    """The fixed part of "(Ban hành kèm theo Quyết định số … ngày … của …)"."""

    opening: str
    issuer: str
    closing: str = ")"


@dataclass(frozen=True, slots=True)
class Annex:
    """A paper attached to the decision, in the same file."""

    title: str
    label: str = ""
    national_heading: tuple[str, ...] = ()
    agency_header: tuple[str, ...] = ()
    reference: AnnexReference | None = None
    blocks: tuple[Block, ...] = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """The whole paper. `ids_given` counts the clause ids ever handed out, so none is reused."""

    kind: Kind
    preface: Preface
    preamble: tuple[Preamble, ...] = ()
    enacting_word: str = ""
    body: tuple[Block, ...] = ()
    articles: tuple[Article, ...] = ()
    effectivity: Effectivity | None = None
    supersessions: tuple[Supersession, ...] = ()
    executors: tuple[str, ...] = ()
    end_mark: str = ""
    end_mark_article: int | None = None
    recipients_heading: str = ""
    recipients: tuple[Recipient, ...] = ()
    archive: Archive | None = None
    ending: tuple[Clause, ...] = ()
    annexes: tuple[Annex, ...] = ()
    ids_given: int = 0

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The legal bases, in order."""
        return tuple(part for part in self.preamble if isinstance(part, Citation))

    @property
    def recitals(self) -> tuple[Recital, ...]:
        """The proposers, in order."""
        return tuple(part for part in self.preamble if isinstance(part, Recital))

    @property
    def instruments(self) -> tuple[Instrument, ...]:
        """Every instrument cited as a legal basis, in order, duplicates included."""
        return tuple(one for citation in self.citations for one in citation.instruments)

    @property
    def title(self) -> str:
        """What a list calls this paper: its subject, with a capital first letter.

        Papers that are not decisions have their type in the name ("Mục tiêu chất lượng năm …").
        """
        words = self.preface.subject
        if self.kind != "decision":
            opening = sentence_case(self.preface.type_word)
            words = f"{opening} {words[:1].lower()}{words[1:]}".strip()
        return words[:1].upper() + words[1:]


def clauses_of(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Every block below, depth first, in reading order."""
    for block in blocks:
        yield block
        if isinstance(block, Clause):
            yield from clauses_of(block.children)
