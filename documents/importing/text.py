"""The reader of .txt, .md and pasted text: a content tree, the printed facts, and findings.

Never loses a word: what is not understood stays verbatim where it stood, and is flagged.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import regex

from documents.content.clauses import period_of, standard_of, texts_of
from documents.content.identity import assign_ids, ids
from documents.content.tree import (
    KINDS,
    LETTERS,
    Content,
    Kind,
    Preface,
)
from documents.importing import doubts, forms
from documents.importing.agencies import full_agency, kind_of
from documents.importing.annexes import annex_starts, read_annexes
from documents.importing.articles import is_first_article, read_articles
from documents.importing.blocks import read_blocks
from documents.importing.cursor import Cursor
from documents.importing.decode import decode, refuse_secret
from documents.importing.ending import begins_ending, is_signed_name, is_signed_post, read_ending
from documents.importing.findings import Finding, Findings, Unreadable
from documents.importing.opening import (
    Opening,
    read_heading,
    read_letter_subject,
    read_subject,
    read_title,
    slot_line,
)
from documents.importing.pages import without_page_numbers
from documents.importing.preamble import begins_basis, is_enacting, read_preamble
from documents.importing.wraps import paragraphs

__all__ = ["Finding", "Reading", "Unreadable", "read_text"]

if TYPE_CHECKING:
    from documents.content.facts import PrintedFacts, SignatureBlock
    from documents.importing.layout import Line, Para

_TO_SOMEBODY = regex.compile(r"(?:Kính gửi|Kính trình)\s*:?")
_DECISION = forms.KIND_NAMES["decision"]
_CONSOLIDATED = "Văn bản hợp nhất"
_MARKDOWN = (".md", ".markdown")
_SEARCHED = 60


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says, what it prints, and what is doubtful; `text` is the cleaned source.

    `lines` tells on which line of the source each clause id begins.
    """

    content: Content
    printed: PrintedFacts
    findings: tuple[Finding, ...]
    text: str
    lines: tuple[tuple[str, int], ...]


def read_text(
    raw: bytes | str,
    *,
    filename: str = "",
    kind: str | None = None,
    previous: Content | None = None,
    drafting: bool = False,
) -> Reading:
    """Read a paper; raises Unreadable when it must be refused as a whole.

    `kind` is one of KINDS as the user chose it (None: whatever the text says), `previous` the revision whose
    clause ids live on. While `drafting`, an unfinished text is read as far as it goes; another
    type of paper is refused all the same. A file named .md was written
    as Markdown: its backslashes are escapes.
    """
    findings = Findings()
    text = decode(raw, findings)
    refuse_secret(text)
    paras, taken = paragraphs(text, is_markdown=filename.lower().endswith(_MARKDOWN))
    if not paras:
        raise Unreadable("empty")
    paras = without_page_numbers(paras, findings)
    if taken:
        findings.add(taken)
    wanted = next((known for known in KINDS if known == kind), None)
    if wanted is None and kind is not None:
        raise ValueError(f"{kind} is not a kind of paper that is read from text")
    chosen = _kind(paras, wanted, drafting=drafting)
    rough, printed = _read(paras, chosen, findings)
    content = assign_ids(rough, previous)
    lines = tuple(
        (name, int(place.removeprefix("@")))
        for name, place in zip(ids(content), ids(rough), strict=True)
    )
    doubts.on_content(content, printed, dict(lines), findings)
    return Reading(content, printed, findings.in_order(), text, lines)


def _kind(paras: list[Para], chosen: Kind | None, *, drafting: bool) -> Kind:
    """The kind of the paper; Unreadable when it is another than the chosen one, or none."""
    found, line = _type_found(paras)
    # A letter is read as one only where one is being written: what is brought in is a paper.
    known = {k: name for k, name in forms.KIND_NAMES.items() if k not in LETTERS or k == chosen}
    kind = next((kind for kind, name in known.items() if name == found), None)
    if found is not None and (kind is None or (chosen is not None and kind != chosen)):
        wanted = forms.KIND_NAMES[chosen] if chosen else " / ".join(known.values())
        raise Unreadable("not_of_kind", line=line, found=found, kind=wanted)
    if kind is None and not drafting and not _is_untitled_decision(paras, chosen):
        raise Unreadable("kind_unknown", line=line)
    return kind or chosen or "decision"


def _type_found(paras: list[Para]) -> tuple[str | None, int]:
    """The first type word of the text, else an official letter by its address, with the line."""
    head = _head_lines(paras)
    consolidated = next((line for line in head if _is_consolidated(line.text)), None)
    if consolidated is not None:
        return _CONSOLIDATED, consolidated.number
    titled = next((line for line in head if forms.type_of(line.text) == _DECISION), None)
    addressed = any(_TO_SOMEBODY.match(line.text) for line in head)
    if titled is not None and not addressed:
        # The name of the office may begin with another type: "DỰ ÁN ĐẦU TƯ XÂY DỰNG".
        return _DECISION, titled.number
    for line in head:
        if _TO_SOMEBODY.match(line.text):
            named = next((t for other in head if (t := forms.type_of(other.text))), None)
            return named or "Công văn", line.number
        found = forms.type_of(line.text)
        if found is not None:
            return found, line.number
    return None, paras[0].line


def _is_consolidated(text: str) -> bool:
    """Whether a line numbers a consolidated text, which bears the title of what it consolidates."""
    numbered = forms.number_line(text)
    return numbered is not None and numbered.symbol.startswith("VBHN")


def _head_lines(paras: list[Para]) -> list[Line]:
    lines: list[Line] = []
    for para in paras[:_SEARCHED]:
        if begins_basis(para.text) or is_first_article(para.text):
            break
        lines += para.cells()
    return lines


def _is_untitled_decision(paras: list[Para], chosen: Kind | None) -> bool:
    """A decision whose type word was lost still has its enacting word or its articles."""
    if chosen not in {None, "decision"}:
        return False
    return any(is_first_article(para.text) or is_enacting(para.text) for para in paras)


def _read(paras: list[Para], kind: Kind, findings: Findings) -> tuple[Content, PrintedFacts]:
    cursor = Cursor(paras)
    opening = Opening()
    read_heading(cursor, opening, findings, type_name=forms.KIND_NAMES[kind])
    if kind == "decision":
        read_subject(cursor, opening, findings)
        read_preamble(cursor, opening, findings)
        body, articles = read_articles(_until_ending(cursor), findings)
        printed = opening.printed
    else:
        signed: list[tuple[SignatureBlock, int]] = []
        if kind in LETTERS:
            read_letter_subject(cursor, opening, findings)
        else:
            read_title(cursor, opening)
        body = read_blocks(_until_list(cursor), findings, signed)
        articles = ()
        printed = replace(opening.printed, body_signatures=tuple(block for block, _ in signed))
    ending = read_ending(cursor, findings)
    _number_at_the_foot(cursor, opening, findings)
    printed = replace(
        opening.printed,
        body_signatures=(*printed.body_signatures, *ending.further),
        submission_notes=printed.submission_notes,
    )
    attached = read_annexes(cursor.rest(), findings, own=opening.agency_header)
    facts = tuple(one.facts for one in attached)
    printed = replace(printed, signature=ending.signature, annexes=facts)
    content = Content(
        kind=kind,
        preface=_preface(opening),
        preamble=tuple(opening.preamble),
        enacting_word=opening.enacting_word,
        body=body,
        articles=articles,
        recipients_heading=ending.heading,
        recipients=tuple(ending.recipients),
        archive=ending.archive,
        ending=tuple(ending.verbatim),
        annexes=tuple(one.annex for one in attached),
    )
    content = replace(content, preface=_completed(content))
    doubts.on_signatures(content, printed, ending, attached, findings)
    doubts.on_authority(content, opening.authority_line, findings)
    return content, printed


def _number_at_the_foot(cursor: Cursor, opening: Opening, findings: Findings) -> None:
    """Take number and date where they stand below the signature and nowhere above."""
    if opening.printed.number_raw:
        return
    while (line := cursor.peek_line()) is not None and slot_line(line, opening, findings):
        cursor.take_line()


def _until_ending(cursor: Cursor) -> list[Para]:
    """The paragraphs of the articles: up to the distribution list, the signature or an annex."""
    starts = annex_starts(cursor.rest())
    limit = starts[0] if starts else -1
    taken: list[Para] = []
    while (para := cursor.peek()) is not None and len(taken) != limit:
        if begins_ending(para) or is_signed_name(cursor) or is_signed_post(cursor):
            break
        taken.append(cursor.take())
    return taken


def _until_list(cursor: Cursor) -> list[Para]:
    """The paragraphs of a paper without articles: up to the distribution list or an annex."""
    starts = annex_starts(cursor.rest())
    limit = starts[0] if starts else -1
    taken: list[Para] = []
    while (para := cursor.peek()) is not None and len(taken) != limit:
        if para.text.startswith("Nơi nhận"):
            break
        taken.append(cursor.take())
    return taken


def _preface(opening: Opening) -> Preface:
    return Preface(
        national_heading=tuple(opening.national_heading),
        agency_header=tuple(opening.agency_header),
        type_word=opening.type_word,
        subject_prefix=opening.subject_prefix,
        subject=opening.subject,
        authority=opening.authority,
        authority_kind=kind_of(opening.authority, opening.enacting_word),
        verbatim=tuple(opening.verbatim),
    )


def _completed(content: Content) -> Preface:
    """The preface with what other parts of the paper tell: full agency, standard, year."""
    preface = content.preface
    articles = [article.text for article in content.articles]
    inside = [text for annex in content.annexes for text in texts_of(annex.blocks)]
    own = texts_of(content.body)
    # A standard that is itself the legal basis; the abstract of an instrument may name an older one.
    plain = [basis.text for basis in content.citations if not basis.instruments]
    titles = [
        preface.subject,
        preface.type_word,
        *articles[:1],
        *(a.title for a in content.annexes),
    ]
    return replace(
        preface,
        agency_full=full_agency(preface),
        standard=standard_of(
            [preface.subject, *articles, *(r.who for r in content.recitals), *own, *inside, *plain]
        ),
        # The year of a letter is that of the paper it names.
        period_year=None if content.kind in LETTERS else period_of(titles, [*own, *inside]),
    )
