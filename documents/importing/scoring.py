"""How well papers were read, field by field, held against a truth that a person typed.

A key the truth leaves out is not compared; a key it gives as null, "" or [] must be absent from
the reading. Lists are aligned first, so that one missing line does not spoil those below it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

# Words of whoever typed the truth, and facts about the world that no text tells.
UNTOLD = {"seed", "file", "order", "level", "parent", "anomalies", "note", "notes"}
# A name printed in capitals does not say which of its letters a sentence would print so.
_ANY_CASE = {"agency_full"}


@dataclass(slots=True)
class Tally:
    """What became of one field over all papers; absent in both truth and reading is not counted."""

    right: int = 0
    wrong: int = 0
    missing: int = 0
    extra: int = 0

    @property
    def wanted(self) -> int:
        """How often the truth has the field."""
        return self.right + self.wrong + self.missing

    @property
    def precision(self) -> float:
        """The share of what was read that is right; 1 where nothing was read."""
        return _share(self.right, self.right + self.wrong + self.extra)

    @property
    def recall(self) -> float:
        """The share of the truth that was read right; 1 where the truth has nothing."""
        return _share(self.right, self.wanted)

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.right + other.right,
            self.wrong + other.wrong,
            self.missing + other.missing,
            self.extra + other.extra,
        )


@dataclass(frozen=True, slots=True)
class Miss:
    """One value that differs; `wanted` or `found` is None where it is missing or extra.

    `row` counts from 1 in a list of the truth, 0 outside lists.
    """

    paper: str
    field: str
    row: int
    wanted: Any
    found: Any


@dataclass(slots=True)
class Score:
    """Tallies by field in order of appearance, and every miss."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)

    @property
    def total(self) -> Tally:
        """All fields together."""
        return sum(self.tallies.values(), Tally())

    def record(self, paper: str, wanted: Mapping[str, Any], found: Mapping[str, Any]) -> None:
        """Compare every told field of a record; a field the reading never names is missing."""
        for name, value in wanted.items():
            if name not in UNTOLD:
                self._compare(paper, name, 0, value, found.get(name))

    def rows(
        self,
        paper: str,
        name: str,
        wanted: Sequence[Mapping[str, Any]],
        found: Sequence[Mapping[str, Any]],
    ) -> None:
        """Compare the rows of a table by the columns that both sides have."""
        columns = set(found[0]) if found else None
        told = [
            {
                key: value
                for key, value in row.items()
                if key not in UNTOLD and (columns is None or key in columns)
            }
            for row in wanted
        ]
        self._list(paper, name, told, list(found))

    def unread(self, paper: str, wanted: Mapping[str, Any], reason: str) -> None:
        """Count every field of a paper that could not be read as missing, and say why once."""
        self.misses.append(Miss(paper, "", 0, None, reason))
        for name, value in wanted.items():
            if name not in UNTOLD:
                for path, _ in _leaves(name, value):
                    self._tally(path).missing += 1

    def _tally(self, name: str) -> Tally:
        return self.tallies.setdefault(name, Tally())

    def _compare(self, paper: str, name: str, row: int, wanted: Any, found: Any) -> None:
        if isinstance(wanted, Mapping):
            inner = found if isinstance(found, Mapping) else {}
            for key, value in wanted.items():
                if key not in UNTOLD:
                    self._compare(paper, f"{name}.{key}", row, value, inner.get(key))
        elif isinstance(wanted, list):
            self._list(paper, name, wanted, list(found or []))
        else:
            self._leaf(paper, name, row, wanted, found)

    def _leaf(self, paper: str, name: str, row: int, wanted: Any, found: Any) -> None:
        tally = self._tally(name)
        if _is_absent(wanted) and _is_absent(found):
            return
        if agrees(wanted, found, name):
            tally.right += 1
            return
        tally.missing += _is_absent(found)
        tally.extra += _is_absent(wanted)
        tally.wrong += not (_is_absent(found) or _is_absent(wanted))
        self.misses.append(Miss(paper, name, row, wanted, found))

    def _list(self, paper: str, name: str, wanted: list[Any], found: list[Any]) -> None:
        for row, (one, other) in enumerate(aligned(wanted, found), 1):
            if one is _NOTHING:
                self._tally(name).extra += 1
                self.misses.append(Miss(paper, name, row, None, other))
            elif other is _NOTHING:
                for path, _ in _leaves(name, one):
                    self._tally(path).missing += 1
                self.misses.append(Miss(paper, name, row, one, None))
            else:
                self._compare(paper, name, row, one, other)


_NOTHING = object()


def agrees(wanted: Any, found: Any, name: str = "") -> bool:
    """Whether a reading says what the truth says, by the keys that the truth gives."""
    if isinstance(wanted, Mapping):
        inner = found if isinstance(found, Mapping) else {}
        return all(
            agrees(value, inner.get(key), key) for key, value in wanted.items() if key not in UNTOLD
        )
    if isinstance(wanted, list) and isinstance(found, list):
        return len(wanted) == len(found) and all(map(agrees, wanted, found))
    if _is_absent(wanted) or _is_absent(found):
        return _is_absent(wanted) and _is_absent(found)
    first, second = str(wanted), str(found)
    if name in _ANY_CASE:
        return first.casefold() == second.casefold()
    return first == second


def aligned(wanted: Sequence[Any], found: Sequence[Any]) -> list[tuple[Any, Any]]:
    """Pairs of a longest common run of agreeing items; between them the rest in order.

    What has no partner is paired with a marker of its own.
    """
    pairs: list[tuple[Any, Any]] = []
    i = j = 0
    for a, b in [*_common(wanted, found), (len(wanted), len(found))]:
        gap = max(a - i, b - j)
        for step in range(gap):
            one = wanted[i + step] if i + step < a else _NOTHING
            other = found[j + step] if j + step < b else _NOTHING
            pairs.append((one, other))
        if a < len(wanted):
            pairs.append((wanted[a], found[b]))
        i, j = a + 1, b + 1
    return pairs


def _common(wanted: Sequence[Any], found: Sequence[Any]) -> list[tuple[int, int]]:
    """The index pairs of a longest common subsequence; quadratic in the length of the lists."""
    same = [[agrees(one, other) for other in found] for one in wanted]
    best = [[0] * (len(found) + 1) for _ in range(len(wanted) + 1)]
    for i in reversed(range(len(wanted))):
        for j in reversed(range(len(found))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + same[i][j])
    pairs = []
    i = j = 0
    while i < len(wanted) and j < len(found):
        if same[i][j] and best[i][j] == best[i + 1][j + 1] + 1:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def _leaves(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Every value that is there, below a name, with its path."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key not in UNTOLD:
                yield from _leaves(f"{name}.{key}", inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(name, inner)
    elif not _is_absent(value):
        yield name, value


def _is_absent(value: Any) -> bool:
    return value is None or value == "" or value == []


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
