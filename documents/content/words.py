"""Two texts word by word: what a reader of Vietnamese would mark, within a stated amount of work.

A word is a syllable; a number stays whole with its separators and its percent sign, a date stays
whole, so that "90 %" to "92 %" is one change. The search is Myers' greedy one (An O(ND)
Difference Algorithm, 1986): the cost grows with what differs, not with the square of the length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

RunKind = Literal["equal", "ins", "del"]

MOST_TOKENS = 20_000
MOST_EDITS = 400
MOST_STEPS = 4_000_000

_TOKEN = re.compile(
    r"\d{1,2}/\d{1,2}/\d{4}"  # a date
    r"|\d+(?:[.,]\d+)*(?:[ \u00a0]?%)?"  # a number, a share
    r"|[^\W\d_]+"  # a syllable
    r"|\s+"
    r"|."  # a sign
    r"|\n",
    re.UNICODE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a text; "equal" and "ins" make the new text, "equal" and "del" the old."""

    kind: RunKind
    text: str


@dataclass(slots=True)
class Effort:
    """How many steps one comparison has taken; past `most` texts are shown as replaced whole."""

    most: int = MOST_STEPS
    spent: int = field(default=0)

    @property
    def is_used_up(self) -> bool:
        """Whether nothing is left to spend."""
        return self.spent >= self.most


def tokens(text: str) -> list[str]:
    """The words, spaces and signs of a text; joined they are the text."""
    return _TOKEN.findall(text)


def word_runs(old: str, new: str, effort: Effort | None = None) -> tuple[Run, ...]:
    """The difference of two texts in words, runs of one kind never side by side.

    Texts of more than `MOST_TOKENS` words, or with more than `MOST_EDITS` words apart, or met when
    the effort is used up, are marked as replaced between what begins and what ends alike.
    """
    if old == new:
        return (Run("equal", new),) if new else ()
    work = effort if effort is not None else Effort()
    a, b = tokens(old), tokens(new)
    head = _alike(a, b)
    tail = _alike(a[head:][::-1], b[head:][::-1])
    middle_a, middle_b = a[head : len(a) - tail], b[head : len(b) - tail]
    work.spent += len(a) + len(b)
    runs = [
        Run("equal", "".join(a[:head])),
        *_readable(_middle(middle_a, middle_b, work)),
        Run("equal", "".join(a[len(a) - tail :])),
    ]
    return tuple(run for run in runs if run.text)


def old_text(runs: Sequence[Run]) -> str:
    """The text before the change."""
    return "".join(run.text for run in runs if run.kind != "ins")


def new_text(runs: Sequence[Run]) -> str:
    """The text after the change."""
    return "".join(run.text for run in runs if run.kind != "del")


def _alike(a: Sequence[str], b: Sequence[str]) -> int:
    """How many words two lists begin with in common."""
    count = 0
    for one, other in zip(a, b, strict=False):
        if one != other:
            break
        count += 1
    return count


def _middle(a: list[str], b: list[str], work: Effort) -> Iterator[Run]:
    pairs = _common(a, b, work) if a and b else []
    i = j = 0
    for at_a, at_b in [*pairs, (len(a), len(b))]:
        yield Run("del", "".join(a[i:at_a]))
        yield Run("ins", "".join(b[j:at_b]))
        if at_a < len(a):
            yield Run("equal", a[at_a])
        i, j = at_a + 1, at_b + 1


def _common(a: list[str], b: list[str], work: Effort) -> list[tuple[int, int]]:
    """The places of a longest common subsequence; empty where it would cost too much."""
    if len(a) + len(b) > MOST_TOKENS:
        return []
    reach = {1: 0}
    trail: list[dict[int, int]] = []
    for distance in range(min(MOST_EDITS, len(a) + len(b)) + 1):
        if work.is_used_up:
            return []
        trail.append({})
        for diagonal in range(-distance, distance + 1, 2):
            x = _furthest(reach, diagonal, distance)
            start = x
            while x < len(a) and x - diagonal < len(b) and a[x] == b[x - diagonal]:
                x += 1
            work.spent += x - start + 1
            reach[diagonal] = trail[-1][diagonal] = x
            if x >= len(a) and x - diagonal >= len(b):
                return _walked_back(trail, len(a), len(b))
    return []


def _furthest(reach: dict[int, int], diagonal: int, distance: int) -> int:
    """Where the next step on a diagonal starts: down from the one above, or right from below."""
    down = diagonal == -distance or (
        diagonal != distance and reach[diagonal - 1] < reach[diagonal + 1]
    )
    return reach[diagonal + 1] if down else reach[diagonal - 1] + 1


def _walked_back(trail: list[dict[int, int]], x: int, y: int) -> list[tuple[int, int]]:
    """Follow the steps from the end to the beginning and note what both lists share."""
    pairs: list[tuple[int, int]] = []
    for distance in range(len(trail) - 1, -1, -1):
        diagonal = x - y
        before = trail[distance - 1] if distance else {1: 0}
        start = _furthest(before, diagonal, distance)
        while x > start:
            x, y = x - 1, y - 1
            pairs.append((x, y))
        if distance:
            down = before.get(diagonal + 1) == start
            x, y = (start, start - diagonal - 1) if down else (start - 1, start - diagonal)
    return pairs[::-1]


def _readable(runs: Iterator[Run]) -> list[Run]:
    """Join runs, and take what has no letter between two changes into the changes."""
    joined: list[Run] = []
    gone, come, between = "", "", ""

    def close() -> None:
        nonlocal gone, come
        joined.extend(run for run in (Run("del", gone), Run("ins", come)) if run.text)
        gone = come = ""

    for run in (one for one in runs if one.text):
        if run.kind == "equal":
            between += run.text
            continue
        if not (gone or come) or any(sign.isalnum() for sign in between):
            close()
            joined += [Run("equal", between)] if between else []
        else:
            gone, come = gone + between, come + between
        between = ""
        gone += run.text if run.kind == "del" else ""
        come += run.text if run.kind == "ins" else ""
    close()
    if between:
        joined.append(Run("equal", between))
    return joined
