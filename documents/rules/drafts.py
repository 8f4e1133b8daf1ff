"""What a draft is held against besides its own text: the office, the register, other drafts.

A rule is a class: its code names it, its docstring is the rule, `sentence` is what the drafter
reads. Only "stop" blocks, and only where the law says so; nothing here does yet.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy

from documents.content.folding import fold
from documents.effects import EffectKind
from documents.models import Effect, KindRule, ProposerKind, Relation, Revision
from documents.relations import RelationKind
from documents.services import externals
from offices.dates import vn_date

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from documents.content.tree import Content, Supersession
    from documents.models import Document

    Sentence = str | _StrPromise

WARN, NOTE = "warn", "note"


@dataclass(frozen=True, slots=True)
class Concern:
    """A rule that a draft does not keep, worded; `clause_id` places it where it has a place."""

    code: str
    severity: str
    sentence: str
    clause_id: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What the rules look at."""

    document: Document
    content: Content
    on: date


class Rule(ABC):
    """One rule: gives the values of its sentence for every place where it is broken."""

    code: ClassVar[str]
    severity: ClassVar[str] = WARN
    sentence: ClassVar[Sentence]

    @abstractmethod
    def broken_by(self, draft: Draft) -> Iterator[tuple[str, dict[str, str]]]:
        """Give (clause id, values of the sentence) for each breach."""

    def concerns(self, draft: Draft) -> Iterator[Concern]:
        """Word each breach."""
        for clause_id, values in self.broken_by(draft):
            yield Concern(self.code, self.severity, str(self.sentence) % values, clause_id)


class AuthorityAgrees(Rule):
    """The authority printed is the authority chosen: the signature block follows from it."""

    code = "ND30_7A_AUTHORITY"
    sentence = gettext_lazy(
        "The paper names another issuing authority than chosen (%(chosen)s); the signature block "
        "follows the choice."
    )

    def broken_by(self, draft: Draft) -> Iterator[tuple[str, dict[str, str]]]:
        """Compare the line above the preamble with the document."""
        printed = draft.content.preface.authority_kind
        if printed != "other" and printed != draft.document.authority_kind:
            yield "", {"chosen": draft.document.get_authority_kind_display()}


class ReplacedIsKnown(Rule):
    """What a decision replaces is a paper the office holds."""

    code = "ND30_REPLACED_KNOWN"
    sentence = gettext_lazy(
        "“%(raw)s”: the office holds no such paper; check number and date, or the archivist "
        "completes it after issue."
    )

    def broken_by(self, draft: Draft) -> Iterator[tuple[str, dict[str, str]]]:
        """Look the cited paper up by type, number and date."""
        for clause in draft.content.supersessions:
            found = externals.find(clause.target, office=draft.document.office)
            if found is None or found.known_by == "citation":
                yield clause.clause_id, {"raw": clause.raw}


class ReplacedIsAlive(Rule):
    """A paper that has ceased as a whole is not replaced again."""

    code = "ND30_REPLACED_ALIVE"
    sentence = gettext_lazy("%(paper)s has ceased since %(day)s; it cannot be replaced again.")

    def broken_by(self, draft: Draft) -> Iterator[tuple[str, dict[str, str]]]:
        """Ask the ledger whether the target has ceased by today."""
        for clause, target in _replaced(draft):
            ceased = (
                Effect.objects.filter(
                    target=target, kind=EffectKind.CEASES.value, valid_from__lte=draft.on
                )
                .exclude(source=draft.document)
                .order_by("valid_from")
                .first()
            )
            if ceased is not None:
                yield (
                    clause.clause_id,
                    {"paper": target.title, "day": vn_date(ceased.valid_from)},
                )


class ReplacedOnce(Rule):
    """Two drafts do not replace the same paper."""

    code = "BH_REPLACED_ONCE"
    sentence = gettext_lazy("Another draft, %(other)s, also replaces %(paper)s.")

    def broken_by(self, draft: Draft) -> Iterator[tuple[str, dict[str, str]]]:
        """Look for living revisions of other unissued papers with the same target."""
        for clause, target in _replaced(draft):
            rivals = (
                Relation.objects.filter(
                    target=target,
                    verb=RelationKind.REPLACES.value,
                    source__issued_at__isnull=True,
                    revision__in=Revision.objects.alive(),
                )
                .exclude(source=draft.document)
                .select_related("source")
                .order_by("source_id", "-revision_id")
            )
            for reference in dict.fromkeys(rival.source.reference for rival in rivals):
                yield clause.clause_id, {"other": reference, "paper": target.title}


class ProposerAgrees(Rule):
    """The recital names who proposes by the office's rule for the kind of paper."""

    code = "BH_PROPOSER"
    sentence = gettext_lazy(
        "The recital names “%(who)s”; by the rule of the office this kind of paper is proposed by: "
        "%(rule)s."
    )
    words: ClassVar[dict[str, tuple[str, ...]]] = {
        ProposerKind.DEPARTMENT_HEAD: ("trưởng phòng", "trưởng bộ phận", "chánh văn phòng"),
        ProposerKind.COMMITTEE: ("ban chỉ đạo",),
        ProposerKind.COMMITTEE_HEAD: ("trưởng ban",),
        ProposerKind.MANAGEMENT_REPRESENTATIVE: ("đại diện",),
        ProposerKind.CHIEF_OF_OFFICE: ("chánh văn phòng",),
    }

    def broken_by(self, draft: Draft) -> Iterator[tuple[str, dict[str, str]]]:
        """Compare the opening words of each recital with the rule."""
        rule = KindRule.objects.filter(
            office=draft.document.office, kind=draft.document.kind
        ).first()
        proposer = rule.proposer if rule is not None else ProposerKind.DEPARTMENT_HEAD.value
        allowed = tuple(fold(word) for word in self.words[ProposerKind(proposer)])
        for recital in draft.content.recitals:
            if not fold(recital.who).startswith(allowed):
                label = str(ProposerKind(proposer).label)
                yield recital.id, {"who": recital.who, "rule": label}


class EffectIsNotInThePast(Rule):
    """A decision does not take effect on a day that has passed (it would rewrite what was)."""

    code = "BH_EFFECT_PAST"
    sentence = gettext_lazy(
        "The decision would take effect on %(day)s, which has passed: what was in force since then "
        "would change."
    )

    def broken_by(self, draft: Draft) -> Iterator[tuple[str, dict[str, str]]]:
        """Compare a named day of effect with today."""
        effect = draft.content.effectivity
        if effect is not None and effect.on_date is not None and effect.on_date < draft.on:
            yield effect.clause_id, {"day": vn_date(effect.on_date)}


class NothingLeftToFill(Rule):
    """Square brackets of a blank are filled before the paper is submitted."""

    code = "BH_BRACKETS"
    sentence = gettext_lazy("A place of the blank is still to be filled: %(place)s")

    def broken_by(self, draft: Draft) -> Iterator[tuple[str, dict[str, str]]]:
        """Look for brackets in the subject; the text pane shows the others."""
        subject = draft.content.preface.subject or draft.content.title
        if "[" in subject:
            yield "", {"place": subject}


def _replaced(draft: Draft) -> Iterator[tuple[Supersession, Document]]:
    for clause in draft.content.supersessions:
        if clause.verb != "replaces":
            continue
        target = externals.find(clause.target, office=draft.document.office)
        if target is not None:
            yield clause, target


RULES: tuple[Rule, ...] = (
    AuthorityAgrees(),
    ReplacedIsKnown(),
    ReplacedIsAlive(),
    ReplacedOnce(),
    ProposerAgrees(),
    EffectIsNotInThePast(),
    NothingLeftToFill(),
)


def concerns(document: Document, content: Content, *, on: date) -> list[Concern]:
    """Hold a draft against every rule, in the order of the rules."""
    draft = Draft(document, content, on)
    return [concern for rule in RULES for concern in rule.concerns(draft)]
