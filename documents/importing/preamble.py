"""The preamble: legal bases, who proposes, and the word or the sentence that enacts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import regex

from documents.content.citations import instruments
from documents.content.dates import DATE, read_date
from documents.content.facts import SubmissionNoteFacts
from documents.content.numbers import NUMBER
from documents.content.tree import Citation, Clause, Preamble, Recital
from documents.importing.agencies import names_a_post
from documents.importing.articles import is_first_article
from documents.importing.layout import BASIS, ENACTOR, ENACTS, PROPOSER, Line, Para
from documents.importing.subjects import authority_below
from documents.importing.words import doubt_word, tolerant

if TYPE_CHECKING:
    from documents.importing.cursor import Cursor
    from documents.importing.findings import Findings
    from documents.importing.opening import Opening

_BASIS = regex.compile(BASIS)
_DAMAGED = regex.compile(rf"(?!Căn cứ){tolerant('Căn cứ')}(?<=^.{{6}})")
# Who proposes may follow the legal bases in one paragraph; the stop stays with the bases.
_PROPOSED = regex.compile(
    r"(?<=[;.,\p{L}\d])\s+(?=(?:Theo|Xét)\s+(?:đề nghị|đề xuất)\s+của|Xét\s+(?:Tờ trình|Báo cáo)\s+số)"
)
_DASH = regex.compile(r"[-–+*]\s*")
_PROPOSER = regex.compile(rf"(?:[-–+*]\s*)?{PROPOSER}\b")
_ENACTING = regex.compile(rf"(?:NAY\s+)?(?:{ENACTS}|QUYẾT NGHỊ|Quyết định)\s*:")
# Below the legal bases the word may have lost its colon.
_BARE_ENACTING = regex.compile(ENACTS)
# "BAN THƯỜNG VỤ ĐẢNG ỦY QUYẾT ĐỊNH": organs of the Party decide in one line.
_DECIDING = regex.compile(
    rf"(?:BAN|ĐẢNG ỦY|ĐẢNG ỦỶ|HỘI NGHỊ|TẬP THỂ)\s[^\p{{Ll}}:;.]{{3,120}}\s{ENACTS}\s*:?"
)
# Normative decisions enact with a sentence (Decree 78/2025, app. I).
_ENACTING_SENTENCE = regex.compile(
    rf"{ENACTOR}\b[^.;:]{{1,200}}?\b(?:ban hành (?:Quyết định|quyết định|Quy chế|Quy định)|(?:Quyết định|quyết định) ban hành"
    r"|quyết định|Quyết định)\b[^;]{0,900}[.:]?"
)
_RECITAL = regex.compile(
    rf"(?P<opening>{PROPOSER}(?:\s+của)?)\s+(?P<who>.+?)"
    r"(?P<note>\s+\(?tại\s+(?:[Tt]ờ trình(?:\s+liên\s+\p{Ll}+)?|[Cc]ông văn|[Vv]ăn bản|[Bb]áo cáo)\s+số\s*:?\s*(?P<number>[\d…._]*\s?/?[\p{L}\d&./-]*?)"
    rf"(?:\s*,?\s*ngày\s*(?P<date>{DATE}|[\d…._/ ]*(?:tháng[\d…._ ]*năm[\d…._ ]*)?))?\)?)?"
    r"\s*(?P<terminator>[.,;]?)"
)
# "Xét Tờ trình số … ngày … của …": the note stands before who proposes.
_NOTED_RECITAL = regex.compile(
    rf"(?P<opening>(?:[Xx]ét|Theo)\s+(?:đề nghị tại\s+)?(?:[Tt]ờ trình|Báo cáo(?:\s+\p{{Ll}}+){{0,4}}|Công văn|Văn bản|Phiếu trình)\s+"
    rf"(?:số\s*:?\s*)?(?:{NUMBER}|[\s…._/]*)(?:\s*,?\s*ngày\s*(?:{DATE}|[\s\d…._/]*))?\s+của)\s+"
    r"(?P<who>.+?)(?P<note>)(?P<number>)(?P<date>)\s*(?P<terminator>[.,;]?)"
)
# "Xét năng lực của cán bộ và đề nghị của …": who proposes stands last.
_JOINT_RECITAL = regex.compile(
    r"(?P<opening>Xét\s[^;]{3,200}?(?:\s+và|,)\s+(?:theo\s+)?đề nghị của)\s+"
    r"(?P<who>.+?)(?P<note>)(?P<number>)(?P<date>)\s*(?P<terminator>[.,;]?)"
)
_CITED = regex.compile(
    rf"(?:Nghị định|Nghị quyết|Quyết định|Thông tư|Luật|Bộ luật)\s+(?:số\s*:?\s*)?{NUMBER}"
)
_OTHER_RECITAL = regex.compile(r"(?:Thực hiện|Xét|Sau khi|Trên cơ sở|Được sự|Để)\s")


def read_preamble(cursor: Cursor, opening: Opening, findings: Findings) -> None:
    """Legal bases and proposers up to the enacting word or the first article."""
    notes: list[SubmissionNoteFacts] = []
    while (para := cursor.peek()) is not None:
        if is_enacting(para.text) or (opening.preamble and _enacts_here(para.text)):
            authority_below(opening)
            opening.enacting_word = cursor.take().text
            doubt_word(opening.enacting_word, "QUYẾT ĐỊNH", para.line, findings)
            break
        if para.is_table or is_first_article(para.text):
            break
        if not opening.preamble and not begins_preamble(para.text):
            break
        cursor.take()
        for part in _PROPOSED.split(para.text) if begins_basis(para.text) else [para.text]:
            whole = Para((Line(para.line, part),))
            opening.preamble.append(_preamble_part(whole, opening, notes, findings))
    opening.printed = replace(opening.printed, submission_notes=tuple(notes))


def _enacts_here(text: str) -> bool:
    """Whether a paragraph below the legal bases enacts: the word without its colon, or a sentence."""
    return any(form.fullmatch(text) for form in (_BARE_ENACTING, _DECIDING, _ENACTING_SENTENCE))


def begins_basis(text: str) -> bool:
    """Whether a paragraph is a legal basis: "Căn cứ …", in old papers behind a dash."""
    return _BASIS.match(text) is not None


def is_enacting(text: str) -> bool:
    """Whether a paragraph is the enacting word: the type word with a colon, or after bases."""
    return _ENACTING.fullmatch(text) is not None


def _preamble_part(
    para: Para, opening: Opening, notes: list[SubmissionNoteFacts], findings: Findings
) -> Preamble:
    place = f"@{para.line}"
    if _BASIS.match(para.text):
        text = _undashed(para.text)
        doubt_word(" ".join(text.split()[:2]), "Căn cứ", para.line, findings)
        found = tuple(instruments(f"Căn cứ{text[6:]}" if _DAMAGED.match(text) else text))
        if not found:
            findings.add("basis_not_understood", para.line)
        return Citation(text, found, place)
    plain = _undashed(para.text)
    if _goes_on_citing(plain, opening):
        return Citation(para.text, tuple(instruments(para.text)), place)
    # "Theo đề nghị tại Tờ trình số … của …" before "Theo đề nghị …".
    recital = _NOTED_RECITAL.fullmatch(plain)
    if recital is None and _PROPOSER.match(plain):
        recital = _RECITAL.fullmatch(plain)
    recital = recital or _JOINT_RECITAL.fullmatch(plain)
    named = recital is not None and (
        recital["opening"].endswith("của") or names_a_post(recital["who"])
    )
    if recital is None or not named:
        findings.add(
            "recital_other" if _OTHER_RECITAL.match(para.text) else "not_understood",
            para.line,
            text=para.text[:80],
        )
        return Clause("paragraph", para.text, id=place)
    if recital["note"]:
        index = sum(isinstance(part, Recital) for part in opening.preamble)
        notes.append(_submission_note(recital, index))
    return Recital(recital["opening"], recital["who"], recital["terminator"], place)


def _goes_on_citing(text: str, opening: Opening) -> bool:
    """Whether a paragraph names a further instrument of the legal basis above it."""
    above = opening.preamble[-1] if opening.preamble else None
    cited = isinstance(above, Citation) and above.text.endswith(";")
    return cited and bool(_CITED.match(text)) and bool(instruments(text))


def _undashed(text: str) -> str:
    """A paragraph of the preamble without the dash that older papers put before each."""
    dash = _DASH.match(text)
    return text[dash.end() :] if dash else text


def _submission_note(recital: regex.Match[str], index: int) -> SubmissionNoteFacts:
    dated = recital["date"] and regex.fullmatch(DATE, recital["date"])
    number = recital["number"].strip()
    return SubmissionNoteFacts(
        recital=index,
        raw=recital["note"].strip(),
        number_raw=number if regex.match(r"\d", number) else "",
        dated_on=read_date(recital["date"]).value if dated else None,
    )


def begins_preamble(text: str) -> bool:
    """Whether a paragraph is the first of a preamble, or of what stands below one."""
    return any(
        pattern.match(text) for pattern in (_BASIS, _PROPOSER, _ENACTING, _OTHER_RECITAL)
    ) or is_first_article(text)
