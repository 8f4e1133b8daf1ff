"""The A4 sheets of a paper as HTML: its content with the issuance facts written into their slots.

Layout of Decree 30/2020, Appendix I. Number, place, date, signatory and the Tờ trình's reference
lie outside the content digest; here they are written back wherever the paper prints them, the
annexes included. What is not known yet is shown as a slot. Everything from a paper is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from documents.content.tree import Citation, Recital
from documents.importing.agencies import governing_lines
from offices.dates import month_as_written

if TYPE_CHECKING:
    from datetime import date

    from django.utils.safestring import SafeString

    from documents.content.facts import IssuanceFacts
    from documents.content.tree import Article, Block, Clause, Content, Preamble, Table

NATIONAL_HEADING = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
CONFIRMED = "đã ký xác nhận, chưa phải chữ ký số"
ADDRESSED = "Kính gửi:"
AWAITED = "chờ ký"
BODY_NAME = "ủy ban nhân dân "


@dataclass(frozen=True, slots=True)
class DateLine:
    """A date in its printed parts; an empty part is a slot."""

    day: str = ""
    month: str = ""
    year: str = ""


@dataclass(frozen=True, slots=True)
class Printed:
    """The issuance facts as they are printed, each in one place for the whole paper."""

    number: str
    symbol: str
    coded: bool
    place: str
    date: DateLine
    signature_lines: tuple[str, ...]
    signatory: str
    signature_words: str
    sealed: bool


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """One line above the number: bold where it belongs to the name of who issues."""

    text: str
    is_issuer: bool


@dataclass(frozen=True, slots=True)
class PreambleLine:
    """One paragraph above the enacting word; a recital may end with the Tờ trình it rests on."""

    text: str
    id: str
    note: str = ""
    note_is_awaited: bool = False
    terminator: str = ""
    is_recital: bool = False


@dataclass(frozen=True, slots=True)
class ArticleLines:
    """An article with its first paragraph beside its marker."""

    id: str
    marker: str
    first: str
    children: tuple[Drawn, ...]
    rest: tuple[Drawn, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed cell; the last cell of a short row reaches to the edge."""

    text: str
    span: int


@dataclass(frozen=True, slots=True)
class TableRow:
    """One printed row; `after_break` marks the first row of the next printed page."""

    id: str
    cells: tuple[Cell, ...]
    is_header: bool
    after_break: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """A block ready for the template: a clause, or a table with its rows laid out."""

    kind: str
    id: str
    marker: str = ""
    text: str = ""
    children: tuple[Drawn, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[TableRow, ...] = ()


def sheets(
    content: Content,
    facts: IssuanceFacts,
    *,
    header: Sequence[str] = (),
    signature_words: str | None = None,
    sealed: bool = False,
    ribbon: SafeString | None = None,
    anchors: bool = True,
    urgency: str = "",
) -> SafeString:
    """Draw the decision and each annex on its own sheet.

    `header` are the agency's two lines where the text itself has none; `signature_words` stand
    in the place of the signature; `ribbon` is drawn above the paper. With `anchors` every clause
    carries its stable id as `dk-…`; draw only one paper of a page with them. `urgency` is the
    level of an urgent paper in words, marked below its number (Decree 30/2020, Appendix I, 10b).
    """
    printed = _printed(facts, signature_words=signature_words, sealed=sealed)
    preface = content.preface
    # An official letter bears no type; its subject stands below its number (app. III).
    letter = content.kind == "official_letter"
    body = drawn(content.body)
    context = {
        "content": content,
        "letter": letter,
        "facts": printed,
        "ribbon": ribbon,
        "anchors": anchors,
        "urgency": urgency.upper(),
        "national": preface.national_heading or NATIONAL_HEADING,
        "agency": named(
            preface.agency_header or tuple(header) or agency_lines(preface.agency_full)
        ),
        "verbatim": drawn(preface.verbatim),
        "preamble": tuple(_preamble(content.preamble, facts)),
        "body": tuple(addressed(body)) if letter else body,
        "articles": tuple(_article(article) for article in content.articles),
        "ending": drawn(content.ending),
        "annexes": tuple(
            (annex, named(annex.agency_header), drawn(annex.blocks)) for annex in content.annexes
        ),
    }
    return render_to_string("documents/sheets.html", context)


def named(header: Sequence[str]) -> tuple[AgencyLine, ...]:
    """Lay out the agency's lines: the superior's plain, every line of the issuer's name bold."""
    plain = governing_lines(header)
    return tuple(AgencyLine(line, place >= plain) for place, line in enumerate(header))


def agency_lines(name: str) -> tuple[str, ...]:
    """Write an agency's full name as the two lines above the number: body, then place."""
    if name.casefold().startswith(BODY_NAME):
        return (name[: len(BODY_NAME)].strip().upper(), name[len(BODY_NAME) :].upper())
    return (name.upper(),) if name else ()


def date_line(day: date | None) -> DateLine:
    """Split a date into its printed parts (Decree 30/2020, Appendix I: months 3 to 9 bare)."""
    if day is None:
        return DateLine()
    return DateLine(f"{day.day:02}", month_as_written(day.month), str(day.year))


def drawn(blocks: Sequence[Block]) -> tuple[Drawn, ...]:
    """Lay out clauses and tables for the template, in reading order."""
    return tuple(_drawn(block) for block in blocks)


def addressed(blocks: Sequence[Drawn]) -> Iterator[Drawn]:
    """Set the line of a letter that says to whom it goes apart from the text (app. I, box 9a)."""
    for block in blocks:
        to = block.kind == "paragraph" and block.text.startswith(ADDRESSED)
        yield replace(block, kind="addressee") if to else block


def _drawn(block: Block) -> Drawn:
    if block.kind == "table":
        return Drawn("table", block.id, columns=block.columns, rows=tuple(_rows(block)))
    return Drawn(
        block.kind,
        block.id,
        marker=block.marker,
        text=block.text,
        children=drawn(block.children),
    )


def _rows(table: Table) -> Iterator[TableRow]:
    width = max([len(table.columns), *(len(row.cells) for row in table.rows)])
    headers = set(table.repeated_headers)
    for place, row in enumerate(table.rows):
        last = len(row.cells) - 1
        cells = (
            Cell(text, width - last if column == last else 1)
            for column, text in enumerate(row.cells)
        )
        yield TableRow(row.id, tuple(cells), place in headers, place in table.breaks)


def _printed(facts: IssuanceFacts, *, signature_words: str | None, sealed: bool) -> Printed:
    number = "" if facts.number is None else f"{facts.number:02d}{facts.suffix}"
    words = CONFIRMED if facts.signatory else AWAITED
    return Printed(
        number=number,
        symbol=facts.symbol,
        coded=facts.coded,
        place=facts.place,
        date=date_line(facts.dated_on),
        signature_lines=facts.signature_lines,
        signatory=facts.signatory,
        signature_words=words if signature_words is None else signature_words,
        sealed=sealed,
    )


def _preamble(parts: Sequence[Preamble], facts: IssuanceFacts) -> Iterator[PreambleLine]:
    notes = iter(facts.submission_notes)
    for part in parts:
        if isinstance(part, Recital):
            note = next(notes, "")
            yield PreambleLine(
                f"{part.opening} {part.who}",
                part.id,
                note=note,
                note_is_awaited=not note and facts.number is None,
                terminator=part.terminator,
                is_recital=True,
            )
        elif isinstance(part, Citation):
            yield PreambleLine(part.text, part.id)
        else:
            yield PreambleLine(f"{part.marker} {part.text}".strip(), part.id)


def _article(article: Article) -> ArticleLines:
    first, rest = _first_paragraph(article.blocks)
    return ArticleLines(
        article.id,
        article.marker,
        first.text if first else "",
        drawn(first.children) if first else (),
        drawn(rest),
    )


def _first_paragraph(blocks: tuple[Block, ...]) -> tuple[Clause | None, tuple[Block, ...]]:
    if blocks and blocks[0].kind == "paragraph":
        return blocks[0], blocks[1:]
    return None, blocks
