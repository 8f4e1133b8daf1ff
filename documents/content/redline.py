"""Two papers as one: every passage once where it stands, and once more where it stood.

Read without what was added it is the old paper in its order, read without what is gone the new
one: what side by side pages and tracked changes are made of.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, get_args

from documents.content.changes import Changes, Delete, Insert, Keep, Part, Step
from documents.content.diff import diff, parts_of
from documents.content.lines import HELD, lines_of, parents_of, pieces_of
from documents.content.outline import Entry, Role, entries
from documents.content.passages import OLD_SIDE, STANDING, Passage, PassageKind
from documents.content.tree import Content, Row, Table
from documents.content.words import Effort, Run, RunKind, word_runs
from offices.dates import vn_date_words

if TYPE_CHECKING:
    from documents.content.facts import IssuanceFacts

_IN_ORDER = get_args(Role)


@dataclass(frozen=True, slots=True)
class _Met:
    """One line of the merged paper: its places in the two papers, and its move if it is in one.

    Where a moved line `is_left` this is its old place.
    """

    old: int | None
    new: int | None
    move: int = 0
    is_head: bool = False
    is_left: bool = False


def redline(
    old: Content, new: Content, *, by_id: bool = True, effort: Effort | None = None
) -> list[Passage]:
    """The passages of two papers in one order; `by_id` and `effort` as in `diff`."""
    work = effort if effort is not None else Effort()
    return read(diff(old, new, by_id=by_id, effort=work), old, new, work)


def read(changes: Changes, old: Content, new: Content, effort: Effort) -> list[Passage]:
    """The changes between two papers as passages."""
    sides = _Side(old), _Side(new)
    between = _between(old, new, effort)
    passages: list[Passage] = []
    for met in _merged(changes, *sides):
        while between and _part(met, *sides) >= between[0][0]:
            passages.append(between.popleft()[1])
        passages += _passages(met, *sides, effort)
    return _with_first_paragraphs([*passages, *(one for _part_below, one in between)])


def front_matter(old: IssuanceFacts | None, new: IssuanceFacts) -> list[Passage]:
    """Number, date and signatory as the new paper prints them beside the old one's.

    What the new paper does not have yet is no change and is left out.
    """
    passages = []
    for role, noun in _FACTS.items():
        was, now = (_fact(role, noun, facts) for facts in (old, new))
        if now:
            passages.append(_passage(was, now, Effort()))
    return passages


_FACTS: dict[Role, str] = {
    "number": "Số, ký hiệu",
    "date": "Ngày ban hành",
    "signatory": "Người ký",
}


def _fact(role: Role, noun: str, facts: IssuanceFacts | None) -> Entry | None:
    if facts is None:
        return None
    texts: dict[Role, str] = {
        "number": facts.reference,
        "date": vn_date_words(facts.dated_on) if facts.dated_on else "",
        "signatory": " ".join(part for part in (*facts.signature_lines, facts.signatory) if part),
    }
    return Entry(role, ((noun, ""),), texts[role]) if texts[role] else None


_BODY, _RECIPIENTS = HELD[Content].index("body"), HELD[Content].index("recipients")


def _part(met: _Met, old: _Side, new: _Side) -> int:
    """The part of the paper a line of the merged paper is in."""
    if met.new is not None and not met.is_left:
        return new.places[met.new][0]
    return old.places[met.old or 0][0]


class _Side:
    """A paper taken apart: lines, what the outline shows of them, and the columns of its rows."""

    def __init__(self, content: Content) -> None:
        self.lines = lines_of(content)
        self.above = parents_of(self.lines)
        self.pieces = pieces_of(content, self.lines)
        self.places = self._places()

    def _places(self) -> list[tuple[int, int]]:
        """For each line the part of the paper it is in, and how far out it stands there."""
        part = 0
        places: list[tuple[int, int]] = []
        for line in self.lines:
            part = HELD[Content].index(line.slot) if line.depth == 0 else part
            places.append((part, -line.depth))
        return places

    def cells(self, place: int) -> tuple[str, ...] | None:
        """The cells of a row or the columns of a table; None for anything else."""
        node = self.lines[place].node
        if isinstance(node, Row):
            return node.cells
        return node.columns if isinstance(node, Table) else None

    def columns(self, place: int) -> tuple[str, ...]:
        """The names of the columns above a row."""
        table = self.lines[self.above[place]].node if self.above[place] >= 0 else None
        return table.columns if isinstance(table, Table) else ()


def _merged(changes: Changes, old: _Side, new: _Side) -> Iterator[_Met]:
    """Every line of both papers: those that stand in order, with the others where they belong."""
    partner, moved = _partners(changes.steps)
    new_of = {i: j for j, i in partner.items()}
    heads = {j: number for number, j in enumerate(sorted(moved), 1)}
    moves_new = _inherited(new.above, heads)
    moves_old = _inherited(old.above, {partner[j]: n for j, n in heads.items()})
    gone: deque[_Met] = deque()
    come: deque[_Met] = deque()
    rest = iter(range(len(old.lines)))

    def leave() -> None:
        """Take up what is gone, as far as the next old line that stands."""
        for i in rest:
            j = new_of.get(i)
            if j is not None and not moves_old[i]:
                return
            gone.append(_Met(i, j, moves_old[i] if j is not None else 0, j in heads, is_left=True))

    leave()
    for j, move in enumerate(moves_new):
        i = partner.get(j)
        if i is None or move:
            come.append(_Met(i, j, move if i is not None else 0, j in heads))
            continue
        yield from _in_turn(gone, come, old, new)
        yield _Met(i, j)
        leave()
    yield from _in_turn(gone, come, old, new)


def _in_turn(gone: deque[_Met], come: deque[_Met], old: _Side, new: _Side) -> Iterator[_Met]:
    """What is gone before what is new, unless the new stands in an earlier part or further inside."""
    while gone and come:
        was, now = old.places[gone[0].old or 0], new.places[come[0].new or 0]
        yield gone.popleft() if was <= now else come.popleft()
    yield from gone
    yield from come
    gone.clear()
    come.clear()


def _partners(steps: Sequence[Step]) -> tuple[dict[int, int], set[int]]:
    """The old line of each new one that has one, and the new lines that moved."""
    partner: dict[int, int] = {}
    moved: set[int] = set()
    place = 0
    for step in steps:
        if isinstance(step, Delete):
            continue
        count = step.count if isinstance(step, Keep) else 1
        if not isinstance(step, Insert):
            partner.update({place + n: step.at + n for n in range(count)})
            moved |= {place} if step.moved else set()
        place += count
    return partner, moved


def _inherited(above: Sequence[int], heads: dict[int, int]) -> list[int]:
    """The number of the move each line is in, its own before that of the line above; 0 for none."""
    numbers: list[int] = []
    for place, parent in enumerate(above):
        numbers.append(heads.get(place, numbers[parent] if parent >= 0 else 0))
    return numbers


def _passages(met: _Met, old: _Side, new: _Side, effort: Effort) -> Iterator[Passage]:
    before = {e.role: e for e in old.pieces[met.old]} if met.old is not None else {}
    after = {e.role: e for e in new.pieces[met.new]} if met.new is not None else {}
    for role in sorted({*after, *before}, key=_IN_ORDER.index):
        cells = _cells(met, old, new, effort)
        made = _passage(before.get(role), after.get(role), effort, cells)
        made = replace(made, columns=_columns(made.parts, met, old, new))
        yield _as_moved(made, met) if met.move else made


def _as_moved(made: Passage, met: _Met) -> Passage:
    """One of the two places of a moved piece; the old one has no words that came since."""
    if not met.is_left:
        return replace(made, kind="moved", move=met.move, is_head=met.is_head)
    return replace(
        made,
        kind="left",
        label_parts=(),
        marker="",
        runs=tuple(run for run in made.runs if run.kind != "ins"),
        move=met.move,
        is_head=met.is_head,
    )


def _passage(
    was: Entry | None, now: Entry | None, effort: Effort, parts: tuple[Part, ...] = ()
) -> Passage:
    """What became of one piece, of which one side may be missing."""
    shown = now or was
    if shown is None:
        raise ValueError("a passage stands in one paper at least")
    runs = (
        _joined(parts)
        if parts
        else word_runs(was.text if was else "", now.text if now else "", effort)
    )
    return Passage(
        kind=_kind(was, now, parts),
        role=shown.role,
        id=shown.id,
        label_parts=now.label if now else (),
        old_label_parts=was.label if was else (),
        marker=now.marker if now else "",
        old_marker=was.marker if was else "",
        runs=runs,
        parts=parts,
    )


def _kind(was: Entry | None, now: Entry | None, parts: Sequence[Part]) -> PassageKind:
    if was is None or now is None:
        return "added" if was is None else "removed"
    if was.text == now.text:
        return "kept" if was.marker == now.marker else "renumbered"
    return "renumbered" if _is_renumbered(parts) else "changed"


def _is_renumbered(parts: Sequence[Part]) -> bool:
    """Whether only the ordinal in the first cell of a row is another."""
    changed = [place for place, part in enumerate(parts) if _is_changed(part)]
    return changed == [0] and all(run.text.rstrip(".").isdecimal() for run in parts[0].runs)


def _is_changed(part: Part) -> bool:
    return part.kind != "kept" or any(run.kind != "equal" for run in part.runs)


def _cells(met: _Met, old: _Side, new: _Side, effort: Effort) -> tuple[Part, ...]:
    was = old.cells(met.old) if met.old is not None else None
    now = new.cells(met.new) if met.new is not None else None
    if was is not None and now is not None:
        return tuple(parts_of(was, now, effort))
    kind: RunKind = "ins" if was is None else "del"
    return tuple(Part("kept", (Run(kind, text),) if text else ()) for text in now or was or ())


def _columns(parts: Sequence[Part], met: _Met, old: _Side, new: _Side) -> tuple[str, ...]:
    """The name of the column of each part: the new paper's, for what is gone the old one's."""
    was = iter(old.columns(met.old) if met.old is not None else ())
    now = iter(new.columns(met.new) if met.new is not None else ())
    names: list[str] = []
    for part in parts:
        before = next(was, "") if part.kind != "added" else ""
        after = next(now, "") if part.kind != "removed" else ""
        names.append(after or before)
    return tuple(names)


def _joined(parts: Sequence[Part]) -> tuple[Run, ...]:
    """The cells of a row as one text, with tabs between."""
    runs: list[Run] = []
    for part in parts:
        runs += [Run("equal", "\t")] if runs else []
        runs += part.runs
    return tuple(runs)


def _between(old: Content, new: Content, effort: Effort) -> deque[tuple[int, Passage]]:
    """The words between two parts, which no line holds, each with the part it stands above.

    The enacting word, and the heading of the recipients.
    """
    found: deque[tuple[int, Passage]] = deque()
    for part, word in ((_BODY, _enacting), (_RECIPIENTS, _heading_of_recipients)):
        was, now = word(old), word(new)
        if was or now:
            found.append((part, _passage(was, now, effort)))
    return found


def _enacting(content: Content) -> Entry | None:
    return next((one for one in entries(content) if one.role == "enacting"), None)


def _heading_of_recipients(content: Content) -> Entry | None:
    heading = content.recipients_heading
    return Entry("recipient", (("Nơi nhận", ""),), heading) if heading else None


def _with_first_paragraphs(passages: Sequence[Passage]) -> list[Passage]:
    """Put each article's marker before its first paragraph, also where that is another one now."""
    done: list[Passage] = []
    taken: set[int] = set()
    for place, passage in enumerate(passages):
        if place in taken:
            continue
        head = done[-1] if done else None
        if (
            head is not None
            and head.role == "article"
            and not head.runs
            and _goes_on(head, passage)
        ):
            kind = passage.kind if head.kind == "kept" or head.move else head.kind
            done[-1] = replace(
                head,
                kind="changed" if passage.kind == "changed" else kind,
                id=head.id,
                runs=passage.runs,
            )
        else:
            others = _other_first_paragraphs(passages, place)
            runs = tuple(run for at in others for run in passages[at].runs)
            stands = "changed" if passage.kind in STANDING else passage.kind
            done.append(replace(passage, kind=stands, runs=runs) if others else passage)
            taken.update(others)
    return done


def _other_first_paragraphs(passages: Sequence[Passage], place: int) -> list[int]:
    """Where the old and the new first paragraph of an article stand that are not the same one.

    None but where both can stand behind its marker: all between is of one paper alone. Of an
    article that moved the new one stands at the new place and the old one at the old.
    """
    head = passages[place]
    wanted = {"moved": ["added"], "left": ["removed"]}.get(head.kind, ["removed", "added"])
    if head.role != "article" or head.runs or head.kind in {"removed", "added"}:
        return []
    met: dict[bool, int] = {}
    for at in range(place + 1, len(passages)):
        one = passages[at]
        if one.kind in STANDING or len(met) == len(wanted):
            break
        met.setdefault(one.kind in OLD_SIDE, at)
    found = [met[kind == "removed"] for kind in wanted if (kind == "removed") in met]
    fit = all(_begins(head, passages[at], kind) for at, kind in zip(found, wanted, strict=False))
    return found if fit and len(found) == len(wanted) else []


def _begins(head: Passage, passage: Passage, kind: str) -> bool:
    """Whether a passage came or went as the first paragraph of an article."""
    own = (
        (passage.old_label_parts, head.old_label_parts)
        if kind == "removed"
        else (passage.label_parts, head.label_parts)
    )
    return (passage.role, passage.kind) == ("clause", kind) and own[0] == own[1]


def _goes_on(head: Passage, passage: Passage) -> bool:
    own = (passage.label_parts, passage.old_label_parts) == (head.label_parts, head.old_label_parts)
    alike = passage.kind == head.kind or {passage.kind, head.kind} <= STANDING
    return passage.role == "clause" and own and alike and passage.move == head.move
