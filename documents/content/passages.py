"""What a reader is shown of two papers: one passage for each piece, its words marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from documents.content.outline import Label, Role, label_text
from documents.content.words import Run, new_text, word_runs

if TYPE_CHECKING:
    from documents.content.changes import Part

PassageKind = Literal["kept", "renumbered", "changed", "added", "removed", "moved", "left"]
OLD_SIDE: frozenset[PassageKind] = frozenset({"removed", "left"})
STANDING: frozenset[PassageKind] = frozenset({"kept", "renumbered", "changed"})
NEW_SIDE: frozenset[PassageKind] = frozenset({"added", "moved"})


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row under its column's name."""

    column: str
    runs: tuple[Run, ...]

    @property
    def is_changed(self) -> bool:
        """Whether its words differ from those it had."""
        return any(run.kind != "equal" for run in self.runs)


@dataclass(frozen=True, slots=True)
class Passage:
    """One piece of either paper; an article stands in one passage with its first paragraph.

    "left" is the place where a "moved" piece stood, `move` the number the two share; `is_head`
    marks the piece that was moved, and not what moved along below it. Rows of tables have `parts`
    beside `runs`, each under its column's name.
    """

    kind: PassageKind
    role: Role
    id: str
    label_parts: Label
    old_label_parts: Label
    marker: str
    old_marker: str
    runs: tuple[Run, ...]
    parts: tuple[Part, ...] = ()
    columns: tuple[str, ...] = ()
    move: int = 0
    is_head: bool = False

    @property
    def label(self) -> str:
        """The place as a paper writes it, for what is gone in the old paper: "Điều 1 khoản 2"."""
        return label_text(self.label_parts or self.old_label_parts)

    @property
    def old_label(self) -> str:
        """The place in the old paper."""
        return label_text(self.old_label_parts)

    @property
    def is_change(self) -> bool:
        """Whether a reader counts it: a moved piece once, and what changed in it."""
        if self.kind in {"moved", "left"}:
            return self.kind == "moved" and (self.is_head or self.is_changed_inside)
        return self.kind != "kept"

    @property
    def is_changed_inside(self) -> bool:
        """Whether its words differ from those it had."""
        return any(run.kind != "equal" for run in self.runs)

    @property
    def marked_runs(self) -> tuple[Run, ...]:
        """The runs with the marker before them, its change marked too."""
        before = f"{self.old_marker} " if self.old_marker else ""
        after = f"{self.marker} " if self.marker else ""
        if self.kind in OLD_SIDE:
            kind: Literal["equal", "del"] = "equal" if self.kind == "left" else "del"
            return (*((Run(kind, before),) if before else ()), *self.runs)
        if self.kind == "added":
            return (*((Run("ins", after),) if after else ()), *self.runs)
        return (*word_runs(before, after), *self.runs)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells of a row, each under its column's name; none for anything else."""
        return tuple(
            Cell(column, part.runs) for column, part in zip(self.columns, self.parts, strict=True)
        )

    @property
    def new_text(self) -> str:
        """Its words in the new paper, without marker."""
        return new_text(self.runs)
