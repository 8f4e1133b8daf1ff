"""What the articles of a decision order: effect, replacement, executors, end mark.

Read only after the enacting word: abstracts of legal bases are full of "bãi bỏ" and
"sửa đổi, bổ sung" that order nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import regex

from documents.content.effect import effectivity, last_day, speaks_of_effect
from documents.content.folding import fold
from documents.content.quoting import outside_quotations
from documents.content.superseding import orders, supersessions
from documents.content.tree import (
    Article,
    Block,
    Clause,
    Effectivity,
    Supersession,
    clauses_of,
)

if TYPE_CHECKING:
    from datetime import date

Purpose = Literal[
    "issue_attachment", "issue_inline", "approve_attachment", "approve_inline", "effect",
    "effect+supersede", "supersede", "execution", "cascade_rule", "assignment", "provision",
]  # fmt: skip

END_MARK = "./."
_EXECUTE = regex.compile(
    r"(?P<who>[^.;:]+?(?:[:;][^.;:]+?){0,40}?)\s+"
    r"(?:(?:có|chịu) trách nhiệm|(?:căn cứ|chịu) [Qq]uyết định(?: này)?|(?=(?:thi hành|thực hiện) [Qq]uyết định này))\s*"
    r"(?:triển khai\s+|tổ chức\s+)?(?:thi hành|thực hiện)(?:\s+[Qq]uyết định(?:\s+này)?)?",
)
# "Điều khoản thi hành": the title of an article, above what it orders.
_TASK = regex.compile(
    r"trách nhiệm|\bviệc\Z|\A(?:Hướng dẫn|Kiểm tra|Đôn đốc|Phối hợp)\b|\b[Cc]hủ trì\b"
)
_TITLE = regex.compile(r"\p{Lu}[^.;:,/]{3,150}")
_NEXT_SENTENCE = regex.compile(r"[.]\s+(?=\p{Lu})")
_PARTY = regex.compile(
    # "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ" is one person.
    r"(?!(?<=\bBộ trưởng),\s+(?:Chủ nhiệm|Trưởng [Bb]an))(?:\s*[,;]\s+(?=Chánh |(?<!Trưởng, )Phó |Kiểm (?:sát|tra) viên|Thẩm phán|Ban [Cc]hỉ đạo|Ban [Tt]hư ký|Thành viên|[Tt]rưởng |[Tt]hủ trưởng|"
    r"[Ll]ãnh đạo|(?:Tổng )?Giám đốc|(?:Tổng )?[Cc]ông ty|Ban \p{Lu}|Cục |Sở \p{Lu}|Chủ tịch|Chủ nhiệm|Kho bạc|Công an|Chi cục|Hội |Đội |[Tt]ổ (?!chức\b)|Đoàn |Bộ trưởng|Trạm |"
    r"(?:Vụ|Cục|Viện|Hiệu|Tổ|Đội|Hạt|Kế toán) trưởng|Kế toán |Bí thư|Thường trực |"
    r"[Cc]ác (?:cơ quan|đơn vị|phòng|ông|bà|tổ chức|cá nhân|thành viên|công chức|bộ phận|ngành|sở|tổ|khoa|trường|ban|doanh nghiệp)\b|[Cc]ác (?=\p{Lu})|"
    r"Ủy ban nhân dân|Uỷ ban nhân dân|UBND|BCH |Phòng |Văn phòng|Trung tâm|Bộ phận|[Cc]án bộ)|\s*[,;]\s+(?=(?:tổ trưởng|kế toán)\b)|(?<!bộ)\s*[,;]\s+(?=[Cc]ông chức(?:,| (?!chịu)))"
    r"|\s+và\s+(?=Chánh |[Tt]rưởng |[Tt]hủ trưởng|Giám đốc|Chủ tịch (?:UBND|Ủy ban|Uỷ ban)|Chánh án |"
    r"(?:Vụ|Cục|Viện|Hiệu|Tổ|Kế toán) trưởng|các (?:ông|bà|đồng chí|thành viên|Chủ tịch|Giám đốc|Trưởng|doanh nghiệp)\b|Liên (?:[Hh]iệp|đoàn) |(?:ông|bà) \p{Lu}))"
)
_BARE_POST = regex.compile(
    r"(?:Giám đốc|(?:Cục|Vụ|Viện|Tổng cục) trưởng|Trưởng|Thủ trưởng|Chủ tịch)"
)
_OF_SEVERAL = regex.compile(
    r"(?:Phó )?(?:Giám đốc|(?:Cục|Vụ|Viện) trưởng|[Tt]hủ trưởng|Trưởng|Chủ tịch|Hiệu trưởng)\s+các\s"
)
_ADDRESS = regex.compile(
    r"^(?:Giao\s+(?:cho\s+)?)?(?:Các\s+(?:[Ôô]ng|[Bb]à|[Đđ]ồng chí)(?:\s*\([Bb]à\)|[,/]\s*[Bb]à)?(?:[^:\p{Lu}]{0,30}:|(?=\s+\p{Lu}))\s*)?"
)
_STANDARD = re.compile(r"(?:TCVN\s+)?ISO\s+9001\s?[:-]\s?(\d{4})")
# The year of a date is none: "ngày 01 tháng 02 năm 2023".
_YEAR = re.compile(r"(?<!tháng \d )(?<!tháng \d\d )\bnăm\s+(20\d{2})\b", re.IGNORECASE)
_YEAR_END = re.compile(r"\bcuối\s+năm\s+(20\d{2})\b", re.IGNORECASE)
_PERIODS = re.compile(
    r"định kỳ[^.;]{0,40}?\blà\s+(?:hàng\s+|hằng\s+)?([^.;]+?)(?:,\s+(?:giao|do|gửi)\b|[.;]|$)"
)
_PERIOD = re.compile(r"^(?:tháng|quý|năm|tuần|\d{1,2} tháng)$")
_PARTY_FIRST = re.compile(
    r"^(?:Giao\b|Các |Chánh |Ban |Trưởng |Thủ trưởng|Ủy ban nhân dân|UBND|Văn phòng|Phòng |Bộ phận )"
)


@dataclass(frozen=True, slots=True)
class Provisions:
    """What a set of articles orders; several effect clauses are a doubt for the reader."""

    effectivity: Effectivity | None
    effectivity_count: int
    supersessions: tuple[Supersession, ...]
    executors: tuple[str, ...]
    end_mark: str
    end_mark_article: int | None


def interpret(articles: Sequence[Article]) -> Provisions:
    """Read effect, replacement, executors and end mark out of the articles (Decree 30/2020 art. 8)."""
    own = list(own_clauses(articles))
    effects = [
        replace(one, clause_id=clause.id)
        for article, clause in own
        if (one := effectivity(clause.text, article)) is not None
    ]
    marks = [n for n, clause in _clauses(articles) if clause.text.rstrip().endswith(END_MARK)]
    return Provisions(
        effectivity=effects[0] if effects else None,
        effectivity_count=len(effects),
        supersessions=tuple(orders(own)),
        # The duty to carry out stands last; what stands above gives tasks.
        executors=next((who for _, c in reversed(own) if (who := executors(c.text))), ()),
        end_mark=END_MARK if marks else "",
        end_mark_article=marks[-1] if marks else None,
    )


def last_day_of(articles: Sequence[Article], *, begins: date) -> date | None:
    """The last day on which a paper that begins on a day has effect, as its own clauses say."""
    days = (last_day(clause.text, begins=begins) for _, clause in own_clauses(articles))
    return next((day for day in days if day is not None), None)


def executors(text: str) -> tuple[str, ...]:
    """Who must carry the decision out; a comma alone does not part them, only a known head noun.

    The sentence that names them may follow others in its paragraph.
    """
    for start in (0, *(found.end() for found in _NEXT_SENTENCE.finditer(text))):
        found = _EXECUTE.match(text, start)
        if found is not None and fold(found.group()).endswith(
            ("quyết định này", "quyết định", "thi hành")
        ):
            if _TASK.search(found["who"]):
                # "có trách nhiệm kiểm tra việc thực hiện Quyết định này" gives a task, not the duty.
                continue
            who = _ADDRESS.sub("", found["who"].strip())
            return tuple(_parties(who))
    return ()


def _parties(who: str) -> list[str]:
    """The parties; a post without its unit shares that of the next: "Giám đốc, Thủ trưởng các sở"."""
    parties: list[str] = []
    for part in _PARTY.split(who):
        party = part.strip(" ,;")
        if parties and _BARE_POST.fullmatch(parties[-1]) and _OF_SEVERAL.match(party):
            parties[-1] = f"{parties[-1]}, {party}"
        elif party:
            parties.append(party)
    return parties


def purpose(article: Article) -> Purpose:
    """What an article is for, told from its first paragraph; below a mere title, from all."""
    text = article.text
    own = [clause.text for _, clause in own_clauses((article,))]
    below = own[1:] if not text or _TITLE.fullmatch(text) else []
    opening = text[:200]
    opening = re.sub(r"^Nay (ban|phê)", lambda said: said[1].capitalize(), opening)
    if opening.startswith(("Ban hành", "Phê duyệt")):
        attached = "kèm theo" in opening
        return _OPENINGS[opening.startswith("Ban hành"), attached]
    if executors(text):
        return "execution"
    effect = any(map(speaks_of_effect, [text, *below]))
    lists = bool(below) or text.endswith(":")
    supersede = bool(orders(own_clauses((article,))) if lists else supersessions(text))
    if effect is not supersede:
        # The other of the two may stand in the next paragraph of the same article.
        rest = own[1:]
        effect = effect or any(map(speaks_of_effect, rest))
        supersede = supersede or any(bool(supersessions(one)) for one in rest)
    if effect or supersede:
        return "effect+supersede" if effect and supersede else "effect" if effect else "supersede"
    if any(map(executors, below)):
        return "execution"
    if "không được thấp hơn" in text or "không thấp hơn" in text:
        return "cascade_rule"
    return "assignment" if _PARTY_FIRST.match(text) else "provision"


_OPENINGS: dict[tuple[bool, bool], Purpose] = {
    (True, True): "issue_attachment",
    (True, False): "issue_inline",
    (False, True): "approve_attachment",
    (False, False): "approve_inline",
}


def standard_of(texts: Sequence[str]) -> str:
    """The edition of the standard, as the first text that names one writes it."""
    for text in texts:
        found = _STANDARD.search(text)
        if found:
            return " ".join(found.group().split())
    return ""


def period_of(texts: Sequence[str], tables: Sequence[str]) -> int | None:
    """The year the objectives are for: named in a title, else a cut-off in what follows."""
    for pattern, sources in ((_YEAR, texts), (_YEAR_END, tables)):
        for text in sources:
            found = pattern.search(text)
            if found:
                return int(found[1])
    return None


def reporting_periods(texts: Sequence[str]) -> tuple[str, ...]:
    """The periods of report a text orders ("tháng", "quý", "6 tháng" …, "đột xuất")."""
    periods: list[str] = []
    for text in texts:
        named = _PERIODS.search(text)
        reports = "báo cáo" in text.lower()
        if named and reports:
            parts = [part.strip() for part in re.split(r",| và ", named[1])]
            periods += [part for part in parts if _PERIOD.match(part)]
        if reports and "đột xuất" in text:
            periods.append("đột xuất")
    return tuple(dict.fromkeys(periods))


def _clauses(articles: Sequence[Article]) -> Iterator[tuple[int, Clause]]:
    for article in articles:
        for block in clauses_of(article.blocks):
            if isinstance(block, Clause):
                yield article.number, block


def own_clauses(articles: Sequence[Article]) -> Iterator[tuple[int, Clause]]:
    """The clauses of articles, each with its article's number, without those that only quote."""
    for article in articles:
        clauses = [clause for _, clause in _clauses((article,))]
        outside = outside_quotations([clause.text for clause in clauses])
        yield from ((article.number, c) for c, own in zip(clauses, outside, strict=True) if own)


def texts_of(blocks: Sequence[Block]) -> list[str]:
    """Every text below, tables cell by cell, in reading order."""
    texts: list[str] = []
    for block in clauses_of(tuple(blocks)):
        if isinstance(block, Clause):
            texts.append(block.text)
        else:
            texts += [cell for row in block.rows for cell in row.cells]
    return texts
