"""Two papers clause by clause: kept, changed word by word, added, removed, moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from documents.content.diff import longest_rise
from documents.content.matching import match
from documents.content.outline import Entry, Label, entries, label_text
from documents.content.words import Run, word_runs

if TYPE_CHECKING:
    from documents.content.tree import Content

ChangeKind = Literal["kept", "changed", "added", "removed", "moved"]


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one piece; `label_parts` is its place in the new paper, for removed in the old."""

    kind: ChangeKind
    id: str
    label_parts: Label
    old_label_parts: Label
    runs: tuple[Run, ...]
    old_text: str
    new_text: str
    marker: str = ""

    @property
    def label(self) -> str:
        """The place as a paper writes it: "Điều 1 khoản 2"."""
        return label_text(self.label_parts)

    @property
    def is_renumbered(self) -> bool:
        """Whether the piece is kept but stands under another number."""
        return bool(self.old_label_parts) and self.old_label_parts != self.label_parts


def compare(old: Content | None, new: Content, *, by_id: bool = True) -> list[Change]:
    """Every piece of the new paper in its order, with what was removed where it stood.

    Ids say what is the same between versions of one paper; between two papers leave them out.
    """
    before = entries(old) if old is not None else []
    after = entries(new)
    pairs = match(before, after, by_id=by_id)
    partner = {id(b): a for a, b in pairs}
    still = _in_order(before, pairs)
    changes = [_change(partner.get(id(entry)), entry, still) for entry in after]
    return _with_removed(changes, after, before, pairs)


def differs(changes: Sequence[Change]) -> bool:
    """Whether anything at all changed."""
    return any(change.kind != "kept" or change.is_renumbered for change in changes)


def _change(a: Entry | None, b: Entry, still: set[int]) -> Change:
    if a is None:
        return Change("added", b.id, b.label, (), (Run("ins", b.text),), "", b.text, b.marker)
    kind: ChangeKind = "changed" if a.text != b.text else "kept" if id(b) in still else "moved"
    runs = word_runs(a.text, b.text)
    return Change(kind, b.id, b.label, a.label, runs, a.text, b.text, b.marker)


def _in_order(before: Sequence[Entry], pairs: Sequence[tuple[Entry, Entry]]) -> set[int]:
    """The new pieces whose order among themselves is the old one."""
    place = {id(entry): position for position, entry in enumerate(before)}
    kept = longest_rise([place[id(a)] for a, _ in pairs])
    return {id(b) for position, (_, b) in enumerate(pairs) if position in kept}


def _with_removed(
    changes: list[Change],
    after: Sequence[Entry],
    before: Sequence[Entry],
    pairs: Sequence[tuple[Entry, Entry]],
) -> list[Change]:
    """Insert what was removed after the piece it followed in the old paper."""
    heir = {id(a): id(b) for a, b in pairs}
    follows: dict[int, list[Change]] = {}
    anchor = 0
    for entry in before:
        if id(entry) in heir:
            anchor = heir[id(entry)]
        else:
            follows.setdefault(anchor, []).append(_removed(entry))
    shown = list(follows.get(0, []))
    for change, entry in zip(changes, after, strict=True):
        shown += [change, *follows.get(id(entry), [])]
    return shown


def _removed(entry: Entry) -> Change:
    runs = (Run("del", entry.text),)
    return Change("removed", entry.id, entry.label, entry.label, runs, entry.text, "", entry.marker)
