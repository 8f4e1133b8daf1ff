"""What a decision is about and who decides: the lines between its type word and its preamble."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import regex

from documents.content.tree import Clause
from documents.importing import forms
from documents.importing.agencies import decides_together, names_a_head
from documents.importing.layout import is_caps

if TYPE_CHECKING:
    from documents.importing.findings import Findings
    from documents.importing.layout import Para
    from documents.importing.opening import Opening

# The subject may stand in brackets.
PREFIX = regex.compile(r"(\()?(V/v|V/V|[Vv]ề việc|VỀ VIỆC)\s*:?\s+(.+?)(?(1)\)\.?)", regex.DOTALL)


# Before 2004 the title named who decides, and where number and date stood apart, them too:
# "CỦA BỘ TRƯỞNG BỘ … SỐ 12/1999/QĐ-… NGÀY 5 THÁNG 1 NĂM 1999 VỀ VIỆC …".
_DECIDER = regex.compile(
    r"CỦA\s+\p{Lu}[^\p{Ll}:;.]{3,150}?(?:\s+(?P<number>SỐ\s*:?\s*[\d\p{Lu}][\p{L}\d/.-]*(?:\s[\p{Lu}][\p{Lu}/-]+)?)\s+(?P<date>(?i:NGÀY)\s[\d-]+(?:(?i:\s+THÁNG)\s\d+(?i:\s+NĂM)\s\d{4})?))?"
    r"(?=\s+(?:V/v|V/V|Về việc|VỀ VIỆC|Ban hành|BAN HÀNH|PHÊ DUYỆT|CÔNG BỐ|QUY ĐỊNH|SỬA ĐỔI|BÃI BỎ|THÀNH LẬP)\s)"
)


def divide(gathered: list[Para], opening: Opening, findings: Findings) -> None:
    """Part what stands between the type word and the preamble into subject and authority."""
    caps = next((i for i, p in enumerate(gathered) if forms.is_authority(p.text)), None)
    if caps is None and len(gathered) > 1 and is_caps(gathered[-1].text):
        caps = len(gathered) - 1
    if caps is None and len(gathered) > 1 and names_a_head(gathered[-1].text):
        caps = len(gathered) - 1
    # "TỔNG GIÁM ĐỐC" above "CÔNG TY …": the post or council stands on a line of its own.
    while caps is not None and caps > 1 and _is_half(gathered[caps - 1].text):
        caps -= 1
    subject = gathered if caps is None else gathered[:caps]
    authority = [] if caps is None else gathered[caps:]
    text = _without_decider(" ".join(para.text for para in subject), opening)
    found = PREFIX.fullmatch(text)
    opening.subject_prefix, opening.subject = (found[2], found[3]) if found else ("", text)
    if found and found[2] in {"V/v", "V/V"}:
        findings.add("subject_prefix", subject[0].line, prefix=found[2])
    named = " ".join(para.text for para in authority)
    opening.authority = named.rstrip(" .") if is_caps(named) else named
    opening.authority_line = authority[0].line if authority else 0


def _without_decider(text: str, opening: Opening) -> str:
    """The subject without who decides before it; number and date there are read if nowhere else."""
    found = _DECIDER.match(text)
    if found is None:
        return text
    opening.type_word = f"{opening.type_word} {found.group()}"
    number = forms.number_line(found["number"] or "")
    if number is not None and not opening.printed.number_raw:
        opening.printed = replace(
            opening.printed,
            **{name: getattr(number, name) for name in _NUMBERED},
        )
    dated = forms.date_line((found["date"] or "").capitalize())
    if dated is not None and not opening.printed.date_raw:
        opening.printed = replace(
            opening.printed, **{name: getattr(dated, name) for name in _DATED}
        )
    return text[found.end() :].strip()


_NUMBERED = ("number_raw", "number", "suffix", "number_year", "symbol")
_DATED = ("date_raw", "place", "day", "month", "year")


def _is_half(text: str) -> bool:
    return is_caps(text) and (forms.is_role(text) or decides_together(text))


def authority_below(opening: Opening) -> None:
    """Organs of the Party name who decides below the bases, right above the enacting word."""
    last = opening.preamble[-1] if opening.preamble else None
    if not opening.authority and isinstance(last, Clause) and is_caps(last.text):
        opening.authority, opening.authority_line = last.text, int(last.id.removeprefix("@"))
        opening.preamble.pop()
