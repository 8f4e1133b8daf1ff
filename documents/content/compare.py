"""Two papers clause by clause: kept, changed word by word, added, removed, moved."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

from documents.content.matching import match
from documents.content.outline import Entry, Label, entries, label_text

if TYPE_CHECKING:
    from documents.content.tree import Content

ChangeKind = Literal["kept", "changed", "added", "removed", "moved"]
RunKind = Literal["equal", "ins", "del"]

_WORDS = re.compile(r"\s+|[^\W_]+|[\W_]", re.UNICODE)
# Word runs are for people; beyond this a clause is shown as replaced as a whole.
_MAX_WORDS = 4000


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a changed clause; "equal" and "ins" make the new text, "equal" and "del" the old."""

    kind: RunKind
    text: str


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


def compare(old: Content | None, new: Content) -> list[Change]:
    """Every piece of the new paper in its order, with what was removed where it stood."""
    before = entries(old) if old is not None else []
    after = entries(new)
    pairs = match(before, after, by_id=True)
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


def word_runs(old: str, new: str) -> tuple[Run, ...]:
    """The difference of two texts in words; spaces and signs count as words of their own."""
    if old == new:
        return (Run("equal", new),) if new else ()
    a, b = _WORDS.findall(old), _WORDS.findall(new)
    if len(a) + len(b) > _MAX_WORDS:
        return tuple(run for run in (Run("del", old), Run("ins", new)) if run.text)
    runs: list[Run] = []
    for tag, i, i_end, j, j_end in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append(Run("equal", "".join(b[j:j_end])))
            continue
        runs += [Run("del", "".join(a[i:i_end]))] if i_end > i else []
        runs += [Run("ins", "".join(b[j:j_end]))] if j_end > j else []
    return tuple(runs)


def _in_order(before: Sequence[Entry], pairs: Sequence[tuple[Entry, Entry]]) -> set[int]:
    """The new pieces whose order among themselves is the old one: the longest such run."""
    place = {id(entry): position for position, entry in enumerate(before)}
    positions = [place[id(a)] for a, _ in pairs]
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int] = [-1] * len(positions)
    for index, position in enumerate(positions):
        slot = bisect_left(tails, position)
        previous[index] = ends[slot - 1] if slot else -1
        tails[slot : slot + 1] = [position]
        ends[slot : slot + 1] = [index]
    kept = set()
    at = ends[-1] if ends else -1
    while at >= 0:
        kept.add(id(pairs[at][1]))
        at = previous[at]
    return kept


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
