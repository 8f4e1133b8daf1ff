"""Which piece of an old paper became which piece of a new one.

By id, then by equal text, then by kindred words wherever they stand, then by equal place and
somewhat kindred words. Every step is linear or bounded, so that a hostile paper cannot make it
slow: `WEIGHED` pieces at most are weighed against each piece that no equal text has paired.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Iterator, Sequence

from documents.content.folding import fold
from documents.content.outline import Entry

KINDRED = 0.5
WEIGHED = 24
_SAME_PLACE = 0.25
# What a paper has once has no id; it is the same part whatever it says.
_ONCE = {"agency", "type", "subject", "authority", "enacting", "archive"}

Pair = tuple[Entry, Entry]
_Key = Callable[[Entry], Hashable]


def match(old: Sequence[Entry], new: Sequence[Entry], *, by_id: bool = False) -> list[Pair]:
    """Pairs (old, new) of pieces that are the same piece, in the order of the new paper."""
    return [(old[i], new[j]) for i, j in places(old, new, by_id=by_id)]


def places(
    old: Sequence[Entry], new: Sequence[Entry], *, by_id: bool = False
) -> list[tuple[int, int]]:
    """The pairs of `match` as places in the two lists.

    Ids say that two pieces are the same only within one line of revisions: ask `by_id` there.
    """
    matcher = _Matcher(old, new)
    matcher.equal(lambda e: e.role if e.role in _ONCE else None)
    if by_id:
        matcher.equal(lambda e: e.id or None, kindred=0.1)
    matcher.equal_texts()
    matcher.kindred()
    matcher.equal(lambda e: (e.role, e.label), kindred=_SAME_PLACE)
    return matcher.pairs()


class _Matcher:
    def __init__(self, old: Sequence[Entry], new: Sequence[Entry]) -> None:
        self._old, self._new = old, new
        self._free_old = dict.fromkeys(range(len(old)))
        self._free_new = dict.fromkeys(range(len(new)))
        self._paired: dict[int, int] = {}
        self._words: dict[str, Counter[str]] = {}

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

    def equal_texts(self) -> None:
        """Pair pieces that say the same: at the same place first, and never crosswise."""
        before = set(self._paired)
        self.equal(lambda e: (e.role, e.label, e.kin))
        self.equal(lambda e: (e.role, e.kin) if e.kin else None)
        self.equal(lambda e: (e.role, fold(e.kin)) if e.kin else None)
        alike: dict[Hashable, list[int]] = defaultdict(list)
        for j in self._paired.keys() - before:
            alike[self._new[j].role, self._new[j].kin, self._old[self._paired[j]].kin].append(j)
        for group in alike.values():
            olds = sorted(self._paired[j] for j in group)
            self._paired.update(zip(sorted(group), olds, strict=True))

    def kindred(self) -> None:
        """Pair what is left by the words shared, the most alike first, the nearest among equals."""
        shares = _Shares(
            {i: (self._old[i].role, self._counted(self._old[i])) for i in self._free_old}
        )
        places = {(self._old[i].role, self._old[i].label): i for i in self._free_old}
        scored = []
        for j in self._free_new:
            entry = self._new[j]
            weighed = shares.likely((entry.role, self._counted(entry)))
            if (same := places.get((entry.role, entry.label))) is not None:
                weighed.add(same)
            for i in weighed:
                if (score := self._kinship(i, j)) >= KINDRED:
                    elsewhere = self._old[i].label != entry.label
                    scored.append((-score, elsewhere, abs(i - j), j, i))
        for *_, j, i in sorted(scored):
            if i in self._free_old and j in self._free_new:
                self._pair(i, j)

    def pairs(self) -> list[tuple[int, int]]:
        return [(i, j) for j, i in sorted(self._paired.items())]

    def _kinship(self, i: int, j: int) -> float:
        a, b = self._old[i], self._new[j]
        if a.role != b.role:
            return 0.0
        return 1.0 if a.kin == b.kin else _share(self._counted(a), self._counted(b))

    def _counted(self, entry: Entry) -> Counter[str]:
        found = self._words.get(entry.kin)
        if found is None:
            found = self._words[entry.kin] = _count(entry.kin)
        return found

    def _pair(self, i: int, j: int) -> None:
        self._paired[j] = i
        del self._free_old[i]
        del self._free_new[j]


class _Shares:
    """Finds the old pieces that share words with a new one, by its rarest words first."""

    def __init__(self, pieces: dict[int, tuple[str, Counter[str]]]) -> None:
        self._holders: dict[tuple[str, str], list[int]] = defaultdict(list)
        for place, (role, words) in pieces.items():
            for word in words:
                self._holders[role, word].append(place)

    def likely(self, piece: tuple[str, Counter[str]]) -> set[int]:
        """At most `WEIGHED` places; those that only share what half the paper says are left out."""
        role, words = piece
        held = [self._holders[role, word] for word in words if (role, word) in self._holders]
        return set(_first(sorted(held, key=len)))


def _first(lists: Sequence[Sequence[int]]) -> Iterator[int]:
    left = WEIGHED
    for places in lists:
        yield from places[:left]
        left -= len(places)
        if left <= 0:
            return


def likeness(a: str, b: str) -> float:
    """The share of words two texts have in common, from 0 to 1; two empty texts are alike."""
    return 1.0 if a == b else _share(_count(a), _count(b))


def _count(text: str) -> Counter[str]:
    return Counter(fold(text).split())


def _share(first: Counter[str], second: Counter[str]) -> float:
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 1.0
