"""Whether a paper can be completed by the people there are, under the hard separations. Pure.

An assignment problem: each step needs somebody of those who may do it, some are barred from it,
and for some pairs of steps it must not be the same hands. Small (eight steps, the posts of one
office), so it is searched whole, the step with the fewest people first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

# Nobody decides twice in one round; who signed neither numbers nor seals (`architecture` §4).
APART = (("opinion", "conclude"), ("sign", "register"), ("sign", "issue"))


@dataclass(frozen=True, slots=True)
class Need:
    """A step and the hands that may do it: each the person and whose right it is.

    `barred` are people whose hands are not allowed on it: who drafted, who has spoken, who signed.
    """

    step: str
    hands: tuple[frozenset[int], ...]
    barred: frozenset[int] = field(default=frozenset())

    @property
    def allowed(self) -> tuple[frozenset[int], ...]:
        """Give the hands that are not barred, each once."""
        return tuple(dict.fromkeys(one for one in self.hands if not one & self.barred))


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why it cannot be done: a step nobody may do, only barred hands, or steps that share them."""

    kind: str
    steps: tuple[str, ...]


NOBODY, BARRED, SHARED = "nobody", "barred", "shared"


def obstacles(needs: Sequence[Need]) -> tuple[Obstacle, ...]:
    """Tell why no assignment exists; nothing where one does.

    Steps without anybody come first, then those where all are barred, then the pairs that have
    only the same hands. Where each alone would do and all together do not, the steps that are
    kept apart are named together.
    """
    alone = [
        Obstacle(NOBODY if not need.hands else BARRED, (need.step,))
        for need in needs
        if not need.allowed
    ]
    if alone:
        return tuple(alone)
    if assignment(needs) is not None:
        return ()
    by_step = {need.step: need for need in needs}
    pairs = [pair for pair in APART if set(pair) <= set(by_step)]
    shared = [
        Obstacle(SHARED, pair)
        for pair in pairs
        if assignment([by_step[step] for step in pair]) is None
    ]
    if shared:
        return tuple(shared)
    together = dict.fromkeys(step for pair in pairs for step in pair)
    return (Obstacle(SHARED, tuple(together)),)


def assignment(needs: Sequence[Need]) -> dict[str, frozenset[int]] | None:
    """Give hands for every step so that none are barred and steps kept apart share none."""
    order = sorted(needs, key=lambda need: len(need.allowed))
    return next(_completed(order, {}), None)


def _completed(
    needs: Sequence[Need], chosen: Mapping[str, frozenset[int]]
) -> Iterator[dict[str, frozenset[int]]]:
    if not needs:
        yield dict(chosen)
        return
    first, *rest = needs
    against = [chosen[other] for other in _apart_from(first.step) if other in chosen]
    for hands in first.allowed:
        if not any(hands & taken for taken in against):
            yield from _completed(rest, {**chosen, first.step: hands})


def _apart_from(step: str) -> Iterator[str]:
    for first, second in APART:
        if step in (first, second):
            yield second if step == first else first
