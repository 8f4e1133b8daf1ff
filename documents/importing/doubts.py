"""What a reader finds doubtful in a paper it understood: missing parts, odd numbers, likely slips."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import regex

from documents.content.clauses import executors, own_clauses
from documents.content.effect import (
    effectivity,
    ends_with,
    last_day,
    period_applied,
    speaks_of_effect,
)
from documents.content.identity import ids
from documents.content.numbers import LAW_TYPES, split_number
from documents.content.outline import entries
from documents.content.plausibility import Implausible, implausible
from documents.content.tree import Article, Citation, Clause, Content, Instrument, clauses_of
from documents.importing.agencies import body_of, is_cut_short
from documents.importing.forms import KIND_NAMES, is_role

if TYPE_CHECKING:
    from documents.content.facts import PrintedFacts, SignatureBlock
    from documents.content.tree import Effectivity
    from documents.importing.annexes import AnnexReading
    from documents.importing.ending import Ending
    from documents.importing.findings import Findings

_EARLY_NUMBER = 50
# A body that decides together, in the place of a post.
_BODY = regex.compile(r"(?:ỦY BAN|UỶ BAN|UBND|HỘI ĐỒNG|HĐND|BAN|TẬP THỂ|CHÍNH PHỦ)(?:\s|$)")
_UNNAMED = regex.compile(
    r"\b(?:thay thế|bãi bỏ|hủy bỏ)\s+(?:các\s+)?(?:quyết định|văn bản|quy định)\b(?!\s+(?:số\s*)?\d+[a-zđ]?\s*[-–/])",
    regex.IGNORECASE,
)
# Words that scanning and retyping break in papers of this trade, and what they stand for.
_SLIPS = (
    (re.compile(r"[Pp]hần đầu (?=tỷ|đạt|hoàn|có|giảm|tăng)|\bphân đầu\b"), "phấn đấu"),
    (re.compile(r"\bhiệu dân\b"), "hiểu dân"),
    (re.compile(r"\bchuyên, nhận\b"), "chuyển, nhận"),
    (re.compile(r"\bbảo trợ xã(?= *[;.,]|$)"), "bảo trợ xã hội"),
    (re.compile(r"ISO 9001:\d{4} Tiêu chuẩn quốc gia"), "ISO 9001, Tiêu chuẩn quốc gia"),
)
# "Phó Chủ tịch Thường trực", "Phụ trách phòng"; "Ủy viên Thường trực" is a post of its own.
_UNOFFICIAL = regex.compile(r"^(?:PHÓ .*\bTHƯỜNG TRỰC|.*\bPHỤ TRÁCH)\b")
# Schools, hospitals and institutes may write degrees; these posts are of the administration.
_OFFICIAL = regex.compile(r"(?:PHÓ )?(?:CHỦ TỊCH|CHÁNH VĂN PHÒNG|TRƯỞNG (?:PHÒNG|BAN))\b")
_DEGREE = regex.compile(r"(?:GS|PGS|TS|ThS|Ths|CN|KS|BS|LS)\b\.?", regex.IGNORECASE)
Lines = dict[str, int]


def on_content(content: Content, printed: PrintedFacts, lines: Lines, findings: Findings) -> None:
    """Doubts about the text itself; `lines` gives the source line of each clause id."""
    _slips(content, lines, findings)
    _early_number(printed, findings)
    if content.kind == "official_letter":
        # It bears no name of its type (Decree 30/2020, app. III).
        return
    if content.kind != "decision":
        _missing(findings, [("type_missing", content.preface.type_word)], content)
        return
    _missing_parts(content, findings)
    _bases(content, lines, findings)
    _proposer(content, lines, findings)
    _effect(content, lines, findings)
    _suspended(content, lines, findings)
    _recipients(content, lines, findings)


def _missing(findings: Findings, parts: list[tuple[str, object]], content: Content) -> None:
    for code, part in parts:
        if not part:
            findings.add(code, expected=KIND_NAMES[content.kind])


def _missing_parts(content: Content, findings: Findings) -> None:
    _missing(
        findings,
        [
            ("type_missing", content.preface.type_word),
            ("subject_missing", content.preface.subject),
            # A normative decision names its authority in the sentence that enacts it.
            ("authority_missing", content.preface.authority or "ban hành" in content.enacting_word),
            ("bases_missing", content.citations),
            ("proposer_missing", content.recitals),
            ("enacting_missing", content.enacting_word),
            ("articles_missing", content.articles),
            ("executors_missing", content.executors),
            ("end_mark_missing", content.end_mark),
            ("recipients_missing", content.recipients),
            ("archive_missing", content.archive),
        ],
        content,
    )


def _bases(content: Content, lines: Lines, findings: Findings) -> None:
    cited = [(one, c) for c in content.citations for one in c.instruments]
    for doubt in implausible([one for one, _ in cited]):
        _basis(doubt, cited, lines, findings)
    # Normative papers cite laws with their numbers.
    is_normative = "ban hành" in content.enacting_word
    for one, citation in cited:
        if one.type in LAW_TYPES and one.number is not None and not is_normative:
            findings.add("basis_law_number", lines[citation.id], number=one.number_raw)
    last = content.preamble[-1] if content.preamble else None
    for citation in content.citations:
        wanted = "." if citation is last else ";"
        if not citation.text.rstrip().endswith(wanted):
            findings.add("basis_terminator", lines[citation.id])


def _basis(
    doubt: Implausible,
    cited: list[tuple[Instrument, Citation]],
    lines: Lines,
    findings: Findings,
) -> None:
    one, citation = cited[doubt.index]
    line = lines[citation.id]
    number = one.number_raw or one.name
    other = cited[doubt.other] if doubt.other is not None else None
    other_line = lines[other[1].id] if other else line
    if doubt.doubt == "duplicate":
        findings.add("basis_duplicate", line, number=number, other=other_line)
    elif doubt.doubt == "inversion" and other:
        findings.add(
            "basis_inversion",
            line,
            number=number,
            other=other_line,
            other_number=other[0].number_raw,
        )
    elif doubt.doubt == "weekend":
        findings.add("basis_weekend", line, number=number, raw=one.date_raw)
    elif doubt.doubt == "padding":
        findings.add("date_padding", line, raw=one.date_raw)
    else:
        findings.add("date_impossible", line, raw=one.date_raw)


def _proposer(content: Content, lines: Lines, findings: Findings) -> None:
    for recital in content.recitals:
        is_last = content.preamble[-1] is recital
        if is_last and recital.terminator != ".":
            findings.add("proposer_terminator", lines[recital.id], found=recital.terminator)


def _effect(content: Content, lines: Lines, findings: Findings) -> None:
    known = told = 0
    for _, clause in own_clauses(content.articles):
        line, effect = lines[clause.id], effectivity(clause.text)
        known += effect is not None
        if effect is not None:
            _effect_uncounted(effect, line, findings)
        period = period_applied(clause.text)
        if period:
            told += 1
            findings.add("effect_applied" if effect else "effect_period", line, raw=period)
        elif speaks_of_effect(clause.text) and effect is None:
            told += 1
            findings.add("effect_not_understood", line)
        _effect_ends(clause.text, effect, line, findings)
        if (unnamed := _UNNAMED.search(clause.text)) is not None:
            findings.add("supersession_unnamed", line, verb=unnamed.group())
    if known > 1:
        findings.add("effect_several", count=known)
    if not known and not told and content.articles:
        findings.add("effect_missing")


def _effect_uncounted(effect: Effectivity, line: int, findings: Findings) -> None:
    """A day that no calendar tells: one of publication, or one that counts working days."""
    if effect.rule == "from_publication":
        findings.add("effect_open", line, raw=effect.raw)
    elif effect.days is not None and "ngày làm việc" in effect.raw:
        findings.add("effect_workdays", line, raw=effect.raw)


def _suspended(content: Content, lines: Lines, findings: Findings) -> None:
    for order in content.supersessions:
        if order.verb == "suspends" and order.scope == "part":
            findings.add("suspends_part", lines[order.clause_id], raw=order.scope_raw)


def _effect_ends(text: str, effect: Effectivity | None, line: int, findings: Findings) -> None:
    """What a clause says of the end: a day goes to the ledger, an event stays words."""
    day = last_day(text, begins=effect.on_date if effect else None)
    if day is not None:
        findings.add("effect_ends", line, day=day.strftime("%d/%m/%Y"))
    elif event := ends_with(text):
        findings.add("effect_ends_with", line, raw=event)


def _recipients(content: Content, lines: Lines, findings: Findings) -> None:
    executing = {
        article.number
        for article in content.articles
        if any(executors(clause.text) for clause in _clauses((article,)))
    }
    for one in content.recipients:
        if one.article_ref is not None and one.article_ref not in executing:
            findings.add("recipient_article", lines[one.id], article=one.article_ref, raw=one.raw)


def _early_number(printed: PrintedFacts, findings: Findings) -> None:
    """A register restarts on 1 January (Decree 30/2020 art. 15): high numbers come later."""
    day = printed.dated_on
    if day is None or printed.number is None or day.month > 1:
        return
    if day.day <= 5 and printed.number >= _EARLY_NUMBER:
        findings.add("number_early", number=printed.number, date=day.strftime("%d/%m/%Y"))


def _slips(content: Content, lines: Lines, findings: Findings) -> None:
    known = set(ids(content))
    for entry in entries(content):
        for pattern, instead in _SLIPS:
            found = pattern.search(entry.text)
            if found is not None and entry.id in known:
                findings.add(
                    "typo_suspected", lines[entry.id], found=found.group().strip(), instead=instead
                )


def on_authority(content: Content, line: int, findings: Findings) -> None:
    """Whether the line of the authority names its territory."""
    preface = content.preface
    if preface.authority and is_cut_short(body_of(preface.authority)):
        findings.add("authority_incomplete", line, raw=preface.authority, full=preface.agency_full)


def on_signatures(
    content: Content,
    printed: PrintedFacts,
    ending: Ending,
    attached: list[AnnexReading],
    findings: Findings,
) -> None:
    """Whether the blocks agree with the authority and with one another (Decree 30/2020 art. 13)."""
    main = printed.signature
    kind = content.preface.authority_kind
    if main is not None:
        _capacity(main, ending.signature_line, findings)
    if main is not None and kind != "other" and bool(main.tm) is not (kind == "committee"):
        findings.add("signature_authority", ending.signature_line)
    number = f"{printed.number or ''}{printed.suffix}/{printed.symbol}"
    own = (printed.number, printed.suffix, printed.symbol)
    for one in attached:
        for block, line in zip(one.facts.signatures, one.signature_lines, strict=True):
            _capacity(block, line, findings)
            _annex_signature(block, main, line, findings)
        named = one.facts.reference_number
        value, suffix, _, symbol = split_number(named)
        if printed.number and named and (value, suffix, symbol) != own:
            findings.add("annex_reference_differs", one.reference_line, found=named, main=number)


def _capacity(block: SignatureBlock, line: int, findings: Findings) -> None:
    """Whether each mark stands before what it is written for, and KT. goes with a deputy."""
    marks = {"TM.": block.tm, "KT.": block.kt, "TL.": block.tl, "TUQ.": block.tuq}
    marks["Q."] = block.acting
    for mark, body in marks.items():
        wrong = is_role(body.upper()) if mark == "TM." else _BODY.match(body.upper())
        if wrong:
            findings.add("signature_capacity", line, raw=f"{mark} {body}")
    role = block.role.upper()
    if block.tuq and block.kt:
        findings.add("signature_handed_on", line, raw=block.role)
    titled = [block.role] if _UNOFFICIAL.search(role) else []
    titled += [block.name] if _DEGREE.match(block.name) and _OFFICIAL.match(role) else []
    for raw in titled:
        findings.add("signature_title", line, raw=raw)
    if not role or "BÍ THƯ" in role:  # the Party's papers follow its own guidance
        return
    deputy = role.startswith(("PHÓ ", "THỨ TRƯỞNG"))
    if deputy is not bool(block.kt) and not (deputy and block.tuq):
        findings.add("signature_deputy", line, raw=block.role)


def _annex_signature(
    block: SignatureBlock, main: SignatureBlock | None, line: int, findings: Findings
) -> None:
    if main is not None and block.name == main.name and block.role != main.role:
        findings.add("annex_signature", line, name=block.name, role=block.role, main=main.role)


def _clauses(articles: tuple[Article, ...]) -> list[Clause]:
    return [
        block
        for article in articles
        for block in clauses_of(article.blocks)
        if isinstance(block, Clause)
    ]
