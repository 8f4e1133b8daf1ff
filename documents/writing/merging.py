"""Two people, or two tabs, on one draft: their texts joined paragraph by paragraph.

A three-way merge. What only one hand changed is taken from that hand; where both changed the same
paragraph in different ways nobody is overruled: the place is given back as a `Clash`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, takewhile
from typing import Literal

import regex
from merge3 import Merge3

Choice = Literal["mine", "theirs", "both"]

# A paragraph with the blank lines above it: so a new one never changes its neighbours.
_UNIT = regex.compile(r"\n*[^\n]+")
# The number that a paragraph is counted by, with what stands before it.
_NUMBERED = regex.compile(
    r"^\s*\W*(?:Điều\s+\d{1,3}\s*[.:]|\d{1,3}[.)](?=\s)|[a-zđ]\)(?=\s)|\d{1,3}(?=\t))"
)
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


def of_one_hand(joined: Merge) -> str | None:
    """The joined text where both texts are of one person, who kept one and typed on from it.

    None where a conflict is more than that.
    """
    choices = [_longer(one) for one in joined.conflicts]
    known = [choice for choice in choices if choice is not None]
    return joined.settled(known) if len(known) == len(choices) else None


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
    elif (ways := _lined_up(base, mine, theirs)) is not None:
        for was, own, other in ways:
            yield from _one_place(was, own, other)
    else:
        yield from _one_place(base, mine, theirs)


def _around(base: Sequence[str], hand: Sequence[str]) -> tuple[Sequence[str], Sequence[str]] | None:
    """What stands above and below the base in a text that kept it whole; None where it did not."""
    spare = len(hand) - len(base)
    for above in (0, spare) if spare >= 0 else ():
        if list(hand[above : above + len(base)]) == list(base):
            return hand[:above], hand[above + len(base) :]
    return None


Place = tuple[Sequence[str], Sequence[str], Sequence[str]]


def _lined_up(
    base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]
) -> list[Place] | None:
    """Each paragraph of the base beside what either hand made of it; None where that is not sure.

    Numbers tell nothing: where an article is taken out, those behind it are counted anew.
    """
    if max(len(base), len(mine), len(theirs)) > _CAREFUL_UP_TO:
        return None
    own, other = _made_of(base, mine), _made_of(base, theirs)
    if own is None or other is None:
        return None
    was = [part for unit in base for part in ((), (unit,))]
    return list(zip([*was, ()], own, other, strict=True))


def _made_of(base: Sequence[str], hand: Sequence[str]) -> list[Sequence[str]] | None:
    """What a hand put before each paragraph and made of it, in turns, and what it put at the end."""
    keys, own_keys = [_bare(one) for one in base], [_bare(one) for one in hand]
    made: list[Sequence[str]] = [()] * (2 * len(base) + 1)
    for what, first, last, start, stop in SequenceMatcher(
        None, keys, own_keys, autojunk=False
    ).get_opcodes():
        gone, put = keys[first:last], own_keys[start:stop]
        if what == "insert":
            made[2 * first] = hand[start:stop]
        elif what == "equal" or (what == "replace" and len(gone) == len(put)):
            for step in range(last - first):
                made[2 * (first + step) + 1] = (hand[start + step],)
        elif what == "replace":
            return None
        # A paragraph put elsewhere: places tell nothing of it.
        if what != "equal" and (set(put) & set(keys) or set(gone) & set(own_keys)):
            return None
    return made


def _bare(unit: str) -> str:
    return _NUMBERED.sub("", unit, count=1)


def _one_place(
    base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]
) -> Iterator[str | Clash]:
    was, own, other = "".join(base), "".join(mine), "".join(theirs)
    agreed = _agreed(was, own, other)
    if agreed is None and len(base) == len(mine) == len(theirs) == 1:
        agreed = _numbered_anew(was, own, other)
    yield Clash(was, own, other) if agreed is None else agreed


def _agreed(was: str, own: str, other: str) -> str | None:
    """What two hands made of one text where at most one changed it; None where both did."""
    if own in {was, other}:
        return other
    return own if other == was else None


def _longer(clash: Clash) -> Choice | None:
    """Which of two texts holds the other whole, with more put in; None where neither does."""
    if _goes_on(clash.base, clash.theirs, clash.mine):
        return "mine"
    return "theirs" if _goes_on(clash.base, clash.mine, clash.theirs) else None


def _goes_on(was: str, less: str, more: str) -> bool:
    """Whether a text went on from another that was made of the same, and brings back no word."""
    if not less.strip() or not _within(less, more):
        return False
    return _within(was, less) or not _within(was, more)


def _within(less: str, more: str) -> bool:
    """Whether a text is another with something put in at one place."""
    same = sum(
        1 for _pair in takewhile(lambda two: two[0] == two[1], zip(less, more, strict=False))
    )
    return len(more) >= len(less) and more.endswith(less[same:])


def _numbered_anew(was: str, own: str, other: str) -> str | None:
    """One hand gave a paragraph another number, the other hand other words: both are meant."""
    texts = (was, own, other)
    bodies = [_bare(one) for one in texts]
    body = _agreed(*bodies)
    number = _agreed(
        *(one[: len(one) - len(rest)] for one, rest in zip(texts, bodies, strict=True))
    )
    return None if body is None or number is None else number + body


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
