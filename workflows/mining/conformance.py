"""A case held against the procedure it ran under: replayed act by act, each deviation named.

The replay knows where the case waits and by which act it came there. After a deviation it goes
on from the step that was done all the same, so that one fault is told once. Besides, it knows
what a signature and the issuing rest on since the text last changed (Decree 30/2020 art. 12, 13),
because a skipped step is told best where it does harm.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from offices.dates import vn_moment
from offices.roles import Capability
from workflows.flows.detours import LET_GO, SIGNED, TAKE_BACK, UNDONE, WITHDRAW, Leads, detours_at
from workflows.mining.log import ANSWERED, EXCUSED, GIVEN, SUBMITTED
from workflows.nodes import Begin, Finish, Instance, MultiInstance, UserTask

if TYPE_CHECKING:
    from collections.abc import Iterator

    from viewflow.workflow.base import Flow

    from workflows.mining.log import Event, Trace
    from workflows.nodes import Step


class Fault(StrEnum):
    """What a case did that its procedure does not know."""

    SKIPPED_REVIEWER = "skipped_reviewer"
    SKIPPED_COMMITTEE = "skipped_committee"
    SIGNED_BEFORE_CHECK = "signed_before_check"
    ISSUED_UNSIGNED = "issued_unsigned"
    NOT_ITS_TURN = "not_its_turn"
    UNKNOWN_ACT = "unknown_act"
    AFTER_THE_END = "after_the_end"
    NOT_ENDED = "not_ended"


@dataclass(frozen=True, slots=True)
class Deviation:
    """One deviation; `event` counts from 0, and is the number of events where the end is missing."""

    case: str
    event: int
    fault: Fault
    sentence: str


@dataclass(frozen=True, slots=True)
class _Stand:
    """Where a replayed case stands: None before its beginning, a `Finish` or `over` at its end.

    `came` is the act that led here; `asked` and `answered` are of the round that runs, `asked`
    None where the log does not say how many. `heard` (the committee endorsed, or whoever is to sign
    let the paper go first), `checked` and `signed` hold since the text changed.
    """

    node: Step | None = None
    over: bool = False
    came: str = ""
    asked: int | None = None
    answered: int = 0
    heard: bool = False
    checked: bool = False
    signed: bool = False


def deviations(trace: Trace, flow_class: type[Flow]) -> list[Deviation]:
    """Give every deviation of a case from a flow, in the order of its events; none where it kept it."""
    replay = _Replay(flow_class, trace)
    found = [one for place in range(len(trace.events)) for one in replay.take(place)]
    return found + list(replay.at_the_end())


def stands_at(trace: Trace, flow_class: type[Flow]) -> str:
    """Name the step at which a case waits after its events, by the flow; empty where at none."""
    replay = _Replay(flow_class, trace)
    for place in range(len(trace.events)):
        for _ignored in replay.take(place):
            pass
    return replay.waits_at


class _Replay:
    """One case on its way through a flow."""

    def __init__(self, flow_class: type[Flow], trace: Trace) -> None:
        nodes = list(flow_class.instance.nodes())
        self._nodes: dict[str, Step] = {node.name: node for node in nodes}
        self._trace = trace
        self._stand = _Stand()

    def take(self, place: int) -> Iterator[Deviation]:
        """Take one event; give what was wrong with it."""
        event, before = self._trace.events[place], self._stand
        wrong = list(self._wrong(event, before))
        self._stand = self._after(event, before)
        for fault, sentence in wrong:
            yield Deviation(self._trace.case, place, fault, sentence)

    @property
    def waits_at(self) -> str:
        """Name the step that waits; empty before the beginning and after the end."""
        node = self._stand.node
        return node.name if node is not None and not self._stand.over else ""

    def at_the_end(self) -> Iterator[Deviation]:
        """Give what is missing after the last event."""
        if not self._stand.over:
            yield Deviation(
                self._trace.case,
                len(self._trace.events),
                Fault.NOT_ENDED,
                f"Nhật ký dừng khi hồ sơ {self._waits()}; hồ sơ chưa kết thúc.",
            )

    def _wrong(self, event: Event, stand: _Stand) -> Iterator[tuple[Fault, str]]:
        when, title = vn_moment(event.at), self._title(event)
        if not self._knows(event):
            yield Fault.UNKNOWN_ACT, f"{when}: quy trình không có việc “{event.name}”."
            return
        harm = list(self._harm(event, stand, when))
        yield from harm
        if harm or self._allows(event, stand):
            return
        if stand.over:
            yield Fault.AFTER_THE_END, f"{when}: “{title}” được làm sau khi hồ sơ đã kết thúc."
        else:
            yield (
                Fault.NOT_ITS_TURN,
                f"{when}: “{title}” được làm không đúng lượt, khi hồ sơ {self._waits()}.",
            )

    def _harm(self, event: Event, stand: _Stand, when: str) -> Iterator[tuple[Fault, str]]:
        """Tell what rests on nothing: a round's end, a signature, the issuing."""
        node = self._nodes.get(event.step)
        missing = (stand.asked or 0) - stand.answered
        if isinstance(node, MultiInstance) and stand.node is node and missing > 0:
            yield (
                Fault.SKIPPED_REVIEWER,
                f"{when}: lượt lấy ý kiến được coi là đủ khi còn {missing} trên {stand.asked} "
                "người được hỏi chưa trả lời.",
            )
        if _checks(node, event) and self._has(Capability.CONCLUDE) and not stand.heard:
            yield (
                Fault.SKIPPED_COMMITTEE,
                f"{when}: văn bản được thẩm tra khi Ban Chỉ đạo chưa kết luận và không có quyết "
                "định cho đi trước.",
            )
        if _signs(node, event) and self._has(Capability.CHECK_FORM) and not stand.checked:
            yield (
                Fault.SIGNED_BEFORE_CHECK,
                f"{when}: văn bản được ký khi chưa qua thẩm tra, kiểm tra thể thức.",
            )
        if self._issues(node, event) and not stand.signed:
            yield Fault.ISSUED_UNSIGNED, f"{when}: văn bản được phát hành khi chưa có chữ ký."

    def _has(self, lane: Capability) -> bool:
        return any(node.lane is lane for node in self._nodes.values())

    def _issues(self, node: Step | None, event: Event) -> bool:
        return (
            isinstance(node, UserTask)
            and node.lane is Capability.ISSUE
            and event.outcome in node.outcomes
            and isinstance(node.following(event.outcome), Finish)
        )

    def _knows(self, event: Event) -> bool:
        node, outcome = self._nodes.get(event.step), event.outcome
        if isinstance(node, UserTask):
            return outcome in node.outcomes
        if isinstance(node, Instance):
            return outcome in {GIVEN, EXCUSED}
        if isinstance(node, MultiInstance):
            return outcome == ANSWERED
        if isinstance(node, Begin):
            return outcome == SUBMITTED
        if event.step == TAKE_BACK:
            sender = self._nodes.get(outcome)
            return isinstance(sender, UserTask | Begin) and sender.again is not None
        return not outcome and self._is_beside(event.step)

    def _is_beside(self, name: str) -> bool:
        known = {one.name for node in self._nodes.values() for one in detours_at(node)}
        return name in known

    def _allows(self, event: Event, stand: _Stand) -> bool:
        """Whether the procedure knows this act, which there is, where the case stands."""
        node, here = self._nodes.get(event.step), stand.node
        if stand.over or here is None:
            return isinstance(node, Begin) and not stand.over
        if isinstance(node, Instance):
            room = stand.asked is None or stand.answered < stand.asked
            return isinstance(here, MultiInstance) and here.instance is node and room
        if event.step == TAKE_BACK:
            sender, _colon, outcome = stand.came.partition(":")
            return sender == event.outcome and outcome in UNDONE | {SUBMITTED}
        if node is None:
            return event.step in {one.name for one in detours_at(here)}
        return here is node

    def _after(self, event: Event, stand: _Stand) -> _Stand:
        """Go on from the event, also where it should not have happened."""
        node = self._nodes.get(event.step)
        if stand.over or not self._knows(event):
            return stand
        if event.name == WITHDRAW:
            return replace(stand, over=True)
        if isinstance(node, Instance):
            # Once somebody was heard the round is not taken back.
            return replace(stand, answered=stand.answered + 1, came="")
        if event.step == TAKE_BACK:
            return self._taken_back(event.outcome, stand)
        if node is None:
            return self._left_the_graph(event, stand)
        outcome = event.outcome if isinstance(node, UserTask) else ""
        return self._moved(node, outcome, event, stand)

    def _moved(self, node: Step, outcome: str, event: Event, stand: _Stand) -> _Stand:
        target = node.following(outcome)
        heard, checked, signed = stand.heard, stand.checked, stand.signed
        if node.lane is Capability.DRAFT:
            heard = checked = signed = False
        if isinstance(node, UserTask) and node.lane is Capability.CONCLUDE:
            heard = outcome == next(iter(node.outcomes))
        if node.lane is Capability.SIGN and outcome == LET_GO:
            heard = True
        if isinstance(node, UserTask) and node.lane is Capability.CHECK_FORM:
            checked = outcome == next(iter(node.outcomes))
        if node.lane is Capability.SIGN:
            signed = outcome == SIGNED
        return _Stand(
            node=target,
            over=isinstance(target, Finish),
            came=event.name,
            asked=event.asked if isinstance(target, MultiInstance) else None,
            heard=heard,
            checked=checked,
            signed=signed,
        )

    def _taken_back(self, sender: str, stand: _Stand) -> _Stand:
        again = self._nodes[sender].again  # type: ignore[attr-defined] # known: UserTask or Begin
        checked = stand.checked and again.lane is not Capability.CHECK_FORM
        return _Stand(node=again, heard=stand.heard, checked=checked, signed=stand.signed)

    def _left_the_graph(self, event: Event, stand: _Stand) -> _Stand:
        """End a round early or by the clock: its next step waits."""
        if stand.node is None or not any(
            one.name == event.step and one.leads is Leads.ONWARD for one in detours_at(stand.node)
        ):
            return stand
        return _Stand(
            node=stand.node.following(""),
            came=event.name,
            heard=stand.heard,
            checked=stand.checked,
            signed=stand.signed,
        )

    def _title(self, event: Event) -> str:
        node = self._nodes.get(event.step)
        return str(node.title) if node is not None else event.title or event.name

    def _waits(self) -> str:
        if self._stand.over:
            return "đã kết thúc"
        if self._stand.node is None:
            return "chưa được gửi trình"
        return f"đang chờ ở bước “{self._stand.node.title}”"


def _checks(node: Step | None, event: Event) -> bool:
    return (
        isinstance(node, UserTask)
        and node.lane is Capability.CHECK_FORM
        and event.outcome == next(iter(node.outcomes))
    )


def _signs(node: Step | None, event: Event) -> bool:
    return node is not None and node.lane is Capability.SIGN and event.outcome == SIGNED
