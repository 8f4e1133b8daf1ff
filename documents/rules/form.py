"""The form of a paper beyond what its reader sees: annexes, references, places left open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import regex
from django.utils.translation import gettext_lazy

from documents.content.folding import fold
from documents.content.tree import Clause, Table, clauses_of
from documents.models import Kind
from documents.rules.base import NOTE, Breach, Draft, Rule
from documents.writing.tables import PLACE

if TYPE_CHECKING:
    from documents.content.tree import Block, Content

MOST_SUBJECT = 500
_ATTACHES = re.compile(r"\bkèm theo Quyết định này\b", re.IGNORECASE)
_OPEN = regex.compile(r"\[[^\[\]]{1,120}\]|…{1,}|\.{4,}")
_ARTICLE_HERE = regex.compile(
    r"\bĐiều\s+(?P<number>\d{1,3})(?P<suffix>[a-zđ]?)(?:\s+(?:của\s+)?Quyết định này)",
    regex.IGNORECASE,
)
_ROMAN = re.compile(r"^PHỤ LỤC\s+[IVXLC]+\b", re.IGNORECASE)


class SubjectFits(Rule):
    """The subject of a paper is at most 500 characters, as the exchange of papers carries it."""

    code = "ND30_5A_SUBJECT"
    source = "Nghị định 30/2020/NĐ-CP, Phụ lục VI (trường Subject)"
    sentence = gettext_lazy("The subject has %(count)s characters; at most %(most)s are carried.")

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Count the characters of the subject."""
        count = len(draft.content.preface.subject)
        if count > MOST_SUBJECT:
            yield "", {"count": str(count), "most": str(MOST_SUBJECT)}


class WhatIsAttachedIsThere(Rule):
    """What an article says is attached stands in an annex or an attached file."""

    code = "ND30_13_ANNEX_MISSING"
    source = "Nghị định 30/2020/NĐ-CP, Phụ lục I, III.1"
    kinds = (Kind.DECISION.value,)
    sentence = gettext_lazy(
        "An article says something is attached, but the paper has neither an annex nor a file."
    )

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Look for "kèm theo Quyết định này" in the articles, then for what is attached."""
        if draft.content.annexes or draft.has_files:
            return
        for block in draft.blocks:
            if isinstance(block, Clause) and _ATTACHES.search(block.text):
                yield block.id, {}
                return


class AnnexIsMentioned(Rule):
    """What stands in an annex is issued by an article."""

    code = "ND30_13_ANNEX_UNMENTIONED"
    source = "Nghị định 30/2020/NĐ-CP, Phụ lục I, III.1"
    kinds = (Kind.DECISION.value,)
    sentence = gettext_lazy("No article says that the annexes are issued with this decision.")

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Look for the word in the articles of a paper that has annexes."""
        content = draft.content
        if not content.annexes or not content.articles:
            return
        words = " ".join(fold(block.text) for block in draft.blocks if isinstance(block, Clause))
        if not re.search(r"kèm theo|phụ lục|đính kèm", words):
            yield content.annexes[0].id, {}


class AnnexesAreNumbered(Rule):
    """Where there are several annexes, each bears a Roman number."""

    code = "ND30_13_ANNEX_NUMBERS"
    severity = NOTE
    source = "Nghị định 30/2020/NĐ-CP, Phụ lục I, III.1"
    sentence = gettext_lazy("“%(title)s”: of several annexes each bears a Roman number.")

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Look at the label of each annex."""
        annexes = draft.content.annexes
        if len(annexes) < 2:
            return
        for annex in annexes:
            if not _ROMAN.match(annex.label.strip()):
                yield annex.id, {"title": annex.label or annex.title}


class NothingLeftToFill(Rule):
    """Places left open by a blank are filled before the paper is submitted."""

    code = "BH_BRACKETS"
    source = "Ban Hành"
    sentence = gettext_lazy("A place of the blank is still to be filled: %(place)s")

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Look for brackets and rows of dots in the subject and in running text.

        Cells and annexes may hold forms that are meant to be filled by others: there, and in what
        stands around the text, only the place that the editor leaves in a new piece counts.
        """
        subject = draft.content.preface.subject or draft.content.title
        if "[" in subject:
            yield "", {"place": subject}
        for block in draft.own_words:
            found = _OPEN.search(block.text)
            if found is not None:
                yield block.id, {"place": found.group()}
        for place, text in _around_the_text(draft.content):
            if PLACE in text:
                yield place, {"place": text}


def _around_the_text(content: Content) -> Iterator[tuple[str, str]]:
    """The id and the words of every piece besides the running text, row by row."""
    yield from ((one.id, one.text) for one in content.citations)
    yield from ((one.id, one.who) for one in content.recitals)
    yield from ((one.id, one.raw) for one in content.recipients)
    bodies = (*content.body, *(block for one in content.articles for block in one.blocks))
    yield from _rows(bodies)
    for annex in content.annexes:
        yield from _rows(annex.blocks)
        for block in clauses_of(annex.blocks):
            if isinstance(block, Clause):
                yield block.id, block.text


def _rows(blocks: tuple[Block, ...]) -> Iterator[tuple[str, str]]:
    for block in clauses_of(blocks):
        if isinstance(block, Table):
            yield from ((row.id, " ".join(row.cells)) for row in block.rows)


class ReferenceMeetsAnArticle(Rule):
    """“Điều n của Quyết định này” names an article the paper has."""

    code = "BH_REFERENCE"
    source = "Ban Hành"
    kinds = (Kind.DECISION.value,)
    sentence = gettext_lazy("“%(raw)s”: this paper has no such article.")

    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Compare every reference with the articles there are."""
        present = {f"{one.number}{one.suffix}" for one in draft.content.articles}
        for block in draft.own_words:
            for found in _ARTICLE_HERE.finditer(block.text):
                if f"{found['number']}{found['suffix'].lower()}" not in present:
                    yield block.id, {"raw": found.group()}


RULES: tuple[Rule, ...] = (
    SubjectFits(),
    WhatIsAttachedIsThere(),
    AnnexIsMentioned(),
    AnnexesAreNumbered(),
    NothingLeftToFill(),
    ReferenceMeetsAnArticle(),
)
