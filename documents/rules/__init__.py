"""Named rules on a draft, beside the reader's own findings: code, sentence, severity, source.

A rule is a class: its code names it, its docstring is the rule, its sentence is what the drafter
reads. `docs/reference/rules.md` is generated from here.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from documents.rules import (
    authority,
    carried,
    cascade,
    citations,
    form,
    objectives,
    printed,
    quality,
    replacing,
    wording,
)
from documents.rules.base import Concern, Draft, Rule

if TYPE_CHECKING:
    from documents.content.tree import Content
    from documents.models import Document
    from documents.querysets import DocumentQuerySet

__all__ = ["RULES", "Concern", "Draft", "Rule", "concerns", "concerns_of"]

RULES: tuple[Rule, ...] = (
    *form.RULES,
    *printed.RULES,
    *authority.RULES,
    *citations.RULES,
    *replacing.RULES,
    *carried.RULES,
    *wording.RULES,
    *quality.RULES,
    *objectives.RULES,
    *cascade.RULES,
)


def concerns(
    document: Document,
    content: Content,
    *,
    on: date,
    readable: DocumentQuerySet | None = None,
) -> list[Concern]:
    """Hold a draft against every rule, in the order of the rules; `on` is the day of signing.

    `readable` are the papers that may be named to whoever is told.
    """
    return concerns_of(Draft(document, content, on, readable=readable))


def concerns_of(draft: Draft) -> list[Concern]:
    """Hold a draft, with what has been looked up for it already, against every rule."""
    return [concern for rule in RULES if rule.speaks_of(draft) for concern in rule.concerns(draft)]
