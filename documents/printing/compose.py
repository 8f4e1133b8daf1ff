"""From content and issuance facts to the paper as it is printed (Decree 30/2020, Appendix I)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING

from documents.content.tree import Citation, Recital
from documents.importing.agencies import governing_lines
from documents.printing import tables
from documents.printing.faces import printable, width
from documents.printing.paper import (
    FRAMES,
    BlockKind,
    Foot,
    Paper,
    PrintedBlock,
    PrintedSheet,
    PrintedSignature,
)
from documents.rendering.html import ADDRESSED, NATIONAL_HEADING, agency_lines, date_line

if TYPE_CHECKING:
    from documents.content.facts import IssuanceFacts
    from documents.content.tree import Annex, Article, Block, Clause, Content, Preamble

RECIPIENTS = "Nơi nhận:"
# Left free for what is not known yet, so that it can be written by hand.
BLANK = "\u2003\u2003"
# PDF/A wants a date in every file; that of a paper without any must be the same every day.
UNDATED = date(1970, 1, 1)
# The width of the text in ems of its letters, less the indent of a first line.
ROOM = 28.0
# The column of the agency in ems of its bold letters; what its name begins with, and goes on after.
COLUMN = 13.0
BODY = re.compile(r"^(ỦY BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN) ")
# Half of the width in ems of a recipient's letters; how many lines of them a foot keeps together,
# and how many stand beside a signature with its seal and name.
HALF, MOST_KEPT, SIGNED = 20.0, 24, 7
KINDS: dict[str, BlockKind] = {
    "heading": "heading",
    "motto": "motto",
    "notes": "notes",
    "point": "point",
    "bullet": "bullet",
}


def compose(
    content: Content,
    facts: IssuanceFacts,
    *,
    header: Sequence[str] = (),
    author: str = "",
    signature_words: str = "",
    ribbon: str = "",
    mark: str = "",
    urgency: str = "",
    saved_on: date | None = None,
) -> Paper:
    """Compose the decision and each annex on sheets of their own.

    `header` are the agency's lines where the text itself has none; `signature_words` stand in
    the place of the signature; `ribbon` and `mark` are printed on copies and drafts alone;
    `urgency` is the level of an urgent paper in words, `saved_on` dates the file of a paper that has no date yet.
    """
    signature = PrintedSignature(
        tuple(said(line) for line in facts.signature_lines),
        signature_words if facts.signatory else "",
        said(facts.signatory),
    )
    name = facts.reference or facts.symbol
    return Paper(
        title=said(" ".join(part for part in (content.preface.type_word, name) if part)),
        author=said(author),
        number=said(facts.reference),
        stamped=facts.dated_on or saved_on or UNDATED,
        sheets=(
            _decision(content, facts, header=header, signature=signature, urgency=urgency),
            *(_annex(annex, facts, signature=signature) for annex in content.annexes),
        ),
        ribbon=said(ribbon),
        mark=said(mark),
    )


def said(text: str) -> str:
    """Give a text as it is printed: nothing that no face draws, no word wider than its line."""
    return tables.broken(printable(text), ROOM)


def _decision(
    content: Content,
    facts: IssuanceFacts,
    *,
    header: Sequence[str],
    signature: PrintedSignature,
    urgency: str,
) -> PrintedSheet:
    preface = content.preface
    blocks = [
        *_line("authority", preface.authority),
        *_preamble(content.preamble, facts),
        *_line("enact", content.enacting_word),
        *_blocks(content.body, signature),
        *(block for article in content.articles for block in _article(article, signature)),
    ]
    agency = preface.agency_header or tuple(header) or agency_lines(preface.agency_full)
    subject = " ".join(part for part in (preface.subject_prefix, preface.subject) if part)
    # An official letter bears no type; its subject stands below its number (app. III).
    letter = content.kind == "official_letter"
    return PrintedSheet(
        national=_lines(preface.national_heading or NATIONAL_HEADING),
        agency=_agency(agency),
        governing=governing_lines(agency),
        number=said(f"Số: {_reference(facts)}"),
        about=said(subject) if letter else "",
        place_and_date=said(f"{facts.place}, {_date(facts)}"),
        urgency=urgency.upper(),
        frame=FRAMES.get(urgency.upper(), 0.0),
        before=tuple(_blocks(preface.verbatim, signature)),
        label=said(preface.type_word),
        title="" if letter else said(subject),
        blocks=tuple(_addressed(blocks) if letter else blocks),
        foot=_foot(content, signature),
        after=tuple(_blocks(content.ending, signature)),
    )


def _addressed(blocks: Sequence[PrintedBlock]) -> Iterator[PrintedBlock]:
    """Set the line of a letter that says to whom it goes apart from the text (app. I, box 9a)."""
    for block in blocks:
        to = block.kind == "paragraph" and block.text.startswith(ADDRESSED)
        yield replace(block, kind="addressee") if to else block


def _lines(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(said(line) for line in lines)


def _agency(lines: Sequence[str]) -> tuple[str, ...]:
    """The agency's lines; one that is too long for its column breaks after the kind of body."""
    return tuple(
        line if width(line) <= COLUMN else BODY.sub(r"\1\n", line, count=1)
        for line in _lines(lines)
    )


def _reference(facts: IssuanceFacts) -> str:
    """Number and symbol; the number's place is left free while it is not given."""
    if facts.reference:
        return facts.reference
    return f"{facts.symbol}.{BLANK}" if facts.coded else f"{BLANK}/{facts.symbol}"


def _date(facts: IssuanceFacts) -> str:
    day = date_line(facts.dated_on)
    return f"ngày {day.day or BLANK} tháng {day.month or BLANK} năm {day.year or BLANK}"


def _preamble(parts: Sequence[Preamble], facts: IssuanceFacts) -> Iterator[PrintedBlock]:
    notes = iter(facts.submission_notes)
    for part in parts:
        if isinstance(part, Recital):
            note = next(notes, "")
            if not note and facts.number is None:
                note = f"Tờ trình số {BLANK}"
            words = f"{part.opening} {part.who}"
            whole = f"{words} tại {note}" if note else words
            yield PrintedBlock("citation", said(f"{whole}{part.terminator}"))
        elif isinstance(part, Citation):
            yield PrintedBlock("citation", said(part.text))
        else:
            yield PrintedBlock("citation", said(f"{part.marker} {part.text}".strip(" ")))


def _line(kind: BlockKind, text: str) -> Iterator[PrintedBlock]:
    if text:
        yield PrintedBlock(kind, said(text))


def _article(article: Article, signature: PrintedSignature) -> Iterator[PrintedBlock]:
    first = article.blocks[0] if article.blocks else None
    if first is not None and first.kind == "paragraph":
        yield PrintedBlock("article", said(first.text), said(article.marker))
        yield from _blocks(first.children, signature)
        yield from _blocks(article.blocks[1:], signature)
    else:
        yield PrintedBlock("article", "", said(article.marker))
        yield from _blocks(article.blocks, signature)


def _blocks(
    blocks: Sequence[Block], signature: PrintedSignature, *, wide: bool = False
) -> Iterator[PrintedBlock]:
    for block in blocks:
        if block.kind == "table":
            yield PrintedBlock("table", table=tables.printed(block, wide=wide))
        elif block.kind == "signature":
            yield PrintedBlock("signature", signature=signature)
        else:
            yield _clause(block)
            yield from _blocks(block.children, signature, wide=wide)


def _clause(clause: Clause) -> PrintedBlock:
    words = f"{clause.marker} {clause.text}".strip(" ")
    return PrintedBlock(KINDS.get(clause.kind, "paragraph"), said(words))


def _foot(content: Content, signature: PrintedSignature) -> Foot:
    lines = [f"- {one.raw}{one.end}" for one in content.recipients]
    if content.archive is not None:
        lines.append(f"- {content.archive.raw}")
    heading = (content.recipients_heading or RECIPIENTS) if lines else ""
    listed = _lines(lines)
    beside = _beside(listed, signature)
    return Foot(said(heading), listed[:beside], signature, further=listed[beside:])


def _beside(recipients: Sequence[str], signature: PrintedSignature) -> int:
    """How many recipients are kept beside the signature: all of them but of a long list."""
    heights = [tables.lines_of(line, HALF) for line in recipients]
    if sum(heights) <= MOST_KEPT:
        return len(recipients)
    room = SIGNED + len(signature.lines) - heights[0]
    return 1 + sum(1 for taken in accumulate(heights[1:]) if taken <= room)


def _annex(annex: Annex, facts: IssuanceFacts, *, signature: PrintedSignature) -> PrintedSheet:
    """One annex; number and date of the decision are written back into its "(Kèm theo …)"."""
    belongs = ""
    if annex.reference is not None:
        # Neither the number nor the date is parted by the end of a line.
        number = f"số {_reference(facts)}".replace(" ", "\u00a0")
        day = _date(facts).replace(" ", "\u00a0")
        belongs = (
            f"{annex.reference.opening} {number} {day} "
            f"của {annex.reference.issuer}{annex.reference.closing}"
        )
    wide = any(block.kind == "table" and tables.is_wide(block) for block in annex.blocks)
    return PrintedSheet(
        national=_lines(annex.national_heading),
        agency=_agency(annex.agency_header),
        governing=governing_lines(annex.agency_header),
        label=said(annex.label),
        title=said(annex.title),
        belongs=said(belongs),
        blocks=tuple(_blocks(annex.blocks, signature, wide=wide)),
        wide=wide,
    )
