"""On what footing somebody may do what: values, and the answers they give without asking again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from offices.authority import Footing, Mode, lines_of_a_unit_head, mode_for_another, own_mode
from offices.models import Appointment, Delegation, Department, Office, Post
from offices.roles import Capability, Role, Scope, scope_of

if TYPE_CHECKING:
    from datetime import date

    from offices.models import User


@dataclass(frozen=True, slots=True)
class Standing:
    """On what footing somebody may do something: kept with every decision.

    Under a delegation the appointment, post, role and fields are the delegator's (narrowed to
    what was delegated), `principal_id` and `on_behalf_of` tell whose right it is, and `own_title`
    and `own_role` by which post of one's own one received it.
    No grant (None): asked by name, on the post alone.
    """

    user_id: int
    appointment_id: int
    post_id: int
    post_title: str
    role: Role
    office_id: int
    department_id: int
    grant_id: int | None
    delegation_id: int | None = None
    delegation_kind: str = ""
    on_behalf_of: str | None = None
    acting: bool = False
    fields_of_work: tuple[str, ...] = ()
    in_charge: bool = False
    principal_id: int | None = None
    own_appointment_id: int | None = None
    own_role: Role | None = None
    own_title: str = ""
    # In which manner that own post is held: as its head, "quyền", or as a deputy in charge.
    own_acting: bool = False
    own_in_charge: bool = False

    @property
    def own_lines(self) -> tuple[str, ...]:
        """Give the lines under which one signs TL. or TUQ. by that own post."""
        return lines_of_a_unit_head(
            self.own_title, acting=self.own_acting, in_charge=self.own_in_charge
        )

    @property
    def signing_mode(self) -> Mode | None:
        """In which mode one signs on this footing; None where one may not sign at all."""
        if self.delegation_id is None:
            return own_mode(self.role, acting=self.acting, in_charge=self.in_charge)
        return mode_for_another(self.role, Footing(self.delegation_kind), self.own_role)

    @property
    def covers_every_field(self) -> bool:
        """Whether the right is held for all fields of work."""
        return self.role is Role.CHAIRMAN and not self.fields_of_work

    @property
    def hands(self) -> frozenset[int]:
        """Who acts by this footing: the person, and whose right it is."""
        return frozenset(key for key in (self.user_id, self.principal_id) if key is not None)

    def as_record(self) -> dict[str, object]:
        """Give plain values for a JSON column beside the decision."""
        return {
            **asdict(self),
            "role": self.role.value,
            "own_role": self.own_role.value if self.own_role else "",
            "fields_of_work": [*self.fields_of_work],
        }


@dataclass(frozen=True, slots=True)
class Held:
    """One line of what somebody may do: the capability, the object's key, the footing."""

    capability: Capability
    object_id: int
    standing: Standing


@dataclass(frozen=True, slots=True)
class Standings:
    """Everything somebody may do at a moment, as read in at most three queries."""

    held: tuple[Held, ...]
    # Every post held, own ones first; a post without any grant is one too.
    posts: tuple[Post, ...] = ()
    # What one acts on for others: each delegation with its legal basis and period.
    delegations: tuple[Delegation, ...] = ()
    # The whole posts one fills for others who are away, without any grant.
    filled: tuple[Standing, ...] = ()

    def __iter__(self) -> Iterator[Held]:
        return iter(self.held)

    def may(self, capability: Capability, obj: Department | Office) -> Standing | None:
        """Answer like `may`, without asking the database again."""
        return next(iter(self.every(capability, obj)), None)

    def every(self, capability: Capability, obj: Department | Office) -> list[Standing]:
        """Answer like `every_standing`, without asking the database again."""
        if isinstance(obj, Office) is not (scope_of(capability) is Scope.OFFICE):
            return []
        return [held.standing for held in self.on(capability) if held.object_id == obj.pk]

    def on(self, capability: Capability) -> list[Held]:
        """Give the objects of one capability; own posts before delegated ones."""
        return [held for held in self.held if held.capability is capability]

    def object_ids(self, capability: Capability) -> set[int]:
        """Give the keys of departments or offices (by the capability's scope)."""
        return {held.object_id for held in self.on(capability)}

    @property
    def capabilities(self) -> frozenset[Capability]:
        """Give what is held on any object at all."""
        return frozenset(held.capability for held in self.held)

    @property
    def principals(self) -> frozenset[int]:
        """Give the keys of those for whom the person acts."""
        return frozenset(row.from_appointment.user_id for row in self.delegations)

    def in_place_of(self, user_id: int, *, post_title: str, office_id: int) -> Standing | None:
        """Give the footing on which the person fills the post of somebody who is away, if any."""
        return next(
            (
                one
                for one in self.filled
                if (one.principal_id, one.post_title, one.office_id)
                == (user_id, post_title, office_id)
            ),
            None,
        )

    @property
    def stood_in_for(self) -> frozenset[int]:
        """Give the keys of those whose whole post the person fills while they are away."""
        return frozenset(one.principal_id for one in self.filled if one.principal_id is not None)

    @property
    def reader(self) -> Reader:
        """Tell where the person belongs, for the question which papers are theirs to read."""
        return Reader(
            office_ids=frozenset(post.office_id for post in self.posts),
            # An administrator sits in a department and takes part in none of its papers.
            department_ids=frozenset(
                post.department_id for post in self.posts if post.role != Role.ADMINISTRATOR
            ),
            capabilities=self.capabilities,
            offices_of={
                capability: frozenset(self.object_ids(capability))
                for capability in self.capabilities
                if scope_of(capability) is Scope.OFFICE
            },
            stands_in_for=self.stood_in_for,
        )


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who may do a thing, in which post, and for whom.

    `absent_until` is the last day on which the holder of the post is away; None where nobody is,
    or where the right was handed on by order, which says nothing of an absence.
    """

    user: User
    appointment: Appointment
    post_title: str
    delegation_id: int | None = None
    on_behalf_of: str | None = None
    absent_until: date | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """Where somebody belongs at a moment, for the question which papers are theirs to read."""

    office_ids: frozenset[int]
    department_ids: frozenset[int]
    capabilities: frozenset[Capability]
    # The offices on which each capability that is granted on offices is held.
    offices_of: Mapping[Capability, frozenset[int]]
    # Who is away whose whole post the person fills: what the procedure asks of them is open too.
    stands_in_for: frozenset[int] = frozenset()
