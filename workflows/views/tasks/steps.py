"""A step as data: its node, its page, who may, and the forms that carry its acts out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol
from uuid import uuid4

from workflows.policies import refusal

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import QueryDict

    from offices.models import User
    from offices.selectors import Standing
    from workflows.exceptions import NotPermitted
    from workflows.forms.decisions import DecisionForm
    from workflows.services.acts import Ticket
    from workflows.views.tasks.turn import Turn

Facts = Mapping[str, Any]


class ReasonedAct(Protocol):
    """A use case about a case that wants a reason and nothing else."""

    def __call__(
        self, *, case_id: int, ticket: Ticket, reason: str, by: User, at: datetime
    ) -> object:
        """Carry it out."""


def nothing(turn: Turn) -> Facts:
    """Give a form or a page nothing besides what all have."""
    return {}


def shown_digest(turn: Turn) -> str:
    """The content most acts are about: the submitted revision."""
    return turn.revision.content_digest


@dataclass(frozen=True, slots=True)
class Act:
    """One act of a page: the last part of its address, its form, and the use case it calls.

    `check` is the policy where it differs from the step's; `made_of` are arguments of the form,
    `initial` what it shows before anybody typed.
    """

    name: str
    form: type[DecisionForm]
    carry_out: Callable[[Turn, Any], object]
    check: Callable[..., Standing] | None = None
    made_of: Callable[[Turn], Facts] = nothing
    initial: Callable[[Turn], Facts] = nothing
    digest: Callable[[Turn], str] = shown_digest
    # Done when the task no longer waits, as an opinion after the round is.
    afterwards: bool = False

    @property
    def slot(self) -> str:
        """Its name as templates can write it."""
        return self.name.replace("-", "_")

    def form_for(self, turn: Turn, data: QueryDict | None = None) -> DecisionForm:
        """Make the form, empty with a fresh key or with what was typed."""
        hidden = {"task": turn.task_id, "digest": turn.once(self.digest), "key": uuid4()}
        return self.form(
            data,
            auto_id=f"{self.name}-%s",
            initial={**hidden, **(self.initial(turn) if data is None else {})},
            **turn.once(self.made_of),
        )


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the procedure as a page; `shown` gives its template what it needs."""

    node: str
    template: str
    check: Callable[[Turn], Standing]
    acts: tuple[Act, ...]
    shown: Callable[[Turn], Facts] = field(default=nothing)

    def act(self, name: str) -> Act | None:
        """Find an act by the last part of its address."""
        return next((act for act in self.acts if act.name == name), None)

    def refusals(self, turn: Turn) -> dict[str, NotPermitted | None]:
        """Give, for each act, the sentence that bars it or None."""
        barred = refusal(self.check, turn)
        return {
            act.slot: barred
            or (
                refusal(act.check, turn.by, turn.case, at=turn.at)
                if act.check is not None
                else None
            )
            for act in self.acts
        }


def by_case(check: Callable[..., Standing]) -> Callable[[Turn], Standing]:
    """Ask a policy about the case for the person whose turn it is."""

    def asked(turn: Turn) -> Standing:
        return check(turn.by, turn.case, at=turn.at)

    return asked


def with_reason(use_case: ReasonedAct) -> Callable[[Turn, DecisionForm], object]:
    """Carry a form out that asks for a reason and nothing else."""

    def carried(turn: Turn, form: DecisionForm) -> object:
        return use_case(
            case_id=turn.case.pk,
            ticket=form.ticket(),
            reason=form.cleaned_data["reason"],
            by=turn.by,
            at=turn.at,
        )

    return carried
