"""What the articles of a decision order: effect, replacement, executors, end mark.

Read only after the enacting word: abstracts of legal bases are full of "bãi bỏ" and
"sửa đổi, bổ sung" that order nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import regex

from documents.content.citations import NUMBERED_TYPES, parse_instrument, with_shared_issuers
from documents.content.dates import DATE, read_date
from documents.content.folding import fold
from documents.content.tree import (
    Article,
    Block,
    Clause,
    Effectivity,
    EffectivityRule,
    Instrument,
    Supersession,
    Verb,
    clauses_of,
)

Purpose = Literal[
    "issue_attachment", "issue_inline", "approve_attachment", "approve_inline", "effect",
    "effect+supersede", "supersede", "execution", "cascade_rule", "assignment", "provision",
]  # fmt: skip

END_MARK = "./."
VERBS: dict[str, Verb] = {
    "thay thế": "replaces",
    "bãi bỏ": "repeals",
    "hủy bỏ": "annuls",
    "sửa đổi, bổ sung": "amends",
    "sửa đổi": "amends",
    "bổ sung": "amends",
}
_EFFECT = regex.compile(
    r"(?:(?:Quyết định|Văn bản) này\s+)?(?P<raw>"
    r"(?:(?:Quyết định\s+)?có (?:hiệu lực|giá trị)(?: thi hành)?|(?<=Quyết định này )(?:được\s+)?thi hành)"
    r"(?:\s+(?:sau\s+(?P<days>\d{1,4})(?:\s*\([^()]{1,40}\))?\s+ngày(?: làm việc)?,?\s+)?"
    r"(?:kể\s+)?(?:từ|vào)\s+(?:\d{1,2}\s*(?:giờ|h)\s*(?:\d{2}\s*(?:phút\s+)?)?,?\s*)?"
    r"(?:(?:ngày|thời điểm)\s+(?:được\s+)?(?P<event>ký(?:,| và)? ban hành|ban hành|ký)"
    rf"|(?:ngày\s+)?(?P<date>{DATE})))?)",
    regex.IGNORECASE,
)
_PART = (
    r"(?:(?:toàn bộ|một phần|một số điều(?: khoản)?|một số nội dung|nội dung|phần|gạch đầu dòng|"
    r"mục tiêu|mục|điểm|khoản|điều|chương|phụ lục)"
    r"(?:\s+(?:thứ\s+)?(?:[a-zđ]|\d{1,3}[a-zđ]?|[IVX]{1,5}))?(?:\s*,\s*|\s+và\s+|\s+tại\s+|\s+)?)"
)
_TYPED = "|".join(sorted(NUMBERED_TYPES, key=len, reverse=True))
# "Quy chế làm việc ban hành kèm theo", "Phụ lục II kèm theo": a part of the decision it came with.
_ATTACHED = (
    r"(?:(?:Quy chế|Quy định|Quy trình|Kế hoạch|Danh mục|Phụ lục|Chương trình|Đề án|Phương án|Điều lệ|"
    r"Nội quy|Bảng|Biểu|Mẫu|Mục tiêu|Danh sách|Bộ)\b[^.;:]{0,200}?\b(?:ban hành )?kèm theo\s+)"
)
_TYPED_BELOW = rf"(?:{_TYPED}|văn bản)\s+sau(?: đây)?\s*:\s*"
_ACT = regex.compile(
    r"(?<!được )(?P<verb>thay thế(?: cho)?|bãi bỏ|(?:hủy|huỷ) bỏ|sửa đổi,? bổ sung|sửa đổi|bổ sung)\s+"
    rf"(?P<scope>{_PART}{{0,8}}(?:của\s+)?{_ATTACHED}?)(?:các\s+)?(?:{_TYPED_BELOW})?"
    rf"(?=(?:{_TYPED})(?:\s*:)?\s+(?:số\s*:?\s*)?\d)",
    regex.IGNORECASE,
)
_NEXT_TARGET = regex.compile(
    rf"\s*(?:,|;|,?\s+và)\s+(?P<scope>{_PART}{{0,8}}(?:của\s+)?{_ATTACHED}?)(?:các\s+)?"
    rf"(?=(?:(?:{_TYPED})(?:\s*:)?\s+(?:số\s*:?\s*)?|số\s*:?\s*)\d)",
    regex.IGNORECASE,
)
_JOINED = regex.compile(r"\s*[,;]?(?:\s+(?:và|đồng thời))?\s*\Z")
_SENTENCE_END = regex.compile(
    rf"(?:\.|;(?!\s+{_PART}{{0,8}}(?:của\s+)?(?:{_TYPED})\s+(?:số\s*)?\d))(?:\s|/|$)",
    regex.IGNORECASE,
)
_EXECUTE = regex.compile(
    r"(?P<who>[^.;:]+?(?:[:;][^.;:]+?){0,40}?)\s+"
    r"(?:(?:có|chịu) trách nhiệm|(?:căn cứ|chịu) [Qq]uyết định(?: này)?|(?=thi hành [Qq]uyết định này))\s*"
    r"(?:triển khai\s+|tổ chức\s+)?(?:thi hành|thực hiện)(?:\s+[Qq]uyết định(?:\s+này)?)?",
)
_NEXT_SENTENCE = regex.compile(r"[.]\s+(?=\p{Lu})")
_PARTY = regex.compile(
    r"\s*[,;]\s+(?=Chánh |Phó |Ban [Cc]hỉ đạo|Ban [Tt]hư ký|Thành viên|[Tt]rưởng |Thủ trưởng|"
    r"[Ll]ãnh đạo|Giám đốc|Chủ tịch|Chủ nhiệm|Kho bạc|Công an|Chi cục|Hội |Đội |[Tt]ổ |Đoàn |Trạm |"
    r"(?:Vụ|Cục|Viện|Hiệu|Tổ|Đội|Hạt|Kế toán) trưởng|Kế toán |Bí thư|"
    r"[Cc]ác (?:cơ quan|đơn vị|phòng|ông|bà|tổ chức|cá nhân|thành viên|công chức|bộ phận|ngành|sở|tổ|khoa|trường)|"
    r"Ủy ban nhân dân|UBND|Phòng |Văn phòng|Trung tâm|Bộ phận|[Cc]án bộ|[Cc]ông chức (?!chịu))"
    r"|\s+và\s+(?=Chánh |[Tt]rưởng |Thủ trưởng|Giám đốc|Chủ tịch (?:UBND|Ủy ban)|"
    r"(?:Vụ|Cục|Viện|Hiệu|Tổ|Kế toán) trưởng|các (?:ông|bà|đồng chí|thành viên)\b)"
)
_ADDRESS = re.compile(r"^(?:Giao\s+(?:cho\s+)?)?(?:Các\s+(?:ông|bà|đồng chí)[^:]{0,40}:\s*)?")
_STANDARD = re.compile(r"(?:TCVN\s+)?ISO\s+9001\s?[:-]\s?(\d{4})")
_YEAR = re.compile(r"\bnăm\s+(20\d{2})\b", re.IGNORECASE)
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
    effects = [
        replace(one, clause_id=clause.id)
        for article, clause in _clauses(articles)
        if (one := effectivity(clause.text, article)) is not None
    ]
    marks = [n for n, clause in _clauses(articles) if clause.text.rstrip().endswith(END_MARK)]
    return Provisions(
        effectivity=effects[0] if effects else None,
        effectivity_count=len(effects),
        supersessions=tuple(
            replace(one, clause_id=clause.id)
            for article, clause in _clauses(articles)
            for one in supersessions(clause.text, article)
        ),
        executors=next((who for _, c in _clauses(articles) if (who := executors(c.text))), ()),
        end_mark=END_MARK if marks else "",
        end_mark_article=marks[-1] if marks else None,
    )


def effectivity(text: str, article: int | None = None) -> Effectivity | None:
    """The effect clause of a paragraph, or None; a clause without a readable day is None too.

    `raw` leaves out the formula "Quyết định này" and keeps any other subject.
    """
    for found in _EFFECT.finditer(text):
        on = read_date(found["date"]).value if found["date"] else None
        rule = _rule(found, on)
        if rule is not None:
            days = int(found["days"]) if found["days"] else None
            return Effectivity(found["raw"], article, rule, on if days is None else None, days)
    return None


def speaks_of_effect(text: str) -> bool:
    """Whether a paragraph says of this paper that it has effect, readable or not."""
    return re.search(r"Quyết định(?: này)? có hiệu lực", text) is not None


def _rule(found: regex.Match[str], on: date | None) -> EffectivityRule | None:
    if found["days"] and found["event"]:
        return "after_days"
    if found["event"]:
        return "from_issue_date" if fold(found["event"]) == "ban hành" else "from_signing_date"
    return "on_date" if on is not None and not found["days"] else None


def supersessions(text: str, article: int | None = None) -> list[Supersession]:
    """Every order of a paragraph about an earlier instrument: replace, repeal, annul, amend."""
    found: list[Supersession] = []
    acts = list(_ACT.finditer(text))
    limits = [*(act.start() for act in acts[1:]), len(text)]
    for act, limit in zip(acts, limits, strict=False):
        end = _SENTENCE_END.search(text, act.end())
        stop = min(end.start(), limit) if end else limit
        sentence = _JOINED.sub("", text[act.start() : stop])
        found.extend(_targets(sentence, act, article))
    return found


def _targets(sentence: str, act: regex.Match[str], article: int | None) -> Iterator[Supersession]:
    """One supersession for each instrument the verb governs ("A và khoản 2 Điều 1 B")."""
    verb_raw = _verb(act["verb"])
    begin = act.end() - act.start()
    further = list(_NEXT_TARGET.finditer(sentence, begin))
    starts = [begin, *(found.end() for found in further)]
    ends = [*(found.start() for found in further), len(sentence)]
    scopes = [_scope(act["scope"]), *(_scope(found["scope"]) for found in further)]
    begins = [0, *(found.start("scope") for found in further)]
    for place, target in _parsed([sentence[a:b] for a, b in zip(starts, ends, strict=True)]):
        # "một số điều của A và B" amends some articles of both.
        inherits = fold(scopes[0]).startswith("một số") and not scopes[place]
        scope = scopes[0] if inherits else scopes[place]
        yield Supersession(
            verb=VERBS[verb_raw],
            verb_raw=verb_raw,
            scope="whole" if fold(scope) in {"", "toàn bộ"} else "part",
            scope_raw=scope,
            target=target,
            raw=sentence[begins[place] : ends[place]].strip(),
            article=article,
        )


def _parsed(pieces: Sequence[str]) -> list[tuple[int, Instrument]]:
    """The instruments of a list with their places; type and issuer may be named for all at once."""
    found: list[tuple[int, Instrument]] = []
    for place, piece in enumerate(pieces):
        one = parse_instrument(piece, kind=found[-1][1].type if found else "")
        if one is not None:
            found.append((place, replace(one, raw=piece)))
    shared = with_shared_issuers([one for _, one in found])
    return [(place, replace(one, raw="")) for (place, _), one in zip(found, shared, strict=True)]


def _verb(written: str) -> str:
    verb = written.lower().replace("huỷ", "hủy").removesuffix(" cho")
    return "sửa đổi, bổ sung" if verb == "sửa đổi bổ sung" else verb


def _scope(written: str) -> str:
    return written.strip().removesuffix("của").strip(" ,")


def executors(text: str) -> tuple[str, ...]:
    """Who must carry the decision out; a comma alone does not part them, only a known head noun.

    The sentence that names them may follow others in its paragraph.
    """
    for start in (0, *(found.end() for found in _NEXT_SENTENCE.finditer(text))):
        found = _EXECUTE.match(text, start)
        if found is not None and fold(found.group()).endswith(
            ("quyết định này", "quyết định", "thi hành")
        ):
            who = _ADDRESS.sub("", found["who"].strip())
            return tuple(party.strip(" ,;") for party in _PARTY.split(who) if party.strip(" ,;"))
    return ()


def purpose(article: Article) -> Purpose:
    """What an article is for, told from its first paragraph."""
    text = article.text
    opening = text[:200]
    if opening.startswith(("Ban hành", "Phê duyệt")):
        attached = "kèm theo" in opening
        return _OPENINGS[opening.startswith("Ban hành"), attached]
    if executors(text):
        return "execution"
    effect, supersede = speaks_of_effect(text), bool(supersessions(text))
    if effect or supersede:
        return "effect+supersede" if effect and supersede else "effect" if effect else "supersede"
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


def texts_of(blocks: Sequence[Block]) -> list[str]:
    """Every text below, tables cell by cell, in reading order."""
    texts: list[str] = []
    for block in clauses_of(tuple(blocks)):
        if isinstance(block, Clause):
            texts.append(block.text)
        else:
            texts += [cell for row in block.rows for cell in row.cells]
    return texts
