"""A paper as the plain text a drafter edits: one block a paragraph, blank lines between.

Reading the text again gives the same content. Facts of issuance appear only when given.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from documents.content.facts import AnnexFacts, PrintedFacts, SignatureBlock
from documents.content.tree import Block, Clause, Recital, Table

if TYPE_CHECKING:
    from documents.content.tree import Annex, Article, Content, Preamble

# Stands where an annex is signed, while nobody has signed; the reader knows it.
SIGNATURE_SLOT = "[chữ ký]"
BLANK = "…"


def to_text(content: Content, printed: PrintedFacts | None = None) -> str:
    """The text of a paper, ending with a line feed; with `printed`, its numbers, dates and blocks."""
    facts = printed or PrintedFacts()
    body_signatures = iter(facts.body_signatures)
    parts = [
        *_preface(content, facts),
        *_preamble(content.preamble, facts),
        content.enacting_word,
        *_blocks(content.body, body_signatures),
        *(part for article in content.articles for part in _article(article)),
        *_ending(content, printed),
        # A joint paper is signed more than once.
        *map(_signature, body_signatures),
        *_annexes(content.annexes, facts.annexes),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _preface(content: Content, facts: PrintedFacts) -> Iterator[str]:
    preface = content.preface
    yield "\n".join(preface.agency_header)
    yield facts.number_raw
    yield "\n".join(preface.national_heading)
    yield facts.date_raw
    yield from (clause.text for clause in preface.verbatim)
    yield preface.type_word
    yield " ".join(part for part in (preface.subject_prefix, preface.subject) if part)
    yield preface.authority


def _preamble(parts: tuple[Preamble, ...], facts: PrintedFacts) -> Iterator[str]:
    notes = {note.recital: note.raw for note in facts.submission_notes}
    recitals = 0
    for part in parts:
        if isinstance(part, Recital):
            note = f" {notes[recitals]}" if recitals in notes else ""
            yield f"{part.opening} {part.who}{note}{part.terminator}"
            recitals += 1
        else:
            yield part.text


def _article(article: Article) -> Iterator[str]:
    first = article.blocks[0] if article.blocks else None
    if isinstance(first, Clause) and first.kind == "paragraph":
        yield f"{article.marker} {first.text}"
        yield from _blocks(article.blocks[1:], iter(()))
    else:
        yield article.marker
        yield from _blocks(article.blocks, iter(()))


def _blocks(blocks: tuple[Block, ...], signatures: Iterator[SignatureBlock]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Table):
            yield _table(block)
        elif block.kind == "signature":
            yield _signature(next(signatures, None)) or SIGNATURE_SLOT
        else:
            yield " ".join(part for part in (block.marker, block.text) if part)
            yield from _blocks(block.children, signatures)


def _table(table: Table) -> str:
    lines = ["\t".join(table.columns)]
    for number, row in enumerate(table.rows):
        if number in table.breaks:
            lines.append("")
        lines.append("\t".join(row.cells))
    return "\n".join(lines)


def _signature(block: SignatureBlock | None) -> str:
    return "\n".join(block.lines) if block is not None else ""


def _ending(content: Content, printed: PrintedFacts | None) -> Iterator[str]:
    yield content.recipients_heading
    lines = [f"- {one.raw}{one.end}" for one in content.recipients]
    if content.archive is not None:
        lines.append(f"- {content.archive.raw}")
    yield "\n".join(lines)
    yield _signature(printed.signature) if printed else _parting(content)
    yield from (clause.text for clause in content.ending)


def _parting(content: Content) -> str:
    """The place of the signature, where only it tells that the first annex of a decision begins."""
    first = content.annexes[0] if content.annexes else None
    if content.kind != "decision" or first is None or first.label or first.reference is not None:
        return ""
    return SIGNATURE_SLOT


def _annexes(annexes: tuple[Annex, ...], facts: tuple[AnnexFacts, ...]) -> Iterator[str]:
    for number, annex in enumerate(annexes):
        printed = facts[number] if number < len(facts) else AnnexFacts()
        yield annex.label
        yield "\n".join(annex.agency_header)
        yield printed.number_line
        yield "\n".join(annex.national_heading)
        yield printed.date_line
        yield annex.title
        if annex.reference is not None:
            by = f" của {annex.reference.issuer}" if annex.reference.issuer else ""
            blank = f"{annex.reference.opening} số {BLANK} ngày {BLANK}{by}"
            yield printed.reference_raw or f"{blank}{annex.reference.closing}"
        yield from _blocks(annex.blocks, iter(printed.signatures))
