"""Objectives written as a numbered list: an item holds no, one or several targets.

A figure of an item may stand in its points; a labelled point ("Biện pháp: …") tells a measure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from documents.content.folding import fold
from documents.content.objectives.columns import Column, column_named
from documents.content.objectives.deadlines import deadline, every
from documents.content.objectives.model import Measure, Objective, Target
from documents.content.objectives.parties import parties
from documents.content.objectives.targets import targets_in_cell, targets_in_clause
from documents.content.tree import Block, Clause

_LABEL = regex.compile(r"(?P<label>\p{Lu}[^:]{2,60}):\s+(?P<text>.+)", regex.DOTALL)
# After one of these the list of objectives is over and the list of duties begins.
_OVER = regex.compile(r"tổ chức thực hiện|yêu cầu|trách nhiệm|phân công|chế độ báo cáo|giải pháp")


def objectives_in(blocks: Sequence[Block], *, year: int | None = None) -> tuple[Objective, ...]:
    """The objectives of the items among blocks, up to where duties begin."""
    return tuple(_objective(item, group, year) for item, group in _items(blocks))


def _items(blocks: Sequence[Block]) -> Iterator[tuple[Clause, str]]:
    group = ""
    begun = False
    for block in blocks:
        if not isinstance(block, Clause) or block.kind in {"notes", "signature"}:
            continue
        if block.kind in {"item", "bullet"} and fold(block.text).startswith(
            "chính sách chất lượng"
        ):
            continue
        if block.kind in {"item", "bullet"}:
            begun = True
            yield block, group
        elif (begun or block.kind == "heading") and _OVER.search(fold(block.text)):
            return
        elif block.kind == "heading":
            group = block.text


def _objective(item: Clause, group: str, year: int | None) -> Objective:
    clauses = [child for child in item.children if isinstance(child, Clause)]
    labelled = {child.id: found for child in clauses if (found := _labelled(child)) is not None}
    told = dict(labelled.values())
    targets = targets_in_cell(told["target"]) if "target" in told else targets_in_clause(item.text)
    further: list[Target] = []
    measures: list[Measure] = []
    for child in clauses:
        if child.id in labelled:
            continue
        read = targets_in_clause(child.text)
        if any(one.value is not None for one in read):
            further += read
        elif not item.text.rstrip().endswith(":"):
            measures.append(Measure(child.text, clause_ids=(child.id,), doubts=("measure_unsure",)))
    if further and not any(one.value is not None for one in targets):
        targets = ()
    named = _measure(told, year, tuple(labelled))
    return Objective(
        order=item.number,
        text=item.text,
        targets=(*targets, *further),
        measures=(*([named] if named else []), *measures),
        method=told.get("method", ""),
        baseline=told.get("baseline", ""),
        group=group,
        clause_id=item.id,
    )


def _labelled(child: Clause) -> tuple[Column, str] | None:
    found = _LABEL.fullmatch(child.text)
    if found is None:
        return None
    column = column_named(found["label"])
    return (column, found["text"].strip()) if column else None


def _measure(told: dict[Column, str], year: int | None, ids: tuple[str, ...]) -> Measure | None:
    if not set(told) & {"measure", "deadline", "responsible", "every", "resources"}:
        return None
    by_when = deadline(told.get("deadline", ""), year=year)
    responsible = told.get("responsible", "")
    return Measure(
        text=told.get("measure", ""),
        deadline=by_when,
        every=every(told.get("every", "")) or (by_when.every if by_when else None),
        responsible=responsible,
        parties=parties(responsible),
        method=told.get("method", ""),
        resources=told.get("resources", ""),
        clause_ids=ids,
    )
