"""Whether a paper can still be completed by today's staff, absences and delegations; and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from documents.models.papers import LETTERS
from documents.signing import may_bear
from offices import bodies
from offices import selectors as offices
from offices.authority import Footing, fittest, mode_for_another, own_mode
from offices.roles import Capability, Role, Scope, scope_of
from offices.selectors import acting
from workflows.feasibility import BARRED, NOBODY, Need, Obstacle, obstacles
from workflows.flows.versions import CONFIRMATION
from workflows.models import Opinion
from workflows.selectors.progress import LATER, WORK
from workflows.selectors.running import STEPS_ASK

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from documents.models import Document
    from offices.grants import Exercised
    from offices.models import Delegation
    from workflows.models import Case

# What a paper goes through from its submission on, in this order.
ROAD = ("propose", "open_round", "opinion", "conclude", "check_form", "sign", "register", "issue")
# A letter about an issued paper goes without the committee.
LETTER_ROAD = tuple(step for step in ROAD if step not in {"open_round", "opinion", "conclude"})
# An issued paper that went first is confirmed; whoever signs answers where it is not.
CONFIRMATION_ROAD = ("open_round", "opinion", "conclude", "answer_refusal")
# Where a returned paper stands: the whole road lies before it again.
BEFORE_THE_ROAD = frozenset({"", "rework", "receive_return"})


class _Staff:
    """Who may do what in one office today, in their own right and for another. Three queries."""

    def __init__(self, document: Document, *, at: datetime, referred: bool = False) -> None:
        self.document = document
        # The Chairman decides what was referred up, or who signs in his place.
        self.referred = referred
        office = document.office
        self.in_post = offices.in_post(STEPS_ASK, [office.pk], at=at)
        self.delegations = acting.live([office.pk], at=at)
        self.committee_id = bodies.iso_committee(office).pk
        self.roles: dict[int, set[Role]] = {}
        for rows in self.in_post.values():
            for row in rows:
                self.roles.setdefault(row.user_id, set()).add(row.role)

    def hands(self, step: str) -> tuple[frozenset[int], ...]:
        """Give whose hands may do a step, whoever drafted."""
        capability = WORK[step].capability
        rows = self.in_post.get((capability, self._object_id(capability)), [])
        own = [frozenset({row.user_id}) for row in rows if self._fits(capability, row)]
        return (*own, *self._for_another(capability, rows))

    def _for_another(
        self, capability: Capability, rows: list[Exercised]
    ) -> Iterable[frozenset[int]]:
        for given in self.delegations:
            if given.capability not in {"", capability.value}:
                continue
            whose = given.from_appointment
            for row in rows:
                same = (row.user_id, row.post_title) == (whose.user_id, whose.post.title)
                if same and self._fits(capability, row, given):
                    yield frozenset({given.to_user_id, whose.user_id})

    def _fits(
        self, capability: Capability, row: Exercised, given: Delegation | None = None
    ) -> bool:
        """Whether the right may be used on this paper: mode and field of a signature."""
        if capability is not Capability.SIGN:
            return True
        if self.referred and row.role is not Role.CHAIRMAN:
            return False
        mode = own_mode(row.role)
        if given is not None:
            own = fittest(self.roles.get(given.to_user_id, set()))
            mode = mode_for_another(row.role, Footing(given.kind), own)
        if mode is None or not may_bear(self.document.authority_kind, mode):
            return False
        fields = (given.fields_of_work if given is not None else []) or row.fields_of_work
        everything = row.role is Role.CHAIRMAN and not fields
        return everything or self.document.field_of_work in fields

    def _object_id(self, capability: Capability) -> int:
        scope = scope_of(capability)
        if scope is Scope.DEPARTMENT:
            return self.document.department.pk
        return self.committee_id if scope is Scope.COMMITTEE else self.document.office_id


def why_not(
    document: Document,
    *,
    at: datetime,
    by_id: int | None = None,
    case: Case | None = None,
    node: str = "",
) -> list[str]:
    """Give a sentence for each reason why the rest of the road cannot be gone; none where it can.

    `by_id` is who would submit; `node` where a running case waits. Up to six queries.
    """
    referred = case is not None and case.referred_at is not None
    staff = _Staff(document, at=at, referred=referred)
    road = _road(document, case)
    node = "open_round" if node == "allow_urgent" else node
    ahead = road if node in BEFORE_THE_ROAD or node not in road else road[road.index(node) :]
    barred = _barred(document, by_id=by_id, case=case, ahead=ahead)
    needs = [
        Need(step, staff.hands(step), barred.get(step, frozenset()))
        for step in ahead
        if step != "opinion" or case is None or node in BEFORE_THE_ROAD
    ]
    return [_sentence(one) for one in obstacles(needs)]


def _road(document: Document, case: Case | None) -> tuple[str, ...]:
    if case is not None and case.procedure == CONFIRMATION:
        return CONFIRMATION_ROAD
    return LETTER_ROAD if document.kind in LETTERS else ROAD


def _barred(
    document: Document, *, by_id: int | None, case: Case | None, ahead: tuple[str, ...]
) -> dict[str, frozenset[int]]:
    drafters = {document.author_id, by_id, case.drafter_id if case is not None else None}
    drafters |= set(document.writers.values_list("user_id", flat=True))
    barred = dict.fromkeys(
        ("sign", "answer_refusal"), frozenset(key for key in drafters if key is not None)
    )
    asks_nobody_of = {document.author_id, case.drafter_id if case is not None else by_id}
    barred["opinion"] = frozenset(key for key in asks_nobody_of if key is not None)
    if case is None:
        return barred
    if "conclude" in ahead and "opinion" not in ahead[1:]:
        # While the round is open who has not answered may still; afterwards only who spoke counts.
        speaks = Opinion.SPOKE | Q(choice="")
        voices = Opinion.objects.filter(
            speaks, round__case=case, round__revision=case.revision_id
        ).exclude(capacity=Opinion.Capacity.OF_THE_BODY)
        pairs = voices.values_list("reviewer_id", "given_by_id")
        barred["conclude"] = frozenset(key for pair in pairs for key in pair if key)
    signature = getattr(case.revision, "signature", None)
    if signature is not None:
        signed = {signature.signatory_id, signature.standing.get("principal_id")} - {None}
        barred["register"] = barred["issue"] = frozenset(signed)
    return barred


def _sentence(one: Obstacle) -> str:
    steps = [WORK[step].verb for step in one.steps]
    who = [LATER[WORK[step].step] for step in one.steps]
    if one.kind == NOBODY:
        return _("nobody may do this today: %(step)s (%(who)s)") % {"step": steps[0], "who": who[0]}
    if one.kind == BARRED:
        return _("everybody who might do this is barred from it on this paper: %(step)s") % {
            "step": steps[0]
        }
    return _("these need different people, and today there is only one: %(steps)s") % {
        "steps": ", ".join(steps)
    }
