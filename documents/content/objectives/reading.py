"""A whole paper into its objectives: tables first, lists where no table is, and what stands around."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from documents.content.clauses import reporting_periods, texts_of
from documents.content.dates import DATE
from documents.content.folding import fold
from documents.content.objectives import lists, tables
from documents.content.objectives.deadlines import deadline, reports_ordered
from documents.content.objectives.model import Cascade, Deadline, Every, Objective, Objectives
from documents.content.tree import Article, Block, Clause, Content, Table, clauses_of

_YEAR = regex.compile(r"\bnăm\s+(20\d{2})\b", regex.IGNORECASE)
_UNTIL = regex.compile(
    rf"(?:tính\s+)?đến\s+(?:hết|cuối|ngày|tháng|quý|trước)\s+(?:(?:hết|ngày|tháng|quý|năm)\s+)*(?:{DATE}|[\d/IVX]+)"
    r"(?:\s+năm\s+\d{4})?",
    regex.IGNORECASE,
)
_CHARGES = regex.compile(
    r"Giao\s+(?P<who>[^.;:]{3,300}?)\s+(?:tổ chức|chủ trì|chịu trách nhiệm|triển khai|thực hiện|theo dõi)\b"
    r"[^.;]{0,120}\bmục tiêu\b",
    regex.IGNORECASE,
)
_ANSWERS = regex.compile(
    r"(?P<who>\p{Lu}[^,.;:]{3,150}?)\s+(?:chịu trách nhiệm\s+)?(?:tổ chức thực hiện|báo cáo kết quả)\b"
    r"(?!\s+(?:thi hành|nhiệm vụ))"
)
_CASCADE = regex.compile(r"không\s+(?:được\s+)?thấp hơn\s+(?!\d)", regex.IGNORECASE)
_UNMET = regex.compile(r"(?:không|chưa)\s+(?:đáp ứng|đạt)")
_BY_DAY = regex.compile(
    r"báo cáo\s+(?:\p{L}+\s+){0,12}?(?P<when>(?:trước|chậm nhất|vào) (?:vào )?ngày [^.;:]{1,80})",
    regex.IGNORECASE,
)
MOST_READ = 500


def objectives_of(content: Content) -> Objectives:
    """What a paper says about its objectives; empty for a paper that sets none.

    At most 500 objectives are read; a paper with more says so in its doubts.
    """
    year = _year_of(content)
    found = list(_found(content, year))
    texts = [text for text in _texts(content) if text]
    return Objectives(
        objectives=tuple(found[:MOST_READ]),
        year=year,
        owner=_owner(content) if found else "",
        reports=_reports(content, texts) if found else (),
        report_by=_report_by(texts) if found else None,
        cascade=tuple(_cascades(content)),
        mandatory_cause=any(_demands(text) for text in texts),
        advised_cause=any("chưa cao" in text and "nguyên nhân" in text for text in texts),
        doubts=("too_many",) if len(found) > MOST_READ else (),
    )


def _year_of(content: Content) -> int | None:
    if content.preface.period_year is not None:
        return content.preface.period_year
    for annex in content.annexes:
        named = _YEAR.search(annex.title)
        if named and "mục tiêu" in fold(annex.title):
            return int(named[1])
    return None


def _found(content: Content, year: int | None) -> Iterator[Objective]:
    amending = {one.article for one in content.supersessions if one.verb == "amends"}
    for article in content.articles:
        if article.number not in amending:
            yield from _in_article(article, year)
    if content.kind == "quality_objectives":
        yield from _in_blocks(content.body, year, is_named=True)
    for annex in content.annexes:
        named = _YEAR.search(annex.title)
        own = int(named[1]) if named else year
        yield from _in_blocks(annex.blocks, own, is_named="mục tiêu" in fold(annex.title))


def _in_article(article: Article, year: int | None) -> Iterator[Objective]:
    tabled = _tables_of(article.blocks, year)
    if tabled is not None:
        yield from tabled
    elif "mục tiêu" in fold(article.text) and "kèm theo" not in fold(article.text):
        yield from lists.objectives_in(article.blocks[1:], year=year)


def _in_blocks(blocks: Sequence[Block], year: int | None, *, is_named: bool) -> Iterator[Objective]:
    """A table of objectives is known by its headers; a list only by the title over it."""
    tabled = _tables_of(blocks, year)
    if tabled is not None:
        yield from tabled
    elif is_named:
        yield from lists.objectives_in(blocks, year=year)


def _tables_of(blocks: Sequence[Block], year: int | None) -> list[Objective] | None:
    read: list[Objective] | None = None
    above = ""
    for block in clauses_of(tuple(blocks)):
        if isinstance(block, Clause):
            until = _UNTIL.search(block.text)
            above = until.group() if until else above
            continue
        found = tables.objectives_in(block, year=year, above=above)
        if found is not None:
            read = [*(read or []), *found]
    return read


def _own_clauses(content: Content) -> Iterator[Clause]:
    roots: list[Block] = [*content.body]
    roots += [block for article in content.articles for block in article.blocks]
    roots += [block for annex in content.annexes for block in annex.blocks]
    return (block for block in clauses_of(tuple(roots)) if not isinstance(block, Table))


def _texts(content: Content) -> list[str]:
    return [clause.text for clause in _own_clauses(content)]


def _owner(content: Content) -> str:
    """Who is charged with all objectives: "Giao …", or who reports in a paper of objectives alone."""
    for clause in _own_clauses(content):
        charged = _CHARGES.match(clause.text)
        if charged is not None:
            return charged["who"].strip()
    for clause in _own_clauses(content):
        answers = _ANSWERS.match(clause.text) if clause.kind == "paragraph" else None
        if answers is not None:
            return answers["who"].strip()
    return ""


def _reports(content: Content, texts: list[str]) -> tuple[Every, ...]:
    blocks = [block for annex in content.annexes for block in annex.blocks]
    ordered = reports_ordered(reporting_periods([*texts_of(blocks), *texts]))
    by = _report_by(texts)
    if by is not None and by.every is not None and by.every not in ordered:
        return (*ordered, by.every)
    return ordered


def _report_by(texts: list[str]) -> Deadline | None:
    """The recurring day on which results are due, where a sentence on reports names one."""
    for text in texts:
        named = _BY_DAY.search(text)
        found = deadline(named["when"]) if named else None
        if found is not None and found.kind == "recurring":
            return found
    return None


def _cascades(content: Content) -> Iterator[Cascade]:
    for clause in _own_clauses(content):
        found = _CASCADE.search(clause.text)
        if found is not None and "mục tiêu" in fold(clause.text):
            yield Cascade(clause.text, clause.id)


def _demands(text: str) -> bool:
    said = fold(text)
    return "nguyên nhân" in said and _UNMET.search(said) is not None and "phải" in said
