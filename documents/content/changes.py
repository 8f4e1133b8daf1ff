"""What became of a paper, as data: enough to make the new paper from the old and the old from the new.

`documents.content.diff` finds the changes; here is what they are made of and how they are applied.
Through `documents.content.codec` they are JSON and come back the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from documents.content.lines import Line, content_of, head_of, lines_of
from documents.content.tree import (
    AnnexReference,
    Content,
    Effectivity,
    Instrument,
    Supersession,
)
from documents.content.words import Run, new_text, old_text

PartKind = Literal["kept", "added", "removed"]
Value = None | int | str | Effectivity | AnnexReference | tuple[
    int | str | Instrument | Supersession, ...
]  # fmt: skip


class DoesNotFit(ValueError):
    """The changes were made from another paper than the one they are applied to."""


@dataclass(frozen=True, slots=True)
class TextChange:
    """A text of a node changed word by word."""

    field: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One text of several (a cell, a line): in both papers, or only in one of them."""

    kind: PartKind
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class PartsChange:
    """A list of texts of a node changed: the cells of a row, the columns of a table."""

    field: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class ValueChange:
    """Anything else of a node that changed: its number, its id, what was read in its text."""

    field: str
    before: Value
    after: Value


FieldChange = TextChange | PartsChange | ValueChange


@dataclass(frozen=True, slots=True)
class Keep:
    """The next `count` lines are those of the old paper from `at`, word for word."""

    at: int
    count: int = 1
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """The next line is the old paper's line `at` with some fields changed.

    `moved`, here and in `Keep`, says that the line stands elsewhere among its kin or below
    another line than before; what hangs below it moves with it and is not marked itself.
    """

    at: int
    was_depth: int
    was_slot: str
    depth: int
    slot: str
    fields: tuple[FieldChange, ...]
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Insert:
    """The next line is new."""

    line: Line


@dataclass(frozen=True, slots=True)
class Delete:
    """The old paper's line `at` is gone; it stands where a reader would look for it."""

    at: int
    line: Line


Step = Keep | Edit | Insert | Delete


@dataclass(frozen=True, slots=True)
class Changes:
    """All that changed between two papers: what they say as a whole, then line by line.

    Lines are those of `documents.content.lines`; together the steps name every line of the old
    paper once, and make the lines of the new paper in order.
    """

    head: tuple[FieldChange, ...]
    steps: tuple[Step, ...]

    @property
    def is_none(self) -> bool:
        """Whether the two papers are the same to the last field."""
        return not self.head and all(isinstance(one, Keep) and not one.moved for one in self.steps)


def apply(changes: Changes, old: Content) -> Content:
    """The new paper: `apply(diff(a, b), a) == b`.

    Raises `DoesNotFit` where the paper is not the one the changes were made from, as far as they
    name it: kept lines are taken as they are.
    """
    held = lines_of(old)
    made: list[Line] = []
    taken: list[int] = []
    for step in changes.steps:
        if isinstance(step, Insert):
            made.append(step.line)
            continue
        last = step.at + (step.count if isinstance(step, Keep) else 1)
        if not 0 <= step.at < last <= len(held):
            raise DoesNotFit(f"the paper has {len(held)} lines, the changes ask for {last}")
        taken += range(step.at, last)
        if isinstance(step, Keep):
            made += held[step.at : last]
        elif isinstance(step, Edit):
            made.append(_edited(step, held[step.at]))
        elif held[step.at] != step.line:
            raise DoesNotFit(f"line {step.at} is not the one that was removed")
    if sorted(taken) != list(range(len(held))):
        raise DoesNotFit("the changes name the lines of a longer or a shorter paper")
    return content_of(_changed(head_of(old), changes.head), made)


def invert(changes: Changes) -> Changes:
    """The changes that lead back: `apply(invert(diff(a, b)), b) == a`."""
    back: dict[int, Step] = {}
    place = 0
    gone: list[Step] = []
    for step in changes.steps:
        if isinstance(step, Keep):
            for offset in range(step.count):
                back[step.at + offset] = Keep(place + offset, moved=step.moved)
            place += step.count
        elif isinstance(step, Edit):
            back[step.at] = Edit(
                place,
                step.depth,
                step.slot,
                step.was_depth,
                step.was_slot,
                _inverted(step.fields),
                step.moved,
            )
            place += 1
        elif isinstance(step, Delete):
            back[step.at] = Insert(step.line)
        else:
            gone.append(Delete(place, step.line))
            place += 1
    steps = [*gone, *(back[at] for at in sorted(back))]
    return Changes(_inverted(changes.head), joined(steps))


def joined(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The same steps, with neighbouring kept lines counted together."""
    done: list[Step] = []
    for step in steps:
        last = done[-1] if done else None
        if (
            isinstance(step, Keep)
            and isinstance(last, Keep)
            and last.at + last.count == step.at
            and not (last.moved or step.moved)
        ):
            done[-1] = replace(last, count=last.count + step.count)
        else:
            done.append(step)
    return tuple(done)


def _edited(step: Edit, line: Line) -> Line:
    if (line.depth, line.slot) != (step.was_depth, step.was_slot):
        raise DoesNotFit(f"line {step.at} stands elsewhere in this paper")
    return Line(step.depth, step.slot, _changed(line.node, step.fields))


def _changed(node: Any, fields: Sequence[FieldChange]) -> Any:
    new: dict[str, Any] = {}
    for change in fields:
        before, new[change.field] = _sides(change)
        if getattr(node, change.field, None) != before:
            raise DoesNotFit(f"{change.field} of {type(node).__name__} is not what was changed")
    return replace(node, **new)


def _sides(change: FieldChange) -> tuple[Value, Value]:
    """The old and the new value of a changed field."""
    if isinstance(change, ValueChange):
        return change.before, change.after
    if isinstance(change, TextChange):
        return old_text(change.runs), new_text(change.runs)
    return (
        tuple(old_text(part.runs) for part in change.parts if part.kind != "added"),
        tuple(new_text(part.runs) for part in change.parts if part.kind != "removed"),
    )


_OTHER_WAY: dict[str, Any] = {
    "ins": "del", "del": "ins", "equal": "equal",
    "added": "removed", "removed": "added", "kept": "kept",
}  # fmt: skip


def _inverted(fields: Sequence[FieldChange]) -> tuple[FieldChange, ...]:
    turned: list[FieldChange] = []
    for change in fields:
        if isinstance(change, ValueChange):
            turned.append(ValueChange(change.field, change.after, change.before))
        elif isinstance(change, TextChange):
            turned.append(TextChange(change.field, _turned(change.runs)))
        else:
            parts = (Part(_OTHER_WAY[one.kind], _turned(one.runs)) for one in change.parts)
            turned.append(PartsChange(change.field, tuple(parts)))
    return tuple(turned)


def _turned(runs: Sequence[Run]) -> tuple[Run, ...]:
    return tuple(Run(_OTHER_WAY[run.kind], run.text) for run in runs)
