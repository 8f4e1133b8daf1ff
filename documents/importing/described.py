"""A reading in the words of a hand-typed truth, so that the two can be held side by side.

The fields are listed in docs/how-to/score-the-importer.md; `documents.importing.scoring` compares.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from documents.content.clauses import purpose, reporting_periods, texts_of
from documents.content.plausibility import implausible
from documents.content.proposals import proposers
from documents.content.sameness import same_instrument
from documents.content.tree import Annex, Article, Clause, Content, Recipient, Supersession, Table

if TYPE_CHECKING:
    from documents.content.facts import AnnexFacts, PrintedFacts, SignatureBlock
    from documents.importing.text import Reading

Described = dict[str, Any]


def decision(reading: Reading) -> Described:
    """Every field of the truth about a decision that its text can tell."""
    content, printed = reading.content, reading.printed
    return {**_head(content, printed), **_body(content, printed), **_end(content, printed)}


def _head(content: Content, printed: PrintedFacts) -> Described:
    preface = content.preface
    return {
        "national_header": bool(preface.national_heading),
        "agency_header": " ".join(preface.agency_header) or None,
        "agency_full": preface.agency_full.casefold(),
        "number_raw": printed.number_raw or None,
        "number": f"{printed.number}{printed.suffix}" if printed.number is not None else None,
        "symbol": printed.symbol or None,
        "number_blank": printed.number is None,
        "place": printed.place or None,
        "date_raw": printed.date_raw or None,
        "day": printed.day,
        "month": printed.month,
        "year": printed.year,
        "date_iso": printed.dated_on.isoformat() if printed.dated_on else None,
        "date_blank": printed.dated_on is None,
        "doc_type": preface.type_word.capitalize(),
        "title": preface.subject,
        "title_prefix": preface.subject_prefix or None,
        "issuing_authority": preface.authority,
        "authority_kind": preface.authority_kind,
        "standard": preface.standard or None,
        "period_year": preface.period_year,
    }


def _body(content: Content, printed: PrintedFacts) -> Described:
    cited = content.instruments
    distinct: list[Any] = []
    for one in cited:
        if not any(same_instrument(one, known) for known in distinct):
            distinct.append(one)
    effect = content.effectivity
    return {
        "legal_bases": {
            "paragraphs": len(content.citations),
            "instruments": len(cited),
            "distinct": len(distinct),
        },
        "proposer": _proposer(content, printed),
        "proposers": [
            {"who": one.who, "submission_no": one.submission_no or None}
            for one in proposers(content, printed)
        ],
        "enacting_word": content.enacting_word,
        "articles": [_article(article) for article in content.articles],
        "effectivity": {"raw": effect.raw, "article": effect.article, "rule": effect.rule}
        if effect
        else None,
        "supersedes": [_supersession(one) for one in content.supersessions],
        "executors": list(content.executors),
        "end_mark": content.end_mark,
        "end_mark_article": content.end_mark_article,
    }


def _proposer(content: Content, printed: PrintedFacts) -> Described | None:
    if not content.recitals:
        return None
    first = content.recitals[0]
    numbers = [note.number_raw for note in printed.submission_notes if note.recital == 0]
    return {
        "raw": first.text,
        "opening": first.opening,
        "who": first.who,
        "submission_no": numbers[0] if numbers else None,
        "terminator": first.terminator,
    }


def _article(article: Article) -> Described:
    clauses = [block for block in article.blocks if isinstance(block, Clause)]
    items = [c for c in clauses if c.kind == "item"]
    bullets = [c.text for c in clauses if c.kind == "bullet"]
    further = [c.text for c in clauses if c.kind == "paragraph"][1:]
    described: Described = {
        "no": article.number,
        "text": article.text,
        "kind": purpose(article),
    }
    described |= {"items": len(items)} if items else {}
    described |= {"bullets": bullets} if bullets else {}
    described |= {"second_paragraph": further[0]} if len(further) == 1 else {}
    return described | ({"further_paragraphs": further} if len(further) > 1 else {})


def _supersession(one: Supersession) -> Described:
    target = one.target
    return {
        "relation": one.verb_raw,
        "scope": "toàn bộ" if one.scope == "whole" else one.scope_raw,
        "doc_type": target.type,
        "number": target.number_raw,
        "date_iso": target.dated_on.isoformat() if target.dated_on else None,
        "issuer": target.issuer,
        "raw": one.raw,
        "title_given": bool(target.subject),
    }


def _end(content: Content, printed: PrintedFacts) -> Described:
    archive = content.archive
    annexes = zip(content.annexes, printed.annexes, strict=True)
    return {
        "recipients": [_recipient(one) for one in content.recipients],
        "archive": {
            "raw": archive.raw,
            "units": list(archive.units),
            "drafter": archive.drafter or None,
        }
        if archive
        else None,
        "signature": _signature(printed.signature),
        "attachments": [_annex(annex, facts) for annex, facts in annexes],
    }


def _recipient(one: Recipient) -> Described:
    described: Described = {"raw": one.raw, "annotation": one.annotation or None}
    described |= {"article_ref": one.article_ref} if one.article_ref else {}
    return described | ({"kind": "publish"} if one.kind == "publish" else {})


def _signature(block: SignatureBlock | None) -> Described | None:
    if block is None:
        return None
    rarer = {"tl": block.tl, "tuq": block.tuq, "acting": block.acting}
    return {key: body for key, body in rarer.items() if body} | {
        "lines": list(block.lines),
        "tm": block.tm or None,
        "kt": block.kt or None,
        "role": block.role,
        "name": block.name,
        "signed_by_deputy": block.signed_by_deputy,
    }


def _annex(annex: Annex, facts: AnnexFacts) -> Described:
    mottoes = [b.text for b in annex.blocks if isinstance(b, Clause) and b.kind == "motto"]
    notes = [b for b in annex.blocks if isinstance(b, Clause) and b.kind == "notes"]
    tables = [b for b in annex.blocks if isinstance(b, Table)]
    items = [b for b in annex.blocks if isinstance(b, Clause) and b.kind == "item"]
    signed = facts.signatures[0] if facts.signatures else None
    return {
        "title": annex.title,
        "ref_raw": facts.reference_raw,
        "ref_number": facts.reference_number or None,
        "ref_date_iso": facts.reference_date.isoformat() if facts.reference_date else None,
        "ref_issuer": annex.reference.issuer if annex.reference else None,
        "date_line": facts.date_line or None,
        "signature": {"lines": list(signed.lines)} if signed else None,
        "table": table_facts(tables[0]) if tables else None,
        "notes_count": sum(len(note.children) for note in notes),
        "motto": mottoes[0].strip("“”") if mottoes else None,
        "requirements": len(items),
        "reporting_periods": list(reporting_periods(texts_of(annex.blocks))),
    }


def table_facts(table: Table) -> Described:
    """What the truth counts in a table of objectives, rows kept as printed."""
    return {
        "columns": list(table.columns),
        "objectives": len(table.numbered_rows),
        "measures": len(table.rows) - len(table.repeated_headers),
        "page_breaks": len(table.breaks),
        "header_repeated": len(table.repeated_headers),
    }


def bases(reading: Reading) -> list[Described]:
    """Every legal basis with its place, as `legal_bases.tsv` and its extra columns write it."""
    lines = dict(reading.lines)
    cited = reading.content.instruments
    repeated = {one.index for one in implausible(cited) if one.doubt == "duplicate"}
    places = [
        (lines[citation.id], one)
        for citation in reading.content.citations
        for one in citation.instruments
    ]
    return [
        {
            "doc_type": one.type,
            "number": one.number_raw,
            "date_iso": one.dated_on.isoformat() if one.dated_on else "",
            "issuer": one.issuer,
            "subject": one.subject or one.name,
            "line": line,
            "terminator": one.terminator or "∅",
            "is_duplicate": int(order in repeated),
        }
        for order, (line, one) in enumerate(places)
    ]
