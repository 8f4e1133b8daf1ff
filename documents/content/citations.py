"""The grammar of legal bases: instruments cited in "Căn cứ" paragraphs, and mentions elsewhere.

Laws are cited by name and date, everything else by number, date, issuer and abstract
(Decree 30/2020, app. I). An abstract may quote further instruments, and brackets may say by what
an instrument was amended: those are mentions.
"""

from __future__ import annotations

from dataclasses import replace

import regex

from documents.content.dates import DATE, read_date
from documents.content.folding import fold
from documents.content.numbers import LAW_TYPES, NUMBER, NUMBERED_TYPES, split_number
from documents.content.tree import Instrument

_TYPES = {fold(name): name for name in (*LAW_TYPES, *NUMBERED_TYPES)}
_NUMBERED = "|".join(sorted(NUMBERED_TYPES, key=len, reverse=True))
_LAWS = "|".join(LAW_TYPES)
_HEAD = regex.compile(
    rf"(?P<type>(?i:{_NUMBERED}|{_LAWS}))(?:\s*:)?\s+(?:số\s*:?\s*)?(?P<number>{NUMBER})(?:\s?\(\p{{Lu}}{{1,3}}\d{{1,3}}\))?"
)
# "Quyết định về việc giao quyền số …", "các Quyết định của Hội đồng trường: số …".
_WORDY_HEAD = regex.compile(
    rf"(?P<type>(?i:{_NUMBERED}))\s+(?P<words>\p{{Ll}}[^;,.\d]{{1,120}}?|của\s+\p{{Lu}}[^;.:]{{1,150}}?(?=\s*:\s*(?i:số)))\s*:?\s+(?i:số)\s*:?\s*(?P<number>{NUMBER})"
)
# "khoản 3 Điều 15 Thông tư số …": a part of an instrument is cited for the whole.
_PARTS = (
    r"(?:(?:(?:điểm|khoản|mục|chương|điều|phụ lục)\s+(?:[a-zđ]|\d{1,3}[a-zđ]?|[IVX]{1,5})"
    r"(?:\s*,\s*(?:[a-zđ]|\d{1,3}[a-zđ]?)(?=[\s,]))*(?:\s*,\s*|\s+và\s+|\s+)){1,12}(?:của\s+)?)"
)
# A further number of the type named before: "các Nghị định số …; số … và số …".
_FURTHER = regex.compile(rf"số\s*:?\s*(?P<number>{NUMBER})")
# A law is told by its name where the type is written small: "luật Đất đai".
_LAW = regex.compile(rf"(?P<type>(?:{_LAWS})(?=\s+\p{{L}})|(?i:{_LAWS})(?=\s+\p{{Lu}}\p{{Ll}}))\s?")
# "Điều lệ trường … ban hành kèm theo Thông tư số …": what an instrument carries is cited for it.
_CARRIED = (
    r"(?:(?:(?:QCVN|TCVN)\s\d[^;.]{1,300}?|"
    r"(?:Điều lệ|Quy chế|Quy định|Quy trình|Nội quy|Chương trình|Kế hoạch|Đề án|Danh mục|Tiêu chuẩn|Quy chuẩn|"
    r"Bộ tiêu chí|Hướng dẫn|Phương án|Định mức)\s(?!số\b)[^;.]{1,300}?)\s(?:được\s+)?"
    r"(?:ban hành|phê duyệt|thông qua|công nhận)\s+(?:kèm\s+)?(?:theo|tại|bởi)\s+)"
)
# "ý kiến của Bộ A tại Công văn số …": who said it stands before where.
_SAID = (
    r"(?:(?:(?:\p{Ll}+\s+){1,8})của\s+(?P<said_by>\p{Lu}[^;:.\d]{2,150}?)\s+(?:nêu\s+|thông báo\s+)?tại\s+(?:các\s+)?"
    rf"(?=(?i:{_NUMBERED})\s+(?:số\b|\d)))"
)
_OPENING = regex.compile(
    r"\s*(?:(?:Căn cứ|Chiếu)\s+){1,2}(?:(?:vào|theo)\s+)?(?:các\s+)?"
    rf"(?:văn bản(?:\s+sau(?:\s+đây)?)?\s*:\s*)?{_PARTS}?{_CARRIED}?(?=\p{{L}})|\s*",
    regex.IGNORECASE,
)
_SAID_AT = regex.compile(_SAID)

# "các Luật: Đầu tư công ngày 13/6/2019; Ngân sách nhà nước ngày 25/6/2015": the type named once.
_GROUP_OF_LAWS = regex.compile(rf"\s*Căn cứ\s+các\s+(?P<type>{_LAWS})\s*:\s*(?=\p{{Lu}})")
_NEXT_LAW = regex.compile(
    rf"(?<={DATE}|\bnăm \d{{4}})\s*(?:[;,]|,?\s+và)\s+(?:(?:{_LAWS})\s+(?=\p{{L}}))?(?=\p{{L}})"
)
# "các Nghị định của Chính phủ (số 1/…, số 2/…)": brackets in the place of a colon.
_BRACKETED_GROUP = regex.compile(
    rf"(?P<head>\b(?i:các)\s+(?i:{_NUMBERED})(?:\s+của\s+[^();:\d]{{2,150}}?)?\s+)\((?=\s*số\s)(?P<group>[^()]{{5,3000}})\)"
)
# "các Thông tư của Bộ trưởng Bộ A: Thông tư số 1/…; Thông tư số 2/…": the issuer named once.
_ISSUED_GROUP = regex.compile(
    rf"(?<=\A\s*Căn cứ\s+)các\s+(?:{_NUMBERED})\s+của\s+(?P<issuer>\p{{Lu}}[^();:\d]{{2,150}}?)\s*:\s*(?=(?:{_NUMBERED})\s+số)"
)
_COLONED = regex.compile(rf"\b(?i:các)\s+(?i:{_NUMBERED})\b[^;:\d]{{0,200}}:\s*số\s")
# Characters of a paragraph in which the head of a group stands.
_GROUP_HEAD = 400
_FURTHER_DATED = regex.compile(rf"số\s*:?\s*{NUMBER}\s*,?\s*ngày\s+{DATE}")
# A citation with all its parts opens a new basis behind an abstract too.
_WHOLE = regex.compile(
    rf"(?:{_NUMBERED})\s+số\s*:?\s*{NUMBER}\s*,?\s*ngày\s+{DATE}\s+của\s+\p{{Lu}}", regex.IGNORECASE
)
# "của UBND tỉnh “V/v quy định …”": an abstract in quotation marks.
_QUOTED_ABOUT = regex.compile(r"[“\"](?P<about>(?:V/v|[Vv]ề việc)\s[^“”\"]{3,900})[”\"]")
_SEPARATOR = regex.compile(
    r";\s*(?:và\s+)?(?:[Cc]ăn cứ\s+(?:vào\s+)?)?(?:các\s+)?|,?\s+và\s+(?:[Cc]ăn cứ\s+)?(?:các\s+)?"
    rf"|,\s+(?:các\s+)?(?=số\s|(?:{_LAWS})\s+\p{{L}}|(?:{_NUMBERED})\s+(?:số\s|của\s+[^;:]{{2,80}}:\s*số\s))"
)
# What amended an instrument is no basis of its own, nor part of its abstract.
_AMENDED = (
    r"(?:đã\s+)?(?:được\s+)?(?:sửa đổi|bổ sung|thay thế|đính chính|hợp nhất)(?:,?\s+bổ sung)?"
)
# "(sửa đổi)" alone is a part of the name of a law.
_AMENDERS = regex.compile(
    rf"\(\s*{_AMENDED}\b(?!\s*\))[^()]*(?:\([^()]*\)[^()]*)*\)", regex.IGNORECASE
)
_AMENDED_BY = regex.compile(
    r",?\s+(?:đã\s+được|được|đã)\s+(?:sửa đổi|bổ sung)(?:,?\s+bổ sung)?"
    r"(?:\s+(?:một số|tại|bởi|theo|bằng|ngày|năm)\b.*)?\Z"
)
# "đã được Quốc hội khóa X thông qua ngày …": who passed a law is no part of its name.
_PASSED = regex.compile(r",?\s+(?:đã\s+)?được\s+Quốc hội(?:\s+[^,;.\d]{2,60})?\s+thông qua\b\s*")
_APPROVED = regex.compile(r",?\s+đã\s+được\s+(?:phê duyệt|ban hành|thông qua)\s*\Z")
_MONTHED = regex.compile(r"\s*,?\s*tháng\s+\d{1,2}(?:\s?[/.-]\s?|\s+năm\s+)\d{4}")
_DATED = regex.compile(rf"\s*,?\s*(?:(?:lập|ký|ban hành)\s+)?(?:ngày\s+){{1,2}}(?P<date>{DATE})")
_ENDS_DATED = regex.compile(rf"(?:{DATE}|\bnăm\s+\d{{4}})\s*\Z")
_ISSUED_BY = regex.compile(r"\s*,?\s*của\s+")
# "ngày 23/4/2018 Chính phủ về …": the "của" may be missing before a body that can be no abstract.
_UNLINKED = regex.compile(
    r"\s*,?\s+(?=(?:Thủ tướng )?Chính phủ (?:về|quy định|ban hành|sửa đổi)\s"
    r"|(?:Bộ(?: trưởng Bộ)?|Ủy ban nhân dân|UBND|Hội đồng nhân dân|HĐND)\s\p{L}[^;,.]{2,60}? (?:về|quy định|ban hành|sửa đổi|hướng dẫn)\s)"
)
# "của HĐND tỉnh, khóa XIX, kỳ họp thứ 5 ngày 8/7/2010": the sitting behind the assembly.
_SITTING = regex.compile(
    r"\s*,?\s*(?:[Kk]h[oó][aá]\s+(?:[IVX]+|\d{1,2})\b\s*,?\s*)?(?:(?:tại\s+)?[Kk]ỳ họp\s+(?:thứ\s+)?(?:\d{1,2}|[IVX]+|\p{Ll}{2,5}|chuyên đề|bất thường)(?:\s*\([^()]{2,40}\))?)?"
    rf"(?:\s*,?\s*(?:họp\s+)?ngày\s+(?P<date>{DATE}))?"
)
_MET = regex.compile(r",?\s+(?:tại\s+)?kỳ họp\s.*\Z")
_ABOUT = regex.compile(r"\s*,?\s*(?:(?:về\s+việc|về|V/v)\s+)?", regex.IGNORECASE)
_ISSUER_END = regex.compile(
    r"(?<!\bNgoại)\s*,?\s+(?=(?:về|[Vv]/v|phê duyệt|ban hành|hướng dẫn|công bố|quy định|sửa đổi|bổ sung|bãi bỏ|"
    r"kiện toàn|thành lập|giao|triển khai|thực hiện|thay thế|công nhận|phân công|ủy quyền|"
    r"hợp nhất|đính chính|chuyển đổi|áp dụng|kiểm soát|tổ chức thực hiện|thông qua|chỉ định|bổ nhiệm|phân cấp|"
    r"phân bổ|sắp xếp|quyết nghị|điều chỉnh|tổ chức lại|như sau|bằng|trên địa bàn|kể từ|từ ngày|hết hiệu lực|đã|do|để|"
    r"Về|Quy định|Ban hành|Phê duyệt|Hướng dẫn|Sửa đổi|Công bố|Thành lập|"
    r"Bãi bỏ|Kiện toàn|Triển khai|Điều chỉnh|Ủy quyền|Phân cấp|Ứng dụng|Tách|Hợp nhất|Bổ sung|Cho phép|Thay thế)[\s,:])|\s*,\s+(?=\p{Ll})"
)
# From when an order counts, and what it changes, is no abstract of what it acts on.
_FROM_A_DAY = regex.compile(
    r"(?:(?:kể\s+)?từ\s+(?:ngày|khi|thời điểm)|(?:cụ thể\s+)?như sau)\b.*\Z"
)
_LAW_NUMBER = regex.compile(
    rf"(?:^|\s+)số\s+(?P<number>\d+/\d{{4}}/[\p{{Lu}}\d]+(?![\p{{L}}\d-])|{NUMBER})"
)
_AMENDING = regex.compile(r"sửa đổi|bổ sung", regex.IGNORECASE)
_LAW_DATE = regex.compile(rf"\s*,?\s*ngày\s+(?P<date>{DATE})")


def instruments(paragraph: str) -> list[Instrument]:
    """The instruments a "Căn cứ" paragraph rests on, in order; empty when none is understood.

    A new one starts at the start, after ";" or after " và " where a type and a number (for laws:
    a type) follow, or a number alone in a group of one type; what an abstract quotes and what
    brackets name as amending is not counted.
    """
    plain = _AMENDERS.sub(lambda found: " " * len(found.group()), paragraph)
    plain = _QUOTED_ABOUT.sub(r" \g<about> ", plain)
    laws = _GROUP_OF_LAWS.match(plain)
    if laws is not None:
        return _laws_of(laws, plain, paragraph)
    plain = _BRACKETED_GROUP.sub(_coloned, plain, count=1)
    issued = _ISSUED_GROUP.search(plain)
    shared = issued["issuer"] if issued else ""
    plain = plain.replace(issued.group(), " " * len(issued.group()), 1) if issued else plain
    opening = _OPENING.match(plain)
    starts = _starts(plain, opening.end() if opening else 0)
    found: list[Instrument] = []
    for start, end, terminator in _segments(plain, starts):
        one = _parse(plain[start:end], kind=found[-1].type if found else "")
        if one is not None:
            raw = paragraph[start:end]
            one = replace(one, issuer=one.issuer or shared, raw=raw)
            found.append(replace(one, start=start, end=end, terminator=terminator))
    return with_shared_issuers(found)


def _coloned(found: regex.Match[str]) -> str:
    """A group in brackets as one behind a colon, of the same length."""
    head = f"{found['head'].rstrip()}:"
    return f"{head:<{len(found['head']) + 1}}{found['group']} "


def _laws_of(laws: regex.Match[str], plain: str, paragraph: str) -> list[Instrument]:
    """The laws of a group that names its type once, each ended by its date."""
    found: list[Instrument] = []
    starts = [laws.end(), *(s.end() for s in _NEXT_LAW.finditer(plain, laws.end()))]
    ends = [*(s.start() for s in _NEXT_LAW.finditer(plain, laws.end())), len(plain.rstrip(" ;.,"))]
    for start, end in zip(starts, ends, strict=True):
        named = f"{laws['type']} {plain[start:end]}"
        law = _LAW.match(named)
        if law is not None:
            one = _parse_law(law, named)
            raw = paragraph[start:end]
            found.append(replace(one, start=start, end=end, raw=raw, terminator="mid"))
    closing = plain.rstrip()[-1:]
    return [
        *found[:-1],
        *(replace(one, terminator=closing if closing in ";.," else "") for one in found[-1:]),
    ]


def with_shared_issuers(group: list[Instrument], *, one_register: bool = False) -> list[Instrument]:
    """The same instruments; "số 1 …; số 2 … của Chính phủ" names the issuer of both.

    With `one_register` so does "Quyết định số 1/QĐ-A, Quyết định số 2/QĐ-A của …".
    """
    shared = list(group)
    for place in reversed(range(len(group) - 1)):
        following = shared[place + 1]
        joined = _FURTHER.match(following.raw) or (
            one_register and _same_register(shared[place], following)
        )
        if joined and not shared[place].issuer and not shared[place].subject:
            shared[place] = replace(shared[place], issuer=following.issuer)
    for place in range(1, len(shared)):
        before, one = shared[place - 1], shared[place]
        if _FURTHER.match(one.raw):
            # "Luật A số 1/…; số 2/…": the name is of both.
            name = one.name or ("" if one.subject else before.name)
            shared[place] = replace(one, issuer=one.issuer or before.issuer, name=name)
    return shared


def _same_register(one: Instrument, following: Instrument) -> bool:
    """Whether two numbers bear one type and one sign."""
    return bool(one.symbol) and (one.type, one.symbol) == (following.type, following.symbol)


def find_mentions(text: str) -> list[Instrument]:
    """Every numbered instrument named anywhere in a text, with its date and issuer if they follow."""
    found = []
    for head in _HEAD.finditer(text):
        rest = regex.split(r"[;.](?:\s|$)", text[head.end() : head.end() + 400], maxsplit=1)[0]
        one = _tail(_numbered(head["type"], head["number"]), rest)
        found.append(replace(one, subject="", raw=head.group(), start=head.start(), end=head.end()))
    return found


def parse_instrument(text: str, *, kind: str = "") -> Instrument | None:
    """The instrument whose citation the text begins with, or None; a number alone is of `kind`."""
    return _parse(_AMENDERS.sub(lambda found: " " * len(found.group()), text), kind=kind)


def begins_subject(text: str) -> bool:
    """Whether these words, set behind an issuer, are read as the abstract and not as its name."""
    return _ISSUER_END.match(f" {text}") is not None


def _starts(paragraph: str, first: int) -> list[tuple[int, int]]:
    """Pairs (end of the previous instrument, start of the next)."""
    starts = [(first, first)]
    for separator in _SEPARATOR.finditer(paragraph, first):
        current = paragraph[starts[-1][1] : separator.start()]
        if _begins(paragraph, separator, current):
            starts.append((separator.start(), separator.end()))
    return starts


def _begins(paragraph: str, separator: regex.Match[str], current: str) -> bool:
    numbered = any(h.match(paragraph, separator.end()) for h in (_HEAD, _WORDY_HEAD))
    law = _LAW.match(paragraph, separator.end()) is not None
    if _FURTHER.match(paragraph, separator.end()) is not None:
        in_group = _COLONED.search(paragraph, 0, min(separator.start(), _GROUP_HEAD)) is not None
        dated = _FURTHER_DATED.match(paragraph, separator.end()) is not None
        return (in_group and dated) or _may_go_on(separator.group(), current[:1000])
    if separator.group().startswith(";"):
        return numbered or law or _SAID_AT.match(paragraph, separator.end()) is not None
    if _AMENDED_BY.search(current[-1000:]):
        return False
    if law and not numbered:
        amends = separator.group().startswith(",") and _AMENDING.search(current)
        return not amends and _ENDS_DATED.search(current[-40:]) is not None
    if separator.group().strip() == ",":
        whole = _WHOLE.match(paragraph, separator.end()) and len(find_mentions(current[:1000])) <= 1
        behind_law = _LAW.match(current) and _ENDS_DATED.search(current[-40:])
        return numbered and (_is_bare(current) or bool(whole) or bool(behind_law))
    # An abstract that already quotes another instrument ("thi hành Quyết định số … và …") goes on.
    named = len(find_mentions(current[:1000])) + bool(
        _FURTHER.match(current) or _WORDY_HEAD.match(current)
    )
    return numbered and named <= 1


def _is_bare(current: str) -> bool:
    """Whether a citation so far has a number and no abstract that a comma could belong to."""
    one = _parse(current) if len(current) < _GROUP_HEAD else None
    return one is not None and one.number is not None and not one.subject


def _may_go_on(separator: str, current: str) -> bool:
    """Whether a number alone can open the next of a group: not where an abstract is running."""
    if len(find_mentions(current)) > 1:
        return False
    one = _parse(current, kind="Quyết định")
    return separator.startswith(";") or one is None or not one.subject


def _segments(paragraph: str, starts: list[tuple[int, int]]) -> list[tuple[int, int, str]]:
    stripped = paragraph.rstrip()
    closing = stripped[-1:] if stripped[-1:] in {";", ".", ","} else ""
    last = len(stripped) - len(closing)
    ends = [end for end, _ in starts[1:]] + [last]
    marks = ["mid"] * (len(starts) - 1) + [closing]
    return [(start, end, mark) for (_, start), end, mark in zip(starts, ends, marks, strict=True)]


def _parse(text: str, *, kind: str = "") -> Instrument | None:
    head = _HEAD.match(text)
    if head is not None:
        return _tail(_numbered(head["type"], head["number"]), text[head.end() :])
    wordy = _WORDY_HEAD.match(text)
    if wordy is not None:
        return _with_words(wordy, text)
    further = _FURTHER.match(text) if kind else None
    if further is not None:
        return _tail(_numbered(kind, further["number"]), text[further.end() :])
    said = _SAID_AT.match(text)
    if said is not None:
        one = _parse(text[said.end() :])
        return one and replace(one, issuer=one.issuer or said["said_by"])
    law = _LAW.match(text)
    return _parse_law(law, text) if law is not None else None


def _with_words(head: regex.Match[str], text: str) -> Instrument:
    """An instrument whose number stands behind its issuer or its abstract."""
    one = _tail(_numbered(head["type"], head["number"]), text[head.end() :])
    by = _ISSUED_BY.match(f" {head['words']}")
    if by is not None:
        return replace(one, issuer=one.issuer or _MET.sub("", head["words"][by.end() - 1 :]))
    about = _ABOUT.match(head["words"])
    words = head["words"][about.end() :] if about and about.group().strip() else ""
    return replace(one, subject=one.subject or words)


def _numbered(kind: str, written: str) -> Instrument:
    raw = regex.sub(r"\s", "", written)
    number, suffix, year, symbol = split_number(raw)
    return Instrument(
        type=_TYPES[fold(kind)],
        number_raw=raw,
        number=number,
        suffix=suffix,
        year=year,
        symbol=symbol,
        agency=regex.split(r"[-/]", symbol)[-1],
    )


def _tail(one: Instrument, rest: str) -> Instrument:
    """The instrument with the date, issuer and abstract that follow its number."""
    dated = _DATED.match(rest)
    month = _MONTHED.match(rest)
    if dated is not None:
        written = read_date(dated["date"])
        one = replace(one, dated_on=written.value, date_raw=written.raw)
        rest = rest[dated.end() :]
    elif month is not None:
        rest = rest[month.end() :]
    rest = _APPROVED.sub("", _AMENDED_BY.sub("", rest))
    issuer = ""
    by = _ISSUED_BY.match(rest) or (dated and _UNLINKED.match(rest))
    if by:
        end = _ISSUER_END.search(rest, by.end())
        issuer = rest[by.end() : end.start() if end else len(rest)].strip(" ,;.")
        rest = rest[end.start() :] if end else ""
        one, rest = _behind_sitting(one, rest)
    about = _ABOUT.match(rest)
    subject = _AMENDED_BY.sub("", rest[about.end() :] if about else rest)
    subject = "" if _FROM_A_DAY.match(subject) else subject
    return replace(
        one, issuer=" ".join(issuer.split()), subject=" ".join(subject.split()).strip(" ;,")
    )


def _behind_sitting(one: Instrument, rest: str) -> tuple[Instrument, str]:
    """The instrument with the day of the sitting, where it has none, and what follows it."""
    sitting = _SITTING.match(rest)
    if sitting is None or not sitting.group().strip(" ,"):
        return one, rest
    if sitting["date"] and not one.date_raw:
        written = read_date(sitting["date"])
        one = replace(one, dated_on=written.value, date_raw=written.raw)
    return one, rest[sitting.end() :]


def _parse_law(law: regex.Match[str], text: str) -> Instrument:
    rest = _PASSED.sub(" ", _AMENDED_BY.sub("", text[law.end() :]))
    dates = list(_LAW_DATE.finditer(rest))
    written = read_date(dates[-1]["date"]) if dates else None
    name = rest[: dates[-1].start()] if dates else rest
    numbers = list(_LAW_NUMBER.finditer(name))
    # "Luật sửa đổi … Luật A số 1/…, Luật B số 2/…": those are numbers of what it amends.
    number = numbers[0] if len(numbers) == 1 or (numbers and not _AMENDING.match(name)) else None
    raw = number["number"] if number else ""
    if number:
        # "Luật số 90/2025/QH15 sửa đổi, bổ sung …": the name stands behind the number.
        name = name[: number.start()] or _ABOUT.sub("", name[number.end() :], count=1)
    value, suffix, year, symbol = split_number(raw)
    return Instrument(
        type=_TYPES[fold(law["type"])],
        number_raw=raw,
        number=value,
        suffix=suffix,
        year=year,
        symbol=symbol,
        agency=regex.split(r"[-/]", symbol)[-1],
        dated_on=written.value if written else None,
        date_raw=written.raw if written else "",
        issuer="",
        name=" ".join(name.split()).strip(" ,;."),
    )
