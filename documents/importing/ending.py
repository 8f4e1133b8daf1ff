"""Below the articles: the distribution list, the archive line, the signature block."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import regex

from documents.content.facts import SignatureBlock
from documents.content.folding import fold
from documents.content.tree import Archive, Clause, Recipient, RecipientKind
from documents.importing import forms
from documents.importing.articles import roman
from documents.importing.layout import is_caps
from documents.importing.signatures import (
    opens_plain_signature,
    take_plain_signature,
    take_signature,
)
from documents.importing.words import tolerant

if TYPE_CHECKING:
    from documents.importing.cursor import Cursor
    from documents.importing.findings import Findings
    from documents.importing.layout import Line, Para

_HEADING = regex.compile(
    rf"(?P<heading>(?:{tolerant('Nơi nhận')}|{tolerant('NƠI NHẬN')})\s*:?)\s*(?P<rest>.*)"
)
_MARKED = regex.compile(r"(?:TM|KT|TL|TUQ)\.\s?\p{Lu}\p{Ll}")
_BULLET = regex.compile(r"[-–•+*]\s*(?P<text>\S.*)")
_RUN_ON = regex.compile(r"(?<=[;.])\s+(?=[-–+](?:\s+\S|\s*$|\p{Lu}))")
_ARCHIVE = regex.compile(
    r"(?P<raw>Lưu\s*:?\s*(?P<units>.*?)\s*(?:\((?:(?P<copies>\d+\s*(?:b|bản)?)|(?P<drafter>[^()]+))\))?\s*(?:\./\.|[.;,])?"
    # Behind the stop stand the typist's mark and the number of copies: "Lưu: VT, KT. H.21b".
    r"(?:(?<=[\p{L}\d)]{2}[.;])\s+(?!-)\S.{0,40})?)"
)
# "(b/c)" on a line of its own belongs to the recipient above, whose stop stands before it.
_NOTE = regex.compile(r"\((?!Ban hành|[Kk]èm)[^()]{1,40}\)[.;]?")
_UNDASHED = regex.compile(r"\p{Lu}[^:]{2,140};")
# A recipient may wrap behind a comma.
_OPEN = ("", ",")
_MOST_STRAY, _LONGEST_STRAY = 3, 40
_MOST_OF_A_BLOCK = 6
_RECIPIENT = regex.compile(r"(?P<raw>.*?)\s*(?P<end>[;.,]*)")
_ANNOTATION = regex.compile(r"\((?P<annotation>[^()]*)\)$")
_AS_ARTICLE = regex.compile(
    r"(?:[Nn]hư|[Tt]heo)\s+(?:(?:điểm|khoản|Khoản)\s+\w{1,2},?\s+)*(?:[Đđ]iều|ĐIỀU)\s+(?:(\d{1,3})|([IVX]{1,4})\b)"
)
_KINDS: tuple[tuple[RecipientKind, regex.Pattern[str]], ...] = (
    ("publish", regex.compile(r"đăng|công khai|công bố|website|cổng|trang tin")),
    ("report", regex.compile(r"\bb/c\b|báo cáo")),
    ("act", regex.compile(r"\bt/h\b|thực hiện|thi hành")),
    ("coordinate", regex.compile(r"\bp/h\b|phối hợp")),
    ("know", regex.compile(r"để biết|\bbiết\b")),
)


@dataclass(slots=True)
class Ending:
    """What was read below the articles."""

    heading: str = ""
    recipients: list[Recipient] = field(default_factory=list)
    archive: Archive | None = None
    archive_line: int = 0
    signature: SignatureBlock | None = None
    signature_line: int = 0
    further: list[SignatureBlock] = field(default_factory=list)
    verbatim: list[Clause] = field(default_factory=list)


def begins_ending(para: Para) -> bool:
    """Whether the distribution list or the signature block begins with this paragraph."""
    return any(
        _HEADING.match(line.text) or forms.opens_signature(line.text) or _is_marked(line.text)
        for line in (para.cells() if para.is_table else para.lines[:1])
    )


def is_signed_name(cursor: Cursor) -> bool:
    """Whether a name comes next that only "(Đã ký)" tells to be the signatory's, without a post."""
    ahead = [line.text for line in cursor.ahead(2)]
    pairs = (ahead, ahead[::-1]) if len(ahead) > 1 else ()
    return any(forms.is_name(name) and forms.is_signed_mark(mark) for name, mark in pairs)


def is_signed_post(cursor: Cursor) -> bool:
    """Whether a post in small letters comes next that "(Đã ký)" tells to be the signatory's."""
    ahead = [line.text for line in cursor.ahead(2)]
    return len(ahead) > 1 and opens_plain_signature(ahead[0]) and forms.is_signed_mark(ahead[1])


def read_ending(cursor: Cursor, findings: Findings) -> Ending:
    """Consume recipients, archive line and signature, in whatever order two columns left them."""
    ending = Ending()
    while (line := _next(cursor, ending)) is not None:
        if forms.opens_signature(line.text) and ending.signature is None:
            ending.signature, ending.signature_line = take_signature(cursor, findings)
        elif ending.signature is not None and _is_further(cursor, line):
            _take_further(cursor, ending, findings)
        elif ending.signature is None and is_signed_name(cursor):
            ending.signature, ending.signature_line = _take_signed_name(cursor), line.number
        elif _opens_plain(line.text, ending) or (
            ending.signature is None and is_signed_post(cursor)
        ):
            ending.signature, ending.signature_line = take_plain_signature(cursor, findings)
        elif (nameless := ending.signature) and _is_late_name(line.text, nameless):
            name = cursor.take_line().text
            ending.signature = replace(nameless, lines=(*nameless.lines, name), name=name)
        elif not _take_listed(cursor, line, ending, findings):
            break
    return ending


def _take_signed_name(cursor: Cursor) -> SignatureBlock:
    lines = [line.text for line in cursor.ahead(2)]
    for _ in lines:
        cursor.peek_line()
        cursor.take_line()
    return SignatureBlock(lines=tuple(lines), name=next(filter(forms.is_name, lines)))


def _is_further(cursor: Cursor, line: Line) -> bool:
    """Whether another body signs a joint paper: a capacity or post, and a name soon below."""
    if not forms.opens_signature(line.text) or forms.is_name_in_capitals(line.text):
        return False
    below = [one.text for one in cursor.ahead(_MOST_OF_A_BLOCK)[1:]]
    named = next((place for place, text in enumerate(below) if forms.is_name(text)), None)
    return named is not None and all(is_caps(text) for text in below[:named])


def _take_further(cursor: Cursor, ending: Ending, findings: Findings) -> None:
    block, number = take_signature(cursor, findings)
    findings.add("signature_further", number)
    ending.further.append(block)


def _take_listed(cursor: Cursor, line: Line, ending: Ending, findings: Findings) -> bool:
    """Take the line where it belongs to the distribution list or its archive line."""
    if (found := _HEADING.fullmatch(line.text)) and not ending.heading:
        ending.heading = found["heading"]
        for part in _listed_inline(found["rest"]):
            _list_line(part, line, ending, findings)
    elif _is_listed(line.text, ending):
        for part in _apart(line.text):
            _list_line(part, line, ending, findings)
    elif ending.archive is not None and _is_stray(cursor, ending):
        raw = f"{ending.archive.raw} {line.text}"
        whole = None if ending.archive.units else _ARCHIVE.fullmatch(raw)
        ending.archive = _archive(whole) if whole else replace(ending.archive, raw=raw)
    else:
        return False
    cursor.take_line()
    return True


def _opens_plain(text: str, ending: Ending) -> bool:
    """Below the archive line a post may stand in small letters, and a marked one anywhere."""
    closed = ending.archive is not None or _is_marked(text)
    return closed and ending.signature is None and opens_plain_signature(text)


def _is_marked(text: str) -> bool:
    """Whether a line in small letters says in what capacity somebody signs: "TM. Ủy ban nhân dân"."""
    return _MARKED.match(text) is not None and opens_plain_signature(text)


def _listed_inline(rest: str) -> list[str]:
    """The recipients on the line of the heading: several where the archive line ends them."""
    if regex.search(r";\s*(?:[-–+]\s*)?Lưu\b", rest):
        parts = regex.findall(r"[^;]+;?", rest)
        return [f"- {plain}" for part in parts if (plain := part.strip().lstrip("-–+ "))]
    return _apart(rest) if rest else []


def _apart(text: str) -> list[str]:
    """The recipients that one line runs together, each but the first behind its dash."""
    return [part for part in _RUN_ON.split(text) if part.strip("-–+ ")]


def _is_late_name(text: str, block: SignatureBlock) -> bool:
    """In two columns the name may stand beside the last line of the distribution list."""
    named = forms.is_name(text) or forms.is_name_in_capitals(text)
    return bool(block.lines) and not block.name and named


def _next(cursor: Cursor, ending: Ending) -> Line | None:
    """The next line; a table is read by columns where it holds the list or the signature."""
    table = cursor.peek_table()
    if table is not None and (begins_ending(table) or _goes_on(table, ending)):
        cursor.spread()
    return cursor.peek_line()


def _goes_on(table: Para, ending: Ending) -> bool:
    return _is_listed(table.lines[0].text.split("\t")[0], ending)


def _is_listed(text: str, ending: Ending) -> bool:
    """Whether a line still belongs to the distribution list."""
    if not ending.heading or ending.archive is not None or len(ending.recipients) > 500:
        return False
    if _BULLET.fullmatch(text) or text.startswith("Lưu"):
        return True
    if _is_undashed(text, ending) or _NOTE.fullmatch(text):
        return True
    open_line = bool(ending.recipients) and ending.recipients[-1].end in _OPEN
    return open_line and not forms.is_reference(text)


def _is_undashed(text: str, ending: Ending) -> bool:
    """Whether a line without a dash is a recipient: the first, or one below a closed one."""
    closed = not ending.recipients or ending.recipients[-1].end == ";"
    return closed and _UNDASHED.fullmatch(text) is not None and not is_caps(text)


def _is_stray(cursor: Cursor, ending: Ending) -> bool:
    """Whether the line stands between the archive line and a signature: a file mark, a typist."""
    if ending.archive is None or ending.signature is not None:
        return False
    texts = [line.text for line in cursor.ahead(_MOST_STRAY + 1)]
    after = next((i for i, text in enumerate(texts) if forms.opens_signature(text)), 0)
    return after > 0 and all(len(text) < _LONGEST_STRAY for text in texts[:after])


def _list_line(text: str, line: Line, ending: Ending, findings: Findings) -> None:
    bullet = _BULLET.fullmatch(text)
    plain = bullet["text"] if bullet else text
    archive = _ARCHIVE.fullmatch(plain) if plain.startswith("Lưu") else None
    if archive is not None:
        ending.archive, ending.archive_line = _archive(archive), line.number
        if fold(archive["units"]).split(",")[0].strip() not in {"vt", "văn thư"}:
            findings.add("archive_without_vt", line.number)
    elif bullet is None and ending.recipients and not _is_undashed(text, ending):
        last = ending.recipients.pop()
        end = last.end if _NOTE.fullmatch(text) or last.end in _OPEN else ""
        whole = _recipient(f"{last.raw}{end} {plain}", last.id)
        ending.recipients.append(replace(whole, end=whole.end or end.strip(",")))
    else:
        ending.recipients.append(_recipient(plain, f"@{line.number}"))


def _archive(found: regex.Match[str]) -> Archive:
    units = tuple(unit.strip() for unit in found["units"].rstrip(" .;").split(",") if unit.strip())
    return Archive(found["raw"], units, (found["drafter"] or "").strip())


def _recipient(text: str, place: str) -> Recipient:
    found = _RECIPIENT.fullmatch(text)
    raw, end = (found["raw"], found["end"]) if found else (text, "")
    noted = _ANNOTATION.search(raw)
    annotation = noted["annotation"] if noted else ""
    article = _AS_ARTICLE.match(raw)
    return Recipient(
        raw=raw,
        annotation=annotation,
        kind=_kind(annotation, refers=article is not None),
        article_ref=_number(article) if article else None,
        end=end,
        id=place,
    )


def _number(article: regex.Match[str]) -> int:
    return int(article[1]) if article[1] else roman(article[2])


def _kind(annotation: str, *, refers: bool) -> RecipientKind:
    folded = fold(annotation)
    if refers:
        return "executors"
    return next((kind for kind, words in _KINDS if words.search(folded)), "other")
