"""Stable clause ids: given once, carried from revision to revision by matching what was kept.

An id is "c" and a number. Numbers are never given twice within one line of revisions, so an
opinion on clause c7 never comes to point at another clause.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

from documents.content.clauses import interpret
from documents.content.letters import order_of
from documents.content.matching import match
from documents.content.outline import entries
from documents.content.tree import (
    Annex,
    Article,
    Block,
    Citation,
    Clause,
    Content,
    Recipient,
    Recital,
    Row,
)

Part = TypeVar("Part", Citation, Recital, Recipient)
Rename = Callable[[str], str]


def assign_ids(new: Content, old: Content | None = None) -> Content:
    """Give every clause its id: the old content's where the clause survives, a fresh one else."""
    fresh = rename(new, _numbered(iter(range(1, 1_000_000_000))))
    if old is None:
        return _interpreted(replace(fresh, ids_given=_count(fresh)))
    kept = {b.id: a.id for a, b in match(entries(old), entries(fresh)) if a.id and b.id}
    numbers = iter(range(old.ids_given + 1, 1_000_000_000))
    given = old.ids_given

    def carried(place: str) -> str:
        nonlocal given
        if place in kept:
            return kept[place]
        given = next(numbers)
        return f"c{given}"

    carried_over = rename(fresh, carried)
    return _interpreted(replace(carried_over, ids_given=given))


def rename(content: Content, name: Rename) -> Content:
    """The same content with every id passed through `name`, in reading order."""
    preface = replace(content.preface, verbatim=_clauses(content.preface.verbatim, name))
    return replace(
        content,
        preface=preface,
        preamble=tuple(replace(part, id=name(part.id)) for part in content.preamble),
        body=_blocks(content.body, name),
        articles=tuple(_article(article, name) for article in content.articles),
        recipients=tuple(replace(one, id=name(one.id)) for one in content.recipients),
        ending=_clauses(content.ending, name),
        annexes=tuple(_annex(annex, name) for annex in content.annexes),
    )


def ids(content: Content) -> list[str]:
    """Every id of a content, in reading order."""
    found: list[str] = []

    def note(place: str) -> str:
        found.append(place)
        return place

    rename(content, note)
    return found


def _numbered(numbers: Iterator[int]) -> Rename:
    return lambda _: f"c{next(numbers)}"


def _count(content: Content) -> int:
    return len(ids(content))


def _interpreted(content: Content) -> Content:
    found = interpret(content.articles)
    ordered = order_of(content)
    return replace(
        content,
        effectivity=found.effectivity,
        supersessions=(ordered,) if ordered is not None else found.supersessions,
        executors=found.executors,
        end_mark=found.end_mark,
        end_mark_article=found.end_mark_article,
    )


def _article(article: Article, name: Rename) -> Article:
    return replace(article, id=name(article.id), blocks=_blocks(article.blocks, name))


def _annex(annex: Annex, name: Rename) -> Annex:
    return replace(annex, id=name(annex.id), blocks=_blocks(annex.blocks, name))


def _clauses(clauses: tuple[Clause, ...], name: Rename) -> tuple[Clause, ...]:
    return tuple(_clause(clause, name) for clause in clauses)


def _clause(clause: Clause, name: Rename) -> Clause:
    return replace(clause, id=name(clause.id), children=_blocks(clause.children, name))


def _blocks(blocks: tuple[Block, ...], name: Rename) -> tuple[Block, ...]:
    return tuple(_block(block, name) for block in blocks)


def _block(block: Block, name: Rename) -> Block:
    if isinstance(block, Clause):
        return _clause(block, name)
    place = name(block.id)
    rows = tuple(Row(row.cells, name(row.id)) for row in block.rows)
    return replace(block, id=place, rows=rows)
