"""A content tree as a list of lines and back, exactly: what two papers are laid side by side as.

A line is one node without what hangs below it, with its depth and the field it hangs in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from documents.content.outline import Entry, entries
from documents.content.tree import (
    Annex,
    Archive,
    Article,
    Citation,
    Clause,
    Content,
    Preface,
    Recipient,
    Recital,
    Row,
    Table,
)

Node = Preface | Citation | Recital | Clause | Article | Table | Row | Recipient | Archive | Annex

# What hangs below a node, in reading order.
HELD: dict[type, tuple[str, ...]] = {
    Content: (
        "preface", "preamble", "body", "articles", "recipients", "archive", "ending", "annexes",
    ),
    Preface: ("verbatim",),
    Clause: ("children",),
    Article: ("blocks",),
    Table: ("rows",),
    Annex: ("blocks",),
}  # fmt: skip
_ALONE = {"preface": Preface(), "archive": None}
# Pieces of the outline that belong to the paper as a whole, or to a line of another name.
_OF_PREFACE = {"agency", "type", "subject", "authority"}


@dataclass(frozen=True, slots=True)
class Line:
    """One node of a paper; `slot` is the field of the node above that holds it."""

    depth: int
    slot: str
    node: Node


def head_of(content: Content) -> Content:
    """What a paper says of itself as a whole: the content without anything that hangs in it."""
    return replace(content, **_nothing(Content))


def lines_of(content: Content) -> list[Line]:
    """Every node of a paper in reading order."""
    return list(_below(content, 0))


def content_of(head: Content, lines: Iterable[Line]) -> Content:
    """The paper that `head_of` and `lines_of` took apart.

    Raises ValueError for lines that make no paper: one that hangs nowhere, or two prefaces.
    """
    waiting: dict[int, list[Line]] = defaultdict(list)
    for line in reversed(list(lines)):
        below = waiting.pop(line.depth + 1, [])
        if any(depth > line.depth for depth in waiting):
            raise ValueError("a line hangs below nothing")
        grown = replace(line.node, **_gathered(type(line.node), below))
        waiting[line.depth].append(Line(line.depth, line.slot, grown))
    top = waiting.pop(0, [])
    if waiting:
        raise ValueError("a line hangs below nothing")
    return replace(head, **_gathered(Content, top))


def pieces_of(content: Content, lines: list[Line]) -> list[tuple[Entry, ...]]:
    """For each line what the outline shows of it: one piece, four of the preface, or none.

    The enacting word belongs to the head and stands in no line.
    """
    shown = entries(content)
    own = iter([e for e in shown if e.role not in _OF_PREFACE and e.role != "enacting"])
    preface = tuple(e for e in shown if e.role in _OF_PREFACE)
    return [
        preface
        if isinstance(line.node, Preface)
        else ()
        if isinstance(line.node, Archive) and not line.node.raw
        else (next(own),)
        for line in lines
    ]


def parents_of(lines: list[Line]) -> list[int]:
    """For each line the place of the line it hangs below; -1 for those of the paper itself."""
    above: list[int] = []
    parents: list[int] = []
    for place, line in enumerate(lines):
        del above[line.depth :]
        parents.append(above[-1] if above else -1)
        above.append(place)
    return parents


def _below(holder: Content | Node, depth: int) -> Iterator[Line]:
    for slot in HELD.get(type(holder), ()):
        held = getattr(holder, slot)
        for node in held if isinstance(held, tuple) else (held,):
            if node is not None:
                yield Line(depth, slot, replace(node, **_nothing(type(node))))
                yield from _below(node, depth + 1)


def _nothing(kind: type) -> dict[str, Any]:
    return {slot: _ALONE.get(slot, ()) for slot in HELD.get(kind, ())}


def _gathered(kind: type, below: list[Line]) -> dict[str, Any]:
    """The fields of a node from the lines below it, which come last one first."""
    held = _nothing(kind)
    for line in reversed(below):
        if line.slot not in held:
            raise ValueError(f"{kind.__name__} holds nothing in {line.slot}")
        if line.slot not in _ALONE:
            held[line.slot] += (line.node,)
        elif held[line.slot] != _ALONE[line.slot]:
            raise ValueError(f"a paper has one {line.slot}")
        else:
            held[line.slot] = line.node
    return held
