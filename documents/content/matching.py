"""Which piece of an old paper became which piece of a new one.

By id, then by equal text, then by equal place and kindred words, then by kindred words alone.
Every step is linear or bounded, so that a hostile paper cannot make it slow.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Sequence

from documents.content.folding import fold
from documents.content.outline import Entry

KINDRED = 0.5
_SAME_PLACE = 0.25
_SEARCHED = 300

Pair = tuple[Entry, Entry]
_Key = Callable[[Entry], Hashable]


def match(old: Sequence[Entry], new: Sequence[Entry], *, by_id: bool = False) -> list[Pair]:
    """Pairs (old, new) of pieces that are the same piece, in the order of the new paper."""
    matcher = _Matcher(old, new)
    matcher.alone()
    if by_id:
        matcher.equal(lambda e: e.id or None, kindred=0.1)
    matcher.equal(lambda e: (e.role, e.label, e.kin))
    matcher.equal(lambda e: (e.role, e.kin) if e.kin else None)
    matcher.equal(lambda e: (e.role, fold(e.kin)) if e.kin else None)
    matcher.equal(lambda e: (e.role, e.label), kindred=_SAME_PLACE)
    matcher.kindred()
    return matcher.pairs()


class _Matcher:
    def __init__(self, old: Sequence[Entry], new: Sequence[Entry]) -> None:
        self._old, self._new = old, new
        self._free_old = dict.fromkeys(range(len(old)))
        self._free_new = dict.fromkeys(range(len(new)))
        self._paired: dict[int, int] = {}

    def alone(self) -> None:
        """Parts that a paper has once are the same part whatever they say."""
        self.equal(lambda e: None if e.id else e.role)

    def equal(self, key: _Key, kindred: float | None = None) -> None:
        """Pair free pieces of equal key in order; where asked, only if their words are kindred."""
        waiting: dict[Hashable, deque[int]] = defaultdict(deque)
        for i in self._free_old:
            if (name := key(self._old[i])) is not None:
                waiting[name].append(i)
        for j in list(self._free_new):
            name = key(self._new[j])
            if name is None or not waiting.get(name):
                continue
            i = waiting[name][0]
            if kindred is None or self._kinship(i, j) >= kindred:
                waiting[name].popleft()
                self._pair(i, j)

    def kindred(self) -> None:
        """Pair what is left by the words shared, the most alike first."""
        old = list(self._free_old)[:_SEARCHED]
        new = list(self._free_new)[:_SEARCHED]
        scored = sorted(
            ((-score, j, i) for i in old for j in new if (score := self._kinship(i, j)) >= KINDRED),
        )
        for _, j, i in scored:
            if i in self._free_old and j in self._free_new:
                self._pair(i, j)

    def pairs(self) -> list[Pair]:
        return [(self._old[i], self._new[j]) for j, i in sorted(self._paired.items())]

    def _kinship(self, i: int, j: int) -> float:
        a, b = self._old[i], self._new[j]
        return likeness(a.kin, b.kin) if a.role == b.role else 0.0

    def _pair(self, i: int, j: int) -> None:
        self._paired[j] = i
        del self._free_old[i]
        del self._free_new[j]


def likeness(a: str, b: str) -> float:
    """The share of words two texts have in common, from 0 to 1; two empty texts are alike."""
    if a == b:
        return 1.0
    first, second = Counter(fold(a).split()), Counter(fold(b).split())
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 1.0
