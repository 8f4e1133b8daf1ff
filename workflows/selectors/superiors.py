"""Who holds a task, and whom the office tells when it is late: read from posts and their grants."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from offices import selectors as offices
from offices.roles import Capability, Role
from workflows.policies import RULE_OF_NODE, object_of

if TYPE_CHECKING:
    from datetime import datetime

    from offices.models import User
    from offices.selectors import Holder
    from workflows.models import Case

# Who stands above a step, nearest first: by what they may do on the same department, committee or
# office. The last is the Chairman, above whom nobody in the office stands.
ABOVE: Mapping[str, tuple[Capability, ...]] = MappingProxyType(
    {
        "rework": (Capability.PROPOSE, Capability.SIGN, Capability.REFER_TO),
        "receive_return": (Capability.SIGN, Capability.REFER_TO),
        "propose": (Capability.SIGN, Capability.REFER_TO),
        "allow_urgent": (Capability.REFER_TO,),
        "answer_refusal": (Capability.REFER_TO,),
        "open_round": (Capability.CONCLUDE, Capability.REFER_TO),
        "conclude": (Capability.REFER_TO,),
        "check_form": (Capability.REFER_TO,),
        "sign": (Capability.REFER_TO,),
        "register": (Capability.CHECK_FORM, Capability.REFER_TO),
        "issue": (Capability.CHECK_FORM, Capability.REFER_TO),
    }
)


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody to be told, under the title of the post for which."""

    user: User
    title: str


def at_hand(case: Case, node: str, *, at: datetime) -> list[Told]:
    """Give those who may do an open task today; for a rework its drafter alone."""
    if node == "rework":
        return [Told(case.drafter, case.drafter.display_name)]
    return _told(_holders(RULE_OF_NODE[node].capability, case, at=at))


def above(case: Case, node: str, *, told_before: Collection[int] = (), at: datetime) -> list[Told]:
    """Give the nearest superiors who were not told yet; empty where all were, or nobody stands higher.

    A level held by nobody but those who have the task or were told, or by nobody at all, is passed
    over: whoever was told and has left since keeps nobody above from being told.
    """
    already = {one.user.pk for one in at_hand(case, node, at=at)} | set(told_before)
    for capability in ABOVE[node]:
        told = _told(_holders(capability, case, at=at))
        fresh = [one for one in told if one.user.pk not in already]
        if fresh:
            return fresh
    return []


def _holders(capability: Capability, case: Case, *, at: datetime) -> list[Holder]:
    """Give who may do it in this case; signing is for who is in charge of the field, or the chair."""
    holders = offices.holders(capability, object_of(capability, case), at=at)
    if capability is not Capability.SIGN:
        return holders
    chairs = [one for one in holders if one.appointment.post.role == Role.CHAIRMAN]
    if case.referred_at is not None:
        return chairs
    field = case.document.field_of_work
    in_charge = [one for one in holders if field in one.appointment.fields_of_work]
    return in_charge or chairs


def _told(holders: list[Holder]) -> list[Told]:
    """Each person once, under the first post for which they are told."""
    named: dict[int, Told] = {}
    for one in holders:
        named.setdefault(one.user.pk, Told(one.user, one.post_title))
    return list(named.values())
