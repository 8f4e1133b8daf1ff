"""Lines as they came into blocks of clean lines: residue of other programs gone, wraps left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

import regex

from documents.importing.columns import MOTTO, NATION, restored, stacked
from documents.importing.layout import (
    ANCHOR,
    ARTICLE,
    BASIS,
    ENACTS,
    PROPOSER,
    SIGNED_POSTS,
    Line,
    dashed,
    is_ornament,
)
from documents.importing.markdown import strip_markdown
from documents.importing.sides import Numbered, parted

_TITLED = regex.compile(
    r"(QUYẾT ĐỊNH)\s+((?:Về việc|V/v|Ban hành|Phê duyệt|Công bố|Thành lập)\s.+)"
)
# "KẾ HOẠCH KIỂM KÊ NĂM 2024 (Kèm theo Quyết định số …)": the title of an annex and its reference.
_ARTICLE_AHEAD = regex.compile(r"Điều\s+(\d{1,3})\s*[.:]\s")
_NEXT_ARTICLE = regex.compile(r"(?<=[.;/]\s+)Điều\s+(\d{1,3})\s*[.:]\s+(?=\p{Lu})")
_REFERRED = regex.compile(
    r"([“\"]?\p{Lu}[^\p{Ll}(\t]{3,300}?)\s+(\((?:Ban hành )?[Kk]èm theo [^\t]+)"
)
# "Xét đề nghị của … ngày 28/8/2014,QUYẾT ĐỊNH:": the word behind who proposes.
_ENACTS_BEHIND = regex.compile(rf"((?:{BASIS}|{PROPOSER})[^\t]{{3,900}}[,.;])\s*({ENACTS}\s*:)")
_MARKED = regex.compile(r"(?:Điều\s+\d+[a-zđ]?[.:]|\d{1,2}(?:\.\d{1,2}){0,3}[.)]|[a-zđ]\)|[-–•+])$")
_RULE_DRAWN = regex.compile(r"(?<=\p{L}\s+)[-–—_=*~]{3,}\s*\Z")
_NATION_AND_MOTTO = regex.compile(rf"({NATION})\s+({MOTTO})")
# "Đã ký: Nguyễn Văn Mẫu", "Nguyễn Văn Mẫu (Đã ký)".
_NAME = r"\p{Lu}\p{Ll}*(?:\s\p{Lu}\p{Ll}*){1,4}"
_SIGNED_BEFORE = regex.compile(rf"([Đđ]ã ký:|\([Đđ]ã ký\):?)\s*({_NAME})")
_SIGNED_BEHIND = regex.compile(rf"({_NAME})\s+(\([Đđ]ã ký\))")
_SPACES = re.compile(r" {2,}")
_HEAD_ENDS = regex.compile(rf"{BASIS}|{ARTICLE}")
_LONGEST_HEAD = 40


def blocks(text: str, *, is_markdown: bool) -> Iterator[list[Line]]:
    """What stands between blank lines, each line without the residue of other programs."""
    raw: list[Numbered] = []
    for number, line in [*parted(_without_ornaments(text.split("\n"))), (0, "")]:
        # A bar that another program left alone on its line parted cells.
        if line.strip() not in {"", "|"}:
            raw.append((number, line))
        elif raw:
            yield from _clean_block(raw, is_markdown=is_markdown)
            raw = []


def _without_ornaments(lines: list[str]) -> list[str]:
    """The lines without the rules drawn in the head, alone or behind a name."""
    head = next((i for i, line in enumerate(lines) if _HEAD_ENDS.match(line)), len(lines))
    head = min(head, _LONGEST_HEAD)
    plain = ["" if is_ornament(line) else _RULE_DRAWN.sub("", line) for line in lines[:head]]
    return [*plain, *lines[head:]]


def _clean_block(raw: list[Numbered], *, is_markdown: bool) -> Iterator[list[Line]]:
    """A block without residue; a line that held nothing else ends the block."""
    stripped = strip_markdown([line for _, line in raw], escapes=is_markdown)
    lines = _unindented([_tidy(line) for line in stripped])
    _unmark_lists(lines)
    current: list[Line] = []
    for (number, _), text in zip(raw, lines, strict=True):
        if text.strip():
            current += [Line(number, part) for part in _title_lines(text)]
        elif current and "\t" not in current[-1].text:
            yield dashed(current)
            current = []
    if current:
        yield dashed(current)


def _title_lines(text: str) -> list[str]:
    """What one line holds of two parts of the form: State and motto, type and subject, a foot."""
    forms = (_TITLED, _REFERRED, _ENACTS_BEHIND, _NATION_AND_MOTTO, _SIGNED_BEFORE, _SIGNED_BEHIND)
    found = next((found for form in forms if (found := form.fullmatch(text))), None)
    if found is not None:
        return [found[1], found[2]]
    if _ARTICLE_AHEAD.match(text):
        return _articles_apart(text)
    return stacked(text) if SIGNED_POSTS.match(text) and "\t" not in text else [text]


def _articles_apart(text: str) -> list[str]:
    """The articles that one line runs together: the next number behind the stop of the one above."""
    cuts, number = [0], int(_ARTICLE_AHEAD.match(text)[1])  # type: ignore[index]
    for found in _NEXT_ARTICLE.finditer(text):
        if int(found[1]) == number + 1:
            cuts.append(found.start())
            number += 1
    return [text[a:b].strip() for a, b in zip(cuts, [*cuts[1:], len(text)], strict=True)]


def _tidy(line: str) -> str:
    """Single spaces, and none around a cell."""
    return restored("\t".join(_SPACES.sub(" ", cell).strip() for cell in line.split("\t")))


def _unindented(lines: list[str]) -> list[str]:
    """A TAB before a line indents it, unless it stands in a table and its first cell is empty.

    A line that ends with a TAB too is a row with one cell filled.
    """
    lines = [_unindented_anchor(line) for line in lines]
    for has_tab, run in groupby(range(len(lines)), key=lambda i: "\t" in lines[i]):
        members = list(run)
        if has_tab and not any("\t" in lines[i].lstrip("\t") for i in members):
            for i in members:
                lines[i] = lines[i].strip("\t")
    return lines


def _unindented_anchor(line: str) -> str:
    plain = line.strip("\t")
    return plain if "\t" not in plain and ANCHOR.match(plain) else line


def _unmark_lists(lines: list[str]) -> None:
    """A TAB after a lone marker is a space, unless the marked line stands in a table."""
    for _, run in groupby(range(len(lines)), key=lambda i: "\t" in lines[i]):
        members = list(run)
        if all(_MARKED.match(lines[i].partition("\t")[0]) for i in members):
            for i in members:
                if lines[i].count("\t") == 1:
                    lines[i] = lines[i].replace("\t", " ")
