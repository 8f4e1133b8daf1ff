"""Two papers as changes: clause by clause with moves, word by word inside, row by row in tables."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from typing import Any

from documents.content.changes import (
    Changes,
    Delete,
    Edit,
    FieldChange,
    Insert,
    Keep,
    Part,
    PartsChange,
    Step,
    TextChange,
    ValueChange,
    joined,
)
from documents.content.lines import (
    HELD,
    Line,
    head_of,
    lines_of,
    parents_of,
    pieces_of,
)
from documents.content.matching import places
from documents.content.outline import Entry
from documents.content.tree import Archive, Content, Preface
from documents.content.words import Effort, word_runs

# Names and not prose: they change as a whole.
_NAMES = {"id", "kind", "authority_kind"}
# Rows of more cells are laid side by side from the first cell on.
_MOST_CELLS = 200


@dataclass(frozen=True, slots=True)
class Sides:
    """The lines of two papers and which of them are the same: (old place, new place), new order."""

    old: list[Line]
    new: list[Line]
    pairs: list[tuple[int, int]]


def diff(
    old: Content, new: Content, *, by_id: bool = True, effort: Effort | None = None
) -> Changes:
    """The changes that make `new` of `old`; `apply` and `invert` in `changes` carry them out.

    Clause ids say what is the same between versions of one paper; between two papers compare with
    `by_id=False`. The work is bounded: pairing is linear but for `WEIGHED` likenesses a changed
    line, words cost at most `effort.most` steps, after which texts are replaced whole.
    """
    work = effort if effort is not None else Effort()
    sides = paired(old, new, by_id=by_id)
    moved = _moved(sides)
    partner = {j: i for i, j in sides.pairs}
    steps: list[Step] = []
    made_at: dict[int, int] = {}
    for j, line in enumerate(sides.new):
        i = partner.get(j)
        if i is None:
            steps.append(Insert(line))
            continue
        made_at[i] = len(steps)
        steps.append(_step(i, sides.old[i], line, moved=j in moved, work=work))
    return Changes(
        head=_fields(head_of(old), head_of(new), work),
        steps=joined(_with_deleted(steps, made_at, sides, {partner[j] for j in moved})),
    )


def paired(old: Content, new: Content, *, by_id: bool = True) -> Sides:
    """Take two papers apart and find which lines are the same; the preface always is."""
    before, after = lines_of(old), lines_of(new)
    found = places(_known(old, before), _known(new, after), by_id=by_id)
    same = (pair for pair in found if type(before[pair[0]].node) is type(after[pair[1]].node))
    return Sides(before, after, list(same))


_PREFACE = Entry("type", (), "")
_ARCHIVE = Entry("archive", (), "")


def _known(content: Content, lines: list[Line]) -> list[Entry]:
    """For each line the piece by which it is recognised again."""
    return [
        _PREFACE
        if isinstance(line.node, Preface)
        else _ARCHIVE
        if isinstance(line.node, Archive)
        else pieces[0]
        for line, pieces in zip(lines, pieces_of(content, lines), strict=True)
    ]


def _step(i: int, was: Line, now: Line, *, moved: bool, work: Effort) -> Step:
    changed = _fields(was.node, now.node, work)
    if not changed and (was.depth, was.slot) == (now.depth, now.slot):
        return Keep(i, moved=moved)
    return Edit(i, was.depth, was.slot, now.depth, now.slot, changed, moved)


def _moved(sides: Sides) -> set[int]:
    """The new lines that stand below another line than before, or out of the old order there."""
    above_old, above_new = parents_of(sides.old), parents_of(sides.new)
    partner = {-1: -1} | {j: i for i, j in sides.pairs}
    siblings: dict[tuple[int, str], list[tuple[int, int]]] = defaultdict(list)
    moved: set[int] = set()
    for i, j in sides.pairs:
        slot = sides.new[j].slot
        if partner.get(above_new[j]) == above_old[i] and sides.old[i].slot == slot:
            siblings[above_new[j], slot].append((i, j))
        else:
            moved.add(j)
    for kin in siblings.values():
        in_order = longest_rise([i for i, _ in kin])
        moved |= {j for place, (_, j) in enumerate(kin) if place not in in_order}
    return moved


def longest_rise(numbers: Sequence[int]) -> set[int]:
    """The places of a longest rising run among different numbers, gaps allowed."""
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for place, number in enumerate(numbers):
        slot = bisect_left(tails, number)
        previous.append(ends[slot - 1] if slot else -1)
        tails[slot : slot + 1] = [number]
        ends[slot : slot + 1] = [place]
    rise: set[int] = set()
    at = ends[-1] if ends else -1
    while at >= 0:
        rise.add(at)
        at = previous[at]
    return rise


def _with_deleted(
    steps: list[Step], made_at: dict[int, int], sides: Sides, moved: set[int]
) -> list[Step]:
    """Put what is gone after what it followed and still stands there.

    A line that moved takes along what was deleted below it, and nothing else.
    """
    zones: list[int] = []
    last_of: dict[int, int] = {}
    follows: dict[int, list[Step]] = defaultdict(list)
    for i, above in enumerate(parents_of(sides.old)):
        zones.append(i if i in moved else zones[above] if above >= 0 else -1)
        if i in made_at:
            last_of[zones[i]] = made_at[i]
        else:
            follows[last_of.get(zones[i], -1)].append(Delete(i, sides.old[i]))
    whole = list(follows[-1])
    for place, step in enumerate(steps):
        whole += [step, *follows[place]]
    return whole


def _fields(was: Any, now: Any, work: Effort) -> tuple[FieldChange, ...]:
    """What differs in two nodes of one kind; what hangs below them is not theirs."""
    held = HELD.get(type(was), ())
    return tuple(
        _field(one.name, getattr(was, one.name), getattr(now, one.name), work)
        for one in fields(was)
        if one.name not in held and getattr(was, one.name) != getattr(now, one.name)
    )


def _field(name: str, was: Any, now: Any, work: Effort) -> FieldChange:
    if isinstance(was, str) and isinstance(now, str) and name not in _NAMES:
        return TextChange(name, word_runs(was, now, work))
    if _are_texts(was) and _are_texts(now):
        return PartsChange(name, tuple(parts_of(was, now, work)))
    return ValueChange(name, was, now)


def _are_texts(value: object) -> bool:
    return isinstance(value, tuple) and all(isinstance(one, str) for one in value)


def parts_of(was: Sequence[str], now: Sequence[str], work: Effort) -> list[Part]:
    """Cell by cell; where a column came or went, by the cells that stayed."""
    parts: list[Part] = []
    for i, i_end, j, j_end in _blocks(was, now):
        both = min(i_end - i, j_end - j)
        parts += [Part("kept", word_runs(was[i + n], now[j + n], work)) for n in range(both)]
        parts += [Part("removed", word_runs(text, "", work)) for text in was[i + both : i_end]]
        parts += [Part("added", word_runs("", text, work)) for text in now[j + both : j_end]]
    return parts


def _blocks(was: Sequence[str], now: Sequence[str]) -> list[tuple[int, int, int, int]]:
    if len(was) == len(now) or len(was) + len(now) > _MOST_CELLS:
        return [(0, len(was), 0, len(now))]
    matcher = SequenceMatcher(None, was, now, autojunk=False)
    return [(i, i_end, j, j_end) for _, i, i_end, j, j_end in matcher.get_opcodes()]
