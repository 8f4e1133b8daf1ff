"""What the articles do to earlier instruments: replace, repeal, annul, amend, suspend, correct.

Only what the paper itself orders: not what it quotes, and not what the abstract of an instrument
mentions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import regex

from documents.content.citations import (
    find_mentions,
    parse_instrument,
    with_shared_issuers,
)
from documents.content.dates import DATE
from documents.content.folding import fold
from documents.content.numbers import NUMBER, NUMBERED_TYPES
from documents.content.quoting import unquoted
from documents.content.tree import Clause, Instrument, Supersession, Verb

VERBS: dict[str, Verb] = {
    "thay thế": "replaces",
    "bãi bỏ": "repeals",
    "hủy bỏ": "annuls",
    "sửa đổi, bổ sung": "amends",
    "sửa đổi": "amends",
    "bổ sung": "amends",
    "hết hiệu lực": "repeals",
    "chấm dứt hiệu lực": "repeals",
    "thu hồi": "annuls",
    "điều chỉnh": "amends",
    "điều chỉnh, bổ sung": "amends",
    "đính chính": "corrects",
    "đình chỉ": "suspends",
    "ngưng hiệu lực": "suspends",
}
_PART = (
    r"(?:(?:các\s+(?=mục|điểm|khoản|điều|phụ lục|nội dung))?(?:toàn bộ|một phần|một số điều(?: khoản)?|một số nội dung"
    r"|nội dung(?:\s+(?:công bố|quy định|về|các|thủ tục hành chính)){0,4}|phần|gạch đầu dòng|"
    r"mục tiêu|mục|điểm|khoản|điều|chương|phụ lục|(?:số\s+)?thứ tự(?:\s+số)?|thủ tục(?:\s+hành chính)?\s+số)"
    r"(?:\s+(?:thứ\s+)?(?:[a-zđ]|\d{1,3}[a-zđ]?|[IVXA-C]{1,5})(?:\s*,\s*\d{1,3}[a-zđ]?(?=[\s,]))*)?(?:\s*,\s*|\s+và\s+|\s+tại\s+|\s+của\s+(?=mục|điểm|khoản|điều|chương|phụ lục)|\s+)?)"
)
_TYPED = "|".join(sorted(NUMBERED_TYPES, key=len, reverse=True))
# "Quy chế làm việc ban hành kèm theo", "Phụ lục II kèm theo": a part of the decision it came with.
_ATTACHED = (
    r"(?:(?:Quy chế|Quy định|Quy trình|Kế hoạch|Danh mục|Phụ lục|Chương trình|Đề án|Phương án|Điều lệ|"
    r"Nội quy|Bảng|Biểu|Mẫu|Mục tiêu|Danh sách|Bộ|"
    r"(?:(?:\d{1,3}(?:\s*\([^()]{1,30}\))?|một số|các)\s+)?(?:thủ tục hành chính|dự án|công trình))\b[^.;:]{0,200}?"
    r"\b(?:(?:ban hành )?kèm theo|ban hành theo|(?:công bố|phê duyệt)\s+(?:kèm theo|tại|theo))\s+)"
)
_TYPED_BELOW = rf"(?:{_TYPED}|văn bản)(?:\s+sau(?: đây)?)?\s*:\s*"
# "các Kế hoạch của Ủy ban nhân dân tỉnh: Số 1/KH-UBND …; số 2/KH-UBND …": type and issuer named once.
_GROUPED = rf"(?P<kind>{_TYPED})(?:\s+của\s+(?P<issuer>[^:;.\d“”]{{3,120}}?))?(?:\s+sau(?: đây)?)?\s*:\s*(?=số\s*:?\s*\d)"
# "lỗi kỹ thuật trình bày tại", "tên gọi tại tiêu đề của Điều 3": what a correction mends, in any words;
# a certificate is mended too, and is no instrument.
_MENDED = r"(?:(?!Giấy\b|Sổ\b|hồ sơ\b|theo\b)[^.;:“”\"\s]+\s+){0,30}?(?:tại|của|trong)\s+"
# "phần danh mục thuộc lĩnh vực A tại Quyết định số …": a share named in words of its own.
_SHARE = r"(?=phần\s)(?:[^.;:“”\"\s]+\s+){2,40}?(?:tại|trong)\s+"
_ACT = regex.compile(
    r"(?<!được )(?:(?P<verb>thay thế(?: cho)?|bãi bỏ|(?:hủy|huỷ) bỏ|sửa đổi,? bổ sung|sửa đổi|bổ sung|điều chỉnh(?:, bổ sung)?|"
    r"chấm dứt hiệu lực(?: thi hành)?|thu hồi|đình chỉ(?: (?:việc )?(?:thi hành|thực hiện))?|ngưng hiệu lực(?: thi hành)?|(?<!nội dung )đính chính)\s+"
    rf"(?P<scope>(?:(?<=đính chính\s+){_MENDED}|{_SHARE})?{_PART}{{0,8}}(?:của\s+)?{_ATTACHED}?)(?:các\s+)?"
    rf"(?:(?:{_TYPED_BELOW})?(?=(?:{_TYPED})(?:\s*:)?\s+(?:số\s*:?\s*)?\d)|{_GROUPED}))",
    regex.IGNORECASE,
)
_NEXT_TARGET = regex.compile(
    rf"\s*(?:,|;|,?\s+và)\s+(?P<scope>{_PART}{{0,8}}(?:của\s+)?{_ATTACHED}?)(?:các\s+)?"
    rf"(?=(?:(?:{_TYPED})(?:\s*:)?\s+(?:số\s*:?\s*)?|số\s*:?\s*)\d)",
    regex.IGNORECASE,
)
# "Sửa đổi Điều 4 và bãi bỏ khoản 3 Điều 6 Quyết định số …": the next verb's target is both's.
_SHARING = regex.compile(
    rf"(?<!được )(?P<verb>thay thế|bãi bỏ|(?:hủy|huỷ) bỏ|sửa đổi,? bổ sung|sửa đổi|bổ sung)\s+(?P<scope>{_PART}{{1,8}})"
    r"(?:,\s*)?(?:và\s+)?\Z",
    regex.IGNORECASE,
)
_JOINED = regex.compile(r"\s*[,;]?(?:\s+(?:và|đồng thời))?\s*\Z")
_SENTENCE_END = regex.compile(
    rf"(?:\.|;(?!\s+{_PART}{{0,8}}(?:của\s+)?(?:(?:{_TYPED})\s+(?:số\s*)?|số\s*)\d))(?:\s|/|$)",
    regex.IGNORECASE,
)
# Behind the instrument stands what is changed in it: "… như sau: 1. Khoản 2 Điều 3 …".
_AS_FOLLOWS = regex.compile(r"\s*,?\s+(?:cụ thể\s+)?như sau\s*:")
# "Quyết định số … và Quyết định số … hết hiệu lực kể từ ngày …": what lapses stands before the verb.
_LAPSED = regex.compile(
    rf"(?:Các\s+)?(?P<scope>{_PART}{{0,8}}(?:của\s+)?{_ATTACHED}?)(?P<targets>(?:{_TYPED})\s+(?:số\s*:?\s*)?\d[^.]{{1,1500}}?)"
    r",?\s+(?P<verb>hết hiệu lực)(?: thi hành| toàn bộ)?\b(?!\s+một phần)",
    regex.IGNORECASE,
)
_SENTENCE_START = regex.compile(r"(?:\A|[.;]\s+)(?=\p{Lu})")
# "thay thế các quyết định sau đây:", with the instruments in the paragraphs below.
_LISTED_VERBS = r"thay thế(?: cho)?|bãi bỏ|(?:hủy|huỷ) bỏ|chấm dứt hiệu lực|thu hồi|đình chỉ(?: thi hành)?|đính chính"
_LISTED_KINDS = r"(?:toàn bộ\s+)?(?:(?:một số|các|\d{1,3}(?:\s*\([^()]{1,40}\))?)\s+){0,2}(?:quyết định|văn bản|chỉ thị|quy định)"
_LIST_FOLLOWS = regex.compile(
    rf"\b(?P<verb>{_LISTED_VERBS})(?:\s+(?:(?P<part>[^.:;“”]{{3,250}}?)\s+(?:tại|trong|theo)\s+(?:các|những|\d{{1,3}})\s+)?{_LISTED_KINDS}[^.:;]{{0,250}})?\s*:\s*\Z"
    # The title of an article has no colon: "Bãi bỏ toàn bộ các quyết định của Ủy ban nhân dân tỉnh".
    rf"|\A(?P<titled>{_LISTED_VERBS})\s+{_LISTED_KINDS}[^.:;\d]{{0,250}}\Z"
    # "Các Quyết định sau đây hết hiệu lực kể từ ngày …:".
    r"|\b(?:các|những)\s+(?:quyết định|văn bản|chỉ thị|quy định)\b[^.:;\d]{0,150}\s(?P<lapsing>hết hiệu lực)\b[^.:;]{0,150}:\s*\Z",
    regex.IGNORECASE,
)
# A correction of any slip names no part.
_ANY_SLIP = regex.compile(
    r"(?:(?:một số|các)\s+)?(?:lỗi|sai sót|lỗi sai sót)(?:\s+(?:kỹ thuật|về|thể thức|trình bày|chính tả|và|văn bản|soạn thảo)){0,8}\s+(?:tại|của|trong)",
    regex.IGNORECASE,
)
# What joins an order to the instrument named before it; an abstract is joined by nothing.
_ORDER_JOINED = regex.compile(
    r"(?:[,;.:”\")]|\b(?:và|đồng thời|hoặc|này|sau đây|như sau|là|thì|để|cùng với)|\d)\s*\Z",
    regex.IGNORECASE,
)
_ABOUT = regex.compile(r"\b(?:về(?:\s+việc)?|V/v)\s*\Z", regex.IGNORECASE)
# "số 2/QĐ-UBND ngày 3/4/2020 bãi bỏ Quyết định số …": nothing parts the abstract from the date.
_CITED = regex.compile(rf"\b(?:số\s*:?\s*)?{NUMBER}\s*,?\s*ngày\s+{DATE}\s*\Z", regex.IGNORECASE)


def orders(clauses: Iterable[tuple[int, Clause]]) -> list[Supersession]:
    """Every order in the clauses of articles; a clause may name in a list below what it repeals."""
    found: list[Supersession] = []
    verb = part = ""
    for article, clause in clauses:
        listed = _listed(clause.text, verb, part, article) if verb else []
        follows = _LIST_FOLLOWS.search(clause.text[-400:])
        # The rest of a wrapped entry ends no list.
        goes_on = bool(listed) or clause.text[:1] in "(“" or clause.text[:1].islower()
        if follows:
            verb = _verb(follows["verb"] or follows["titled"] or follows["lapsing"])
            part = follows["part"] or ""
        elif not goes_on:
            verb = ""
        found += [
            replace(one, clause_id=clause.id)
            for one in listed or supersessions(clause.text, article)
        ]
    return found


def supersessions(text: str, article: int | None = None) -> list[Supersession]:
    """Every order of a paragraph about an earlier instrument; what it quotes orders nothing."""
    text = unquoted(text)
    return [*_ordered(text, article), *_lapsed(text, article)]


def _listed(text: str, verb: str, part: str, article: int | None) -> list[Supersession]:
    """The orders of a paragraph in a list whose verb, and the part it names, stand above it."""
    # What lapses stands before its verb; in a list below it is read like what is repealed.
    found = _ordered(f"bãi bỏ {text}", article)
    named = [
        replace(one, verb=VERBS[verb], verb_raw=verb, raw=one.raw.removeprefix("bãi bỏ "))
        for one in found
    ]
    if not part:
        return named
    return [replace(one, scope="part", scope_raw=one.scope_raw or part) for one in named]


def _acts(text: str) -> list[regex.Match[str]]:
    """The verbs that order something; in an abstract "và" joins a further one of the same abstract."""
    acts: list[regex.Match[str]] = []
    quoted = 0
    for act in _ACT.finditer(text):
        between = text[quoted : act.start()]
        goes_on = quoted and not regex.search(r"[.;]\s", between) and between.endswith("và ")
        if goes_on or _in_abstract(text, act.start()):
            quoted = act.end()
        else:
            acts.append(act)
    return acts


def _in_abstract(text: str, start: int) -> bool:
    """Whether the words at `start` stand in the abstract of an instrument, and order nothing.

    "Quyết định số 5/QĐ-UBND ngày 3/4/2020 về việc sửa đổi Quyết định số 2/QĐ-UBND".
    """
    before = text[max(0, start - 600) : start]
    sentence = regex.split(r"[.;]\s", before)[-1]
    if _CITED.search(sentence):
        return True
    if not find_mentions(sentence):
        return False
    return _ABOUT.search(sentence) is not None or _ORDER_JOINED.search(sentence) is None


def _lapsed(text: str, article: int | None) -> Iterator[Supersession]:
    for start in _SENTENCE_START.finditer(text):
        found = _LAPSED.match(text, start.end())
        if found is not None:
            begin = found.start("targets") - found.start()
            sentence = found.group()[: found.end("targets") - found.start()]
            yield from _targets(sentence, begin, found, article)


def _ordered(text: str, article: int | None) -> list[Supersession]:
    found: list[Supersession] = []
    acts = _acts(text)
    limits = [*(act.start() for act in acts[1:]), len(text)]
    for act, limit in zip(acts, limits, strict=False):
        end = _SENTENCE_END.search(text, act.end())
        below = _AS_FOLLOWS.search(text, act.end())
        stop = min(end.start() if end else limit, below.end() if below else limit, limit)
        sentence = _JOINED.sub("", text[act.start() : stop])
        targets = list(_targets(sentence, act.end() - act.start(), act, article))
        sharing = _SHARING.search(text[max(0, act.start() - 200) : act.start()])
        if sharing is not None and targets:
            found.append(_shared(sharing, targets[0]))
        found.extend(targets)
    return found


def _shared(sharing: regex.Match[str], target: Supersession) -> Supersession:
    """The order of a verb whose target is named by the verb after it."""
    verb_raw = _verb(sharing["verb"])
    scope = _scope(sharing["scope"].removesuffix("và "))
    return replace(
        target,
        verb=VERBS[verb_raw],
        verb_raw=verb_raw,
        scope="part",
        scope_raw=scope,
        raw=sharing.group().strip().removesuffix("và").strip(" ,"),
    )


def _targets(
    sentence: str, begin: int, act: regex.Match[str], article: int | None
) -> Iterator[Supersession]:
    """One supersession for each instrument the verb governs ("A và khoản 2 Điều 1 B")."""
    verb_raw = _verb(act["verb"])
    further = _further(sentence, begin)
    starts = [begin, *(found.end() for found in further)]
    ends = [*(found.start() for found in further), len(sentence)]
    scopes = [_scope(act["scope"]), *(_scope(found["scope"]) for found in further)]
    begins = [0, *(found.start("scope") for found in further)]
    pieces = [sentence[a:b] for a, b in zip(starts, ends, strict=True)]
    group = _group_of(act)
    for place, target in _parsed(pieces, **group):
        # "một số điều của A và B" amends some articles of both.
        shared = bool(group["kind"]) or fold(scopes[0]).startswith("một số")
        inherits = shared and not scopes[place]
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


def _further(sentence: str, begin: int) -> list[regex.Match[str]]:
    """The beginnings of further targets; what the abstract of a target joins is none."""
    starts: list[regex.Match[str]] = []
    for found in _NEXT_TARGET.finditer(sentence, begin):
        current = sentence[starts[-1].end() if starts else begin : found.start()]
        if len(find_mentions(current[:1000])) <= 1:
            starts.append(found)
    return starts


def _group_of(act: regex.Match[str]) -> dict[str, str]:
    """The type and the issuer that an order names once for a group of numbers; empty without one."""
    named = act.groupdict()
    return {"kind": named.get("kind") or "", "issuer": (named.get("issuer") or "").strip()}


def _parsed(pieces: Sequence[str], *, kind: str, issuer: str) -> list[tuple[int, Instrument]]:
    """The instruments of a list with their places; type and issuer may be named for all at once."""
    found: list[tuple[int, Instrument]] = []
    for place, piece in enumerate(pieces):
        named = f"s{piece[1:]}" if piece.startswith("Số ") else piece
        one = parse_instrument(named, kind=found[-1][1].type if found else kind)
        if one is not None:
            found.append((place, replace(one, raw=piece, issuer=one.issuer or issuer)))
    shared = with_shared_issuers([one for _, one in found], one_register=True)
    return [(place, replace(one, raw="")) for (place, _), one in zip(found, shared, strict=True)]


def _verb(written: str) -> str:
    verb = written.lower().replace("huỷ", "hủy").removesuffix(" cho")
    verb = regex.sub(r"(?: việc)? (?:thi hành|thực hiện)\Z", "", verb)
    return "sửa đổi, bổ sung" if verb == "sửa đổi bổ sung" else verb


def _scope(written: str) -> str:
    scope = written.strip().removesuffix("của").strip(" ,")
    scope = regex.sub(r"\A(phần\s.*)\s(?:tại|trong)\Z", r"\1", scope)
    return "" if _ANY_SLIP.fullmatch(scope) else scope
