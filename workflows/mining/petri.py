"""A flow as a Petri net for other tools: rounds unfolded for so many people, each act a transition.

Tools that read BPMN drop the round and the events on its edge; a net says both. Every place is a
step, together with the act that led to it, since only the latest act can be taken back, and in a
round with how many have answered: those asked are alike, so their answers are counted, not named.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from workflows.flows.detours import TAKE_BACK, UNDONE, Leads, detours_at
from workflows.mining.log import ANSWERED, EXCUSED, GIVEN, SUBMITTED
from workflows.nodes import Begin, Finish, MultiInstance, UserTask

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from viewflow.workflow.base import Flow

    from workflows.nodes import Step

START, END = "start", "end"
PNML = "http://www.pnml.org/version-2009/grammar/pnml"
PTNET = "http://www.pnml.org/version-2009/grammar/ptnet"


@dataclass(frozen=True, slots=True)
class Move:
    """One transition: the name of its act, and the one place before and the one after."""

    act: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Net:
    """A workflow net: it begins with a token in "start", and is over with one in "end"."""

    key: str
    places: tuple[str, ...]
    moves: tuple[Move, ...]


def unfolded(flow_class: type[Flow], *, asked: Sequence[int]) -> Net:
    """Unfold a flow whose rounds ask as many people as given, one size a round that is opened.

    A case that opens more rounds than sizes are given asks the last size again. Raises
    `ValueError` without sizes, or for a round of nobody.
    """
    if not asked or min(asked) < 1:
        raise ValueError("A round asks at least one person.")
    nodes = list(flow_class.instance.nodes())
    (begin,) = (node for node in nodes if isinstance(node, Begin))
    first = _Place(
        begin.following(""), came=f"{begin.name}:{SUBMITTED}", undo=begin if begin.again else None
    )
    moves = [Move(f"{begin.name}:{SUBMITTED}", START, first.key)]
    seen, queue = {first}, [first]
    while queue:
        place = queue.pop()
        for act, target in _leaving(place, asked):
            moves.append(Move(act, place.key, target.key if target else END))
            if target is not None and target not in seen:
                seen.add(target)
                queue.append(target)
    moves = sorted(set(moves), key=lambda one: (one.source, one.act, one.target))
    places = (START, *sorted(place.key for place in seen), END)
    return Net(flow_class.__module__.rpartition(".")[2], places, tuple(moves))


def pnml(net: Net) -> bytes:
    """Write a net as PNML (ISO/IEC 15909-2), with its final marking as most tools read it."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<pnml xmlns="{PNML}">',
        f'<net id={quoteattr(net.key)} type={quoteattr(PTNET)}><page id="page">',
    ]
    for place in net.places:
        token = "<initialMarking><text>1</text></initialMarking>" if place == START else ""
        lines.append(f"<place id={quoteattr(place)}>{_name(place)}{token}</place>")
    for number, move in enumerate(net.moves):
        key = quoteattr(f"t{number}")
        lines.append(f"<transition id={key}>{_name(move.act)}</transition>")
        lines.append(f'<arc id="i{number}" source={quoteattr(move.source)} target={key}/>')
        lines.append(f'<arc id="o{number}" source={key} target={quoteattr(move.target)}/>')
    lines += [
        "</page><finalmarkings><marking>",
        f'<place idref="{END}"><text>1</text></place>',
        "</marking></finalmarkings></net></pnml>",
    ]
    return "\n".join(lines).encode()


@dataclass(frozen=True, slots=True)
class _Place:
    """A step that waits; `undo` is whose act can be taken back, None where nobody's can.

    `round` counts the rounds opened so far, as far as sizes were given; `answered` is of the one
    that runs.
    """

    node: Step
    came: str = ""
    undo: Step | None = None
    round: int = 0
    answered: int = 0

    @property
    def key(self) -> str:
        """The name of the place in the net."""
        parts = [self.node.name, self.came.replace(":", "."), f"r{self.round}"]
        return "-".join([*filter(None, parts), *([str(self.answered)] if self.answered else [])])


def _leaving(place: _Place, asked: Sequence[int]) -> Iterator[tuple[str, _Place | None]]:
    """Give what can happen at a place, and the place it leads to; None for the end."""
    node = place.node
    for detour in detours_at(node):
        ends = detour.leads is Leads.TO_THE_END
        yield detour.name, None if ends else _Place(node.following(""), round=place.round)
    if isinstance(node, MultiInstance):
        yield from _in_a_round(place, node, asked[place.round - 1])
    elif isinstance(node, UserTask):
        for outcome, target in node.outcomes.items():
            yield f"{node.name}:{outcome}", _reached(place, node, outcome, target, len(asked))
    if place.undo is not None:
        again = place.undo.again  # type: ignore[attr-defined] # only what can be taken back
        yield f"{TAKE_BACK}:{place.undo.name}", _Place(again, round=place.round)


def _in_a_round(
    place: _Place, node: MultiInstance, asked: int
) -> Iterator[tuple[str, _Place | None]]:
    if place.answered == asked:
        yield f"{node.name}:{ANSWERED}", _Place(node.following(""), round=place.round)
        return
    for what in (GIVEN, EXCUSED):
        after = _Place(node, round=place.round, answered=place.answered + 1)
        yield f"{node.instance.name}:{what}", after


def _reached(
    place: _Place, node: UserTask, outcome: str, target: Step, sizes: int
) -> _Place | None:
    if isinstance(target, Finish):
        return None
    opened = min(place.round + 1, sizes) if isinstance(target, MultiInstance) else place.round
    if outcome in UNDONE:
        return _Place(target, f"{node.name}:{outcome}", undo=node, round=opened)
    return _Place(target, round=opened)


def _name(words: str) -> str:
    return f"<name><text>{escape(words)}</text></name>"
