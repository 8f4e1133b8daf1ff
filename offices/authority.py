"""In whose place somebody signs, and who may stand in for whom (Decree 30/2020 art. 13).

Pure. Signing for another is a fact of three posts: whose right it is, on what footing it was
given, and which post of one's own makes one fit to receive it. Where the three do not meet there
is no mode, and then no signature: a false block is worse than a refusal.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from types import MappingProxyType

from offices.roles import Role


class Mode(StrEnum):
    """How a signatory stands to the head of the office."""

    HEAD = "head"
    ACTING = "acting"  # Q.: appointed "quyền"
    DEPUTY = "deputy"  # KT.: a deputy, by his fields, by assignment, or in charge of a vacancy
    BY_ORDER = "by_order"  # TL.: the head of a unit, by the working or clerical regulation
    AUTHORISED = "authorised"  # TUQ.: special case, written, bounded, never passed on


class Footing(StrEnum):
    """On what footing one person acts for another."""

    SUBSTITUTION = "substitution"
    BY_ORDER = "by_order"
    UNDER_DELEGATION = "under_delegation"


# Who is the head of a unit of the office: TL. and TUQ. are theirs alone (art. 13.3, 13.4).
UNIT_HEADS = frozenset({Role.CHIEF_OF_OFFICE, Role.DEPARTMENT_HEAD})
SIGNATORIES = frozenset({Role.CHAIRMAN, Role.VICE_CHAIRMAN})
# The own post by which one receives another's right, the fittest first.
FITTEST = (Role.CHAIRMAN, Role.VICE_CHAIRMAN, Role.CHIEF_OF_OFFICE, Role.DEPARTMENT_HEAD)

# Whose absence is recorded by whom besides the absent one; of the same department where the
# superior heads one. An assignment of work, never of the superior's own rights.
SUPERIOR: Mapping[Role, Role] = MappingProxyType(
    {
        Role.SPECIALIST: Role.DEPARTMENT_HEAD,
        Role.DEPARTMENT_HEAD: Role.CHAIRMAN,
        Role.ISO_SECRETARY: Role.COMMITTEE_HEAD,
        Role.COMMITTEE_MEMBER: Role.COMMITTEE_HEAD,
        Role.COMMITTEE_HEAD: Role.CHAIRMAN,
        Role.CHIEF_OF_OFFICE: Role.CHAIRMAN,
        Role.MANAGEMENT_REPRESENTATIVE: Role.CHAIRMAN,
        Role.VICE_CHAIRMAN: Role.CHAIRMAN,
        Role.RECORDS_CLERK: Role.CHIEF_OF_OFFICE,
        Role.ARCHIVIST: Role.CHIEF_OF_OFFICE,
        Role.INTERNAL_AUDITOR: Role.MANAGEMENT_REPRESENTATIVE,
        Role.PORTAL_EDITOR: Role.CHIEF_OF_OFFICE,
    }
)
# Superiors who answer for their own department or committee alone, not for the whole office.
OF_ONE_BODY = frozenset({Role.DEPARTMENT_HEAD, Role.COMMITTEE_HEAD})


def fittest(roles: Collection[Role]) -> Role | None:
    """Give the role by which somebody is fit to sign for another; None where none is."""
    return next((role for role in FITTEST if role in roles), None)


def own_mode(role: Role, *, acting: bool = False, in_charge: bool = False) -> Mode | None:
    """Tell how the holder of a post signs in it; None where the post signs nothing.

    A deputy put in charge of a vacant headship signs as a deputy (art. 13.1), one appointed
    "quyền" signs Q. (Appendix I).
    """
    if role is Role.CHAIRMAN:
        if in_charge:
            return Mode.DEPUTY
        return Mode.ACTING if acting else Mode.HEAD
    return Mode.DEPUTY if role is Role.VICE_CHAIRMAN else None


def lines_of_a_unit_head(title: str, *, acting: bool, in_charge: bool) -> tuple[str, ...]:
    """Give the lines below TL. or TUQ. of whoever heads a unit, its head's title in capitals.

    A deputy put in charge of the vacant headship signs as a deputy of the unit's head (art. 13.1),
    one appointed "quyền" writes Q. (Appendix I). Nothing without a title.
    """
    if not title:
        return ()
    if in_charge:
        return (f"KT. {title}", f"PHÓ {title}")
    return (f"Q. {title}",) if acting else (title,)


def mode_for_another(whose: Role, footing: Footing, own: Role | None) -> Mode | None:
    """Tell how one signs by another's right; None where one may not at all.

    A deputy stands in as KT. under his own title, be it for the chairman or for a colleague. TL.
    and TUQ. come from the head of the office alone, to heads of its units.
    """
    if whose not in SIGNATORIES or own is None:
        return None
    if footing is Footing.SUBSTITUTION:
        return {Role.CHAIRMAN: Mode.HEAD, Role.VICE_CHAIRMAN: Mode.DEPUTY}.get(own)
    if whose is not Role.CHAIRMAN or own not in UNIT_HEADS:
        return None
    return Mode.BY_ORDER if footing is Footing.BY_ORDER else Mode.AUTHORISED


def assigns(superior: Role, role: Role, *, same_body: bool) -> bool:
    """Tell whether the holder of one post may record who stands in for the holder of another."""
    if SUPERIOR.get(role) is not superior:
        return False
    return same_body or superior not in OF_ONE_BODY
