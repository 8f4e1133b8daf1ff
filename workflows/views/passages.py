"""Passages of two papers as pages draw them: numbered, tagged, each place of a move by the other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from documents.content.passages import Passage

TAGS = {
    "changed": "Sửa",
    "added": "Thêm",
    "removed": "Bỏ",
    "moved": "Chuyển chỗ",
    "left": "Chỗ cũ",
    "renumbered": "Đổi số",
    "kept": "",
}


@dataclass(frozen=True, slots=True)
class Other:
    """The other place of a piece that moved: where on the page, and its name."""

    anchor: str
    label: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One passage as the page draws it; `number` counts the changes from 1 and is 0 for the rest."""

    passage: Passage
    number: int
    tag: str
    was: str
    other: Other | None = None

    @property
    def is_quiet(self) -> bool:
        """Whether nothing is to be seen here by somebody who asks for the changes only."""
        return not self.number and not (self.passage.kind == "left" and self.passage.is_head)


def shown_of(passages: Sequence[Passage]) -> list[Shown]:
    """Number the changes of two papers and link the two places of what moved."""
    shown = []
    number = 0
    for passage in passages:
        number += passage.is_change
        shown.append(_one(passage, number if passage.is_change else 0))
    moved = {one.passage.move: one for one in shown if one.number and one.passage.is_head}
    return [_linked(one, moved) if one.passage.is_head else one for one in shown]


def _linked(one: Shown, moved: dict[int, Shown]) -> Shown:
    """Lead from each place of a moved piece to the other."""
    if one.passage.kind == "left":
        there = moved[one.passage.move]
        return replace(one, other=Other(f"s-{there.number}", there.passage.label))
    return replace(one, other=Other(f"cu-{one.passage.move}", one.passage.old_label))


def _one(passage: Passage, number: int) -> Shown:
    tag = TAGS[passage.kind]
    if passage.kind in {"moved", "left"} and not passage.is_head:
        tag = TAGS["changed"] if number else ""
    is_named = passage.kind == "renumbered" and passage.old_label_parts != passage.label_parts
    return Shown(passage=passage, number=number, tag=tag, was=passage.old_label if is_named else "")
