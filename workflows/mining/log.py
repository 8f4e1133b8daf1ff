"""A log of cases: each a trace of events in the order in which they happened.

An event is called as the acts of a procedure are: `step:outcome` for a step that was done,
`begin:submitted`, `opinion:given`, `collect_opinions:answered`, `take_back:step`, and the acts
beside the graph by their own names (`withdraw`, `close_round`, `expire_round`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

SUBMITTED, GIVEN, EXCUSED, ANSWERED = "submitted", "given", "excused", "answered"


class UnreadableLog(Exception):
    """A file that is no log of ours; its one argument is a sentence."""


@dataclass(frozen=True, slots=True)
class Event:
    """One act of a case: what, when, and on which post; never who, a name is personal data.

    `at` is aware. `resource` is the title of the post, `role` the capability the step asks for;
    both are empty where the clock acted. `title` is the step in Vietnamese. `asked` is how many
    were asked, on the event that opens a round; None elsewhere, and where it is not known.
    """

    name: str
    at: datetime
    resource: str = ""
    role: str = ""
    title: str = ""
    asked: int | None = None

    @property
    def step(self) -> str:
        """The step, or the act beside the graph."""
        return self.name.partition(":")[0]

    @property
    def outcome(self) -> str:
        """The outcome of the step; of a take back, the step that was undone; or nothing."""
        return self.name.partition(":")[2]


@dataclass(frozen=True, slots=True)
class Trace:
    """One case by its public reference; `flow` is its flow class's module, such as "issuance_v1"."""

    case: str
    flow: str
    events: tuple[Event, ...]
