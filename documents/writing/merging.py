"""Two people, or two tabs, on one draft: their texts joined paragraph by paragraph.

A three-way merge. What only one hand changed is taken from that hand; where both changed the same
paragraph in different ways nobody is overruled: the place is given back as a `Clash`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

import regex
from merge3 import Merge3

Choice = Literal["mine", "theirs", "both"]

# A paragraph with the blank lines above it: so a new one never changes its neighbours.
_UNIT = regex.compile(r"\n*[^\n]+")
# The matcher is quadratic at worst: above the first bound it passes over frequent lines, above
# the second a text is joined as a whole or not at all.
_CAREFUL_UP_TO = 2_000
_JOINED_UP_TO = 20_000


@dataclass(frozen=True, slots=True)
class Clash:
    """A place that both hands changed; each text is empty where that hand removed it."""

    base: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Merge:
    """A joined text: words both agree on, and conflicts where they do not."""

    parts: tuple[str | Clash, ...]

    @property
    def conflicts(self) -> tuple[Clash, ...]:
        """The places where somebody has to choose, in order."""
        return tuple(part for part in self.parts if isinstance(part, Clash))

    @property
    def text(self) -> str:
        """The joined text; `ValueError` while a conflict is left."""
        return self.settled([])

    def settled(self, choices: Sequence[Choice]) -> str:
        """The text with one choice a conflict; "both" keeps mine and puts theirs below it."""
        if len(choices) != len(self.conflicts):
            raise ValueError(f"{len(self.conflicts)} conflicts, {len(choices)} choices")
        left = iter(choices)
        chosen = (
            part if isinstance(part, str) else _chosen(part, next(left)) for part in self.parts
        )
        return _closed("".join(chosen))


def merge(base: str, mine: str, theirs: str) -> Merge:
    """Join two texts that were made from one; blank lines around the whole are not compared."""
    was, own, other = _units(base), _units(mine), _units(theirs)
    most = max(len(units) for units in (was, own, other))
    if most > _JOINED_UP_TO:
        return Merge(tuple(_one_place(was, own, other)))
    matcher = _Careful if most <= _CAREFUL_UP_TO else None
    return Merge(tuple(_gathered(_places(Merge3(was, own, other, sequence_matcher=matcher)))))


def differ(first: str, second: str) -> bool:
    """Whether two texts differ in more than the blank lines around them."""
    return _units(first) != _units(second)


def _units(text: str) -> list[str]:
    # The first paragraph has blank lines above it too, so that another may be put there.
    return _UNIT.findall("\n\n" + text.strip("\n"))


def _closed(text: str) -> str:
    return f"{text.strip(chr(10))}\n"


class _Careful:
    """Compares frequent paragraphs too; in the shape that `Merge3` asks for."""

    def __init__(
        self,
        isjunk: Callable[[str], bool] | None = None,
        a: Sequence[str] = "",
        b: Sequence[str] = "",
        autojunk: bool = False,  # noqa: FBT001, FBT002 - as difflib has it
    ) -> None:
        self._matcher = SequenceMatcher(isjunk, a, b, autojunk)

    def get_matching_blocks(self) -> list[tuple[int, int, int]]:
        """The stretches that are equal."""
        return [(one.a, one.b, one.size) for one in self._matcher.get_matching_blocks()]


def _places(texts: Merge3[str]) -> Iterator[str | Clash]:
    for group in texts.merge_groups():
        if group[0] == "conflict":
            _, was, own, other = group
            yield from _narrowed(was or (), own, other)
        else:
            yield "".join(group[1])


def _narrowed(
    base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]
) -> Iterator[str | Clash]:
    """What one hand put above or below paragraphs that the other changed is no conflict."""
    if base and (added := _around(base, mine)) is not None:
        yield from ("".join(added[0]), "".join(theirs), "".join(added[1]))
    elif base and (added := _around(base, theirs)) is not None:
        yield from ("".join(added[0]), "".join(mine), "".join(added[1]))
    elif len(base) == len(mine) == len(theirs) and not (_moves(base, mine) or _moves(base, theirs)):
        for was, own, other in zip(base, mine, theirs, strict=True):
            yield from _one_place([was], [own], [other])
    else:
        yield from _one_place(base, mine, theirs)


def _around(base: Sequence[str], hand: Sequence[str]) -> tuple[Sequence[str], Sequence[str]] | None:
    """What stands above and below the base in a text that kept it whole; None where it did not."""
    spare = len(hand) - len(base)
    for above in (0, spare) if spare >= 0 else ():
        if list(hand[above : above + len(base)]) == list(base):
            return hand[:above], hand[above + len(base) :]
    return None


def _moves(base: Sequence[str], hand: Sequence[str]) -> bool:
    """Whether a hand put a paragraph of the base in another place: then places tell nothing."""
    return any(own != was and own in base for was, own in zip(base, hand, strict=True))


def _one_place(
    base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]
) -> Iterator[str | Clash]:
    was, own, other = "".join(base), "".join(mine), "".join(theirs)
    if own in {was, other}:
        yield other
    elif other == was:
        yield own
    else:
        yield Clash(was, own, other)


def _gathered(parts: Iterator[str | Clash]) -> Iterator[str | Clash]:
    for is_text, run in groupby(parts, key=lambda part: isinstance(part, str)):
        if is_text:
            yield "".join(part for part in run if isinstance(part, str))
        else:
            yield from run


def _chosen(conflict: Clash, choice: Choice) -> str:
    if choice == "both":
        return conflict.mine + conflict.theirs
    return conflict.mine if choice == "mine" else conflict.theirs
