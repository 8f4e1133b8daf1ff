"""The diagram of a procedure with what a case has made of it: who did each step, when, which way."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from offices.dates import vn_moment
from workflows import bpmn, engine
from workflows.bpmn import Note
from workflows.bpmn.reading import main_way
from workflows.flows.words import outcome_words
from workflows.models import Case, ReviewRound
from workflows.nodes import Begin, Finish, Instance, MultiInstance, UserTask

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from viewflow.workflow.base import Flow

    from workflows.bpmn import Drawn, Picture
    from workflows.selectors.dossiers import Dossier

DONE, NOW, BACK, PAST, STOPPED = "done", "now", "back", "past", "stopped"
# The act beside the graph by which a person ended a round.
ENDED_BY: dict[str, str] = {
    ReviewRound.ClosedHow.EARLY: "close_round",
    ReviewRound.ClosedHow.MET: "record_minutes",
    ReviewRound.ClosedHow.NO_QUORUM: "record_minutes",
}
# What the look of a step means, for the legend and for who does not see it.
LOOKS = {
    DONE: "Đã làm",
    NOW: "Đang chờ",
    BACK: "Đã trả lại từ bước này",
    PAST: "Đã làm ở lần trình trước",
    STOPPED: "Dừng ở đây",
}


@cache
def drawn(name: str) -> Drawn:
    """Draw the procedure of that name, once: a class does not change while the server runs.

    Raises `KeyError` where there is none.
    """
    return bpmn.drawn(bpmn.read(bpmn.procedure(name)))


@dataclass(frozen=True, slots=True)
class CaseDrawing:
    """The picture of a case; `now` is the step it waits at, empty where it waits at none."""

    picture: Picture
    now: str


def of_dossier(dossier: Dossier, *, waits_for: str) -> CaseDrawing | None:
    """Draw where a paper stands in its procedure, from the rows its dossier holds; no query."""
    case = dossier.case
    withdrawn_at = None
    if case is not None and case.ended_how == Case.EndedHow.WITHDRAWN:
        withdrawn_at = case.ended_at
    held = dossier.round
    endings = (
        {held.task_id: ENDED_BY[held.closed_how]} if held and held.closed_how in ENDED_BY else {}
    )
    return of_case(dossier.rows, waits_for=waits_for, withdrawn_at=withdrawn_at, endings=endings)


def of_case(
    rows: Iterable[Any],
    *,
    waits_for: str = "",
    withdrawn_at: datetime | None = None,
    endings: Mapping[int, str] | None = None,
) -> CaseDrawing | None:
    """Draw the procedure of a case with its rows, oldest first; None without any. No query.

    `waits_for` names who may do what stands open; `withdrawn_at` is when the case was stopped,
    None where it was not: what else was cancelled was taken back, and is as if never offered.
    `endings` names the acts by which people ended rounds, by the keys of their rows, as far as
    known. Rows come with their owners.
    """
    seen = _Seen(waits_for, withdrawn_at, endings or {})
    flow_class = None
    for row in rows:
        if row.flow_task is not None:
            flow_class = row.flow_task.flow_class
            seen.take(row)
    if flow_class is None:
        return None
    name = flow_class.__module__.rpartition(".")[2]
    waiting = [step for step, note in seen.notes.items() if note.look == NOW]
    return CaseDrawing(
        picture=bpmn.picture(drawn(name), notes=seen.notes, taken=seen.taken),
        now=waiting[0] if waiting else "",
    )


@dataclass
class _Seen:
    """What the rows read so far say of each step, and which arrows were taken."""

    waits_for: str
    withdrawn_at: datetime | None
    endings: Mapping[int, str]
    notes: dict[str, Note] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    _round: Any = None
    _asked: int = 0
    _answered: int = 0

    def take(self, row: Any) -> None:
        """Take one row into account; a later row of a step says more than an earlier one."""
        node, step = row.flow_task, row.flow_task.name
        if isinstance(node, Instance):
            self._count(row)
            return
        if row.status == "CANCELED" and row.finished != self.withdrawn_at:
            self._round = None
            return
        self.taken |= {f"{step}-begins", f"{step}-decided"}
        if row.data.get("taken_back"):
            self.taken = {key for key in self.taken if not key.startswith(f"{step}--")}
        if isinstance(node, MultiInstance):
            self._asked = self._answered = 0
            self._round = row
            self._say_round()
        elif engine.is_open(row):
            self.notes[step] = _note(NOW, who=self.waits_for, when=f"từ {vn_moment(row.created)}")
        elif row.status == "CANCELED":
            self.notes[step] = _note(STOPPED, when=vn_moment(row.finished))
        else:
            self._done(row)

    def _done(self, row: Any) -> None:
        node, step = row.flow_task, row.flow_task.name
        outcome = row.data.get("outcome", "") if isinstance(node, UserTask) else ""
        self.taken.add(f"{step}--{outcome or 'done'}")
        on = not outcome or outcome == next(iter(node.outcomes))
        if outcome and not _is_on_the_way(node, outcome):
            self.notes = {key: _before(note) for key, note in self.notes.items()}
        word = outcome_words(outcome) if outcome else ""
        who = row.owner.display_name if row.owner else ""
        if isinstance(node, Finish):
            who = ""
        self.notes[step] = _note(
            DONE if on else BACK, who=who, when=vn_moment(row.finished), word=word
        )

    def _count(self, row: Any) -> None:
        if self._round is None:
            return
        self._asked += 1
        self._answered += row.status == "DONE"
        self._say_round()

    def _say_round(self) -> None:
        """Say how many of a round have answered, and since when it runs or when it ended."""
        row, step = self._round, self._round.flow_task.name
        who = f"{self._answered}/{self._asked} đã trả lời"
        if engine.is_open(row):
            self.notes[step] = _note(NOW, who=who, when=f"từ {vn_moment(row.created)}")
        elif row.status == "CANCELED":
            self.notes[step] = _note(STOPPED, who=who, when=vn_moment(row.finished))
        else:
            self.notes[step] = _note(DONE, who=who, when=vn_moment(row.finished))
            self._take_way_out(row)

    def _take_way_out(self, row: Any) -> None:
        """Mark how a round ended: by itself, by the clock, or by the act known to have ended it."""
        step = row.flow_task.name
        if row.data.get("outcome") != "closed":
            self.taken.add(f"{step}--done")
        elif row.owner_id is None:
            self.taken.add(f"{step}-expire_round--done")
        elif row.pk in self.endings:
            self.taken.add(f"{step}-{self.endings[row.pk]}--done")


def _note(look: str, *, who: str = "", when: str = "", word: str = "") -> Note:
    meaning = LOOKS[look] if not word else f"{LOOKS[look]} ({word})"
    said = ", ".join(filter(None, (meaning, who, when)))
    return Note(look, LOOKS[look], who, when, said)


def _before(note: Note) -> Note:
    """Tell of a step that it was done before the paper went back: it is to be done again."""
    if note.look not in {DONE, BACK}:
        return note
    meaning = LOOKS[PAST]
    said = ", ".join(filter(None, (meaning, note.who, note.when)))
    return replace(note, look=PAST, word=meaning, sentence=said)


def _is_on_the_way(node: UserTask, outcome: str) -> bool:
    """Whether an outcome leads to a step of the main way, not back to the drafters."""
    if outcome not in node.outcomes:
        return True
    return node.following(outcome).name in _main_names(node.flow_class)


@cache
def _main_names(flow_class: type[Flow]) -> frozenset[str]:
    (begin,) = (node for node in flow_class.instance.nodes() if isinstance(node, Begin))
    return frozenset(node.name for node in main_way(begin))
