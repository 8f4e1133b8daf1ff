"""The articles of a decision: their heads, and what stands below each.

A decision that amends another quotes articles of that other one; what stands in such a quotation
is no article of the decision.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from documents.content.clauses import executors
from documents.content.effect import speaks_of_effect
from documents.content.quoting import outside_quotations
from documents.content.tree import Article, Block
from documents.importing.blocks import read_blocks
from documents.importing.layout import Line, Para
from documents.importing.words import doubt_word, tolerant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from documents.importing.findings import Findings

_WORDS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_WORD = f"{tolerant('Điều')}|{tolerant('ĐIỀU')}"
_HEAD = regex.compile(
    rf"(?P<marker>(?:{_WORD})"
    r"\s+(?:(?P<number>\d{1,3})(?P<suffix>[a-zđ]?)|(?P<roman>[IVX]{1,4})"
    rf"|(?:thứ|THỨ)\s+(?:(?P<word>(?i:{'|'.join(_WORDS)}))|(?P<number>\d{{1,3}})))\s*"
    r"(?P<stop>[.:)/](?:\s?[-–](?=\s))?|[-–](?=\s|\p{Lu})|$))\s*(?P<text>.*)"
)
# "ĐIỀU 1 Phê duyệt …": without a stop only capitals tell a head from a reference.
_UNSTOPPED = regex.compile(
    rf"(?P<marker>(?:{_WORD})"
    rf"\s+(?:(?P<number>\d{{1,3}})(?P<suffix>[a-zđ]?)|(?:thứ|THỨ)\s+(?P<word>(?i:{'|'.join(_WORDS)}))))"
    r"\s+(?P<text>\p{Lu}.*)"
)
# "1- Phê duyệt …", "2/ Giao …": older orders number their articles without naming them.
_UNNAMED = regex.compile(
    r"(?P<marker>(?P<number>\d{1,2})\s?(?:[-–/.)]|\.\s?[-–]))\s+(?P<text>\p{Lu}.*)"
)
_REFERRED = regex.compile(
    r"(?:Quyết định(?! (?:này )?có hiệu lực)|Quy\s|Luật|Bộ luật|Nghị|Thông tư|Pháp lệnh|Hiến pháp|Điều lệ|Nội quy|Phụ lục)"
)


@dataclass(frozen=True, slots=True)
class Head:
    """The head of an article: its marker as written, its number, and what follows on the line."""

    marker: str
    number: int
    suffix: str
    text: str


def article_head(text: str) -> Head | None:
    """The head of an article a paragraph begins with: "Điều 1.", "ĐIỀU 2:", "Điều III -"."""
    found = _HEAD.fullmatch(text)
    if found is not None:
        return Head(found["marker"], _number(found), found["suffix"] or "", found["text"])
    found = _UNSTOPPED.fullmatch(text)
    if found is None:
        return None
    if not found["marker"].startswith("ĐIỀU") and _REFERRED.match(found["text"]):
        return None
    number = int(found["number"]) if found["number"] else _WORDS.index(found["word"].lower()) + 1
    return Head(found["marker"], number, found["suffix"] or "", found["text"])


def roman(numeral: str) -> int:
    """The number of a Roman numeral up to twelve; 0 for letters that are none."""
    return _ROMAN.index(numeral) + 1 if numeral in _ROMAN else 0


def is_first_article(text: str) -> bool:
    """Whether a paragraph begins with the head of an article 1."""
    head = article_head(text)
    return head is not None and head.number == 1


def read_articles(
    paras: Sequence[Para], findings: Findings
) -> tuple[tuple[Block, ...], tuple[Article, ...]]:
    """What stands before the first article, and the articles with all paragraphs that follow each."""
    heads = _heads(paras) or _unnamed(paras, findings)
    ends = [*(place for place, _ in heads[1:]), len(paras)]
    articles: list[Article] = []
    for (start, head), end in zip(heads, ends, strict=False):
        article = _article(head, paras[start], paras[start + 1 : end], findings)
        expected = articles[-1].number + 1 if articles else 1
        if article.number != expected and not article.suffix:
            findings.add(
                "article_order", paras[start].line, found=article.number, expected=expected
            )
        articles.append(article)
    before = paras[: heads[0][0]] if heads else paras
    return read_blocks(before, findings), tuple(articles)


def _heads(paras: Sequence[Para]) -> list[tuple[int, Head]]:
    """The places of the heads, without those that a quotation holds."""
    outside = outside_quotations([para.text for para in paras])
    return [
        (place, head)
        for place, para in enumerate(paras)
        if not para.is_table and outside[place] and (head := article_head(para.text)) is not None
    ]


def _unnamed(paras: Sequence[Para], findings: Findings) -> list[tuple[int, Head]]:
    """The heads of articles that are only numbered on from 1; one of them orders effect or duty."""
    outside = outside_quotations([para.text for para in paras])
    heads: list[tuple[int, Head]] = []
    for place, para in enumerate(paras):
        found = _UNNAMED.fullmatch(para.text)
        if para.is_table or not outside[place] or found is None:
            continue
        if int(found["number"]) == len(heads) + 1:
            heads.append((place, Head(found["marker"], len(heads) + 1, "", found["text"])))
    orders = any(speaks_of_effect(para.text) or executors(para.text) for para in paras)
    if len(heads) < _FEWEST or not orders:
        return []
    findings.add("articles_unnamed", paras[heads[0][0]].line, marker=heads[0][1].marker)
    return heads


# One number alone counts nothing.
_FEWEST = 2


def _article(head: Head, para: Para, rest: Sequence[Para], findings: Findings) -> Article:
    if not head.marker[0].isdigit():
        doubt_word(head.marker.split()[0], "Điều", para.line, findings)
    paras = [Para((Line(para.line, head.text),)), *rest] if head.text else rest
    blocks = read_blocks(paras, findings)
    return Article(head.number, head.marker, blocks, head.suffix, f"@{para.line}")


def _number(found: regex.Match[str]) -> int:
    if found["number"]:
        return int(found["number"])
    if found["roman"]:
        return roman(found["roman"])
    return _WORDS.index(found["word"].lower()) + 1
