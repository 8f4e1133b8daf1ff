"""What a rule is, and what it looks at."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Literal

import regex

from documents import papers
from documents.content.objectives import objectives_of
from documents.content.objectives.cascade import Pair, Stated, pairs
from documents.content.tree import Clause, clauses_of
from documents.lifecycle import Stage
from documents.models import Kind, WorkingCopy
from documents.selectors import state
from documents.selectors.objectives import stated_above
from documents.services import externals

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from documents.content.facts import PrintedFacts
    from documents.content.objectives import Objective, Objectives
    from documents.content.tree import Block, Content, Instrument, Supersession
    from documents.models import Document
    from documents.querysets import DocumentQuerySet
    from documents.selectors.state import Legal

    Sentence = str | _StrPromise

Severity = Literal["stop", "warn", "note"]
WARN: Severity = "warn"
NOTE: Severity = "note"

# A paper that sets the objectives of one body of the office.
_OF_A_BODY = regex.compile(r"\bcủa (?:Phòng|Văn phòng|Bộ phận|Ban|Trung tâm|Đội)\b")

# (clause id, values of the sentence) for one place where a rule is broken.
Breach = tuple[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Concern:
    """A rule that a draft does not keep, worded; `source` is the clause it comes from.

    `clause_id` places it where it has a place.
    """

    code: str
    severity: Severity
    sentence: str
    source: str
    clause_id: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """One instrument of a legal basis, the clause it stands in, and the paper the office holds."""

    instrument: Instrument
    clause_id: str
    document: Document | None


@dataclass(frozen=True)
class Draft:
    """What the rules look at; `on` is the day it is held to be signed.

    The document may be one that is not stored yet: it has no files and rests on no former one.
    `printed` is known while the text is at hand; a stored version keeps none of it.
    Papers it names are looked up once, in one query for all, when the first rule asks.
    `readable` are the papers that whoever is told may read: others are not named to them.
    """

    document: Document
    content: Content
    on: date
    printed: PrintedFacts | None = None
    readable: DocumentQuerySet | None = None

    @cached_property
    def _found(self) -> list[Document | None]:
        cited = [one for citation in self.content.citations for one in citation.instruments]
        targets = [clause.target for clause in self.content.supersessions]
        return externals.find_all([*cited, *targets], office=self.document.office)

    @cached_property
    def cited(self) -> tuple[Cited, ...]:
        """Every instrument of the legal bases, in order, with the paper it means."""
        places = [
            (one, citation.id)
            for citation in self.content.citations
            for one in citation.instruments
        ]
        return tuple(
            Cited(one, place, found)
            for (one, place), found in zip(places, self._found, strict=False)
        )

    @cached_property
    def acted_on(self) -> tuple[tuple[Supersession, Document | None], ...]:
        """What the paper replaces, repeals or amends, each with the paper it means."""
        count = len(self.content.supersessions)
        found = self._found[len(self._found) - count :]
        return tuple(zip(self.content.supersessions, found, strict=True))

    @cached_property
    def legal(self) -> dict[int, Legal]:
        """The state on the day of every cited paper that the office holds; one query."""
        known = {one.document.pk: one.document for one in self.cited if one.document is not None}
        return state.legal(known.values(), on=self.on)

    @cached_property
    def objectives(self) -> Objectives:
        """What the paper says about its objectives; no query."""
        return objectives_of(self.content)

    @cached_property
    def set_objectives(self) -> list[Objective]:
        """The objectives without those that are still brackets of the blank form; no query."""
        return [one for one in self.objectives.objectives if not one.text.startswith("[")]

    @cached_property
    def held_against_above(self) -> tuple[Pair, ...]:
        """What became here of every confirmed target of the papers above; see `above`."""
        own = [
            Stated(
                text=one.text if target.raw == target.text else target.text,
                comparator=target.comparator,
                value=target.value,
                unit=target.unit,
                place=one.clause_id,
                upper=target.upper,
                baseline=target.baseline,
            )
            for one in self.set_objectives
            for target in one.targets
        ]
        return pairs(own, self.above)

    @cached_property
    def above(self) -> list[Stated]:
        """The confirmed targets of the papers above that its own are not to be lower than.

        One query, or none; see `stated_above`.
        """
        subject = self.content.preface.subject
        of_a_body = self.document.kind == Kind.QUALITY_OBJECTIVES or bool(
            _OF_A_BODY.search(subject)
        )
        return stated_above(
            self.document,
            cited=[one.document for one in self.cited if one.document is not None],
            year=self.objectives.year,
            of_a_body=of_a_body,
            on=self.on,
        )

    @cached_property
    def _drawn_from(self) -> Document | None:
        if self.document._state.adding:
            return None
        copy = WorkingCopy.objects.filter(document=self.document).select_related("drawn_from")
        found = copy.only("drawn_from").first()
        return found.drawn_from if found is not None else None

    @cached_property
    def former(self) -> Content | None:
        """The issued text of the decision this draft was begun from; two queries, one for none."""
        revision = (
            self._drawn_from.revisions.filter(stage=Stage.ISSUED.value).first()
            if self._drawn_from is not None
            else None
        )
        return papers.content_of(revision) if revision is not None else None

    @property
    def former_name(self) -> str:
        """How the decision this draft was begun from is called."""
        return self._drawn_from.title if self._drawn_from is not None else ""

    @cached_property
    def former_blocks(self) -> tuple[Block, ...]:
        """Every block of the former decision's body, articles and annexes."""
        return blocks_of(self.former) if self.former is not None else ()

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Every block of body, articles and annexes, depth first, in reading order."""
        return blocks_of(self.content)

    @cached_property
    def passages(self) -> tuple[tuple[str, str], ...]:
        """(clause id, text) of every passage below the preamble, cells of tables included."""
        found: list[tuple[str, str]] = []
        for block in self.blocks:
            if isinstance(block, Clause):
                found.append((block.id, block.text))
            else:
                found += [(row.id, cell) for row in block.rows for cell in row.cells]
        return tuple(found)

    @cached_property
    def own_words(self) -> tuple[Clause, ...]:
        """The clauses of body and articles: what the paper itself says, without its annexes."""
        roots = (
            *self.content.body,
            *(block for article in self.content.articles for block in article.blocks),
        )
        return tuple(block for block in clauses_of(roots) if isinstance(block, Clause))

    @cached_property
    def file_names(self) -> list[str]:
        """The names of the files attached to the draft now; one query."""
        if self.document._state.adding:
            return []
        files = self.document.attachments.filter(removed_at__isnull=True, is_source=False)
        return list(files.values_list("name", flat=True))

    @property
    def has_files(self) -> bool:
        """Whether any file is attached to the draft now."""
        return bool(self.file_names)


def blocks_of(content: Content) -> tuple[Block, ...]:
    """Every block of body, articles and annexes of a content, depth first, in reading order."""
    roots = (
        *content.body,
        *(block for article in content.articles for block in article.blocks),
        *(block for annex in content.annexes for block in annex.blocks),
    )
    return tuple(clauses_of(roots))


class Rule(ABC):
    """One rule: gives the values of its sentence for every place where it is broken.

    The docstring of a rule *is* the rule; `source` is the clause it comes from; `kinds` are the
    papers it speaks of (empty: all). Only "stop" bars a version from being saved, and only where
    the law says so.
    """

    code: ClassVar[str]
    severity: ClassVar[Severity] = WARN
    source: ClassVar[str]
    # What it came from before its source came into force: (the first day of that one, the source).
    earlier_source: ClassVar[tuple[date, str] | None] = None
    sentence: ClassVar[Sentence]
    kinds: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def broken_by(self, draft: Draft) -> Iterator[Breach]:
        """Give (clause id, values of the sentence) for each breach."""

    def speaks_of(self, draft: Draft) -> bool:
        """Whether the rule is for this kind of paper."""
        return not self.kinds or draft.content.kind in self.kinds

    def source_on(self, day: date) -> str:
        """Give the clause in force on a day: a draft of 2024 is not held against a law of 2025."""
        if self.earlier_source is not None and day < self.earlier_source[0]:
            return self.earlier_source[1]
        return self.source

    def concerns(self, draft: Draft) -> Iterator[Concern]:
        """Word each breach."""
        for clause_id, values in self.broken_by(draft):
            yield Concern(
                self.code,
                self.severity,
                str(self.sentence) % values,
                self.source_on(draft.on),
                clause_id,
            )
