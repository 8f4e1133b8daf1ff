"""What is said of a text beside it: the reader's findings and the named rules, one list, each placed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from documents import papers, rules
from documents.importing.codes import source_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from documents.importing.findings import Finding
    from documents.importing.text import Reading

_GRAVE = {"stop": 0, "warn": 1, "note": 2}


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said of a text; lines count from 1, `other` is the second line it speaks of.

    `source` is the clause it rests on, `place` where its line stood in the file it was read from.
    """

    severity: str
    sentence: str
    source: str = ""
    line: int | None = None
    other: int | None = None
    place: str = ""


def findings_of(
    draft: rules.Draft, reading: Reading, *, places: Mapping[int, str] | None = None
) -> list[Said]:
    """Give the reader's findings and the rules' concerns in one list, the gravest first."""
    lines = dict(reading.lines)
    where = places or {}
    found = [*noted(reading.findings, places=where)]
    for one in rules.concerns_of(draft):
        line = lines.get(one.clause_id)
        found.append(
            Said(one.severity, one.sentence, one.source, line, place=where.get(line or 0, ""))
        )
    return sorted(found, key=lambda one: (_GRAVE[one.severity], one.line or 0))


def noted(findings: Iterable[Finding], *, places: Mapping[int, str]) -> list[Said]:
    """Word what a reader noted, in its order."""
    return [
        Said(
            one.severity,
            papers.sentence(one),
            source_of(one.code),
            line=one.line,
            other=_other(one),
            place=places.get(one.line or 0, ""),
        )
        for one in findings
    ]


def _other(finding: Finding) -> int | None:
    other = finding.values.get("other")
    return other if isinstance(other, int) and other != finding.line else None
